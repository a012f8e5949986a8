/* What the window says of files and settings: in its own words and in the language of the locale.
 * Run once in English and once in German. */

#include <errno.h>
#include <locale.h>
#include <string.h>

#include "pisd-npy.h"
#include "ui-fixture.h"

static gboolean
is_german (void)
{
  return g_str_has_prefix (setlocale (LC_MESSAGES, NULL), "de");
}

static void
assert_said (Ui *ui, const char *english, const char *german)
{
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   is_german () ? german : english);
}

static void
test_settings (Ui *ui, gconstpointer data)
{
  static const struct
  {
    const char *key, *text, *english, *german;
  } rows[] = {
    { "modes", "65", "Size K: got 65, expected 3 to 64",
      "Größe K: 65 geht nicht, erwartet wird 3 bis 64" },
    { "zeta-obs-a", "-0.5", "Weight of a: got -0.5, expected 0 to 1000000000",
      "Gewicht von a: -0,5 geht nicht, erwartet wird 0 bis 1000000000" },
    { "steps", "x", "Steps: got \"x\", expected a whole number",
      "Schritte: \"x\" geht nicht, erwartet wird eine ganze Zahl" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_assert_false (explorer_session_set_setting (ui->session, rows[k].key, rows[k].text));
      assert_said (ui, rows[k].english, rows[k].german);
    }
}

/* A file that is not there is missing; one that is there is of a wrong kind. */
static void
test_missing (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "nosuch.txt");
  g_autofree char *english =
      g_strdup_printf ("%s: cannot be opened: %s", path, g_strerror (ENOENT));
  g_autofree char *german =
      g_strdup_printf ("%s: kann nicht geöffnet werden: %s", path, g_strerror (ENOENT));

  g_assert_false (ui_open (ui, path));
  assert_said (ui, english, german);
  g_assert_true (g_file_set_contents (path, "text", -1, NULL));
  g_assert_false (ui_open (ui, path));
  g_assert_null (strstr (explorer_window_get_last_toast (ui->window), g_strerror (ENOENT)));
}

static void
test_sensors_file (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "sensors.csv");
  g_autofree char *english = g_strconcat (
      path, ":2: value: got \"half\", expected a number (read as UTF-8 with commas)", NULL);
  g_autofree char *german = g_strconcat (
      path,
      ":2: value: \"half\" geht nicht, erwartet wird eine Zahl (gelesen als UTF-8 mit Kommas)",
      NULL);

  g_assert_true (g_file_set_contents (path, "field,x,y,value\na,0.5,0.5,half\n", -1, NULL));
  g_assert_false (ui_open (ui, path));
  assert_said (ui, english, german);
}

/* What is wrong with the header of an array in a file of true fields. */
static void
test_array (Ui *ui, gconstpointer data)
{
  static const struct
  {
    const char *header, *english, *german;
  } rows[] = {
    { "[]", "header: got \"[]\", expected a dictionary",
      "Kopf: \"[]\" geht nicht, erwartet wird ein Wörterbuch" },
    { "{'descr': 3}", "header: got \"3}\", expected an element type in quotes",
      "Kopf: \"3}\" geht nicht, erwartet wird ein Elementtyp in Anführungszeichen" },
    { "{'shape': (3)}", "shape: got a number, expected a tuple",
      "Form: eine Zahl geht nicht, erwartet wird ein Tupel" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autoptr (GError) error = NULL;
      PisdNpyHeader header;

      g_assert_false (
          pisd_npy_parse_header (rows[k].header, strlen (rows[k].header), &header, &error));
      g_assert_cmpstr (error->message, ==, is_german () ? rows[k].german : rows[k].english);
    }
}

/* A name without an ending becomes a PNG; an unknown ending is refused with those that are known. */
static void
test_picture (Ui *ui, gconstpointer data)
{
  g_autofree char *bare = ui_path (ui, "picture");
  g_autofree char *complete = ui_path (ui, "picture.png");
  g_autofree char *other = ui_path (ui, "picture.bmp");
  g_autofree char *english =
      g_strconcat (other, ": got the ending “.bmp”, expected .png, .svg or .pdf", NULL);
  g_autofree char *german = g_strconcat (
      other, ": Die Endung „.bmp“ geht nicht, erwartet wird .png, .svg oder .pdf", NULL);

  g_assert_true (ui_save (ui, EXPLORER_EXPORT_PICTURE, bare));
  assert_said (ui, "Saved as picture.png", "Gespeichert als picture.png");
  g_assert_true (g_file_test (complete, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (bare, G_FILE_TEST_EXISTS));
  g_assert_false (ui_save (ui, EXPLORER_EXPORT_PICTURE, other));
  assert_said (ui, english, german);
}

#define ADD(path, function) \
  g_test_add ("/ui/messages/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  ui_init_in_locale (&argc, &argv);

  ADD ("settings", test_settings);
  ADD ("missing", test_missing);
  ADD ("sensors-file", test_sensors_file);
  ADD ("array", test_array);
  ADD ("picture", test_picture);
  return g_test_run ();
}
