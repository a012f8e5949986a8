#include "cli-needs.h"

gboolean
cli_needs_check (const CliNeed *needs, guint n, GError **error)
{
  for (guint i = 0; i < n; i++)
    if (needs[i].is_given && !needs[i].condition->is_met)
      {
        g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got %s with %s, expected %s",
                     needs[i].option, needs[i].condition->got, needs[i].condition->expected);
        return FALSE;
      }
  return TRUE;
}
