/* What a scenario has to have in common with the run that it is to branch from. */
#pragma once

#include "pisd-branch.h"

G_BEGIN_DECLS

/* Prior, latent, noise levels and steps become those of the run, samples one, and what no longer
 * goes with them changes too.  `moved` (nullable, out): keys of settings that are others now,
 * NULL-terminated, owned.
 * Errors: those of pisd_settings_check() where nothing helps; the scenario is then as it was. */
gboolean pisd_edit_begin_branch (const PisdScenario *run,
                                 PisdScenario *scenario,
                                 char ***moved,
                                 GError **error);

G_END_DECLS
