#include "cli-sample-print.h"

#include <math.h>
#include <stdio.h>

#include "cli-common.h"
#include "pisd-edit-preset.h"
#include "pisd-hyper.h"
#include "pisd-remarks.h"
#include "pisd-report.h"

#define MANY_PERCENT 1e5

/* The result. */

/* Digits behind the point tell nothing of a number with many before it. */
static void
print_percent (int width, double percent)
{
  printf (percent < MANY_PERCENT ? "%*.3f %%" : "%*.3g %%", width, percent);
}

/* Room for what errors are of, behind the words before it. */
#define NAME_WIDTH 7

/* Without a truth there is only what the posterior says of itself. */
static void
print_expected (const char *name, double expected)
{
  if (!isfinite (expected))
    return;
  printf ("error of %-*snot known, the posterior expects ", NAME_WIDTH, name);
  print_percent (0, 100 * expected);
  printf ("\n");
}

static void
print_field (const PisdResult *result, const PisdExact *exact, guint field, gboolean is_known)
{
  const PisdFieldInfo *info = &pisd_operator_get (result->settings.problem)->fields[field];
  g_autofree char *name = pisd_field_info_dup_symbol (info, info->n_frames - 1);

  if (!is_known)
    {
      print_expected (name, exact != NULL ? exact->expected[field] : NAN);
      return;
    }
  if (!isfinite (result->errors[field]))
    {
      printf ("error of %-*snone: the truth is 0 everywhere\n", NAME_WIDTH, name);
      return;
    }
  printf ("error of %-*s", NAME_WIDTH, name);
  print_percent (8, 100 * result->errors[field]);
  if (exact != NULL)
    {
      printf (exact->is_best ? " (best possible " : " (the posterior expects ");
      print_percent (0, 100 * (exact->is_best ? exact->errors : exact->expected)[field]);
      printf (")");
    }
  printf ("\n");
}

/* A change of weights is never silent: those that were blended between the tasks. */
static void
print_blended (const PisdScenario *scenario)
{
  g_auto (GStrv) keys = pisd_edit_get_followed (scenario);
  g_autofree char *line = pisd_edit_dup_followed (scenario);
  PisdMixture mixture;

  pisd_scenario_get_mixture (scenario, &mixture);
  if (line == NULL || mixture.share == 0.0 || mixture.share == 1.0)
    return;
  printf ("%s:", line);
  for (guint k = 0; keys[k] != NULL; k++)
    printf ("%s %s %.3g", k > 0 ? "," : "", keys[k],
            G_STRUCT_MEMBER (double, &scenario->settings, pisd_settings_find (keys[k])->offset));
  printf ("\n");
}

/* Errors of the frames that print_field() leaves out, in the order of time. */
static void
print_frames (const PisdResult *result)
{
  const PisdOperator *row = pisd_operator_get (result->settings.problem);
  const char *between = "error of ";
  guint field, frame;

  for (guint n = 0; n < pisd_operator_count_frames (row); n++)
    {
      g_autofree char *name = NULL;

      pisd_operator_get_frame (row, n, &field, &frame);
      if (frame + 1 == row->fields[field].n_frames)
        continue;
      name = pisd_field_info_dup_symbol (&row->fields[field], frame);
      printf ("%s%s ", between, name);
      if (isfinite (result->frame_errors[field][frame]))
        print_percent (0, 100 * result->frame_errors[field][frame]);
      else
        printf ("none");
      between = ", ";
    }
  if (pisd_operator_count_frames (row) > row->n_fields)
    printf ("\n");
}

static void
print_residual (const char *name, double estimate, double truth)
{
  if (!isfinite (estimate))
    {
      printf ("residual, %-9s     none: the source is 0 everywhere\n", name);
      return;
    }
  printf ("residual, %-9s %8.3g of the source", name, estimate);
  if (isfinite (truth))
    printf (" (truth %.3g)", truth);
  printf ("\n");
}

/* Of a flow: what is left between two frames, which has one discretisation alone. */
static void
print_rate (const PisdResult *result)
{
  if (!isfinite (result->residual_spectral))
    return;
  printf ("residual                %8.3g of w(0) in a unit of time", result->residual_spectral);
  if (isfinite (result->truth_residual_spectral))
    printf (" (truth %.3g)", result->truth_residual_spectral);
  printf ("\n");
}

static void
print_residuals (const PisdResult *result)
{
  const PisdOperator *row = pisd_operator_get (result->settings.problem);

  if (row->whole != NULL)
    {
      print_rate (result);
      return;
    }
  print_residual ("5-point", result->residual_fd, result->truth_residual_fd);
  print_residual ("spectral", result->residual_spectral, result->truth_residual_spectral);
}

static void
print_learned (const PisdSettings *settings, const char *weights)
{
  printf ("the prior is learned, told %s (prior-family), ",
          pisd_family_get_name (settings->prior_family));
  if (settings->class_weight != 1.0)
    printf ("times %g (class-weight), ", settings->class_weight);
  printf ("%s\n", weights != NULL ? weights : "weights of this program");
}

/* Another one than the benchmark's. */
static void
print_law (const PisdSettings *settings)
{
  const PisdSourcePrior prior = pisd_settings_get_source_prior (settings);
  const PisdRandomOps *random = pisd_operator_get (settings->problem)->random;

  if (!pisd_law_equal (&prior.law, &random->benchmark))
    printf ("the prior has amplitude %g, tau %g and alpha %g (%s, %s, %s)\n", prior.law.amplitude,
            prior.law.tau, prior.law.alpha, pisd_hyper_get_key (settings, PISD_HYPER_AMPLITUDE),
            pisd_hyper_get_key (settings, PISD_HYPER_TAU),
            pisd_hyper_get_key (settings, PISD_HYPER_ALPHA));
}

static void
print_prior (const PisdSettings *settings, const PisdScenario *scenario)
{
  const PisdPriorTraits *prior = pisd_method_get_prior (settings->prior);

  if (prior->is_learned)
    print_learned (settings, scenario->weights_path);
  else if (prior->is_elsewhere)
    printf ("the prior is the model behind the socket %s\n", scenario->socket_name);
  else if (settings->prior_family != PISD_FAMILY_GRF)
    printf ("the prior is the Gaussian of %s (prior-family)\n",
            pisd_family_get_name (settings->prior_family));
  print_law (settings);
  if (settings->noise_sd > 0)
    printf ("readings may have noise of %g beside their sensors' own (noise-sd)\n",
            settings->noise_sd);
  if (settings->mean_sd > 0 && pisd_operator_has_mean (settings->problem))
    printf ("the prior leaves the mean of the source open, +- %g (mean-sd)\n", settings->mean_sd);
}

void
cli_sample_print_result (const PisdResult *result,
                         const PisdScenario *scenario,
                         const PisdExact *exact)
{
  printf ("%s, %u sensor%s, %u steps, %u evaluations, %u sample%s, %.2f s (%.2f s before the first "
          "step)\n",
          pisd_operator_get (result->settings.problem)->name, scenario->sensors->n,
          scenario->sensors->n == 1 ? "" : "s", result->n_steps, result->n_evaluations,
          result->n_samples, result->n_samples == 1 ? "" : "s", result->seconds,
          result->setup_seconds);
  print_blended (scenario);
  print_prior (&result->settings, scenario);
  for (guint field = 0; field < result->n_fields; field++)
    print_field (result, exact, field, scenario->instance != NULL);
  if (scenario->instance != NULL)
    print_frames (result);
  print_residuals (result);
}

void
cli_sample_print_remarks (const PisdResult *result,
                          const PisdScenario *scenario,
                          const PisdExact *exact)
{
  PisdConsistency consistency = pisd_report_get_consistency (result, exact);
  g_auto (GStrv) remarks = pisd_remarks_new (scenario, &consistency);
  g_autofree char *beyond = pisd_remarks_dup_beyond (result->deviation);

  for (guint i = 0; remarks[i] != NULL; i++)
    cli_remark (remarks[i]);
  cli_remark (beyond);
}

/* The settings. */

static char *
dup_range (const PisdSettingInfo *info)
{
  switch (info->type)
    {
    case PISD_SETTING_CHOICE:
      return pisd_setting_dup_choices (info, "|");
    case PISD_SETTING_SEED:
      return g_strdup ("0 .. 2^64-1");
    case PISD_SETTING_COURSE:
      return g_strdup_printf ("0 .. %g each", PISD_COURSE_MAX_FACTOR);
    default:
      return g_strdup_printf ("%g .. %g", info->minimum, info->maximum);
    }
}

void
cli_sample_print_settings (void)
{
  PisdSettings settings;
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  pisd_settings_init_default (&settings);
  printf ("%-18s %-12s %-6s %-24s %s\n", "key", "default", "unit", "range", "meaning");
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (&settings, &infos[i]);
      g_autofree char *range = dup_range (&infos[i]);

      printf ("%-18s %-12s %-6s %-24s %s\n", infos[i].key, text[0] == '\0' ? "-" : text,
              infos[i].unit[0] == '\0' ? "-" : infos[i].unit, range, infos[i].help);
    }
}
