/* Memory in which OpenBLAS lays matrices out for its kernels.
 *
 * Each call that runs at the same time as others has a buffer of its own, of which it touches some
 * megabytes; OpenBLAS keeps as many of them as ever ran at once, for good.
 * Threads: any, whatever else multiplies meanwhile. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Gives the pages of all buffers that no call has at the moment back to the system; they come back
 * as zeros when they are touched again.  Returns their number of bytes; 0 with another library. */
gsize pisd_blas_memory_trim (void);

G_END_DECLS
