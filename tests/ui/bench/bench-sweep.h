/* A sweep that is started in its window: 4 x 4 runs of PISD, 2000 steps each. */
#pragma once

#include "explorer-sweep.h"
#include "explorer-window.h"

G_BEGIN_DECLS

/* The first window of a type that the application has; NULL: none is open. */
gpointer bench_find_window (GType type);
/* Sets the main window up for it, too. */
ExplorerSweep *bench_sweep_start (ExplorerWindow *window);

G_END_DECLS
