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
  int x, y;

  ui_get_position (ui, text, gtk_widget_get_width (text) / 2.0, gtk_widget_get_height (text) / 2.0,
                   &x, &y);
  ui_send ("mousemove %d %d mousedown 3", x, y);
  ui_settle (ui);
  for (int k = 1; k <= 3; k++)
    {
      ui_send ("mousemove %d %d", x + k * dx / 3, y + k * dy / 3);
      ui_settle (ui);
    }
  ui_send ("mouseup 3");
  for (guint k = 0; k < 5; k++)
    ui_settle (ui);
}

/* A click opens the menu, also one with an unsteady hand; a stroke that leaves the text does not,
 * and nothing is pressed afterwards: the next left click counts as one. */
static void
test_text (Ui *ui, gconstpointer data)
{
  GtkWidget *const entries[] = {
    ui_find (GTK_WIDGET (ui->window), GTK_TYPE_ENTRY, is_mapped, NULL),
    ui_find (GTK_WIDGET (ui->window), GTK_TYPE_SPIN_BUTTON, is_mapped, NULL),
  };
  const struct
  {
    int dx, dy;
    gboolean opens;
  } rows[] = { { 0, 0, TRUE }, { 4, 3, TRUE }, { 20, 60, FALSE }, { -60, 30, FALSE } };

  for (guint e = 0; e < G_N_ELEMENTS (entries); e++)
    for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
      {
        GtkWidget *text = get_text (entries[e]);

        drag (ui, text, rows[k].dx, rows[k].dy);
        if (rows[k].opens)
          ui_wait (find_menu (text) != NULL);
        g_assert_true ((find_menu (text) != NULL) == rows[k].opens);
        g_assert_true (gtk_window_get_focus (GTK_WINDOW (ui->window)) != NULL);
        ui_key (ui, "Escape");
        ui_wait (find_menu (text) == NULL);
        g_assert_false (gtk_widget_get_state_flags (text) & GTK_STATE_FLAG_ACTIVE);
      }
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/menus/text", Ui, NULL, ui_set_up, test_text, ui_tear_down);
  g_test_add ("/ui/menus/closed-under-a-menu", Ui, NULL, ui_set_up, test_closed_under_a_menu,
              ui_tear_down);
  return g_test_run ();
}
