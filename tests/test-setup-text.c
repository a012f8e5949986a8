#include "pisd-setup-text.h"

#include "pisd-base64.h"
#include "pisd-deflate.h"
#include "pisd-setup-load.h"
#include "pisd-test-scenario.h"
#include "pisd-truth.h"

static PisdScenario *
read_bytes (const void *text, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, size);
  g_autoptr (PisdInput) input = pisd_input_new_for_bytes ("mail", bytes);

  return pisd_setup_text_load_from (input, error);
}

static PisdScenario *
send (const PisdScenario *scenario)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = pisd_setup_text_new (scenario, &error);
  PisdScenario *back;

  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (text, "PISD1:"));
  g_assert_cmpuint (strcspn (text, " \n+/="), ==, strlen (text));
  back = read_bytes (text, strlen (text), &error);
  g_assert_no_error (error);
  return back;
}

/* Settings, sensors and truth are the same bits, and so is the text once more. */
static void
assert_comes_back (const PisdScenario *scenario)
{
  g_autoptr (PisdScenario) back = send (scenario);
  g_autofree char *text = pisd_setup_text_new (scenario, NULL);
  g_autofree char *again = pisd_setup_text_new (back, NULL);

  test_assert_same_scenario (scenario, back);
  g_assert_true (pisd_truth_equal (scenario, back) || scenario->truth_path != NULL);
  g_assert_cmpstr (text, ==, again);
}

static void
test_random_truth (void)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autofree char *text = NULL;

  assert_comes_back (scenario);
  text = pisd_setup_text_new (scenario, NULL);
  g_assert_cmpuint (strlen (text), <, 5000); /* no values of the truth */
  pisd_truth_forget (scenario);
  assert_comes_back (scenario);
}

/* Its source alone, from which the rest follows; a third of a line of bars is almost nothing. */
static void
test_drawn_truth (void)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autofree char *text = NULL;

  test_draw_truth (scenario);
  assert_comes_back (scenario);
  text = pisd_setup_text_new (scenario, NULL);
  g_assert_cmpuint (strlen (text), <, 8000);
}

/* All fields, where they do not follow: the file has another solution than the program. */
static void
test_file_truth (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;
  g_autoptr (GError) error = NULL;

  pisd_truth_open (scenario, path, &error);
  g_assert_no_error (error);
  assert_comes_back (scenario);
  back = send (scenario);
  g_assert_null (back->truth_path);
}

/* The text of a set-up, by hand: `size`: what it says of its size. */
static char *
make_text (const char *head, const void *inflated, gsize n, guint32 size)
{
  g_autoptr (GBytes) packed = pisd_deflate (inflated, n);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  const guint32 little = GUINT32_TO_LE (size);
  GString *text = g_string_new (head);
  guint8 sum[32];
  gsize n_sum = sizeof sum;

  g_byte_array_append (bytes, (const guint8 *) &little, sizeof little);
  g_byte_array_append (bytes, g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  g_checksum_update (checksum, bytes->data, bytes->len);
  g_checksum_get_digest (checksum, sum, &n_sum);
  g_byte_array_prepend (bytes, sum, 8);
  pisd_base64_append (text, bytes->data, bytes->len);
  return g_string_free (text, FALSE);
}

static void
assert_refused (const void *text, gsize size, PisdError code, const char *needle)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (read_bytes (text, size, &error));
  g_assert_error (error, PISD_ERROR, (int) code);
  g_assert_null (strchr (error->message, '\n'));
  if (!g_str_has_prefix (error->message, "mail: ") || strstr (error->message, needle) == NULL)
    g_error ("got `%s`, expected `%s` in it", error->message, needle);
}

static void
test_other_texts (void)
{
  static const struct
  {
    const char *text;
    PisdError code;
    const char *needle;
  } rows[] = {
    { "", PISD_ERROR_FORMAT, "got \"\", expected a set-up, which begins with PISD1:" },
    { "Hello, see you at nine", PISD_ERROR_FORMAT, "got \"Hello, see you a\", expected a set-up" },
    { "pisd1:AAAA", PISD_ERROR_FORMAT, "expected a set-up" },
    { "PISD:AAAA", PISD_ERROR_FORMAT, "expected a set-up" },
    { "PISD1", PISD_ERROR_FORMAT, "expected a set-up" },
    { "PISD2:AAAA", PISD_ERROR_UNKNOWN, "got version 2, expected 1: a newer program made it" },
    { "PISD99999999999:AAAA", PISD_ERROR_FORMAT, "expected a set-up" },
    { "PISD1:", PISD_ERROR_FORMAT, "set-up: got 0 bytes, expected more than 12" },
    { "PISD1:AAAAAAAAAAAAAAAAAAAAAAAA", PISD_ERROR_FORMAT, "got another checksum" },
    { "PISD1:AAAA\xff", PISD_ERROR_FORMAT, "byte 10: got 0xff" },
    { "PISD1:AA%20", PISD_ERROR_FORMAT, "byte 8: got 0x25" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    assert_refused (rows[k].text, strlen (rows[k].text), rows[k].code, rows[k].needle);
}

static void
assert_made_refused (const void *inflated,
                     gsize n,
                     guint32 size,
                     PisdError code,
                     const char *needle)
{
  g_autofree char *text = make_text ("PISD1:", inflated, n, size);

  assert_refused (text, strlen (text), code, needle);
}

/* With a checksum that is right. */
static void
test_hostile (void)
{
  static const char plain[] = "[scenario]\n";
  static const char file[] = "[scenario]\n[truth]\nfile=/dev/zero\n";
  static const char nan[] = "[scenario]\nmodes=nan\n";
  static const char bytes[] = "[scenario]\n\xff";
  const gsize n = 100000;
  g_autofree char *zeros = g_malloc0 (n);
  g_autofree char *text = make_text ("PISD1:", plain, strlen (plain), (guint32) strlen (plain));
  g_autoptr (PisdScenario) scenario = read_bytes (text, strlen (text), NULL);

  g_assert_nonnull (scenario); /* what is made by hand is right where nothing is wrong */
  assert_made_refused (zeros, n, 50, PISD_ERROR_LIMIT, "got more than 50 bytes, expected 50");
  assert_made_refused (zeros, n, 0xffffffff, PISD_ERROR_LIMIT,
                       "got 4294967295 bytes when unpacked, expected at most 8388608");
  assert_made_refused (zeros, n, (guint32) n + 1, PISD_ERROR_FORMAT, "got 100000 bytes, expected");
  assert_made_refused (zeros, n, (guint32) n, PISD_ERROR_FORMAT, "expected");
  assert_made_refused (file, strlen (file), (guint32) strlen (file), PISD_ERROR_FORMAT,
                       "expected a truth that is sent along");
  assert_made_refused (nan, strlen (nan), (guint32) strlen (nan), PISD_ERROR_FORMAT, "modes");
  assert_made_refused (bytes, strlen (bytes), (guint32) strlen (bytes), PISD_ERROR_FORMAT, "UTF-8");
}

/* A truth of a wrong size, beside another one, and with a value that is none. */
static void
test_hostile_truth (void)
{
  static const char unknown[] = "[scenario]\n[truth]\nknown=false\n";
  static const char known[] = "[scenario]\n";
  const gsize n = (gsize) PISD_GRID * PISD_GRID * sizeof (double);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *) unknown, sizeof unknown);
  g_byte_array_set_size (bytes, (guint) (sizeof unknown + n));
  memset (bytes->data + sizeof unknown, 0xff, n);
  assert_made_refused (bytes->data, bytes->len, bytes->len, PISD_ERROR_NUMERIC,
                       "[truth] source: got NaN or infinity");
  assert_made_refused (bytes->data, bytes->len - 8, bytes->len - 8, PISD_ERROR_SHAPE,
                       "truth: got 131064 bytes, expected 131072, 262144 or none for poisson");
  g_byte_array_set_size (bytes, 0);
  g_byte_array_append (bytes, (const guint8 *) known, sizeof known);
  g_byte_array_set_size (bytes, (guint) (sizeof known + n));
  memset (bytes->data + sizeof known, 0, n);
  assert_made_refused (bytes->data, bytes->len, bytes->len, PISD_ERROR_SHAPE, "truth: got 131072");
}

/* Cut after every 7th letter, and every 7th letter changed. */
static void
test_changed (void)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autofree char *text = pisd_setup_text_new (scenario, NULL);
  const gsize n = strlen (text);

  for (gsize k = 0; k < n; k += 7)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) other = NULL;

      g_assert_null (read_bytes (text, k, &error));
      g_assert_nonnull (error);
      text[k] = text[k] == 'x' ? 'y' : 'x';
      g_assert_null (read_bytes (text, n, &other));
      g_assert_nonnull (other);
      g_free (text);
      text = pisd_setup_text_new (scenario, NULL);
    }
}

/* Blanks around it and line ends in it. */
static void
test_mailed (void)
{
  g_autoptr (PisdScenario) scenario = test_scenario_new ();
  g_autofree char *text = pisd_setup_text_new (scenario, NULL);
  g_autoptr (GString) mailed = g_string_new ("\n  ");
  g_autoptr (PisdScenario) back = NULL;

  for (const char *p = text; *p != '\0'; p++)
    g_string_append_printf (mailed, "%c%s", *p, (p - text) % 76 == 75 ? "\r\n" : "");
  back = read_bytes (mailed->str, mailed->len, NULL);
  test_assert_same_scenario (scenario, back);
}

/* A file with weights is found where it was, or beside the text. */
static void
test_weights (void)
{
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "set-up.txt", NULL);
  g_autofree char *beside = g_build_filename (directory, "w.safetensors", NULL);
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdScenario) back = NULL;
  g_autofree char *text = NULL;

  scenario->weights_path = g_strdup ("/nowhere/w.safetensors");
  text = pisd_setup_text_new (scenario, NULL);
  test_write (path, text, -1);
  back = pisd_setup_load (path, NULL);
  g_assert_cmpstr (back->weights_path, ==, "/nowhere/w.safetensors");
  test_write (beside, "weights", -1);
  pisd_scenario_free (back);
  back = pisd_setup_load (path, NULL);
  g_assert_cmpstr (back->weights_path, ==, beside);
  test_directory_remove (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/setup-text/random", test_random_truth);
  g_test_add_func ("/setup/setup-text/drawn", test_drawn_truth);
  g_test_add_func ("/setup/setup-text/file", test_file_truth);
  g_test_add_func ("/setup/setup-text/other-texts", test_other_texts);
  g_test_add_func ("/setup/setup-text/hostile", test_hostile);
  g_test_add_func ("/setup/setup-text/hostile-truth", test_hostile_truth);
  g_test_add_func ("/setup/setup-text/changed", test_changed);
  g_test_add_func ("/setup/setup-text/mailed", test_mailed);
  g_test_add_func ("/setup/setup-text/weights", test_weights);
  return g_test_run ();
}
