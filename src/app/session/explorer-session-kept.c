/* Runs that are kept beside the one shown: part of explorer-session.h. */
#include "explorer-session-private.h"

#include <glib/gi18n.h>

#include "explorer-spare.h"
#include "pisd-budget.h"
#include "pisd-edit-branch.h"

/* Runs that are kept hold this share of the memory budget. */
#define SHARE_OF_BUDGET 8

gsize
explorer_session_get_runs_limit (ExplorerSession *self)
{
  return pisd_budget_get_limit () / SHARE_OF_BUDGET;
}

GPtrArray *
explorer_session_get_runs (ExplorerSession *self)
{
  return self->runs;
}

ExplorerRun *
explorer_session_get_shown_run (ExplorerSession *self)
{
  return self->run;
}

ExplorerRun *
explorer_session_find_run (ExplorerSession *self, guint id)
{
  for (guint k = 0; k < self->runs->len; k++)
    {
      ExplorerRun *run = g_ptr_array_index (self->runs, k);

      if (run->id == id)
        return run;
    }
  return NULL;
}

gboolean
explorer_session_shares_equation (ExplorerSession *self, const ExplorerRun *run)
{
  return pisd_settings_same_equation (&explorer_run_get_scenario (run)->settings,
                                      &self->scenario->settings);
}

gsize
explorer_session_get_runs_bytes (ExplorerSession *self)
{
  gsize n = 0;

  for (guint k = 0; k < self->runs->len; k++)
    n += explorer_run_get_bytes (g_ptr_array_index (self->runs, k));
  return n;
}

PisdFrame *
explorer_session_dup_fork (ExplorerSession *self, guint step)
{
  const ExplorerRun *run = self->run;

  while (run != NULL && run->origin != 0 && run->branch_step != step)
    run = explorer_session_find_run (self, run->origin);
  return run == NULL || run->origin == 0 ? NULL : explorer_job_dup_fork (run->job);
}

/* The oldest that may go; NULL: all are pinned or shown. */
static ExplorerRun *
find_oldest (ExplorerSession *self)
{
  for (guint k = 0; k < self->runs->len; k++)
    {
      ExplorerRun *run = g_ptr_array_index (self->runs, k);

      if (!run->is_pinned && run != self->run)
        return run;
    }
  return NULL;
}

void
explorer_session_keep_budget (ExplorerSession *self)
{
  const gsize limit = explorer_session_get_runs_limit (self);
  ExplorerRun *oldest = find_oldest (self);

  while (oldest != NULL && explorer_session_get_runs_bytes (self) > limit)
    {
      g_ptr_array_remove (self->runs, oldest);
      explorer_spare_soon ();
      oldest = find_oldest (self);
    }
  g_signal_emit_by_name (self, "runs-changed");
}

void
explorer_session_pin_run (ExplorerSession *self, guint id, gboolean is_pinned)
{
  ExplorerRun *run = explorer_session_find_run (self, id);

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (run == NULL || run->is_pinned == is_pinned)
    return;
  run->is_pinned = is_pinned;
  explorer_session_keep_budget (self);
}

gboolean
explorer_session_drop_run (ExplorerSession *self, guint id)
{
  ExplorerRun *run = explorer_session_find_run (self, id);

  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  if (run == NULL || run == self->run)
    return FALSE;
  g_ptr_array_remove (self->runs, run);
  explorer_spare_soon ();
  g_signal_emit_by_name (self, "runs-changed");
  return TRUE;
}

void
explorer_session_drop_runs (ExplorerSession *self)
{
  for (guint k = self->runs->len; k-- > 0;)
    {
      ExplorerRun *run = g_ptr_array_index (self->runs, k);

      if (run != self->run && !run->is_pinned)
        g_ptr_array_remove_index (self->runs, k);
    }
  explorer_spare_soon ();
  g_signal_emit_by_name (self, "runs-changed");
}

/* All that hear of a run and its newest step hear of this one. */
static void
tell_shown (ExplorerSession *self)
{
  const guint n = explorer_run_count_steps (self->run);
  g_autoptr (PisdFrame) last =
      n == 0 ? NULL : pisd_channel_dup_frame (explorer_job_get_channel (self->run->job), n - 1);

  explorer_session_update_changes (self);
  g_signal_emit_by_name (self, "run-started",
                         explorer_run_get_scenario (self->run)->settings.steps);
  if (last != NULL)
    g_signal_emit_by_name (self, "frame", last);
  g_signal_emit_by_name (self, "run-finished");
  g_signal_emit_by_name (self, "runs-changed");
}

gboolean
explorer_session_show_run (ExplorerSession *self, guint id)
{
  ExplorerRun *run = explorer_session_find_run (self, id);
  PisdRunCache cache = { 0 };

  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  if (run == NULL || run == self->run)
    return FALSE;
  explorer_session_leave_run (self, &cache);
  explorer_job_give_cache (run->job, &cache);
  self->run = run;
  self->job = run->job;
  explorer_session_set_state (self, FALSE, FALSE);
  explorer_job_make_representation (run->job);
  if (!explorer_session_shares_equation (self, run))
    explorer_session_set_scenario (self, pisd_scenario_dup (explorer_run_get_scenario (run)));
  tell_shown (self);
  return TRUE;
}

/* "Steps, Noise schedule": what the branch has of its run and not of the set-up. */
static void
tell_moved (ExplorerSession *self, GStrv moved)
{
  g_autoptr (GString) titles = g_string_new (NULL);
  g_autofree char *message = NULL;

  for (guint k = 0; moved[k] != NULL; k++)
    if (!g_str_equal (moved[k], "samples"))
      g_string_append_printf (titles, "%s%s", titles->len > 0 ? ", " : "",
                              _ (pisd_settings_find (moved[k])->title));
  if (g_strv_contains ((const char *const *) moved, "samples"))
    explorer_session_fail (self, _ ("A branch goes on with the one sample that was watched"));
  if (titles->len == 0)
    return;
  /* Translators: %s is a list of settings: "Steps N, Latent" */
  message = g_strdup_printf (_ ("A branch has these of its run: %s"), titles->str);
  explorer_session_fail (self, message);
}

gboolean
explorer_session_can_branch (ExplorerSession *self, guint step)
{
  const PisdSettings *run;

  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  run = explorer_session_get_run_settings (self);
  return run != NULL && step < run->steps && pisd_method_get (run->guidance)->makes_steps;
}

gboolean
explorer_session_branch (ExplorerSession *self, guint step, PisdPace pace)
{
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdBranch) branch = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) moved = NULL;

  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  if (self->run == NULL)
    return FALSE;
  scenario = pisd_scenario_dup (self->scenario);
  branch = pisd_branch_new (explorer_job_get_channel (self->job), step, &error);
  if (branch != NULL
      && pisd_edit_begin_branch (pisd_branch_get_scenario (branch), scenario, &moved, &error)
      && pisd_branch_check (branch, scenario, PISD_WORDS_TITLES, &error)
      && explorer_session_start (self, scenario, branch, pace))
    {
      tell_moved (self, moved);
      return TRUE;
    }
  if (error != NULL)
    explorer_session_fail (self, error->message);
  return FALSE;
}
