#include "pisd-result.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-calibration.h"
#include "pisd-error.h"
#include "pisd-exact.h"
#include "pisd-npy.h"

#define S PISD_GRID

/* Files have all samples of all frames in one array. */
static gboolean
check_samples (const PisdSettings *settings, const PisdOperator *row, GError **error)
{
  const guint n_frames = pisd_operator_count_frames (row);
  const gsize most = PISD_NPY_MOST_NUMBERS / ((gsize) n_frames * S * S);

  if (settings->samples <= most)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_LIMIT,
                          _ ("samples: got %u, expected at most %u, of %u frames each, for %s"),
                          settings->samples, (guint) most, n_frames, row->name);
}

PisdResult *
pisd_result_new (const PisdSettings *settings, GError **error)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  g_autoptr (PisdResult) self = NULL;

  if (!check_samples (settings, row, error))
    return NULL;
  self = g_new0 (PisdResult, 1);
  self->settings = *settings;
  self->n_fields = row->n_fields;
  self->losses = g_malloc0_n (settings->steps, sizeof *self->losses);
  self->deviation = NAN;
  self->truth_residual_fd = NAN;
  self->truth_residual_spectral = NAN;
  for (guint f = 0; f < self->n_fields; f++)
    {
      self->errors[f] = NAN;
      for (guint i = 0; i < PISD_MAX_FRAMES; i++)
        self->frame_errors[f][i] = NAN;
      self->mean[f] = pisd_field_info_new_field (&row->fields[f]);
      self->sd[f] = pisd_field_info_new_field (&row->fields[f]);
      self->samples[f] =
          g_try_malloc0_n (settings->samples * pisd_field_get_n (self->mean[f]), sizeof (double));
      if (self->samples[f] == NULL)
        {
          pisd_error_fail (error, PISD_ERROR_LIMIT,
                           _ ("samples: got %u, which do not fit into memory"), settings->samples);
          return NULL;
        }
    }
  return g_steal_pointer (&self);
}

void
pisd_result_free (PisdResult *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < self->n_fields; f++)
    {
      pisd_field_free (self->mean[f]);
      pisd_field_free (self->sd[f]);
      g_free (self->samples[f]);
    }
  g_free (self->losses);
  g_free (self);
}

double *
pisd_result_get_sample (const PisdResult *self, guint field, guint sample)
{
  return self->samples[field] + sample * pisd_field_get_n (self->mean[field]);
}

void
pisd_result_compact (PisdResult *self, const gboolean *finished)
{
  guint n = 0;

  for (guint s = 0; s < self->settings.samples; s++)
    {
      if (!finished[s])
        continue;
      for (guint f = 0; f < self->n_fields && n != s; f++)
        memcpy (pisd_result_get_sample (self, f, n), pisd_result_get_sample (self, f, s),
                sizeof (double) * pisd_field_get_n (self->mean[f]));
      n++;
    }
  self->complete = n == self->settings.samples;
  self->n_finished = n;
  self->n_samples = MAX (1, n);
}

/* mean = sum x / M,  sd = sqrt (sum (x - mean)^2 / (M - 1)), node by node over the samples. */
static void
fill_moments (PisdResult *self, guint f)
{
  guint n = self->n_samples;
  gsize n_values = pisd_field_get_n (self->mean[f]);
  double *mean = self->mean[f]->data, *sd = self->sd[f]->data;

  for (guint s = 0; s < n; s++)
    for (gsize p = 0; p < n_values; p++)
      mean[p] += self->samples[f][s * n_values + p] / n;
  for (gsize p = 0; p < n_values; p++)
    {
      double sum = 0.0;

      for (guint s = 0; s < n; s++)
        {
          double d = self->samples[f][s * n_values + p] - mean[p];

          sum += d * d;
        }
      sd[p] = n > 1 ? sqrt (sum / (n - 1)) : NAN;
    }
}

void
pisd_result_fill_moments (PisdResult *self)
{
  for (guint f = 0; f < self->n_fields; f++)
    fill_moments (self, f);
}

gboolean
pisd_result_fill_exact_moments (PisdResult *self,
                                PisdSolver *solver,
                                PisdConditioning *conditioning,
                                guint n_threads,
                                PisdCancel *cancel)
{
  return pisd_exact_fill_moments (conditioning, solver, n_threads, cancel, self->mean, self->sd,
                                  NULL);
}

/* The first sample of that frame; from one to the next it is as far as the field is large. */
static const double *
get_last_samples (const PisdResult *self, guint f, const PisdField *last)
{
  return self->samples[f] + pisd_field_get_n (self->mean[f]) - pisd_field_get_n (last);
}

PisdScores
pisd_result_get_scores (const PisdResult *self, guint f, const PisdInstance *truth)
{
  PisdField last;

  if (truth == NULL)
    return (PisdScores){ NAN, NAN };
  last = pisd_field_get_last_frame (pisd_instance_get_fields (truth)[f]);
  return pisd_scores (&last, get_last_samples (self, f, &last), self->n_samples,
                      pisd_field_get_n (self->mean[f]));
}

double
pisd_result_get_crps (const PisdResult *self, guint f, const PisdInstance *truth)
{
  PisdField last;

  if (truth == NULL)
    return NAN;
  last = pisd_field_get_last_frame (pisd_instance_get_fields (truth)[f]);
  return pisd_scores_get_crps (&last, get_last_samples (self, f, &last), self->n_samples,
                               pisd_field_get_n (self->mean[f]));
}

gboolean
pisd_result_has_spread (const PisdResult *self)
{
  return self->n_samples > 1 || pisd_method_get (self->settings.guidance)->knows_mean;
}

guint
pisd_result_count_estimating (const PisdResult *self)
{
  return pisd_method_get (self->settings.guidance)->knows_mean ? 0 : self->n_samples;
}

double
pisd_result_get_calibration (const PisdResult *self, guint f, const PisdInstance *truth)
{
  PisdField last, mean, sd;

  if (truth == NULL)
    return NAN;
  last = pisd_field_get_last_frame (pisd_instance_get_fields (truth)[f]);
  mean = pisd_field_get_last_frame (self->mean[f]);
  sd = pisd_field_get_last_frame (self->sd[f]);
  return pisd_calibration (&last, &mean, &sd, pisd_result_count_estimating (self), NULL);
}

static void
fill_errors (PisdResult *self, guint f, const PisdField *truth)
{
  guint n_frames = pisd_field_count_frames (self->mean[f]);

  for (guint i = 0; i < n_frames; i++)
    {
      PisdField mean = pisd_field_get_frame (self->mean[f], i);
      PisdField true_frame = pisd_field_get_frame (truth, i);

      self->frame_errors[f][i] = pisd_field_relative_error (&mean, &true_frame);
    }
  self->errors[f] = self->frame_errors[f][n_frames - 1];
}

void
pisd_result_fill_numbers (PisdResult *self, PisdSolver *solver, const PisdInstance *truth)
{
  const PisdOperator *row = pisd_operator_get (self->settings.problem);
  PisdField *const *true_fields;

  self->residual_fd = pisd_solver_relative_residual (solver, PISD_DIFFERENCES, self->mean);
  self->residual_spectral = pisd_solver_relative_residual (solver, PISD_SPECTRAL, self->mean);
  if (truth == NULL)
    return;
  for (guint f = 0; f < self->n_fields; f++)
    fill_errors (self, f, pisd_instance_get_field (truth, row->fields[f].id));
  true_fields = pisd_instance_get_fields (truth);
  self->truth_residual_fd = pisd_solver_relative_residual (solver, PISD_DIFFERENCES, true_fields);
  self->truth_residual_spectral =
      pisd_solver_relative_residual (solver, PISD_SPECTRAL, true_fields);
}
