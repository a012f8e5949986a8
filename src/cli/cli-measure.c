#include "cli-measure.h"

#include <math.h>
#include <stdio.h>

#include "cli-common.h"
#include "pisd-calibration.h"
#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-radial.h"
#include "pisd-watch.h"

/* Standardised errors. */

/* Why they are not known; NULL: they are. */
static const char *
find_reason (const PisdResult *result, const PisdField *truth)
{
  if (truth == NULL)
    return "the truth is not known";
  return pisd_result_has_spread (result) ? NULL : "one sample has no spread";
}

static void
print_errors_head (const char *name, const PisdMarginal *errors, double calibration)
{
  printf ("%s: %u nodes, (truth - mean) / spread: mean %.3f, sd %.3f", name, errors->n,
          errors->mean, errors->sd);
  if (isfinite (calibration))
    printf (", rms corrected for the samples %.3f", calibration);
  if (errors->n_beyond > 0)
    printf (", %u beyond +-%.0f", errors->n_beyond, PISD_MARGINAL_STANDARDIZED);
  printf ("\n");
}

static void
print_errors_of (const PisdResult *result, const PisdScenario *scenario, guint field)
{
  const PisdFieldInfo *info = &pisd_operator_get (scenario->settings.problem)->fields[field];
  const PisdField *truth = pisd_scenario_get_truth (scenario, info->id);
  const char *reason = find_reason (result, truth);
  g_autoptr (PisdField) standardized = NULL;
  g_autoptr (PisdMarginal) errors = NULL;
  double calibration;

  if (reason != NULL)
    {
      printf ("%s: no standardised errors: %s\n", info->name, reason);
      return;
    }
  standardized = pisd_field_info_new_field (info);
  calibration = pisd_calibration (truth, result->mean[field], result->sd[field],
                                  pisd_result_count_estimating (result), standardized);
  errors = pisd_marginal_new_standardized (pisd_field_get_n (standardized), standardized->data);
  print_errors_head (info->name, errors, calibration);
  cli_probe_print_bins (errors, "nodes");
}

/* Profile. */

#define LEAST_NUMBERS 4 /* of the text */
#define MOST_NUMBERS 5

static gboolean
fail_profile (const char *text, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (text);

  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
               "--profile: got %s, expected X,Y,X,Y or X,Y,X,Y,T, two places and a time, all "
               "numbers from 0 to 1",
               quoted);
  return FALSE;
}

gboolean
cli_measure_parse (CliMeasure *measure, GError **error)
{
  double numbers[MOST_NUMBERS] = { 0, 0, 0, 0, NAN };
  g_auto (GStrv) parts = g_strsplit (measure->profile != NULL ? measure->profile : "", ",", -1);
  const guint n = g_strv_length (parts);
  gboolean good = n >= LEAST_NUMBERS && n <= MOST_NUMBERS;

  if (measure->profile == NULL)
    return TRUE;
  for (guint k = 0; good && k < n; k++)
    good = pisd_number_parse (parts[k], &numbers[k]) && numbers[k] >= 0.0 && numbers[k] <= 1.0;
  measure->segment = (PisdSegment){ numbers[0], numbers[1], numbers[2], numbers[3] };
  measure->time = numbers[4];
  return (good && (numbers[0] != numbers[2] || numbers[1] != numbers[3]))
         || fail_profile (measure->profile, error);
}

static void
print_number (const double *values, guint k)
{
  if (values != NULL)
    printf (" %12.5g", values[k]);
  else
    printf (" %12s", "-");
}

/* One line a place. */
static void
print_places (const PisdProfile *profile)
{
  printf ("%8s %12s %12s %12s %12s\n", "distance", "truth", "estimate", "- 2 sd", "+ 2 sd");
  for (guint k = 0; k < profile->n; k++)
    {
      printf ("%8.4f", profile->distance[k]);
      print_number (profile->truth, k);
      print_number (profile->estimate, k);
      print_number (profile->low, k);
      print_number (profile->high, k);
      printf ("\n");
    }
  for (guint k = 0; k < profile->n_sensors; k++)
    printf ("sensor at %.4f reads %.5g\n", profile->sensor_distance[k], profile->sensor_value[k]);
}

static void
print_profile_of (const CliMeasure *measure,
                  const PisdResult *result,
                  const PisdScenario *scenario,
                  guint field)
{
  const PisdFieldInfo *info = &pisd_operator_get (scenario->settings.problem)->fields[field];
  const PisdSegment *line = &measure->segment;
  const gboolean has_spread = pisd_result_has_spread (result);
  const guint frame =
      isnan (measure->time) ? info->n_frames - 1 : pisd_field_info_find_frame (info, measure->time);
  const PisdProfileFields fields = { .truth = pisd_scenario_get_truth (scenario, info->id),
                                     .estimate = result->mean[field],
                                     .mean = has_spread ? result->mean[field] : NULL,
                                     .sd = has_spread ? result->sd[field] : NULL };
  g_autoptr (PisdProfile) profile =
      pisd_profile_new (info, frame, line, &fields, scenario->sensors);
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, frame);

  printf ("%s from (%.3f, %.3f) to (%.3f, %.3f)\n", symbol, line->x0, line->y0, line->x1, line->y1);
  print_places (profile);
}

/* Power by wave number. */

static void
print_spectrum_of (const PisdResult *result, const PisdScenario *scenario, guint field)
{
  const PisdFieldInfo *info = &pisd_operator_get (scenario->settings.problem)->fields[field];
  const guint frame = info->n_frames - 1;
  g_autoptr (PisdShells) shells = pisd_shells_new (info->basis);
  const guint n = pisd_shells_get_n (shells);
  g_autofree double *truth =
      pisd_radial_new_power (shells, pisd_scenario_get_truth (scenario, info->id), frame);
  g_autofree double *estimate = pisd_radial_new_power (shells, result->mean[field], frame);
  g_autofree double *low = g_new (double, n), *high = g_new (double, n);
  const gboolean has_band = pisd_radial_fill_band (shells, result, field, frame, low, high);
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, frame);

  printf ("%s: power by wave number\n", symbol);
  printf ("%8s %12s %12s %12s %12s\n", "k", "truth", "estimate", "10 %", "90 %");
  for (guint k = 0; k < n; k++)
    {
      printf ("%8u", k);
      print_number (truth, k);
      print_number (estimate, k);
      print_number (has_band ? low : NULL, k);
      print_number (has_band ? high : NULL, k);
      printf ("\n");
    }
}

/* A node from step to step. */

static gboolean
print_watch (const CliMeasure *measure,
             const PisdScenario *scenario,
             PisdChannel *channel,
             GError **error)
{
  const CliProbe *node = &measure->watched;
  const PisdFieldInfo *info = &pisd_operator_get (scenario->settings.problem)->fields[node->field];
  const double h = pisd_field_info_get_spacing (info);
  g_autoptr (PisdRepresentation) representation =
      pisd_representation_new (&scenario->settings, error);
  g_autoptr (PisdWatch) watch = NULL;
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, node->frame);

  if (representation == NULL)
    return FALSE;
  watch = pisd_watch_new (representation, node->field, 1, &(PisdWatchNode){ node->i, node->j });
  printf ("%s at x %.3f, y %.3f, sample 1\n%8s %12s\n", symbol, node->j * h, node->i * h, "step",
          "estimate");
  for (guint step = 0; step < pisd_channel_get_n_frames (channel); step++)
    {
      g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, step);

      if (frame == NULL)
        continue;
      pisd_watch_add (watch, frame);
      printf ("%8u %12.5g\n", frame->step,
              pisd_watch_get (watch, pisd_watch_get_n_steps (watch) - 1, node->frame, 0));
    }
  return TRUE;
}

gboolean
cli_measure_print (const CliMeasure *measure,
                   const PisdResult *result,
                   const PisdScenario *scenario,
                   PisdChannel *channel,
                   GError **error)
{
  for (guint k = 0; measure->errors && k < result->n_fields; k++)
    print_errors_of (result, scenario, k);
  for (guint k = 0; measure->profile != NULL && k < result->n_fields; k++)
    print_profile_of (measure, result, scenario, k);
  for (guint k = 0; measure->spectrum && k < result->n_fields; k++)
    print_spectrum_of (result, scenario, k);
  return measure->watch == NULL || print_watch (measure, scenario, channel, error);
}
