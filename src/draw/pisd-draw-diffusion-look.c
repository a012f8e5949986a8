#include "pisd-draw-diffusion-look.h"

#include <glib/gi18n-lib.h>

#define MOST_SHOWN 1000
#define N_PICTURE_ROWS 8
#define MOST_COLUMNS 10
#define PLANE_LIMIT 3.0

struct _PisdDiffusionLook
{
  double *fresh;
  guint *fresh_labels;
  PisdDiffusionFigure figure;
};

static void
add_planes (PisdDiffusionLook *self, const PisdDiffusionSamples *samples, guint n)
{
  PisdPlane *planes = self->figure.planes;

  self->figure.n_planes = 3;
  planes[0] = (PisdPlane){ .title = _ ("Data"),
                           .limit = PLANE_LIMIT,
                           .n_points = n,
                           .points = self->fresh,
                           .labels = self->fresh_labels };
  planes[1] = (PisdPlane){ .title = _ ("Samples"),
                           .limit = PLANE_LIMIT,
                           .n_points = n,
                           .points = samples->samples,
                           .labels = samples->labels };
  planes[2] = (PisdPlane){ .title = _ ("Paths from noise to samples"),
                           .limit = PLANE_LIMIT,
                           .labels = samples->labels,
                           .n_lines = samples->n_paths,
                           .n_stops = samples->n_stops,
                           .states = samples->paths,
                           .n_states = samples->n_paths };
}

/* A column is of one label. */
static void
add_pictures (PisdDiffusionLook *self, const PisdDiffusionSamples *samples, guint n)
{
  const guint n_columns = MOST_COLUMNS / samples->data->n_labels * samples->data->n_labels;
  PisdPictures pictures = { .n = MIN (n, N_PICTURE_ROWS * n_columns), .n_columns = n_columns };

  pisd_pictures_set_data (&pictures, samples->data);
  self->figure.n_pictures = 2;
  self->figure.pictures[0] = self->figure.pictures[1] = pictures;
  self->figure.pictures[0].title = _ ("Data");
  self->figure.pictures[0].pixels = self->fresh;
  self->figure.pictures[1].title = _ ("Samples");
  self->figure.pictures[1].pixels = samples->samples;
}

PisdDiffusionLook *
pisd_diffusion_look_new (const PisdDiffusionSamples *samples)
{
  PisdDiffusionLook *self = g_new0 (PisdDiffusionLook, 1);
  const guint n = (guint) MIN (samples->n, MOST_SHOWN);

  self->fresh = g_new (double, (gsize) n * samples->data->dimension);
  self->fresh_labels = g_new (guint, n);
  pisd_lab_data_draw (samples->data, samples->seed, PISD_LAB_FRESH, n, self->fresh,
                      self->fresh_labels);
  if (samples->data->side > 0)
    add_pictures (self, samples, n);
  else
    add_planes (self, samples, n);
  return self;
}

void
pisd_diffusion_look_free (PisdDiffusionLook *look)
{
  if (look == NULL)
    return;
  g_free (look->fresh);
  g_free (look->fresh_labels);
  g_free (look);
}

PisdDiffusionFigure *
pisd_diffusion_look_get_figure (PisdDiffusionLook *look)
{
  g_return_val_if_fail (look != NULL, NULL);

  return &look->figure;
}
