#include "pisd-draw-save.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures in points. */
static const double panel_width = 330.0;
static const double panel_height = 292.0;
static const double margin = 16.0;
static const double caption_size = 13.0;
static const double caption_gap = 8.0;

typedef struct
{
  const PisdPalette *palette;
  const char *caption;
  const PisdPanel *panels;
  guint n_rows, n_columns;
  double width, height;  /* of the whole figure */
  double caption_height; /* with the gap below it; 0 without a caption */
} Figure;

static PisdTextStyle
get_caption_style (const Figure *figure)
{
  return (PisdTextStyle){ .size = caption_size,
                          .ink = &figure->palette->text,
                          .max_width = figure->width - 2.0 * margin };
}

static void
figure_arrange (Figure *figure)
{
  PisdTextStyle style;

  figure->width = 2.0 * margin + figure->n_columns * panel_width;
  figure->caption_height = 0.0;
  style = get_caption_style (figure);
  if (figure->caption != NULL && figure->caption[0] != '\0')
    figure->caption_height =
        ceil (pisd_draw_paragraph (NULL, 0.0, 0.0, &style, figure->caption) + caption_gap);
  figure->height = 2.0 * margin + figure->caption_height + figure->n_rows * panel_height;
}

static void
figure_draw (cairo_t *cr, gconstpointer data)
{
  const Figure *figure = data;
  PisdTextStyle style = get_caption_style (figure);

  pisd_ink_set (cr, &figure->palette->background);
  cairo_paint (cr);
  if (figure->caption_height > 0.0)
    pisd_draw_paragraph (cr, margin, margin, &style, figure->caption);
  for (guint k = 0; k < figure->n_rows * figure->n_columns; k++)
    {
      PisdBox box = { margin + (k % figure->n_columns) * panel_width,
                      margin + figure->caption_height + (k / figure->n_columns) * panel_height,
                      panel_width, panel_height };

      pisd_draw_panel (cr, &box, figure->palette, &figure->panels[k]);
    }
}

gboolean
pisd_draw_save_figure (const char *path,
                       const PisdPalette *palette,
                       const char *caption,
                       const PisdPanel *panels,
                       guint n_rows,
                       guint n_columns,
                       GError **error)
{
  Figure figure = { palette, caption, panels, n_rows, n_columns, 0.0, 0.0, 0.0 };

  g_return_val_if_fail (path != NULL && palette != NULL && panels != NULL, FALSE);
  g_return_val_if_fail (n_rows > 0 && n_columns > 0, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!pisd_draw_save_check (path, error))
    return FALSE;
  figure_arrange (&figure);
  return pisd_draw_save (path, figure.width, figure.height, caption, figure_draw, &figure, error);
}
