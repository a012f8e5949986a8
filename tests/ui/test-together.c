/* Settings that cannot stay as they are go along with the one that is chosen, and a toast says so. */

#include <string.h>

#include "explorer-setting-row.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

static gboolean
is_open (Ui *ui)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (ui->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

/* In its drop-down, by keys: from the first entry down.  Rows that follow another setting are made
 * anew first. */
static void
choose (Ui *ui, const char *key, guint entry)
{
  GtkWidget *row, *drop_down;

  ui_settle (ui);
  row = gtk_widget_get_ancestor (ui_find_setting (ui, key), EXPLORER_TYPE_SETTING_ROW);
  drop_down = ui_find (row, GTK_TYPE_DROP_DOWN, NULL, NULL);
  g_assert_true (gtk_widget_grab_focus (drop_down));
  ui_key (ui, "space");
  ui_wait (is_open (ui));
  ui_key (ui, "Home");
  for (guint k = 0; k < entry; k++)
    ui_key (ui, "Down");
  ui_key (ui, "Return");
  ui_wait (!is_open (ui));
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (drop_down)), ==, entry);
}

static void
assert_said (Ui *ui, const char *words)
{
  const char *toast = explorer_window_get_last_toast (ui->window);

  g_assert_nonnull (toast);
  g_assert_true (g_str_has_prefix (toast, "Changed with it: "));
  g_assert_nonnull (strstr (toast, words));
  g_assert_true (pisd_settings_check (get_settings (ui), NULL));
}

/* The exact step needs a closed form: without one another integrator takes its place. */
static void
test_covariance (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  choose (ui, "covariance", PISD_COVARIANCE_JACOBIAN);
  g_assert_cmpint (get_settings (ui)->covariance, ==, PISD_COVARIANCE_JACOBIAN);
  g_assert_cmpint (get_settings (ui)->sampler, !=, PISD_SAMPLER_EXACT);
  assert_said (ui, "Integrator to ");
  ui_key (ui, "ctrl+z"); /* one step back for both */
  g_assert_cmpint (get_settings (ui)->covariance, ==, PISD_COVARIANCE_GAUSSIAN);
  g_assert_cmpint (get_settings (ui)->sampler, ==, PISD_SAMPLER_EXACT);
}

static void
test_space (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  choose (ui, "space", PISD_SPACE_JOINT);
  g_assert_cmpint (get_settings (ui)->space, ==, PISD_SPACE_JOINT);
  g_assert_cmpint (get_settings (ui)->sampler, !=, PISD_SAMPLER_EXACT);
  assert_said (ui, "Integrator to ");
}

#define ADD(path, function) \
  g_test_add ("/ui/together/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("covariance", test_covariance);
  ADD ("space", test_space);
  return g_test_run ();
}
