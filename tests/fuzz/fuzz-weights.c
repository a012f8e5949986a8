/* Trained networks.  The hash of their data is put right first: it is nobody's secret. */
#include <string.h>

#include "fuzz.h"
#include "pisd-weights.h"

#define HASH "\"" PISD_SAFETENSORS_HASH "\":\""
#define N_DIGITS 64

static gboolean
save_small (const char *path, GError **error)
{
  static const PisdNetworkShape shape = {
    .side = 4, .n_in = 1, .n_out = 1, .width = 16, .n_blocks = 1, .n_levels = 1, .n_labels = 1
  };
  static const char *const families[] = { "grf", NULL };
  static const double levels[] = { 0.1, 2.0 };
  g_autoptr (PisdWeights) weights = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.space = PISD_SPACE_DECOUPLED;
  settings.modes = shape.side;
  weights = pisd_weights_new (&shape, &settings, families);
  weights->errors = pisd_error_table_new (&shape, G_N_ELEMENTS (levels), levels);
  pisd_weights_describe (weights, "command", "pisd train");
  return pisd_weights_save (weights, path, error);
}

static void
seed_weights (GPtrArray *seeds)
{
  fuzz_add_saved (seeds, save_small);
}

/* Of the data behind the header, where there is one. */
static GBytes *
mend_hash (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autofree guint8 *mended = g_memdup2 (data, size);
  g_autofree char *hash = NULL;
  guint64 length = G_MAXUINT64;
  char *place;

  if (size > 8)
    memcpy (&length, data, 8);
  length = GUINT64_FROM_LE (length);
  if (size <= 8 || length > size - 8)
    return g_bytes_ref (bytes);
  place = g_strstr_len ((char *) mended + 8, (gssize) length, HASH);
  if (place == NULL || (guint8 *) place + strlen (HASH) + N_DIGITS > mended + 8 + length)
    return g_bytes_ref (bytes);
  hash = g_compute_checksum_for_data (G_CHECKSUM_SHA256, data + 8 + length, size - 8 - length);
  memcpy (place + strlen (HASH), hash, N_DIGITS);
  return g_bytes_new_take (g_steal_pointer (&mended), size);
}

static void
feed_weights (GBytes *bytes)
{
  g_autoptr (GBytes) mended = mend_hash (bytes);
  g_autoptr (PisdInput) input = fuzz_open (mended);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdWeights) weights = pisd_weights_load_from (input, &error);
  PisdSettings settings;

  fuzz_check (weights != NULL, &error);
  if (weights == NULL)
    return;
  pisd_settings_init_default (&settings);
  fuzz_check (pisd_weights_check (weights, "weights", &settings, &error), &error);
}

const FuzzTarget fuzz_weights = { "weights", seed_weights, feed_weights, 600, 1 << 18, 64 };
