#include "explorer-run.h"

#include <math.h>
#include <string.h>

ExplorerRun *
explorer_run_new (guint id, ExplorerJob *job)
{
  ExplorerRun *self = g_new0 (ExplorerRun, 1);

  self->id = id;
  self->job = job;
  self->sent = explorer_job_get_scenario (job)->settings.parameters;
  return self;
}

void
explorer_run_free (ExplorerRun *self)
{
  if (self == NULL)
    return;
  explorer_job_release (self->job);
  pisd_ensemble_free (self->ensemble);
  g_free (self);
}

const PisdScenario *
explorer_run_get_scenario (const ExplorerRun *self)
{
  return explorer_job_get_scenario (self->job);
}

guint
explorer_run_count_steps (const ExplorerRun *self)
{
  return pisd_channel_get_n_frames (explorer_job_get_channel (self->job));
}

/* Steps that it has done. */
static guint
count_done (const ExplorerRun *self, const PisdResult *result)
{
  return result != NULL ? result->n_steps : MAX (explorer_run_count_steps (self), 1) - 1;
}

void
explorer_run_get_name (const ExplorerRun *self, gboolean is_running, PisdName *name)
{
  const PisdSettings *settings = &explorer_run_get_scenario (self)->settings;
  const PisdResult *result = is_running ? NULL : explorer_job_get_result (self->job);

  pisd_name_init (name, settings);
  if (!is_running && (result == NULL || !result->complete))
    name->n_steps = count_done (self, result);
  name->retuned = memcmp (&self->sent, &settings->parameters, sizeof self->sent) != 0;
  name->is_branch = self->origin != 0;
  name->branch_step = self->branch_step;
}

char *
explorer_run_dup_name (const ExplorerRun *self, gboolean is_running)
{
  PisdName name;

  explorer_run_get_name (self, is_running, &name);
  return pisd_name_dup (&name);
}

double
explorer_run_get_error (const ExplorerRun *self, guint field)
{
  const PisdResult *result = explorer_job_get_result (self->job);
  const guint n = explorer_run_count_steps (self);
  g_autoptr (PisdFrame) last = NULL;

  if (result != NULL)
    return result->errors[field];
  last = n == 0 ? NULL : pisd_channel_dup_frame (explorer_job_get_channel (self->job), n - 1);
  return last == NULL ? NAN : last->errors[field];
}

gsize
explorer_run_get_bytes (const ExplorerRun *self)
{
  const PisdResult *result = explorer_job_get_result (self->job);
  gsize n = pisd_channel_get_bytes (explorer_job_get_channel (self->job));

  /* Mean and spread are two more samples. */
  for (guint f = 0; result != NULL && f < result->n_fields; f++)
    n += sizeof (double) * pisd_field_get_n (result->mean[f]) * (result->n_samples + 2);
  return n;
}

guint
explorer_run_find_step (const ExplorerRun *self, double share)
{
  const guint n = explorer_run_count_steps (self);
  const double step = share * explorer_run_get_scenario (self)->settings.steps;

  return n == 0 ? 0 : MIN ((guint) (step + 0.5), n - 1);
}

const PisdResult *
explorer_run_get_end (const ExplorerRun *self, guint step)
{
  const PisdResult *result = explorer_job_get_result (self->job);
  const guint n = explorer_run_count_steps (self);

  return result != NULL && (n == 0 || (step + 1 == n && result->complete)) ? result : NULL;
}

static gboolean
decode (const ExplorerRun *self, guint step, gboolean of_state, guint field, PisdField *out)
{
  g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (explorer_job_get_channel (self->job), step);
  PisdRepresentation *representation =
      frame == NULL ? NULL : explorer_job_make_representation (self->job);

  if (representation == NULL)
    return FALSE;
  pisd_representation_decode_float (representation, of_state ? frame->state : frame->denoised,
                                    field, out);
  return TRUE;
}

gboolean
explorer_run_decode (const ExplorerRun *self, guint step, guint field, PisdField *out)
{
  const PisdResult *end = explorer_run_get_end (self, step);

  if (end == NULL)
    return decode (self, step, FALSE, field, out);
  pisd_field_copy (end->mean[field], out);
  return TRUE;
}

gboolean
explorer_run_decode_state (const ExplorerRun *self, guint step, guint field, PisdField *out)
{
  return decode (self, step, TRUE, field, out);
}
