#include "pisd-draw-graph-private.h"

#include <math.h>

/* Measures at scale 1. */
static const double type_size = 11.0;
static const double number_gap = 11.0; /* below the plot, to the middle of the numbers */
static const double title_gap = 27.0;  /* likewise, to that of the title */
static const double units_per_row = 19.0;
static const double units_per_column = 46.0;
static const double flag_half = 4.0;
static const double band_alpha = 0.24;
static const double rim = 1.0;

static void
draw_axis (cairo_t *cr,
           const PisdGraphLayout *layout,
           const PisdPalette *palette,
           const PisdGraphAxis *axis,
           PisdSide side)
{
  const double s = layout->scale;
  const gboolean below = side == PISD_SIDE_BOTTOM;
  const PisdScale *scale = below ? &layout->x : &layout->y;
  PisdChartAxis chart = { .side = side,
                          .scale = scale,
                          .n_most = pisd_scale_count_numbers (
                              scale, (below ? units_per_column : units_per_row) * s, 3, 16),
                          .type_size = type_size * s,
                          .gap = below ? number_gap * s : 7.0 * s,
                          .framed = TRUE,
                          .dup_label = axis->dup_label };

  pisd_draw_axis (cr, &layout->plot, palette, &chart);
}

/* Below the numbers of the x axis, above those of the y axis. */
static void
draw_titles (cairo_t *cr,
             const PisdGraphLayout *layout,
             const PisdPalette *palette,
             const PisdGraph *graph)
{
  const PisdBox *plot = &layout->plot;
  const double s = layout->scale;
  PisdTextStyle style = { .size = type_size * s, .ink = &palette->faint, .align = 0.5 };

  if (!layout->is_low && graph->x.title != NULL)
    pisd_draw_text (cr, plot->x + 0.5 * plot->width, plot->y + plot->height + title_gap * s, &style,
                    graph->x.title);
  style.align = 1.0;
  pisd_draw_text (cr, plot->x - 7.0 * s, layout->legend_y, &style, graph->y.title);
}

static void
draw_band (cairo_t *cr,
           const PisdGraphLayout *layout,
           const PisdGraph *graph,
           const PisdSeries *series)
{
  const double bottom = layout->plot.y + 2.0 * layout->plot.height;

  cairo_new_path (cr);
  for (guint k = 0; k < 2 * series->n; k++)
    {
      guint i = k < series->n ? k : 2 * series->n - 1 - k;
      double y = pisd_graph_get_place (&graph->y, &layout->y,
                                       (k < series->n ? series->high : series->low)[i]);

      cairo_line_to (cr, pisd_graph_get_place (&graph->x, &layout->x, series->x[i]),
                     isnan (y) ? bottom : y);
    }
  pisd_ink_set_faded (cr, &series->line.ink, band_alpha);
  cairo_fill (cr);
}

static PisdLine
get_line (const PisdGraphLayout *layout, const PisdSeries *series)
{
  PisdLine line = series->line;

  line.width *= layout->scale;
  line.on *= layout->scale;
  line.off *= layout->scale;
  return line;
}

static void
draw_line (cairo_t *cr,
           const PisdGraphLayout *layout,
           const PisdPalette *palette,
           const PisdGraph *graph,
           const PisdSeries *series)
{
  const PisdLine line = get_line (layout, series);
  g_autofree double *x = g_new (double, series->n);
  g_autofree double *y = g_new (double, series->n);

  for (guint k = 0; k < series->n; k++)
    {
      x[k] = pisd_graph_get_place (&graph->x, &layout->x, series->x[k]);
      y[k] = pisd_graph_get_place (&graph->y, &layout->y, series->y[k]);
    }
  pisd_draw_polyline (cr, &line, 0.0, palette, series->n, x, y);
  for (guint k = 0; series->marker > 0.0 && k < series->n; k++)
    if (!isnan (y[k]))
      pisd_draw_marker (cr, x[k], y[k], series->marker * layout->scale, 2.0 * rim * layout->scale,
                        palette, &line.ink);
}

static void
draw_flag (cairo_t *cr, double x, double bottom, double half, const PisdInk *ink)
{
  cairo_move_to (cr, x - half, bottom);
  cairo_line_to (cr, x + half, bottom);
  cairo_line_to (cr, x, bottom - 1.5 * half);
  cairo_close_path (cr);
  pisd_ink_set (cr, ink);
  cairo_fill (cr);
}

static void
draw_flags (cairo_t *cr,
            const PisdGraphLayout *layout,
            const PisdPalette *palette,
            const PisdGraph *graph)
{
  const PisdBox *plot = &layout->plot;

  for (guint k = 0; k < graph->n_flags; k++)
    draw_flag (cr, pisd_graph_get_place (&graph->x, &layout->x, graph->flags[k]),
               plot->y + plot->height, flag_half * layout->scale, &palette->sigma);
}

static void
draw_mark (cairo_t *cr,
           const PisdGraphLayout *layout,
           const PisdPalette *palette,
           const PisdGraph *graph)
{
  const PisdLine line = { .ink = palette->accent, .width = 1.5 * layout->scale };
  const PisdBox *plot = &layout->plot;
  const double x = pisd_graph_get_place (&graph->x, &layout->x, graph->mark);

  if (isfinite (x))
    pisd_draw_segment (cr, &line, x, plot->y, x, plot->y + plot->height);
}

/* A piece of the line, on a piece of its band. */
static void
draw_swatch (cairo_t *cr,
             const PisdGraphLayout *layout,
             const PisdPalette *palette,
             const PisdSeries *series,
             double x,
             double y)
{
  const PisdLine line = get_line (layout, series);
  const double s = layout->scale;

  if (series->low != NULL)
    {
      cairo_rectangle (cr, x, y - 5.0 * s, PISD_GRAPH_SWATCH * s, 10.0 * s);
      pisd_ink_set_faded (cr, &series->line.ink, band_alpha);
      cairo_fill (cr);
    }
  if (series->y != NULL)
    pisd_draw_segment (cr, &line, x, y, x + PISD_GRAPH_SWATCH * s, y);
  if (series->marker > 0.0)
    pisd_draw_marker (cr, x + 0.5 * PISD_GRAPH_SWATCH * s, y, series->marker * s, 0.0, palette,
                      &line.ink);
}

/* Behind the legend, where there is no row below the numbers for it and here there is room. */
static void
draw_title_beside (cairo_t *cr,
                   const PisdGraphLayout *layout,
                   const PisdPalette *palette,
                   const PisdGraph *graph,
                   double legend_end)
{
  const PisdBox *plot = &layout->plot;
  const PisdTextStyle style = { .size = type_size * layout->scale,
                                .ink = &palette->faint,
                                .align = 1.0 };
  g_autofree char *title = g_strconcat (graph->x.title, " \u2192", NULL);
  const double right = plot->x + plot->width;

  if (right - pisd_text_get_width (&style, title) > legend_end)
    pisd_draw_text (cr, right, layout->legend_y, &style, title);
}

/* The entry's place is `row`, which goes on behind it. */
static void
draw_entry (cairo_t *cr,
            const PisdGraphLayout *layout,
            const PisdPalette *palette,
            const PisdGraph *graph,
            guint k,
            PisdLegendRow *row)
{
  const double s = layout->scale;
  const PisdTextStyle style = pisd_graph_get_legend_style (layout, palette);
  PisdLegendRow next = *row;
  double x;

  pisd_graph_place_entry (layout, pisd_graph_get_entry (graph, k), &next, &x);
  if (layout->is_low && next.y > layout->legend_y)
    return; /* it has one row alone */
  if (k < graph->n_series)
    draw_swatch (cr, layout, palette, &graph->series[k], x, next.y);
  else
    draw_flag (cr, x + 0.5 * PISD_GRAPH_SWATCH * s, next.y + 0.75 * flag_half * s, flag_half * s,
               &palette->sigma);
  pisd_draw_markup (cr, x + (PISD_GRAPH_SWATCH + PISD_GRAPH_SWATCH_GAP) * s, next.y, &style,
                    pisd_graph_get_entry (graph, k));
  *row = next;
}

/* In one row lines come first, as they are told apart by their names alone. */
static void
draw_legend (cairo_t *cr,
             const PisdGraphLayout *layout,
             const PisdPalette *palette,
             const PisdGraph *graph)
{
  PisdLegendRow row = { layout->plot.x, layout->legend_y, layout->plot.x,
                        layout->plot.x + layout->plot.width
                            + PISD_GRAPH_RIGHT_MARGIN * layout->scale };

  for (guint round = 0; round < 2; round++)
    for (guint k = 0; k <= graph->n_series; k++)
      {
        const gboolean is_band = k < graph->n_series && graph->series[k].y == NULL;
        const guint own = layout->is_low && is_band ? 1 : 0;

        if (pisd_graph_get_entry (graph, k) != NULL && own == round)
          draw_entry (cr, layout, palette, graph, k, &row);
      }
  if (layout->is_low && graph->x.title != NULL)
    draw_title_beside (cr, layout, palette, graph, row.x);
}

static void
draw_note (cairo_t *cr,
           const PisdGraphLayout *layout,
           const PisdPalette *palette,
           const PisdGraph *graph)
{
  const PisdTextStyle style = { .size = type_size * layout->scale,
                                .ink = &palette->faint,
                                .align = 0.5 };

  pisd_draw_frame (cr, &layout->plot, palette);
  if (graph->note != NULL)
    pisd_draw_note (cr, &layout->plot, 0.8, &style, graph->note);
}

static void
draw_series (cairo_t *cr,
             const PisdGraphLayout *layout,
             const PisdPalette *palette,
             const PisdGraph *graph)
{
  const PisdBox *plot = &layout->plot;

  cairo_save (cr);
  cairo_rectangle (cr, plot->x, plot->y, plot->width, plot->height);
  cairo_clip (cr);
  for (guint s = 0; s < graph->n_series; s++)
    if (graph->series[s].low != NULL)
      draw_band (cr, layout, graph, &graph->series[s]);
  for (guint s = 0; s < graph->n_series; s++)
    if (graph->series[s].y != NULL)
      draw_line (cr, layout, palette, graph, &graph->series[s]);
  draw_flags (cr, layout, palette, graph);
  cairo_restore (cr);
}

void
pisd_draw_graph (cairo_t *cr,
                 const PisdGraphLayout *layout,
                 const PisdPalette *palette,
                 const PisdGraph *graph)
{
  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && graph != NULL);

  cairo_save (cr);
  if (!pisd_scale_is_used (&layout->x) || !pisd_scale_is_used (&layout->y))
    {
      draw_note (cr, layout, palette, graph);
      cairo_restore (cr);
      return;
    }
  draw_axis (cr, layout, palette, &graph->y, PISD_SIDE_LEFT);
  draw_axis (cr, layout, palette, &graph->x, PISD_SIDE_BOTTOM);
  draw_titles (cr, layout, palette, graph);
  pisd_draw_frame (cr, &layout->plot, palette);
  draw_mark (cr, layout, palette, graph);
  draw_series (cr, layout, palette, graph);
  draw_legend (cr, layout, palette, graph);
  cairo_restore (cr);
}
