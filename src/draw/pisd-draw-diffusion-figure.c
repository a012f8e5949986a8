#include "pisd-draw-diffusion-figure.h"

#include <math.h>

#include "pisd-draw-save.h"
#include "pisd-draw-text.h"

/* Measures in points. */
static const double side = 330.0;
static const double caption_height = 36.0;
static const double graph_height = 240.0;
static const double caption_size = 15.0;
static const double title_size = 12.5;
static const double margin = 12.0;

typedef struct
{
  const PisdPalette *palette;
  const PisdDiffusionFigure *figure;
  double width;
} Picture;

static guint
count_cells (const PisdDiffusionFigure *figure)
{
  return MAX (figure->n_planes + figure->n_pictures, 1);
}

void
pisd_draw_diffusion (cairo_t *cr,
                     const PisdBox *box,
                     const PisdPalette *palette,
                     const PisdDiffusionFigure *figure)
{
  const double across = (box->width + margin) / count_cells (figure);
  PisdBox cell = { box->x, box->y, across - margin, box->height };

  for (guint k = 0; k < figure->n_planes; k++, cell.x += across)
    pisd_draw_plane (cr, &cell, palette, &figure->planes[k], 1.0);
  for (guint k = 0; k < figure->n_pictures; k++, cell.x += across)
    pisd_draw_pictures (cr, &cell, palette, &figure->pictures[k], 1.0);
}

static void
draw_graph (cairo_t *cr, const Picture *picture, double top)
{
  const PisdTextStyle style = { .size = title_size, .bold = TRUE, .ink = &picture->palette->text };
  const PisdBox box = { margin, top + 22.0, picture->width - 2.0 * margin, graph_height - 26.0 };

  pisd_draw_text (cr, margin, top + 10.0, &style, picture->figure->graph_title);
  pisd_draw_graph_at (cr, &box, picture->palette, picture->figure->graph, 1.0, NAN);
}

static void
draw_picture (cairo_t *cr, gconstpointer data)
{
  const Picture *picture = data;
  const PisdDiffusionFigure *figure = picture->figure;
  const PisdBox row = { margin, caption_height, picture->width - 2.0 * margin, side };
  const PisdTextStyle style = { .size = caption_size,
                                .bold = TRUE,
                                .ink = &picture->palette->text,
                                .max_width = picture->width - 2.0 * margin };

  pisd_ink_set (cr, &picture->palette->background);
  cairo_paint (cr);
  pisd_draw_fitted_text (cr, margin, 0.55 * caption_height, &style, 0.6, figure->caption);
  pisd_draw_diffusion (cr, &row, picture->palette, figure);
  if (figure->graph != NULL)
    draw_graph (cr, picture, caption_height + side + margin);
}

gboolean
pisd_draw_save_diffusion (const char *path,
                          const PisdPalette *palette,
                          const PisdDiffusionFigure *figure,
                          GError **error)
{
  const Picture picture = { palette, figure, margin + count_cells (figure) * (side + margin) };
  const double height =
      caption_height + side + 2.0 * margin + (figure->graph != NULL ? graph_height : 0.0);

  return pisd_draw_save (path, NULL, picture.width, height, figure->caption, draw_picture, &picture,
                         error);
}
