#include "pisd-observation.h"

#include <string.h>

#include <math.h>

#include "pisd-places.h"

/* The sensors of one frame; rows of H go from frame to frame. */
typedef struct
{
  guint first, n;
  PisdPlaces *places;
} Frame;

struct _PisdObservation
{
  const PisdModes *modes;
  const double *scale; /* [n_frames, modes] */
  guint n, n_frames;
  double *value, *sd; /* [n] */
  Frame frames[PISD_MAX_FRAMES];
  double *box; /* [box, box] scratch */
};

/* noise: the sensor's own and what is unknown of it.  A sensor on a fixed boundary keeps its
 * row, of zeros, so that rows stay in step with readings. */
static void
add_sensor (PisdObservation *self,
            Frame *frame,
            const PisdFieldInfo *info,
            const PisdSensor *sensor,
            double noise)
{
  guint row = frame->first + frame->n++;

  self->value[row] = sensor->value;
  self->sd[row] = noise;
  if (info->zero_boundary && pisd_grid_is_boundary (sensor->y, sensor->x))
    pisd_places_add_silent (frame->places);
  else
    pisd_places_add (frame->places, sensor->y, sensor->x);
}

/* Room for the sensors of every frame. */
static void
make_frames (PisdObservation *self, const PisdFieldInfo *info, const PisdSensors *sensors)
{
  guint counts[PISD_MAX_FRAMES] = { 0 };

  for (guint i = 0; i < sensors->n; i++)
    if (sensors->items[i].field == info->id)
      counts[pisd_field_info_find_frame (info, sensors->items[i].t)]++;
  for (guint f = 0; f < info->n_frames; f++)
    {
      self->frames[f].first = self->n;
      self->frames[f].places = pisd_places_new (info->basis, &self->modes->support, counts[f]);
      self->n += counts[f];
    }
  self->value = g_new (double, self->n);
  self->sd = g_new (double, self->n);
}

PisdObservation *
pisd_observation_new (const PisdRepresentation *representation,
                      guint field,
                      const PisdSensors *sensors)
{
  PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const PisdFieldInfo *info = &pisd_operator_get (problem)->fields[field];
  PisdObservation *self = g_new0 (PisdObservation, 1);
  guint box;

  self->modes = pisd_representation_get_modes (representation, field);
  self->scale = pisd_representation_get_scale (representation, field);
  self->n_frames = info->n_frames;
  box = self->modes->support.box;
  self->box = g_new (double, box *box);
  make_frames (self, info, sensors);
  /* Two independent noises: sqrt (sd^2 + noise_sd^2). */
  for (guint i = 0; i < sensors->n; i++)
    if (sensors->items[i].field == info->id)
      add_sensor (self, &self->frames[pisd_field_info_find_frame (info, sensors->items[i].t)], info,
                  &sensors->items[i],
                  hypot (sensors->items[i].sd, pisd_representation_get_noise_sd (representation)));
  return self;
}

void
pisd_observation_free (PisdObservation *self)
{
  if (self == NULL)
    return;
  g_free (self->value);
  g_free (self->sd);
  for (guint f = 0; f < self->n_frames; f++)
    pisd_places_free (self->frames[f].places);
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

/* f_i = B (y_i) (s z) B (x_i)' in the frame that sensor i sees; frames without sensors cost
 * nothing. */
void
pisd_observation_apply (PisdObservation *self, const double *z_field, double *f)
{
  for (guint n = 0; n < self->n_frames; n++)
    {
      const Frame *frame = &self->frames[n];
      gsize offset = (gsize) n * self->modes->n;

      if (frame->n == 0)
        continue;
      pisd_modes_unpack (self->modes, z_field + offset, self->scale + offset, self->box);
      pisd_places_apply (frame->places, self->box, f + frame->first);
    }
}

/* z = s sum_i f_i B (y_i)' B (x_i), frame by frame; what nobody reads gets zeros. */
void
pisd_observation_apply_adjoint (PisdObservation *self, const double *f, double *z_field)
{
  for (guint n = 0; n < self->n_frames; n++)
    {
      const Frame *frame = &self->frames[n];
      gsize offset = (gsize) n * self->modes->n;

      if (frame->n == 0)
        {
          memset (z_field + offset, 0, sizeof (double) * self->modes->n);
          continue;
        }
      pisd_places_apply_adjoint (frame->places, f + frame->first, self->box);
      pisd_modes_pack (self->modes, self->box, self->scale + offset, z_field + offset);
    }
}
