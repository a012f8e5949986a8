/* The parts of a panel, for those who keep some of them between two drawings: the window's field
 * view caches its pixels, an export does not. */
#pragma once

#include "pisd-draw.h"

G_BEGIN_DECLS

/* Where the parts of a panel lie. */
typedef struct
{
  double scale;  /* of type and spacing: 1 for a heatmap of about 260 units */
  PisdBox title; /* one line above the heatmap, as wide as it */
  PisdBox heat;  /* the heatmap, its cells square, on whole units */
  PisdBox bar;   /* the colour bar with its numbers */
} PisdPanelLayout;

/* ny x nx: the field's shape. */
void pisd_panel_layout_init (PisdPanelLayout *layout, const PisdBox *box, guint ny, guint nx);

/* A panel whose bar stands elsewhere: its title is so many units high at scale 1, and so many stay
 * free around the heatmap at any scale, for a focus ring. */
#define PISD_PANEL_TITLE 20.0
#define PISD_PANEL_MARGIN 4.0

/* Title and heatmap alone, in type of that scale; the bar is empty. */
void pisd_panel_layout_init_without_bar (PisdPanelLayout *layout,
                                         const PisdBox *box,
                                         guint ny,
                                         guint nx,
                                         double scale);

/* Whether a title does not fit above the heatmap, in the smallest type that it may have. */
gboolean pisd_panel_cuts_title (const PisdPanelLayout *layout, const char *title);

/* What a bar takes at scale 1: the width of an upright one, the height of one that lies, and what
 * lies between it and the heatmap. */
#define PISD_COLOR_SCALE_WIDTH 54.0
#define PISD_COLOR_SCALE_HEIGHT 27.0
#define PISD_COLOR_SCALE_GAP 8.0

/* What a colour bar tells. */
typedef struct
{
  PisdColormap map;
  double min, max;
  gboolean under, over; /* some value lies below, above: the bar ends in an arrow of that colour */
  gboolean across;      /* the bar lies: its values grow to the right */
} PisdColorScale;

void pisd_color_scale_init (PisdColorScale *scale,
                            PisdColormap map,
                            double min,
                            double max,
                            const PisdField *field);
/* A bar with numbered ticks to the right of it, or below one that lies, inside `box`; the common
 * exponent of tiny or huge numbers stands above it, or to the right.  The box of an upright bar is
 * PISD_COLOR_SCALE_WIDTH units of the type's scale wide, that of one that lies
 * PISD_COLOR_SCALE_HEIGHT high. */
void pisd_draw_color_scale (cairo_t *cr,
                            const PisdBox *box,
                            const PisdPalette *palette,
                            const PisdColorScale *scale);
/* A pointer at one value on the bar's left or top edge; NaN: none. */
void pisd_draw_color_scale_mark (cairo_t *cr,
                                 const PisdBox *box,
                                 const PisdPalette *palette,
                                 const PisdColorScale *scale,
                                 double value,
                                 gboolean hollow);

/* The field as an image, one pixel a node, and that image as crisp rectangles. */
cairo_surface_t *pisd_heatmap_create_pixels (const PisdField *field,
                                             PisdColormap map,
                                             double min,
                                             double max);
void pisd_draw_heatmap_pixels (cairo_t *cr, const PisdBox *box, cairo_surface_t *pixels);

/* The wave numbers of a map of modes, n modes of that basis an axis, along its upper and its left
 * edge.  whole: where all modes lie. */
void pisd_draw_wave_numbers (cairo_t *cr,
                             const PisdBox *heat,
                             const PisdBox *whole,
                             double scale,
                             PisdBasis basis,
                             guint n);
/* The line between two fields that share a heatmap, and the range of the one at its right where
 * the two differ (`range` NULL: they do not). */
void pisd_draw_divider (cairo_t *cr,
                        const PisdBox *heat,
                        double scale,
                        double divider,
                        const char *range);
/* "-0.02 … 0.02", where the range of what stands beside a panel is another one; else NULL. */
char *pisd_panel_dup_range_beside (const PisdPanel *panel, const PisdPanel *beside);

/* The line around a heatmap, outside its pixels. */
void pisd_draw_outline (cairo_t *cr, const PisdBox *heat, const PisdPalette *palette);
/* Title, outline, colour bar (`scale` NULL: none), or the note of an empty panel. */
void pisd_draw_panel_frame (cairo_t *cr,
                            const PisdPanelLayout *layout,
                            const PisdPalette *palette,
                            const char *title,
                            const char *note,
                            const PisdColorScale *scale);

G_END_DECLS
