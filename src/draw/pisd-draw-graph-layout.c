/* Where the parts of a chart lie, and how far its axes reach. */
#include "pisd-draw-graph-private.h"

#include <math.h>

/* Measures at scale 1. */
static const double left_margin = 52.0;
static const double top_margin = 2.0;
static const double legend_gap = 6.0;  /* below it, beside which the top number stands */
static const double row_height = 20.0; /* of the legend */
static const double footer_height = 38.0;
static const double low_footer = 20.0; /* without the title of the axis */
static const double low_height =
    170.0; /* a chart that is lower has neither that nor a second row */
static const double legend_size = 11.5;
static const double entry_gap = 15.0;

/* A logarithmic axis has at least so many decades. */
static const double least_decades = 0.7;

/* The value on a scale; what has none there is NaN. */
static double
get_value (const PisdGraphAxis *axis, double number)
{
  if (!axis->logarithmic)
    return isfinite (number) ? number : NAN;
  return isfinite (number) && number > 0.0 ? log10 (number) : NAN;
}

/* Not kept between the ends: what lies beyond them is clipped. */
double
pisd_graph_get_place (const PisdGraphAxis *axis, const PisdScale *scale, double number)
{
  double fraction = (get_value (axis, number) - scale->low) / (scale->high - scale->low);

  return scale->start + fraction * (scale->end - scale->start);
}

static void
include (const PisdGraphAxis *axis, guint n, const double *numbers, double *low, double *high)
{
  for (guint k = 0; numbers != NULL && k < n; k++)
    {
      double value = get_value (axis, numbers[k]);

      if (isnan (value))
        continue;
      *low = fmin (*low, value);
      *high = fmax (*high, value);
    }
}

/* Outwards to a round number: decades where there are several, else 1, 2 and 5 times a power. */
static void
round_ends (double *low, double *high)
{
  if (*high - *low > 3.0)
    {
      *low = floor (*low);
      *high = ceil (*high);
      return;
    }
  *low = log10 (pisd_ticks_round_down (pow (10.0, *low)));
  *high = log10 (pisd_ticks_round_up (pow (10.0, *high)));
  *high = fmax (*high, *low + least_decades);
}

/* The ends that an axis has, or that the numbers of all series need; FALSE: there are none. */
static gboolean
choose_ends (const PisdGraph *graph, const PisdGraphAxis *axis, PisdScale *scale)
{
  double low = INFINITY, high = -INFINITY;

  for (guint s = 0; s < graph->n_series; s++)
    {
      const PisdSeries *series = &graph->series[s];

      include (axis, series->n, axis == &graph->x ? series->x : series->y, &low, &high);
      include (axis, series->n, axis == &graph->x ? NULL : series->low, &low, &high);
      include (axis, series->n, axis == &graph->x ? NULL : series->high, &low, &high);
    }
  if (!(high >= low))
    return FALSE;
  if (axis->high > axis->low)
    {
      low = get_value (axis, axis->low);
      high = get_value (axis, axis->high);
    }
  else if (axis->logarithmic)
    {
      low = axis->most_decades > 0.0 ? fmax (low, high - axis->most_decades) : low;
      round_ends (&low, &high);
    }
  scale->logarithmic = axis->logarithmic;
  scale->low = low;
  scale->high = high;
  return TRUE;
}

/* The legend. */

PisdTextStyle
pisd_graph_get_legend_style (const PisdGraphLayout *layout, const PisdPalette *palette)
{
  return (PisdTextStyle){ .size = legend_size * layout->scale,
                          .ink = palette != NULL ? &palette->text : NULL };
}

/* The place of the next entry: in another row where this one is full. */
void
pisd_graph_place_entry (const PisdGraphLayout *layout,
                        const char *title,
                        PisdLegendRow *row,
                        double *x)
{
  const PisdTextStyle style = pisd_graph_get_legend_style (layout, NULL);
  const double width = (PISD_GRAPH_SWATCH + PISD_GRAPH_SWATCH_GAP) * layout->scale
                       + pisd_text_get_width (&style, title);

  if (row->x > row->start && row->x + width > row->end)
    {
      row->x = row->start;
      row->y += layout->legend_row;
    }
  *x = row->x;
  row->x += width + entry_gap * layout->scale;
}

/* The title of entry k of the legend, the flags' after those of the series; NULL: it has none. */
const char *
pisd_graph_get_entry (const PisdGraph *graph, guint k)
{
  return k < graph->n_series ? graph->series[k].title : graph->flag_title;
}

static guint
count_rows (const PisdGraphLayout *layout, const PisdGraph *graph, const PisdBox *box)
{
  PisdLegendRow row = { .start = box->x + left_margin * layout->scale, .end = box->x + box->width };
  double x;

  row.x = row.start;
  for (guint k = 0; k <= graph->n_series; k++)
    if (pisd_graph_get_entry (graph, k) != NULL)
      pisd_graph_place_entry (layout, pisd_graph_get_entry (graph, k), &row, &x);
  return 1 + (guint) (row.y / layout->legend_row + 0.5);
}

void
pisd_graph_layout_init (PisdGraphLayout *layout,
                        const PisdGraph *graph,
                        const PisdBox *box,
                        double type)
{
  double scale, header, footer;
  PisdBox *plot = &layout->plot;

  g_return_if_fail (layout != NULL && graph != NULL && box != NULL && type > 0.0);

  scale = type * CLAMP (sqrt (MIN (box->height / 260.0, box->width / 400.0)), 0.85, 1.5);
  *layout = (PisdGraphLayout){ .scale = scale,
                               .legend_row = row_height * scale,
                               .is_low = box->height < low_height * type };
  header = (top_margin + legend_gap) * scale
           + (layout->is_low ? 1 : count_rows (layout, graph, box)) * layout->legend_row;
  footer = (layout->is_low ? low_footer : footer_height) * scale;
  layout->legend_y = box->y + top_margin * scale + 0.4 * layout->legend_row;
  plot->x = round (box->x + left_margin * scale);
  plot->y = round (box->y + header);
  plot->width = MAX (floor (box->x + box->width - PISD_GRAPH_RIGHT_MARGIN * scale) - plot->x, 1.0);
  plot->height = MAX (floor (box->y + box->height - footer) - plot->y, 1.0);
  layout->x = (PisdScale){ FALSE, 0.0, 0.0, plot->x, plot->x + plot->width };
  layout->y = (PisdScale){ FALSE, 0.0, 0.0, plot->y + plot->height, plot->y };
  choose_ends (graph, &graph->x, &layout->x);
  choose_ends (graph, &graph->y, &layout->y);
}

int
pisd_graph_find_point (const PisdGraphLayout *layout,
                       const PisdGraph *graph,
                       const PisdSeries *series,
                       double x)
{
  double nearest = INFINITY;
  int found = -1;

  g_return_val_if_fail (layout != NULL && graph != NULL && series != NULL, -1);

  for (guint k = 0; k < series->n; k++)
    {
      double away = fabs (pisd_graph_get_place (&graph->x, &layout->x, series->x[k]) - x);

      if (!(away < nearest))
        continue;
      nearest = away;
      found = (int) k;
    }
  return found;
}
