/* Everything that is drawn, with Cairo alone: the window, the command line's figure and every
 * export share it, so what is saved is what is on screen.
 *
 * Layer: above the engine, below GTK. */
#pragma once

#include <cairo.h>

#include "pisd-basis.h"
#include "pisd-colormap.h"
#include "pisd-field.h"
#include "pisd-sensors.h"

G_BEGIN_DECLS

typedef struct
{
  double r, g, b, a;
} PisdInk;

/* Fields that have curves in colours of their own; those beyond begin again. */
#define PISD_PALETTE_FIELDS 2

/* Colours of everything that is not data; light and dark themes, print. */
typedef struct
{
  PisdInk background, text, faint, line, accent;
  /* curves, by the field's index: losses of its sensors, errors; the equation's loss; sigma */
  PisdInk loss[PISD_PALETTE_FIELDS], error[PISD_PALETTE_FIELDS];
  PisdInk equation, sigma;
  PisdInk method[5]; /* comparisons: none, dps, pisd, second-order, exact */
  double weight;     /* of lines and dots: 1, more where contrast is wanted */
} PisdPalette;

const PisdPalette *pisd_palette_get (gboolean dark);
/* For those who want high contrast: black on white or white on black, heavier lines and dots. */
const PisdPalette *pisd_palette_get_strong (gboolean dark);

typedef struct
{
  double x, y, width, height;
} PisdBox;

/* The field as crisp rectangles (nearest neighbour), row 0 at the top, into `box`. */
void pisd_draw_heatmap (cairo_t *cr,
                        const PisdBox *box,
                        const PisdField *field,
                        PisdColormap map,
                        double min,
                        double max);
/* The sensors of one frame of a field as outlined dots (grid node (i, j) at the centre of its
 * rectangle). */
void pisd_draw_sensors (cairo_t *cr,
                        const PisdBox *box,
                        const PisdPalette *palette,
                        const PisdSensors *sensors,
                        const PisdFieldInfo *info,
                        guint frame);

/* How the flow of a vorticity is drawn over it. */
typedef enum
{
  PISD_FLOW_NONE,
  PISD_FLOW_LINES,  /* streamlines, evenly spaced */
  PISD_FLOW_ARROWS, /* short ones from fixed places, as long as the speed says */
  PISD_N_FLOWS
} PisdFlow;

/* The part of a field that is shown, a square of the unit square; with side 0 all of it. */
typedef struct
{
  double x, y, side;
} PisdWindow;

/* Where all of the field would lie if the window is what `heat` shows. */
PisdBox pisd_window_get_whole (const PisdWindow *window, const PisdBox *heat);

/* One panel of a figure: title, heatmap, sensors, colour bar. */
typedef struct _PisdPanel PisdPanel;

struct _PisdPanel
{
  const char *title;
  const PisdField *field; /* one frame; NULL: an empty panel with `note` in it */
  const char *note;
  const char *mark;           /* across a field of another set-up, which is faded; NULL: none */
  const PisdSensors *sensors; /* NULL: none */
  const PisdFieldInfo *sensor_info; /* of the field that they are on */
  guint sensor_frame;               /* and of its frames the one that is shown */
  PisdColormap map;
  double min, max;
  PisdFlow flow; /* of a field that is a vorticity */
  PisdWindow window;
  gboolean of_modes; /* rows and columns are the modes of `basis`, not nodes */
  PisdBasis basis;
  /* What stands in its place right of the divider, at that share of the heatmap's width; NULL:
   * nothing.  Its title is not drawn. */
  const PisdPanel *beside;
  double divider;
};

void pisd_draw_panel (cairo_t *cr,
                      const PisdBox *box,
                      const PisdPalette *palette,
                      const PisdPanel *panel);

G_END_DECLS
