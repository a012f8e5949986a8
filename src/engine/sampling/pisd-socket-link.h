/* A connection to a model in another process, which answers questions about D (x, sigma).
 *
 * It connects, says HELLO and hears READY when a question needs it, and closes after whatever went
 * wrong, so that the next question begins anew.  An ERROR of the model leaves it open.
 *
 * Shapes:  sigma: [rows]; x, v, out: [rows, n].
 * Errors:  those of pisd-local-socket.h and pisd-model-frame.h, and PISD_ERROR_UNKNOWN with what a
 *          model says is wrong, "model NAME: " before each; then `out` is as it was.
 * Threads: one a thread.
 * Source:  tools/pisd-bridge/PROTOCOL.md. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-model-frame.h"

G_BEGIN_DECLS

typedef struct _PisdSocketLink PisdSocketLink;

/* `hello`: payload for latents of length `n`, kept by reference; `seconds`: of silence, at most. */
PisdSocketLink *pisd_socket_link_new (const char *name, GBytes *hello, gsize n, double seconds);
void pisd_socket_link_free (PisdSocketLink *link); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSocketLink, pisd_socket_link_free)

/* A model that is there and says nothing: what is said of it, before its time is over. */
typedef struct
{
  double after; /* s */
  void (*tell) (const GError *notice, gpointer data);
  gpointer data;
} PisdSocketSlow;

/* From now on; NULL: nobody is told. */
void pisd_socket_link_watch_slow (PisdSocketLink *link, const PisdSocketSlow *slow);

/* The model's own name; borrowed, NULL where it cannot be asked. */
const char *pisd_socket_link_get_title (PisdSocketLink *link, PisdCancel *cancel, GError **error);
/* The most states that it takes at once; 0: it was not asked for its name yet. */
guint pisd_socket_link_get_most_rows (const PisdSocketLink *link);
/* Nothing but a model of that name may answer from now on; NULL: any. */
void pisd_socket_link_expect (PisdSocketLink *link, const char *title);

/* out = D (x, sigma), row by row; x may be out. */
gboolean pisd_socket_link_denoise (PisdSocketLink *link,
                                   guint rows,
                                   const double *sigma,
                                   const double *x,
                                   double *out,
                                   PisdCancel *cancel,
                                   GError **error);
/* out = (dD/dx at x)' v, row by row; v may be out. */
gboolean pisd_socket_link_vjp (PisdSocketLink *link,
                               guint rows,
                               const double *sigma,
                               const double *x,
                               const double *v,
                               double *out,
                               PisdCancel *cancel,
                               GError **error);

G_END_DECLS
