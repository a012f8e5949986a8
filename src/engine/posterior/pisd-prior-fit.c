#include "pisd-prior-fit.h"

#include <math.h>
#include <string.h>

#include "pisd-fit-search.h"

/* Of a weak prior's standard deviation, what the readings have to take away a part of: more left of
 * it, and they say nothing. */
#define UNTOLD 0.7
/* Of differences of slopes. */
#define STEP 0.01
/* mean-sd and noise-sd are told where the log evidence is so much less without them. */
#define LEAST_GAIN 2.0
/* mean-sd begins there where it is 0. */
#define FIRST_MEAN 0.3

/* A symmetric positive matrix [n, n], rows PISD_N_HYPERS apart, becomes its inverse (Gauss and
 * Jordan). */
static void
invert (double matrix[PISD_N_HYPERS][PISD_N_HYPERS], guint n)
{
  for (guint k = 0; k < n; k++)
    {
      double pivot = matrix[k][k];

      matrix[k][k] = 1.0;
      for (guint j = 0; j < n; j++)
        matrix[k][j] /= pivot;
      for (guint i = 0; i < n; i++)
        {
          double factor = matrix[i][k];

          if (i == k)
            continue;
          matrix[i][k] = 0.0;
          for (guint j = 0; j < n; j++)
            matrix[i][j] -= factor * matrix[k][j];
        }
    }
}

/* Slopes of the log evidence at x. */
static gboolean
fill_slopes_here (PisdFitSearch *search, double *slopes)
{
  PisdEvidenceValue value;

  if (!pisd_fit_search_evaluate (search, TRUE, &value))
    return FALSE;
  for (guint i = 0; i < search->n; i++)
    slopes[i] = value.slopes[search->free[i]];
  return TRUE;
}

/* The same one step away. */
static gboolean
fill_slopes_beside (PisdFitSearch *search, PisdHyper hyper, double *slopes)
{
  double x = search->x[hyper];
  gboolean good;

  search->x[hyper] = x + STEP;
  good = fill_slopes_here (search, slopes);
  search->x[hyper] = x;
  return good;
}

/* Beside a maximum at a limit the curvature may be negative: then nothing is known of it. */
static void
forget_curvature (double curvature[PISD_N_HYPERS][PISD_N_HYPERS], guint n, guint at)
{
  for (guint i = 0; i < n; i++)
    curvature[i][at] = curvature[at][i] = 0.0;
}

/* Covariance of the errors of those that move: the inverse of the curvature and of what the weak
 * prior adds to it. */
static gboolean
fill_covariance (PisdFitSearch *search, double covariance[PISD_N_HYPERS][PISD_N_HYPERS])
{
  double curvature[PISD_N_HYPERS][PISD_N_HYPERS], here[PISD_N_HYPERS];

  if (!fill_slopes_here (search, here))
    return FALSE;
  for (guint i = 0; i < search->n; i++)
    {
      double beside[PISD_N_HYPERS];

      if (!fill_slopes_beside (search, search->free[i], beside))
        return FALSE;
      for (guint j = 0; j < search->n; j++)
        curvature[i][j] = (here[j] - beside[j]) / STEP;
    }
  for (guint i = 0; i < search->n; i++)
    for (guint j = 0; j < search->n; j++)
      covariance[i][j] = 0.5 * (curvature[i][j] + curvature[j][i]);
  for (guint i = 0; i < search->n; i++)
    {
      if (covariance[i][i] < 0.0)
        forget_curvature (covariance, search->n, i);
      covariance[i][i] += 1.0 / pow (search->weak.sd[search->free[i]], 2);
    }
  invert (covariance, search->n);
  return TRUE;
}

/* Puts number `at` of those that move back to what it was. */
static void
leave (PisdFitSearch *search, guint at, PisdPriorFit *fit)
{
  PisdHyper hyper = search->free[at];

  fit->kind[hyper] = PISD_UNTOLD;
  pisd_hyper_set (&search->settings, hyper, fit->before[hyper]);
  memmove (search->free + at, search->free + at + 1, (search->n - at - 1) * sizeof *search->free);
  search->n--;
}

static guint
find_free (const PisdFitSearch *search, PisdHyper hyper)
{
  guint i = 0;

  while (i < search->n && search->free[i] != hyper)
    i++;
  return i;
}

/* Whether the readings would do with what that number, mean-sd or noise-sd, was before.  That comes
 * first: what it needs to be factored stays for the other. */
static gboolean
do_without (PisdFitSearch *search, PisdHyper hyper, double before, gboolean *would)
{
  PisdEvidenceValue with, without;
  PisdSettings settings;

  pisd_fit_search_put (search);
  settings = search->settings;
  pisd_hyper_set (&settings, hyper, before);
  search->n_evaluations++;
  if (!pisd_evidence_evaluate (search->evidence, &settings, FALSE, search->cancel, &without,
                               search->error)
      || !pisd_fit_search_evaluate (search, FALSE, &with))
    return FALSE;
  *would = without.log_evidence > with.log_evidence - LEAST_GAIN;
  return TRUE;
}

/* Leaves those of the two that the readings would do without.  n_left: how many these were. */
static gboolean
leave_needless (PisdFitSearch *search, PisdPriorFit *fit, guint *n_left)
{
  static const PisdHyper both[] = { PISD_HYPER_MEAN, PISD_HYPER_NOISE };

  *n_left = 0;
  for (guint k = 0; k < G_N_ELEMENTS (both); k++)
    {
      guint at = find_free (search, both[k]);
      gboolean would = FALSE;

      if (at == search->n)
        continue;
      if (!do_without (search, both[k], fit->before[both[k]], &would))
        return FALSE;
      if (would)
        {
          leave (search, at, fit);
          ++*n_left;
        }
    }
  return TRUE;
}

/* Which of the others is told least, if any of them is told too little; n else. */
static guint
find_untold (const PisdFitSearch *search, double covariance[PISD_N_HYPERS][PISD_N_HYPERS])
{
  guint found = search->n;
  double most = UNTOLD;

  for (guint i = 0; i < search->n; i++)
    {
      if (search->free[i] == PISD_HYPER_MEAN || search->free[i] == PISD_HYPER_NOISE)
        continue;
      double left = sqrt (fmax (0.0, covariance[i][i])) / search->weak.sd[search->free[i]];

      if (left > most || isnan (left))
        {
          most = isnan (left) ? most : left;
          found = i;
        }
    }
  return found;
}

static void
fill_errors (const PisdFitSearch *search,
             double covariance[PISD_N_HYPERS][PISD_N_HYPERS],
             PisdPriorFit *fit)
{
  guint a = find_free (search, PISD_HYPER_AMPLITUDE), t = find_free (search, PISD_HYPER_TAU);

  for (guint i = 0; i < search->n; i++)
    fit->error[search->free[i]] = sqrt (fmax (0.0, covariance[i][i]));
  fit->correlation = NAN;
  if (a < search->n && t < search->n)
    fit->correlation = covariance[a][t] / sqrt (covariance[a][a] * covariance[t][t]);
}

/* Climbs, and again without what is not told. */
static gboolean
search_all (PisdFitSearch *search, PisdPriorFit *fit)
{
  double covariance[PISD_N_HYPERS][PISD_N_HYPERS];
  guint n_left;

  if (!pisd_fit_search_climb_first (search) || !leave_needless (search, fit, &n_left)
      || (n_left > 0 && !pisd_fit_search_climb (search)))
    return FALSE;
  while (search->n > 0)
    {
      guint untold;

      if (!fill_covariance (search, covariance))
        return FALSE;
      untold = find_untold (search, covariance);
      if (untold == search->n)
        break;
      leave (search, untold, fit);
      if (search->n > 0 && !pisd_fit_search_climb (search))
        return FALSE;
    }
  fill_errors (search, covariance, fit);
  return TRUE;
}

/* Where it begins. */
static void
begin (PisdFitSearch *search, const PisdSettings *settings, PisdPriorFit *fit)
{
  const double rms = pisd_evidence_get_rms (search->evidence);

  pisd_weak_prior_init (&search->weak, settings, rms, fit->evidence_before.ratio);
  for (guint h = 0; h < PISD_N_HYPERS; h++)
    {
      double value = pisd_hyper_get (settings, h);

      fit->before[h] = fit->after[h] = value;
      fit->kind[h] = pisd_hyper_is_had (settings, h) ? PISD_FITTED : PISD_NOT_FITTED;
      if (fit->kind[h] == PISD_FITTED)
        search->free[search->n++] = h;
      if (value == 0.0 && h == PISD_HYPER_MEAN)
        value = FIRST_MEAN;
      if (value == 0.0)
        value = PISD_HYPER_FIRST_NOISE * fmax (rms, 1e-300);
      search->x[h] = pisd_hyper_is_logarithm (h) ? log (value) : value;
    }
  search->x[PISD_HYPER_AMPLITUDE] = search->weak.centre[PISD_HYPER_AMPLITUDE];
}

/* As a person reads it. */
static double
round_to_digits (double value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  return g_ascii_strtod (g_ascii_formatd (text, sizeof text, "%.4g", value), NULL);
}

/* What was found, and its evidence; the search has looked beside it last. */
static gboolean
conclude (PisdFitSearch *search, PisdPriorFit *fit)
{
  pisd_fit_search_put (search);
  for (guint h = 0; h < PISD_N_HYPERS; h++)
    {
      fit->after[h] = pisd_hyper_get (&search->settings, h);
      if (fit->kind[h] == PISD_FITTED)
        fit->after[h] = round_to_digits (fit->after[h]);
      pisd_hyper_set (&search->settings, h, fit->after[h]);
    }
  fit->n_evaluations = search->n_evaluations;
  fit->n_linearised = search->n_linearised;
  return pisd_evidence_evaluate (search->evidence, &search->settings, FALSE, search->cancel,
                                 &fit->evidence_after, search->error);
}

gboolean
pisd_prior_fit_compute (const PisdScenario *scenario,
                        guint n_threads,
                        PisdPriorFitFunc func,
                        gpointer data,
                        PisdCancel *cancel,
                        PisdPriorFit *fit,
                        GError **error)
{
  g_auto (PisdFitSearch) search = { .scenario = scenario,
                                    .n_threads = n_threads,
                                    .settings = scenario->settings,
                                    .cancel = cancel,
                                    .error = error,
                                    .func = func,
                                    .data = data };

  *fit = (PisdPriorFit){ .correlation = NAN };
  search.evidence = pisd_evidence_new (NULL, scenario, 0, n_threads, cancel, error);
  if (search.evidence == NULL
      || !pisd_evidence_evaluate (search.evidence, &scenario->settings, FALSE, cancel,
                                  &fit->evidence_before, error))
    return FALSE;
  fit->n_sites = pisd_evidence_get_n_sites (search.evidence);
  fit->n_used = pisd_evidence_get_n_used (search.evidence);
  begin (&search, &scenario->settings, fit);
  return search_all (&search, fit) && conclude (&search, fit);
}

void
pisd_prior_fit_apply (const PisdPriorFit *fit, PisdSettings *settings)
{
  for (guint h = 0; h < PISD_N_HYPERS; h++)
    if (fit->kind[h] == PISD_FITTED)
      pisd_hyper_set (settings, h, fit->after[h]);
}
