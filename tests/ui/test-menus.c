/* Menus that the pointer and the window manager treat badly: the button goes up elsewhere than it
 * went down, or the window is told to close while a menu is open.  A warning of GTK's ends a test
 * program. */
#include "explorer-preferences-window.h"
#include "ui-fixture.h"

static GtkWidget *
get_text (GtkWidget *entry)
{
  return GTK_WIDGET (gtk_editable_get_delegate (GTK_EDITABLE (entry)));
}

static gboolean
is_mapped (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_get_mapped (widget);
}

/* The menu that is open below a widget; NULL: there is none. */
static GtkWidget *
find_menu (GtkWidget *root)
{
  return ui_find (root, GTK_TYPE_POPOVER, is_mapped, NULL);
}

/* With the right button from the middle of the text, in three steps. */
static void
drag (Ui *ui, GtkWidget *text, int dx, int dy)
{
  const double x = gtk_widget_get_width (text) / 2.0, y = gtk_widget_get_height (text) / 2.0;

  ui_move_to (ui, text, x, y);
  ui_press (ui, 3);
  for (int k = 1; k <= 3; k++)
    ui_move_to (ui, text, x + k * dx / 3, y + k * dy / 3);
  ui_release (ui, 3);
  for (guint k = 0; k < 5; k++)
    ui_settle (ui);
}

static void
set_up (Ui *ui, gconstpointer data)
{
  ui_set_up (ui, NULL);
}

typedef struct
{
  const char *path;
  GType (*get_type) (void);
  int dx, dy;
  gboolean opens;
} Stroke;

static const Stroke strokes[] = {
  { "/ui/menus/entry-click", gtk_entry_get_type, 0, 0, TRUE },
  { "/ui/menus/entry-unsteady", gtk_entry_get_type, 4, 3, TRUE },
  { "/ui/menus/entry-stroke", gtk_entry_get_type, 20, 60, FALSE },
  { "/ui/menus/spin-button-click", gtk_spin_button_get_type, 0, 0, TRUE },
  { "/ui/menus/spin-button-stroke", gtk_spin_button_get_type, 20, 60, FALSE },
};

/* A click opens the menu, also one with an unsteady hand; a stroke that leaves the text does not.
 * Nothing is pressed afterwards, and the text has the focus. */
static void
test_text (Ui *ui, gconstpointer data)
{
  const Stroke *stroke = data;
  GtkWidget *entry = ui_find (GTK_WIDGET (ui->window), stroke->get_type (), is_mapped, NULL);
  GtkWidget *text = get_text (entry);

  drag (ui, text, stroke->dx, stroke->dy);
  if (stroke->opens)
    ui_wait (find_menu (text) != NULL);
  g_assert_true ((find_menu (text) != NULL) == stroke->opens);
  g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (ui->window)));
  g_assert_false (gtk_widget_get_state_flags (text) & GTK_STATE_FLAG_ACTIVE);
  ui_key (ui, "Escape");
  ui_wait (find_menu (text) == NULL);
}

/* A window with nothing but a text that can be selected, as a lesson's. */
static GtkWidget *
show_label (void)
{
  GtkWidget *window = gtk_window_new (), *label = gtk_label_new ("Words of a lesson");

  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 400, 300);
  gtk_window_set_child (GTK_WINDOW (window), label);
  gtk_window_present (GTK_WINDOW (window));
  ui_wait (gtk_window_is_active (GTK_WINDOW (window)));
  return label;
}

/* While the button is down nothing opens, so that the press is counted where the release is, and
 * what is selected stays. */
static void
test_label (Ui *ui, gconstpointer data)
{
  GtkWidget *label = show_label ();
  GtkLabel *words = GTK_LABEL (label);
  int start, end;

  ui_settle (ui);
  gtk_label_select_region (words, 2, 7);
  ui_move_to (ui, label, 200, 150);
  ui_press (ui, 3);
  for (guint k = 0; k < 5; k++)
    ui_settle (ui);
  g_assert_null (find_menu (label));
  ui_release (ui, 3);
  ui_wait (find_menu (label) != NULL);
  g_assert_true (gtk_label_get_selection_bounds (words, &start, &end));
  g_assert_cmpint (start, ==, 2);
  g_assert_cmpint (end, ==, 7);
  g_assert_false (gtk_widget_get_state_flags (label) & GTK_STATE_FLAG_ACTIVE);
  ui_key (ui, "Escape");
  ui_wait (find_menu (label) == NULL);
  drag (ui, label, 20, 400);
  g_assert_null (find_menu (label));
  gtk_window_destroy (GTK_WINDOW (gtk_widget_get_root (label)));
}

static GtkWidget *
find_preferences (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (EXPLORER_IS_PREFERENCES_WINDOW (link->data) && gtk_widget_get_mapped (link->data))
      return link->data;
  return NULL;
}

/* As when the window manager asks.  After it the main window hears keys and clicks as before. */
static void
test_closed_under_a_menu (Ui *ui, gconstpointer data)
{
  GtkWidget *preferences;

  ui_key (ui, "ctrl+comma");
  ui_wait (find_preferences () != NULL && gtk_window_is_active (GTK_WINDOW (find_preferences ())));
  preferences = find_preferences ();
  gtk_widget_grab_focus (ui_find (preferences, ADW_TYPE_COMBO_ROW, NULL, NULL));
  ui_send ("key space");
  ui_wait (find_menu (preferences) != NULL);
  gtk_window_close (GTK_WINDOW (preferences));
  ui_wait (find_preferences () == NULL && gtk_window_is_active (GTK_WINDOW (ui->window)));
  ui_click_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64, 1);
  ui_wait (ui_count (ui, PISD_FIELD_A) == 1);
  ui_key (ui, "ctrl+Delete");
  ui_wait (ui_count (ui, PISD_FIELD_A) == 0);
}

static GtkWidget *
open_menu (Ui *ui, const char *key)
{
  ui_send ("key %s", key);
  ui_wait (find_menu (GTK_WIDGET (ui->window)) != NULL);
  ui_settle (ui);
  return find_menu (GTK_WIDGET (ui->window));
}

/* What is drawn: around it is a shadow. */
static gboolean
is_in_sight (GtkWidget *menu)
{
  GtkWidget *contents = gtk_widget_get_first_child (menu);
  g_autoptr (GdkMonitor) monitor =
      g_list_model_get_item (gdk_display_get_monitors (gtk_widget_get_display (menu)), 0);
  GdkRectangle screen, seen;
  GdkRectangle place = { .width = gtk_widget_get_width (contents),
                         .height = gtk_widget_get_height (contents) };
  double x, y, surface_x, surface_y;

  gdk_monitor_get_geometry (monitor, &screen);
  gtk_widget_translate_coordinates (contents, menu, 0, 0, &x, &y);
  gtk_native_get_surface_transform (GTK_NATIVE (menu), &surface_x, &surface_y);
  ui_get_origin (GTK_NATIVE (menu), &place.x, &place.y);
  place.x += (int) (surface_x + x);
  place.y += (int) (surface_y + y);
  g_test_message ("%d, %d: %d x %d", place.x, place.y, place.width, place.height);
  return gdk_rectangle_intersect (&screen, &place, &seen) && gdk_rectangle_equal (&seen, &place);
}

/* Where the button of the menu, or the text, hangs off the screen with a part of the window.  In its
 * place again the menu belongs to its button as before. */
static void
test_out_of_sight (Ui *ui, gconstpointer data)
{
  static const struct
  {
    int x, y;
    const char *key;
  } rows[] = { { 1000, 100, "F10" }, { 1200, 200, "shift+F10" } };

  ui_resize (ui, 900, 640);
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      GtkWidget *menu;
      GdkRectangle anchor;

      gtk_widget_grab_focus (ui_find (GTK_WIDGET (ui->window), GTK_TYPE_ENTRY, is_mapped, NULL));
      ui_move_window (ui, rows[k].x, rows[k].y);
      menu = open_menu (ui, rows[k].key);
      g_assert_true (is_in_sight (menu));
      ui_key (ui, "Escape");
      ui_wait (find_menu (GTK_WIDGET (ui->window)) == NULL);
      if (k == 0)
        g_assert_false (gtk_popover_get_pointing_to (GTK_POPOVER (menu), &anchor));
    }
}

/* A window may be moved while its menu is open, as with Alt and the pointer: what is open stays in
 * sight, and belongs to its button again when that has come back. */
static void
test_moved (Ui *ui, gconstpointer data)
{
  static const int places[][2] = { { 1000, 100 }, { 1600, 300 }, { -800, 200 } };
  GdkRectangle anchor;

  ui_resize (ui, 900, 640);
  for (guint k = 0; k < G_N_ELEMENTS (places); k++)
    {
      GtkWidget *menu = open_menu (ui, "F10");

      ui_move_window (ui, places[k][0], places[k][1]);
      g_assert_true (gtk_widget_get_mapped (menu) && is_in_sight (menu));
      ui_move_window (ui, 20, 20);
      g_assert_true (gtk_widget_get_mapped (menu) && is_in_sight (menu));
      g_assert_false (gtk_popover_get_pointing_to (GTK_POPOVER (menu), &anchor));
      ui_key (ui, "Escape");
      ui_wait (find_menu (GTK_WIDGET (ui->window)) == NULL);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  for (guint k = 0; k < G_N_ELEMENTS (strokes); k++)
    g_test_add (strokes[k].path, Ui, &strokes[k], set_up, test_text, ui_tear_down);
  g_test_add ("/ui/menus/label", Ui, NULL, ui_set_up, test_label, ui_tear_down);
  g_test_add ("/ui/menus/closed-under-a-menu", Ui, NULL, ui_set_up, test_closed_under_a_menu,
              ui_tear_down);
  g_test_add ("/ui/menus/out-of-sight", Ui, NULL, ui_set_up, test_out_of_sight, ui_tear_down);
  g_test_add ("/ui/menus/moved", Ui, NULL, ui_set_up, test_moved, ui_tear_down);
  return g_test_run ();
}
