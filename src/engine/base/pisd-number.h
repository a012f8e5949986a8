/* Numbers as text: the same in every locale where settings, tables and scenarios are read and
 * written, with the locale's decimal point where people read them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The whole of `text` as a finite decimal number ("-1.5e-3"); FALSE, `value` untouched, for
 * anything else: spaces, hexadecimal, nan, inf, a decimal comma, an overflow. */
gboolean pisd_number_parse (const char *text, double *value);

#define PISD_NUMBER_SIZE 32
/* The shortest of 15 to 17 significant digits that pisd_number_parse() reads back bit for bit.
 * Returns `buffer`. */
char *pisd_number_format (double value, char buffer[PISD_NUMBER_SIZE]);
/* The same with the locale's decimal point, for people to read. */
char *pisd_number_format_local (double value, char buffer[PISD_NUMBER_SIZE]);
/* Text as it was typed, with the locale's decimal point where it is a number; owned. */
char *pisd_number_dup_local (const char *text);
/* The next cell of a row of CSV: a comma and the number, nothing behind it where there is none or
 * it is infinite. */
void pisd_number_append_cell (GString *text, double value);

G_END_DECLS
