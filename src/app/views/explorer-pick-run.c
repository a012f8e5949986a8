#include "explorer-pick-run.h"

#include <glib/gi18n.h>

#include "pisd-calibration.h"

const ExplorerRun *
explorer_pick_find_run (const ExplorerShown *shown, const ExplorerPane *pane)
{
  ExplorerSession *session = shown->session;
  const ExplorerRun *run;

  if (!pane->is_split || pane->run == EXPLORER_PANE_THIS_RUN)
    return NULL;
  run = explorer_session_find_run (session, pane->run);
  return run == NULL || run == explorer_session_get_shown_run (session)
                 || !explorer_session_shares_equation (session, run)
             ? NULL
             : run;
}

guint
explorer_pick_find_step (const ExplorerShown *shown,
                         const ExplorerPane *pane,
                         const ExplorerRun *run)
{
  const PisdFrame *frame = shown->frame;

  if (pane->step != EXPLORER_PANE_THIS_STEP)
    return (guint) pane->step;
  return explorer_run_find_step (run, frame == NULL ? 1.0 : (double) frame->step / frame->n_steps);
}

gboolean
explorer_pick_is_of_runs (PisdQuantity quantity)
{
  return quantity != PISD_QUANTITY_EXACT && !pisd_quantity_is_of_guidance (quantity);
}

static const PisdField *
get_truth (const ExplorerRun *run, const ExplorerFieldRow *row)
{
  return pisd_scenario_get_truth (explorer_run_get_scenario (run), row->info->id);
}

/* estimate - truth */
static gboolean
fill_error (const ExplorerFieldRow *row, const ExplorerRun *run, guint step, PisdField *out)
{
  const PisdField *truth = get_truth (run, row);

  if (truth == NULL || !explorer_run_decode (run, step, row->index, out))
    return FALSE;
  for (gsize i = 0; i < pisd_field_get_n (truth); i++)
    out->data[i] -= truth->data[i];
  return TRUE;
}

/* Of all samples, at whatever step. */
static gboolean
fill_spread (const ExplorerFieldRow *row,
             const ExplorerRun *run,
             gboolean standardized,
             PisdField *out)
{
  const PisdResult *result = explorer_job_get_result (run->job);
  const PisdField *truth = get_truth (run, row);

  if (result == NULL || !pisd_result_has_spread (result) || (standardized && truth == NULL))
    return FALSE;
  if (standardized)
    pisd_calibration (truth, result->mean[row->index], result->sd[row->index],
                      pisd_result_count_estimating (result), out);
  else
    pisd_field_copy (result->sd[row->index], out);
  return TRUE;
}

static gboolean
fill_residual (const ExplorerShowing *s, const ExplorerRun *run, guint step, PisdField *out)
{
  const PisdEquation equation =
      pisd_settings_get_equation (&explorer_run_get_scenario (run)->settings);
  PisdSolver *solver = explorer_pick_prepare_solver (s->picks, &equation);
  PisdField *fields[PISD_MAX_FIELDS] = { NULL };
  gboolean ok = solver != NULL;

  for (guint k = 0; k < s->n; k++)
    {
      fields[k] = pisd_field_info_new_field (s->rows[k].info);
      ok = ok && explorer_run_decode (run, step, k, fields[k]);
    }
  if (ok)
    pisd_solver_residual (solver, PISD_SPECTRAL, fields, out);
  for (guint k = 0; k < s->n; k++)
    pisd_field_free (fields[k]);
  return ok;
}

static gboolean
fill (const ExplorerShowing *s,
      const ExplorerFieldRow *row,
      const ExplorerRun *run,
      guint step,
      PisdQuantity quantity,
      PisdField *out)
{
  switch (quantity)
    {
    case PISD_QUANTITY_ESTIMATE:
      return explorer_run_decode (run, step, row->index, out);
    case PISD_QUANTITY_STATE:
      return explorer_run_decode_state (run, step, row->index, out);
    case PISD_QUANTITY_ERROR:
      return fill_error (row, run, step, out);
    case PISD_QUANTITY_SPREAD:
    case PISD_QUANTITY_STANDARDIZED:
      return fill_spread (row, run, quantity == PISD_QUANTITY_STANDARDIZED, out);
    default:
      return fill_residual (s, run, step, out);
    }
}

static gboolean
is_kept (const ExplorerPicks *picks, const ExplorerDecoded *of)
{
  const ExplorerDecoded *kept = &picks->kept_of;

  return picks->kept != NULL && kept->run == of->run && kept->step == of->step
         && kept->row == of->row && kept->quantity == of->quantity && kept->is_over == of->is_over;
}

/* Once for the range of its column and for the picture, and while another run's steps go by. */
const PisdField *
explorer_pick_decode (const ExplorerShowing *s,
                      const ExplorerFieldRow *row,
                      const ExplorerRun *run,
                      guint step,
                      PisdQuantity quantity)
{
  const guint field = quantity == PISD_QUANTITY_RESIDUAL ? s->n - 1 : row->index;
  const ExplorerDecoded of = { run->id, step, row->index, quantity,
                               explorer_job_get_result (run->job) != NULL };
  ExplorerPicks *picks = s->picks;

  if (quantity == PISD_QUANTITY_TRUTH)
    return get_truth (run, row);
  if (is_kept (picks, &of))
    return picks->kept;
  g_clear_pointer (&picks->kept, pisd_field_free);
  picks->kept = pisd_field_info_new_field (s->rows[field].info);
  picks->kept_of = of;
  if (!fill (s, row, run, step, quantity, picks->kept))
    g_clear_pointer (&picks->kept, pisd_field_free);
  return picks->kept;
}

const char *
explorer_pick_get_lack_of_run (const ExplorerRun *run, PisdQuantity quantity)
{
  if (!explorer_pick_is_of_runs (quantity))
    return _ ("Only of the run shown");
  if (explorer_run_get_scenario (run)->instance == NULL
      && (quantity == PISD_QUANTITY_TRUTH || quantity == PISD_QUANTITY_ERROR
          || quantity == PISD_QUANTITY_STANDARDIZED))
    return pisd_quantity_get_lack (PISD_QUANTITY_TRUTH);
  if (quantity == PISD_QUANTITY_SPREAD || quantity == PISD_QUANTITY_STANDARDIZED)
    return pisd_quantity_get_lack (quantity);
  return _ ("Nothing yet");
}
