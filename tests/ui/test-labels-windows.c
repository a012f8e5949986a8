/* No label is cut in the windows and popovers that the main window opens, at three text scales, as
 * small as they can be.  Run once in English and once in German. */

#include "explorer-diffusion.h"
#include "explorer-inspect.h"
#include "ui-fixture.h"
#include "ui-labels.h"

/* What is open in front of the main window; NULL: nothing. */
static GtkWidget *
find_front (Ui *ui)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (link->data != ui->window && gtk_widget_get_mapped (link->data)
        && gtk_window_is_active (link->data))
      return link->data;
  return NULL;
}

static GtkWidget *
open_window (Ui *ui, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (ui->window), action, NULL);
  ui_wait (find_front (ui) != NULL);
  return find_front (ui);
}

static void
close_window (Ui *ui, GtkWidget *window)
{
  gtk_window_close (GTK_WINDOW (window));
  ui_wait (find_front (ui) == NULL);
}

static gboolean
is_in_sight (GtkWidget *widget)
{
  GtkWidget *window = GTK_WIDGET (gtk_widget_get_root (widget));
  double x, y;

  return gtk_widget_translate_coordinates (widget, window, 0, 0, &x, &y)
         && gtk_widget_contains (window, x, y);
}

/* Whatever around it takes the focus is scrolled to: a popover of what lies beyond the screen finds no
 * monitor. */
static void
bring_into_sight (GtkWidget *widget)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (widget));
  GtkWidget *taker = widget;

  while (taker != NULL && !gtk_widget_grab_focus (taker))
    taker = gtk_widget_get_parent (taker);
  ui_settle_window (window);
  ui_wait (is_in_sight (widget));
}

static guint
count_in_popover (Ui *ui, GtkWidget *popover, const char *where)
{
  guint n;

  bring_into_sight (gtk_widget_get_parent (popover));
  gtk_popover_popup (GTK_POPOVER (popover));
  ui_wait (gtk_widget_get_mapped (popover));
  ui_settle_window (GTK_WINDOW (gtk_widget_get_root (popover)));
  n = ui_count_cut_labels (popover, where);
  gtk_popover_popdown (GTK_POPOVER (popover));
  ui_wait (!gtk_widget_get_mapped (popover));
  return n;
}

/* Menus and lists of what is seen below `root`, one after the other. */
static guint
count_in_popovers (Ui *ui, GtkWidget *root, const char *where, guint *n_popovers)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_POPOVER (child) && gtk_widget_get_mapped (root))
      {
        n += count_in_popover (ui, child, where);
        ++*n_popovers;
      }
    else
      n += count_in_popovers (ui, child, where, n_popovers);
  return n;
}

/* Counts what is wrong at every scale. */
static guint
for_all_scales (Ui *ui, guint (*count) (Ui *ui, const char *where))
{
  guint n = 0;

  for (guint s = 0; s < UI_N_TEXT_SCALES; s++)
    {
      g_autofree char *where = g_strdup_printf ("text × %g", ui_text_scales[s]);

      ui_set_text_scale (ui, ui_text_scales[s]);
      n += count (ui, where);
    }
  ui_set_text_scale (ui, 1.0);
  return n;
}

static guint
count_in_windows (Ui *ui, const char *where)
{
  static const char *const actions[] = { "win.preferences", "win.show-help-overlay", "app.about" };
  guint n = 0;

  for (guint k = 0; k < G_N_ELEMENTS (actions); k++)
    {
      g_autofree char *place = g_strdup_printf ("%s, %s", where, actions[k]);
      GtkWidget *window = open_window (ui, actions[k]);

      ui_resize_window (GTK_WINDOW (window), 0, 0);
      n += ui_count_cut_labels (window, place);
      close_window (ui, window);
    }
  return n;
}

static void
test_windows (Ui *ui, gconstpointer data)
{
  g_assert_cmpuint (for_all_scales (ui, count_in_windows), ==, 0);
}

static guint
count_in_menus (Ui *ui, const char *where)
{
  guint n_popovers = 0;
  const guint n = count_in_popovers (ui, GTK_WIDGET (ui->window), where, &n_popovers);

  g_assert_cmpuint (n_popovers, >, 5);
  return n;
}

/* The menu and the lists of choices. */
static void
test_menus (Ui *ui, gconstpointer data)
{
  ui_expand_rows (GTK_WIDGET (ui->window));
  g_assert_cmpuint (for_all_scales (ui, count_in_menus), ==, 0);
}

static guint
count_in_compare (Ui *ui, const char *where)
{
  static const int sizes[][2] = { { 1280, 860 }, { 900, 640 }, { 0, 0 } };
  ExplorerCompare *compare = ui_find_compare (ui);
  guint n = 0, n_popovers = 0;

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      ui_resize_window (GTK_WINDOW (compare), sizes[k][0], sizes[k][1]);
      n += ui_count_cut_labels (GTK_WIDGET (compare), where);
      n += count_in_popovers (ui, GTK_WIDGET (compare), where, &n_popovers);
    }
  g_assert_cmpuint (n_popovers, ==, G_N_ELEMENTS (sizes));
  return n;
}

/* After its run. */
static void
test_compare (Ui *ui, gconstpointer data)
{
  ExplorerCompare *compare;

  ui_set_setting (ui, "modes", "8");
  ui_set_setting (ui, "steps", "5");
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  compare = EXPLORER_COMPARE (open_window (ui, "win.compare"));
  ui_wait (!explorer_comparison_is_running (explorer_compare_get_comparison (compare)));
  g_assert_cmpuint (for_all_scales (ui, count_in_compare), ==, 0);
  close_window (ui, GTK_WIDGET (compare));
}

static guint
count_in_smallest (Ui *ui, const char *where)
{
  GtkWidget *window = find_front (ui);
  guint n = 0, n_popovers = 0;

  ui_resize_window (GTK_WINDOW (window), 0, 0);
  n += ui_count_cut_labels (window, where);
  return n + count_in_popovers (ui, window, where, &n_popovers);
}

static void
test_sweep (Ui *ui, gconstpointer data)
{
  GtkWidget *sweep = open_window (ui, "win.sweep");

  g_assert_cmpuint (for_all_scales (ui, count_in_smallest), ==, 0);
  close_window (ui, sweep);
}

static void
test_training (Ui *ui, gconstpointer data)
{
  GtkWidget *training = open_window (ui, "win.training");

  g_assert_cmpuint (for_all_scales (ui, count_in_smallest), ==, 0);
  close_window (ui, training);
}

static void
test_diffusion (Ui *ui, gconstpointer data)
{
  GtkWidget *diffusion = open_window (ui, "win.diffusion");
  ExplorerDiffusion *lab = EXPLORER_DIFFUSION (diffusion);

  /* Of pictures there are more rows; what it says of its data is all there before labels are
   * measured. */
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  adw_combo_row_set_selected (ADW_COMBO_ROW (explorer_diffusion_get_part (lab, "data")),
                              PISD_LAB_DIGITS_8);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (explorer_diffusion_get_part (lab, "latents")), 20);
  ui_wait (explorer_diffusion_get_frame (lab) != NULL);
  ui_settle (ui);
  g_assert_cmpuint (for_all_scales (ui, count_in_smallest), ==, 0);
  close_window (ui, diffusion);
}

static guint
count_in_inspect (Ui *ui, const char *where)
{
  static const int sizes[][2] = { { 900, 640 }, { 0, 0 } };
  GtkWidget *inspect = find_front (ui);
  guint n = 0;

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      ui_resize_window (GTK_WINDOW (inspect), sizes[k][0], sizes[k][1]);
      n += ui_count_cut_labels (inspect, where);
    }
  return n;
}

/* A step of all terms. */
static void
test_inspect (Ui *ui, gconstpointer data)
{
  GtkWidget *inspect;

  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_PISD);
  ui_set_setting (ui, "steps", "5");
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 30, 1));
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_U, 0, 30, 1));
  ui_run_to_the_end (ui);
  inspect = open_window (ui, "win.inspect");
  ui_wait (explorer_inspect_get_step (EXPLORER_INSPECT (inspect)) >= 0);
  g_assert_cmpuint (for_all_scales (ui, count_in_inspect), ==, 0);
  close_window (ui, inspect);
}

#define ADD(path, function) \
  g_test_add ("/ui/labels-windows/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  ui_init_in_locale (&argc, &argv);
  /* Popovers appear at once, which saves seconds. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);

  ADD ("windows", test_windows);
  ADD ("menus", test_menus);
  ADD ("compare", test_compare);
  ADD ("inspect", test_inspect);
  ADD ("sweep", test_sweep);
  ADD ("training", test_training);
  ADD ("diffusion", test_diffusion);
  return g_test_run ();
}
