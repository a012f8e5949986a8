#include "pisd-diffuser-frame.h"

PisdDiffuserFrame *
pisd_diffuser_frame_new (const PisdDiffuserFrame *noted,
                         const PisdDiffuserTraining *training,
                         gsize n_preview)
{
  PisdDiffuserFrame *self = g_memdup2 (noted, sizeof *noted);
  const gsize n = pisd_diffuser_get_n_parameters (pisd_diffuser_training_get_diffuser (training));

  atomic_init (&self->references, 1);
  self->n_steps = pisd_diffuser_training_get_n_steps (training);
  self->parameters = g_memdup2 (pisd_diffuser_training_get_average (training), n * sizeof (double));
  self->preview = g_memdup2 (noted->preview, n_preview * sizeof (double));
  self->failure = g_strdup (noted->failure);
  pisd_diffuser_training_get_losses (training, self->by_time);
  return self;
}

void
pisd_diffuser_frame_unref (PisdDiffuserFrame *frame)
{
  if (frame == NULL || atomic_fetch_sub (&frame->references, 1) > 1)
    return;
  g_free (frame->parameters);
  g_free (frame->preview);
  g_free (frame->failure);
  g_free (frame);
}
