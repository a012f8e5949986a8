/* Edits of a scenario's sensors, each all or nothing: on an error the scenario is as it was.
 *
 * A new sensor reads the truth with noise of the given standard deviation; the others keep their
 * readings.
 * Frames:    each edit is of one frame of a field, 0 where it has one alone.
 * Positions: grid node (i, j) = (row, column) lies at y = i h, x = j h, h the field's spacing.
 * Errors:    PISD_ERROR_LIMIT (too many), PISD_ERROR_UNKNOWN (no truth to read). */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* These replace the sensors of one frame: by n on random nodes, ... */
gboolean pisd_edit_scatter (PisdScenario *scenario,
                            PisdFieldId field,
                            guint frame,
                            guint n,
                            double sd,
                            guint64 seed,
                            GError **error);
/* ... by rows and columns of nodes at equal distances, ... */
gboolean pisd_edit_place_grid (PisdScenario *scenario,
                               PisdFieldId field,
                               guint frame,
                               guint n_rows,
                               guint n_columns,
                               double sd,
                               GError **error);
/* ... by n on the outermost square of nodes where the boundary condition leaves the field free. */
gboolean pisd_edit_place_ring (PisdScenario *scenario,
                               PisdFieldId field,
                               guint frame,
                               guint n,
                               double sd,
                               GError **error);
/* A disc of nodes, radius in nodes (0: one node): a sensor on each that has none, or none left on
 * any. */
gboolean pisd_edit_paint (PisdScenario *scenario,
                          PisdFieldId field,
                          guint frame,
                          int i,
                          int j,
                          int radius,
                          double sd,
                          GError **error);
void pisd_edit_erase (PisdScenario *scenario,
                      PisdFieldId field,
                      guint frame,
                      int i,
                      int j,
                      int radius);
void pisd_edit_clear_frame (PisdScenario *scenario, PisdFieldId field, guint frame);
/* Index of the sensor of that frame on or nearest to a node, at most half a node away; -1: none. */
int pisd_edit_find (const PisdScenario *scenario, PisdFieldId field, guint frame, int i, int j);
/* Sensor number `index` goes to a node of its frame and reads there, with the noise it has; it
 * stays where another one is in the way. */
gboolean pisd_edit_move (PisdScenario *scenario, guint index, int i, int j, GError **error);
/* The same places on all frames of all fields: the sensors of one frame, which stay, are copied to
 * the others, whose own go. */
gboolean pisd_edit_copy_to_frames (PisdScenario *scenario,
                                   PisdFieldId field,
                                   guint frame,
                                   GError **error);

G_END_DECLS
