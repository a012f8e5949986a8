/* A row of buttons, one a field of an equation, of which one is chosen.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* The box gets a button a field, in place of those that it has.  `chosen` (target, guint field) is
 * called with a field that is chosen from then on, while `target` lives. */
void explorer_field_switch_fill (GtkBox *box,
                                 PisdProblemId problem,
                                 void (*chosen) (gpointer target, guint field),
                                 GObject *target);
/* The field that the scenario does not measure is the one to find. */
void explorer_field_switch_choose (GtkBox *box, const PisdScenario *scenario);

G_END_DECLS
