/* Figures of a person's own beside those that the program knows: pisd/published.csv in the user's
 * data folder ($XDG_DATA_HOME, ~/.local/share where that is not set), read where it is there.
 *
 * A row a method: columns name, source, optional how, and one a problem and task, such as
 * poisson-forward, with errors in percent; an empty cell says nothing.  The table is written as
 * those of pisd-csv.h.
 * Errors: PISD_ERROR_IO, FORMAT, RANGE, UNKNOWN: file, line, column, got, expected. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

/* Adds those of one problem and task to a list of CliPublished; NULL: the file is checked. */
gboolean cli_published_add_own (GPtrArray *figures,
                                PisdProblemId problem,
                                PisdTask task,
                                GError **error);

G_END_DECLS
