/* A table with columns of its own, one value a cell: as markdown, as CSV and as JSON objects. */
#pragma once

#include <json-glib/json-glib.h>

#include "cli-findings.h"

G_BEGIN_DECLS

typedef struct
{
  const char *key;   /* in JSON and CSV */
  const char *title; /* in markdown; NULL: a standard error, shown behind the column before it */
  guint digits;      /* significant, in markdown; 0: text */
} CliColumn;

typedef struct _CliGrid CliGrid;

/* Columns are borrowed (static). */
CliGrid *cli_grid_new (const CliColumn *columns, guint n_columns);
void cli_grid_free (CliGrid *self); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliGrid, cli_grid_free)

/* Cells from left to right, row after row. */
void cli_grid_add_text (CliGrid *self, const char *text);
void cli_grid_add_number (CliGrid *self, double value); /* NaN: an empty cell */
/* Two cells: the mean, and its standard error. */
void cli_grid_add_estimate (CliGrid *self, CliEstimate estimate);

guint cli_grid_get_n_rows (const CliGrid *self);
/* Markdown on standard output; nothing without rows. */
void cli_grid_print (const CliGrid *self);
/* An array of objects, one a row; empty cells are null. */
void cli_grid_build_json (const CliGrid *self, JsonBuilder *builder);
/* Keys as header; empty cells stay empty.  Errors: PISD_ERROR_IO. */
gboolean cli_grid_save_csv (const CliGrid *self, const char *path, GError **error);

G_END_DECLS
