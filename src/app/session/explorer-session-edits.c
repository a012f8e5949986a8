#include "explorer-session-private.h"

#include "pisd-edit-preset.h"
#include "pisd-edit-sensors.h"
#include "pisd-fit.h"

void
explorer_session_get_preset (ExplorerSession *self, PisdSettings *settings)
{
  pisd_edit_get_preset (self->scenario, settings);
}

gboolean
explorer_session_scatter (ExplorerSession *self, PisdFieldId field, guint n, guint64 seed)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_scatter (next, field, 0, n, self->noise_sd, seed, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_place_grid (ExplorerSession *self,
                             PisdFieldId field,
                             guint n_rows,
                             guint n_columns)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_place_grid (next, field, 0, n_rows, n_columns, self->noise_sd, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_place_ring (ExplorerSession *self, PisdFieldId field, guint n)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_place_ring (next, field, 0, n, self->noise_sd, &error);
  return explorer_session_conclude (self, next, error);
}

void
explorer_session_clear_sensors (ExplorerSession *self)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  pisd_sensors_clear (next->sensors);
  explorer_session_conclude (self, next, NULL);
}

/* The settings that say which truth there is go through the edits that make it. */
static gboolean
set_truth_setting (ExplorerSession *self, const PisdSettings *settings, gboolean *done)
{
  const PisdSettings *now = &self->scenario->settings;

  *done = TRUE;
  if (!pisd_settings_same_equation (settings, now))
    {
      const PisdEquation equation = pisd_settings_get_equation (settings);

      return explorer_session_set_equation (self, &equation);
    }
  if (settings->family != now->family || settings->instance_seed != now->instance_seed)
    return explorer_session_set_random_instance (self, settings->family, settings->instance_seed);
  *done = FALSE;
  return TRUE;
}

gboolean
explorer_session_set_setting (ExplorerSession *self, const char *key, const char *text)
{
  PisdSettings settings = self->scenario->settings;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) moved = NULL;
  PisdScenario *next;
  gboolean done, success;

  if (!pisd_fit_set (&settings, key, text, &moved, &error))
    {
      explorer_session_fail (self, error->message);
      return FALSE;
    }
  success = set_truth_setting (self, &settings, &done);
  if (done)
    return success;
  next = pisd_scenario_dup (self->scenario);
  next->settings = settings;
  pisd_edit_follow_preset (self->scenario, next);
  explorer_session_adopt (self, next, key);
  if (moved[0] != NULL)
    g_signal_emit_by_name (self, "adjusted", moved);
  return TRUE;
}

gboolean
explorer_session_apply_preset (ExplorerSession *self, PisdGuidanceId guidance)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  next->settings.guidance = guidance;
  pisd_edit_get_preset (next, &next->settings);
  explorer_session_adopt (self, next, NULL);
  return TRUE;
}

/* Strokes. */

void
explorer_session_begin_edit (ExplorerSession *self)
{
  if (self->edit_depth++ > 0)
    return;
  self->before_edit = pisd_scenario_dup (self->scenario);
  self->edit_refused = FALSE;
}

void
explorer_session_end_edit (ExplorerSession *self)
{
  PisdScenario *before;
  guint flags, followed;
  gboolean is_far;

  g_return_if_fail (self->edit_depth > 0);
  if (--self->edit_depth > 0)
    return;
  before = g_steal_pointer (&self->before_edit);
  flags = pisd_edit_diff (before, self->scenario);
  if (flags == 0)
    {
      pisd_scenario_free (before);
      return;
    }
  is_far = pisd_edit_follow_preset (before, self->scenario);
  followed = pisd_edit_diff (before, self->scenario) & ~flags;
  if (followed != 0)
    explorer_session_changed (self, followed);
  explorer_session_commit (self, before, flags | followed, NULL);
  if (is_far)
    g_signal_emit_by_name (self, "followed");
}

void
explorer_session_cancel_edit (ExplorerSession *self)
{
  PisdScenario *after = self->scenario;

  g_return_if_fail (EXPLORER_IS_SESSION (self) && self->edit_depth == 1);
  self->edit_depth = 0;
  self->scenario = g_steal_pointer (&self->before_edit);
  explorer_session_changed (self, pisd_edit_diff (after, self->scenario));
  pisd_scenario_free (after);
  g_signal_emit_by_name (self, "edit-cancelled");
}

gboolean
explorer_session_is_editing (ExplorerSession *self)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  return self->edit_depth > 0;
}

static void
refuse_edit (ExplorerSession *self, const char *message)
{
  if (!self->edit_refused)
    explorer_session_fail (self, message);
  self->edit_refused = TRUE;
}

void
explorer_session_paint (ExplorerSession *self,
                        PisdFieldId field,
                        int i,
                        int j,
                        int radius,
                        gboolean erase)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  explorer_session_begin_edit (self);
  if (erase)
    pisd_edit_erase (self->scenario, field, 0, i, j, radius);
  else if (!pisd_edit_paint (self->scenario, field, 0, i, j, radius, self->noise_sd, &error))
    refuse_edit (self, error->message);
  explorer_session_changed (self, PISD_CHANGE_SENSORS);
  explorer_session_end_edit (self);
}

void
explorer_session_move_sensor (ExplorerSession *self,
                              PisdFieldId field,
                              int i,
                              int j,
                              int to_i,
                              int to_j)
{
  const int index = pisd_edit_find (self->scenario, field, 0, i, j);
  g_autoptr (GError) error = NULL;

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (index < 0)
    return;
  explorer_session_begin_edit (self);
  if (!pisd_edit_move (self->scenario, (guint) index, to_i, to_j, &error))
    refuse_edit (self, error->message);
  else
    explorer_session_changed (self, PISD_CHANGE_SENSORS);
  explorer_session_end_edit (self);
}

void
explorer_session_restart_edit (ExplorerSession *self)
{
  g_return_if_fail (self->before_edit != NULL);
  pisd_sensors_free (self->scenario->sensors);
  self->scenario->sensors = pisd_sensors_dup (self->before_edit->sensors);
  explorer_session_changed (self, PISD_CHANGE_SENSORS);
}

void
explorer_session_set_noise_sd (ExplorerSession *self, double sd)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && sd >= 0);
  self->noise_sd = sd;
}
