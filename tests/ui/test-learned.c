/* The learned prior in the window: its network, the class weight, what stands beside it, the
 * example and the comparison of priors. */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "explorer-log-slider.h"
#include "pisd-weights.h"
#include "ui-fixture.h"

#define N_STEPS "2"

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

static gboolean
is_learned (Ui *ui)
{
  return !pisd_method_get_prior (get_scenario (ui)->settings.prior)->is_gaussian;
}

/* Of a small network, in the test's folder. */
static char *
write_weights (Ui *ui, const char *name, PisdProblemId problem)
{
  static const PisdNetworkShape shape = { .side = 8,
                                          .n_in = 2,
                                          .n_out = 1,
                                          .width = PISD_NETWORK_WIDTH_STEP,
                                          .n_blocks = 1,
                                          .n_levels = 1,
                                          .n_labels = 3 };
  static const char *const families[] = { "grf", "inclusions", "blobs", NULL };
  char *path = ui_path (ui, name);
  g_autoptr (PisdWeights) weights = NULL;
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = problem;
  settings.space = PISD_SPACE_DECOUPLED;
  settings.modes = 8;
  weights = pisd_weights_new (&shape, &settings, families);
  pisd_weights_describe (weights, "steps", "300");
  g_assert_true (pisd_weights_save (weights, path, NULL));
  return path;
}

static GtkWidget *
find_network_row (Ui *ui)
{
  return ui_find_in_row (ui, "Network", ADW_TYPE_ACTION_ROW);
}

static const char *
get_network (Ui *ui)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (find_network_row (ui)));
}

static gboolean
has_reset_icon (GtkWidget *widget, gconstpointer data)
{
  return g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "pisd-reset-symbolic") == 0;
}

/* Only a learned prior tells its network, which a file brings with its latent; a button and undo
 * take that back. */
static void
test_network (Ui *ui, gconstpointer data)
{
  g_autofree char *path = write_weights (ui, "mine.safetensors", PISD_PROBLEM_POISSON);
  GtkWidget *row = find_network_row (ui);

  g_assert_false (gtk_widget_get_visible (row));
  ui_set_setting (ui, "prior", "learned");
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_cmpstr (get_network (ui), ==, "…"); /* it is read beside the window */
  ui_wait (g_str_has_prefix (get_network (ui), "Those of the program: Poisson, 44 × 44"));
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (row), "Families: grf,inclusions,blobs"));
  g_assert_true (ui_open (ui, path));
  ui_wait (g_str_equal (get_network (ui),
                        "mine.safetensors: Poisson, 8 × 8 modes, 300 steps of training"));
  g_assert_cmpuint (get_scenario (ui)->settings.modes, ==, 8);
  explorer_session_undo (ui->session);
  explorer_session_redo (ui->session); /* the one before is not told any more */
  explorer_session_undo (ui->session);
  ui_wait (g_str_has_prefix (get_network (ui), "Those of the program"));
  explorer_session_redo (ui->session);
  g_assert_cmpstr (get_scenario (ui)->weights_path, ==, path);
  g_assert_cmpint (g_remove (path), ==, 0);
  ui_set_setting (ui, "class-weight", "2"); /* asks nothing of the file */
  g_assert_true (is_learned (ui));
  g_assert_cmpuint (get_scenario (ui)->settings.modes, ==, 8);
  g_free (write_weights (ui, "mine.safetensors", PISD_PROBLEM_HELMHOLTZ));
  ui_set_setting (ui, "class-weight", "1");
  ui_wait (g_str_has_prefix (get_network (ui), "mine.safetensors: Helmholtz"));
  g_signal_emit_by_name (ui_find (row, GTK_TYPE_BUTTON, has_reset_icon, NULL), "clicked");
  g_assert_null (get_scenario (ui)->weights_path);
  g_assert_cmpuint (get_scenario (ui)->settings.modes, ==, 44);
}

/* A run with a file's network, by which a saved scenario finds it again. */
static void
test_own_network (Ui *ui, gconstpointer data)
{
  g_autofree char *path = write_weights (ui, "mine.safetensors", PISD_PROBLEM_HELMHOLTZ);
  g_autofree char *saved = ui_path (ui, "set-up.pisd");

  g_assert_true (ui_open (ui, path));
  g_assert_true (is_learned (ui));
  ui_set_setting (ui, "steps", N_STEPS);
  ui_run_to_the_end (ui);
  g_assert_true (explorer_session_get_result (ui->session)->complete);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_SCENARIO, saved));
  ui_set_setting (ui, "prior", "gaussian");
  explorer_session_use_own_weights (ui->session);
  g_assert_true (ui_open (ui, saved));
  g_assert_cmpstr (get_scenario (ui)->weights_path, ==, path);
  g_assert_true (is_learned (ui));
}

/* Those of another equation, and what is no network, change nothing and say why. */
static void
test_refused (Ui *ui, gconstpointer data)
{
  g_autofree char *foreign = write_weights (ui, "flow.safetensors", PISD_PROBLEM_NAVIER_STOKES);
  g_autofree char *broken = ui_path (ui, "broken.safetensors");

  explorer_window_open (ui->window, (const char *const[]){ foreign, NULL });
  ui_wait (explorer_window_get_last_toast (ui->window) != NULL
           && strstr (explorer_window_get_last_toast (ui->window), "flow.safetensors: weights of a")
                  != NULL);
  g_assert_true (g_file_set_contents (broken, "\x10\0\0\0\0\0\0\0{\"", 10, NULL));
  g_assert_false (ui_open (ui, broken));
  g_assert_nonnull (strstr (explorer_window_get_last_toast (ui->window), "broken.safetensors"));
  g_assert_null (get_scenario (ui)->weights_path);
  g_assert_false (is_learned (ui));
}

static gboolean
is_class_weight (GtkWidget *widget, gconstpointer data)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget));

  return g_str_equal (title, pisd_settings_find ("class-weight")->title);
}

static double
get_class_weight (Ui *ui)
{
  return G_STRUCT_MEMBER (double, &get_scenario (ui)->settings,
                          pisd_settings_find ("class-weight")->offset);
}

/* Shown where it does something, and set by keys. */
static void
test_class_weight (Ui *ui, gconstpointer data)
{
  GtkWidget *row =
      ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_LOG_SLIDER, is_class_weight, NULL);
  GtkWidget *entry;

  g_assert_false (gtk_widget_get_visible (row));
  ui_set_setting (ui, "prior", "learned");
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_cmpfloat (explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (row)), ==, 1.0);
  entry = ui_find (row, GTK_TYPE_SCALE, NULL, NULL);
  gtk_widget_grab_focus (entry);
  ui_key (ui, "Right");
  ui_wait (get_class_weight (ui) > 1.0);
  entry = ui_find (row, GTK_TYPE_ENTRY, NULL, NULL);
  gtk_widget_grab_focus (entry);
  ui_key (ui, "ctrl+a");
  ui_send ("type 0");
  ui_key (ui, "Return");
  g_assert_cmpfloat (get_class_weight (ui), ==, 0.0);
  ui_set_setting (ui, "prior-family", "any");
  g_assert_false (gtk_widget_get_visible (row));
  ui_set_setting (ui, "prior-family", "grf");
  g_assert_true (gtk_widget_get_visible (row));
  explorer_session_choose_problem (ui->session, PISD_PROBLEM_NAVIER_STOKES);
  g_assert_false (gtk_widget_get_visible (row));
}

/* Live solving needs the closed form: the key changes the prior as well as the method, in one edit,
 * and says so. */
static void
test_live (Ui *ui, gconstpointer data)
{
  ExplorerLive *live = explorer_window_get_live (ui->window);

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  ui_set_setting (ui, "prior", "learned");
  ui_key (ui, "l");
  ui_wait (explorer_live_is_enabled (live));
  g_assert_false (is_learned (ui));
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Changed with it: Prior to Gaussian, Method to Second order");
  explorer_session_undo (ui->session);
  g_assert_true (is_learned (ui));
}

static gboolean
has_number (Ui *ui, const char *text)
{
  return strstr (explorer_window_get_number (ui->window, "error-a"), text) != NULL;
}

/* Beside a learned prior the exact answer is that of the Gaussian one of its family, and is called
 * that, unless the truth is a Gaussian field, of which it is the best possible one. */
static void
test_claims (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  explorer_session_set_random_instance (ui->session, PISD_FAMILY_INCLUSIONS, 2);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_set_setting (ui, "prior", "learned");
  ui_set_setting (ui, "steps", N_STEPS);
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1);
  ui_run_to_the_end (ui);
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
  ui_settle (ui);
  g_assert_false (explorer_exact_get (explorer_window_get_exact (ui->window))->is_best);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_EXACT, &panel);
  g_assert_true (g_str_has_prefix (panel.title, "Gaussian a, error "));
  g_assert_true (has_number (ui, "Gaussian") && !has_number (ui, "exact"));
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  ui_wait (strstr (explorer_view_grid_get_readout (ui->grid), "Gaussian") != NULL);
  g_assert_null (strstr (explorer_view_grid_get_readout (ui->grid), "exact"));
  explorer_session_set_random_instance (ui->session, PISD_FAMILY_GRF, 2);
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
  ui_get_panel (ui, 0, EXPLORER_COLUMN_EXACT, &panel);
  g_assert_true (g_str_has_prefix (panel.title, "Exact a, error "));
  explorer_session_undo (ui->session);
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
  ui_set_setting (ui, "prior", "gaussian");
  ui_get_panel (ui, 0, EXPLORER_COLUMN_EXACT, &panel);
  g_assert_true (g_str_has_prefix (panel.title, "Exact a, error "));
}

typedef struct
{
  Ui *ui;
  guint n; /* runs of the learned prior that were started */
} Starts;

static void
on_run_started (Starts *starts)
{
  starts->n += is_learned (starts->ui);
}

/* Longer than a run that follows the sensors waits. */
static void
outlast_rest (void)
{
  ui_pass (2 * EXPLORER_LIVE_REST);
}

/* From the menu by keys: one edit, and its run, also where every edit is followed by one, and where
 * the sensors have just changed under an estimate that follows them. */
static void
test_example (Ui *ui, gconstpointer live)
{
  const PisdSettings *settings;
  Starts starts = { .ui = ui };

  explorer_preferences_set (ui->preferences, "follow", TRUE);
  if (live != NULL)
    explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_set_setting (ui, "steps", N_STEPS);
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_session_has_run (ui->session) && !explorer_session_is_running (ui->session));
  g_signal_connect_swapped (ui->session, "run-started", G_CALLBACK (on_run_started), &starts);
  if (live != NULL)
    ui_click_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  g_assert_true (explorer_live_is_active (explorer_window_get_live (ui->window)) == (live != NULL));
  ui_key (ui, "F10");
  ui_key (ui, "x");
  ui_wait (is_learned (ui));
  if (live != NULL)
    outlast_rest ();
  g_assert_cmpuint (starts.n, ==, 1);
  settings = &get_scenario (ui)->settings;
  g_assert_cmpint (settings->family, ==, PISD_FAMILY_INCLUSIONS);
  g_assert_cmpint (settings->prior_family, ==, PISD_FAMILY_INCLUSIONS);
  g_assert_cmpint (settings->guidance, ==, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 500);
  ui_wait (explorer_session_get_n_frames (ui->session) > 1);
  ui_key (ui, "Escape");
  ui_wait (!explorer_session_is_running (ui->session));
  g_signal_handlers_disconnect_by_data (ui->session, &starts);
  ui_key (ui, "ctrl+z");
  ui_wait (!is_learned (ui));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, live == NULL ? 0 : 1);
}

/* Where no weights are known it is said, and no window opens. */
static void
test_compare_nothing (Ui *ui, gconstpointer data)
{
  PisdScenario *scenario = pisd_scenario_dup (get_scenario (ui));

  scenario->weights_path = ui_path (ui, "gone.safetensors");
  explorer_session_set_scenario (ui->session, scenario);
  gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.compare-priors", NULL);
  g_assert_null (ui_find_compare (ui));
  g_assert_true (g_str_has_prefix (explorer_window_get_last_toast (ui->window), "No weights"));
}

/* From the menu by keys: the truth and the two priors, with errors, and nothing else; what is
 * usually compared is not forgotten. */
static void
test_compare (Ui *ui, gconstpointer data)
{
  const int methods = explorer_preferences_get (ui->preferences, "compare-methods");
  ExplorerComparison *comparison;
  const PisdComparison *drawn;

  explorer_session_set_random_instance (ui->session, PISD_FAMILY_INCLUSIONS, 2);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  ui_set_setting (ui, "steps", N_STEPS);
  ui_set_setting (ui, "samples", "2");
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1);
  ui_key (ui, "F10");
  ui_key (ui, "l");
  ui_wait (ui_find_compare (ui) != NULL);
  comparison = explorer_compare_get_comparison (ui_find_compare (ui));
  ui_wait (explorer_comparison_get_track (comparison, EXPLORER_PLAN_AS_SET) != NULL);
  ui_wait (!explorer_comparison_is_running (comparison));
  drawn = explorer_compare_get_drawn (ui_find_compare (ui));
  g_assert_cmpuint (drawn->n_columns, ==, 3);
  g_assert_cmpstr (drawn->columns[1].title, ==, "Gaussian prior");
  g_assert_cmpstr (drawn->columns[2].title, ==, "Learned prior");
  for (guint c = 1; c < 3; c++)
    {
      g_assert_nonnull (strstr (drawn->columns[c].number, " · CRPS "));
      g_assert_cmpfloat (drawn->columns[c].end, >, 0.0);
      g_assert_nonnull (drawn->columns[c].fields[0]);
    }
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "compare-methods"), ==, methods);
  ui_send ("key Escape");
  ui_wait (ui_find_compare (ui) == NULL);
}

static void
set_up (Ui *ui, gconstpointer data)
{
  ui_set_up (ui, NULL);
}

#define ADD(path, function) \
  g_test_add ("/ui/learned/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("network", test_network);
  ADD ("own-network", test_own_network);
  ADD ("refused", test_refused);
  ADD ("class-weight", test_class_weight);
  ADD ("live", test_live);
  ADD ("claims", test_claims);
  ADD ("example", test_example);
  g_test_add ("/ui/learned/example-live", Ui, "live", set_up, test_example, ui_tear_down);
  ADD ("compare", test_compare);
  ADD ("compare-nothing", test_compare_nothing);
  return g_test_run ();
}
