/* What is typed into the side bar: taken at Enter, which gives the keys back to the window, or
 * refused with a word; the sources that the list offers. */

#include "explorer-log-slider.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

/* As a person does: over all that stands there. */
static void
type (Ui *ui, GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  ui_key (ui, "ctrl+a");
  ui_send ("type --delay 5 '%s'", text);
  ui_settle (ui);
}

static gboolean
is_typing (Ui *ui)
{
  return gtk_window_get_focus (GTK_WINDOW (ui->window)) != NULL;
}

/* After Enter Space runs; before, it is a blank in the entry. */
static void
test_keys_after_enter (Ui *ui, gconstpointer data)
{
  GtkWidget *const entries[] = {
    ui_find_setting (ui, "steps"),
    ui_find_in_row (ui, "Weight of a", GTK_TYPE_ENTRY),
    ui_find_in_row (ui, "Noise", GTK_TYPE_ENTRY),
    ui_find_in_row (ui, "Radius", GTK_TYPE_SPIN_BUTTON),
  };

  for (guint k = 0; k < G_N_ELEMENTS (entries); k++)
    {
      type (ui, entries[k], "7");
      g_assert_true (is_typing (ui));
      ui_key (ui, "Return");
      g_assert_false (is_typing (ui));
    }
  g_assert_cmpuint (get_settings (ui)->steps, ==, 7);
  g_assert_cmpuint (explorer_brush_get_radius (explorer_window_get_brush (ui->window)), ==, 7);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 5, 1);
  ui_key (ui, "space");
  ui_wait (explorer_session_get_result (ui->session) != NULL);
}

/* Many samples are many samples, and what is no number says so. */
static void
test_samples (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "samples");

  type (ui, entry, "500");
  ui_key (ui, "Return");
  g_assert_cmpuint (get_settings (ui)->samples, ==, 500);
  type (ui, entry, "abc");
  ui_key (ui, "Return");
  g_assert_cmpuint (get_settings (ui)->samples, ==, 500);
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Samples: got \"abc\", expected a whole number");
  g_assert_true (gtk_widget_has_css_class (entry, "error"));
}

/* Spin buttons neither clamp nor guess. */
static void
test_spin (Ui *ui, gconstpointer data)
{
  static const char *const bad[] = { "abc", "500", "1.5" };
  GtkWidget *spin = ui_find_in_row (ui, "Radius", GTK_TYPE_SPIN_BUTTON);

  type (ui, spin, "3");
  ui_key (ui, "Return");
  for (guint k = 0; k < G_N_ELEMENTS (bad); k++)
    {
      g_autofree char *said =
          g_strdup_printf ("Radius: got “%s”, expected a number from 0 to 16", bad[k]);

      type (ui, spin, bad[k]);
      ui_key (ui, "Return");
      g_assert_cmpfloat (gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin)), ==, 3);
      g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==, said);
    }
}

/* With a number that is refused nothing runs; with a good one, that one runs. */
static void
test_run_while_typing (Ui *ui, gconstpointer data)
{
  GtkWidget *const entries[] = { ui_find_setting (ui, "steps"),
                                 ui_find_in_row (ui, "Weight of a", GTK_TYPE_ENTRY),
                                 ui_find_in_row (ui, "Noise", GTK_TYPE_ENTRY),
                                 ui_find_in_row (ui, "Radius", GTK_TYPE_SPIN_BUTTON) };

  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 5, 1);
  for (guint k = 0; k < G_N_ELEMENTS (entries); k++)
    {
      const PisdScenario *before = explorer_session_get_run_scenario (ui->session);

      type (ui, entries[k], "many");
      ui_key (ui, "ctrl+Return");
      g_assert_false (explorer_session_is_running (ui->session));
      g_assert_true (explorer_session_get_run_scenario (ui->session) == before);
    }
  type (ui, entries[0], "12");
  ui_key (ui, "ctrl+Return");
  ui_wait (!explorer_session_is_running (ui->session));
  g_assert_cmpuint (explorer_session_get_run_settings (ui->session)->steps, ==, 12);
}

/* A refusal calls the setting as its row does. */
static void
test_words (Ui *ui, gconstpointer data)
{
  static const struct
  {
    const char *key, *text, *said;
  } rows[] = {
    { "modes", "65", "Size K: got 65, expected 3 to 64" },
    { "zeta-obs-a", "x", "Weight of a: got \"x\", expected a number" },
    { "sigma-min", "500",
      "Smallest noise level σ: got 500, expected less than Largest noise "
      "level σ, 70" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_assert_false (explorer_session_set_setting (ui->session, rows[k].key, rows[k].text));
      g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==, rows[k].said);
    }
  type (ui, ui_find_in_row (ui, "Weight of a", GTK_TYPE_ENTRY), "much");
  ui_key (ui, "Return");
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Weight of a: got \"much\", expected a number");
}

static char *
dup_source (Ui *ui)
{
  GtkWidget *row = ui_find_in_row (ui, "Source", ADW_TYPE_COMBO_ROW);
  GObject *item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (row));

  return g_strdup (gtk_string_object_get_string (GTK_STRING_OBJECT (item)));
}

static void
assert_source (Ui *ui, const char *expected, gboolean has_seed)
{
  g_autofree char *source = dup_source (ui);

  g_assert_cmpstr (source, ==, expected);
  g_assert_true (gtk_widget_get_mapped (ui_find_setting (ui, "instance-seed")) == has_seed);
}

/* The list says what the truth is, and a family of the list makes it random again. */
static void
test_source (Ui *ui, gconstpointer data)
{
  GtkWidget *row = ui_find_in_row (ui, "Source", ADW_TYPE_COMBO_ROW);
  g_autoptr (PisdField) zero = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autofree char *path = ui_path (ui, "truth.npz");
  g_autoptr (GError) error = NULL;

  assert_source (ui, "Random field", TRUE);
  pisd_instance_save_npz (explorer_session_get_scenario (ui->session)->instance, path, &error);
  g_assert_no_error (error);
  g_assert_true (explorer_session_set_source (ui->session, zero));
  assert_source (ui, "Drawn by hand", FALSE);
  g_assert_true (ui_open (ui, path));
  assert_source (ui, "From a file", FALSE);
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 1);
  assert_source (ui, "Inclusions", TRUE);
  g_assert_cmpint (get_settings (ui)->family, ==, PISD_FAMILY_INCLUSIONS);
}

#define ADD(path, function) \
  g_test_add ("/ui/entries/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("keys-after-enter", test_keys_after_enter);
  ADD ("samples", test_samples);
  ADD ("spin", test_spin);
  ADD ("run-while-typing", test_run_while_typing);
  ADD ("words", test_words);
  ADD ("source", test_source);
  return g_test_run ();
}
