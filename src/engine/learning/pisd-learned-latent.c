#include "pisd-learned-latent.h"

#include "pisd-bundle.h"
#include "pisd-file-stamp.h"
#include "pisd-weights.h"

/* What is known of a file: nothing where its metadata name a problem, or a space, that there is
 * not. */
typedef struct
{
  PisdFileStamp stamp;
  gboolean is_known;
  PisdProblemId problem;
  PisdLearnedLatent latent;
} Seen;

G_LOCK_DEFINE_STATIC (seen);
static GHashTable *seen; /* path -> Seen; behind the lock; NULL: no file yet */

static void
look_into (const char *path, Seen *found)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, NULL);
  g_autoptr (PisdWeights) weights = input == NULL ? NULL : pisd_weights_load_from (input, NULL);
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  if (weights == NULL || !pisd_settings_set (&settings, "problem", weights->problem, NULL)
      || !pisd_settings_set (&settings, "space", weights->space, NULL))
    return;
  found->is_known = TRUE;
  found->problem = settings.problem;
  found->latent = (PisdLearnedLatent){ settings.space, weights->modes };
}

/* What can be read only once is left to whoever needs the weights. */
static void
look (const char *path, Seen *found)
{
  const Seen *before = g_hash_table_lookup (seen, path);
  const gboolean is_there = pisd_file_stamp_init (&found->stamp, path);

  if (before != NULL && (!is_there || pisd_file_stamp_equal (&before->stamp, &found->stamp)))
    {
      *found = *before;
      return;
    }
  if (!is_there)
    return;
  look_into (path, found);
  g_hash_table_insert (seen, g_strdup (path), g_memdup2 (found, sizeof *found));
}

static gboolean
find_in_file (PisdProblemId problem, const char *path, PisdLearnedLatent *latent)
{
  Seen found = { 0 };

  G_LOCK (seen);
  if (seen == NULL)
    seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  look (path, &found);
  G_UNLOCK (seen);
  *latent = found.latent;
  return found.is_known && pisd_settings_share_latent (problem, found.problem, found.latent.space);
}

gboolean
pisd_learned_latent_find (PisdProblemId problem, const char *path, PisdLearnedLatent *latent)
{
  const PisdBundle *bundle = pisd_bundle_find (problem);

  if (path != NULL)
    return find_in_file (problem, path, latent);
  if (bundle != NULL)
    *latent = (PisdLearnedLatent){ bundle->space, bundle->modes };
  return bundle != NULL;
}
