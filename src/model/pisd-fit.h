/* What must change with a setting so that all of them go together again: the covariance of a closed
 * form with the step that needs it, the latent with the method, fresh noise with the step that adds
 * it.
 *
 * Which settings go together is pisd_settings_check()'s to say; here are only the other values that
 * are tried. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

/* Whether a setting was chosen and must stay. */
typedef gboolean (*PisdFitFixed) (const char *key, gconstpointer data);

/* Moves settings that are not fixed until all go together, as few as possible; with a learned prior
 * the latent becomes the one of its weights (`weights`: path, NULL: the program's own).  `moved`
 * (nullable, out): the keys of those that changed, NULL-terminated, owned.
 * Errors: those of pisd_settings_check() where nothing helps; both are then as they were. */
gboolean pisd_fit (PisdSettings *settings,
                   const char *weights,
                   PisdFitFixed is_fixed,
                   gconstpointer data,
                   char ***moved,
                   GError **error);
/* The same with messages in the window's words. */
gboolean pisd_fit_to (PisdSettings *settings,
                      const char *weights,
                      PisdFitFixed is_fixed,
                      gconstpointer data,
                      char ***moved,
                      GError **error);
/* Sets one value, as pisd_settings_set() does, and fits the others to it.  Messages are in the
 * window's words. */
gboolean pisd_fit_set (PisdSettings *settings,
                       const char *weights,
                       const char *key,
                       const char *text,
                       char ***moved,
                       GError **error);

/* The preset of the settings' guidance for a mixture of sensors, and over it what somebody says;
 * once more with the number of steps as it is then, on which the preset depends.  with_steps:
 * whether the preset brings its own, as pisd_settings_apply_mixture() has it.
 * Errors: those of `say`. */
typedef gboolean (*PisdFitSay) (PisdSettings *settings, gconstpointer data, GError **error);
gboolean pisd_fit_preset (PisdSettings *settings,
                          const PisdMixture *mixture,
                          gboolean with_steps,
                          PisdFitSay say,
                          gconstpointer data,
                          GError **error);

G_END_DECLS
