/* The exact answer with its spread, which takes some times as long as its mean: computed on a
 * thread of the pool while somebody wants it, once the mean is there, and anew when that has
 * changed.
 *
 * More than EXPLORER_EXACT_QUICK sensors are left out.
 * Signals: "changed" ()    there is another spread, or none any more, or one is being computed
 * Threads: main thread only; the worker has copies. */
#pragma once

#include "explorer-exact.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SPREAD (explorer_spread_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerSpread, explorer_spread, EXPLORER, SPREAD, GObject)

ExplorerSpread *explorer_spread_new (ExplorerSession *session, ExplorerExact *exact);
/* What is being computed for nobody stops. */
void explorer_spread_set_wanted (ExplorerSpread *self, gboolean wanted);
/* Until there is another mean, or somebody wants it anew. */
void explorer_spread_stop (ExplorerSpread *self);
gboolean explorer_spread_can_stop (ExplorerSpread *self);
/* Whether a worker is under way, also one that was told to stop. */
gboolean explorer_spread_is_busy (ExplorerSpread *self);
/* Why there is none, in a few translated words, owned; NULL: there is one, or nobody wants it. */
char *explorer_spread_dup_note (ExplorerSpread *self);
/* Mean and spread for the sensors as they are; borrowed, NULL: not known (yet). */
const PisdExact *explorer_spread_get (ExplorerSpread *self);

G_END_DECLS
