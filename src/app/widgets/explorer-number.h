/* Numbers as people read and type them, with the locale's decimal point. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The shortest text that reads back as the same double: "0.0005", "0,0005". */
char *explorer_number_format (double value);
/* The same with at most `digits` significant ones. */
char *explorer_number_format_digits (double value, int digits);
/* Three digits, "3.40 %", "889 %", as long as that goes; a dash where the value is not known
 * (NaN). */
char *explorer_number_format_percent (double fraction);
/* A finite number with point or comma; FALSE if the text is anything else. */
gboolean explorer_number_parse (const char *text, double *value);
/* `text` with a decimal comma made a point and blanks removed: what the settings' table reads. */
char *explorer_number_normalize (const char *text);

G_END_DECLS
