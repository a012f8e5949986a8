/* A row with the smallest and the largest value of a range, typed; what is no range is marked and
 * changes nothing.
 *
 * Signals:
 *   "changed" (double min, double max)   the person has typed another range */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_RANGE_ROW (explorer_range_row_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerRangeRow, explorer_range_row, EXPLORER, RANGE_ROW, AdwActionRow)

/* name: of what has the range, the row's title. */
GtkWidget *explorer_range_row_new (const char *name);
/* Does not emit "changed". */
void explorer_range_row_set (ExplorerRangeRow *self, double min, double max);

G_END_DECLS
