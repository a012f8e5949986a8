/* The window that opens a model of another process: its socket is chosen from those that are there,
 * or typed; what the model is stands there before it is taken.
 *
 * Signals: "connected" (char *name)  the socket of a model that has answered, and is taken
 * Threads: main thread only; asks the model on the pool's. */
#pragma once

#include <adwaita.h>

#include "pisd-scenario.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_CONNECT (explorer_connect_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerConnect, explorer_connect, EXPLORER, CONNECT, AdwWindow)

/* For a run of that scenario, whose own socket, where it has one, is asked at once. */
GtkWidget *explorer_connect_new (GtkWindow *parent, const PisdScenario *scenario);

G_END_DECLS
