#include "explorer-session-private.h"

#include "pisd-edit-preset.h"
#include "pisd-edit-prior.h"
#include "pisd-edit-sensors.h"
#include "pisd-fit.h"
#include "pisd-prior-choice.h"

/* One frame of a field. */
typedef struct
{
  PisdFieldId field;
  guint index;
} Frame;

/* What the brush covers. */
typedef struct
{
  int i, j, radius;
  gboolean erase;
} Disc;

#define MOST_FRAMES (PISD_MAX_FIELDS * PISD_MAX_FRAMES)

static gboolean
is_of_all_frames (ExplorerSession *self)
{
  return self->all_frames
         && pisd_operator_get (self->scenario->settings.problem)->fields[0].symbol != NULL;
}

/* The frames that an edit of one is of; returns how many.
 *
 * Shapes: frames [MOST_FRAMES]. */
static guint
list_frames (ExplorerSession *self, PisdFieldId field, guint frame, Frame *frames)
{
  const PisdOperator *problem = pisd_operator_get (self->scenario->settings.problem);
  guint n = 0;

  frames[0] = (Frame){ field, frame };
  if (!is_of_all_frames (self))
    return 1;
  for (guint f = 0; f < problem->n_fields; f++)
    for (guint k = 0; k < problem->fields[f].n_frames; k++)
      frames[n++] = (Frame){ problem->fields[f].id, k };
  return n;
}

void
explorer_session_set_all_frames (ExplorerSession *self, gboolean all)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  self->all_frames = all;
}

void
explorer_session_get_preset (ExplorerSession *self, PisdSettings *settings)
{
  pisd_edit_get_preset (self->scenario, settings);
}

/* Where an edit of one frame's sensors ends, and goes to all others if it is to. */
static gboolean
conclude_placing (ExplorerSession *self,
                  PisdScenario *next,
                  PisdFieldId field,
                  guint frame,
                  GError *error)
{
  if (error == NULL && is_of_all_frames (self))
    pisd_edit_copy_to_frames (next, field, frame, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_scatter (ExplorerSession *self,
                          PisdFieldId field,
                          guint frame,
                          guint n,
                          guint64 seed)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_scatter (next, field, frame, n, self->noise_sd, seed, &error);
  return conclude_placing (self, next, field, frame, error);
}

gboolean
explorer_session_place_grid (ExplorerSession *self,
                             PisdFieldId field,
                             guint frame,
                             guint n_rows,
                             guint n_columns)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_place_grid (next, field, frame, n_rows, n_columns, self->noise_sd, &error);
  return conclude_placing (self, next, field, frame, error);
}

gboolean
explorer_session_place_ring (ExplorerSession *self, PisdFieldId field, guint frame, guint n)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_place_ring (next, field, frame, n, self->noise_sd, &error);
  return conclude_placing (self, next, field, frame, error);
}

gboolean
explorer_session_place (ExplorerSession *self,
                        const PisdQuestion *question,
                        const guint *nodes,
                        guint n)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  const PisdFieldId field = pisd_operator_get (next->settings.problem)->fields[question->field].id;
  GError *error = NULL;

  pisd_placing_apply (next, question, nodes, n, &error);
  return conclude_placing (self, next, field, 0, error);
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
set_truth_setting (ExplorerSession *self,
                   const PisdSettings *now,
                   const PisdSettings *settings,
                   gboolean *done)
{
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
  const PisdEquation equation = pisd_settings_get_equation (&self->scenario->settings);
  PisdSettings coming, settings;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) moved = NULL;
  PisdScenario *next;
  gboolean done, success;

  explorer_session_get_coming_settings (self, &coming);
  settings = coming;
  if (!pisd_fit_set (&settings, self->scenario->weights_path, key, text, &moved, &error))
    {
      explorer_session_fail (self, error->message);
      return FALSE;
    }
  success = set_truth_setting (self, &coming, &settings, &done);
  if (done)
    return success;
  next = pisd_scenario_dup (self->scenario);
  next->settings = settings;
  pisd_settings_set_equation (&next->settings, &equation);
  if (settings.prior_family != self->scenario->settings.prior_family)
    pisd_prior_follow_mean (self->scenario, next);
  pisd_edit_follow_preset (self->scenario, next);
  explorer_session_adopt (self, next, key);
  if (moved[0] != NULL)
    g_signal_emit_by_name (self, "adjusted", moved);
  return TRUE;
}

void
explorer_session_take_prior (ExplorerSession *self, const PisdPriorFit *fit)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  pisd_prior_fit_apply (fit, &next->settings);
  explorer_session_conclude (self, next, NULL);
}

void
explorer_session_use_own_weights (ExplorerSession *self)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  pisd_edit_use_own_weights (next);
  explorer_session_conclude_telling (self, next, NULL);
}

gboolean
explorer_session_set_socket (ExplorerSession *self, const char *name)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_set_socket (next, name, &error);
  return explorer_session_conclude_telling (self, next, error);
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

/* One that still waits for what was drawn goes on. */
void
explorer_session_begin_edit (ExplorerSession *self)
{
  const gboolean waits = self->ends_solved;

  self->ends_solved = FALSE;
  if (self->edit_depth == 0 || waits)
    self->edit_refused = FALSE;
  if (waits || self->edit_depth++ > 0)
    return;
  self->before_edit = pisd_scenario_dup (self->scenario);
}

void
explorer_session_end_edit (ExplorerSession *self)
{
  PisdScenario *before;
  guint flags, followed;
  gboolean is_far;

  g_return_if_fail (self->edit_depth > 0);
  self->ends_solved = self->edit_depth == 1 && explorer_session_is_solving (self);
  if (self->ends_solved || --self->edit_depth > 0)
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
  PisdSettings coming;
  guint flags;

  g_return_if_fail (EXPLORER_IS_SESSION (self) && self->edit_depth > 0);
  explorer_session_get_coming_settings (self, &coming);
  flags = pisd_settings_same_equation (&coming, &after->settings) ? 0 : PISD_CHANGE_SETTINGS;
  explorer_session_forget_drawing (self);
  self->edit_depth = 0;
  self->scenario = g_steal_pointer (&self->before_edit);
  explorer_session_changed (self, flags | pisd_edit_diff (after, self->scenario));
  pisd_scenario_free (after);
  g_signal_emit_by_name (self, "drawn");
  g_signal_emit_by_name (self, "edit-cancelled");
}

gboolean
explorer_session_is_editing (ExplorerSession *self)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  return self->edit_depth > 0;
}

static void
take_back (ExplorerSession *self, const PisdSensors *sensors)
{
  pisd_sensors_free (self->scenario->sensors);
  self->scenario->sensors = pisd_sensors_dup (sensors);
}

void
explorer_session_refuse (ExplorerSession *self, const char *message)
{
  if (!self->edit_refused)
    explorer_session_fail (self, message);
  self->edit_refused = TRUE;
}

/* FALSE with an error, and the sensors may be half changed. */
static gboolean
paint_frame (ExplorerSession *self, const Frame *frame, const Disc *disc, GError **error)
{
  if (!disc->erase)
    return pisd_edit_paint (self->scenario, frame->field, frame->index, disc->i, disc->j,
                            disc->radius, self->noise_sd, error);
  pisd_edit_erase (self->scenario, frame->field, frame->index, disc->i, disc->j, disc->radius);
  return TRUE;
}

void
explorer_session_paint (ExplorerSession *self,
                        PisdFieldId field,
                        guint frame,
                        int i,
                        int j,
                        int radius,
                        gboolean erase)
{
  const Disc disc = { i, j, radius, erase };
  g_autoptr (PisdSensors) before = NULL;
  g_autoptr (GError) error = NULL;
  Frame frames[MOST_FRAMES];
  guint n;

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  explorer_session_begin_edit (self);
  n = list_frames (self, field, frame, frames);
  if (n > 1) /* what fails on one frame is as it was on that one */
    before = pisd_sensors_dup (self->scenario->sensors);
  for (guint k = 0; k < n && error == NULL; k++)
    paint_frame (self, &frames[k], &disc, &error);
  if (error != NULL && before != NULL)
    take_back (self, before);
  if (error != NULL)
    explorer_session_refuse (self, error->message);
  explorer_session_changed (self, PISD_CHANGE_SENSORS);
  explorer_session_end_edit (self);
}

void
explorer_session_move_sensor (ExplorerSession *self,
                              PisdFieldId field,
                              guint frame,
                              int i,
                              int j,
                              int to_i,
                              int to_j)
{
  g_autoptr (GError) error = NULL;
  Frame frames[MOST_FRAMES];
  guint n;

  g_return_if_fail (EXPLORER_IS_SESSION (self));
  if (pisd_edit_find (self->scenario, field, frame, i, j) < 0)
    return;
  explorer_session_begin_edit (self);
  n = list_frames (self, field, frame, frames);
  for (guint k = 0; k < n && error == NULL; k++)
    {
      const int index = pisd_edit_find (self->scenario, frames[k].field, frames[k].index, i, j);

      if (index >= 0)
        pisd_edit_move (self->scenario, (guint) index, to_i, to_j, &error);
    }
  if (error != NULL)
    explorer_session_refuse (self, error->message);
  else
    explorer_session_changed (self, PISD_CHANGE_SENSORS);
  explorer_session_end_edit (self);
}

void
explorer_session_restart_edit (ExplorerSession *self)
{
  g_return_if_fail (self->before_edit != NULL);
  take_back (self, self->before_edit->sensors);
  explorer_session_changed (self, PISD_CHANGE_SENSORS);
}

void
explorer_session_set_noise_sd (ExplorerSession *self, double sd)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && sd >= 0);
  if (sd == self->noise_sd)
    return;
  self->noise_sd = sd;
  g_object_notify (G_OBJECT (self), "noise-sd");
}

double
explorer_session_get_noise_sd (ExplorerSession *self)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), 0.0);
  return self->noise_sd;
}
