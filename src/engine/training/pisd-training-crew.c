#include "pisd-training-crew.h"

#include <pthread.h>

/* `is_free` and `is_stale` are guarded by `mutex`, which is never held while something computes. */
struct _PisdTrainingCrew
{
  guint n;
  pthread_mutex_t mutex;
  PisdTrainingPart **parts; /* [n] */
  gboolean *is_free;        /* [n] */
  gboolean *is_stale;       /* [n] the part has other parameters than these */
  const float *parameters;
};

PisdTrainingCrew *
pisd_training_crew_new (const PisdTrainingPlan *plan,
                        const PisdTrainingLatents *latents,
                        guint batch,
                        guint n_threads)
{
  PisdTrainingCrew *self = g_new0 (PisdTrainingCrew, 1);

  self->n = n_threads > 0 ? n_threads : g_get_num_processors ();
  pthread_mutex_init (&self->mutex, NULL);
  self->parts = g_new (PisdTrainingPart *, self->n);
  self->is_free = g_new (gboolean, self->n);
  self->is_stale = g_new0 (gboolean, self->n);
  for (guint i = 0; i < self->n; i++)
    {
      self->parts[i] = pisd_training_part_new (plan, latents, batch);
      self->is_free[i] = TRUE;
    }
  return self;
}

void
pisd_training_crew_free (PisdTrainingCrew *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < self->n; i++)
    pisd_training_part_free (self->parts[i]);
  pthread_mutex_destroy (&self->mutex);
  g_free (self->parts);
  g_free (self->is_free);
  g_free (self->is_stale);
  g_free (self);
}

guint
pisd_training_crew_get_n (const PisdTrainingCrew *self)
{
  return self->n;
}

void
pisd_training_crew_set_parameters (PisdTrainingCrew *self, const float *parameters)
{
  self->parameters = parameters;
  for (guint i = 0; i < self->n; i++)
    self->is_stale[i] = TRUE;
}

void
pisd_training_crew_set_errors (PisdTrainingCrew *self, const PisdErrorTable *errors)
{
  for (guint i = 0; i < self->n; i++)
    pisd_training_part_set_errors (self->parts[i], errors);
}

/* The number of a free part; there is one, because no more threads work than there are parts. */
static guint
take_number (PisdTrainingCrew *self, gboolean *is_stale)
{
  guint i = 0;

  pthread_mutex_lock (&self->mutex);
  while (!self->is_free[i])
    i++;
  self->is_free[i] = FALSE;
  *is_stale = self->is_stale[i];
  self->is_stale[i] = FALSE;
  pthread_mutex_unlock (&self->mutex);
  return i;
}

PisdTrainingPart *
pisd_training_crew_take (PisdTrainingCrew *self)
{
  gboolean is_stale;
  guint i = take_number (self, &is_stale);

  if (is_stale)
    pisd_training_part_load (self->parts[i], self->parameters);
  return self->parts[i];
}

void
pisd_training_crew_give (PisdTrainingCrew *self, PisdTrainingPart *part)
{
  pthread_mutex_lock (&self->mutex);
  for (guint i = 0; i < self->n; i++)
    if (self->parts[i] == part)
      self->is_free[i] = TRUE;
  pthread_mutex_unlock (&self->mutex);
}
