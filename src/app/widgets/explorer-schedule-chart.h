/* The noise levels of the settings as a small chart, for a row of the side bar.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-settings.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_SCHEDULE_CHART (explorer_schedule_chart_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerScheduleChart,
                      explorer_schedule_chart,
                      EXPLORER,
                      SCHEDULE_CHART,
                      GtkWidget)

/* Copied.  Draws nothing before the first ones. */
void explorer_schedule_chart_set_settings (ExplorerScheduleChart *self,
                                           const PisdSettings *settings);

G_END_DECLS
