/* Steps that were taken apart, as arrays: terms, total and update, as modes and in space. */
#pragma once

#include "pisd-inspector.h"

G_BEGIN_DECLS

/* inspections: of PisdInspection, of one inspector.  Arrays: "steps" and "sigma" [steps]; for every
 * term that is there ("gradient_obs_a", with second order "pull_obs_a"), the total ("gradient",
 * "pull") and the update, where all steps have one: NAME [steps, n] in the latent's units, and
 * NAME_in_FIELD [steps, S, S] in the field's own, of several frames [steps, frames, S, S].
 * Errors: PISD_ERROR_IO, LIMIT. */
gboolean cli_inspect_save_npz (PisdInspector *inspector,
                               const GPtrArray *inspections,
                               const char *path,
                               GError **error);

G_END_DECLS
