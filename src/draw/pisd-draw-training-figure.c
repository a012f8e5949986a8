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
  PisdBox box;
  double row_height;
} Picture;

static PisdBox
get_cell (const Picture *picture, guint place)
{
  const double across = picture->box.width / N_COLUMNS;

  return (PisdBox){ picture->box.x + place % N_COLUMNS * across,
                    picture->box.y + place / N_COLUMNS * picture->row_height, across,
                    picture->row_height };
}

/* The place below the title of a cell, which is drawn. */
static PisdBox
draw_title (cairo_t *cr, const Picture *picture, guint place, const char *title)
{
  const PisdBox cell = get_cell (picture, place);
  PisdTextStyle style = { .size = title_size,
                          .bold = TRUE,
                          .ink = &picture->palette->text,
                          .max_width = cell.width - 2.0 * margin };

  pisd_draw_text (cr, cell.x + margin, cell.y + 0.5 * title_height, &style, title);
  return (PisdBox){ cell.x + 0.5 * margin, cell.y + title_height, cell.width - margin,
                    cell.height - title_height };
}

/* A function takes the first cell, panels the whole first row. */
static void
draw_learned (cairo_t *cr, const Picture *picture)
{
  const PisdTrainingFigure *figure = picture->figure;
  const double across = (picture->box.width - margin) / PISD_TRAINING_PANELS;
  PisdBox box;

  if (figure->function != NULL)
    {
      box = draw_title (cr, picture, 0, _ ("Function"));
      pisd_draw_training_function (cr, &box, picture->palette, figure->function, 1.0);
      return;
    }
  for (guint k = 0; k < PISD_TRAINING_PANELS; k++)
    {
      box = (PisdBox){ picture->box.x + margin + k * across, picture->box.y, across - margin,
                       picture->row_height };
      pisd_draw_panel (cr, &box, picture->palette, &figure->panels[k]);
    }
}

static guint
count_learned (const PisdTrainingFigure *figure)
{
  return figure->function != NULL ? 1 : N_COLUMNS;
}

static guint
count_rows (const PisdTrainingFigure *figure, guint n_charts)
{
  return (count_learned (figure) + n_charts + N_COLUMNS - 1) / N_COLUMNS;
}

double
pisd_training_figure_get_height (const PisdTrainingFigure *figure, guint n_charts, double of_row)
{
  return count_rows (figure, n_charts) * of_row;
}

void
pisd_draw_training_figure (cairo_t *cr,
                           const PisdBox *box,
                           const PisdPalette *palette,
                           const PisdTrainingFigure *figure,
                           guint n_charts)
{
  const Picture picture = { palette, figure, *box, box->height / count_rows (figure, n_charts) };

  draw_learned (cr, &picture);
  for (guint k = 0; k < n_charts; k++)
    {
      const PisdBox cell =
          draw_title (cr, &picture, count_learned (figure) + k, pisd_training_chart_get_title (k));

      pisd_draw_training_chart (cr, &cell, palette, figure->courses, k, 1.0);
    }
}

static void
draw_file (cairo_t *cr, gconstpointer data)
{
  const Picture *picture = data;
  PisdTextStyle style = { .size = caption_size,
                          .bold = TRUE,
                          .ink = &picture->palette->text,
                          .max_width = width - 2.0 * margin };

  pisd_ink_set (cr, &picture->palette->background);
  cairo_paint (cr);
  pisd_draw_fitted_text (cr, margin, 0.55 * caption_height, &style, 0.7, picture->figure->caption);
  pisd_draw_training_figure (cr, &picture->box, picture->palette, picture->figure,
                             PISD_TRAINING_N_CHARTS);
}

gboolean
pisd_draw_save_training (const char *path,
                         const PisdPalette *palette,
                         const PisdTrainingFigure *figure,
                         GError **error)
{
  const double height =
      pisd_training_figure_get_height (figure, PISD_TRAINING_N_CHARTS, row_height);
  const Picture picture = { palette, figure, { 0.0, caption_height, width, height }, row_height };

  return pisd_draw_save (path, NULL, width, caption_height + height + margin, figure->caption,
                         draw_file, &picture, error);
}
