#include "explorer-field-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"
#include "pisd-calibration.h"

void
explorer_field_row_init (ExplorerFieldRow *row,
                         const PisdFieldInfo *info,
                         guint index,
                         ExplorerPane *panes)
{
  *row = (ExplorerFieldRow){ .info = info,
                             .index = index,
                             .panes = panes,
                             .estimate = pisd_field_info_new_field (info),
                             .state = pisd_field_info_new_field (info),
                             .error = pisd_field_info_new_field (info),
                             .standardized = pisd_field_info_new_field (info),
                             .calibration = NAN };
}

void
explorer_field_row_clear (ExplorerFieldRow *row)
{
  g_clear_pointer (&row->estimate, pisd_field_free);
  g_clear_pointer (&row->state, pisd_field_free);
  g_clear_pointer (&row->error, pisd_field_free);
  g_clear_pointer (&row->standardized, pisd_field_free);
}

void
explorer_field_row_take_view (ExplorerFieldRow *row,
                              ExplorerColumn column,
                              ExplorerFieldView *view,
                              GtkWidget *next)
{
  GtkWidget *parent = gtk_widget_get_parent (next);

  row->views[column] = view;
  row->bars[column] = EXPLORER_COLOR_BAR (explorer_color_bar_new ());
  gtk_widget_insert_before (GTK_WIDGET (view), parent, next);
  gtk_widget_insert_before (GTK_WIDGET (row->bars[column]), parent, next);
}

/* What there is. */

static void
fill_estimate (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  if (shown->estimate != EXPLORER_ESTIMATE_KEPT)
    row->has_estimate = shown->estimate != EXPLORER_ESTIMATE_NONE;
  explorer_shown_decode (shown, row->index, row->estimate);
}

/* Some other column may, too. */
static gboolean
shows_state (const ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const char *key = explorer_columns_get_key (EXPLORER_COLUMN_STATE);

  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    if (c != EXPLORER_COLUMN_STATE && explorer_pane_has (&row->panes[c], PISD_QUANTITY_STATE))
      return TRUE;
  return explorer_preferences_get (shown->preferences, key);
}

/* Where nobody looks at it, nothing is decoded. */
static void
fill_state (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  if (shown->estimate == EXPLORER_ESTIMATE_KEPT)
    return; /* so is the state, until the new run has one */
  row->has_state =
      shows_state (row, shown) && explorer_shown_decode_state (shown, row->index, row->state);
}

static void
subtract (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *truth = explorer_shown_get_truth (shown, row->info->id);

  row->has_error =
      row->has_estimate && truth != NULL
      && (shown->estimate == EXPLORER_ESTIMATE_LIVE || explorer_shown_is_run_of_this_truth (shown));
  if (!row->has_error)
    return;
  for (gsize k = 0; k < pisd_field_get_n (truth); k++)
    row->error->data[k] = row->estimate->data[k] - truth->data[k];
}

static void
standardize (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *truth = explorer_shown_get_truth (shown, row->info->id);
  const PisdField *mean, *sd;
  guint n_samples;

  row->calibration = NAN;
  row->has_standardized = truth != NULL && explorer_shown_is_run_of_this_truth (shown)
                          && explorer_shown_get_moments (shown, row->index, &mean, &sd, &n_samples);
  if (row->has_standardized)
    row->calibration = pisd_calibration (truth, mean, sd, n_samples, row->standardized);
}

static double
measure_error (const PisdField *field, const PisdField *truth, guint frame)
{
  const PisdField own = pisd_field_get_frame (field, frame);
  const PisdField of_truth = pisd_field_get_frame (truth, frame);

  return pisd_field_relative_error (&own, &of_truth);
}

double
explorer_field_row_get_error (const ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *truth = explorer_shown_get_truth (shown, row->info->id);

  /* Nobody has computed the error of the mean of the samples so far, nor that of a noisy state. */
  if (shown->estimate == EXPLORER_ESTIMATE_ENSEMBLE || explorer_shown_is_noisy (shown))
    return row->has_error && truth != NULL /* it may have gone since the row was updated */
               ? measure_error (row->estimate, truth, row->info->n_frames - 1)
               : NAN;
  return explorer_shown_get_error (shown, row->index);
}

double
explorer_field_row_get_frame_error (const ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *truth = explorer_shown_get_truth (shown, row->info->id);

  if (row->frame == row->info->n_frames - 1)
    return explorer_field_row_get_error (row, shown);
  return row->has_error && truth != NULL ? measure_error (row->estimate, truth, row->frame) : NAN;
}

double
explorer_field_row_get_exact_error (const ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *truth = explorer_shown_get_truth (shown, row->info->id);

  if (shown->exact == NULL || truth == NULL)
    return NAN;
  if (row->frame == row->info->n_frames - 1)
    return shown->exact->errors[row->index];
  return measure_error (shown->exact->mean[row->index], truth, row->frame);
}

/* Colours. */

static PisdRangeMode
get_mode (const ExplorerShown *shown)
{
  return explorer_preferences_get (shown->preferences, "range-mode");
}

static PisdColormap
get_map (const ExplorerShown *shown)
{
  return explorer_preferences_get (shown->preferences, "color-map");
}

/* What is kept of a run before has been counted, or never was: its values are none of the new
 * run's. */
static void
add_to_range (ExplorerFieldRow *row,
              const ExplorerShown *shown,
              ExplorerColumn column,
              const PisdField *field)
{
  const gboolean noisy = column == EXPLORER_COLUMN_ESTIMATE && explorer_shown_is_noisy (shown);

  if (shown->estimate == EXPLORER_ESTIMATE_KEPT && column != EXPLORER_COLUMN_TRUTH)
    return;
  explorer_ranges_update (&row->ranges, column, noisy, get_mode (shown),
                          get_map (shown) == PISD_COLORMAP_DIVERGING, field);
}

/* A range that grows holds the truth from the start; any other is that of the step shown. */
static void
update_clean_range (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *truth = explorer_shown_get_truth (shown, row->info->id);

  if (truth != NULL && (get_mode (shown) == PISD_RANGE_GROW || !row->has_estimate))
    add_to_range (row, shown, EXPLORER_COLUMN_TRUTH, truth);
  if (row->has_estimate)
    add_to_range (row, shown, EXPLORER_COLUMN_ESTIMATE, row->estimate);
}

/* Of all frames: while a flow is played, a value keeps its colour. */
static void
update_ranges (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *mean, *sd;

  update_clean_range (row, shown);
  if (row->has_state)
    add_to_range (row, shown, EXPLORER_COLUMN_STATE, row->state);
  if (row->has_error)
    add_to_range (row, shown, EXPLORER_COLUMN_ERROR, row->error);
  if (explorer_shown_get_moments (shown, row->index, &mean, &sd, NULL))
    add_to_range (row, shown, EXPLORER_COLUMN_SPREAD, sd);
}

static PisdColormap
choose_map (const ExplorerShown *shown, ExplorerColumn column)
{
  switch (column)
    {
    case EXPLORER_COLUMN_ERROR:
      return get_mode (shown) == PISD_RANGE_FIXED ? get_map (shown) : PISD_COLORMAP_DIVERGING;
    case EXPLORER_COLUMN_SPREAD:
      return PISD_COLORMAP_VIRIDIS;
    case EXPLORER_COLUMN_STANDARDIZED:
      return PISD_COLORMAP_DIVERGING;
    default:
      return get_map (shown);
    }
}

void
explorer_field_row_get_colors (const ExplorerFieldRow *row,
                               const ExplorerShown *shown,
                               ExplorerColumn column,
                               PisdPanel *panel)
{
  const PisdColorRange *range =
      explorer_ranges_get (&row->ranges, column, explorer_shown_is_noisy (shown), get_mode (shown));

  panel->map = choose_map (shown, column);
  panel->min = range->valid ? range->min : -1;
  panel->max = range->valid ? range->max : 1;
}

static gboolean
is_own (const ExplorerFieldRow *row, ExplorerColumn column)
{
  return explorer_pane_is_own (&row->panes[column], column);
}

static void
set_colors (ExplorerFieldRow *row, const ExplorerShown *shown, ExplorerColumn column)
{
  PisdPanel panel;

  if (!is_own (row, column))
    return;
  explorer_field_row_get_colors (row, shown, column, &panel);
  explorer_field_view_set_colors (row->views[column], panel.map, panel.min, panel.max);
}

static void
color_columns (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    if (c != EXPLORER_COLUMN_TRUTH)
      set_colors (row, shown, c);
}

static void
show_title (ExplorerFieldRow *row, const ExplorerShown *shown, ExplorerColumn column)
{
  g_autofree char *title = explorer_field_row_dup_title (row, shown, column, FALSE);
  g_autofree char *brief = explorer_field_row_dup_title (row, shown, column, TRUE);

  explorer_field_view_set_title (row->views[column], title, brief);
}

/* Columns. */

/* field: with all its frames; NULL: there is none, and `note` says why. */
static void
show (ExplorerFieldRow *row,
      const ExplorerShown *shown,
      ExplorerColumn column,
      const PisdField *field,
      const char *note)
{
  if (!is_own (row, column))
    return;
  show_title (row, shown, column);
  if (field == NULL)
    explorer_field_view_set_field (row->views[column], NULL, note);
  else
    {
      const PisdField frame = pisd_field_get_frame (field, row->frame);

      explorer_field_view_set_field (row->views[column], &frame, note);
    }
}

static void
show_estimate (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  show (row, shown, EXPLORER_COLUMN_ESTIMATE, row->has_estimate ? row->estimate : NULL,
        _ ("Press Run"));
}

void
explorer_field_row_show_exact (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdExact *exact = shown->exact;

  show (row, shown, EXPLORER_COLUMN_EXACT, exact == NULL ? NULL : exact->mean[row->index],
        _ ("Being computed"));
}

static void
show_state (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  show (row, shown, EXPLORER_COLUMN_STATE, row->has_state ? row->state : NULL, _ ("Press Run"));
}

static void
show_error (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  show (row, shown, EXPLORER_COLUMN_ERROR, row->has_error ? row->error : NULL,
        explorer_shown_get_error_note (shown));
}

static void
show_spread (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const PisdField *mean, *sd;
  const gboolean known = explorer_shown_get_moments (shown, row->index, &mean, &sd, NULL);

  show (row, shown, EXPLORER_COLUMN_SPREAD, known ? sd : NULL, _ ("Needs two samples or more"));
}

static void
show_standardized (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const gboolean has_truth = explorer_shown_get_truth (shown, row->info->id) != NULL;

  show (row, shown, EXPLORER_COLUMN_STANDARDIZED, row->has_standardized ? row->standardized : NULL,
        has_truth ? _ ("Needs two samples or more") : explorer_shown_get_error_note (shown));
}

static void
show_columns (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  show_estimate (row, shown);
  show_state (row, shown);
  show_error (row, shown);
  explorer_field_row_show_exact (row, shown);
  show_spread (row, shown);
  show_standardized (row, shown);
}

void
explorer_field_row_update (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  row->frame = explorer_flow_find_frame (shown->flow, row->info);
  fill_estimate (row, shown);
  fill_state (row, shown);
  subtract (row, shown);
  standardize (row, shown);
  update_ranges (row, shown);
}

void
explorer_field_row_widen (ExplorerFieldRow *row,
                          const ExplorerShown *shown,
                          ExplorerColumn column,
                          const PisdField *field)
{
  const gboolean noisy = column == EXPLORER_COLUMN_ESTIMATE && explorer_shown_is_noisy (shown);

  explorer_ranges_widen (&row->ranges, column, noisy, get_mode (shown),
                         get_map (shown) == PISD_COLORMAP_DIVERGING, field);
}

void
explorer_field_row_show (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  show_columns (row, shown);
  color_columns (row, shown);
}

gboolean
explorer_field_row_update_frame (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const guint frame = explorer_flow_find_frame (shown->flow, row->info);

  if (frame == row->frame)
    return FALSE;
  row->frame = frame;
  show_columns (row, shown);
  explorer_field_row_show_truth (row, shown);
  return TRUE;
}

void
explorer_field_row_show_mark (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  const char *mark = explorer_shown_get_mark (shown);

  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_field_view_set_mark (
        row->views[c], pisd_quantity_is_of_run (row->panes[c].pick.quantity) ? mark : NULL);
}

void
explorer_field_row_show_truth (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  show (row, shown, EXPLORER_COLUMN_TRUTH, explorer_shown_get_truth (shown, row->info->id),
        _ ("The truth is not known"));
}

void
explorer_field_row_color_truth (ExplorerFieldRow *row, const ExplorerShown *shown)
{
  set_colors (row, shown, EXPLORER_COLUMN_TRUTH);
}
