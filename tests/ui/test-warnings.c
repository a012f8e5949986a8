/* What makes GTK warn: widgets that go while they are pressed, and room that is too small.  A warning
 * ends a test program. */

#include "ui-fixture.h"

static void
resize (Ui *ui, int width, int height)
{
  ui_send ("getactivewindow windowsize %d %d", width, height);
  for (guint k = 0; k < 10; k++)
    ui_settle (ui);
}

static gboolean
has_action (GtkWidget *widget, gconstpointer action)
{
  return g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0;
}

static void
press (Ui *ui, GtkWidget *widget)
{
  int x, y;

  ui_get_position (ui, widget, gtk_widget_get_width (widget) / 2.0,
                   gtk_widget_get_height (widget) / 2.0, &x, &y);
  ui_send ("mousemove %d %d mousedown 1", x, y);
  ui_settle (ui);
}

static void
let_go (Ui *ui)
{
  ui_send ("mouseup 1");
  for (guint k = 0; k < 5; k++)
    ui_settle (ui);
}

static void
add_buttons (GtkWidget *root, GPtrArray *buttons)
{
  if (!gtk_widget_get_mapped (root))
    return;
  if (GTK_IS_BUTTON (root) || GTK_IS_CHECK_BUTTON (root) || GTK_IS_SWITCH (root)
      || GTK_IS_SCALE (root) || GTK_IS_SPIN_BUTTON (root) || GTK_IS_ENTRY (root)
      || EXPLORER_IS_FIELD_VIEW (root) || EXPLORER_IS_TIMELINE (root))
    g_ptr_array_add (buttons, root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_buttons (child, buttons);
}

static gboolean
is_on_screen (Ui *ui, GtkWidget *widget)
{
  graphene_rect_t bounds;
  const int height = gtk_widget_get_height (GTK_WIDGET (ui->window));

  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_widget_compute_bounds (widget, GTK_WIDGET (ui->window), &bounds)
         && bounds.origin.y >= 0 && bounds.origin.y + bounds.size.height < height;
}

static gboolean
closes_window (GtkWidget *widget)
{
  return gtk_widget_get_ancestor (widget, GTK_TYPE_WINDOW_CONTROLS) != NULL;
}

/* Whatever is pressed, its surroundings go before it is let go, and come back. */
static void
press_and_hide (Ui *ui, const char *hide)
{
  g_autoptr (GPtrArray) buttons = g_ptr_array_new ();

  add_buttons (GTK_WIDGET (ui->window), buttons);
  g_assert_cmpuint (buttons->len, >, 20);
  for (guint k = 0; k < buttons->len; k++)
    {
      GtkWidget *button = g_ptr_array_index (buttons, k);

      if (!is_on_screen (ui, button) || closes_window (button)
          || GTK_IS_MENU_BUTTON (gtk_widget_get_parent (button)))
        continue;
      press (ui, button);
      ui_key (ui, hide);
      let_go (ui);
      ui_key (ui, hide);
      ui_settle (ui);
    }
}

static void
test_pressed_and_folded (Ui *ui, gconstpointer data)
{
  press_and_hide (ui, "F9");
}

/* The button of a run turns insensitive while it is held down. */
static void
test_pressed_at_the_end (Ui *ui, gconstpointer data)
{
  GtkWidget *stop = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_BUTTON, has_action, "win.stop");

  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 10, 1);
  for (guint k = 0; k < 3; k++)
    {
      explorer_session_step (ui->session);
      ui_settle (ui);
      press (ui, stop);
      explorer_session_stop (ui->session);
      ui_wait (!explorer_session_is_running (ui->session));
      ui_settle (ui);
      let_go (ui);
      explorer_session_step (ui->session);
      ui_settle (ui);
      ui_send ("mousemove_relative 200 200");
      ui_settle (ui);
      explorer_session_stop (ui->session);
      ui_wait (!explorer_session_is_running (ui->session));
    }
}

static gboolean
is_popover_open (Ui *ui)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (ui->window));

  return focus != NULL && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL;
}

/* Menus in windows that are smaller than the menu, and that shrink while it is open. */
static void
test_menus_in_small_windows (Ui *ui, gconstpointer data)
{
  const int sizes[][2] = { { 900, 640 }, { 600, 480 }, { 360, 300 } };
  GtkWidget *problem = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_DROP_DOWN, NULL, NULL);

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      resize (ui, sizes[k][0], sizes[k][1]);
      for (guint menu = 0; menu < 2; menu++)
        {
          if (menu == 0)
            gtk_widget_grab_focus (problem);
          ui_key (ui, menu == 0 ? "space" : "F10");
          ui_wait (is_popover_open (ui));
          resize (ui, sizes[k][0] - 40, sizes[k][1] - 40);
          ui_key (ui, "Escape");
          ui_wait (!is_popover_open (ui));
        }
    }
}

static void
test_chrome_in_a_run (Ui *ui, gconstpointer data)
{
  explorer_session_scatter (ui->session, PISD_FIELD_A, 10, 1);
  ui_key (ui, "ctrl+Return");
  for (guint k = 0; k < 8; k++)
    {
      ui_move_to_node (ui, 0, EXPLORER_COLUMN_ESTIMATE, 64, 64);
      ui_send ("key h key F9 key h key F9");
      ui_settle (ui);
    }
}

#define ADD(path, function) \
  g_test_add ("/ui/warnings/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("pressed-and-folded", test_pressed_and_folded);
  ADD ("pressed-at-the-end", test_pressed_at_the_end);
  ADD ("menus-in-small-windows", test_menus_in_small_windows);
  ADD ("chrome-in-a-run", test_chrome_in_a_run);
  return g_test_run ();
}
