#include "pisd-consistency.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"

#define S PISD_GRID

/* What is linear in this stays a number.  A larger reading is let through where its noise
 * covers it: it says nothing then. */
#define MOST_READING 1e303
/* Of a later frame of a flow, where readings are squared. */
#define MOST_LATER 1e100
/* A reading of a fixed value may be off by its noise so many times, and by this part of the
 * field's own deviation. */
#define MOST_NOISE 8.0
#define ROUNDING 1e-6
/* A ratio within these factors is no news; outside them it is told where chance gives it less
 * than 1 in 10^6. */
#define LEAST_FACTOR 1.5
#define MOST_CHANCE 5.0
/* The same without factors, where readings of one smooth field may say nearly the same. */
#define GROSS_FACTOR 5.0

static double
node_sd (const PisdRepresentation *representation, const PisdFactors *factors, guint field)
{
  if (factors != NULL)
    return factors->node_sd[field];
  return sqrt (pisd_representation_get_kept_variance (representation, field)
               + pisd_representation_get_tail_variance (representation, field));
}

/* noise: the sensor's own and what is unknown of it; sd: of the field at a node. */
static void
check_fixed (const PisdSensor *s, guint index, double noise, double sd, PisdConsistency *c)
{
  c->n_silent++;
  if (fabs (s->value) <= MOST_NOISE * noise + ROUNDING * sd)
    return;
  if (c->n_wrong++ == 0)
    c->first_wrong = index;
}

/* Returns the reading in standard deviations of what the prior lets it be, its noise included. */
static double
check_value (const PisdSensor *s, guint index, double noise, double sd, PisdConsistency *c)
{
  double z = fabs (s->value) / hypot (sd, noise);

  if (z > PISD_CONSISTENCY_EXTREME && c->n_extreme++ == 0)
    {
      c->first_extreme = index;
      c->deviations = z;
    }
  return z;
}

/* sqrt (y' G^-1 y / n).  FALSE: cancelled. */
static gboolean
scale_by_factors (const PisdFactors *f, PisdCancel *cancel, double *ratio)
{
  g_autofree double *x = g_memdup2 (f->y, f->n * sizeof *f->y);
  double sum = 0.0;

  if (!pisd_factors_solve (f->l, x, cancel))
    return FALSE;
  for (guint i = 0; i < f->n; i++)
    sum += x[i] * f->y[i];
  *ratio = sqrt (MAX (0.0, sum) / f->n);
  return TRUE;
}

/* How many standard deviations a mean of n squares of unit normals, ratio^2, is from 1 (Wilson
 * and Hilferty's cube root, which is nearly normal). */
static double
chance (double ratio, guint n)
{
  double variance = 2.0 / (9.0 * n);

  return (cbrt (ratio * ratio) - (1.0 - variance)) / sqrt (variance);
}

static PisdReadingsScale
judge (double ratio, guint n, gboolean by_factors)
{
  double factor = by_factors ? LEAST_FACTOR : GROSS_FACTOR;

  if (by_factors && !(fabs (chance (ratio, n)) > MOST_CHANCE))
    return PISD_SCALE_FITS;
  if (ratio > factor)
    return PISD_SCALE_TOO_LARGE;
  /* Readings of one field may all be small by chance. */
  return by_factors && ratio < 1.0 / factor ? PISD_SCALE_TOO_SMALL : PISD_SCALE_FITS;
}

PisdReadingsScale
pisd_consistency_judge (double ratio, guint n)
{
  return judge (ratio, n, TRUE);
}

static guint
find_field (const PisdOperator *info, PisdFieldId id)
{
  guint f = 0;

  while (f + 1 < info->n_fields && info->fields[f].id != id)
    f++;
  return f;
}

gboolean
pisd_consistency_check (const PisdRepresentation *representation,
                        const PisdSensors *sensors,
                        const PisdFactors *factors,
                        PisdCancel *cancel,
                        PisdConsistency *c)
{
  const PisdEquation *equation =
      factors != NULL ? &factors->equation : pisd_representation_get_equation (representation);
  const PisdOperator *info = pisd_operator_get (equation->problem);
  gboolean by_factors = factors != NULL && factors->l != NULL && factors->n > 0;
  double noise_sd =
      factors != NULL ? factors->noise_sd : pisd_representation_get_noise_sd (representation);
  double sd[PISD_MAX_FIELDS], squares = 0.0, ratio = NAN;
  guint n = 0;

  if (by_factors && !scale_by_factors (factors, cancel, &ratio))
    return FALSE;
  *c = (PisdConsistency){ .ratio = ratio };
  for (guint f = 0; f < info->n_fields; f++)
    sd[f] = node_sd (representation, factors, f);
  for (guint i = 0; i < sensors->n; i++)
    {
      const PisdSensor *s = &sensors->items[i];
      guint f = find_field (info, s->field);
      double noise = hypot (s->sd, noise_sd), z;

      if (info->fields[f].zero_boundary && pisd_grid_is_boundary (s->y, s->x))
        {
          check_fixed (s, i, noise, sd[f], c);
          continue;
        }
      z = check_value (s, i, noise, sd[f], c);
      squares += z * z;
      n++;
    }
  if (!by_factors && n > 0)
    c->ratio = sqrt (squares / n);
  if (!isnan (c->ratio))
    c->scale = judge (c->ratio, by_factors ? factors->n : n, by_factors);
  /* What a level of a flow adds to the noise is more than its readings have. */
  if (by_factors && factors->linearisation != NULL && c->scale == PISD_SCALE_TOO_SMALL)
    c->scale = PISD_SCALE_FITS;
  return TRUE;
}

static gboolean
allow (const PisdSensor *s, guint index, double most, GError **error)
{
  if (fabs (s->value) <= MAX (most, MOST_NOISE * s->sd))
    return TRUE;
  return pisd_error_fail (
      error, PISD_ERROR_RANGE,
      _ ("sensor %u: `%s` at x = %g, y = %g reads %g, expected a value of at most %g in "
         "size (a number that stands for no data is no reading)"),
      index + 1, pisd_field_id_get_name (s->field), s->x, s->y, s->value, most);
}

gboolean
pisd_consistency_allow (const PisdSensors *sensors, GError **error)
{
  for (guint i = 0; i < sensors->n; i++)
    if (!allow (&sensors->items[i], i, MOST_READING, error))
      return FALSE;
  return TRUE;
}

gboolean
pisd_consistency_allow_later (PisdProblemId problem, const PisdSensors *sensors, GError **error)
{
  const PisdFieldInfo *first = &pisd_operator_get (problem)->fields[0];

  for (guint i = 0; i < sensors->n; i++)
    if (sensors->items[i].field != first->id && !allow (&sensors->items[i], i, MOST_LATER, error))
      return FALSE;
  return TRUE;
}
