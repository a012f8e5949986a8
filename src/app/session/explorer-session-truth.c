#include "explorer-session-private.h"

#include "pisd-edit-truth.h"

gboolean
explorer_session_set_equation (ExplorerSession *self, const PisdEquation *equation)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  g_auto (GStrv) moved = NULL;
  GError *error = NULL;

  if (pisd_edit_set_equation (next, equation, &error))
    moved = pisd_edit_get_moved (self->scenario, next);
  if (!explorer_session_conclude (self, next, error))
    return FALSE;
  if (moved[0] != NULL)
    g_signal_emit_by_name (self, "adjusted", moved);
  return TRUE;
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

/* A scenario brings its settings, and they stay as they are. */
void
explorer_session_take_content (ExplorerSession *self, const PisdContent *content)
{
  PisdScenario *next = pisd_content_dup_scenario (content, self->scenario);

  g_return_if_fail (EXPLORER_IS_SESSION (self) && next != NULL);
  if (pisd_content_is_whole (content))
    explorer_session_adopt (self, next, NULL);
  else
    explorer_session_conclude (self, next, NULL);
}
