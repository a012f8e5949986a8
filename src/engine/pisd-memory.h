/* Large arrays of doubles.
 *
 * The first touch of every 4 kB page of fresh memory costs a trap, which for matrices of several megabytes takes as long
 * as the arithmetic on them: from 1 MB up, arrays are aligned so that the kernel can give them pages of 2 MB. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Not initialised. Aborts where there is no memory, as g_malloc() does. */
double *pisd_memory_new (gsize n);
double *pisd_memory_new0 (gsize n);
double *pisd_memory_dup (const double *from, gsize n);
void pisd_memory_free (double *memory); /* NULL is fine */

G_END_DECLS
