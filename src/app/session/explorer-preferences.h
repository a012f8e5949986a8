/* What the person likes, kept by GSettings where its schema is installed and for this process alone
 * where it is not.
 *
 * Properties, all read and write:
 *             "color-map"       (uint, PisdColormap)
 *             "range-mode"      (uint, PisdRangeMode)
 *             "flow-lines"      (uint, PisdFlow)
 *             "measure"         (uint, ExplorerMeasure)
 *             "pace"            (uint, ExplorerPace)
 *             "color-scheme"    (uint: 0 system, 1 light, 2 dark)
 *             "flow-charts", "show-sensors", "show-hint", "follow", "live", "sample-mean",
 *             "side-bar", "maximized"  (boolean)
 *             "column-estimate", "column-truth", "column-error", "column-exact", "column-spread",
 *             "column-standardized", "column-state"  (boolean)
 *             "flow-loop"       (boolean: a flow that is played begins again at its end)
 *             "flow-speed"      (int: its frames a second)
 *             "memory-budget"   (int: MB that one set of sensors may take; 0: the engine chooses)
 *             "window-width", "window-height"  (int)
 *             "compare-methods"  (int: PisdGuidanceId m is chosen where bit m is set)
 *             "panes"           (string: what panes show that is not their column's own)
 *             "finished-lessons" (string: names of those that come with the program)
 *             Choices are numbers, so that they bind to the rows of a list.
 * Threads:    main thread only. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The chart beside the run's curves. */
typedef enum
{
  EXPLORER_MEASURE_NONE,
  EXPLORER_MEASURE_ERRORS,   /* histogram of the standardised errors */
  EXPLORER_MEASURE_PROFILE,  /* what stands along a line */
  EXPLORER_MEASURE_SPECTRUM, /* power by wave number */
  EXPLORER_MEASURE_PINS,     /* values at the pinned nodes */
  EXPLORER_N_MEASURES
} ExplorerMeasure;

#define EXPLORER_TYPE_PREFERENCES (explorer_preferences_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerPreferences, explorer_preferences, EXPLORER, PREFERENCES, GObject)

ExplorerPreferences *explorer_preferences_new (void);
/* What is a text. */
char *explorer_preferences_dup_text (ExplorerPreferences *self, const char *name);
void explorer_preferences_set_text (ExplorerPreferences *self, const char *name, const char *text);
/* Any of the other properties above as a number. */
int explorer_preferences_get (ExplorerPreferences *self, const char *name);
void explorer_preferences_set (ExplorerPreferences *self, const char *name, int value);

G_END_DECLS
