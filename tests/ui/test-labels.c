/* No label of the main window is cut: at three text scales, with every equation and each method,
 * at the default size, at 900 x 640 and as small as it can be.  Run once in English and once in German. */

#include <locale.h>
#include <string.h>

#include "explorer-log-slider.h"
#include "explorer-pace.h"
#include "ui-fixture.h"
#include "ui-labels.h"

typedef struct
{
  int width, height;
} Size;

static const Size sizes[] = { { 1200, 900 }, { 900, 640 }, { 0, 0 } };

/* As in mid-run. */
static void
show_shares (GtkWidget *widget)
{
  if (EXPLORER_IS_LOG_SLIDER (widget))
    explorer_log_slider_set_share (EXPLORER_LOG_SLIDER (widget), 0.0888);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    show_shares (child);
}

/* Counts what is wrong at every scale and size. */
static guint
for_sizes (Ui *ui, const Size *some, guint n_sizes, guint (*count) (Ui *ui, const char *where))
{
  guint n = 0;

  for (guint s = 0; s < UI_N_TEXT_SCALES; s++)
    for (guint k = 0; k < n_sizes; k++)
      {
        g_autofree char *where = g_strdup_printf ("text × %g, %d × %d", ui_text_scales[s],
                                                  some[k].width, some[k].height);

        ui_set_text_scale (ui, ui_text_scales[s]);
        ui_resize (ui, some[k].width, some[k].height);
        n += count (ui, where);
      }
  ui_set_text_scale (ui, 1.0);
  return n;
}

/* Every method has rows of its own. */
static guint
count_of_methods (Ui *ui, const char *where)
{
  guint n = 0;

  for (PisdGuidanceId guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    {
      g_autofree char *place =
          g_strdup_printf ("%s, %s", where, pisd_method_get (guidance)->choice.name);

      explorer_session_apply_preset (ui->session, guidance);
      show_shares (GTK_WIDGET (ui->window));
      ui_settle (ui);
      n += ui_count_cut_labels (GTK_WIDGET (ui->window), place);
    }
  return n;
}

static void
test_poisson (Ui *ui, gconstpointer data)
{
  ui_expand_rows (GTK_WIDGET (ui->window));
  g_assert_cmpuint (for_sizes (ui, &sizes[1], 2, count_of_methods), ==, 0);
}

/* It has a wave number. */
static void
test_helmholtz (Ui *ui, gconstpointer data)
{
  ui_set_setting (ui, "problem", "helmholtz");
  ui_expand_rows (GTK_WIDGET (ui->window));
  g_assert_true (gtk_widget_get_mapped (ui_find_setting (ui, "wavenumber")));
  g_assert_cmpuint (for_sizes (ui, &sizes[1], 2, count_of_methods), ==, 0);
}

static guint
count_in_window (Ui *ui, const char *where)
{
  return ui_count_cut_labels (GTK_WIDGET (ui->window), where);
}

/* A run has a name and a result, numbers of many digits, and titles that say how many samples; then
 * a mark says that something has changed, and it stands beside the name. */
static void
test_stale_run (Ui *ui, gconstpointer data)
{
  static const struct
  {
    const char *key, *text;
  } settings[] = { { "samples", "16" }, { "steps", "10" }, { "modes", "8" } };

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  for (guint k = 0; k < G_N_ELEMENTS (settings); k++)
    ui_set_setting (ui, settings[k].key, settings[k].text);
  ui_run_to_the_end (ui);
  g_assert_cmpuint (for_sizes (ui, sizes, G_N_ELEMENTS (sizes), count_in_window), ==, 0);
  ui_set_setting (ui, "steps", "11");
  ui_wait (explorer_view_grid_get_mark (ui->grid) != NULL);
  g_assert_cmpuint (for_sizes (ui, sizes, G_N_ELEMENTS (sizes), count_in_window), ==, 0);
}

/* All columns, and so the smallest pictures. (In the smallest window they have no room for words.) */
static void
test_columns (Ui *ui, gconstpointer data)
{
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_preferences_set (ui->preferences, explorer_columns_get_key (c), TRUE);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  g_assert_cmpuint (for_sizes (ui, sizes, 2, count_in_window), ==, 0);
}

static guint
count_in_header (Ui *ui, const char *where)
{
  return ui_count_cut_labels (ui_find (GTK_WIDGET (ui->window), ADW_TYPE_HEADER_BAR, NULL, NULL),
                              where);
}

/* The window's title is whole, or away where the buttons leave it no room. */
static void
test_header (Ui *ui, gconstpointer data)
{
  GtkWidget *title = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_WINDOW_TITLE, NULL, NULL);

  for (PisdProblemId problem = 0; problem < PISD_N_PROBLEMS; problem++)
    {
      explorer_session_choose_problem (ui->session, problem);
      g_assert_cmpuint (for_sizes (ui, sizes, G_N_ELEMENTS (sizes), count_in_header), ==, 0);
      ui_resize (ui, 1200, 900);
      g_assert_true (gtk_widget_get_child_visible (title));
    }
}

static gboolean
is_seen (GtkWidget *label, gconstpointer text)
{
  return gtk_widget_get_mapped (label)
         && g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text);
}

/* The tooltip that says so; the pointer is moved again where a picture drawn meanwhile has kept it away. */
static void
wait_for_tooltip (Ui *ui, GtkWidget *widget, const char *text)
{
  gboolean seen = FALSE;
  int x, y;

  for (int k = 0; k < 20 && !seen; k++)
    {
      const gint64 end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;

      ui_get_position (ui, widget, 30, 8, &x, &y);
      ui_send ("mousemove %d %d mousemove %d %d", x, y, x + 1, y);
      while (!seen && g_get_monotonic_time () < end)
        {
          ui_iterate ();
          seen = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_LABEL, is_seen, text) != NULL;
        }
    }
  g_assert_true (seen);
}

/* Small pictures have brief titles, and the whole ones as tooltips. */
static void
test_titles (Ui *ui, gconstpointer data)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (ui->grid, 0, EXPLORER_COLUMN_TRUTH);
  PisdPanel panel;

  ui_resize (ui, 1200, 900);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_TRUTH, &panel);
  g_assert_cmpstr (explorer_field_view_get_title (view), ==, panel.title);
  ui_resize (ui, 900, 640);
  ui_get_panel (ui, 0, EXPLORER_COLUMN_TRUTH, &panel);
  g_assert_true (g_str_has_suffix (panel.title, explorer_field_view_get_title (view)));
  g_assert_cmpuint (strlen (explorer_field_view_get_title (view)), <, strlen (panel.title));
  wait_for_tooltip (ui, GTK_WIDGET (view), panel.title);
}

/* Whether all of it fits into 900 x 640. */
static void
assert_is_small (Ui *ui)
{
  int width, height;

  gtk_widget_measure (GTK_WIDGET (ui->window), GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL,
                      NULL);
  g_assert_cmpint (width, <=, 900);
  gtk_widget_measure (GTK_WIDGET (ui->window), GTK_ORIENTATION_VERTICAL, 900, &height, NULL, NULL,
                      NULL);
  g_assert_cmpint (height, <=, 640);
}

/* The side bar beside the views. */
static void
test_small (Ui *ui, gconstpointer data)
{
  GtkWidget *flap = ui_find (GTK_WIDGET (ui->window), ADW_TYPE_FLAP, NULL, NULL);

  for (PisdGuidanceId guidance = 0; guidance < PISD_N_GUIDANCES; guidance++)
    {
      explorer_session_apply_preset (ui->session, guidance);
      ui_resize (ui, 900, 640);
      assert_is_small (ui);
      g_assert_false (adw_flap_get_folded (ADW_FLAP (flap)));
    }
}

static void
activate (Ui *ui, const char *action)
{
  g_action_group_activate_action (G_ACTION_GROUP (ui->window), action, NULL);
}

/* The lessons, and every page of the first one. */
static void
test_lessons (Ui *ui, gconstpointer data)
{
  ExplorerLoader *loader = explorer_window_get_loader (ui->window);
  guint id;

  activate (ui, "lessons");
  ui_resize (ui, 900, 640);
  assert_is_small (ui);
  g_assert_cmpuint (for_sizes (ui, &sizes[1], 2, count_in_window), ==, 0);
  explorer_preferences_set (ui->preferences, "pace", EXPLORER_PACE_FREE);
  id = explorer_session_get_run_id (ui->session);
  activate (ui, "first-lesson");
  ui_wait (explorer_loader_get_reading (loader) == NULL
           && explorer_session_get_run_id (ui->session) > id);
  for (guint page = 0; page < 4; page++)
    {
      ui_wait (!explorer_session_is_running (ui->session));
      ui_resize (ui, 900, 640);
      assert_is_small (ui);
      g_assert_cmpuint (for_sizes (ui, &sizes[1], 2, count_in_window), ==, 0);
      activate (ui, page < 3 ? "lesson-next" : "lesson-answer");
    }
  activate (ui, "toggle-chrome");
  g_assert_cmpuint (for_sizes (ui, sizes, G_N_ELEMENTS (sizes), count_in_window), ==, 0);
}

static void
test_numbers (Ui *ui, gconstpointer data)
{
  GtkWidget *entry = ui_find_setting (ui, "mean-sd");
  const char *const point = localeconv ()->decimal_point;
  g_autofree char *shown = g_strdup_printf ("0%s25", point);

  ui_set_setting (ui, "mean-sd", "0.25");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, shown);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0,75");
  ui_key (ui, "Return");
  g_assert_cmpfloat (explorer_session_get_scenario (ui->session)->settings.mean_sd, ==, 0.75);
  gtk_widget_grab_focus (entry);
  gtk_editable_set_text (GTK_EDITABLE (entry), "0.5");
  ui_key (ui, "Return");
  g_assert_cmpfloat (explorer_session_get_scenario (ui->session)->settings.mean_sd, ==, 0.5);
}

#define ADD(path, function) \
  g_test_add ("/ui/labels/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  ui_init_in_locale (&argc, &argv);
  /* Rows unfold at once, which saves seconds. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("poisson", test_poisson);
  ADD ("helmholtz", test_helmholtz);
  ADD ("stale-run", test_stale_run);
  ADD ("columns", test_columns);
  ADD ("header", test_header);
  ADD ("titles", test_titles);
  ADD ("small", test_small);
  ADD ("lessons", test_lessons);
  ADD ("numbers", test_numbers);
  return g_test_run ();
}
