/* The numbers of a prior that make its evidence largest.
 * Long: one search, its curvature and what it does without, all on the same state. */
#include "pisd-prior-fit.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

/* Of a weak prior's standard deviation, what the readings have to take away a part of: more left of
 * it, and they say nothing. */
#define UNTOLD 0.7
/* Where the maximum is: the log evidence to that much, of all readings together. */
#define TOLERANCE 3e-3
#define MOST_EVALUATIONS 120
/* Of differences of slopes. */
#define STEP 0.01
/* Where evaluations are slow so many readings lead to where all of them begin. */
#define FEW_READINGS 150
/* mean-sd and noise-sd are told where the log evidence is so much less without them. */
#define LEAST_GAIN 2.0
/* mean-sd and noise-sd begin there where they are 0: as they are, and in the readings' root mean
 * square. */
#define FIRST_MEAN 0.3
#define OTHER_NOISE 0.3

typedef struct
{
  PisdEvidence *evidence;
  PisdSettings settings; /* as they are tried */
  PisdCancel *cancel;
  GError **error;
  PisdWeakPrior weak;
  PisdHyper free[PISD_N_HYPERS]; /* [n] those that move */
  guint n;
  double x[PISD_N_HYPERS]; /* of all */
  double reached;          /* what NLopt made least */
  guint n_evaluations;
  nlopt_opt optimiser;
  gboolean failed;
} Search;

/* The numbers x that move become the settings'. */
static void
put (Search *search)
{
  for (guint i = 0; i < search->n; i++)
    {
      PisdHyper hyper = search->free[i];
      double x = search->x[hyper];

      pisd_hyper_set (&search->settings, hyper, pisd_hyper_is_logarithm (hyper) ? exp (x) : x);
    }
}

/* Under the numbers x: log evidence and slopes. */
static gboolean
evaluate (Search *search, gboolean with_slopes, PisdEvidenceValue *value)
{
  put (search);
  search->n_evaluations++;
  return pisd_evidence_evaluate (search->evidence, &search->settings, with_slopes, search->cancel,
                                 value, search->error);
}

/* What NLopt minimises: - (log evidence + weak prior) / n. */
static double
objective (unsigned n, const double *x, double *gradient, void *data)
{
  Search *search = data;
  guint count = pisd_evidence_get_n_used (search->evidence);
  PisdEvidenceValue value;
  double sum;

  for (guint i = 0; i < n; i++)
    search->x[search->free[i]] = x[i];
  if (search->failed || !evaluate (search, gradient != NULL, &value))
    {
      search->failed = TRUE;
      nlopt_force_stop (search->optimiser);
      return HUGE_VAL;
    }
  sum = value.log_evidence;
  for (guint i = 0; i < n; i++)
    {
      PisdHyper hyper = search->free[i];
      double away = (x[i] - search->weak.centre[hyper]) / search->weak.sd[hyper];

      sum -= 0.5 * away * away;
      if (gradient != NULL)
        gradient[i] = -(value.slopes[hyper] - away / search->weak.sd[hyper]) / count;
    }
  return -sum / count;
}

/* FALSE: cancelled, or no number. */
static gboolean
climb (Search *search)
{
  const guint n = search->n;
  double x[PISD_N_HYPERS], low[PISD_N_HYPERS], high[PISD_N_HYPERS];

  for (guint i = 0; i < n; i++)
    {
      PisdHyper hyper = search->free[i];

      low[i] = search->weak.low[hyper];
      high[i] = search->weak.high[hyper];
      x[i] = CLAMP (search->x[hyper], low[i], high[i]);
    }
  search->optimiser = nlopt_create (NLOPT_LD_SLSQP, n);
  nlopt_set_min_objective (search->optimiser, objective, search);
  nlopt_set_lower_bounds (search->optimiser, low);
  nlopt_set_upper_bounds (search->optimiser, high);
  nlopt_set_ftol_abs (search->optimiser, TOLERANCE / pisd_evidence_get_n_used (search->evidence));
  nlopt_set_maxeval (search->optimiser, MOST_EVALUATIONS);
  /* Where rounding ends the climb the best of all is still returned. */
  nlopt_optimize (search->optimiser, x, &search->reached);
  g_clear_pointer (&search->optimiser, nlopt_destroy);
  for (guint i = 0; i < n; i++)
    search->x[search->free[i]] = x[i];
  return !search->failed;
}

/* Rough fields and noise explain each other: there are two maxima, and the climb begins on the side
 * of either. */
static gboolean
climb_twice (Search *search)
{
  double first[PISD_N_HYPERS], x[PISD_N_HYPERS], reached;
  const double rms = pisd_evidence_get_rms (search->evidence);

  memcpy (first, search->x, sizeof first);
  if (!climb (search))
    return FALSE;
  memcpy (x, search->x, sizeof x);
  reached = search->reached;
  memcpy (search->x, first, sizeof first);
  search->x[PISD_HYPER_NOISE] = log (OTHER_NOISE * fmax (rms, 1e-300));
  if (!climb (search))
    return FALSE;
  if (search->reached < reached)
    return TRUE;
  memcpy (search->x, x, sizeof x);
  search->reached = reached;
  return TRUE;
}

/* From what a few of the readings say, where all of them take long. */
static gboolean
climb_first (Search *search, const PisdScenario *scenario, guint n_threads)
{
  PisdEvidence *all = search->evidence;
  g_autoptr (PisdEvidence) few = NULL;
  gboolean good;

  if (!pisd_evidence_is_slow (all) || pisd_evidence_get_n_used (all) <= FEW_READINGS)
    return climb_twice (search);
  few = pisd_evidence_new (scenario, FEW_READINGS, n_threads, search->error);
  if (few == NULL)
    return FALSE;
  search->evidence = few;
  good = climb_twice (search);
  search->evidence = all;
  return good;
}

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
fill_slopes_here (Search *search, double *slopes)
{
  PisdEvidenceValue value;

  if (!evaluate (search, TRUE, &value))
    return FALSE;
  for (guint i = 0; i < search->n; i++)
    slopes[i] = value.slopes[search->free[i]];
  return TRUE;
}

/* The same one step away. */
static gboolean
fill_slopes_beside (Search *search, PisdHyper hyper, double *slopes)
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
fill_covariance (Search *search, double covariance[PISD_N_HYPERS][PISD_N_HYPERS])
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
leave (Search *search, guint at, PisdPriorFit *fit)
{
  PisdHyper hyper = search->free[at];

  fit->kind[hyper] = PISD_UNTOLD;
  pisd_hyper_set (&search->settings, hyper, fit->before[hyper]);
  memmove (search->free + at, search->free + at + 1, (search->n - at - 1) * sizeof *search->free);
  search->n--;
}

static guint
find_free (const Search *search, PisdHyper hyper)
{
  guint i = 0;

  while (i < search->n && search->free[i] != hyper)
    i++;
  return i;
}

/* Whether the readings would do with what that number, mean-sd or noise-sd, was before.  That comes
 * first: what it needs to be factored stays for the other. */
static gboolean
do_without (Search *search, PisdHyper hyper, double before, gboolean *would)
{
  PisdEvidenceValue with, without;
  PisdSettings settings;

  put (search);
  settings = search->settings;
  pisd_hyper_set (&settings, hyper, before);
  search->n_evaluations++;
  if (!pisd_evidence_evaluate (search->evidence, &settings, FALSE, search->cancel, &without,
                               search->error)
      || !evaluate (search, FALSE, &with))
    return FALSE;
  *would = without.log_evidence > with.log_evidence - LEAST_GAIN;
  return TRUE;
}

/* Leaves those of the two that the readings would do without.  n_left: how many these were. */
static gboolean
leave_needless (Search *search, PisdPriorFit *fit, guint *n_left)
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
find_untold (const Search *search, double covariance[PISD_N_HYPERS][PISD_N_HYPERS])
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
fill_errors (const Search *search,
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
search_all (Search *search, const PisdScenario *scenario, guint n_threads, PisdPriorFit *fit)
{
  double covariance[PISD_N_HYPERS][PISD_N_HYPERS];
  guint n_left;

  if (!climb_first (search, scenario, n_threads) || !leave_needless (search, fit, &n_left)
      || ((n_left > 0 || pisd_evidence_is_slow (search->evidence)) && !climb (search)))
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
      if (search->n > 0 && !climb (search))
        return FALSE;
    }
  fill_errors (search, covariance, fit);
  return TRUE;
}

/* Where it begins. */
static void
begin (Search *search, const PisdSettings *settings, PisdPriorFit *fit)
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
conclude (Search *search, PisdPriorFit *fit)
{
  put (search);
  for (guint h = 0; h < PISD_N_HYPERS; h++)
    {
      fit->after[h] = pisd_hyper_get (&search->settings, h);
      if (fit->kind[h] == PISD_FITTED)
        fit->after[h] = round_to_digits (fit->after[h]);
      pisd_hyper_set (&search->settings, h, fit->after[h]);
    }
  fit->n_evaluations = search->n_evaluations;
  return pisd_evidence_evaluate (search->evidence, &search->settings, FALSE, search->cancel,
                                 &fit->evidence_after, search->error);
}

gboolean
pisd_prior_fit_compute (const PisdScenario *scenario,
                        guint n_threads,
                        PisdCancel *cancel,
                        PisdPriorFit *fit,
                        GError **error)
{
  g_autoptr (PisdEvidence) evidence = pisd_evidence_new (scenario, 0, n_threads, error);
  Search search = { evidence, scenario->settings, cancel, error, .n = 0 };

  *fit = (PisdPriorFit){ .correlation = NAN };
  if (evidence == NULL
      || !pisd_evidence_evaluate (evidence, &scenario->settings, FALSE, cancel,
                                  &fit->evidence_before, error))
    return FALSE;
  fit->n_sites = pisd_evidence_get_n_sites (evidence);
  fit->n_used = pisd_evidence_get_n_used (evidence);
  begin (&search, &scenario->settings, fit);
  return search_all (&search, scenario, n_threads, fit) && conclude (&search, fit);
}

void
pisd_prior_fit_apply (const PisdPriorFit *fit, PisdSettings *settings)
{
  for (guint h = 0; h < PISD_N_HYPERS; h++)
    if (fit->kind[h] == PISD_FITTED)
      pisd_hyper_set (settings, h, fit->after[h]);
}
