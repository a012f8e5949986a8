/* The views in a real window: how large the pictures get, and that words fit wherever they stand. */

#include <math.h>
#include <string.h>

#include "explorer-color-bar.h"
#include "explorer-number-bar.h"
#include "explorer-type.h"
#include "ui-fixture.h"

static void
choose_columns (Ui *ui, guint n, const ExplorerColumn *columns)
{
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_preferences_set (ui->preferences, explorer_columns_get_key (c), FALSE);
  for (guint k = 0; k < n; k++)
    explorer_preferences_set (ui->preferences, explorer_columns_get_key (columns[k]), TRUE);
  ui_settle (ui);
}

/* The side of a picture, from its first node to its last. */
static double
get_side (Ui *ui, guint row, ExplorerColumn column)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (ui->grid, row, column);
  double x0, y0, x1, y1;

  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (view)));
  explorer_field_view_get_node_position (view, 0, 0, &x0, &y0);
  explorer_field_view_get_node_position (view, PISD_GRID - 1, PISD_GRID - 1, &x1, &y1);
  g_assert_cmpfloat_with_epsilon (x1 - x0, y1 - y0, 1e-6);
  return (x1 - x0) * PISD_GRID / (PISD_GRID - 1);
}

static void
check_sides (Ui *ui, int width, int height, guint n, const ExplorerColumn *columns, double least)
{
  ui_resize (ui, width, height);
  choose_columns (ui, n, columns);
  for (guint row = 0; row < 2; row++)
    for (guint k = 0; k < n; k++)
      {
        const double side = get_side (ui, row, columns[k]);

        g_test_message ("%d x %d, %u columns: %.0f px", width, height, n, side);
        g_assert_cmpfloat (side, >=, least);
      }
}

static void
test_sides (Ui *ui, gconstpointer data)
{
  const ExplorerColumn all[] = { EXPLORER_COLUMN_ESTIMATE, EXPLORER_COLUMN_TRUTH,
                                 EXPLORER_COLUMN_ERROR,    EXPLORER_COLUMN_EXACT,
                                 EXPLORER_COLUMN_SPREAD,   EXPLORER_COLUMN_STANDARDIZED };

  check_sides (ui, 1600, 1000, 3, all, 330);
  check_sides (ui, 1600, 1000, 4, all, 290);
  check_sides (ui, 1200, 900, 3, all, 250);
  check_sides (ui, 1200, 900, 4, all, 200);
  check_sides (ui, 900, 640, 3, all, 140);
  check_sides (ui, 900, 640, 6, all, 75);
}

/* Boxes of the shown children of a widget, in its coordinates. */
static guint
get_boxes (GtkWidget *parent, graphene_rect_t *boxes, guint most)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (parent); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (gtk_widget_get_mapped (child))
      {
        g_assert_cmpuint (n, <, most);
        g_assert_true (gtk_widget_compute_bounds (child, parent, &boxes[n++]));
      }
  return n;
}

/* But for the margin of a view, where the focus ring is. */
static void
assert_apart (GtkWidget *parent)
{
  const double width = gtk_widget_get_width (parent), height = gtk_widget_get_height (parent);
  graphene_rect_t boxes[64];
  const guint n = get_boxes (parent, boxes, G_N_ELEMENTS (boxes));

  for (guint k = 0; k < n; k++)
    {
      graphene_rect_inset (&boxes[k], 5, 5);
      g_assert_cmpfloat (graphene_rect_get_x (&boxes[k]), >=, 0);
      g_assert_cmpfloat (graphene_rect_get_y (&boxes[k]), >=, 0);
      g_assert_cmpfloat (boxes[k].origin.x + boxes[k].size.width, <=, width);
      g_assert_cmpfloat (boxes[k].origin.y + boxes[k].size.height, <=, height);
      for (guint m = 0; m < k; m++)
        g_assert_false (graphene_rect_intersection (&boxes[k], &boxes[m], NULL));
    }
}

static int
get_text_width (GtkWidget *widget, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* No text of the number bar and of the read-out is cut. */
static void
assert_texts_fit (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_get_mapped (child))
        continue;
      if (GTK_IS_INSCRIPTION (child))
        g_assert_cmpint (get_text_width (child, gtk_inscription_get_text (GTK_INSCRIPTION (child))),
                         <=, gtk_widget_get_width (child));
      assert_texts_fit (child);
    }
}

static GtkWidget *
find_numbers (Ui *ui)
{
  return ui_find (GTK_WIDGET (ui->window), EXPLORER_TYPE_NUMBER_BAR, NULL, NULL);
}

/* As fast as it goes: only its end is looked at. */
static void
run_to_the_end (Ui *ui)
{
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_FREE);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1));
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_session_get_result (ui->session) != NULL);
  ui_wait (explorer_window_get_shown_step (ui->window) == 300);
  explorer_preferences_set (ui->preferences, "pace", PISD_PACE_LOCKSTEP);
  ui_settle (ui);
}

static void
check_words (Ui *ui, int width, int height)
{
  ui_resize (ui, width, height);
  ui_move_to_node (ui, 1, EXPLORER_COLUMN_ESTIMATE, 50, 77);
  assert_texts_fit (find_numbers (ui));
  assert_texts_fit (GTK_WIDGET (ui->grid));
  assert_apart (find_numbers (ui));
  assert_apart (GTK_WIDGET (ui->grid));
  g_assert_nonnull (strstr (explorer_window_get_number (ui->window, "error-u"), "exact"));
}

/* Everywhere from the smallest window on, with usual and with large type. */
static void
test_words_fit (Ui *ui, gconstpointer data)
{
  run_to_the_end (ui);
  ui_wait (strstr (explorer_window_get_number (ui->window, "error-u"), "exact") != NULL);
  for (double scale = 1.0; scale <= 1.5; scale += 0.5)
    {
      ui_set_text_scale (ui, scale);
      check_words (ui, 1600, 1000);
      check_words (ui, 1200, 900);
      check_words (ui, 900, 640);
      ui_send ("getactivewindow windowsize 360 300");
      ui_settle (ui);
      ui_settle (ui);
      assert_apart (find_numbers (ui));
      assert_apart (GTK_WIDGET (ui->grid));
      assert_texts_fit (GTK_WIDGET (ui->grid));
      g_assert_cmpfloat (get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE), >, 50);
    }
  ui_set_text_scale (ui, 1.0);
}

/* The title of a view ends where its picture begins. */
static double
get_title_height (Ui *ui)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (ui->grid, 0, 0);
  double x, y;

  explorer_field_view_get_node_position (view, 0, 0, &x, &y);
  return y - 0.5 * get_side (ui, 0, 0) / PISD_GRID;
}

/* What is drawn follows the desktop's text scale. */
static void
test_text_scale (Ui *ui, gconstpointer data)
{
  const ExplorerColumn columns[] = { EXPLORER_COLUMN_ESTIMATE, EXPLORER_COLUMN_TRUTH };
  GtkWidget *timeline = GTK_WIDGET (ui->timeline);
  const double before = explorer_type_get_scale (timeline);
  double title;
  int least, larger_least;

  ui_resize (ui, 1600, 1000);
  choose_columns (ui, 2, columns);
  title = get_title_height (ui);
  gtk_widget_measure (timeline, GTK_ORIENTATION_VERTICAL, -1, &least, NULL, NULL, NULL);
  ui_set_text_scale (ui, 1.5);
  g_assert_cmpfloat_with_epsilon (explorer_type_get_scale (timeline), 1.5 * before, 0.02);
  gtk_widget_measure (timeline, GTK_ORIENTATION_VERTICAL, -1, &larger_least, NULL, NULL, NULL);
  g_assert_cmpfloat (get_title_height (ui), >, 1.25 * title); /* smaller pictures, smaller titles */
  g_assert_cmpint (larger_least, >, least + least / 3);
  ui_set_text_scale (ui, 1.0);
  g_assert_cmpfloat (get_title_height (ui), ==, title);
}

/* A column that is chosen is shown, or says what it lacks. */
static void
test_chosen_is_shown (Ui *ui, gconstpointer data)
{
  PisdPanel panel;

  ui_resize (ui, 900, 640);
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    explorer_preferences_set (ui->preferences, explorer_columns_get_key (c), TRUE);
  ui_settle (ui);
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    g_assert_true (
        gtk_widget_get_mapped (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 1, c))));
  explorer_field_view_get_panel (explorer_view_grid_get_view (ui->grid, 1, EXPLORER_COLUMN_SPREAD),
                                 &panel);
  g_assert_null (panel.field);
  g_assert_nonnull (panel.note);
}

/* Estimate, truth and exact have one bar; the noisy state has its own. */
static guint
count_bars (Ui *ui)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (ui->grid)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += EXPLORER_IS_COLOR_BAR (child) && gtk_widget_get_mapped (child);
  return n;
}

static void
test_bars (Ui *ui, gconstpointer data)
{
  run_to_the_end (ui);
  g_object_set (ui->grid, "show-noisy", FALSE, NULL);
  g_signal_emit_by_name (ui->timeline, "step-selected", 20);
  ui_settle (ui);
  g_assert_cmpuint (count_bars (ui), ==, 4);
  ui_key (ui, "d");
  g_assert_cmpuint (count_bars (ui), ==, 6);
  g_signal_emit_by_name (ui->timeline, "step-selected", 300); /* without noise */
  ui_settle (ui);
  g_assert_cmpuint (count_bars (ui), ==, 4);
}

/* A lecture: larger pictures and words, the errors, a slim timeline; nothing else.  Also while a run
 * goes on: a warning of GTK fails the test. */
static void
test_lecture (Ui *ui, gconstpointer data)
{
  const double side = get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE);
  const double type = explorer_type_get_scale (GTK_WIDGET (ui->grid));
  const int height = gtk_widget_get_height (GTK_WIDGET (ui->timeline));
  graphene_rect_t numbers[8];

  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 100, 1));
  ui_key (ui, "ctrl+Return");
  ui_wait (explorer_window_get_shown_step (ui->window) > 3);
  ui_key (ui, "h");
  ui_wait (explorer_window_get_shown_step (ui->window) > 6);
  ui_settle (ui);
  ui_wait (get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE) > 1.2 * side); /* the side bar slides away */
  g_assert_cmpfloat (explorer_type_get_scale (GTK_WIDGET (ui->grid)), >=, 1.5 * type);
  g_assert_cmpfloat (explorer_type_get_scale (find_numbers (ui)), >=, 1.5 * type);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (ui->timeline)));
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (ui->timeline)), <, height);
  g_assert_cmpuint (get_boxes (find_numbers (ui), numbers, 8), ==, 2); /* the errors */
  g_assert_cmpfloat (numbers[0].origin.y, ==, numbers[1].origin.y);
  g_assert_false (
      gtk_widget_get_mapped (GTK_WIDGET (explorer_view_grid_get_view (ui->grid, 0, 2))));
  assert_apart (GTK_WIDGET (ui->grid));
  for (GtkWidget *child = gtk_widget_get_last_child (gtk_widget_get_parent (GTK_WIDGET (ui->grid)));
       child != GTK_WIDGET (ui->grid); child = gtk_widget_get_prev_sibling (child))
    g_assert_false (gtk_widget_get_mapped (child)); /* no hint lies on the pictures */
  ui_key (ui, "h");
  ui_wait (get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE) == side); /* the side bar slides in */
  g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (ui->timeline)), ==, height);
}

/* F11 fills the screen, in a lecture too, and gives the size back. */
static void
test_full_screen (Ui *ui, gconstpointer data)
{
  GtkWindow *window = GTK_WINDOW (ui->window);
  GtkWidget *flap = ui_find (GTK_WIDGET (window), ADW_TYPE_FLAP, NULL, NULL);
  double side;

  ui_key (ui, "h");
  ui_wait (adw_flap_get_reveal_progress (ADW_FLAP (flap)) == 0);
  ui_settle (ui);
  side = get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE);
  ui_key (ui, "F11");
  ui_wait (gtk_window_is_fullscreen (window));
  ui_wait (get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE) > 1.1 * side);
  ui_key (ui, "F11");
  ui_wait (!gtk_window_is_fullscreen (window));
  ui_wait (get_side (ui, 0, EXPLORER_COLUMN_ESTIMATE) == side);
}

/* Numbers keep their place while a run goes on. */
static void
test_numbers_stay (Ui *ui, gconstpointer data)
{
  graphene_rect_t before[8], after[8];
  guint n;

  n = get_boxes (find_numbers (ui), before, 8);
  run_to_the_end (ui);
  g_assert_cmpuint (get_boxes (find_numbers (ui), after, 8), ==, n);
  for (guint k = 0; k < n; k++)
    g_assert_true (graphene_rect_equal (&before[k], &after[k]));
  g_assert_nonnull (strstr (explorer_window_get_number (ui->window, "residual"), "truth"));
  g_assert_null (explorer_window_get_number (ui->window, "finite-difference"));
}

#define ADD(path, function) \
  g_test_add ("/ui/packed/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  ADD ("sides", test_sides);
  ADD ("words-fit", test_words_fit);
  ADD ("text-scale", test_text_scale);
  ADD ("chosen-is-shown", test_chosen_is_shown);
  ADD ("bars", test_bars);
  ADD ("lecture", test_lecture);
  ADD ("full-screen", test_full_screen);
  ADD ("numbers-stay", test_numbers_stay);
  return g_test_run ();
}
