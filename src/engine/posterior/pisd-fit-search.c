#include "pisd-fit-search.h"

#include <math.h>
#include <nlopt.h>
#include <string.h>

/* Where the maximum is: the log evidence to that much, of all readings together. */
#define TOLERANCE 3e-3
#define MOST_EVALUATIONS 120
/* Where evaluations are slow so many readings lead to where all of them begin. */
#define FEW_READINGS 150
/* noise-sd begins there a second time, in the readings' root mean square. */
#define OTHER_NOISE 0.3
/* Of a flow: it is linearised so often at most, unless the numbers (but for alpha logarithms) move
 * by less than this; and what the log evidence may lose by a step that is not halved. */
#define MOST_ROUNDS 8
#define SETTLED 0.02
#define LOSS 0.5
#define MOST_HALVINGS 4

void
pisd_fit_search_put (PisdFitSearch *search)
{
  for (guint i = 0; i < search->n; i++)
    {
      PisdHyper hyper = search->free[i];
      double x = search->x[hyper];

      pisd_hyper_set (&search->settings, hyper, pisd_hyper_is_logarithm (hyper) ? exp (x) : x);
    }
}

gboolean
pisd_fit_search_evaluate (PisdFitSearch *search, gboolean with_slopes, PisdEvidenceValue *value)
{
  pisd_fit_search_put (search);
  search->n_evaluations++;
  return pisd_evidence_evaluate (search->evidence, &search->settings, with_slopes, search->cancel,
                                 value, search->error);
}

/* What NLopt minimises: - (log evidence + weak prior) / n. */
static double
objective (unsigned n, const double *x, double *gradient, void *data)
{
  PisdFitSearch *search = data;
  guint count = pisd_evidence_get_n_used (search->evidence);
  PisdEvidenceValue value;
  double sum;

  for (guint i = 0; i < n; i++)
    search->x[search->free[i]] = x[i];
  if (search->failed || !pisd_fit_search_evaluate (search, gradient != NULL, &value))
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
climb (PisdFitSearch *search)
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
climb_twice (PisdFitSearch *search)
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

/* What NLopt makes least, at the numbers x as they are. */
static gboolean
measure (PisdFitSearch *search, double *value)
{
  double x[PISD_N_HYPERS];

  for (guint i = 0; i < search->n; i++)
    x[i] = search->x[search->free[i]];
  *value = objective (search->n, x, NULL, search);
  return !search->failed;
}

/* The evidence of the flow linearised where the numbers x lead, in the place of the one before. */
static gboolean
linearise (PisdFitSearch *search)
{
  g_autoptr (PisdScenario) there = pisd_scenario_dup (search->scenario);
  PisdEvidence *evidence;

  pisd_fit_search_put (search);
  there->settings = search->settings;
  evidence = pisd_evidence_new (search->evidence, there, 0, search->n_threads, search->cancel,
                                search->error);
  if (evidence == NULL)
    return FALSE;
  pisd_evidence_free (search->evidence);
  search->evidence = evidence;
  search->n_linearised++;
  if (search->func != NULL)
    search->func (search->n_linearised, search->data);
  return TRUE;
}

/* From the numbers `from`, where the objective was `least`, to x, or half the way, and so on, until
 * linearised there it is hardly larger. */
static gboolean
go_there (PisdFitSearch *search, const double *from, double *least)
{
  const double most = *least + LOSS / pisd_evidence_get_n_used (search->evidence);

  for (guint k = 0; k < MOST_HALVINGS; k++)
    {
      if (!linearise (search) || !measure (search, least))
        return FALSE;
      if (*least <= most)
        return TRUE;
      for (guint h = 0; h < PISD_N_HYPERS; h++)
        search->x[h] = 0.5 * (search->x[h] + from[h]);
    }
  memcpy (search->x, from, sizeof search->x);
  return linearise (search) && measure (search, least);
}

static double
find_move (const PisdFitSearch *search, const double *from)
{
  double most = 0.0;

  for (guint i = 0; i < search->n; i++)
    most = fmax (most, fabs (search->x[search->free[i]] - from[search->free[i]]));
  return most;
}

/* The maximum under one linearisation, x, leads to another linearisation, and that to another
 * maximum.  Where they agree the slopes of the log evidence are zero by Fisher's identity. */
static gboolean
follow (PisdFitSearch *search, double *from, double least)
{
  for (guint round = 1;; round++)
    {
      if (!go_there (search, from, &least))
        return FALSE;
      if (round == MOST_ROUNDS || find_move (search, from) < SETTLED)
        return TRUE;
      memcpy (from, search->x, sizeof search->x);
      if (!climb (search))
        return FALSE;
    }
}

gboolean
pisd_fit_search_climb (PisdFitSearch *search)
{
  double from[PISD_N_HYPERS], least;

  if (!pisd_evidence_is_linearised (search->evidence))
    return climb (search);
  memcpy (from, search->x, sizeof from);
  return measure (search, &least) && climb (search) && follow (search, from, least);
}

/* From what a few of the readings say, where all of them take long. */
static gboolean
climb_by_few (PisdFitSearch *search)
{
  PisdEvidence *all = search->evidence;
  g_autoptr (PisdEvidence) few = NULL;
  gboolean good;

  if (!pisd_evidence_is_slow (all) || pisd_evidence_get_n_used (all) <= FEW_READINGS)
    return climb_twice (search);
  few = pisd_evidence_new (NULL, search->scenario, FEW_READINGS, search->n_threads, search->cancel,
                           search->error);
  if (few == NULL)
    return FALSE;
  search->evidence = few;
  good = climb_twice (search);
  search->evidence = all;
  return good;
}

gboolean
pisd_fit_search_climb_first (PisdFitSearch *search)
{
  double from[PISD_N_HYPERS], least;

  memcpy (from, search->x, sizeof from);
  if (pisd_evidence_is_linearised (search->evidence))
    return measure (search, &least) && climb_by_few (search) && follow (search, from, least);
  return climb_by_few (search) && (!pisd_evidence_is_slow (search->evidence) || climb (search));
}

void
pisd_fit_search_clear (PisdFitSearch *search)
{
  pisd_evidence_free (search->evidence);
}
