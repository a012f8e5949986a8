/* The exact answer for the sensors as they are right now: the Gaussian-process posterior
 * mean of a session's scenario, computed anew after every change on a thread of GLib's pool.  Of a
 * learned prior it is that of the Gaussian one of the same family.
 *
 * One computation at a time; what has changed meanwhile is taken together into the next one (the
 * latest wins), which reuses the factors of the one before: one sensor of 500 costs some 20 ms.
 * Disposing of it stops the worker.  A set so large that its entries are not kept for the next one
 * gives its memory back as soon as it is computed, and waits for the run beside it to end.
 * Signals: "changed" ()    there is another mean, or none any more
 * Properties: "can-stop"   what is being computed takes long: it has more than EXPLORER_EXACT_QUICK
 *                          sensors, or an equation that is not linear
 * Threads: main thread only; the worker has copies. */
#pragma once

#include "explorer-session.h"
#include "pisd-exact.h"

G_BEGIN_DECLS

/* So many sensors take less time than a hand needs to stop them. */
#define EXPLORER_EXACT_QUICK 1024

#define EXPLORER_TYPE_EXACT (explorer_exact_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerExact, explorer_exact, EXPLORER, EXACT, GObject)

ExplorerExact *explorer_exact_new (ExplorerSession *session);
/* Begins now with what has changed, and not only when the main loop is idle. */
void explorer_exact_hurry (ExplorerExact *self);
/* Where one of the two answers before took at most so many microseconds: waits as long for what is
 * being computed, counted from its beginning.  TRUE: that is over, and "changed" has told so. */
gboolean explorer_exact_wait (ExplorerExact *self, gint64 most);
/* Ends what is being computed, within 300 ms; the next change begins anew. */
void explorer_exact_stop (ExplorerExact *self);
gboolean explorer_exact_can_stop (ExplorerExact *self);
/* Borrowed; NULL where there is none yet, or none for the session's problem. */
PisdExact *explorer_exact_get (ExplorerExact *self);
/* Where an answer did not fit into memory, or now may not: it is computed anew. */
void explorer_exact_try_again (ExplorerExact *self);
/* Bytes that it would take, where it is left out because they are not there; else 0. */
guint64 explorer_exact_get_too_much (ExplorerExact *self);

/* For tests: FALSE while it belongs to sensors or a truth from before the last change. */
gboolean explorer_exact_is_current (ExplorerExact *self);
/* For tests: its worker computes, also after it was disposed of. */
gboolean explorer_exact_is_busy (ExplorerExact *self);

G_END_DECLS
