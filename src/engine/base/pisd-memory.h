/* Large arrays of doubles.
 *
 * The first touch of fresh memory costs a trap a page, and on a virtual machine a second one in its
 * host, which for matrices of several megabytes takes as long as the arithmetic on them, or several
 * times that.  So from 1 MB up arrays are laid out for pages of 2 MB, and up to 32 MB of them that
 * were freed are kept for the next ones of their size.
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Not initialised. Aborts where there is no memory, as g_malloc() does. */
double *pisd_memory_new (gsize n);
double *pisd_memory_new0 (gsize n);
double *pisd_memory_dup (const double *from, gsize n);
void pisd_memory_free (double *memory); /* NULL is fine */

/* Gives back to the system what was kept and what the heap has free, as far as the C library can:
 * for after much was freed that nobody will soon ask for again.  Takes milliseconds. */
void pisd_memory_trim (void);

/* Bytes of arrays that are in use, of all threads together. */
gsize pisd_memory_get_used (void);
/* The same; from now on the most of them are noted ... */
gsize pisd_memory_begin_peak (void);
/* ... and this is what was noted. */
gsize pisd_memory_get_peak (void);

/* Bytes of memory that the machine has. */
gsize pisd_memory_get_whole (void);
/* Bytes that may still be allocated: what the system calls available, and what a limit of the
 * address space leaves. */
gsize pisd_memory_get_available (void);

G_END_DECLS
