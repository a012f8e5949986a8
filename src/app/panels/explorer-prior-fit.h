/* Part of the panel of the prior: its numbers as sliders, how likely they make the readings, live,
 * a button that fits them, and fields of the prior.
 *
 * Nothing is computed while it is folded.
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-evidence.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PRIOR_FIT (explorer_prior_fit_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerPriorFit, explorer_prior_fit, EXPLORER, PRIOR_FIT, AdwExpanderRow)

GtkWidget *explorer_prior_fit_new (void);
/* Called once. */
void explorer_prior_fit_set_session (ExplorerPriorFit *self, ExplorerSession *session);
/* The scenario has changed. */
void explorer_prior_fit_update (ExplorerPriorFit *self);

/* For tests. */
ExplorerEvidence *explorer_prior_fit_get_evidence (ExplorerPriorFit *self);

G_END_DECLS
