/* The numbers of steps that were taken apart, as a table to be read and as one of all columns for
 * CSV. */
#pragma once

#include "cli-grid.h"
#include "pisd-inspector.h"

G_BEGIN_DECLS

typedef struct _CliInspectGrid CliInspectGrid;

/* Of the terms that the problem has; `is_whole`: with the columns that are for CSV alone. */
CliInspectGrid *cli_inspect_grid_new (PisdProblemId problem, gboolean is_whole);
void cli_inspect_grid_free (CliInspectGrid *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliInspectGrid, cli_inspect_grid_free)

/* A row: what the frame and the inspector say of the step that began there. */
void cli_inspect_grid_add (CliInspectGrid *self,
                           const PisdFrame *frame,
                           const PisdInspectionNumbers *numbers);
CliGrid *cli_inspect_grid_get (CliInspectGrid *self); /* borrowed */

G_END_DECLS
