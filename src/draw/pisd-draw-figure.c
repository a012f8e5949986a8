#include "pisd-draw-animation.h"
#include "pisd-draw-figure.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Measures in points. */
static const double least_panel_width = 330.0;
static const double least_panel_height = 292.0;
static const double curves_height = 200.0;
static const double margin = 16.0;
static const double caption_size = 13.0;
static const double caption_gap = 8.0;

static void
panel_copy (const PisdPanel *panel, PisdPanel *copy)
{
  *copy = *panel;
  copy->title = g_strdup (panel->title);
  copy->note = g_strdup (panel->note);
  copy->mark = g_strdup (panel->mark);
  copy->field = panel->field == NULL ? NULL : pisd_field_dup (panel->field);
  copy->sensors = panel->sensors == NULL ? NULL : pisd_sensors_dup (panel->sensors);
  if (panel->beside == NULL)
    return;
  copy->beside = g_new (PisdPanel, 1);
  panel_copy (panel->beside, (PisdPanel *) copy->beside);
}

static void
panel_clear (const PisdPanel *panel)
{
  g_free ((char *) panel->title);
  g_free ((char *) panel->note);
  g_free ((char *) panel->mark);
  pisd_field_free ((PisdField *) panel->field);
  pisd_sensors_free ((PisdSensors *) panel->sensors);
  if (panel->beside != NULL)
    panel_clear (panel->beside);
  g_free ((PisdPanel *) panel->beside);
}

PisdFigure *
pisd_figure_dup (const PisdFigure *figure)
{
  const guint n = figure->n_rows * figure->n_columns;
  PisdPanel *panels = g_new (PisdPanel, n);
  PisdFigure *copy = g_memdup2 (figure, sizeof *figure);

  for (guint k = 0; k < n; k++)
    panel_copy (&figure->panels[k], &panels[k]);
  copy->panels = panels;
  copy->caption = g_strdup (figure->caption);
  copy->curves = figure->curves == NULL ? NULL : pisd_curves_dup (figure->curves);
  return copy;
}

void
pisd_figure_free (PisdFigure *figure)
{
  if (figure == NULL)
    return;
  for (guint k = 0; k < figure->n_rows * figure->n_columns; k++)
    panel_clear (&figure->panels[k]);
  g_free ((PisdPanel *) figure->panels);
  g_free ((char *) figure->caption);
  pisd_curves_free ((PisdCurves *) figure->curves);
  g_free (figure);
}

typedef struct
{
  const PisdFigure *figure;
  const PisdPalette *palette;
  double width, height;  /* of the whole */
  double caption_height; /* with the gap below it; 0 without a caption */
  double panel_width, panel_height;
} Page;

static PisdTextStyle
get_caption_style (const Page *page)
{
  return (PisdTextStyle){ .size = caption_size,
                          .ink = &page->palette->text,
                          .max_width = page->width - 2.0 * margin };
}

static gboolean
has_curves (const PisdFigure *figure)
{
  return figure->curves != NULL && figure->curves->last >= 0;
}

static void
page_set_width (Page *page, double width)
{
  const PisdFigure *figure = page->figure;
  PisdTextStyle style;

  page->width = width;
  page->panel_width = (width - 2.0 * margin) / figure->n_columns;
  page->caption_height = 0.0;
  style = get_caption_style (page);
  if (figure->caption != NULL && figure->caption[0] != '\0')
    page->caption_height =
        ceil (pisd_draw_paragraph (NULL, 0.0, 0.0, &style, figure->caption) + caption_gap);
}

/* Margins, caption and curves. */
static double
get_rest (const Page *page)
{
  return 2.0 * margin + page->caption_height + (has_curves (page->figure) ? curves_height : 0.0);
}

/* Of a paper with a size, the page has its proportions, and what is too wide or too high for the
 * least of them makes panels wider or higher.  paper: NULL: none. */
static void
page_arrange (Page *page, const PisdPaper *paper)
{
  const PisdFigure *figure = page->figure;
  double height, scale;

  page_set_width (page, 2.0 * margin + figure->n_columns * least_panel_width);
  page->panel_height = least_panel_height;
  page->height = height = get_rest (page) + figure->n_rows * page->panel_height;
  if (paper == NULL || paper->width <= 0.0 || paper->height <= 0.0)
    return;
  scale = fmin (paper->width / page->width, paper->height / height);
  page_set_width (page, paper->width / scale);
  page->height = paper->height / scale;
  page->panel_height = (page->height - get_rest (page)) / figure->n_rows;
}

static void
draw_step (cairo_t *cr, const Page *page, const PisdCurvesLayout *layout)
{
  const PisdFigure *figure = page->figure;
  double x = pisd_curves_layout_get_x (layout, (guint) figure->step);
  PisdLine line = { .ink = page->palette->accent, .width = 1.5 };

  pisd_draw_segment (cr, &line, x, layout->plot.y, x, layout->plot.y + layout->plot.height);
}

static void
draw_curves (cairo_t *cr, const Page *page, double top)
{
  const PisdFigure *figure = page->figure;
  PisdBox box = { margin, top, page->width - 2.0 * margin, curves_height };
  PisdCurvesLayout layout;

  pisd_curves_layout_init (&layout, figure->curves, &box, 0.0, 1.0);
  pisd_draw_curves (cr, &layout, page->palette, figure->curves);
  if (figure->step >= 0)
    draw_step (cr, page, &layout);
}

static void
page_draw (cairo_t *cr, gconstpointer data)
{
  const Page *page = data;
  const PisdFigure *figure = page->figure;
  PisdTextStyle style = get_caption_style (page);
  double top = margin + page->caption_height;

  pisd_ink_set (cr, &page->palette->background);
  cairo_paint (cr);
  if (page->caption_height > 0.0)
    pisd_draw_paragraph (cr, margin, margin, &style, figure->caption);
  for (guint k = 0; k < figure->n_rows * figure->n_columns; k++)
    {
      PisdBox box = { margin + (k % figure->n_columns) * page->panel_width,
                      top + (k / figure->n_columns) * page->panel_height, page->panel_width,
                      page->panel_height };

      pisd_draw_panel (cr, &box, page->palette, &figure->panels[k]);
    }
  if (has_curves (figure))
    draw_curves (cr, page, top + figure->n_rows * page->panel_height);
}

gboolean
pisd_draw_save_figure (const char *path,
                       const PisdPaper *paper,
                       const PisdPalette *palette,
                       const PisdFigure *figure,
                       GError **error)
{
  Page page = { .figure = figure, .palette = palette };

  g_return_val_if_fail (path != NULL && palette != NULL && figure != NULL, FALSE);
  g_return_val_if_fail (figure->panels != NULL && figure->n_rows > 0 && figure->n_columns > 0,
                        FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!pisd_draw_save_check (path, error))
    return FALSE;
  page_arrange (&page, paper);
  return pisd_draw_save (path, paper, page.width, page.height, figure->caption, page_draw, &page,
                         error);
}

/* A film as it is drawn. */
typedef struct
{
  const PisdFilm *film;
  Page page;      /* of the first figure, whose measures all have */
  PisdFigure *at; /* the figure that was made last */
  guint number;
} Projector;

static gboolean
projector_go (Projector *projector, guint number, GError **error)
{
  PisdFigure *figure;

  if (projector->at != NULL && projector->number == number)
    return TRUE;
  figure = projector->film->make (projector->film->data, number, error);
  if (figure == NULL)
    return FALSE;
  pisd_figure_free (projector->at);
  projector->at = figure;
  projector->number = number;
  projector->page.figure = figure;
  return TRUE;
}

static gboolean
projector_draw (cairo_t *cr, guint number, gpointer data, GError **error)
{
  Projector *projector = data;

  if (!projector_go (projector, number, error))
    return FALSE;
  page_draw (cr, &projector->page);
  return TRUE;
}

gboolean
pisd_draw_save_film (const char *path, const PisdFilm *film, PisdCancel *cancel, GError **error)
{
  Projector projector = { .film = film, .page.palette = film->palette };
  PisdAnimation animation = { .n_pictures = film->n_figures,
                              .seconds = film->seconds,
                              .last_seconds = film->last_seconds,
                              .draw = projector_draw,
                              .data = &projector };
  gboolean saved = FALSE;

  g_return_val_if_fail (path != NULL && film->n_figures > 0 && film->palette != NULL, FALSE);

  if (!pisd_animation_check (path, error))
    return FALSE;
  if (projector_go (&projector, 0, error))
    {
      page_arrange (&projector.page, NULL);
      animation.width = projector.page.width;
      animation.height = projector.page.height;
      saved = pisd_draw_save_animation (path, &animation, cancel, error);
    }
  pisd_figure_free (projector.at);
  return saved;
}
