#include "cli-show.h"

#include <math.h>

#include "cli-common.h"
#include "pisd-calibration.h"
#include "pisd-color-range.h"
#include "pisd-mode-map.h"
#include "pisd-solver.h"

/* As in the window. */
#define STANDARDIZED_RANGE 3.0

static gboolean
fail (GError **error, const char *words, const char *text)
{
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_OPTION, "--show: %s%s", words, text);
  return FALSE;
}

static gboolean
needs_steps (PisdQuantity quantity)
{
  return quantity == PISD_QUANTITY_STATE || pisd_quantity_is_of_guidance (quantity);
}

gboolean
cli_show_parse (const char *text, PisdProblemId problem, CliShow *show, GError **error)
{
  g_auto (GStrv) keys = g_strsplit (text, ",", -1);

  for (guint k = 0; keys[k] != NULL; k++)
    {
      g_autoptr (GError) own = NULL;

      if (k == CLI_MAX_SHOW)
        return fail (error, "got more than 8 columns, expected at most as many", "");
      if (!pisd_pick_parse (keys[k], pisd_operator_get (problem), &show->picks[k], &own))
        return fail (error, own->message, "");
      if (needs_steps (show->picks[k].quantity))
        return fail (error,
                     "expected what a result has; `pisd inspect` shows what is of a step, got ",
                     keys[k]);
      show->n = k + 1;
    }
  return TRUE;
}

/* Fields, with all their frames. */

static const PisdField *
keep (const CliShown *shown, PisdField *field)
{
  g_ptr_array_add (shown->fields, field);
  return field;
}

static const PisdField *
find_truth (const CliShown *shown, guint f)
{
  return shown->scenario->instance == NULL
             ? NULL
             : pisd_instance_get_fields (shown->scenario->instance)[f];
}

static PisdField *
find_estimate (const CliShown *shown, guint f)
{
  return shown->estimates != NULL && shown->estimates[f] != NULL ? shown->estimates[f]
                                                                 : shown->result->mean[f];
}

static const PisdField *
make_error (const CliShown *shown, guint f)
{
  const PisdField *truth = find_truth (shown, f);
  PisdField *error;

  if (truth == NULL)
    return NULL;
  error = pisd_field_dup (find_estimate (shown, f));
  for (gsize i = 0; i < pisd_field_get_n (error); i++)
    error->data[i] -= truth->data[i];
  return keep (shown, error);
}

static const PisdField *
make_standardized (const CliShown *shown, guint f)
{
  const PisdResult *result = shown->result;
  const PisdField *truth = find_truth (shown, f);
  PisdField *out;

  if (truth == NULL || !pisd_result_has_spread (result))
    return NULL;
  out = pisd_field_dup (truth);
  pisd_calibration (truth, result->mean[f], result->sd[f], pisd_result_count_estimating (result),
                    out);
  return keep (shown, out);
}

static const PisdField *
make_residual (const CliShown *shown)
{
  const PisdEquation equation = pisd_settings_get_equation (&shown->result->settings);
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);
  PisdField *fields[PISD_MAX_FIELDS], *out;

  for (guint f = 0; f < shown->result->n_fields; f++)
    fields[f] = find_estimate (shown, f);
  out = pisd_field_dup (fields[shown->result->n_fields - 1]);
  pisd_solver_residual (solver, PISD_SPECTRAL, fields, out);
  return keep (shown, out);
}

/* What guides the step, as far as there is such a thing. */
static const PisdField *
make_guidance (const CliShown *shown, PisdQuantity quantity, guint f)
{
  const guint which = pisd_quantity_get_vector (quantity);
  g_autoptr (PisdField) out = NULL;

  if (shown->inspection == NULL || !pisd_inspection_has_vector (shown->inspection, which))
    return NULL;
  out = pisd_field_dup (shown->result->mean[f]);
  if (!pisd_inspector_decode (shown->inspector,
                              pisd_inspection_get_vector (shown->inspection, which), f, out))
    return NULL;
  return keep (shown, g_steal_pointer (&out));
}

static const PisdField *
find_whole (const CliShown *shown, PisdQuantity quantity, guint f)
{
  switch (quantity)
    {
    case PISD_QUANTITY_ESTIMATE:
      return find_estimate (shown, f);
    case PISD_QUANTITY_STATE:
      return shown->states == NULL ? NULL : shown->states[f];
    case PISD_QUANTITY_TRUTH:
      return find_truth (shown, f);
    case PISD_QUANTITY_EXACT:
      return shown->exact == NULL ? NULL : shown->exact->mean[f];
    case PISD_QUANTITY_ERROR:
      return make_error (shown, f);
    case PISD_QUANTITY_SPREAD:
      return pisd_result_has_spread (shown->result) ? shown->result->sd[f] : NULL;
    case PISD_QUANTITY_STANDARDIZED:
      return make_standardized (shown, f);
    case PISD_QUANTITY_RESIDUAL:
      return make_residual (shown);
    default:
      return make_guidance (shown, quantity, f);
    }
}

/* Estimate, truth and exact share the range of the truth, or of the estimate. */
static double
get_limit (const CliShown *shown, PisdQuantity quantity, guint f, const PisdField *whole)
{
  const PisdField *truth = find_truth (shown, f);

  if (quantity == PISD_QUANTITY_STANDARDIZED)
    return STANDARDIZED_RANGE;
  if (!pisd_quantity_is_field (quantity))
    return pisd_field_get_largest (whole);
  return pisd_field_get_largest (truth == NULL ? find_estimate (shown, f) : truth);
}

static void
set_range (const CliShown *shown,
           PisdQuantity quantity,
           guint f,
           const PisdField *whole,
           PisdPanel *panel)
{
  const gboolean is_signed = pisd_quantity_is_signed (quantity);
  const double limit = get_limit (shown, quantity, f, whole);

  panel->map = is_signed ? PISD_COLORMAP_DIVERGING : PISD_COLORMAP_VIRIDIS;
  panel->max = limit > 0.0 ? limit : 1.0;
  panel->min = is_signed ? -panel->max : 0.0;
}

/* Of the modes that the run's settings keep. */
static void
set_modes (const CliShown *shown, PisdQuantity quantity, guint f, PisdPanel *panel)
{
  const guint field = quantity == PISD_QUANTITY_RESIDUAL ? shown->result->n_fields - 1 : f;
  g_autoptr (PisdRepresentation) representation =
      pisd_representation_new (&shown->result->settings, NULL);
  g_autoptr (PisdModeMap) map = NULL;
  PisdField *out;

  panel->basis = pisd_representation_get_basis (representation, field);
  map = pisd_mode_map_new (pisd_representation_get_modes (representation, field), panel->basis);
  out = pisd_field_new (pisd_mode_map_get_side (map), pisd_mode_map_get_side (map));
  pisd_mode_map_fill (map, panel->field->data, out->data);
  panel->field = keep (shown, out);
  panel->of_modes = TRUE;
  panel->map = PISD_COLORMAP_VIRIDIS;
  pisd_mode_map_get_range (out, &panel->min, &panel->max);
}

PisdPanel
cli_show_make_panel (const CliShown *shown, const PisdPick *pick, guint number)
{
  const PisdOperator *problem = pisd_operator_get (shown->result->settings.problem);
  g_autofree char *symbol = NULL;
  const PisdField *whole;
  PisdPanel panel = { 0 };
  PisdField frame;
  guint f, n;

  pisd_operator_get_frame (problem, number, &f, &n);
  symbol = pisd_field_info_dup_symbol (&problem->fields[f], n);
  panel.title = pisd_pick_dup_title (pick, problem, symbol);
  g_ptr_array_add (shown->titles, (gpointer) panel.title);
  panel.note = pisd_quantity_get_lack (pick->quantity);
  panel.sensor_info = &problem->fields[f];
  panel.sensor_frame = n;
  whole = find_whole (shown, pick->quantity, f);
  if (whole == NULL)
    return panel;
  frame = pisd_field_get_frame (whole, MIN (n, pisd_field_count_frames (whole) - 1));
  panel.field = keep (shown, pisd_field_dup (&frame));
  panel.sensors =
      pick->quantity == PISD_QUANTITY_ESTIMATE && !pick->of_modes ? shown->scenario->sensors : NULL;
  if (problem->fields[f].is_vorticity && pisd_quantity_is_field (pick->quantity))
    panel.flow = shown->flow;
  set_range (shown, pick->quantity, f, whole, &panel);
  if (pick->of_modes)
    set_modes (shown, pick->quantity, f, &panel);
  return panel;
}
