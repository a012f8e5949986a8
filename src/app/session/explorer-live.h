/* Live solving: with second-order or exact guidance on the Gaussian prior the estimate is the
 * posterior mean of the sensors as they are right now, from a change of them until the run that
 * follows.
 *
 * Properties: "enabled"  (boolean, read: the preference is on and the method can)
 *             "active"   (boolean, read: the estimate to show is the posterior mean)
 * Signals:    "rested" ()    a while after the last change, no stroke is held: time for a run
 * Threads:    main thread only. */
#pragma once

#include "explorer-preferences.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_LIVE_REST 400 /* milliseconds */

#define EXPLORER_TYPE_LIVE (explorer_live_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLive, explorer_live, EXPLORER, LIVE, GObject)

ExplorerLive *explorer_live_new (ExplorerSession *session, ExplorerPreferences *preferences);
gboolean explorer_live_is_enabled (ExplorerLive *self);
gboolean explorer_live_is_active (ExplorerLive *self);
/* The method to change to where the one that is set cannot: it follows, and its runs have steps. */
PisdGuidanceId explorer_live_get_method (void);
/* The prior to change to, by its name, where the one that is set has no closed form. */
const char *explorer_live_get_prior (void);
/* Shows the posterior mean at once, where it is enabled; no run follows. */
void explorer_live_show (ExplorerLive *self);
/* The set-up is again what it was: where the run shown is one of it, none has to follow. */
void explorer_live_settle (ExplorerLive *self);
/* Somebody looks at a step of the run instead. */
void explorer_live_dismiss (ExplorerLive *self);

G_END_DECLS
