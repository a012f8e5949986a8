/* A connection to another process on this machine, by the name of a local (Unix) socket.
 *
 * A wait ends where the other side takes or sends nothing for too long; every byte begins it anew.
 * It is left within PISD_LOCAL_SOCKET_SLICE of a request to stop.  A process that has gone is an
 * error at once, never a signal.
 *
 * Units:   microseconds; those of PisdLocalWait are seconds.
 * Errors:  PISD_ERROR_IO where nobody listens, or the other side has closed; PISD_ERROR_SILENT;
 *          PISD_ERROR_LIMIT for a path that no socket can have; PISD_ERROR_CANCELLED.
 * Threads: a connection is one thread's. */
#pragma once

#include "pisd-cancel.h"

G_BEGIN_DECLS

#define PISD_LOCAL_SOCKET_SLICE (20 * G_TIME_SPAN_MILLISECOND)

typedef struct
{
  double seconds;     /* of silence, at most; INFINITY: for ever */
  PisdCancel *cancel; /* borrowed; NULL: nobody stops it */
  /* Called once a call, after so long a silence; NULL: nobody wants to know. */
  double slow_after;
  void (*slow) (gpointer data);
  gpointer data;
} PisdLocalWait;

/* A name without a slash stands for a socket in the user's folder of running programs,
 * pisd-NAME; others are paths. */
char *pisd_local_socket_dup_path (const char *name);
/* The names of the sockets in that folder, sorted; whether anybody listens there is not asked.
 * None where the folder cannot be read.  g_strfreev() frees them. */
char **pisd_local_socket_list (void);

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
