/* Edits of a scenario, each all or nothing: on an error the scenario is as it was.
 *
 * Positions: grid node (i, j) = (row, column) lies at y = i h, x = j h, h = 1 / (PISD_GRID - 1). */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_CHANGE_PROBLEM = 1 << 0,  /* problem, wavenumber */
  PISD_CHANGE_INSTANCE = 1 << 1, /* truth */
  PISD_CHANGE_SENSORS = 1 << 2,
  PISD_CHANGE_SETTINGS = 1 << 3
} PisdChange;

#define PISD_CHANGE_ALL 0xf

/* In what two scenarios differ, as PisdChange bits; 0 = equal. */
guint pisd_edit_diff (const PisdScenario *a, const PisdScenario *b);

/* Solves the problem anew for the same source (a random one is drawn again) and re-reads the
 * sensors. Errors: PISD_ERROR_RESONANCE. */
gboolean pisd_edit_set_problem (PisdScenario *scenario,
                                PisdProblemId problem,
                                double wavenumber,
                                GError **error);
gboolean pisd_edit_set_random_instance (PisdScenario *scenario,
                                        PisdFamily family,
                                        guint64 seed,
                                        GError **error);
gboolean pisd_edit_set_source (PisdScenario *scenario, const PisdField *source, GError **error);
gboolean pisd_edit_open_truth (PisdScenario *scenario, const char *path, GError **error);
/* Keeps the truth if every reading agrees with it. */
gboolean pisd_edit_open_sensors (PisdScenario *scenario, const char *path, GError **error);
/* Whether the truth is the random instance that the settings name. */
gboolean pisd_edit_is_random (const PisdScenario *scenario);

/* These replace the sensors of one field.  Errors: PISD_ERROR_LIMIT, PISD_ERROR_UNKNOWN (no truth
 * to read). */
gboolean pisd_edit_scatter (PisdScenario *scenario,
                            PisdFieldId field,
                            guint n,
                            double sd,
                            guint64 seed,
                            GError **error);
gboolean pisd_edit_place_grid (PisdScenario *scenario,
                               PisdFieldId field,
                               guint n_rows,
                               guint n_columns,
                               double sd,
                               GError **error);
/* On the outermost square of nodes where the field is not fixed by the boundary condition. */
gboolean pisd_edit_place_ring (PisdScenario *scenario,
                               PisdFieldId field,
                               guint n,
                               double sd,
                               GError **error);
/* A disc of nodes, radius in nodes (0 = one node): a sensor on each that has none, or none left on
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
/* Sensor number `index` goes to a node and reads there, with the noise it has; it stays where another one is in the
 * way.  Errors: PISD_ERROR_UNKNOWN (no truth to read). */
gboolean pisd_edit_move (PisdScenario *scenario, guint index, int i, int j, GError **error);

/* The preset of the scenario's guidance and task (steps and modes as they are). */
void pisd_edit_get_preset (const PisdScenario *scenario, PisdSettings *preset);
/* Where `before` was at its preset, `after` is moved to its own (the task or problem changed). */
void pisd_edit_follow_preset (const PisdScenario *before, PisdScenario *after);

G_END_DECLS
