/* A few fields of the Gaussian prior side by side, in one range of colours, with its ends below.
 *
 * A click, Enter or Space draws others; other settings scale the same ones anew.
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "pisd-settings.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PRIOR_SAMPLES (explorer_prior_samples_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerPriorSamples,
                      explorer_prior_samples,
                      EXPLORER,
                      PRIOR_SAMPLES,
                      GtkButton)

GtkWidget *explorer_prior_samples_new (void);
void explorer_prior_samples_set_settings (ExplorerPriorSamples *self, const PisdSettings *settings);

/* For tests: which fields these are, counted from 0, and the end of their range; 0: none yet. */
guint explorer_prior_samples_get_number (ExplorerPriorSamples *self);
double explorer_prior_samples_get_limit (ExplorerPriorSamples *self);

G_END_DECLS
