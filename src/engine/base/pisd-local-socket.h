/* A connection to another process on this machine, by the name of a local (Unix) socket.
 *
 * Every wait has an end and is left within PISD_LOCAL_SOCKET_SLICE of a request to stop.  A process
 * that has gone is an error, never a signal.
 *
 * Units:   microseconds; `end` is a moment of g_get_monotonic_time().
 * Errors:  PISD_ERROR_IO where nobody listens, the other side has closed, or time is over;
 *          PISD_ERROR_LIMIT for a path that no socket can have; PISD_ERROR_CANCELLED.
 * Threads: a connection is one thread's. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

#define PISD_LOCAL_SOCKET_SLICE (20 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  gint64 end;         /* nothing is waited for any longer ... */
  double seconds;     /* ... which is so long, for messages */
  PisdCancel *cancel; /* borrowed; NULL: nobody stops it */
} PisdLocalWait;

/* A name without a slash stands for a socket in the user's folder of running programs,
 * pisd-NAME; others are paths. */
char *pisd_local_socket_dup_path (const char *name);

/* Returns a file descriptor, which close() ends; -1: failed. */
int pisd_local_socket_connect (const char *path, const PisdLocalWait *wait, GError **error);
/* All bytes. */
gboolean pisd_local_socket_send (int fd,
                                 gconstpointer bytes,
                                 gsize n,
                                 const PisdLocalWait *wait,
                                 GError **error);
/* Exactly so many bytes. */
gboolean pisd_local_socket_receive (int fd,
                                    gpointer bytes,
                                    gsize n,
                                    const PisdLocalWait *wait,
                                    GError **error);

G_END_DECLS
