#include "explorer-pick-panel.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-pick-run.h"

/* Fields. */

/* The run's thread has it until there is a frame. */
static PisdRepresentation *
get_representation (const ExplorerShown *shown)
{
  return explorer_session_has_run (shown->session)
                 && explorer_session_get_n_frames (shown->session) > 0
             ? explorer_session_get_representation (shown->session)
             : NULL;
}

PisdSolver *
explorer_pick_prepare_solver (ExplorerPicks *picks, const PisdEquation *equation)
{
  if (picks->solver != NULL && pisd_equation_equal (&picks->equation, equation))
    return picks->solver;
  if (!pisd_equation_check (equation, NULL))
    return NULL;
  g_clear_pointer (&picks->solver, pisd_solver_free);
  g_clear_pointer (&picks->residual, pisd_field_free);
  picks->solver = pisd_solver_new (equation);
  picks->equation = *equation;
  return picks->solver;
}

/* Of the estimates of all fields, once a showing. */
static const PisdField *
find_residual (const ExplorerShowing *s)
{
  PisdRepresentation *representation = get_representation (s->shown);
  ExplorerPicks *picks = s->picks;
  PisdField *fields[PISD_MAX_FIELDS];

  if (picks->has_residual)
    return picks->residual;
  if (representation == NULL
      || explorer_pick_prepare_solver (picks, pisd_representation_get_equation (representation))
             == NULL)
    return NULL;
  for (guint k = 0; k < s->n; k++)
    {
      if (!s->rows[k].has_estimate)
        return NULL;
      fields[k] = s->rows[k].estimate;
    }
  if (picks->residual == NULL)
    picks->residual = pisd_field_info_new_field (s->rows[s->n - 1].info);
  pisd_solver_residual (picks->solver, PISD_SPECTRAL, fields, picks->residual);
  picks->has_residual = TRUE;
  return picks->residual;
}

/* The step that starts at the frame, or before the last one. */
static ExplorerInspection *
dup_inspection (const ExplorerShowing *s, guint frame)
{
  ExplorerInspector *inspector = s->picks->inspector;

  if (inspector == NULL || explorer_inspector_get_note (inspector) != NULL)
    return NULL;
  return explorer_inspector_ask (inspector, explorer_inspector_find_step (inspector, frame));
}

/* Words for what guidance lacks; NULL: nothing. */
static const char *
find_guidance_note (const ExplorerShowing *s, const ExplorerInspection *inspection, guint vector)
{
  const char *note =
      s->picks->inspector == NULL ? NULL : explorer_inspector_get_note (s->picks->inspector);

  if (note != NULL)
    return note;
  if (inspection == NULL)
    return _ ("Being computed");
  return pisd_inspection_has_vector (inspection->inspection, vector)
             ? NULL
             : _ ("Nothing of it guides this step");
}

/* Whether the frame is one of the run that is shown. */
gboolean
explorer_pick_has_frame (const ExplorerShown *shown)
{
  return shown->frame != NULL && explorer_session_has_run (shown->session)
         && shown->frame->run_id == explorer_session_get_run_id (shown->session);
}

/* A field of one step that is kept. */
static const PisdField *
decode_kept (const ExplorerShowing *s,
             const ExplorerFieldRow *row,
             PisdQuantity quantity,
             guint step)
{
  if (!explorer_session_has_run (s->shown->session)
      || (quantity == PISD_QUANTITY_ERROR && !explorer_shown_is_run_of_this_truth (s->shown)))
    return NULL;
  return explorer_pick_decode (s, row, explorer_session_get_shown_run (s->shown->session), step,
                               quantity);
}

gboolean
explorer_pick_depends_on_step (PisdQuantity quantity)
{
  return quantity == PISD_QUANTITY_ESTIMATE || quantity == PISD_QUANTITY_STATE
         || quantity == PISD_QUANTITY_ERROR || pisd_quantity_is_of_guidance (quantity);
}

/* With all frames; NULL: there is none. */
const PisdField *
explorer_pick_find_field (const ExplorerShowing *s,
                          const ExplorerFieldRow *row,
                          PisdQuantity quantity)
{
  const PisdField *mean, *sd;

  switch (quantity)
    {
    case PISD_QUANTITY_ESTIMATE:
      return row->has_estimate ? row->estimate : NULL;
    case PISD_QUANTITY_TRUTH:
      return explorer_shown_get_truth (s->shown, row->info->id);
    case PISD_QUANTITY_EXACT:
      return s->shown->exact == NULL ? NULL : s->shown->exact->mean[row->index];
    case PISD_QUANTITY_ERROR:
      return row->has_error ? row->error : NULL;
    case PISD_QUANTITY_SPREAD:
      return explorer_shown_get_moments (s->shown, row->index, &mean, &sd, NULL) ? sd : NULL;
    case PISD_QUANTITY_STANDARDIZED:
      return row->has_standardized ? row->standardized : NULL;
    case PISD_QUANTITY_STATE:
      return row->has_state ? row->state : NULL;
    default:
      return find_residual (s);
    }
}

/* Of the first frame where there is but one. */
static PisdField
get_frame (const PisdField *whole, guint frame)
{
  return pisd_field_get_frame (whole, MIN (frame, pisd_field_count_frames (whole) - 1));
}

const char *
explorer_pick_get_lack (const ExplorerShowing *s, PisdQuantity quantity)
{
  return quantity == PISD_QUANTITY_ERROR ? explorer_shown_get_error_note (s->shown)
                                         : pisd_quantity_get_lack (quantity);
}

/* Colours. */

static void
set_symmetric (PisdPanel *panel, const PisdField *whole)
{
  panel->map = PISD_COLORMAP_DIVERGING;
  pisd_color_get_symmetric (whole, &panel->min, &panel->max);
}

static void
set_decades (PisdPanel *panel)
{
  panel->map = PISD_COLORMAP_VIRIDIS;
  pisd_mode_map_get_range (panel->field, &panel->min, &panel->max);
}

/* What a column is named for has that column's range. */
static void
fill_colors (const ExplorerShowing *s,
             const ExplorerFieldRow *row,
             PisdQuantity quantity,
             const PisdField *whole,
             PisdPanel *panel)
{
  if (quantity < (PisdQuantity) EXPLORER_N_COLUMNS)
    explorer_field_row_get_colors (row, s->shown, (ExplorerColumn) quantity, panel);
  else
    set_symmetric (panel, whole);
}

/* Modes. */

/* The field whose modes a quantity of a row has. */
static guint
get_modes_of (const ExplorerShowing *s, const ExplorerFieldRow *row, PisdQuantity quantity)
{
  return quantity == PISD_QUANTITY_RESIDUAL ? s->n - 1 : row->index;
}

static PisdModeMap *
prepare_map (ExplorerPicks *picks, PisdRepresentation *representation, guint field)
{
  const PisdModes *modes = pisd_representation_get_modes (representation, field);
  const PisdBasis basis = pisd_representation_get_basis (representation, field);

  if (picks->maps[field] != NULL && !pisd_mode_map_is_of (picks->maps[field], modes, basis))
    g_clear_pointer (&picks->maps[field], pisd_mode_map_free);
  if (picks->maps[field] == NULL)
    picks->maps[field] = pisd_mode_map_new (modes, basis);
  return picks->maps[field];
}

/* A square of that side that is the picks' own. */
static PisdField *
take_map (ExplorerPicks *picks, guint side)
{
  if (picks->map != NULL && picks->map->nx != side)
    g_clear_pointer (&picks->map, pisd_field_free);
  if (picks->map == NULL)
    picks->map = pisd_field_new (side, side);
  return picks->map;
}

/* FALSE: nobody has said which modes are kept. */
static gboolean
fill_modes (const ExplorerShowing *s, guint field, const PisdField *frame, PisdPanel *panel)
{
  PisdRepresentation *representation = get_representation (s->shown);
  PisdModeMap *map;
  PisdField *out;

  if (representation == NULL)
    return FALSE;
  map = prepare_map (s->picks, representation, field);
  out = take_map (s->picks, pisd_mode_map_get_side (map));
  pisd_mode_map_fill (map, frame->data, out->data);
  panel->field = out;
  panel->basis = pisd_representation_get_basis (representation, field);
  set_decades (panel);
  return TRUE;
}

/* Panels. */

static void
fill_field_panel (const ExplorerShowing *s,
                  const ExplorerFieldRow *row,
                  const PisdPick *pick,
                  const PisdField *whole,
                  PisdField *frame,
                  PisdPanel *panel)
{
  const PisdQuantity quantity = pick->quantity;

  panel->note = explorer_pick_get_lack (s, quantity);
  if (whole == NULL)
    return;
  *frame = get_frame (whole, row->frame);
  panel->field = frame;
  if (!pick->of_modes)
    fill_colors (s, row, quantity, whole, panel);
  else if (!fill_modes (s, get_modes_of (s, row, quantity), frame, panel))
    {
      panel->field = NULL;
      panel->note = _ ("Press Run");
    }
}

static void
fill_guidance_field (const ExplorerShowing *s,
                     const ExplorerFieldRow *row,
                     const PisdPick *pick,
                     const ExplorerInspection *inspection,
                     PisdField *frame,
                     PisdPanel *panel)
{
  const guint vector = pisd_quantity_get_vector (pick->quantity);
  const PisdField *whole =
      (pick->of_modes ? inspection->maps : inspection->fields)[vector][row->index];

  panel->note = _ ("No latent holds this field");
  if (whole == NULL)
    return;
  *frame = pisd_field_get_frame (whole, row->frame);
  panel->field = frame;
  panel->basis = row->info->basis;
  if (pick->of_modes)
    set_decades (panel);
  else
    set_symmetric (panel, whole);
}

/* *held: keeps what the panel borrows. */
static void
fill_guidance_panel (const ExplorerShowing *s,
                     const ExplorerFieldRow *row,
                     const PisdPick *pick,
                     int step,
                     ExplorerInspection **held,
                     PisdField *frame,
                     PisdPanel *panel)
{
  const guint shown = step >= 0                 ? (guint) step
                      : s->shown->frame == NULL ? 0
                                                : s->shown->frame->step;
  const guint vector = pisd_quantity_get_vector (pick->quantity);

  panel->note = pisd_quantity_get_lack (PISD_QUANTITY_ESTIMATE);
  if (!explorer_pick_has_frame (s->shown))
    return;
  *held = dup_inspection (s, shown);
  panel->note = find_guidance_note (s, *held, vector);
  if (panel->note == NULL)
    fill_guidance_field (s, row, pick, *held, frame, panel);
}

/* Of another run than the one shown.  Its sensors are told where they are others. */
static void
fill_run_panel (const ExplorerShowing *s,
                const ExplorerFieldRow *row,
                const ExplorerPane *pane,
                const ExplorerRun *run,
                PisdField *frame,
                PisdPanel *panel)
{
  const PisdQuantity quantity = pane->beside.quantity;
  const PisdSensors *sensors = explorer_run_get_scenario (run)->sensors;
  const guint step = explorer_pick_find_step (s->shown, pane, run);

  if (!pane->beside.of_modes
      && !pisd_sensors_equal (sensors, explorer_shown_get_scenario (s->shown)->sensors))
    {
      panel->sensors = sensors;
      panel->sensor_info = row->info;
      panel->sensor_frame = row->frame;
    }
  if (explorer_pick_is_of_runs (quantity))
    fill_field_panel (s, row, &pane->beside, explorer_pick_decode (s, row, run, step, quantity),
                      frame, panel);
  if (panel->field == NULL)
    panel->note = explorer_pick_get_lack_of_run (run, quantity);
}

/* Of the run shown; step: as in ExplorerPane. */
static void
fill_own_panel (const ExplorerShowing *s,
                const ExplorerFieldRow *row,
                const PisdPick *pick,
                int step,
                ExplorerInspection **held,
                PisdField *frame,
                PisdPanel *panel)
{
  const PisdQuantity quantity = pick->quantity;

  if (pisd_quantity_is_of_run (quantity))
    panel->mark = explorer_shown_get_mark (s->shown);
  if (pisd_quantity_is_of_guidance (quantity))
    fill_guidance_panel (s, row, pick, step, held, frame, panel);
  else if (step >= 0 && explorer_pick_depends_on_step (quantity))
    fill_field_panel (s, row, pick, decode_kept (s, row, quantity, (guint) step), frame, panel);
  else
    fill_field_panel (s, row, pick, explorer_pick_find_field (s, row, quantity), frame, panel);
}

void
explorer_pick_fill_panel (const ExplorerShowing *s,
                          const ExplorerFieldRow *row,
                          const ExplorerPane *pane,
                          gboolean is_right,
                          ExplorerInspection **held,
                          PisdField *frame,
                          PisdPanel *panel)
{
  const PisdPick *pick = is_right ? &pane->beside : &pane->pick;
  const ExplorerRun *run = is_right ? explorer_pick_find_run (s->shown, pane) : NULL;

  *panel = (PisdPanel){ .of_modes = pick->of_modes, .min = -1.0, .max = 1.0 };
  if (row->info->is_vorticity && pisd_quantity_is_field (pick->quantity) && !pick->of_modes)
    panel->flow = (PisdFlow) explorer_preferences_get (s->shown->preferences, "flow-lines");
  if (run != NULL)
    fill_run_panel (s, row, pane, run, frame, panel);
  else
    fill_own_panel (s, row, pick, is_right ? pane->step : EXPLORER_PANE_THIS_STEP, held, frame,
                    panel);
}
