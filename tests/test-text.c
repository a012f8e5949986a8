#include <string.h>

#include "pisd-text.h"

typedef struct
{
  const char *bytes;
  gsize n;
  PisdEncoding encoding;
  const char *utf_8;     /* NULL: broken */
  const char *complaint; /* a part of what is then said */
} Row;

#define BYTES(literal) literal, sizeof literal - 1

static const Row rows[] = {
  { BYTES (""), PISD_ENCODING_UTF_8, "", NULL },
  { BYTES ("a\xc3\xa4\xf0\x9f\x98\x80"), PISD_ENCODING_UTF_8, "a\xc3\xa4\xf0\x9f\x98\x80", NULL },
  { BYTES ("\xef\xbb\xbf"
           "a"),
    PISD_ENCODING_UTF_8, "a", NULL },
  { BYTES ("\xef\xbb"), PISD_ENCODING_UTF_8, NULL, "\\xef" },
  { BYTES ("a\xe4"), PISD_ENCODING_UTF_8, NULL, "\\xe4" },
  { BYTES ("ab\0"), PISD_ENCODING_UTF_8, NULL, "NUL" },
  { BYTES ("\xff\xfe"), PISD_ENCODING_UTF_16_LE, "", NULL },
  { BYTES ("\xff\xfe"
           "a\0\xe4\0\x3d\xd8\x00\xde"),
    PISD_ENCODING_UTF_16_LE, "a\xc3\xa4\xf0\x9f\x98\x80", NULL },
  { BYTES ("\xfe\xff\0a\0\xe4\xd8\x3d\xde\x00"), PISD_ENCODING_UTF_16_BE,
    "a\xc3\xa4\xf0\x9f\x98\x80", NULL },
  { BYTES ("a\0b\0"), PISD_ENCODING_UTF_16_LE, "ab", NULL },
  { BYTES ("\0a\0b"), PISD_ENCODING_UTF_16_BE, "ab", NULL },
  { BYTES ("a\0b"), PISD_ENCODING_UTF_16_LE, NULL, "\\x62" },
  { BYTES ("a\0\x3d\xd8"), PISD_ENCODING_UTF_16_LE, NULL, "little-endian" },
  { BYTES ("a\0\x3d\xd8"
           "b\0"),
    PISD_ENCODING_UTF_16_LE, NULL, "\\x3d" },
  { BYTES ("\0a\xde\x00"), PISD_ENCODING_UTF_16_BE, NULL, "big-endian" },
  { BYTES ("\xff\xfe\0\0"), PISD_ENCODING_UTF_16_LE, NULL, "NUL" },
};

static void
test_decoding (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *complaint = NULL;
      g_autofree char *got = NULL;
      PisdText text;

      pisd_text_init (&text, rows[i].bytes, rows[i].n);
      g_assert_cmpint (text.encoding, ==, rows[i].encoding);
      got = pisd_text_dup_rest (&text);
      if (g_strcmp0 (got, rows[i].utf_8) != 0)
        g_error ("row %u: got `%s`, expected `%s`", i, got, rows[i].utf_8);
      if (got != NULL)
        continue;
      complaint = pisd_text_dup_complaint (&text);
      if (strstr (complaint, rows[i].complaint) == NULL)
        g_error ("row %u: got `%s`, expected `%s` in it", i, complaint, rows[i].complaint);
      g_assert_nonnull (strstr (complaint, pisd_encoding_get_name (rows[i].encoding)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/text/decoding", test_decoding);
  return g_test_run ();
}
