/* Edits of a scenario's learned prior, or of another process's, each all or nothing. */
#pragma once

#include "pisd-scenario.h"
#include "pisd-weights.h"

G_BEGIN_DECLS

/* The prior is learned, and these are its weights, from a file at that path; the latent becomes
 * theirs, settings that do not go with it give way, as pisd_fit() finds, and a family that they do
 * not know becomes any.
 * Errors: PISD_ERROR_FORMAT where they are another problem's, and those of pisd_fit_to(). */
gboolean pisd_edit_set_weights (PisdScenario *scenario,
                                const PisdWeights *weights,
                                const char *path,
                                GError **error);
/* Those that come with the program again, or, where it has none, the Gaussian prior. */
void pisd_edit_use_own_weights (PisdScenario *scenario);
/* The prior is the model behind that socket (NULL: behind none), and settings that do not go with
 * it give way.
 * Errors: those of pisd_fit_set(). */
gboolean pisd_edit_set_socket (PisdScenario *scenario, const char *name, GError **error);

G_END_DECLS
