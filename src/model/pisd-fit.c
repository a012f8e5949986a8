#include "pisd-fit.h"

#include <glib/gi18n-lib.h>

#include "pisd-bundle.h"
#include "pisd-error.h"

#define MOST_MOVES 2

/* Tried in this order: none, the noise and the step, the method, and what the latent is last. */
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
  { { "space", "decoupled" } },
  { { "covariance", "gaussian" }, { "space", "decoupled" } },
  { { "mode-set", "square" } },
  { { "mode-set", "square" }, { "space", "decoupled" } },
  { { "sampler", "heun" }, { "space", "decoupled" } },
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
  return TRUE;
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

/* The settings that stay, and the words for what is wrong with them. */
typedef struct
{
  PisdFitFixed is_fixed;
  gconstpointer data;
  PisdWords words;
} Fixed;

static gboolean
fit (PisdSettings *settings, const Fixed *fixed, char ***moved, GError **error)
{
  g_autoptr (GError) reason = NULL;

  if (pisd_settings_check_in_words (settings, fixed->words, &reason))
    {
      if (moved != NULL)
        *moved = g_new0 (char *, 1);
      return TRUE;
    }
  for (guint cure = 0; cure < G_N_ELEMENTS (cures); cure++)
    {
      PisdSettings tried = *settings;
      g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
      Trial trial = { &tried, fixed->is_fixed, fixed->data, keys };

      if (!apply (&trial, cure) || !pisd_settings_check (&tried, NULL))
        continue;
      *settings = tried;
      return_keys (keys, moved);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&reason));
  return FALSE;
}

gboolean
pisd_fit (PisdSettings *settings,
          PisdFitFixed is_fixed,
          gconstpointer data,
          char ***moved,
          GError **error)
{
  const Fixed fixed = { is_fixed, data, PISD_WORDS_NAMES };

  g_return_val_if_fail (settings != NULL && is_fixed != NULL, FALSE);

  return fit (settings, &fixed, moved, error);
}

gboolean
pisd_fit_to (PisdSettings *settings,
             PisdFitFixed is_fixed,
             gconstpointer data,
             char ***moved,
             GError **error)
{
  const Fixed fixed = { is_fixed, data, PISD_WORDS_TITLES };

  g_return_val_if_fail (settings != NULL && is_fixed != NULL, FALSE);

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

/* Weights that come with the program have modes of their own, and not every equation has some. */
static gboolean
follow_weights (PisdSettings *settings, const char *key, GPtrArray *moved, GError **error)
{
  const PisdBundle *bundle = pisd_bundle_find (settings->problem);

  if (pisd_method_get_prior (settings->prior)->is_gaussian)
    return TRUE;
  if (bundle == NULL && g_str_equal (key, "prior"))
    return fail_weights (settings, error);
  if (bundle != NULL && g_str_equal (key, "prior") && settings->modes != bundle->modes)
    {
      settings->modes = bundle->modes;
      g_ptr_array_add (moved, g_strdup ("modes"));
    }
  return TRUE;
}

/* Keys that moved on top of those, which it takes over. */
static void
add_keys (GPtrArray *moved, char **keys)
{
  for (guint k = 0; keys[k] != NULL; k++)
    g_ptr_array_add (moved, keys[k]);
  g_free (keys);
}

gboolean
pisd_fit_set (PisdSettings *settings,
              const char *key,
              const char *text,
              char ***moved,
              GError **error)
{
  const Fixed fixed = { is_this, key, PISD_WORDS_TITLES };
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  char **keys = NULL;
  PisdSettings set;

  g_return_val_if_fail (settings != NULL && key != NULL && text != NULL, FALSE);

  set = *settings;
  if (!pisd_settings_set_in_words (&set, key, text, fixed.words, error)
      || !follow_weights (&set, key, all, error) || !fit (&set, &fixed, &keys, error))
    return FALSE;
  *settings = set;
  add_keys (all, keys);
  return_keys (all, moved);
  return TRUE;
}
