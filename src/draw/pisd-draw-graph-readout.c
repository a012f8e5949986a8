/* The numbers of all curves at one place of a chart. */
#include "pisd-draw-card.h"
#include "pisd-draw-graph-private.h"

#include <math.h>

/* Measures at scale 1. */
static const double card_width = 196.0;
static const double wide_card_width = 300.0; /* with two numbers in a row */
static const double marker = 3.4;

/* Whether the series says something of that place on the x axis, and at which of its points. */
static gboolean
has_point (const PisdGraphLayout *layout,
           const PisdGraph *graph,
           const PisdSeries *series,
           double x,
           guint *point)
{
  int found = series->is_guide ? -1 : pisd_graph_find_point (layout, graph, series, x);

  if (found < 0)
    return FALSE;
  *point = (guint) found;
  return isfinite (series->y != NULL ? series->y[found] : series->low[found] + series->high[found]);
}

/* A band alone has two numbers in its row, and is left out where there is no room for them. */
static double
choose_width (const PisdGraphLayout *layout, const PisdGraph *graph, const PisdBox *box)
{
  if (wide_card_width * layout->scale > box->width)
    return card_width;
  for (guint s = 0; s < graph->n_series; s++)
    if (graph->series[s].y == NULL)
      return wide_card_width;
  return card_width;
}

static char *
dup_value (const PisdGraph *graph, const PisdSeries *series, guint point)
{
  g_autofree char *low = NULL, *high = NULL;

  if (series->y != NULL)
    return graph->y.dup_value (series->y[point]);
  low = graph->y.dup_value (series->low[point]);
  high = graph->y.dup_value (series->high[point]);
  return g_strdup_printf ("%s \u2013 %s", low, high);
}

static void
draw_point (cairo_t *cr,
            const PisdGraphLayout *layout,
            const PisdPalette *palette,
            const PisdGraph *graph,
            const PisdSeries *series,
            guint point)
{
  const PisdBox *plot = &layout->plot;
  double y = pisd_graph_get_place (&graph->y, &layout->y, series->y[point]);

  if (y >= plot->y && y <= plot->y + plot->height)
    pisd_draw_marker (cr, pisd_graph_get_place (&graph->x, &layout->x, series->x[point]), y,
                      marker * layout->scale, 2.0, palette, &series->line.ink);
}

/* The number on the x axis of the point that is nearest to a place; NaN: there is none. */
static double
find_number (const PisdGraphLayout *layout, const PisdGraph *graph, double x)
{
  guint point;

  for (guint s = 0; s < graph->n_series; s++)
    if (has_point (layout, graph, &graph->series[s], x, &point))
      return graph->series[s].x[point];
  return NAN;
}

static void
fill_card (PisdCard *card,
           const PisdGraphLayout *layout,
           const PisdGraph *graph,
           double number,
           double x)
{
  card->title = graph->x.dup_value (number);
  for (guint s = 0; s < graph->n_series; s++)
    {
      const PisdSeries *series = &graph->series[s];
      PisdCardRow row = { .ink = series->line.ink };
      guint point;

      if ((series->y == NULL && card->width < wide_card_width)
          || !has_point (layout, graph, series, x, &point))
        continue;
      /* Of several lines with one entry in the legend the first has the name. */
      row.name = g_strdup (series->title != NULL ? series->title : "");
      row.value = dup_value (graph, series, point);
      pisd_card_take_row (card, &row);
    }
}

void
pisd_draw_graph_readout (cairo_t *cr,
                         const PisdBox *box,
                         const PisdGraphLayout *layout,
                         const PisdPalette *palette,
                         const PisdGraph *graph,
                         double x)
{
  const PisdBox *plot = &layout->plot;
  g_auto (PisdCard) card = { .scale = layout->scale };
  double number, place;
  PisdBox at;
  guint point;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && graph != NULL);

  if (x < plot->x - 2.0 || x > plot->x + plot->width + 2.0 || !pisd_scale_is_used (&layout->x)
      || !pisd_scale_is_used (&layout->y))
    return;
  number = find_number (layout, graph, x);
  if (isnan (number))
    return;
  place = pisd_graph_get_place (&graph->x, &layout->x, number);
  card.width = choose_width (layout, graph, box);
  fill_card (&card, layout, graph, number, x);
  at = pisd_card_place (&card, place, plot->y + 0.5 * (plot->height - pisd_card_get_height (&card)),
                        box->x + box->width - 1.0, box);
  cairo_save (cr);
  pisd_ink_set_faded (cr, &palette->faint, 0.6);
  pisd_draw_rule (cr, place, plot->y, place, plot->y + plot->height);
  for (guint s = 0; s < graph->n_series; s++)
    if (graph->series[s].y != NULL && has_point (layout, graph, &graph->series[s], x, &point))
      draw_point (cr, layout, palette, graph, &graph->series[s], point);
  pisd_draw_card (cr, &at, palette, &card);
  cairo_restore (cr);
}

void
pisd_draw_graph_at (cairo_t *cr,
                    const PisdBox *box,
                    const PisdPalette *palette,
                    const PisdGraph *graph,
                    double type,
                    double x)
{
  PisdGraphLayout layout;

  g_return_if_fail (cr != NULL && box != NULL && palette != NULL && graph != NULL);

  pisd_graph_layout_init (&layout, graph, box, type);
  if (isnan (x))
    pisd_draw_graph (cr, &layout, palette, graph);
  else
    pisd_draw_graph_readout (cr, box, &layout, palette, graph, x);
}
