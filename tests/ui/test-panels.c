/* The panels of the side bar: rows that are made for the fields of the problem, and edits by
 * keys. */

#include "explorer-log-slider.h"
#include "explorer-panel.h"
#include "explorer-range-row.h"
#include "ui-fixture.h"

static const PisdOperator *
get_problem (Ui *ui)
{
  return pisd_operator_get (explorer_session_get_scenario (ui->session)->settings.problem);
}

static char *
dup_weight (Ui *ui, const char *field)
{
  g_autofree char *key = g_strconcat ("zeta-obs-", field, NULL);

  return pisd_settings_dup_text (&explorer_session_get_scenario (ui->session)->settings,
                                 pisd_settings_find (key));
}

/* Types into an entry that has been left alone so far. */
static void
type (Ui *ui, GtkWidget *entry, const char *text)
{
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  ui_key (ui, "Return");
}

/* Each field has a slider for the weight of its sensors, which sets that weight and no other. */
static void
test_weights (Ui *ui, gconstpointer data)
{
  const PisdOperator *problem = get_problem (ui);

  for (guint k = 0; k < problem->n_fields; k++)
    {
      g_autofree char *title = g_strdup_printf ("Weight of %s", problem->fields[k].name);
      GtkWidget *row = ui_find_in_row (ui, title, EXPLORER_TYPE_LOG_SLIDER);
      g_autofree char *text = g_strdup_printf ("%u.25", k + 3);

      type (ui, ui_find (row, GTK_TYPE_ENTRY, NULL, NULL), text);
    }
  for (guint k = 0; k < problem->n_fields; k++)
    {
      g_autofree char *weight = dup_weight (ui, problem->fields[k].name);

      g_assert_cmpfloat (g_ascii_strtod (weight, NULL), ==, k + 3.25);
    }
}

/* They stand under the method, in the order of the fields, before the weight of the equation. */
static void
test_order (Ui *ui, gconstpointer data)
{
  const PisdOperator *problem = get_problem (ui);
  int before = gtk_list_box_row_get_index (
      GTK_LIST_BOX_ROW (ui_find_in_row (ui, "Method", ADW_TYPE_COMBO_ROW)));

  for (guint k = 0; k <= problem->n_fields; k++)
    {
      g_autofree char *title = g_strdup_printf (
          "Weight of %s", k < problem->n_fields ? problem->fields[k].name : "equation");
      GtkWidget *row = ui_find_in_row (ui, title, EXPLORER_TYPE_LOG_SLIDER);

      g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), ==, before + 1);
      before++;
    }
}

/* A weight that the settings refuse goes back to what it was. */
static void
test_refused (Ui *ui, gconstpointer data)
{
  const char *field = get_problem (ui)->fields[0].name;
  g_autofree char *before = dup_weight (ui, field);
  g_autofree char *title = g_strdup_printf ("Weight of %s", field);
  GtkWidget *row = ui_find_in_row (ui, title, EXPLORER_TYPE_LOG_SLIDER);
  g_autofree char *after = NULL;

  type (ui, ui_find (row, GTK_TYPE_ENTRY, NULL, NULL), "1e200");
  after = dup_weight (ui, field);
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpfloat (explorer_log_slider_get_value (EXPLORER_LOG_SLIDER (row)), ==,
                     g_ascii_strtod (before, NULL));
}

static void
test_fixed_range (Ui *ui, gconstpointer data)
{
  GtkWidget *row = ui_find_in_row (ui, get_problem (ui)->fields[1].name, EXPLORER_TYPE_RANGE_ROW);
  GtkWidget *min = ui_find (row, GTK_TYPE_ENTRY, NULL, NULL);
  GtkWidget *max = gtk_widget_get_next_sibling (min);
  PisdColorRange range;

  g_assert_false (gtk_widget_get_visible (row));
  explorer_preferences_set (ui->preferences, "range-mode", PISD_RANGE_FIXED);
  g_assert_true (gtk_widget_get_visible (row));
  type (ui, min, "-0,25");
  type (ui, max, "0.5");
  explorer_view_grid_get_fixed (ui->grid, 1, &range);
  g_assert_cmpfloat (range.min, ==, -0.25);
  g_assert_cmpfloat (range.max, ==, 0.5);
  type (ui, max, "-1");
  g_assert_true (gtk_widget_has_css_class (max, "error"));
  explorer_view_grid_get_fixed (ui->grid, 1, &range);
  g_assert_cmpfloat (range.max, ==, 0.5);
}

static AdwExpanderRow *
find_expander (Ui *ui, const char *key)
{
  return ADW_EXPANDER_ROW (
      gtk_widget_get_ancestor (ui_find_setting (ui, key), ADW_TYPE_EXPANDER_ROW));
}

/* The next window has unfolded what was unfolded in this one. */
static void
test_unfolded (Ui *ui, gconstpointer data)
{
  Ui next = *ui;

  g_assert_false (adw_expander_row_get_expanded (find_expander (ui, "rho")));
  adw_expander_row_set_expanded (find_expander (ui, "rho"), TRUE);
  next.preferences = explorer_preferences_new ();
  next.window = EXPLORER_WINDOW (explorer_window_new (ui->application, next.preferences));
  gtk_window_present (GTK_WINDOW (next.window));
  ui_wait (ui_has_setting (&next, "rho"));
  g_assert_true (adw_expander_row_get_expanded (find_expander (&next, "rho")));
  g_assert_false (adw_expander_row_get_expanded (find_expander (&next, "beta1")));
  gtk_window_destroy (GTK_WINDOW (next.window));
  g_object_unref (next.preferences);
}

/* Numbers have their room before there is anything to tell, so that no picture moves when there is. */
static void
test_numbers_stand (Ui *ui, gconstpointer data)
{
  GtkWidget *next = explorer_window_new (ui->application, ui->preferences);

  g_assert_cmpstr (explorer_window_get_number (EXPLORER_WINDOW (next), "step"), ==, "–");
  gtk_window_destroy (GTK_WINDOW (next));
}

#define ADD(path, function) \
  g_test_add ("/ui/panels/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("weights", test_weights);
  ADD ("order", test_order);
  ADD ("refused", test_refused);
  ADD ("fixed-range", test_fixed_range);
  ADD ("unfolded", test_unfolded);
  ADD ("numbers-stand", test_numbers_stand);
  return g_test_run ();
}
