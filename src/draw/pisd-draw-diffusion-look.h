/* What a figure shows of samples of the diffusion lab: fresh data beside them, and of points the
 * paths from noise to them.
 *
 * Shapes:  samples [n, dimension of the data]; labels [n]; paths [n_stops + 1, n_paths, 2].
 * Threads: one at a time. */
#pragma once

#include "pisd-draw-diffusion-figure.h"

G_BEGIN_DECLS

/* Borrowed. */
typedef struct
{
  const PisdLabData *data;
  guint64 seed; /* of the fresh data */
  gsize n;      /* no more than the first thousand are shown */
  const double *samples;
  const guint *labels; /* NULL: none */
  guint n_paths, n_stops;
  const double *paths;
} PisdDiffusionSamples;

typedef struct _PisdDiffusionLook PisdDiffusionLook;

/* samples: has to stay as long as the look. */
PisdDiffusionLook *pisd_diffusion_look_new (const PisdDiffusionSamples *samples);
void pisd_diffusion_look_free (PisdDiffusionLook *look); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffusionLook, pisd_diffusion_look_free)

/* Borrowed; without caption and graph, which may be set. */
PisdDiffusionFigure *pisd_diffusion_look_get_figure (PisdDiffusionLook *look);

G_END_DECLS
