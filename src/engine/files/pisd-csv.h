/* Tables as text, row by row, as spreadsheets and scripts write them.
 *
 * Read     the encodings of pisd-text.h; comma, semicolon or tab between cells, as a line `sep=;`
 *          says or the first row shows; lines ended by LF, CR or both; cells in double quotes;
 *          blanks, no-break ones too, around cells; a decimal comma where the comma does not part
 *          cells
 * Skipped  blank lines, and lines of separators alone
 * Errors   PISD_ERROR_FORMAT, LIMIT: file, line, and what the text was read as;
 *          PISD_ERROR_CANCELLED where the input's token says stop
 * Threads  one at a time */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

typedef struct _PisdCsv PisdCsv;

/* Errors: PISD_ERROR_IO, CANCELLED. */
PisdCsv *pisd_csv_new (PisdInput *input, GError **error);
void pisd_csv_free (PisdCsv *self); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdCsv, pisd_csv_free)

typedef enum
{
  PISD_CSV_ROW,
  PISD_CSV_END,
  PISD_CSV_FAILED
} PisdCsvStatus;

/* Moves on to the next row.  Nothing behind it is looked at. */
PisdCsvStatus pisd_csv_next (PisdCsv *self, GError **error);
guint pisd_csv_get_n_cells (const PisdCsv *self);
/* A cell of the row, without blanks and quotes around it, a decimal comma as a point. */
const char *pisd_csv_get_cell (const PisdCsv *self, guint index);
guint pisd_csv_count_filled (const PisdCsv *self); /* cells up to the last that is not empty */
/* Completes a message about the row: "s.csv:12: x: got ... (read as UTF-8 with commas)".  FALSE. */
gboolean pisd_csv_fail_at (const PisdCsv *self, GError **error);

G_END_DECLS
