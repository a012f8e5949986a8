/* Set-ups as a line of text: as they stand; with the letters, or the bytes behind them, or what
 * they are packed from, put right, so that what is inside is read too. */
#include <string.h>

#include "fuzz.h"
#include "pisd-base64.h"
#include "pisd-deflate.h"
#include "pisd-setup-text.h"
#include "pisd-truth.h"

#define CHECKSUM_SIZE 8

typedef enum
{
  FORM_TEXT,     /* all of it */
  FORM_PACKED,   /* size and what is deflated */
  FORM_UNPACKED, /* scenario and truth */
  N_FORMS
} Form;

static void
seed_setup (GPtrArray *seeds)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autofree char *text = NULL;
  g_autofree char *first = NULL;

  pisd_truth_forget (scenario);
  text = pisd_setup_text_new (scenario, NULL);
  first = g_strconcat ("\1", text, NULL);
  first[0] = FORM_TEXT;
  fuzz_add_bytes (seeds, first, strlen (text) + 1);
  fuzz_add_bytes (seeds, "\1\5\0\0\0\3\0", 7);
  fuzz_add_text (seeds, "\2[scenario]\nproblem=poisson\n[truth]\nknown=false\n");
}

static void
pack (GByteArray *bytes, const guint8 *data, gsize size)
{
  g_autoptr (GBytes) deflated = pisd_deflate (data, size);
  const guint32 n = GUINT32_TO_LE ((guint32) size);

  g_byte_array_append (bytes, (const guint8 *) &n, sizeof n);
  g_byte_array_append (bytes, g_bytes_get_data (deflated, NULL),
                       (guint) g_bytes_get_size (deflated));
}

static GBytes *
write_letters (const GByteArray *bytes)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  guint8 sum[32];
  gsize n = sizeof sum;
  GString *text = g_string_new ("PISD1:");

  g_checksum_update (checksum, bytes->data, bytes->len);
  g_checksum_get_digest (checksum, sum, &n);
  g_byte_array_append (whole, sum, CHECKSUM_SIZE);
  g_byte_array_append (whole, bytes->data, bytes->len);
  pisd_base64_append (text, whole->data, whole->len);
  return g_string_free_to_bytes (text);
}

static GBytes *
complete (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_autoptr (GByteArray) inner = g_byte_array_new ();

  switch (size > 0 ? (Form) (data[0] % N_FORMS) : FORM_TEXT)
    {
    case FORM_PACKED:
      g_byte_array_append (inner, data + 1, (guint) size - 1);
      return write_letters (inner);
    case FORM_UNPACKED:
      pack (inner, data + 1, size - 1);
      return write_letters (inner);
    default:
      return g_bytes_new_from_bytes (bytes, MIN (size, 1), size - MIN (size, 1));
    }
}

static void
feed_setup (GBytes *bytes)
{
  g_autoptr (GBytes) text = complete (bytes);
  g_autoptr (PisdInput) input = fuzz_open (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdScenario) scenario = pisd_setup_text_load_from (input, &error);

  pisd_setup_text_recognise (input);
  fuzz_check (scenario != NULL, &error);
}

const FuzzTarget fuzz_setup = { "setup", seed_setup, feed_setup, 700, 4 << 20, 2 * 1032 };
