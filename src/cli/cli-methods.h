/* The methods that accuracy is measured of: a guidance with its preset, and the first-order ones
 * once more with settings tuned for this program's priors. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  PisdGuidanceId guidance;
  const char *title;
  gboolean is_tuned;
} CliMethod;

/* All of them, in the order of tables. */
const CliMethod *cli_methods_get (guint *n);

/* Preset and, where the method is tuned, what tuning found, over the settings; keeps problem,
 * seeds, samples and K.  Of a prior that is not Gaussian what tuning found is its preset, and the
 * other row has that of a Gaussian prior, the authors' own where they give one.
 * n_steps: 0 = the preset's or what tuning found. */
void cli_method_apply (const CliMethod *method,
                       PisdTask task,
                       guint n_steps,
                       PisdSettings *settings);

/* How many samples a method's estimate is the mean of, unless told otherwise. */
guint cli_method_get_n_samples (const CliMethod *method);

G_END_DECLS
