/* Waiting on a condition of POSIX threads for a while.  ThreadSanitizer knows these and not GLib's.
 *
 * Units:   microseconds.
 * Threads: any; the mutex is held before and after, as with pthread_cond_wait(), whose wake-ups for
 *          nothing it shares. */
#pragma once

#include <glib.h>
#include <pthread.h>

G_BEGIN_DECLS

/* The moment that is so far away. */
gint64 pisd_wait_get_end (gint64 microseconds);
/* FALSE: that moment has come. */
gboolean pisd_wait_until (pthread_cond_t *condition, pthread_mutex_t *mutex, gint64 end);
/* The same of a moment that is so far away. */
gboolean pisd_wait (pthread_cond_t *condition, pthread_mutex_t *mutex, gint64 microseconds);

G_END_DECLS
