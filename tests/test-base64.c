#include "pisd-base64.h"
#include "pisd-test.h"

#include "pisd-error.h"

/* RFC 4648, section 10, and the two letters that are its own. */
static const char *const known[][2] = {
  { "", "" },           { "f", "Zg" },          { "fo", "Zm8" },          { "foo", "Zm9v" },
  { "foob", "Zm9vYg" }, { "fooba", "Zm9vYmE" }, { "foobar", "Zm9vYmFy" }, { "\xfb\xff", "-_8" },
};

static void
test_known (void)
{
  for (guint k = 0; k < G_N_ELEMENTS (known); k++)
    {
      const gsize n = strlen (known[k][0]);
      g_autoptr (GString) text = g_string_new (">");
      g_autoptr (GBytes) back = NULL;

      pisd_base64_append (text, known[k][0], n);
      g_assert_cmpstr (text->str + 1, ==, known[k][1]);
      back = pisd_base64_read (text->str + 1, text->len - 1, 1, "x", NULL);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), known[k][0], n);
    }
}

/* What mails do to a long line. */
static void
test_blanks (void)
{
  static const char text[] = " Zm9v\r\n\tYm Fy\n";
  g_autoptr (GBytes) back = pisd_base64_read (text, strlen (text), 0, "x", NULL);

  g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), "foobar", 6);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text, *message;
    gsize size;
  } rows[] = {
    { "Zm9+", "x: byte 13: got 0x2b, expected a letter, a digit, - or _", 4 },
    { "Zm9=", "x: byte 13: got 0x3d, expected a letter, a digit, - or _", 4 },
    { "Z\xff", "x: byte 11: got 0xff, expected a letter, a digit, - or _", 2 },
    { "Zg\0A", "x: byte 12: got 0x00, expected a letter, a digit, - or _", 4 },
    { "Z", "x: got 1 bytes that break off, expected a whole text", 1 },
    { "Zm9vY", "x: got 5 bytes that break off, expected a whole text", 5 },
    { "Zh", "x: got 2 bytes that break off, expected a whole text", 2 }, /* bits that are lost */
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (pisd_base64_read (rows[k].text, rows[k].size, 10, "x", &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
      g_assert_cmpstr (error->message, ==, rows[k].message);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/base64/known", test_known);
  g_test_add_func ("/files/base64/blanks", test_blanks);
  g_test_add_func ("/files/base64/refused", test_refused);
  return g_test_run ();
}
