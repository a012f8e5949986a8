/* A chart of the noise levels that a run goes through: those of every schedule over the steps, the
 * chosen one stronger, and how far churn raises it. */
#pragma once

#include "pisd-draw-graph.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

/* With the settings' steps, ends and spacing. */
void pisd_draw_schedules (cairo_t *cr,
                          const PisdBox *box,
                          const PisdPalette *palette,
                          const PisdSettings *settings,
                          double type);

G_END_DECLS
