/* The family of the prior: it goes with a random truth until another one is chosen, and one undo
 * takes both back. */

#include "explorer-setting-row.h"
#include "pisd-sources.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

static GtkWidget *
find_row (Ui *ui)
{
  return gtk_widget_get_ancestor (ui_find_setting (ui, "prior-family"), EXPLORER_TYPE_SETTING_ROW);
}

/* What its row shows is what the scenario holds. */
static void
assert_prior (Ui *ui, PisdFamily family, double mean_sd)
{
  GtkWidget *list = ui_find (find_row (ui), GTK_TYPE_DROP_DOWN, NULL, NULL);

  ui_settle (ui);
  g_assert_cmpuint (gtk_drop_down_get_selected (GTK_DROP_DOWN (list)), ==, family);
  g_assert_cmpint (get_settings (ui)->prior_family, ==, family);
  g_assert_cmpfloat (get_settings (ui)->mean_sd, ==, mean_sd);
}

static gboolean
is_open (Ui *ui)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (ui->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

/* By keys, from the first entry down. */
static void
choose (Ui *ui, PisdFamily family)
{
  g_assert_true (gtk_widget_grab_focus (ui_find (find_row (ui), GTK_TYPE_DROP_DOWN, NULL, NULL)));
  ui_key (ui, "space");
  ui_wait (is_open (ui));
  ui_key (ui, "Home");
  for (PisdFamily k = 0; k < family; k++)
    ui_key (ui, "Down");
  ui_key (ui, "Return");
  ui_wait (!is_open (ui));
}

/* Another family of the truth takes the prior along. */
static void
test_follows (Ui *ui, gconstpointer data)
{
  GtkWidget *sources = ui_find_in_row (ui, "Source", ADW_TYPE_COMBO_ROW);
  g_autoptr (PisdField) zero = pisd_field_new (PISD_GRID, PISD_GRID);
  const double blobs = pisd_family_get_mean_sd (PISD_FAMILY_BLOBS);

  assert_prior (ui, PISD_FAMILY_GRF, 0.0);
  adw_combo_row_set_selected (ADW_COMBO_ROW (sources), PISD_FAMILY_BLOBS);
  assert_prior (ui, PISD_FAMILY_BLOBS, blobs);
  explorer_session_set_source (ui->session, zero);
  assert_prior (ui, PISD_FAMILY_BLOBS, blobs);
  ui_key (ui, "ctrl+z");
  ui_key (ui, "ctrl+z");
  assert_prior (ui, PISD_FAMILY_GRF, 0.0);
}

/* One that is chosen stays, brings the mean that it asks for, and goes with one undo. */
static void
test_chosen (Ui *ui, gconstpointer data)
{
  const double any = pisd_family_get_mean_sd (PISD_FAMILY_ANY);

  choose (ui, PISD_FAMILY_ANY);
  assert_prior (ui, PISD_FAMILY_ANY, any);
  explorer_session_set_random_instance (ui->session, PISD_FAMILY_INCLUSIONS, 3);
  assert_prior (ui, PISD_FAMILY_ANY, any);
  choose (ui, PISD_FAMILY_GRF);
  assert_prior (ui, PISD_FAMILY_GRF, 1.0);
  ui_key (ui, "ctrl+z");
  assert_prior (ui, PISD_FAMILY_ANY, any);
  g_assert_nonnull (gtk_widget_get_tooltip_text (find_row (ui)));
}

/* There is nothing to choose where all random fields are of one family. */
static void
test_flow (Ui *ui, gconstpointer data)
{
  g_assert_true (gtk_widget_get_visible (find_row (ui)));
  explorer_session_set_equation (ui->session,
                                 &(PisdEquation){ PISD_PROBLEM_NAVIER_STOKES, { 1e-3 } });
  ui_settle (ui);
  g_assert_false (gtk_widget_get_visible (find_row (ui)));
}

static void
assert_learned (Ui *ui, gboolean is_learned)
{
  const PisdSettings *settings = get_settings (ui);

  g_assert_true (pisd_settings_check (settings, NULL));
  g_assert_cmpint (pisd_method_get_prior (settings->prior)->is_gaussian, ==, !is_learned);
}

/* The learned prior takes along what it needs, and presets of methods and other equations leave it
 * that. */
static void
test_learned (Ui *ui, gconstpointer data)
{
  g_assert_true (explorer_session_set_setting (ui->session, "prior", "learned"));
  assert_learned (ui, TRUE);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  assert_learned (ui, TRUE);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  assert_learned (ui, TRUE);
  explorer_session_choose_problem (ui->session, PISD_PROBLEM_HELMHOLTZ);
  assert_learned (ui, TRUE);
  explorer_session_choose_problem (ui->session, PISD_PROBLEM_NAVIER_STOKES);
  assert_learned (ui, TRUE);
}

/* Of a flow it has ten frames, which a method that cannot have them leaves for the Gaussian prior,
 * and which take another method along when they come back. */
static void
test_frames (Ui *ui, gconstpointer data)
{
  const PisdSettings *settings;

  explorer_session_choose_problem (ui->session, PISD_PROBLEM_NAVIER_STOKES);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  g_assert_true (explorer_session_set_setting (ui->session, "prior", "learned"));
  assert_learned (ui, TRUE);
  settings = get_settings (ui);
  g_assert_cmpint (settings->guidance, ==, PISD_GUIDANCE_PISD);
  g_assert_cmpint (settings->space, ==, PISD_SPACE_JOINT);
  g_assert_cmpuint (settings->modes, ==, 32);
  g_assert_cmpfloat (settings->parameters.zeta[PISD_TERM_PDE], >, 0.0); /* of its preset */
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  assert_learned (ui, FALSE);
  g_assert_cmpint (get_settings (ui)->guidance, ==, PISD_GUIDANCE_SECOND_ORDER);
}

#define ADD(path, function) \
  g_test_add ("/ui/prior/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("follows", test_follows);
  ADD ("chosen", test_chosen);
  ADD ("flow", test_flow);
  ADD ("learned", test_learned);
  ADD ("frames", test_frames);
  return g_test_run ();
}
