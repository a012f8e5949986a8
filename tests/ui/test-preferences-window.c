/* The window of the preferences, and what its memory budget does. */
#include "ui-fixture.h"

#include "explorer-preferences-window.h"

#include <string.h>

#define MANY 3000 /* sensors; their exact mean takes more than SMALL */
#define SMALL "64"

static gboolean
is_preferences (gpointer window)
{
  return EXPLORER_IS_PREFERENCES_WINDOW (window) && gtk_widget_get_mapped (window)
         && gtk_window_is_active (GTK_WINDOW (window));
}

/* NULL: not there, or not in front. */
static GtkWidget *
find_window (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (is_preferences (link->data))
      return link->data;
  return NULL;
}

static GtkWidget *
open_by_key (Ui *ui)
{
  ui_key (ui, "ctrl+comma");
  ui_wait (find_window () != NULL);
  return find_window ();
}

/* Types into the budget as a person does; Return would make it count. */
static void
type_into_budget (Ui *ui, const char *text)
{
  GtkWidget *spin = ui_find (open_by_key (ui), GTK_TYPE_SPIN_BUTTON, NULL, NULL);

  gtk_widget_grab_focus (spin);
  ui_key (ui, "ctrl+a");
  ui_send ("type %s", text);
  ui_wait (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) == 0);
}

/* ... and leaves the window. */
static void
type_budget (Ui *ui, const char *text)
{
  type_into_budget (ui, text);
  ui_key (ui, "Return");
  ui_key (ui, "Escape");
  ui_wait (find_window () == NULL);
  ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
}

static gboolean
says (Ui *ui, const char *needle)
{
  const char *toast = explorer_window_get_last_toast (ui->window);

  return toast != NULL && strstr (toast, needle) != NULL;
}

/* Nothing set: the program chooses, and says what. */
static void
test_automatic (Ui *ui, gconstpointer data)
{
  GtkWidget *window = open_by_key (ui);
  GtkWidget *spin = ui_find (window, GTK_TYPE_SPIN_BUTTON, NULL, NULL);

  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "Automatic");
  gtk_widget_grab_focus (spin);
  ui_key (ui, "Up");
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "memory-budget"), ==, 256);
  ui_key (ui, "Down");
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "memory-budget"), ==, 0);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (spin)), ==, "Automatic");
  ui_key (ui, "Escape");
  ui_wait (find_window () == NULL);
}

/* By the largest number that it takes. */
static gboolean
goes_up_to (GtkWidget *spin, gconstpointer most)
{
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (spin));

  return gtk_adjustment_get_upper (adjustment) == GPOINTER_TO_UINT (most);
}

static void
type_number (Ui *ui, guint most, const char *text)
{
  GtkWidget *spin =
      ui_find (find_window (), GTK_TYPE_SPIN_BUTTON, goes_up_to, GUINT_TO_POINTER (most));

  gtk_widget_grab_focus (spin);
  ui_key (ui, "ctrl+a");
  ui_send ("type %s", text);
  ui_wait (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), text) == 0);
  ui_key (ui, "Return");
}

/* A picture is 127 mm wide, of 100 pixels an inch: 500, whatever the window's size. */
static void
test_pictures (Ui *ui, gconstpointer data)
{
  g_autofree char *path = ui_path (ui, "f.png");
  cairo_surface_t *image;

  open_by_key (ui);
  type_number (ui, 2000, "127");
  type_number (ui, 2400, "100");
  ui_key (ui, "Escape");
  ui_wait (find_window () == NULL);
  g_assert_true (ui_save (ui, EXPLORER_EXPORT_PICTURE, path));
  image = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_image_surface_get_width (image), ==, 500);
  cairo_surface_destroy (image);
}

/* However often it is opened, there is one. */
static void
test_reopened (Ui *ui, gconstpointer data)
{
  g_autoptr (GtkWidget) first = g_object_ref (open_by_key (ui));

  for (guint k = 0; k < 3; k++)
    {
      ui_key (ui, "Escape");
      ui_wait (find_window () == NULL);
      ui_wait (gtk_window_is_active (GTK_WINDOW (ui->window)));
      g_assert_true (open_by_key (ui) == first);
    }
  ui_key (ui, "Escape");
  ui_wait (find_window () == NULL);
}

/* A number counts when the window is closed, also without Return. */
static void
test_typed_and_closed (Ui *ui, gconstpointer data)
{
  type_into_budget (ui, SMALL);
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "memory-budget"), ==, 0);
  ui_key (ui, "Escape");
  ui_wait (find_window () == NULL);
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "memory-budget"), ==, 64);
}

/* ... and when the whole program is left with it. */
static void
test_typed_and_left (Ui *ui, gconstpointer data)
{
  g_autoptr (ExplorerPreferences) preferences = g_object_ref (ui->preferences);

  type_into_budget (ui, SMALL);
  ui_tear_down (ui, NULL);
  g_assert_cmpint (explorer_preferences_get (preferences, "memory-budget"), ==, 64);
  ui_set_up (ui, NULL);
}

/* With too small a budget the exact answer is left out, and the message says where to change that;
 * with a larger one it comes by itself. */
static void
test_budget (Ui *ui, gconstpointer data)
{
  ExplorerExact *exact = explorer_window_get_exact (ui->window);

  type_budget (ui, SMALL);
  g_assert_cmpint (explorer_preferences_get (ui->preferences, "memory-budget"), ==, 64);
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, MANY, 1));
  ui_wait (explorer_exact_get_too_much (exact) > 0);
  ui_wait (says (ui, "64 MB (Preferences"));
  type_budget (ui, "2000");
  ui_wait (explorer_exact_get_too_much (exact) == 0 && explorer_exact_is_current (exact));
  g_assert_cmpuint (explorer_exact_get (exact)->n_sites, ==, MANY);
}

/* One key removes all sensors, and one brings them back. */
static void
test_clear_by_key (Ui *ui, gconstpointer data)
{
  g_assert_true (explorer_session_scatter (ui->session, PISD_FIELD_A, 0, 20, 1));
  ui_key (ui, "ctrl+Delete");
  ui_wait (ui_count (ui, PISD_FIELD_A) == 0);
  ui_key (ui, "ctrl+z");
  ui_wait (ui_count (ui, PISD_FIELD_A) == 20);
}

#define ADD(path, function) \
  g_test_add ("/ui/preferences/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("automatic", test_automatic);
  ADD ("pictures", test_pictures);
  ADD ("reopened", test_reopened);
  ADD ("typed-and-closed", test_typed_and_closed);
  ADD ("typed-and-left", test_typed_and_left);
  ADD ("budget", test_budget);
  ADD ("clear-by-key", test_clear_by_key);
  return g_test_run ();
}
