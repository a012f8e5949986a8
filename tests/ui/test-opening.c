/* The first half minute: what a person sees who starts the program without a file. */

#include <math.h>
#include <string.h>

#include "explorer-hint.h"
#include "explorer-number-bar.h"
#include "ui-fixture.h"

static ExplorerHint *
get_hint (Ui *ui)
{
  return EXPLORER_HINT (ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_HINT, NULL, NULL));
}

static double
get_error (Ui *ui, guint row)
{
  double errors[PISD_MAX_FIELDS];

  explorer_view_grid_get_errors (ui->grid, errors);
  return errors[row];
}

/* As fast as it goes, and not step by step with the display. */
static void
let_it_end (Ui *ui)
{
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_FREE);
  ui_wait (explorer_session_get_result (ui->session) != NULL);
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_LOCKSTEP);
  ui_wait (explorer_exact_is_current (explorer_window_get_exact (ui->window)));
}

/* Noise at first, the fields at the end: nearly as well as it can be done, and within few per
 * cent. */
static void
test_succeeds (Ui *ui, gconstpointer data)
{
  const PisdExact *exact;

  g_assert_cmpstr (ui_get_subtitle (ui), ==, "30 sensors (a\u00a00, u\u00a030)");
  let_it_end (ui);
  exact = explorer_exact_get (explorer_window_get_exact (ui->window));
  g_assert_cmpfloat (get_error (ui, 1), <, 0.02);
  g_assert_cmpfloat (get_error (ui, 0), <, 0.13);
  for (guint row = 0; row < 2; row++)
    g_assert_cmpfloat (get_error (ui, row), <, 1.3 * exact->errors[row]);
  g_assert_null (explorer_window_get_last_toast (ui->window));
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline)); /* what was seen first */
  ui_key (ui, "Home");
  g_assert_cmpfloat (get_error (ui, 1), >, 1.0);
}

/* The number under the title bar is that of the picture, noise or not. */
static void
test_error_is_of_picture (Ui *ui, gconstpointer data)
{
  double noisy, clean;

  let_it_end (ui);
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  noisy = get_error (ui, 1);
  ui_key (ui, "d");
  clean = get_error (ui, 1);
  g_assert_cmpfloat (noisy, >, 10.0 * clean);
  g_assert_cmpfloat (clean, <, 0.1);
}

/* Of the number bar: every text whole. */
static void
assert_texts_fit (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      g_autoptr (PangoLayout) layout = NULL;
      int width;

      if (!gtk_widget_get_mapped (child))
        continue;
      assert_texts_fit (child);
      if (!GTK_IS_INSCRIPTION (child))
        continue;
      layout = gtk_widget_create_pango_layout (child,
                                               gtk_inscription_get_text (GTK_INSCRIPTION (child)));
      pango_layout_get_pixel_size (layout, &width, NULL);
      g_assert_cmpint (width, <=, gtk_widget_get_width (child));
    }
}

/* In a small window too it is seen, in the first column, what emerges from what; the errors of noise
 * are hundreds of times those of the exact answer and are written in full. */
static void
test_is_seen_in_small_window (Ui *ui, gconstpointer data)
{
  GtkWidget *numbers = ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_NUMBER_BAR, NULL, NULL);
  PisdPanel panel;

  let_it_end (ui);
  ui_send ("getactivewindow windowsize --sync 900 640");
  ui_settle (ui);
  gtk_widget_grab_focus (GTK_WIDGET (ui->timeline));
  ui_key (ui, "Home");
  explorer_field_view_get_panel (
      explorer_view_grid_get_view (ui->grid, 1, EXPLORER_COLUMN_ESTIMATE), &panel);
  g_assert_cmpstr (panel.title, ==, "Solution u, state x");
  g_assert_nonnull (strstr (explorer_window_get_number (ui->window, "error-u"), "\u00d7"));
  ui_settle (ui);
  assert_texts_fit (numbers);
}

/* The numbers of the node under the pointer stand where the hint does, and come first. */
static void
test_hint_gives_way (Ui *ui, gconstpointer data)
{
  GtkWidget *hint = GTK_WIDGET (get_hint (ui));

  g_assert_cmpfloat (gtk_widget_get_opacity (hint), ==, 1.0);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 52);
  ui_wait (gtk_widget_get_opacity (hint) == 0.0);
  ui_move_to (ui, hint, 20, 10);
  ui_wait (gtk_widget_get_opacity (hint) == 1.0);
  g_assert_true (explorer_hint_is_shown (EXPLORER_HINT (hint)));
}

/* The person clicks on the solution: one sensor more, and no hint is needed any more. */
static void
test_hint_goes (Ui *ui, gconstpointer data)
{
  let_it_end (ui);
  g_assert_true (explorer_hint_is_shown (get_hint (ui)));
  ui_click_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 31);
  g_assert_false (explorer_hint_is_shown (get_hint (ui)));
  g_assert_false (explorer_preferences_get (ui->preferences, "show-hint"));
}

/* The other one offers a lesson. */
static gboolean
closes (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_get_mapped (widget) && gtk_button_get_icon_name (GTK_BUTTON (widget)) != NULL;
}

static void
test_hint_can_be_closed (Ui *ui, gconstpointer data)
{
  GtkWidget *button = ui_find (GTK_WIDGET (get_hint (ui)), GTK_TYPE_BUTTON, closes, NULL);

  ui_click (ui, button, gtk_widget_get_width (button) / 2, gtk_widget_get_height (button) / 2, 1);
  g_assert_false (explorer_hint_is_shown (get_hint (ui)));
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 30);
}

/* Once hidden it takes no click from the fields below. */
static void
test_hint_comes_once (Ui *ui, gconstpointer hinted)
{
  GtkWidget *hint = GTK_WIDGET (get_hint (ui));

  g_assert_false (explorer_hint_is_shown (EXPLORER_HINT (hint)));
  g_assert_false (gtk_widget_get_can_target (hint));
}

/* What it begins with is no edit. */
static void
test_nothing_to_undo (Ui *ui, gconstpointer data)
{
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 30);
  ui_click_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 40, 52, 1);
  ui_key (ui, "ctrl+z");
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_U), ==, 30);
}

static gboolean
is_readout (GtkWidget *widget, gconstpointer data)
{
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "readout") == 0;
}

/* Numbers that stay for a chart's sake do not look out from behind the hint; the pointer on a field
 * brings them, and closing the hint. */
static void
test_hint_covers_numbers (Ui *ui, gconstpointer data)
{
  GtkWidget *numbers = ui_find (GTK_WIDGET (ui->grid), GTK_TYPE_INSCRIPTION, is_readout, NULL);

  let_it_end (ui);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 40, 50);
  ui_key (ui, "x");
  g_assert_cmpfloat (gtk_widget_get_opacity (numbers), ==, 1.0);
  g_assert_cmpfloat (gtk_widget_get_opacity (GTK_WIDGET (get_hint (ui))), ==, 0.0);
  ui_move_away ();
  ui_settle (ui);
  g_assert_true (explorer_hint_is_shown (get_hint (ui)));
  g_assert_cmpfloat (gtk_widget_get_opacity (numbers), ==, 0.0);
  explorer_hint_hide (get_hint (ui));
  g_assert_cmpfloat (gtk_widget_get_opacity (numbers), ==, 1.0);
}

#define ADD(path, hinted, function) \
  g_test_add ("/ui/opening/" path, Ui, hinted, ui_set_up_first, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("succeeds", NULL, test_succeeds);
  ADD ("error-is-of-picture", NULL, test_error_is_of_picture);
  ADD ("is-seen-in-small-window", NULL, test_is_seen_in_small_window);
  ADD ("hint-gives-way", NULL, test_hint_gives_way);
  ADD ("hint-covers-numbers", NULL, test_hint_covers_numbers);
  ADD ("hint-goes", NULL, test_hint_goes);
  ADD ("hint-can-be-closed", NULL, test_hint_can_be_closed);
  ADD ("hint-comes-once", "hinted", test_hint_comes_once);
  ADD ("nothing-to-undo", NULL, test_nothing_to_undo);
  return g_test_run ();
}
