#include "explorer-measure.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "pisd-draw-pins.h"

/* Steps are decoded for so long before the picture goes on, in microseconds. */
#define MOST_TIME 5000

/* Steps and times stand beside one another in so wide a chart, with type of the usual size. */
#define BOTH_WIDTH 420.0

static void
fill_nodes (const ExplorerMeasureModels *models, ExplorerMeasurePins *content)
{
  content->n = explorer_gauge_get_n_pins (models->gauge);
  for (guint k = 0; k < content->n; k++)
    content->nodes[k] = *explorer_gauge_get_pin (models->gauge, k);
}

static gboolean
is_same (const ExplorerMeasurePins *a, const ExplorerMeasurePins *b)
{
  return a->run_id == b->run_id && a->info == b->info && a->n == b->n
         && memcmp (a->nodes, b->nodes, a->n * sizeof a->nodes[0]) == 0;
}

/* Goes on with the steps that were decoded before, for a while. */
static void
fill_trace (const ExplorerMeasureModels *models,
            const ExplorerFieldRow *row,
            ExplorerMeasurePins *content,
            ExplorerMeasurePins *last)
{
  PisdRepresentation *representation = explorer_session_get_representation (models->session);
  const guint n_steps = explorer_session_get_n_frames (models->session);
  const gint64 end = g_get_monotonic_time () + MOST_TIME;

  if (representation == NULL || content->n == 0)
    return;
  if (last != NULL && is_same (last, content))
    content->watch = g_steal_pointer (&last->watch);
  if (content->watch == NULL)
    content->watch = pisd_watch_new (representation, row->index, content->n, content->nodes);
  for (guint step = pisd_watch_get_n_steps (content->watch);
       step < n_steps && g_get_monotonic_time () < end; step++)
    {
      g_autoptr (PisdFrame) frame = explorer_session_dup_frame (models->session, step);

      if (frame != NULL)
        pisd_watch_add (content->watch, frame);
    }
  content->is_partial = pisd_watch_get_n_steps (content->watch) < n_steps;
}

/* Against the step. */
static void
fill_steps (const ExplorerMeasureModels *models,
            const ExplorerFieldRow *row,
            ExplorerMeasurePins *content)
{
  const PisdSettings *run = explorer_session_get_run_settings (models->session);
  const guint n = content->watch == NULL ? 0 : pisd_watch_get_n_steps (content->watch);

  content->n_steps = n;
  content->last = run == NULL ? n : run->steps;
  content->steps = g_new (double, n);
  content->values = g_new (double, (gsize) n * content->n);
  for (guint step = 0; step < n; step++)
    {
      content->steps[step] = step;
      for (guint k = 0; k < content->n; k++)
        content->values[k * n + step] = pisd_watch_get (content->watch, step, row->frame, k);
    }
}

static double *
new_constant (guint n_pins, guint n, const double *values)
{
  double *rows = g_new (double, (gsize) n_pins *n);

  for (guint k = 0; k < n_pins; k++)
    for (guint i = 0; i < n; i++)
      rows[k * n + i] = values[k];
  return rows;
}

/* The truth, and the exact posterior, at the moment shown. */
static void
fill_beside (const ExplorerMeasureModels *models,
             const ExplorerFieldRow *row,
             ExplorerMeasurePins *content)
{
  const PisdField *truth = explorer_measure_get_truth (models, row);
  const PisdExact *exact = explorer_spread_get (models->spread);
  double values[EXPLORER_MOST_PINS];

  for (guint k = 0; k < content->n; k++)
    {
      const PisdWatchNode *node = &content->nodes[k];

      values[k] = pisd_field_get_value (truth, row->frame, node->i, node->j);
      content->mean[k] = pisd_field_get_value (exact == NULL ? NULL : exact->mean[row->index],
                                               row->frame, node->i, node->j);
      content->sd[k] = pisd_field_get_value (exact == NULL ? NULL : exact->sd[row->index],
                                             row->frame, node->i, node->j);
    }
  content->has_exact = exact != NULL;
  if (truth != NULL)
    content->truth = new_constant (content->n, content->n_steps, values);
}

/* Against time, of a field's frames. */

static double *
new_times (const ExplorerMeasurePins *content,
           const PisdField *field,
           const PisdField *sd,
           double side)
{
  const guint n = content->info->n_frames;
  double *rows;

  if (field == NULL || (side != 0.0 && sd == NULL))
    return NULL;
  rows = g_new (double, (gsize) content->n *n);
  for (guint k = 0; k < content->n; k++)
    for (guint f = 0; f < n; f++)
      {
        const PisdWatchNode *node = &content->nodes[k];

        rows[k * n + f] = pisd_field_get_value (field, f, node->i, node->j);
        if (side != 0.0)
          rows[k * n + f] += side * pisd_field_get_value (sd, f, node->i, node->j);
      }
  return rows;
}

static void
fill_times (const ExplorerMeasureModels *models,
            const ExplorerFieldRow *row,
            ExplorerMeasurePins *content)
{
  const PisdField *mean, *sd;

  if (row->info->n_frames < 2)
    return;
  explorer_view_grid_get_moments (models->grid, row->index, &mean, &sd);
  content->time_truth = new_times (content, explorer_measure_get_truth (models, row), NULL, 0.0);
  content->time_values = new_times (content, row->has_estimate ? row->estimate : NULL, NULL, 0.0);
  content->time_low = new_times (content, mean, sd, -2.0);
  content->time_high = new_times (content, mean, sd, 2.0);
}

static gpointer
fill (const ExplorerMeasureModels *models, const ExplorerFieldRow *row, gpointer last)
{
  ExplorerMeasurePins *content = g_new0 (ExplorerMeasurePins, 1);
  const PisdFrame *frame = explorer_view_grid_get_frame (models->grid);

  content->run_id = explorer_session_get_run_id (models->session);
  content->info = row->info;
  content->symbol = pisd_field_info_dup_symbol (row->info, row->frame);
  content->time = row->info->times[row->frame];
  content->step = frame == NULL ? NAN : frame->step;
  fill_nodes (models, content);
  if (content->n == 0)
    return content;
  fill_trace (models, row, content, last);
  fill_steps (models, row, content);
  fill_beside (models, row, content);
  fill_times (models, row, content);
  return content;
}

/* Drawing. */

static void
draw_steps (const ExplorerMeasurePins *content,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            double x)
{
  const PisdPinsChart chart = {
    .n_pins = content->n,
    .n = content->n_steps,
    .x = content->steps,
    .y = content->values,
    .truth = content->truth,
    .mean = content->has_exact ? content->mean : NULL,
    .sd = content->has_exact ? content->sd : NULL,
    .last = content->last,
    .mark = content->step,
    .axis = _ ("step"),
    .symbol = content->symbol,
    .note = content->n == 0 ? _ ("Point at a node and press T to pin it") : _ ("Press Run"),
  };

  pisd_draw_pins (cr, box, palette, &chart, type, x);
}

static void
draw_times (const ExplorerMeasurePins *content,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            double x)
{
  const PisdPinsChart chart = { .n_pins = content->n,
                                .n = content->info->n_frames,
                                .of_time = TRUE,
                                .x = content->info->times,
                                .y = content->time_values,
                                .truth = content->time_truth,
                                .low = content->time_low,
                                .high = content->time_high,
                                .mark = content->time,
                                .axis = _ ("time t"),
                                .symbol = content->info->symbol,
                                .note = _ ("Press Run") };

  pisd_draw_pins (cr, box, palette, &chart, type, x);
}

/* Of a field that changes with time both where there is room, else the values against time. */
static void
draw (gconstpointer data,
      cairo_t *cr,
      const PisdBox *box,
      const PisdPalette *palette,
      double type,
      double x)
{
  const ExplorerMeasurePins *content = data;
  const gboolean has_times = content->n > 0 && content->info->n_frames > 1;
  PisdBox left = *box, right = *box;

  if (has_times && box->width >= BOTH_WIDTH * type)
    {
      left.width = floor (0.5 * box->width);
      right.x += left.width;
      right.width -= left.width;
    }
  if ((!has_times || right.x > left.x) && (isnan (x) || !has_times || x < right.x))
    draw_steps (content, cr, &left, palette, type, x);
  if (has_times && (isnan (x) || x >= right.x))
    draw_times (content, cr, &right, palette, type, x);
}

static void
free_content (gpointer data)
{
  ExplorerMeasurePins *content = data;
  double *const arrays[] = { content->steps,       content->values,   content->truth,
                             content->time_values, content->time_low, content->time_high,
                             content->time_truth };

  pisd_watch_free (content->watch);
  for (guint k = 0; k < G_N_ELEMENTS (arrays); k++)
    g_free (arrays[k]);
  g_free (content->symbol);
  g_free (content);
}

static gboolean
is_partial (gconstpointer data)
{
  return ((const ExplorerMeasurePins *) data)->is_partial;
}

const ExplorerMeasureKind explorer_measure_pins = {
  .label = N_ ("Values at the pinned nodes"),
  .fill = fill,
  .is_partial = is_partial,
  .draw = draw,
  .free = free_content,
};
