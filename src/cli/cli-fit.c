#include "cli-fit.h"

#include <math.h>
#include <stdio.h>

#include "cli-progress.h"

/* Readings tell one of the two at most where their errors hang together so. */
#define MOST_CORRELATION 0.95

static void
print_number (const PisdSettings *settings, const PisdPriorFit *fit, PisdHyper hyper)
{
  printf ("  %-16s %10.4g", pisd_hyper_get_key (settings, hyper), fit->after[hyper]);
  if (fit->kind[hyper] == PISD_UNTOLD)
    printf ("  as before: the readings do not tell it\n");
  else if (hyper == PISD_HYPER_ALPHA)
    printf (" ± %.2g (before %.4g)\n", fit->error[hyper], fit->before[hyper]);
  else
    printf (" ± %.2g %% (before %.4g)\n", 100.0 * fit->error[hyper], fit->before[hyper]);
}

static void
print_evidence (const char *when, const PisdEvidenceValue *value)
{
  printf ("  log evidence %-8s %.2f, readings at %.3g times the prior's scale\n", when,
          value->log_evidence, value->ratio);
}

static void
print_fit (const PisdSettings *settings, const PisdPriorFit *fit)
{
  printf ("prior fitted to %u reading%s", fit->n_used, fit->n_used == 1 ? "" : "s");
  if (fit->n_used < fit->n_sites)
    printf (", a random choice of %u", fit->n_sites);
  if (fit->n_linearised > 0)
    printf (", the flow linearised anew %u times", fit->n_linearised);
  printf (":\n");
  for (guint h = 0; h < PISD_N_HYPERS; h++)
    if (fit->kind[h] != PISD_NOT_FITTED)
      print_number (settings, fit, h);
  if (fabs (fit->correlation) > MOST_CORRELATION)
    printf ("  %s and %s are hardly told apart (correlation of their errors %.2f)\n",
            pisd_hyper_get_key (settings, PISD_HYPER_AMPLITUDE),
            pisd_hyper_get_key (settings, PISD_HYPER_TAU), fit->correlation);
  print_evidence ("before", &fit->evidence_before);
  print_evidence ("after", &fit->evidence_after);
}

/* So many are enough nearly always. */
#define USUAL_LINEARISATIONS 10

static void
on_linearised (guint n, gpointer data)
{
  cli_progress_step (MIN (n, USUAL_LINEARISATIONS - 1), USUAL_LINEARISATIONS, data);
}

gboolean
cli_fit_prior (PisdScenario *scenario, guint n_threads, CliSignals *signals, GError **error)
{
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (signals);
  CliProgress progress;
  PisdPriorFit fit;
  gboolean good;

  cli_progress_begin (&progress, signals, "fitting the prior", 1);
  good =
      pisd_prior_fit_compute (scenario, n_threads, on_linearised, &progress, cancel, &fit, error);
  cli_progress_end (&progress);
  if (!good)
    return FALSE;
  pisd_prior_fit_apply (&fit, &scenario->settings);
  print_fit (&scenario->settings, &fit);
  return TRUE;
}

void
cli_fit_print_evidence (const PisdScenario *scenario)
{
  const gboolean is_quick = pisd_operator_get (scenario->settings.problem)->linear != NULL;
  g_autoptr (PisdEvidence) evidence =
      is_quick ? pisd_evidence_new (NULL, scenario, 0, 1, NULL, NULL) : NULL;
  PisdEvidenceValue value;

  if (evidence != NULL
      && pisd_evidence_evaluate (evidence, &scenario->settings, FALSE, NULL, &value, NULL))
    printf ("log evidence of %u reading%s: %.2f, readings at %.3g times the prior's scale\n",
            pisd_evidence_get_n_used (evidence),
            pisd_evidence_get_n_used (evidence) == 1 ? "" : "s", value.log_evidence, value.ratio);
}
