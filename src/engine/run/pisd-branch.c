#include "pisd-branch.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-law-setting.h"

/* Checkpoints with moments are three times as large as a frame: an eighth of the history. */
#define INTERVAL 24

struct _PisdBranch
{
  gint ref_count;
  guint step;
  PisdCheckpoint *checkpoint; /* the last one at the step or before it */
  GPtrArray *checkpoints;     /* all of them up to there, for branches of the branch */
  PisdFrame **frames;         /* [step + 1] */
};

guint
pisd_branch_get_interval (const PisdSettings *settings)
{
  return pisd_settings_need_conditioning (settings) ? 1 : INTERVAL;
}

static gboolean
check_step (PisdChannel *channel, guint step, GError **error)
{
  g_autoptr (PisdFrame) frame = pisd_channel_dup_frame (channel, step);
  g_autoptr (PisdFrame) first = pisd_channel_dup_frame (channel, 0);
  guint n_frames = pisd_channel_get_n_frames (channel); /* the first one among them */

  if (frame != NULL && step < frame->n_steps)
    return TRUE;
  if (first == NULL || first->n_steps == 0)
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            _ ("branch: got a run without steps, expected one that makes steps"));
  return pisd_error_fail (error, PISD_ERROR_RANGE,
                          _ ("branch: got step %u, expected one from 0 to %u"), step,
                          MIN (n_frames, first->n_steps) - 1);
}

static void
collect_checkpoints (PisdBranch *self, PisdChannel *channel)
{
  guint step = self->step;

  self->checkpoints = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_checkpoint_unref);
  for (;;)
    {
      PisdCheckpoint *checkpoint = pisd_channel_dup_checkpoint (channel, step);

      if (checkpoint == NULL)
        return;
      g_ptr_array_insert (self->checkpoints, 0, checkpoint);
      if (checkpoint->step == 0)
        return;
      step = checkpoint->step - 1;
    }
}

PisdBranch *
pisd_branch_new (PisdChannel *channel, guint step, GError **error)
{
  PisdBranch *self;

  if (!check_step (channel, step, error))
    return NULL;
  self = g_new0 (PisdBranch, 1);
  self->ref_count = 1;
  self->step = step;
  self->frames = g_new0 (PisdFrame *, step + 1);
  for (guint k = 0; k <= step; k++)
    self->frames[k] = pisd_channel_dup_frame (channel, k);
  collect_checkpoints (self, channel);
  self->checkpoint = g_ptr_array_index (self->checkpoints, self->checkpoints->len - 1);
  return self;
}

PisdBranch *
pisd_branch_ref (PisdBranch *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_branch_unref (PisdBranch *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint k = 0; k <= self->step; k++)
    pisd_frame_unref (self->frames[k]);
  g_free (self->frames);
  g_ptr_array_unref (self->checkpoints);
  g_free (self);
}

guint
pisd_branch_get_step (const PisdBranch *self)
{
  return self->step;
}

PisdFrame *
pisd_branch_dup_frame (const PisdBranch *self)
{
  return pisd_frame_ref (self->frames[self->step]);
}

const PisdScenario *
pisd_branch_get_scenario (const PisdBranch *self)
{
  return self->checkpoint->scenario;
}

gboolean
pisd_branch_shares (const char *key)
{
  static const char *const keys[] = { "problem",      "prior",    "prior-family",
                                      "class-weight", "mean-sd",  "noise-sd",
                                      "space",        "mode-set", "modes",
                                      "steps",        "schedule", "sigma-min",
                                      "sigma-max",    "rho",      NULL };

  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    if (pisd_law_setting_get (i)->is_prior && g_str_equal (pisd_law_setting_get (i)->key, key))
      return TRUE;
  return g_strv_contains (keys, key);
}

static gboolean
check_setting (const PisdSettingInfo *info,
               const PisdSettings *run,
               const PisdSettings *settings,
               PisdWords words,
               GError **error)
{
  g_autofree char *expected = pisd_settings_dup_text (run, info);
  g_autofree char *got = pisd_settings_dup_text (settings, info);

  if (g_str_equal (got, expected))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                          _ ("%s: got %s, expected %s, as the run has that it branches from"),
                          pisd_setting_get_word (info, words), got, expected);
}

static gboolean
check_shared (const PisdSettings *run,
              const PisdSettings *settings,
              PisdWords words,
              GError **error)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);

  for (guint k = 0; k < n; k++)
    if (pisd_branch_shares (infos[k].key)
        && !check_setting (&infos[k], run, settings, words, error))
      return FALSE;
  if (!pisd_settings_same_equation (run, settings))
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            _ ("branch: got another equation, expected that of the run"));
  return TRUE;
}

gboolean
pisd_branch_check (const PisdBranch *self,
                   const PisdScenario *scenario,
                   PisdWords words,
                   GError **error)
{
  const PisdScenario *run = self->checkpoint->scenario;
  const PisdSettings *settings = &scenario->settings;

  if (!check_shared (&run->settings, settings, words, error))
    return FALSE;
  if (g_strcmp0 (run->weights_path, scenario->weights_path) != 0
      && pisd_method_get_prior (settings->prior)->is_learned)
    return pisd_error_fail (
        error, PISD_ERROR_UNKNOWN,
        _ ("branch: got other weights of the prior, expected those of the run"));
  if (g_strcmp0 (run->socket_name, scenario->socket_name) != 0
      && pisd_method_get_prior (settings->prior)->is_elsewhere)
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            _ ("branch: got another model, expected that of the run"));
  if (!pisd_method_get (settings->guidance)->makes_steps)
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            _ ("branch: got a method that draws at once, expected one that makes "
                               "steps"));
  if (settings->samples != 1)
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            _ ("branch: got %u samples, expected 1, the one that was watched"),
                            settings->samples);
  return TRUE;
}

void
pisd_branch_publish (const PisdBranch *self, PisdChannel *channel)
{
  guint run_id = pisd_channel_get_run_id (channel);

  for (guint k = 0; k < self->checkpoints->len; k++)
    pisd_channel_keep (channel, pisd_checkpoint_ref (g_ptr_array_index (self->checkpoints, k)));
  for (guint k = 0; k < self->step; k++)
    pisd_channel_publish (channel, pisd_frame_new_shared (self->frames[k], run_id));
}

void
pisd_branch_fill_losses (const PisdBranch *self, double (*losses)[PISD_N_TERMS])
{
  for (guint k = 0; k < self->step; k++)
    memcpy (losses[k], self->frames[k]->losses, sizeof losses[k]);
}

gboolean
pisd_branch_changes (const PisdBranch *self, const PisdGuidanceParameters *parameters)
{
  return memcmp (&self->frames[self->step]->parameters, parameters, sizeof *parameters) != 0;
}

/* The steps from the sampler's own to the branch's, as the run made them.  FALSE: stopped. */
static gboolean
repeat (const PisdBranch *self, PisdSampler *sampler, PisdCancel *stop)
{
  for (guint k = pisd_sampler_get_step (sampler); k < self->step; k++)
    {
      if (pisd_cancel_look (stop))
        return FALSE;
      pisd_sampler_evaluate (sampler);
      pisd_sampler_set_parameters (sampler, &self->frames[k + 1]->parameters);
      pisd_sampler_advance (sampler);
    }
  return TRUE;
}

/* Whether both scenarios make the same steps of the exact flow. */
static gboolean
is_same_flow (const PisdScenario *a, const PisdScenario *b)
{
  return a->settings.guidance == b->settings.guidance && a->settings.sampler == b->settings.sampler
         && a->settings.covariance == b->settings.covariance
         && a->settings.pde_sd == b->settings.pde_sd
         && pisd_method_get_sampler (b->settings.sampler)->is_exact_flow
         && pisd_sensors_equal (a->sensors, b->sensors);
}

/* Where the steps of that flow began, which is known from there alone. */
static PisdCheckpoint *
find_beginning (const PisdBranch *self, const PisdScenario *scenario)
{
  PisdCheckpoint *first = self->checkpoint;

  for (guint k = self->checkpoints->len; k-- > 0;)
    {
      PisdCheckpoint *checkpoint = g_ptr_array_index (self->checkpoints, k);

      if (!is_same_flow (checkpoint->scenario, scenario))
        break;
      first = checkpoint;
    }
  return first;
}

/* The checkpoint at the branch's step; NULL: stopped. */
static PisdCheckpoint *
make_checkpoint (const PisdBranch *self,
                 PisdRepresentation *representation,
                 PisdDenoiser *denoiser,
                 PisdCancel *stop)
{
  const PisdScenario *run = self->checkpoint->scenario;
  g_autoptr (PisdSampler) sampler = NULL;

  if (self->checkpoint->step == self->step)
    return pisd_checkpoint_ref (self->checkpoint);
  sampler = pisd_sampler_new (representation, denoiser, &run->settings, run->sensors, NULL, 0);
  pisd_sampler_restore (sampler, self->checkpoint);
  pisd_sampler_set_parameters (sampler, &self->checkpoint->parameters);
  return repeat (self, sampler, stop) ? pisd_sampler_save (sampler, run) : NULL;
}

PisdSampler *
pisd_branch_new_sampler (const PisdBranch *self,
                         const PisdScenario *scenario,
                         PisdRepresentation *representation,
                         PisdDenoiser *denoiser,
                         PisdConditioning *conditioning,
                         PisdCancel *stop)
{
  g_autoptr (PisdSampler) sampler = pisd_sampler_new (representation, denoiser, &scenario->settings,
                                                      scenario->sensors, conditioning, 0);
  g_autoptr (PisdCheckpoint) checkpoint = NULL;

  if (is_same_flow (self->checkpoint->scenario, scenario))
    {
      pisd_sampler_restore (sampler, find_beginning (self, scenario));
      return repeat (self, sampler, stop) ? g_steal_pointer (&sampler) : NULL;
    }
  checkpoint = make_checkpoint (self, representation, denoiser, stop);
  if (checkpoint == NULL)
    return NULL;
  pisd_sampler_restore (sampler, checkpoint);
  return g_steal_pointer (&sampler);
}
