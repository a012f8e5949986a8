#include "pisd-track.h"

#include <math.h>

static gboolean
has_steps (const PisdTrack *track)
{
  return pisd_method_get (track->scenario->settings.guidance)->makes_steps;
}

static gsize
get_n (const PisdTrack *track)
{
  return pisd_representation_get_n (track->representation);
}

static const PisdFieldInfo *
get_info (const PisdTrack *track, guint field)
{
  return &pisd_operator_get (track->scenario->settings.problem)->fields[field];
}

static const PisdField *
get_truth (const PisdTrack *track, guint field)
{
  if (track->scenario->instance == NULL)
    return NULL;
  return pisd_instance_get_field (track->scenario->instance, get_info (track, field)->id);
}

static void
allocate (PisdTrack *track)
{
  const gsize n_points = (gsize) track->n_steps + 1;

  track->mean = g_new0 (double, get_n (track));
  track->sums = g_new0 (double, n_points *get_n (track));
  track->counts = g_new0 (guint, n_points);
  for (guint f = 0; f < track->n_fields; f++)
    {
      track->totals[f] = pisd_field_info_new_field (get_info (track, f));
      track->errors[f] = g_new (double, n_points);
      for (gsize i = 0; i < n_points; i++)
        track->errors[f][i] = NAN;
    }
  if (track->scenario->instance != NULL)
    track->reference = pisd_reference_new (track->representation, track->scenario->instance);
}

PisdTrack *
pisd_track_new (const PisdScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  PisdTrack *track = g_new0 (PisdTrack, 1);
  const PisdSettings *settings;

  track->scenario = pisd_scenario_dup (scenario);
  settings = &track->scenario->settings;
  track->n_fields = pisd_operator_get (settings->problem)->n_fields;
  track->n_steps = settings->steps;
  track->stages = pisd_method_get_sampler (settings->sampler)->n_stages;
  for (guint f = 0; f < track->n_fields; f++)
    track->ends[f] = track->crps[f] = NAN;
  if (!pisd_settings_check (settings, &error))
    pisd_track_fail (track, error->message);
  return track;
}

gboolean
pisd_track_can_decode (const PisdTrack *track)
{
  return track->representation != NULL;
}

void
pisd_track_take_representation (PisdTrack *track, PisdRepresentation *representation)
{
  g_return_if_fail (track->representation == NULL && representation != NULL);

  track->representation = representation;
  allocate (track);
}

gboolean
pisd_track_share_scales (PisdTrack *track, PisdTrack *const *others, guint n)
{
  const PisdSettings *settings = &track->scenario->settings;
  PisdRepresentation *representation = NULL;

  for (guint k = 0; k < n && representation == NULL; k++)
    if (others[k] != NULL && others[k]->representation != NULL
        && pisd_settings_same_latent (&others[k]->scenario->settings, settings))
      representation = pisd_representation_new_scaled (
          settings, pisd_representation_get_normaliser (others[k]->representation), NULL);
  if (representation != NULL)
    pisd_track_take_representation (track, representation);
  return representation != NULL;
}

void
pisd_track_free (PisdTrack *track)
{
  if (track == NULL)
    return;
  pisd_reference_free (track->reference);
  pisd_representation_free (track->representation);
  pisd_scenario_free (track->scenario);
  for (guint f = 0; f < track->n_fields; f++)
    {
      pisd_field_free (track->totals[f]);
      g_free (track->errors[f]);
    }
  g_free (track->mean);
  g_free (track->sums);
  g_free (track->counts);
  g_free (track->message);
  g_free (track);
}

void
pisd_track_fail (PisdTrack *track, const char *message)
{
  track->state = PISD_TRACK_FAILED;
  g_free (track->message);
  track->message = g_strdup (message);
  track->serial++;
}

static const double *
average (PisdTrack *track, guint step)
{
  const gsize n = get_n (track);

  for (gsize i = 0; i < n; i++)
    track->mean[i] = track->sums[step * n + i] / track->counts[step];
  return track->mean;
}

void
pisd_track_add_frame (PisdTrack *track, const PisdFrame *frame)
{
  const gsize n = get_n (track);
  const guint step = frame->step;

  g_return_if_fail (step <= track->n_steps && frame->n == n);

  for (gsize i = 0; i < n; i++)
    track->sums[step * n + i] += frame->denoised[i];
  track->counts[step]++;
  track->n_known = MAX (track->n_known, step + 1);
  track->serial++;
  if (track->reference == NULL)
    return;
  average (track, step);
  for (guint f = 0; f < track->n_fields; f++)
    track->errors[f][step] = pisd_reference_error (track->reference, track->mean, f);
}

static gboolean
shows_results (const PisdTrack *track, guint step)
{
  return track->n_results > 0 && (!has_steps (track) || step == track->n_steps);
}

static void
copy_results (const PisdTrack *track, guint field, PisdField *out)
{
  for (gsize p = 0; p < pisd_field_get_n (out); p++)
    out->data[p] = track->totals[field]->data[p] / track->n_results;
}

void
pisd_track_add_result (PisdTrack *track, const PisdResult *result)
{
  track->n_results++;
  track->serial++;
  for (guint f = 0; f < track->n_fields; f++)
    {
      g_autoptr (PisdField) mean = pisd_field_info_new_field (get_info (track, f));
      const PisdField *truth = get_truth (track, f);

      for (gsize p = 0; p < pisd_field_get_n (mean); p++)
        track->totals[f]->data[p] += result->mean[f]->data[p];
      if (truth == NULL)
        continue;
      copy_results (track, f, mean);
      track->ends[f] = pisd_field_info_get_error (get_info (track, f), mean, truth);
      if (track->scenario->settings.samples == 1)
        track->errors[f][track->n_steps] = track->ends[f];
    }
}

guint
pisd_track_get_step (const PisdTrack *track, double fraction)
{
  const guint step = (guint) lround (CLAMP (fraction, 0.0, 1.0) * track->n_steps);

  return track->n_known == 0 ? track->n_steps : MIN (step, track->n_known - 1);
}

gboolean
pisd_track_get_field (PisdTrack *track, guint step, guint field, PisdField *out)
{
  g_return_val_if_fail (step <= track->n_steps && field < track->n_fields, FALSE);

  if (shows_results (track, step))
    copy_results (track, field, out);
  else if (step < track->n_known)
    pisd_representation_decode (track->representation, average (track, step), field, out);
  else
    return FALSE;
  return TRUE;
}

double
pisd_track_get_error (const PisdTrack *track, guint step, guint field)
{
  g_return_val_if_fail (step <= track->n_steps && field < track->n_fields, NAN);

  if (track->errors[field] == NULL)
    return NAN;
  return shows_results (track, step) ? track->ends[field] : track->errors[field][step];
}
