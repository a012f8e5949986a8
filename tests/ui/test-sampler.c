/* The panel of the sampler: rows that the method uses, fresh noise, churn and the schedule's chart. */

#include "explorer-schedule-chart.h"
#include "explorer-setting-row.h"
#include "ui-fixture.h"

static const PisdSettings *
get_settings (Ui *ui)
{
  return &explorer_session_get_scenario (ui->session)->settings;
}

static GtkWidget *
get_row (Ui *ui, const char *key)
{
  return gtk_widget_get_ancestor (ui_find_setting (ui, key), EXPLORER_TYPE_SETTING_ROW);
}

/* Whether exactly these of the rows are shown: keys, one space between them. */
static void
assert_shown (Ui *ui, const char *keys)
{
  static const char *const all[] = {
    "sampler", "eta",       "churn",     "steps",       "schedule", "sigma-max", "sigma-min",
    "rho",     "churn-min", "churn-max", "churn-noise", "samples",  "seed",
  };
  g_auto (GStrv) shown = g_strsplit (keys, " ", -1);

  for (guint k = 0; k < G_N_ELEMENTS (all); k++)
    if (gtk_widget_get_visible (get_row (ui, all[k]))
        != g_strv_contains ((const char *const *) shown, all[k]))
      g_error ("%s: got %s", all[k],
               gtk_widget_get_visible (get_row (ui, all[k])) ? "shown" : "hidden");
}

#define LEVELS " schedule sigma-max sigma-min rho samples seed"
#define CHURN " churn churn-min churn-max churn-noise"

static void
test_rows (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_NONE);
  assert_shown (ui, "sampler steps" LEVELS CHURN);
  ui_set_setting (ui, "sampler", "ddim");
  assert_shown (ui, "sampler steps eta" LEVELS);
  ui_set_setting (ui, "sampler", "ddpm");
  assert_shown (ui, "sampler steps" LEVELS);
  ui_set_setting (ui, "sampler", "euler");
  assert_shown (ui, "sampler steps" LEVELS CHURN);
  ui_set_setting (ui, "schedule", "cosine");
  assert_shown (ui, "sampler steps schedule sigma-max sigma-min samples seed" CHURN);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  assert_shown (ui, "sampler steps" LEVELS);
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_EXACT);
  assert_shown (ui, "samples seed");
}

static void
type (Ui *ui, const char *key, const char *text)
{
  GtkWidget *entry = ui_find_setting (ui, key);

  ui_settle (ui); /* rows that are new are laid out first */
  g_assert_true (gtk_widget_grab_focus (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  ui_key (ui, "Return");
}

/* What another step does not use goes with it, in one step of undo. */
static void
test_eta (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_NONE);
  ui_set_setting (ui, "sampler", "ddim");
  type (ui, "eta", "0.5");
  g_assert_cmpfloat (get_settings (ui)->eta, ==, 0.5);
  ui_set_setting (ui, "sampler", "heun");
  g_assert_cmpfloat (get_settings (ui)->eta, ==, 0);
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Changed with it: Fresh noise η to 0");
  ui_key (ui, "ctrl+z");
  g_assert_cmpint (get_settings (ui)->sampler, ==, PISD_SAMPLER_DDIM);
  g_assert_cmpfloat (get_settings (ui)->eta, ==, 0.5);
  type (ui, "eta", "1.5");
  g_assert_true (gtk_widget_has_css_class (ui_find_setting (ui, "eta"), "error"));
  g_assert_cmpstr (explorer_window_get_last_toast (ui->window), ==,
                   "Fresh noise η: got 1.5, expected 0 to 1");
}

/* Where there is no churn, what it is like says nothing. */
static void
test_churn (Ui *ui, gconstpointer data)
{
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_NONE);
  g_assert_false (gtk_widget_get_sensitive (get_row (ui, "churn-max")));
  type (ui, "churn", "30");
  g_assert_cmpfloat (get_settings (ui)->churn.amount, ==, 30);
  g_assert_true (gtk_widget_get_sensitive (get_row (ui, "churn-max")));
  ui_set_setting (ui, "churn-max", "7");
  g_assert_cmpfloat (get_settings (ui)->churn.to, ==, 7);
  type (ui, "churn", "0");
  g_assert_false (gtk_widget_get_sensitive (get_row (ui, "churn-max")));
}

/* A run with fresh noise goes to its end, and its noise levels are the schedule's. */
static void
test_run (Ui *ui, gconstpointer data)
{
  const PisdCurves *curves = explorer_timeline_get_curves (ui->timeline);
  double sigma[6];

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_NONE);
  ui_set_setting (ui, "steps", "5");
  ui_set_setting (ui, "modes", "8");
  ui_set_setting (ui, "sampler", "ddim");
  ui_set_setting (ui, "eta", "1");
  ui_set_setting (ui, "schedule", "linear");
  ui_run_to_the_end (ui);
  pisd_schedule_fill (&(PisdSchedule){ PISD_SCHEDULE_LINEAR, 0.002, 80, 7 }, 5, sigma);
  for (guint k = 0; k <= 5; k++)
    g_assert_cmpfloat_with_epsilon (curves->values[PISD_CURVE_SIGMA][k], sigma[k], 1e-9);
}

/* What the chart looks like. */
static char *
dup_picture (Ui *ui)
{
  GtkWidget *chart = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_SCHEDULE_CHART, NULL, NULL);
  const int width = gtk_widget_get_width (chart), height = gtk_widget_get_height (chart);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (chart);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (image);
  GskRenderNode *node;
  char *sum;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_surface_flush (image);
  sum =
      g_compute_checksum_for_data (G_CHECKSUM_SHA256, cairo_image_surface_get_data (image),
                                   (gsize) height * (gsize) cairo_image_surface_get_stride (image));
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return sum;
}

/* The chart follows what it shows, and nothing else. */
static void
test_chart (Ui *ui, gconstpointer data)
{
  static const char *const rows[][2] = {
    { "steps", "40" },
    { "sigma-max", "9" },
    { "schedule", "linear" },
    { "churn", "20" },
  };
  g_autofree char *before = NULL;
  g_autofree char *same = NULL;

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_NONE);
  ui_settle (ui);
  before = dup_picture (ui);
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      char *after;

      ui_set_setting (ui, rows[k][0], rows[k][1]);
      ui_settle (ui);
      after = dup_picture (ui);
      g_assert_cmpstr (after, !=, before);
      g_free (before);
      before = after;
    }
  ui_set_setting (ui, "samples", "3");
  ui_settle (ui);
  same = dup_picture (ui);
  g_assert_cmpstr (same, ==, before);
}

#define ADD(path, function) \
  g_test_add ("/ui/sampler/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("rows", test_rows);
  ADD ("eta", test_eta);
  ADD ("churn", test_churn);
  ADD ("run", test_run);
  ADD ("chart", test_chart);
  return g_test_run ();
}
