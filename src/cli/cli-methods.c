#include "cli-methods.h"

static const CliMethod methods[] = {
  { PISD_GUIDANCE_NONE, "none", FALSE },
  { PISD_GUIDANCE_DPS, "dps (preset)", FALSE },
  { PISD_GUIDANCE_DPS, "dps (tuned)", TRUE },
  { PISD_GUIDANCE_PISD, "pisd (preset)", FALSE },
  { PISD_GUIDANCE_PISD, "pisd (tuned)", TRUE },
  { PISD_GUIDANCE_SECOND_ORDER, "second-order", FALSE },
  { PISD_GUIDANCE_EXACT, "exact", FALSE },
};

/* What a trajectory of few steps affords; the error of a mean of M samples is sqrt (1 + 1/M) times
 * that of the posterior mean. */
#define MANY_SAMPLES 16

#define MAX_TUNED 16

typedef struct
{
  gboolean of_flows; /* else of the other equations */
  PisdGuidanceId guidance;
  PisdTask task;
  const char *settings[MAX_TUNED][2]; /* key, value; over the preset */
} Tuned;

/* First-order guidance at its best with the exact Gaussian denoiser: smallest error of the field
 * that is not measured, 500 sensors, K = 44.  Found by hand, then by random searches and grids
 * over the settings named here (10 to 60 runs a row), on the Poisson instances of seeds 9000001 to
 * 9000006, which no benchmark uses; what was best on the first two alone and not on the others was
 * dropped.  PISD's inverse preset is ours and was found so as well: twelve neighbours of it on
 * seeds 9000001 to 9000008 and square modes on 9000001 to 9000020 were no better, so it has no
 * row.
 *
 * Of flows: errors of both fields, K = 32, on the seeds 1000 to 1002, by hand.  Noise begins no
 * larger than the prior's own spread, and high modes hardly move where w (0) is read: Adam, which
 * makes all gradients equally large, spoils them otherwise.  What has no row is ours as it is.
 * Presets leave K to whoever runs them, 44 where nobody says.  Over the 20 flows of `pisd bench
 * accuracy` errors of w (1) with the official K = 32, and with 44, are 8.5 and 9.4 % by PISD's
 * official preset, forward, and 7.3 and 7.1 % by DPS; inverse K does not matter.
 *
 * Presets of a learned prior are tuned as they are. */
static const Tuned tuned[] = {
  { FALSE,
    PISD_GUIDANCE_PISD,
    PISD_TASK_FORWARD,
    { { "mode-set", "square" }, { "steps", "300" }, { "beta1", "0.9" }, { "zeta-pde", "0" } } },
  { FALSE,
    PISD_GUIDANCE_PISD,
    PISD_TASK_BOTH,
    { { "mode-set", "square" },
      { "steps", "1000" },
      { "rate-low", "0.105" },
      { "rate-high", "0.00637" },
      { "cutoff", "2.3" },
      { "beta1", "0.9351" },
      { "beta2", "0.9331" },
      { "zeta-pde", "0" },
      { "zeta-obs-a", "0.00298" },
      { "zeta-obs-u", "3.25" },
      { "sigma-max", "27" } } },
  { FALSE, PISD_GUIDANCE_DPS, PISD_TASK_FORWARD, { { "steps", "2000" }, { "zeta-obs-a", "5" } } },
  { FALSE,
    PISD_GUIDANCE_DPS,
    PISD_TASK_INVERSE,
    { { "steps", "2000" }, { "zeta-obs-u", "4000" }, { "late-factor", "0.003" } } },
  { FALSE,
    PISD_GUIDANCE_DPS,
    PISD_TASK_BOTH,
    { { "steps", "2000" },
      { "zeta-obs-a", "5" },
      { "zeta-obs-u", "600" },
      { "late-factor", "0.01" } } },
  { TRUE,
    PISD_GUIDANCE_PISD,
    PISD_TASK_FORWARD,
    { { "modes", "32" },
      { "steps", "1000" },
      { "sigma-max", "0.3" },
      { "rate-low", "0.05" },
      { "rate-high", "1e-5" },
      { "cutoff", "0" },
      { "beta1", "0.9" } } },
};

const CliMethod *
cli_methods_get (guint *n)
{
  *n = G_N_ELEMENTS (methods);
  return methods;
}

static void
apply_tuned (const Tuned *row, PisdSettings *settings)
{
  for (guint i = 0; i < MAX_TUNED && row->settings[i][0] != NULL; i++)
    {
      gboolean good = pisd_settings_set (settings, row->settings[i][0], row->settings[i][1], NULL);

      g_return_if_fail (good);
    }
}

void
cli_method_apply (const CliMethod *method, PisdTask task, guint n_steps, PisdSettings *settings)
{
  const gboolean of_flows = pisd_operator_get (settings->problem)->flow != NULL;
  const gboolean is_tuned =
      method->is_tuned && pisd_method_get_prior (settings->prior)->is_gaussian;

  pisd_settings_apply_preset (settings, method->guidance, task, TRUE);
  if (n_steps > 0)
    {
      settings->steps = n_steps;
      pisd_settings_apply_preset (settings, method->guidance, task, FALSE);
    }
  for (guint i = 0; is_tuned && i < G_N_ELEMENTS (tuned); i++)
    if (tuned[i].of_flows == of_flows && tuned[i].guidance == method->guidance
        && tuned[i].task == task)
      apply_tuned (&tuned[i], settings);
  if (n_steps > 0)
    settings->steps = n_steps;
}

guint
cli_method_get_n_samples (const CliMethod *method)
{
  return pisd_method_get (method->guidance)->conditions ? MANY_SAMPLES : 1;
}
