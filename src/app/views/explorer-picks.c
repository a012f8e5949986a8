#include "explorer-pick-run.h"

#include <glib/gi18n.h>

void
explorer_picks_clear (ExplorerPicks *picks)
{
  if (picks->watches)
    explorer_inspector_end (picks->inspector, FALSE);
  picks->watches = FALSE;
  g_clear_object (&picks->inspector);
  g_clear_pointer (&picks->solver, pisd_solver_free);
  g_clear_pointer (&picks->residual, pisd_field_free);
  g_clear_pointer (&picks->map, pisd_field_free);
  g_clear_pointer (&picks->kept, pisd_field_free);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    g_clear_pointer (&picks->maps[f], pisd_mode_map_free);
}

void
explorer_picks_set_inspector (ExplorerPicks *picks, ExplorerInspector *inspector)
{
  g_return_if_fail (picks->inspector == NULL);
  picks->inspector = g_object_ref (inspector);
}

/* Whoever looks at guidance says so; what nobody looks at costs nothing. */
static void
watch (const ExplorerShowing *s)
{
  gboolean wanted = FALSE;

  for (guint k = 0; k < s->n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      for (PisdQuantity q = PISD_QUANTITY_READINGS; q < PISD_N_QUANTITIES; q++)
        wanted = wanted || explorer_pane_has (&s->rows[k].panes[c], q);
  if (s->picks->inspector == NULL || wanted == s->picks->watches)
    return;
  s->picks->watches = wanted;
  (wanted ? explorer_inspector_begin : explorer_inspector_end) (s->picks->inspector, FALSE);
}

/* Titles. */

static char *
dup_side_title (const ExplorerShowing *s,
                const ExplorerFieldRow *row,
                const PisdPick *pick,
                int step,
                gboolean brief)
{
  g_autofree char *name = explorer_field_row_dup_name (row, brief);
  g_autofree char *title = NULL;

  if (pick->quantity < (PisdQuantity) EXPLORER_N_COLUMNS && !pick->of_modes)
    title = explorer_field_row_dup_title (row, s->shown, (ExplorerColumn) pick->quantity, brief);
  else
    title = pisd_pick_dup_title (pick, s->problem, name);
  if (step >= 0 && explorer_pick_depends_on_step (pick->quantity))
    return g_strdup_printf (_ ("%s, step %d"), title, step);
  return g_steal_pointer (&title);
}

/* "a, estimate, step 12" */
static char *
dup_run_title (const ExplorerShowing *s,
               const ExplorerFieldRow *row,
               const ExplorerPane *pane,
               const ExplorerRun *run)
{
  const PisdQuantity quantity = pane->beside.quantity;
  g_autofree char *name = explorer_field_row_dup_name (row, TRUE);
  g_autofree char *title = pisd_pick_dup_title (&pane->beside, s->problem, name);

  if (!explorer_pick_depends_on_step (quantity))
    return g_steal_pointer (&title);
  return g_strdup_printf (_ ("%s, step %u"), title, explorer_pick_find_step (s->shown, pane, run));
}

/* "run 3", "run 3 (PISD, 300 steps, seed 1)" */
static char *
dup_run_name (const ExplorerRun *run, gboolean brief)
{
  g_autofree char *name = NULL;

  if (brief)
    return g_strdup_printf (_ ("run %u"), run->id);
  name = explorer_run_dup_name (run, FALSE);
  return g_strdup_printf (_ ("run %u (%s)"), run->id, name);
}

/* "a, estimate", "run 3: a, estimate, step 12"; where the run has gone the one shown stands in. */
static char *
dup_right_title (const ExplorerShowing *s,
                 const ExplorerFieldRow *row,
                 const ExplorerPane *pane,
                 gboolean brief)
{
  const ExplorerRun *run = explorer_pick_find_run (s->shown, pane);
  g_autofree char *title = run != NULL ? dup_run_title (s, row, pane, run)
                                       : dup_side_title (s, row, &pane->beside, pane->step, TRUE);
  g_autofree char *name = run == NULL ? NULL : dup_run_name (run, brief);

  if (run != NULL)
    return g_strdup_printf ("%s: %s", name, title);
  if (pane->run != EXPLORER_PANE_THIS_RUN
      && pane->run != explorer_session_get_run_id (s->shown->session))
    return g_strdup_printf (_ ("run %u is gone: %s"), pane->run, title);
  return g_steal_pointer (&title);
}

/* Both sides of a divider have brief ones. */
static void
show_split_titles (const ExplorerShowing *s, const ExplorerFieldRow *row, ExplorerColumn column)
{
  const ExplorerPane *pane = &row->panes[column];
  g_autofree char *left = dup_side_title (s, row, &pane->pick, EXPLORER_PANE_THIS_STEP, TRUE);
  g_autofree char *right = dup_right_title (s, row, pane, FALSE);
  g_autofree char *brief_right = dup_right_title (s, row, pane, TRUE);
  g_autofree char *whole = g_strdup_printf ("%s │ %s", left, right);
  g_autofree char *brief = g_strdup_printf ("%s │ %s", left, brief_right);

  explorer_field_view_set_title (row->views[column], whole, brief);
}

static void
show_titles (const ExplorerShowing *s, const ExplorerFieldRow *row, ExplorerColumn column)
{
  const PisdPick *pick = &row->panes[column].pick;
  g_autofree char *whole = dup_side_title (s, row, pick, EXPLORER_PANE_THIS_STEP, FALSE);
  g_autofree char *brief = dup_side_title (s, row, pick, EXPLORER_PANE_THIS_STEP, TRUE);

  explorer_field_view_set_title (row->views[column], whole, brief);
}

static void
show_beside (const ExplorerShowing *s, const ExplorerFieldRow *row, ExplorerColumn column)
{
  const ExplorerPane *pane = &row->panes[column];
  g_autoptr (ExplorerInspection) held = NULL;
  PisdField frame;
  PisdPanel panel;

  explorer_pick_fill_panel (s, row, pane, TRUE, &held, &frame, &panel);
  explorer_field_view_set_beside (row->views[column], &panel, pane->divider);
}

static void
show_pane (const ExplorerShowing *s, const ExplorerFieldRow *row, ExplorerColumn column)
{
  ExplorerFieldView *view = row->views[column];
  const ExplorerPane *pane = &row->panes[column];
  g_autoptr (ExplorerInspection) held = NULL;
  PisdField frame;
  PisdPanel panel;

  if (!pane->is_split)
    explorer_field_view_set_beside (view, NULL, pane->divider);
  if (explorer_pane_is_own (pane, column))
    {
      explorer_field_view_set_modes (view, FALSE, row->info->basis);
      return;
    }
  explorer_pick_fill_panel (s, row, pane, FALSE, &held, &frame, &panel);
  explorer_field_view_set_modes (view, panel.of_modes, panel.basis);
  explorer_field_view_set_field (view, panel.field, panel.note);
  explorer_field_view_set_colors (view, panel.map, panel.min, panel.max);
  explorer_field_view_set_flow (view, panel.flow);
  explorer_field_view_set_mark (view, panel.mark);
  if (pane->is_split)
    {
      show_split_titles (s, row, column);
      show_beside (s, row, column);
    }
  else
    show_titles (s, row, column);
}

static ExplorerShowing
get_showing (ExplorerPicks *picks, ExplorerFieldRow *rows, guint n, const ExplorerShown *shown)
{
  return (ExplorerShowing){
    picks, rows, n, shown, pisd_operator_get (explorer_shown_get_scenario (shown)->settings.problem)
  };
}

void
explorer_picks_show (ExplorerPicks *picks,
                     ExplorerFieldRow *rows,
                     guint n,
                     const ExplorerShown *shown)
{
  const ExplorerShowing s = get_showing (picks, rows, n, shown);

  picks->has_residual = FALSE;
  watch (&s);
  for (guint k = 0; k < n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      show_pane (&s, &rows[k], c);
}

/* What other runs show right of dividers is seen in the colours of its column. */
void
explorer_picks_widen (ExplorerPicks *picks,
                      ExplorerFieldRow *rows,
                      guint n,
                      const ExplorerShown *shown)
{
  const ExplorerShowing s = get_showing (picks, rows, n, shown);

  for (guint k = 0; k < n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      {
        const ExplorerPane *pane = &rows[k].panes[c];
        const ExplorerRun *run = explorer_pick_find_run (shown, pane);
        const PisdField *field = NULL;

        if (run != NULL && !pane->beside.of_modes
            && explorer_pick_is_of_runs (pane->beside.quantity)
            && pane->beside.quantity < (PisdQuantity) EXPLORER_N_COLUMNS)
          field = explorer_pick_decode (
              &s, &rows[k], run, explorer_pick_find_step (shown, pane, run), pane->beside.quantity);
        if (field != NULL)
          explorer_field_row_widen (&rows[k], shown, (ExplorerColumn) pane->beside.quantity, field);
      }
}

static const char *
find_lack_of_run (const ExplorerShowing *s,
                  const ExplorerFieldRow *row,
                  const ExplorerPane *pane,
                  const ExplorerRun *run,
                  PisdQuantity quantity)
{
  const guint step = explorer_pick_find_step (s->shown, pane, run);

  return explorer_pick_is_of_runs (quantity)
                 && explorer_pick_decode (s, row, run, step, quantity) != NULL
             ? NULL
             : explorer_pick_get_lack_of_run (run, quantity);
}

const char *
explorer_picks_find_lack (ExplorerPicks *picks,
                          ExplorerFieldRow *rows,
                          guint n,
                          guint row,
                          const ExplorerPane *right,
                          const ExplorerShown *shown,
                          PisdQuantity quantity)
{
  const ExplorerShowing s = get_showing (picks, rows, n, shown);
  const ExplorerRun *run = right == NULL ? NULL : explorer_pick_find_run (shown, right);

  if (run != NULL)
    return find_lack_of_run (&s, &rows[row], right, run, quantity);
  if (pisd_quantity_is_of_guidance (quantity))
    return picks->inspector == NULL ? NULL : explorer_inspector_get_note (picks->inspector);
  if (quantity == PISD_QUANTITY_STATE)
    return explorer_pick_has_frame (shown) ? NULL : explorer_pick_get_lack (&s, quantity);
  return explorer_pick_find_field (&s, &rows[row], quantity) == NULL
             ? explorer_pick_get_lack (&s, quantity)
             : NULL;
}
