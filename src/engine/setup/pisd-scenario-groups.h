/* Which groups and keys a scenario file may hold: see pisd-scenario-keys.h.
 *
 * Errors   PISD_ERROR_UNKNOWN, FORMAT (no settings): file, group or key, what there may be */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* name: of the file. */
gboolean pisd_scenario_check_groups (GKeyFile *keys, const char *name, GError **error);

G_END_DECLS
