/* Large arrays of doubles.
 *
 * The first touch of fresh memory costs a trap a page, and on a virtual machine a second one in its host, which for
 * matrices of several megabytes takes as long as the arithmetic on them, or several times that.  So from 1 MB up arrays
 * are laid out for pages of 2 MB, and some that were freed are kept for the next ones of their size.
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Not initialised. Aborts where there is no memory, as g_malloc() does. */
double *pisd_memory_new (gsize n);
double *pisd_memory_new0 (gsize n);
double *pisd_memory_dup (const double *from, gsize n);
void pisd_memory_free (double *memory); /* NULL is fine */

G_END_DECLS
