/* The first picture of a window: what is below it in the side bar comes right after it, before
 * anybody can get there. */
#include "explorer-side-bar.h"
#include "ui-fixture.h"

typedef struct
{
  Ui *ui;
  ExplorerWindow *window;
  ExplorerSideBar *side_bar;
  gboolean painted;
  gboolean complete; /* as the picture was painted */
  int width;         /* of the side bar then */
  gboolean closes;   /* the window, there and then */
} First;

static ExplorerSideBar *
find_side_bar (ExplorerWindow *window)
{
  return EXPLORER_SIDE_BAR (ui_find (GTK_WIDGET (window), EXPLORER_TYPE_SIDE_BAR, NULL, NULL));
}

static void
on_painted (First *first)
{
  if (first->painted)
    return;
  first->painted = TRUE;
  first->complete = explorer_side_bar_is_complete (first->side_bar);
  first->width = gtk_widget_get_width (GTK_WIDGET (first->side_bar));
  if (first->closes)
    gtk_window_destroy (GTK_WINDOW (first->window));
}

/* Another window beside that of the fixture, up to its first picture. */
static void
open_window (First *first)
{
  first->window =
      EXPLORER_WINDOW (explorer_window_new (first->ui->application, first->ui->preferences));
  g_object_add_weak_pointer (G_OBJECT (first->window), (gpointer *) &first->window);
  first->side_bar = find_side_bar (first->window);
  gtk_widget_realize (GTK_WIDGET (first->window));
  g_signal_connect_swapped (gtk_widget_get_frame_clock (GTK_WIDGET (first->window)), "after-paint",
                            G_CALLBACK (on_painted), first);
  gtk_window_present (GTK_WINDOW (first->window));
  while (!first->painted)
    g_main_context_iteration (NULL, TRUE);
}

static void
disconnect (First *first)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (first->window)),
                                        first);
}

/* The very next thing that the program does after the picture is to make the rest, and the pictures
 * beside the panels stay where they are. */
static void
test_complete (Ui *ui, gconstpointer data)
{
  First first = { .ui = ui };

  open_window (&first);
  g_assert_false (first.complete);
  g_main_context_iteration (NULL, FALSE);
  g_assert_true (explorer_side_bar_is_complete (first.side_bar));
  ui_settle_window (GTK_WINDOW (first.window));
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (first.side_bar)), ==, first.width);
  disconnect (&first);
  gtk_window_destroy (GTK_WINDOW (first.window));
  ui_wait (first.window == NULL);
}

/* What is not made yet is not missed by a window that goes. */
static void
test_closed (Ui *ui, gconstpointer data)
{
  First first = { .ui = ui, .closes = TRUE };

  open_window (&first);
  g_assert_false (first.complete);
  ui_wait (first.window == NULL);
  ui_settle (ui);
}

static gboolean
is_mapped (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_get_mapped (widget);
}

static GtkAdjustment *
get_adjustment (Ui *ui)
{
  GtkWidget *window =
      gtk_widget_get_ancestor (GTK_WIDGET (find_side_bar (ui->window)), GTK_TYPE_SCROLLED_WINDOW);

  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window));
}

static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment)
         >= gtk_adjustment_get_upper (adjustment);
}

/* The wheel leads to the last row, and a click opens it. */
static void
test_pointer (Ui *ui, gconstpointer data)
{
  GtkAdjustment *adjustment = get_adjustment (ui);
  GtkWidget *row;

  ui_move_to (ui, GTK_WIDGET (find_side_bar (ui->window)), 4, 40);
  ui_send ("click --repeat 60 --delay 5 5");
  ui_wait (is_at_end (adjustment));
  row = ui_find_in_row (ui, "Style", ADW_TYPE_COMBO_ROW);
  ui_click (ui, row, gtk_widget_get_width (row) / 2.0, gtk_widget_get_height (row) / 2.0, 1);
  ui_wait (ui_find (row, GTK_TYPE_POPOVER, is_mapped, NULL) != NULL);
  ui_key (ui, "Escape");
  ui_wait (ui_find (row, GTK_TYPE_POPOVER, is_mapped, NULL) == NULL);
}

/* Shift+Tab goes round to the end of the window: that is the last row of the last panel. */
static void
test_key (Ui *ui, gconstpointer data)
{
  GtkWidget *row = ui_find_in_row (ui, "Style", ADW_TYPE_COMBO_ROW);
  GtkWidget *focus;

  ui_key (ui, "shift+Tab");
  focus = gtk_window_get_focus (GTK_WINDOW (ui->window));
  g_assert_true (focus == row || gtk_widget_is_ancestor (focus, row));
}

/* What is folded has no size until it is unfolded, by a click. */
static void
test_folded (Ui *ui, gconstpointer data)
{
  GtkWidget *row = ui_find_in_row (ui, "Columns", ADW_TYPE_EXPANDER_ROW);
  GtkWidget *estimate = ui_find_in_row (ui, "State x", ADW_TYPE_ACTION_ROW);

  g_assert_false (gtk_widget_get_mapped (estimate));
  gtk_widget_grab_focus (ui_find (row, ADW_TYPE_ACTION_ROW, NULL, NULL));
  ui_key (ui, "space");
  ui_wait (gtk_widget_get_mapped (estimate) && gtk_widget_get_height (estimate) > 20);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/first/complete", Ui, NULL, ui_set_up, test_complete, ui_tear_down);
  g_test_add ("/ui/first/closed", Ui, NULL, ui_set_up, test_closed, ui_tear_down);
  g_test_add ("/ui/first/pointer", Ui, NULL, ui_set_up, test_pointer, ui_tear_down);
  g_test_add ("/ui/first/key", Ui, NULL, ui_set_up, test_key, ui_tear_down);
  g_test_add ("/ui/first/folded", Ui, NULL, ui_set_up, test_folded, ui_tear_down);
  return g_test_run ();
}
