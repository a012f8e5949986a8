#include "explorer-session-private.h"

#include "explorer-background.h"
#include "explorer-fields.h"
#include "pisd-edit-truth.h"
#include "pisd-opening.h"
#include "pisd-truth.h"

gboolean
explorer_session_conclude_telling (ExplorerSession *self, PisdScenario *next, GError *error)
{
  g_auto (GStrv) moved = error == NULL ? pisd_edit_get_moved (self->scenario, next) : NULL;

  if (!explorer_session_conclude (self, next, error))
    return FALSE;
  if (moved[0] != NULL)
    g_signal_emit_by_name (self, "adjusted", moved);
  return TRUE;
}

/* Whether a source that no seed tells is solved beside the window, for the same fields. */
static gboolean
is_solved_beside (ExplorerSession *self, const PisdEquation *equation)
{
  const PisdScenario *scenario = self->scenario;

  if (equation->problem != scenario->settings.problem
      || pisd_operator_get (equation->problem)->linear != NULL)
    return FALSE;
  return self->source != NULL
         || (scenario->instance != NULL && pisd_truth_get_kind (scenario) != PISD_TRUTH_RANDOM);
}

static void solve_for (ExplorerSession *self, PisdField *source, const PisdEquation *equation);

/* The constants are others when it is solved with them. */
static gboolean
solve_again (ExplorerSession *self, const PisdEquation *equation)
{
  explorer_session_begin_edit (self);
  solve_for (self, explorer_session_dup_source (self), equation);
  explorer_session_end_edit (self);
  return TRUE;
}

gboolean
explorer_session_set_equation (ExplorerSession *self, const PisdEquation *equation)
{
  PisdScenario *next;
  GError *error = NULL;

  if (is_solved_beside (self, equation))
    return solve_again (self, equation);
  explorer_session_drop_drawing (self);
  next = pisd_scenario_dup (self->scenario);
  pisd_edit_set_equation (next, equation, &error);
  return explorer_session_conclude_telling (self, next, error);
}

gboolean
explorer_session_choose_problem (ExplorerSession *self, PisdProblemId problem)
{
  PisdScenario *next;
  PisdSettings settings;
  PisdEquation equation;
  GError *error = NULL;

  explorer_session_drop_drawing (self);
  next = pisd_scenario_dup (self->scenario);
  settings = next->settings;
  settings.problem = problem;
  equation = pisd_settings_get_equation (&settings);
  if (pisd_edit_set_equation (next, &equation, &error) && next->instance != NULL
      && !explorer_fields_equal (pisd_operator_get (self->scenario->settings.problem),
                                 pisd_operator_get (problem)))
    pisd_opening_place (next, &error);
  return explorer_session_conclude_telling (self, next, error);
}

gboolean
explorer_session_set_random_instance (ExplorerSession *self, PisdFamily family, guint64 seed)
{
  PisdScenario *next;
  GError *error = NULL;

  explorer_session_drop_drawing (self);
  next = pisd_scenario_dup (self->scenario);
  pisd_edit_set_random_instance (next, family, seed, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_set_source (ExplorerSession *self, const PisdField *source)
{
  PisdScenario *next;
  GError *error = NULL;

  explorer_session_drop_drawing (self);
  next = pisd_scenario_dup (self->scenario);
  pisd_edit_set_source (next, source, &error);
  return explorer_session_conclude (self, next, error);
}

/* Drawing. */

/* What goes to the worker and comes back. */
typedef struct
{
  PisdEquation equation;
  PisdField *source;
  guint drawing;
  PisdCancel *cancel;
  PisdInstance *instance; /* out; NULL on failure */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  pisd_field_free (work->source);
  pisd_cancel_unref (work->cancel);
  pisd_instance_unref (work->instance);
  g_free (work);
}

static gboolean
solve (gpointer data, GError **error)
{
  Work *work = data;

  work->instance =
      pisd_instance_new_from_source (&work->equation, work->source, work->cancel, error);
  return work->instance != NULL;
}

static void
take_instance (ExplorerSession *self, const Work *work)
{
  PisdScenario *next;

  if (!pisd_equation_equal (&work->equation, &self->wanted))
    return;
  next = pisd_scenario_dup (self->scenario);
  pisd_edit_set_solved (next, &work->equation, work->instance);
  explorer_session_conclude (self, next, NULL);
}

static void on_solved (gpointer data, GTask *task);

static void
start_solving (ExplorerSession *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work = g_new0 (Work, 1);

  work->equation = self->wanted;
  work->source = pisd_field_dup (self->source);
  work->drawing = self->drawing;
  work->cancel = pisd_cancel_new ();
  self->solving = pisd_cancel_ref (work->cancel);
  self->unsolved = FALSE;
  task = explorer_background_start (self, work, work_free, solve, on_solved);
}

/* What was typed is not what is there. */
static void
refuse (ExplorerSession *self, const char *message)
{
  self->wanted = pisd_settings_get_equation (&self->scenario->settings);
  explorer_session_refuse (self, message);
  explorer_session_changed (self, PISD_CHANGE_SETTINGS);
}

/* What was drawn before a stroke was taken back is none of the session's any more. */
static void
on_solved (gpointer data, GTask *task)
{
  ExplorerSession *self = data;
  const Work *work = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->solving, pisd_cancel_unref);
  if (!self->unsolved)
    g_clear_pointer (&self->source, pisd_field_free);
  if (work->drawing == self->drawing && g_task_propagate_boolean (task, &error))
    take_instance (self, work);
  if (error != NULL && !self->unsolved) /* else what comes next says whether it can be solved */
    refuse (self, error->message);
  if (work->drawing == self->drawing)
    g_signal_emit_by_name (self, "drawn");
  if (self->unsolved)
    start_solving (self);
  else if (self->ends_solved)
    explorer_session_end_edit (self);
}

gboolean
explorer_session_is_solving (ExplorerSession *self)
{
  return self->source != NULL;
}

void
explorer_session_forget_drawing (ExplorerSession *self)
{
  g_clear_pointer (&self->source, pisd_field_free);
  self->unsolved = FALSE;
  self->ends_solved = FALSE;
  self->drawing++;
  pisd_cancel_trigger (self->solving);
}

void
explorer_session_drop_drawing (ExplorerSession *self)
{
  const gboolean waits = self->ends_solved;

  if (self->source == NULL)
    return;
  explorer_session_forget_drawing (self);
  g_signal_emit_by_name (self, "drawn");
  if (waits)
    explorer_session_end_edit (self);
}

/* As the truth will have it. */
static PisdField *
dup_without_mean (const PisdField *source)
{
  PisdField *field = pisd_field_dup (source);
  double sum = 0;

  for (gsize k = 0; k < pisd_field_get_n (field); k++)
    sum += field->data[k];
  for (gsize k = 0; k < pisd_field_get_n (field); k++)
    field->data[k] -= sum / (double) pisd_field_get_n (field);
  return field;
}

/* Takes the source. */
static void
solve_for (ExplorerSession *self, PisdField *source, const PisdEquation *equation)
{
  pisd_field_free (self->source);
  self->source = source;
  self->wanted = *equation;
  self->unsolved = TRUE;
  g_signal_emit_by_name (self, "drawn");
  if (self->solving == NULL)
    start_solving (self);
}

void
explorer_session_draw (ExplorerSession *self, const PisdField *source)
{
  const PisdProblemId problem = self->scenario->settings.problem;
  const PisdEquation now = pisd_settings_get_equation (&self->scenario->settings);

  g_return_if_fail (EXPLORER_IS_SESSION (self) && self->edit_depth > 0);
  if (pisd_operator_get (problem)->linear != NULL)
    explorer_session_set_source (self, source);
  else
    solve_for (self,
               pisd_operator_has_mean (problem) ? pisd_field_dup (source)
                                                : dup_without_mean (source),
               self->source == NULL ? &now : &self->wanted);
}

gboolean
explorer_session_stop_solving (ExplorerSession *self)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), FALSE);
  if (!self->ends_solved)
    return FALSE;
  explorer_session_cancel_edit (self);
  return TRUE;
}

void
explorer_session_get_coming_settings (ExplorerSession *self, PisdSettings *settings)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self));
  *settings = self->scenario->settings;
  if (self->source != NULL)
    pisd_settings_set_equation (settings, &self->wanted);
}

const PisdField *
explorer_session_get_drawn (ExplorerSession *self)
{
  g_return_val_if_fail (EXPLORER_IS_SESSION (self), NULL);
  return self->source;
}

PisdField *
explorer_session_dup_source (ExplorerSession *self)
{
  if (self->source != NULL)
    return pisd_field_dup (self->source);
  if (self->scenario->instance != NULL)
    return pisd_field_dup (pisd_instance_get_fields (self->scenario->instance)[0]);
  return pisd_field_new (PISD_GRID, PISD_GRID);
}

void
explorer_session_set_scenario (ExplorerSession *self, PisdScenario *scenario)
{
  g_return_if_fail (EXPLORER_IS_SESSION (self) && scenario != NULL);
  explorer_session_drop_drawing (self);
  explorer_session_adopt (self, scenario, NULL);
}

/* A scenario brings its settings, and they stay as they are. */
void
explorer_session_take_content (ExplorerSession *self, const PisdContent *content)
{
  GError *error = NULL;
  PisdScenario *next;

  g_return_if_fail (EXPLORER_IS_SESSION (self) && content != NULL);
  next = pisd_content_dup_scenario (content, self->scenario, &error);
  if (next == NULL && error == NULL) /* it does not fit, which is the caller's fault */
    return;
  if (error == NULL && pisd_content_is_whole (content))
    explorer_session_adopt (self, next, NULL);
  else
    explorer_session_conclude_telling (self, next, error);
}
