/* A figure of the diffusion lab, as a file: samples beside data, their paths, and the loss over the
 * training.
 *
 * Units: points. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-draw-plane.h"

G_BEGIN_DECLS

#define PISD_DIFFUSION_MOST_PLANES 3

/* Points or pictures; what there is none of is left out. */
typedef struct
{
  const char *caption;
  guint n_planes;
  PisdPlane planes[PISD_DIFFUSION_MOST_PLANES];
  guint n_pictures;
  PisdPictures pictures[PISD_DIFFUSION_MOST_PLANES];
  const PisdGraph *graph; /* NULL: none */
  const char *graph_title;
} PisdDiffusionFigure;

/* What is beside each other alone, as wide as the box. */
void pisd_draw_diffusion (cairo_t *cr,
                          const PisdBox *box,
                          const PisdPalette *palette,
                          const PisdDiffusionFigure *figure);

/* Saves as .png, .svg or .pdf, by the path's ending; atomically.
 * Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean pisd_draw_save_diffusion (const char *path,
                                   const PisdPalette *palette,
                                   const PisdDiffusionFigure *figure,
                                   GError **error);

G_END_DECLS
