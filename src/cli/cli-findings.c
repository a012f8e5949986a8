#include "cli-findings.h"

#include <math.h>

CliFindings *
cli_findings_new (void)
{
  CliFindings *self = g_new0 (CliFindings, 1);

  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    {
      self->errors[f] = g_array_new (FALSE, FALSE, sizeof (double));
      self->singles[f] = g_array_new (FALSE, FALSE, sizeof (double));
      self->spreads[f] = g_array_new (FALSE, FALSE, sizeof (double));
      self->crps[f] = g_array_new (FALSE, FALSE, sizeof (double));
      self->energies[f] = g_array_new (FALSE, FALSE, sizeof (double));
    }
  self->seconds = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
cli_findings_free (CliFindings *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    {
      g_array_unref (self->errors[f]);
      g_array_unref (self->singles[f]);
      g_array_unref (self->spreads[f]);
      g_array_unref (self->crps[f]);
      g_array_unref (self->energies[f]);
    }
  g_array_unref (self->seconds);
  g_free (self);
}

static void
add_value (GArray *values, double value)
{
  g_array_append_val (values, value);
}

static double
get_single_error (const PisdResult *result, guint f, const PisdInstance *truth)
{
  const PisdFieldInfo *info = &pisd_operator_get (result->settings.problem)->fields[f];
  const PisdField sample = { result->mean[f]->ny, result->mean[f]->nx, result->samples[f] };

  return pisd_field_info_get_error (info, &sample, pisd_instance_get_fields (truth)[f]);
}

/* Their squares' mean over instances makes sense. */
static double
get_spread (const PisdResult *result, guint f, const PisdInstance *truth)
{
  double calibration = pisd_result_get_calibration (result, f, truth);

  return calibration * calibration;
}

static void
add_scores (CliFindings *self, const PisdResult *result, guint f, const PisdInstance *truth)
{
  const PisdScores scores = pisd_result_get_scores (result, f, truth);

  add_value (self->crps[f], 100 * scores.crps);
  add_value (self->energies[f], 100 * scores.energy);
}

void
cli_findings_add (CliFindings *self, const PisdResult *result, const PisdScenario *scenario)
{
  for (guint f = 0; f < result->n_fields; f++)
    {
      add_value (self->errors[f], 100 * result->errors[f]);
      add_value (self->singles[f], 100 * get_single_error (result, f, scenario->instance));
      add_value (self->spreads[f], get_spread (result, f, scenario->instance));
      add_scores (self, result, f, scenario->instance);
    }
  add_value (self->seconds, result->seconds);
  self->n_steps = result->n_steps;
  self->n_evaluations = result->n_evaluations;
  self->n_samples = result->n_samples;
}

void
cli_findings_add_floor (GArray *const errors[PISD_MAX_FIELDS], const PisdExact *exact)
{
  for (guint f = 0; f < exact->n_fields; f++)
    add_value (errors[f], 100 * exact->errors[f]);
}

static double
at (const GArray *values, guint i)
{
  return g_array_index (values, double, i);
}

/* Standard error of the mean of n deviations whose squares add up to `squares`. */
static double
get_standard_error (double squares, guint n)
{
  return n > 1 ? sqrt (squares / (n - 1) / n) : NAN;
}

CliEstimate
cli_estimate_mean (const GArray *values)
{
  double sum = 0, squares = 0;

  for (guint i = 0; i < values->len; i++)
    sum += at (values, i) / values->len;
  for (guint i = 0; i < values->len; i++)
    squares += (at (values, i) - sum) * (at (values, i) - sum);
  return (CliEstimate){ values->len > 0 ? sum : NAN, get_standard_error (squares, values->len) };
}

CliEstimate
cli_estimate_ratio (const GArray *values, const GArray *floors)
{
  double floor = cli_estimate_mean (floors).mean;
  double ratio = cli_estimate_mean (values).mean / floor, squares = 0;

  if (floors->len != values->len)
    return (CliEstimate){ NAN, NAN };
  for (guint i = 0; i < values->len; i++)
    {
      double difference = (at (values, i) - ratio * at (floors, i)) / floor;

      squares += difference * difference;
    }
  return (CliEstimate){ ratio, get_standard_error (squares, values->len) };
}

double
cli_findings_get_calibration (const CliFindings *self, guint field)
{
  return sqrt (cli_estimate_mean (self->spreads[field]).mean);
}
