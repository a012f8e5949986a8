#include "pisd-fit.h"

#include <glib/gi18n-lib.h>

#include "pisd-learned-latent.h"
#include "pisd-error.h"
#include "pisd-law-setting.h"
#include "pisd-number.h"

#define MOST_MOVES 2

/* Tried in this order: none, the noise and the step, the method, what the latent is, a method that
 * any latent has, and the prior last. */
static const struct
{
  const char *key, *text;
} cures[][MOST_MOVES] = {
  { { NULL } },
  { { "schedule", "edm" } },
  { { "sampler", "heun" } },
  { { "sampler", "ddim" } },
  { { "guidance", "second-order" }, { "sampler", "heun" } },
  { { "covariance", "gaussian" } },
  { { "covariance", "jacobian" } },
  { { "covariance", "jacobian" }, { "sampler", "heun" } },
  { { "space", "decoupled" } },
  { { "covariance", "gaussian" }, { "space", "decoupled" } },
  { { "mode-set", "square" } },
  { { "mode-set", "square" }, { "space", "decoupled" } },
  { { "sampler", "heun" }, { "space", "decoupled" } },
  { { "guidance", "pisd" }, { "sampler", "euler" } },
  { { "prior", "gaussian" } },
};

/* Noise, and the steps that use it; with others it is 0. */
static const struct
{
  const char *key;
  PisdSamplerUses uses;
} noises[] = { { "eta", PISD_SAMPLER_USES_ETA }, { "churn", PISD_SAMPLER_USES_CHURN } };

/* What is being fitted: the settings that stay, and the keys of those that were changed. */
typedef struct
{
  PisdSettings *settings;
  PisdFitFixed is_fixed;
  gconstpointer data;
  GPtrArray *keys;
} Trial;

/* FALSE where the setting is fixed at something else. */
static gboolean
move (Trial *trial, const char *key, const char *text)
{
  g_autofree char *before = pisd_settings_dup_text (trial->settings, pisd_settings_find (key));

  if (g_str_equal (before, text))
    return TRUE;
  if (trial->is_fixed (key, trial->data) || !pisd_settings_set (trial->settings, key, text, NULL))
    return FALSE;
  g_ptr_array_add (trial->keys, g_strdup (key));
  return TRUE;
}

/* The numbers of the prior's law that it may not have are the benchmark's. */
static gboolean
move_law (Trial *trial)
{
  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    {
      const PisdLawSetting *law = pisd_law_setting_get (i);
      char text[PISD_NUMBER_SIZE];

      if (law->is_prior && !pisd_law_setting_may (law, trial->settings)
          && !move (trial, law->key,
                    pisd_number_format (pisd_law_setting_get_standard (law), text)))
        return FALSE;
    }
  return TRUE;
}

/* FALSE where one of the settings that it changes is fixed. */
static gboolean
apply (Trial *trial, guint cure)
{
  for (guint k = 0; k < MOST_MOVES && cures[cure][k].key != NULL; k++)
    if (!move (trial, cures[cure][k].key, cures[cure][k].text))
      return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (noises); k++)
    if (!pisd_settings_use_sampler (trial->settings, noises[k].uses)
        && !move (trial, noises[k].key, "0"))
      return FALSE;
  return move_law (trial);
}

static void
return_keys (GPtrArray *keys, char ***moved)
{
  if (moved == NULL)
    return;
  g_ptr_array_set_free_func (keys, NULL);
  g_ptr_array_add (keys, NULL);
  *moved = (char **) g_ptr_array_steal (keys, NULL);
}

/* The settings that stay, the words for what is wrong with them, and what a latent is with a
 * learned prior, where that is known. */
typedef struct
{
  PisdFitFixed is_fixed;
  gconstpointer data;
  PisdWords words;
  gboolean has_latent;
  PisdLearnedLatent latent;
} Fixed;

static void
fixed_init (Fixed *fixed,
            PisdFitFixed is_fixed,
            gconstpointer data,
            PisdWords words,
            const PisdSettings *settings,
            const char *weights)
{
  *fixed = (Fixed){ .is_fixed = is_fixed, .data = data, .words = words };
  fixed->has_latent = pisd_method_get_prior (settings->prior)->is_learned
                      && pisd_learned_latent_find (settings->problem, weights, &fixed->latent);
}

/* The latent of the weights, as far as nothing of it is fixed. */
static void
follow_latent (Trial *trial, const PisdLearnedLatent *latent)
{
  const PisdChoice space = pisd_method_get_space (latent->space)->choice;
  g_autofree char *modes = g_strdup_printf ("%u", latent->modes);

  move (trial, "space", space.name);
  move (trial, "mode-set", "square");
  move (trial, "modes", modes);
}

/* Whether a learned prior has weights for such a latent. */
static gboolean
has_weights (const PisdSettings *settings, const Fixed *fixed)
{
  return !pisd_method_get_prior (settings->prior)->is_learned
         || (fixed->has_latent && settings->space == fixed->latent.space
             && settings->modes == fixed->latent.modes);
}

static gboolean
try_cure (PisdSettings *settings, const Fixed *fixed, guint cure, gboolean is_strict, char ***moved)
{
  PisdSettings tried = *settings;
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  Trial trial = { &tried, fixed->is_fixed, fixed->data, keys };

  if (fixed->has_latent && g_strcmp0 (cures[cure][0].key, "prior") != 0)
    follow_latent (&trial, &fixed->latent);
  if (!apply (&trial, cure) || (is_strict && !has_weights (&tried, fixed))
      || !pisd_settings_check (&tried, NULL))
    return FALSE;
  *settings = tried;
  return_keys (keys, moved);
  return TRUE;
}

/* A learned prior that is fixed is left without weights where nothing else helps: whoever reads
 * them says what is wrong. */
static gboolean
fit (PisdSettings *settings, const Fixed *fixed, char ***moved, GError **error)
{
  for (gint is_strict = TRUE; is_strict >= FALSE; is_strict--)
    for (guint cure = 0; cure < G_N_ELEMENTS (cures); cure++)
      if (try_cure (settings, fixed, cure, is_strict, moved))
        return TRUE;
  pisd_settings_check_in_words (settings, fixed->words, error);
  return FALSE;
}

gboolean
pisd_fit (PisdSettings *settings,
          const char *weights,
          PisdFitFixed is_fixed,
          gconstpointer data,
          char ***moved,
          GError **error)
{
  Fixed fixed;

  g_return_val_if_fail (settings != NULL && is_fixed != NULL, FALSE);

  fixed_init (&fixed, is_fixed, data, PISD_WORDS_NAMES, settings, weights);
  return fit (settings, &fixed, moved, error);
}

gboolean
pisd_fit_to (PisdSettings *settings,
             const char *weights,
             PisdFitFixed is_fixed,
             gconstpointer data,
             char ***moved,
             GError **error)
{
  Fixed fixed;

  g_return_val_if_fail (settings != NULL && is_fixed != NULL, FALSE);

  fixed_init (&fixed, is_fixed, data, PISD_WORDS_TITLES, settings, weights);
  return fit (settings, &fixed, moved, error);
}

static gboolean
is_this (const char *key, gconstpointer chosen)
{
  return g_str_equal (key, chosen);
}

/* "Prior: got Learned for Navier-Stokes, which has no weights, expected Gaussian" */
static gboolean
fail_weights (const PisdSettings *settings, GError **error)
{
  const PisdSettingInfo *prior = pisd_settings_find ("prior");
  const PisdChoice problem = pisd_settings_find ("problem")->get_choice (settings->problem);

  return pisd_error_fail (
      error, PISD_ERROR_RANGE, _ ("%s: got %s for %s, which has no weights, expected %s"),
      pisd_setting_get_word (prior, PISD_WORDS_TITLES),
      pisd_choice_get_word (&pisd_method_get_prior (settings->prior)->choice, PISD_WORDS_TITLES),
      pisd_choice_get_word (&problem, PISD_WORDS_TITLES),
      pisd_choice_get_word (&pisd_method_get_prior (0)->choice, PISD_WORDS_TITLES));
}

gboolean
pisd_fit_set (PisdSettings *settings,
              const char *weights,
              const char *key,
              const char *text,
              char ***moved,
              GError **error)
{
  PisdSettings set;
  Fixed fixed;

  g_return_val_if_fail (settings != NULL && key != NULL && text != NULL, FALSE);

  set = *settings;
  if (!pisd_settings_set_in_words (&set, key, text, PISD_WORDS_TITLES, error))
    return FALSE;
  fixed_init (&fixed, is_this, key, PISD_WORDS_TITLES, &set, weights);
  if (!fixed.has_latent && g_str_equal (key, "prior")
      && pisd_method_get_prior (set.prior)->is_learned)
    return fail_weights (&set, error);
  if (!fit (&set, &fixed, moved, error))
    return FALSE;
  *settings = set;
  return TRUE;
}

gboolean
pisd_fit_preset (PisdSettings *settings,
                 const PisdMixture *mixture,
                 gboolean with_steps,
                 PisdFitSay say,
                 gconstpointer data,
                 GError **error)
{
  g_return_val_if_fail (settings != NULL && mixture != NULL && say != NULL, FALSE);

  for (guint round = 0; round < 2; round++)
    {
      pisd_settings_apply_mixture (settings, settings->guidance, mixture, with_steps && round == 0);
      if (!say (settings, data, error))
        return FALSE;
    }
  return TRUE;
}
