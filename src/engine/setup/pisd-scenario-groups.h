/* Which groups and keys a scenario file may hold: see pisd-scenario-keys.h.
 *
 * Errors   PISD_ERROR_UNKNOWN, FORMAT (no settings): file, group or key, what there may be */
#pragma once

#include "pisd-error.h"

G_BEGIN_DECLS

/* "NAME: WHAT: got "GOT", expected EXPECTED", name: of the file; FALSE, so that a check can end
 * with it. */
gboolean pisd_scenario_fail (const char *name,
                             const char *what,
                             const char *got,
                             const char *expected,
                             PisdError code,
                             GError **error);

/* name: of the file. */
gboolean pisd_scenario_check_groups (GKeyFile *keys, const char *name, GError **error);

G_END_DECLS
