/* Bytes as letters that mails, chats and addresses leave as they are: A-Z, a-z, 0-9, - and _.
 *
 * Source   RFC 4648, section 5, without padding */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Appended to the text. */
void pisd_base64_append (GString *text, gconstpointer bytes, gsize size);
/* Blanks and line ends, which mails put in, are left out.
 * Errors: PISD_ERROR_FORMAT, with the name and the first byte that is none of the letters, counted
 *         from `offset`; or that letters are missing. */
GBytes *pisd_base64_read (const char *text,
                          gsize size,
                          gsize offset,
                          const char *name,
                          GError **error);

G_END_DECLS
