/* Edits of a scenario's sensors, each all or nothing: on an error the scenario is as it was.
 *
 * A new sensor reads the truth with noise of the given standard deviation; the others keep their
 * readings.
 * Positions: grid node (i, j) = (row, column) lies at y = i h, x = j h, h = 1 / (PISD_GRID - 1).
 * Errors:    PISD_ERROR_LIMIT (too many), PISD_ERROR_UNKNOWN (no truth to read). */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* These replace the sensors of one field: by n on random nodes, ... */
gboolean pisd_edit_scatter (PisdScenario *scenario,
                            PisdFieldId field,
                            guint n,
                            double sd,
                            guint64 seed,
                            GError **error);
/* ... by rows and columns of nodes at equal distances, ... */
gboolean pisd_edit_place_grid (PisdScenario *scenario,
                               PisdFieldId field,
                               guint n_rows,
                               guint n_columns,
                               double sd,
                               GError **error);
/* ... by n on the outermost square of nodes where the boundary condition leaves the field free. */
gboolean pisd_edit_place_ring (PisdScenario *scenario,
                               PisdFieldId field,
                               guint n,
                               double sd,
                               GError **error);
/* A disc of nodes, radius in nodes (0: one node): a sensor on each that has none, or none left on
 * any. */
gboolean pisd_edit_paint (PisdScenario *scenario,
                          PisdFieldId field,
                          int i,
                          int j,
                          int radius,
                          double sd,
                          GError **error);
void pisd_edit_erase (PisdScenario *scenario, PisdFieldId field, int i, int j, int radius);
/* Index of the sensor of that field on or nearest to a node, at most half a node away; -1: none. */
int pisd_edit_find (const PisdScenario *scenario, PisdFieldId field, int i, int j);
/* Sensor number `index` goes to a node and reads there, with the noise it has; it stays where
 * another one is in the way. */
gboolean pisd_edit_move (PisdScenario *scenario, guint index, int i, int j, GError **error);

G_END_DECLS
