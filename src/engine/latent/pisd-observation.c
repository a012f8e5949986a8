#include "pisd-observation.h"

#include "pisd-places.h"

struct _PisdObservation
{
  const PisdModes *modes;
  const double *scale;
  guint n;
  double *value, *sd; /* [n] */
  PisdPlaces *places;
  double *box; /* [box, box] scratch */
};

static void
add_sensor (PisdObservation *self, const PisdFieldInfo *info, const PisdSensor *sensor)
{
  guint row = self->n++;

  self->value[row] = sensor->value;
  self->sd[row] = sensor->sd;
  if (info->zero_boundary && pisd_grid_is_boundary (sensor->y, sensor->x))
    pisd_places_add_silent (self->places);
  else
    pisd_places_add (self->places, sensor->y, sensor->x);
}

PisdObservation *
pisd_observation_new (const PisdRepresentation *representation,
                      guint field,
                      const PisdSensors *sensors)
{
  PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const PisdFieldInfo *info = &pisd_operator_get (problem)->fields[field];
  PisdObservation *self = g_new0 (PisdObservation, 1);
  guint n = pisd_sensors_count (sensors, info->id), box;

  self->modes = pisd_representation_get_modes (representation, field);
  self->scale = pisd_representation_get_scale (representation, field);
  box = self->modes->support.box;
  self->value = g_new (double, n);
  self->sd = g_new (double, n);
  self->places = pisd_places_new (info->basis, &self->modes->support, n);
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
  pisd_places_free (self->places);
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

void
pisd_observation_apply (PisdObservation *self, const double *z_field, double *f)
{
  if (self->n == 0)
    return;
  pisd_modes_unpack (self->modes, z_field, self->scale, self->box);
  pisd_places_apply (self->places, self->box, f);
}

void
pisd_observation_apply_adjoint (PisdObservation *self, const double *f, double *z_field)
{
  pisd_places_apply_adjoint (self->places, f, self->box);
  pisd_modes_pack (self->modes, self->box, self->scale, z_field);
}
