/* One picture of the training lab: what the networks have learned, or a chart of the course, below
 * its title.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-charts.h"
#include "pisd-draw-training-look.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_TRAINING_CHART (explorer_training_chart_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerTrainingChart,
                      explorer_training_chart,
                      EXPLORER,
                      TRAINING_CHART,
                      ExplorerCharts)

/* PISD_TRAINING_N_CHARTS: what was learned. */
GtkWidget *explorer_training_chart_new (PisdTrainingChart chart);
/* Borrowed, until another one is set; NULL: nothing is drawn. */
void explorer_training_chart_set_look (ExplorerTrainingChart *self, const PisdTrainingLook *look);

G_END_DECLS
