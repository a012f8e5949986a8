#include "pisd-observation.h"

#include "pisd-basis.h"

struct _PisdObservation
{
  const PisdModes *modes;
  const double *scale;
  guint n;
  double *value, *sd; /* [n] */
  gboolean *informative;
  double *rows_y, *rows_x; /* [n, box] one-dimensional basis at the sensors */
  double *box;             /* [box, box] scratch */
  double *scratch;         /* of products with the rows */
};

/* The boundary is where the coordinate is 0 or 1, up to the rounding of a decimal file. */
static gboolean
on_boundary (const PisdSensor *sensor)
{
  const double tolerance = 1e-12;

  return sensor->x < tolerance || sensor->x > 1.0 - tolerance || sensor->y < tolerance
         || sensor->y > 1.0 - tolerance;
}

static void
add_sensor (PisdObservation *self, const PisdFieldInfo *info, const PisdSensor *sensor)
{
  guint box = self->modes->support.box, row = self->n++;
  double *y = self->rows_y + (gsize) row * box, *x = self->rows_x + (gsize) row * box;

  self->value[row] = sensor->value;
  self->sd[row] = sensor->sd;
  self->informative[row] = !(info->zero_boundary && on_boundary (sensor));
  pisd_basis_evaluate (info->basis, box, sensor->y, y);
  pisd_basis_evaluate (info->basis, box, sensor->x, x);
  if (!self->informative[row])
    for (guint k = 0; k < box; k++)
      x[k] = 0.0;
}

PisdObservation *
pisd_observation_new (const PisdRepresentation *representation,
                      guint field,
                      const PisdSensors *sensors)
{
  PisdProblemId problem = pisd_representation_get_problem (representation);
  const PisdFieldInfo *info = &pisd_problem_get_info (problem)->fields[field];
  PisdObservation *self = g_new0 (PisdObservation, 1);
  guint n = pisd_sensors_count (sensors, info->id), box;

  self->modes = pisd_representation_get_modes (representation, field);
  self->scale = pisd_representation_get_scale (representation, field);
  box = self->modes->support.box;
  self->value = g_new (double, n);
  self->sd = g_new (double, n);
  self->informative = g_new (gboolean, n);
  self->rows_y = g_new (double, (gsize) n *box);
  self->rows_x = g_new (double, (gsize) n *box);
  self->scratch = g_new (double, pisd_support_get_scratch (&self->modes->support, n, n));
  self->box = g_new (double, box *box);
  for (guint i = 0; i < sensors->n; i++)
    if (sensors->items[i].field == info->id)
      add_sensor (self, info, &sensors->items[i]);
  return self;
}

void
pisd_observation_free (PisdObservation *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->sd);
  g_free (self->informative);
  g_free (self->rows_y);
  g_free (self->rows_x);
  g_free (self->scratch);
  g_free (self->box);
  g_free (self);
}

guint
pisd_observation_get_n (const PisdObservation *self)
{
  return self->n;
}

const double *
pisd_observation_get_values (const PisdObservation *self)
{
  return self->value;
}

const double *
pisd_observation_get_sd (const PisdObservation *self)
{
  return self->sd;
}

gboolean
pisd_observation_is_informative (const PisdObservation *self, guint sensor)
{
  return self->informative[sensor];
}

void
pisd_observation_apply (PisdObservation *self, const double *z_field, double *f)
{
  if (self->n == 0)
    return;
  pisd_modes_unpack (self->modes, z_field, self->scale, self->box);
  pisd_support_multiply_rows (&self->modes->support, self->rows_y, self->rows_x, self->n, self->box,
                              f, self->scratch);
}

void
pisd_observation_apply_adjoint (PisdObservation *self, const double *f, double *z_field)
{
  pisd_support_multiply_rows_adjoint (&self->modes->support, self->rows_y, self->rows_x, self->n, f,
                                      self->box, self->scratch);
  pisd_modes_pack (self->modes, self->box, self->scale, z_field);
}
