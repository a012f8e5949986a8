#include "pisd-draw-training-figure.h"

#include <glib/gi18n-lib.h>

#include "pisd-draw-save.h"
#include "pisd-draw-text.h"

/* Measures in points. */
static const double width = 1000.0;
static const double caption_height = 40.0;
static const double row_height = 290.0;
static const double title_height = 24.0;
static const double margin = 12.0;
static const double title_size = 13.0;
static const double caption_size = 15.0;

#define N_COLUMNS 2

typedef struct
{
  const PisdPalette *palette;
  const PisdTrainingFigure *figure;
} Picture;

/* The place of a cell below its title, which is drawn. */
static PisdBox
draw_title (cairo_t *cr,
            const Picture *picture,
            double x,
            double y,
            double across,
            const char *title)
{
  PisdTextStyle style = { .size = title_size,
                          .bold = TRUE,
                          .ink = &picture->palette->text,
                          .max_width = across - 2.0 * margin };

  pisd_draw_text (cr, x + margin, y + 0.5 * title_height, &style, title);
  return (PisdBox){ x + 0.5 * margin, y + title_height, across - margin,
                    row_height - title_height };
}

static void
draw_learned (cairo_t *cr, const Picture *picture, double x, double y, double across)
{
  const PisdTrainingFigure *figure = picture->figure;
  PisdBox box;

  if (figure->function != NULL)
    {
      box = draw_title (cr, picture, x, y, across, _ ("Function"));
      pisd_draw_training_function (cr, &box, picture->palette, figure->function, 1.0);
      return;
    }
  for (guint k = 0; k < PISD_TRAINING_PANELS; k++)
    {
      box = (PisdBox){ margin + k * (width - margin) / PISD_TRAINING_PANELS, y,
                       (width - margin) / PISD_TRAINING_PANELS - margin, row_height };
      pisd_draw_panel (cr, &box, picture->palette, &figure->panels[k]);
    }
}

static void
draw_picture (cairo_t *cr, gconstpointer data)
{
  const Picture *picture = data;
  PisdTextStyle style = { .size = caption_size,
                          .bold = TRUE,
                          .ink = &picture->palette->text,
                          .max_width = width - 2.0 * margin };
  guint taken = picture->figure->function != NULL ? 1 : N_COLUMNS;
  double across = width / N_COLUMNS;

  pisd_ink_set (cr, &picture->palette->background);
  cairo_paint (cr);
  pisd_draw_fitted_text (cr, margin, 0.55 * caption_height, &style, 0.7, picture->figure->caption);
  draw_learned (cr, picture, 0.0, caption_height, across);
  for (guint k = 0; k < PISD_TRAINING_N_CHARTS; k++)
    {
      guint place = taken + k;
      double x = place % N_COLUMNS * across, y = caption_height + place / N_COLUMNS * row_height;
      PisdBox box = draw_title (cr, picture, x, y, across, pisd_training_chart_get_title (k));

      pisd_draw_training_chart (cr, &box, picture->palette, picture->figure->courses, k, 1.0);
    }
}

gboolean
pisd_draw_save_training (const char *path,
                         const PisdPalette *palette,
                         const PisdTrainingFigure *figure,
                         GError **error)
{
  const Picture picture = { palette, figure };
  guint n_cells = PISD_TRAINING_N_CHARTS + (figure->function != NULL ? 1 : N_COLUMNS);
  guint n_rows = (n_cells + N_COLUMNS - 1) / N_COLUMNS;

  return pisd_draw_save (path, NULL, width, caption_height + n_rows * row_height + margin,
                         figure->caption, draw_picture, &picture, error);
}
