/* The keys that move through the steps of a run: arrows one step, with Shift or Page Up and Page
 * Down a twentieth of the run, Home and End all of it. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* By how many steps a key moves in a run of n_steps; 0: it is none of these keys. */
gint64 explorer_step_keys_get_move (guint key, GdkModifierType state, guint n_steps);

G_END_DECLS
