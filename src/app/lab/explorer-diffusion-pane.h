/* One picture of the diffusion lab below its title: what draws it belongs to the window.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_DIFFUSION_PANE (explorer_diffusion_pane_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerDiffusionPane,
                      explorer_diffusion_pane,
                      EXPLORER,
                      DIFFUSION_PANE,
                      ExplorerCharts)

/* Draws the picture where x is NaN, else, where there is a read-out, what can be read there. */
typedef void (*ExplorerDiffusionDraw) (gpointer owner,
                                       cairo_t *cr,
                                       const PisdBox *box,
                                       const PisdPalette *palette,
                                       double type,
                                       double x);

typedef struct
{
  const char *title;
  ExplorerDiffusionDraw draw;
  gboolean has_readout;
} ExplorerDiffusionPicture;

/* The owner is borrowed: it lives longer. */
GtkWidget *explorer_diffusion_pane_new (const ExplorerDiffusionPicture *picture, gpointer owner);
/* Where the picture lies in the widget. */
PisdBox explorer_diffusion_pane_get_box (ExplorerDiffusionPane *self);
/* Title and picture into a box, for files. */
void explorer_diffusion_pane_draw (ExplorerDiffusionPane *self, cairo_t *cr, const PisdBox *box);

G_END_DECLS
