#include "pisd-growth.h"

#include <math.h>

/* The last decade of the time is looked at, and that many rows have to be in it. */
#define SHARE 0.1
#define FEWEST 12
/* A norm that grows by less than this share in a decade has settled, one that grows by more than
 * that has not, if that part of it falls to the last half of the time: of ln t and sqrt t it would
 * be 0.30 and 0.43. */
#define SETTLED 1e-3
#define GROWING 1e-2
#define LATE 0.1
/* Where the gradient is still above that share of its first value nothing has converged: a norm
 * that rests has not moved yet. */
#define FALLEN 0.5

/* x as the fits see it: ln t or sqrt t. */
typedef double (*Scale) (double t);

static double
logarithm (double t)
{
  return log (t);
}

static guint
find_first (const PisdRegressionLog *log, double begin)
{
  guint i = 0;

  while (i < log->rows->len && pisd_regression_log_get_row (log, i)->time < begin)
    i++;
  return i;
}

static PisdGrowthFit
fit (const PisdRegressionLog *log, guint first, Scale scale)
{
  double n = log->rows->len - first, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0;
  PisdGrowthFit result;

  for (guint i = first; i < log->rows->len; i++)
    {
      const PisdRegressionRow *row = pisd_regression_log_get_row (log, i);

      x += scale (row->time) / n;
      y += row->norm / n;
    }
  for (guint i = first; i < log->rows->len; i++)
    {
      const PisdRegressionRow *row = pisd_regression_log_get_row (log, i);
      double dx = scale (row->time) - x, dy = row->norm - y;

      xx += dx * dx;
      xy += dx * dy;
      yy += dy * dy;
    }
  result.slope = xx > 0.0 ? xy / xx : 0.0;
  result.offset = y - result.slope * x;
  result.misfit = yy > 0.0 ? sqrt (fmax (1.0 - xy * result.slope / yy, 0.0)) : 0.0;
  return result;
}

/* The first gradient that was measured from a row on, or the last one before the end. */
static double
get_gradient (const PisdRegressionLog *log, guint first, gboolean last)
{
  guint n = log->rows->len - first;

  for (guint k = 0; k < n; k++)
    {
      guint i = last ? log->rows->len - 1 - k : first + k;
      double gradient = pisd_regression_log_get_row (log, i)->gradient;

      if (!isnan (gradient))
        return gradient;
    }
  return NAN;
}

static PisdGrowthLook
judge (const PisdGrowth *self)
{
  if (self->n_rows < FEWEST || !isfinite (self->growth))
    return PISD_GROWTH_UNDECIDED;
  if (fabs (self->growth) < SETTLED)
    return self->fallen < FALLEN ? PISD_GROWTH_SETTLES : PISD_GROWTH_UNDECIDED;
  return self->growth > GROWING && self->late > LATE * self->growth ? PISD_GROWTH_DIVERGES
                                                                    : PISD_GROWTH_UNDECIDED;
}

void
pisd_growth_init (PisdGrowth *self, const PisdRegressionLog *log)
{
  const PisdRegressionRow *last = pisd_regression_log_get_last (log);
  guint first;

  *self = (PisdGrowth){ .growth = NAN, .late = NAN, .gradient = NAN, .fallen = NAN };
  if (last == NULL || last->time <= 0.0)
    return;
  first = find_first (log, SHARE * last->time);
  self->n_rows = log->rows->len - first;
  self->begin = pisd_regression_log_get_row (log, first)->time;
  self->end = last->time;
  self->growth = 1.0 - pisd_regression_log_get_row (log, first)->norm / last->norm;
  self->late =
      1.0
      - pisd_regression_log_get_row (log, find_first (log, 0.5 * last->time))->norm / last->norm;
  self->gradient = get_gradient (log, first, TRUE) / get_gradient (log, first, FALSE);
  self->fallen = get_gradient (log, first, TRUE) / get_gradient (log, 0, FALSE);
  self->log = fit (log, first, logarithm);
  self->root = fit (log, first, sqrt);
  self->look = judge (self);
}

double
pisd_growth_get_log (const PisdGrowth *self, double t)
{
  return self->log.offset + self->log.slope * log (t);
}

double
pisd_growth_get_root (const PisdGrowth *self, double t)
{
  return self->root.offset + self->root.slope * sqrt (t);
}
