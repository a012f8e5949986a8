#include "pisd-measure.h"

#include "pisd-basis.h"
#include "pisd-rng.h"

/* The full spectral interpolant of one frame on the grid, made when the first sensor between nodes
 * asks for it. */
typedef struct
{
  PisdField field; /* [S, S], a frame */
  const PisdFieldInfo *info;
  guint n;              /* modes of the full basis */
  double *coefficients; /* [n, n], NULL until needed */
  double *by, *bx;      /* [n] */
} Interpolant;

static void
interpolant_analyze (Interpolant *self)
{
  g_autoptr (PisdTransform) transform = NULL;

  self->n = pisd_basis_get_n_modes (self->info->basis);
  transform = pisd_transform_new (self->info->basis, self->n, PISD_TRANSFORM_AUTO);
  self->coefficients = g_new (double, self->n *(gsize) self->n);
  self->by = g_new (double, self->n);
  self->bx = g_new (double, self->n);
  pisd_transform_analyze (transform, self->field.data, self->coefficients);
}

static void
interpolant_clear (Interpolant *self)
{
  g_free (self->coefficients);
  g_free (self->by);
  g_free (self->bx);
}

/* f (x, y) = sum_kl c[k, l] phi_k (y) phi_l (x): the series of all modes at one place. */
static double
interpolant_evaluate (Interpolant *self, double x, double y)
{
  double sum = 0;

  if (self->coefficients == NULL)
    interpolant_analyze (self);
  pisd_basis_evaluate (self->info->basis, self->n, y, self->by);
  pisd_basis_evaluate (self->info->basis, self->n, x, self->bx);
  for (guint k = 0; k < self->n; k++)
    {
      const double *row = self->coefficients + (gsize) k * self->n;
      double inner = 0;

      for (guint l = 0; l < self->n; l++)
        inner += row[l] * self->bx[l];
      sum += self->by[k] * inner;
    }
  return sum;
}

static double
interpolant_read (Interpolant *self, double x, double y)
{
  guint i, j;

  if (pisd_field_info_find_node (self->info, y, &i)
      && pisd_field_info_find_node (self->info, x, &j))
    return self->field.data[i * PISD_GRID + j];
  return interpolant_evaluate (self, x, y);
}

static void
measure_field (PisdSensors *sensors,
               const PisdInstance *instance,
               const PisdFieldInfo *info,
               guint64 seed)
{
  Interpolant interpolants[PISD_MAX_FRAMES] = { 0 };
  guint n = pisd_sensors_count (sensors, info->id);
  g_autofree double *noise = g_new (double, n);
  PisdSensor *items = pisd_sensors_edit (sensors);
  guint k = 0;

  for (guint frame = 0; frame < info->n_frames; frame++)
    {
      interpolants[frame].field =
          pisd_field_get_frame (pisd_instance_get_field (instance, info->id), frame);
      interpolants[frame].info = info;
    }
  pisd_rng_fill_normal (seed, PISD_STREAM_READING, info->id, 0, n, noise);
  for (guint i = 0; i < sensors->n; i++)
    {
      PisdSensor *sensor = &items[i];

      if (sensor->field != info->id)
        continue;
      sensor->value = interpolant_read (&interpolants[pisd_field_info_find_frame (info, sensor->t)],
                                        sensor->x, sensor->y);
      sensor->value += sensor->sd * noise[k++];
    }
  for (guint frame = 0; frame < info->n_frames; frame++)
    interpolant_clear (&interpolants[frame]);
}

void
pisd_sensors_measure (PisdSensors *sensors, const PisdInstance *instance, guint64 seed)
{
  const PisdOperator *info;

  g_return_if_fail (sensors != NULL && instance != NULL);

  info = pisd_operator_get (pisd_instance_get_equation (instance)->problem);
  for (guint i = 0; i < info->n_fields; i++)
    measure_field (sensors, instance, &info->fields[i], seed);
}
