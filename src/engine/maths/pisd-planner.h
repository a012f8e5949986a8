/* The lock around FFTW's planner, which is not thread-safe: whoever makes or destroys a plan holds
 * it.  Executing plans needs no lock.
 *
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void pisd_planner_lock (void);
void pisd_planner_unlock (void);

G_END_DECLS
