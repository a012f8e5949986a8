#include "cli-measure.h"

#include <math.h>
#include <stdio.h>

#include "cli-probe.h"
#include "pisd-calibration.h"

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
  const PisdField *truth =
      scenario->instance == NULL ? NULL : pisd_instance_get_field (scenario->instance, info->id);
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

void
cli_measure_print (const CliMeasure *measure,
                   const PisdResult *result,
                   const PisdScenario *scenario)
{
  for (guint k = 0; measure->errors && k < result->n_fields; k++)
    print_errors_of (result, scenario, k);
}
