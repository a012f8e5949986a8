#include "explorer-session-private.h"

#include "pisd-edit-truth.h"
#include "pisd-scenario-load.h"

gboolean
explorer_session_set_equation (ExplorerSession *self, const PisdEquation *equation)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_set_equation (next, equation, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_set_random_instance (ExplorerSession *self, PisdFamily family, guint64 seed)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_set_random_instance (next, family, seed, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_set_source (ExplorerSession *self, const PisdField *source)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_set_source (next, source, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_open_truth (ExplorerSession *self, const char *path)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_open_truth (next, path, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_open_sensors (ExplorerSession *self, const char *path)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *error = NULL;

  pisd_edit_open_sensors (next, path, &error);
  return explorer_session_conclude (self, next, error);
}

gboolean
explorer_session_open_scenario (ExplorerSession *self, const char *path)
{
  g_autoptr (GError) error = NULL;
  PisdScenario *next;

  next = pisd_scenario_load (path, &error);
  if (next == NULL)
    {
      explorer_session_fail (self, error->message);
      return FALSE;
    }
  explorer_session_adopt (self, next, NULL);
  return TRUE;
}
