/* Pictures that carry a set-up.  The checksums of their chunks are put right first. */
#include <string.h>

#include "fuzz.h"
#include "pisd-png-text.h"
#include "pisd-setup-load.h"
#include "pisd-setup-text.h"
#include "pisd-test-png.h"
#include "pisd-truth.h"

#define FRAME_SIZE 12

static void
add_picture (GPtrArray *seeds, const guint8 *text, gsize size, gboolean is_packed)
{
  g_autoptr (GByteArray) png = test_png_begin ();
  g_autoptr (GByteArray) data = test_png_text (PISD_SETUP_KEYWORD, is_packed, text, size);

  test_png_append (png, "iTXt", data->data, data->len);
  test_png_end (png);
  fuzz_add_bytes (seeds, png->data, png->len);
}

static void
seed_png (GPtrArray *seeds)
{
  static const guint8 stored[] = { 0x78, 1,   1,   5,   0, 0xfa, 0xff, 'P',
                                   'I',  'S', 'D', '1', 4, 0xf1, 1,    0x5b };
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autofree char *text = NULL;

  pisd_truth_forget (scenario);
  text = pisd_setup_text_new (scenario, NULL);
  add_picture (seeds, (const guint8 *) text, strlen (text), FALSE);
  add_picture (seeds, stored, sizeof stored, TRUE);
}

static GBytes *
mend_checksums (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  guint8 *png = g_memdup2 (data, size);
  guint32 n, crc;

  for (gsize at = sizeof test_png_signature; at < size && size - at >= FRAME_SIZE;
       at += n + FRAME_SIZE)
    {
      memcpy (&n, png + at, sizeof n);
      n = GUINT32_FROM_BE (n);
      if (n > size - at - FRAME_SIZE)
        break;
      crc = GUINT32_TO_BE (test_png_crc (png + at + 4, n + 4));
      memcpy (png + at + 8 + n, &crc, sizeof crc);
    }
  return g_bytes_new_take (png, size);
}

static void
feed_png (GBytes *bytes)
{
  g_autoptr (GBytes) mended = mend_checksums (bytes);
  g_autoptr (PisdInput) input = fuzz_open (mended);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (GBytes) text =
      pisd_png_text_read (input, PISD_SETUP_KEYWORD, PISD_SETUP_TEXT_MAX, &error);

  fuzz_check (text != NULL, &error);
  scenario = pisd_setup_load_from (input, PISD_FILE_KIND_PICTURE, &error);
  fuzz_check (scenario != NULL, &error);
}

const FuzzTarget fuzz_png = { "png", seed_png, feed_png, 500, 4 << 20, 4 * 1032 };
