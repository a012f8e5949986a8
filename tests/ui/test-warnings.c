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

static void
show_chrome (Ui *ui)
{
  gboolean chrome;

  ui_settle (ui);
  g_object_get (ui->window, "chrome", &chrome, NULL);
  if (!chrome)
    ui_key (ui, "h");
}

static void
press (Ui *ui, GtkWidget *widget)
{
  ui_move_to (ui, widget, gtk_widget_get_width (widget) / 2.0,
              gtk_widget_get_height (widget) / 2.0);
  ui_press (ui, 1);
}

static void
let_go (Ui *ui)
{
  ui_release (ui, 1);
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
    g_ptr_array_add (buttons, g_object_ref (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_buttons (child, buttons);
}

static void
add_drop_downs (GtkWidget *root, GPtrArray *drop_downs)
{
  if (!gtk_widget_get_mapped (root))
    return;
  if (GTK_IS_DROP_DOWN (root) || ADW_IS_COMBO_ROW (root))
    g_ptr_array_add (drop_downs, g_object_ref (root));
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_drop_downs (child, drop_downs);
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

/* Whether two are of one kind: the types of both and of what they are in are the same. */
static gboolean
is_like (GtkWidget *a, GtkWidget *b)
{
  for (guint depth = 0; depth < 3 && a != NULL && b != NULL; depth++)
    {
      if (G_OBJECT_TYPE (a) != G_OBJECT_TYPE (b))
        return FALSE;
      a = gtk_widget_get_parent (a);
      b = gtk_widget_get_parent (b);
    }
  return TRUE;
}

/* The first and the last of each kind stand for it. */
static gboolean
is_needed (GPtrArray *buttons, guint which)
{
  gboolean before = FALSE, after = FALSE;

  for (guint k = 0; k < buttons->len; k++)
    if (k != which && is_like (g_ptr_array_index (buttons, k), g_ptr_array_index (buttons, which)))
      *(k < which ? &before : &after) = TRUE;
  return !before || !after;
}

/* Those are made anew when the problem changes: the list holds them, parent or none. */
static GPtrArray *
find_buttons (Ui *ui)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  GPtrArray *buttons = g_ptr_array_new_with_free_func (g_object_unref);

  add_buttons (GTK_WIDGET (ui->window), all);
  for (guint k = 0; k < all->len; k++)
    if (is_needed (all, k))
      g_ptr_array_add (buttons, g_object_ref (g_ptr_array_index (all, k)));
  g_assert_cmpuint (buttons->len, >, 20);
  return buttons;
}

static gboolean
can_be_tried (Ui *ui, GtkWidget *button)
{
  GtkWidget *parent = gtk_widget_get_parent (button);

  return parent != NULL && is_on_screen (ui, button) && !closes_window (button)
         && !GTK_IS_MENU_BUTTON (parent) && !GTK_IS_DROP_DOWN (parent);
}

/* What a key does that has not to wait for the pointer. */
static void
act (Ui *ui, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (ui->window), action, NULL);
  for (guint k = 0; k < 3; k++)
    ui_settle (ui);
}

/* Whatever is pressed, its surroundings go before it is let go, and come back; by actions, or by
 * keys where `by_keys`. */
static void
press_and_send (Ui *ui, const char *first, const char *then, gboolean by_keys)
{
  g_autoptr (GPtrArray) buttons = find_buttons (ui);

  for (guint k = 0; k < buttons->len; k++)
    {
      GtkWidget *button = g_ptr_array_index (buttons, k);

      if (!can_be_tried (ui, button))
        continue;
      press (ui, button);
      (by_keys ? ui_key : act) (ui, first);
      let_go (ui);
      (by_keys ? ui_key : act) (ui, then);
    }
}

static void
test_pressed_and_folded (Ui *ui, gconstpointer data)
{
  press_and_send (ui, "win.toggle-side-bar", "win.toggle-side-bar", FALSE);
}

static void
test_pressed_and_hidden (Ui *ui, gconstpointer data)
{
  press_and_send (ui, "win.toggle-chrome", "win.toggle-chrome", FALSE);
}

/* A menu takes the pointer away from what is pressed. */
static void
test_pressed_under_a_menu (Ui *ui, gconstpointer data)
{
  press_and_send (ui, "F10", "Escape", TRUE);
}

/* Every item of the menu, by the pointer. */
static void
test_items_of_the_menu (Ui *ui, gconstpointer data)
{
  GtkWidget *menu = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_MENU_BUTTON, NULL, NULL);

  for (guint k = 0; k < 16; k++)
    {
      int x, y;

      ui_get_position (ui, menu, 0, gtk_widget_get_height (menu), &x, &y);
      ui_key (ui, "F10");
      ui_send ("mousemove %d %d", x, y + 20 + 25 * (int) k);
      ui_settle (ui);
      g_test_message ("%u", k);
      ui_press (ui, 1);
      let_go (ui);
      ui_send ("key Escape");
      ui_settle (ui);
      ui_send ("key Escape");
      show_chrome (ui);
      ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
    }
}

/* The rows of another problem are made anew, as are the sliders of another method. */
static void
test_pressed_and_rebuilt (Ui *ui, gconstpointer data)
{
  explorer_session_set_equation (ui->session, &(PisdEquation){ PISD_PROBLEM_HELMHOLTZ, { 3 } });
  explorer_session_apply_preset (ui->session, PISD_GUIDANCE_SECOND_ORDER);
  press_and_send (ui, "win.undo", "win.redo", FALSE);
}

/* The button of a run turns insensitive while it is held down. */
static void
test_pressed_at_the_end (Ui *ui, gconstpointer data)
{
  GtkWidget *stop = ui_find_button (GTK_WIDGET (ui->window), "win.stop");

  g_assert_true (explorer_session_set_setting (ui->session, "modes", "8"));
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 10, 1);
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

/* The bar that a menu hangs on goes while the menu is open. */
static void
test_menu_of_what_goes (Ui *ui, gconstpointer data)
{
  g_autoptr (GPtrArray) drop_downs = g_ptr_array_new_with_free_func (g_object_unref);

  add_drop_downs (GTK_WIDGET (ui->window), drop_downs);
  g_assert_cmpuint (drop_downs->len, >, 2);
  for (guint k = 0; k < drop_downs->len; k++)
    {
      GtkWidget *drop_down = g_ptr_array_index (drop_downs, k);

      if (!is_on_screen (ui, drop_down))
        continue;
      gtk_widget_grab_focus (drop_down);
      ui_key (ui, "space");
      gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.toggle-chrome", NULL);
      ui_settle (ui);
      resize (ui, 500 + (int) k, 400);
      gtk_widget_activate_action (GTK_WIDGET (ui->window), "win.toggle-chrome", NULL);
      resize (ui, 1200 + (int) k, 900);
      ui_key (ui, "Escape");
    }
}

static void
test_chrome_in_a_run (Ui *ui, gconstpointer data)
{
  explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 10, 1);
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
  ADD ("pressed-and-hidden", test_pressed_and_hidden);
  ADD ("pressed-under-a-menu", test_pressed_under_a_menu);
  ADD ("items-of-the-menu", test_items_of_the_menu);
  ADD ("pressed-and-rebuilt", test_pressed_and_rebuilt);
  ADD ("pressed-at-the-end", test_pressed_at_the_end);
  ADD ("menus-in-small-windows", test_menus_in_small_windows);
  ADD ("menu-of-what-goes", test_menu_of_what_goes);
  ADD ("chrome-in-a-run", test_chrome_in_a_run);
  return g_test_run ();
}
