/* The preferences, for a whole window of the program: looks, what follows an edit, memory.
 *
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-preferences.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PREFERENCES_WINDOW (explorer_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerPreferencesWindow,
                      explorer_preferences_window,
                      EXPLORER,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

/* Modal, in front of `parent`. */
GtkWidget *explorer_preferences_window_new (GtkWindow *parent, ExplorerPreferences *preferences);

G_END_DECLS
