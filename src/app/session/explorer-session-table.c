#include "explorer-session-private.h"

#include "pisd-edit-table.h"

/* Each edit is one level of undo; what is wrong is told to whoever asks, and nothing changes. */

static gboolean
conclude (ExplorerSession *self, PisdScenario *next, GError *problem, GError **error)
{
  if (problem == NULL)
    return explorer_session_conclude (self, next, NULL);
  g_propagate_error (error, problem);
  pisd_scenario_free (next);
  return FALSE;
}

gboolean
explorer_session_set_cell (ExplorerSession *self,
                           guint row,
                           guint column,
                           const char *text,
                           GError **error)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *problem = NULL;

  pisd_edit_set_cell (next, row, pisd_sensor_get_column (column), text, &problem);
  return conclude (self, next, problem, error);
}

void
explorer_session_remove_rows (ExplorerSession *self, guint n, const guint *rows)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);

  pisd_edit_remove_rows (next, n, rows);
  explorer_session_conclude (self, next, NULL);
}

gboolean
explorer_session_paste_rows (ExplorerSession *self,
                             guint n,
                             const guint *rows,
                             const PisdSensors *pasted,
                             GError **error)
{
  PisdScenario *next = pisd_scenario_dup (self->scenario);
  GError *problem = NULL;

  pisd_edit_paste_rows (next, n, rows, pasted, &problem);
  return conclude (self, next, problem, error);
}
