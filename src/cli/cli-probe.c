#include "cli-probe.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "cli-common.h"
#include "pisd-color-range.h"
#include "pisd-error.h"
#include "pisd-exact.h"
#include "pisd-marginal.h"
#include "pisd-number.h"

#define LEAST_PARTS 3 /* of the text */
#define MOST_PARTS 4
#define MOST_MARKS 40 /* of a bar */

static gboolean
fail (const char *option, const char *text, PisdProblemId problem, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (text);
  g_autofree char *names = pisd_operator_dup_field_names (pisd_operator_get (problem));

  g_set_error (
      error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
      "%s: got %s, expected FIELD,X,Y or FIELD,X,Y,T with FIELD %s and numbers from 0 to 1", option,
      quoted, names);
  return FALSE;
}

static gboolean
read_part (const char *text, double *number)
{
  return pisd_number_parse (text, number) && *number >= 0.0 && *number <= 1.0;
}

static guint
find_node (const PisdFieldInfo *info, double place)
{
  return MIN ((guint) lround (place / pisd_field_info_get_spacing (info)), PISD_GRID - 1);
}

gboolean
cli_probe_parse (const char *option,
                 const char *text,
                 PisdProblemId problem,
                 CliProbe *probe,
                 GError **error)
{
  const PisdOperator *row = pisd_operator_get (problem);
  g_auto (GStrv) parts = g_strsplit (text, ",", -1);
  const guint n = g_strv_length (parts);
  const int field = n > 0 ? pisd_operator_find_field (row, parts[0]) : -1;
  const PisdFieldInfo *info;
  double x, y, t;

  if (field < 0 || n < LEAST_PARTS || n > MOST_PARTS || !read_part (parts[1], &x)
      || !read_part (parts[2], &y) || (n == MOST_PARTS && !read_part (parts[3], &t)))
    return fail (option, text, problem, error);
  info = &row->fields[field];
  probe->field = (guint) field;
  probe->frame = n == MOST_PARTS ? pisd_field_info_find_frame (info, t) : info->n_frames - 1;
  probe->i = find_node (info, y);
  probe->j = find_node (info, x);
  return TRUE;
}

/* Printing. */

static double
get_value (const CliProbe *probe, const PisdField *field)
{
  return pisd_field_get_value (field, probe->frame, probe->i, probe->j);
}

/* Of the Gaussian prior of the same family, which alone has a closed form. */
static PisdExact *
make_exact (const PisdScenario *scenario, guint n_threads, PisdCancel *cancel, GError **error)
{
  g_autoptr (PisdScenario) gaussian = pisd_scenario_dup (scenario);
  const guint modes = scenario->settings.modes;

  pisd_settings_make_gaussian (&gaussian->settings);
  pisd_settings_apply_preset (&gaussian->settings, pisd_method_find_mean (),
                              pisd_scenario_get_task (scenario), TRUE);
  gaussian->settings.modes = modes;
  return pisd_exact_new (gaussian, NULL, TRUE, n_threads, cancel, error);
}

/* The same, or NULL with the reason where it takes too much memory or was stopped; FALSE on other
 * errors. */
static gboolean
try_exact (const PisdScenario *scenario,
           guint n_threads,
           PisdCancel *cancel,
           PisdExact **exact,
           char **reason,
           GError **error)
{
  g_autoptr (GError) own = NULL;

  *exact = make_exact (scenario, n_threads, cancel, &own);
  if (*exact != NULL)
    return TRUE;
  *reason = g_strdup (own->message);
  if (g_error_matches (own, PISD_ERROR, PISD_ERROR_LIMIT)
      || g_error_matches (own, PISD_ERROR, PISD_ERROR_CANCELLED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&own));
  return FALSE;
}

static void
print_head (const CliProbe *probe, const PisdFieldInfo *info, const PisdMarginal *marginal)
{
  const PisdMarginalBeside *beside = &marginal->beside;
  const double h = pisd_field_info_get_spacing (info);
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, probe->frame);

  printf ("%s at x %.3f, y %.3f: %u sample%s, mean %.4g", symbol, probe->j * h, probe->i * h,
          marginal->n, marginal->n == 1 ? "" : "s", marginal->mean);
  if (isfinite (marginal->sd))
    printf (" +- %.3g", marginal->sd);
  if (isfinite (beside->exact_mean))
    printf (", exact Gaussian %.4g +- %.3g", beside->exact_mean, beside->exact_sd);
  if (isfinite (beside->truth))
    printf (", truth %.4g", beside->truth);
  printf ("\n");
}

void
cli_probe_print_bins (const PisdMarginal *marginal, const char *counted)
{
  const double width = pisd_marginal_get_width (marginal);
  const guint per_mark = MAX (1, (marginal->n + MOST_MARKS - 1) / MOST_MARKS);

  const gboolean has_gaussian = isfinite (marginal->beside.exact_mean);

  printf ("%12s %8s%s\n", "from", counted, has_gaussian ? "  Gaussian" : "");
  for (guint k = 0; k < marginal->n_bins; k++)
    {
      const double low = marginal->low + k * width;
      g_autofree char *bar = g_strnfill ((marginal->counts[k] + per_mark - 1) / per_mark, '#');

      printf ("%12.4g %8u", low, marginal->counts[k]);
      if (has_gaussian)
        printf (" %9.2f", pisd_marginal_get_expected (marginal, low + 0.5 * width));
      printf ("%s%s\n", *bar != '\0' ? "  " : "", bar);
    }
}

gboolean
cli_probe_print (const CliProbe *probe,
                 const PisdResult *result,
                 const PisdScenario *scenario,
                 guint n_threads,
                 PisdCancel *cancel,
                 char **reason,
                 GError **error)
{
  const PisdFieldInfo *info = &pisd_operator_get (scenario->settings.problem)->fields[probe->field];
  g_autoptr (PisdExact) exact = NULL;
  g_autoptr (PisdMarginal) marginal = NULL;
  PisdMarginalBeside beside = { NAN, NAN, NAN, NAN, 0.0 };

  if (!try_exact (scenario, n_threads, cancel, &exact, reason, error))
    return FALSE;
  beside.truth = get_value (probe, pisd_scenario_get_truth (scenario, info->id));
  if (exact != NULL)
    {
      beside.exact_mean = get_value (probe, exact->mean[probe->field]);
      beside.exact_sd = get_value (probe, exact->sd[probe->field]);
    }
  beside.scale = pisd_field_get_largest (result->mean[probe->field]);
  marginal = pisd_marginal_new_from_result (result, probe->field, probe->frame, probe->i, probe->j,
                                            &beside);
  print_head (probe, info, marginal);
  cli_probe_print_bins (marginal, "samples");
  return TRUE;
}
