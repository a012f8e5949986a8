/* The figure of a result: one row a field; columns estimate, truth, error and spread, as far as
 * there are any. */
#pragma once

#include "pisd-run.h"

G_BEGIN_DECLS

/* Whether a picture can be written under that name, by its ending; a name without one becomes
 * .png.
 * Errors: PISD_ERROR_UNKNOWN. */
gboolean cli_figure_complete_name (char **path, GError **error);
/* .png, .svg or .pdf, atomically. */
gboolean cli_figure_save (const PisdResult *result,
                          const PisdScenario *scenario,
                          const char *path,
                          GError **error);

G_END_DECLS
