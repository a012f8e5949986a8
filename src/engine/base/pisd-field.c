#include "pisd-field.h"

#include <float.h>
#include <math.h>
#include <string.h>

PisdField *
pisd_field_new (guint ny, guint nx)
{
  PisdField *field;

  g_return_val_if_fail (ny > 0 && nx > 0, NULL);

  field = g_new (PisdField, 1);
  field->ny = ny;
  field->nx = nx;
  field->data = g_new0 (double, pisd_field_get_n (field));
  return field;
}

PisdField *
pisd_field_dup (const PisdField *field)
{
  PisdField *copy;

  g_return_val_if_fail (field != NULL, NULL);

  copy = pisd_field_new (field->ny, field->nx);
  pisd_field_copy (field, copy);
  return copy;
}

void
pisd_field_copy (const PisdField *from, PisdField *to)
{
  g_return_if_fail (from != NULL && to != NULL);
  g_return_if_fail (from->ny == to->ny && from->nx == to->nx);

  if (from != to)
    memcpy (to->data, from->data, pisd_field_get_n (from) * sizeof *to->data);
}

void
pisd_field_free (PisdField *field)
{
  if (field == NULL)
    return;

  g_free (field->data);
  g_free (field);
}

gsize
pisd_field_get_n (const PisdField *field)
{
  g_return_val_if_fail (field != NULL, 0);

  return (gsize) field->ny * field->nx;
}

guint
pisd_field_count_frames (const PisdField *field)
{
  return field->ny / field->nx;
}

PisdField
pisd_field_get_frame (const PisdField *field, guint n)
{
  const guint side = field->nx;

  g_return_val_if_fail (n < pisd_field_count_frames (field), *field);

  return (PisdField){ side, side, field->data + (gsize) n * side * side };
}

PisdField
pisd_field_get_last_frame (const PisdField *field)
{
  return pisd_field_get_frame (field, pisd_field_count_frames (field) - 1);
}

double
pisd_field_get_value (const PisdField *field, guint frame, guint i, guint j)
{
  PisdField shown;

  if (field == NULL)
    return NAN;
  shown = pisd_field_get_frame (field, frame);
  g_return_val_if_fail (i < shown.ny && j < shown.nx, NAN);
  return shown.data[(gsize) i * shown.nx + j];
}

/* 0 x is 0 of every finite number, and of no other. */
gboolean
pisd_all_finite (gsize n, const double *x)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += 0.0 * x[i];
  return sum == 0.0;
}

gboolean
pisd_field_is_finite (const PisdField *field)
{
  return pisd_all_finite (pisd_field_get_n (field), field->data);
}

gboolean
pisd_field_get_range (const PisdField *field, double *min, double *max)
{
  gsize n = pisd_field_get_n (field);
  double low = INFINITY, high = -INFINITY;

  g_return_val_if_fail (min != NULL && max != NULL, FALSE);

  for (gsize i = 0; i < n; i++)
    {
      double value = field->data[i];

      if (!isfinite (value))
        continue;
      low = MIN (low, value);
      high = MAX (high, value);
    }

  *min = low <= high ? low : 0;
  *max = low <= high ? high : 0;
  return low <= high;
}

double
pisd_field_get_largest (const PisdField *field)
{
  double min, max;

  if (field == NULL || !pisd_field_get_range (field, &min, &max))
    return 0.0;
  return MAX (fabs (min), fabs (max));
}

/* sqrt (sum ((x - y) / unit)^2); y may be NULL, which stands for 0. */
static double
measure (const PisdField *x, const PisdField *y, double unit)
{
  gsize n = pisd_field_get_n (x);
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      double difference = (x->data[i] - (y != NULL ? y->data[i] : 0)) / unit;

      sum += difference * difference;
    }
  return sqrt (sum);
}

/* |x - y|, also where squares leave the range of doubles: then in units of the largest value. */
static double
get_distance (const PisdField *x, const PisdField *y)
{
  double distance = measure (x, y, 1), unit;

  if (distance * distance >= DBL_MIN && isfinite (distance))
    return distance;
  unit = MAX (pisd_field_get_largest (x), pisd_field_get_largest (y));
  return unit > 0 && !isnan (distance) ? unit * measure (x, y, unit) : distance;
}

double
pisd_field_norm (const PisdField *field)
{
  return get_distance (field, NULL);
}

double
pisd_field_relative_error (const PisdField *x, const PisdField *truth)
{
  double norm;

  g_return_val_if_fail (x != NULL && truth != NULL, NAN);
  g_return_val_if_fail (x->ny == truth->ny && x->nx == truth->nx, NAN);

  norm = pisd_field_norm (truth);
  return norm == 0 ? NAN : get_distance (x, truth) / norm;
}

void
pisd_field_zero_boundary (PisdField *field)
{
  double *last;

  g_return_if_fail (field != NULL);

  last = field->data + (gsize) (field->ny - 1) * field->nx;
  for (guint j = 0; j < field->nx; j++)
    field->data[j] = last[j] = 0;
  for (guint i = 0; i < field->ny; i++)
    {
      double *row = field->data + (gsize) i * field->nx;

      row[0] = row[field->nx - 1] = 0;
    }
}

#define AT_END 1e-12

static gboolean
is_end (double position)
{
  return position < AT_END || position > 1.0 - AT_END;
}

gboolean
pisd_grid_is_boundary (double y, double x)
{
  return is_end (y) || is_end (x);
}
