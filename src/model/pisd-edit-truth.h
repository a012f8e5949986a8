/* Edits of a scenario's problem and truth, each all or nothing: on an error the scenario is as it
 * was.
 *
 * The sensors read the new truth, with the noise of the instance's seed.
 * Errors:  PISD_ERROR_RESONANCE, RANGE. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Solves the new equation for the same source (a random one is drawn again); sensors on fields that
 * the problem does not have go, and those on nodes stay on theirs.  Families that it does not have
 * give way to its first one, and so do settings that do not go with it, as pisd_fit() finds. */
gboolean pisd_edit_set_equation (PisdScenario *scenario,
                                 const PisdEquation *equation,
                                 GError **error);
/* Keys of the choices of method that are others after that; NULL-terminated, owned. */
GStrv pisd_edit_get_moved (const PisdScenario *before, const PisdScenario *after);
gboolean pisd_edit_set_random_instance (PisdScenario *scenario,
                                        PisdFamily family,
                                        guint64 seed,
                                        GError **error);
/* A source drawn by hand. */
gboolean pisd_edit_set_source (PisdScenario *scenario, const PisdField *source, GError **error);
/* An instance of the scenario's equation, from a file. */
void pisd_edit_set_truth (PisdScenario *scenario, PisdInstance *instance, const char *path);
/* A drawn source that has been solved already, with these constants of the scenario's equation. */
void pisd_edit_set_solved (PisdScenario *scenario,
                           const PisdEquation *equation,
                           PisdInstance *instance);
/* Other sensors, copied; the truth stays if every reading agrees with it, else there is none from
 * then on. */
void pisd_edit_set_sensors (PisdScenario *scenario, const PisdSensors *sensors);

G_END_DECLS
