/* The window that opens a model of another process, by keys and by the pointer: what it says of a
 * model, of none and of one that means no good. */

#include "../pisd-test-model.h"
#include "explorer-connect.h"
#include "ui-fixture.h"

#define NAME "here"

/* The user's folder of running programs, of this test alone; g_get_user_runtime_dir() is asked once
 * a program. */
static char *folder;

static GtkWidget *
get_window (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_CONNECT);
}

static GtkWidget *
find (Ui *ui, GType type)
{
  return ui_find (get_window (ui), type, NULL, NULL);
}

static gboolean
has_text (GtkWidget *widget, gconstpointer text)
{
  return strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL;
}

static gboolean
says (Ui *ui, const char *text)
{
  return ui_find (get_window (ui), GTK_TYPE_LABEL, has_text, text) != NULL;
}

static const PisdScenario *
get_scenario (Ui *ui)
{
  return explorer_session_get_scenario (ui->session);
}

/* A model for the window's settings that listens in the user's folder; or one that is bad. */
static void
begin (Ui *ui, TestModel *model, TestFault fault)
{
  ui_set_setting (ui, "guidance", "pisd");
  ui_set_setting (ui, "modes", "10");
  test_model_init (model, &get_scenario (ui)->settings);
  g_free (model->path);
  model->path = g_build_filename (folder, "pisd-" NAME, NULL);
  model->type = PISD_MODEL_HELLO;
  model->fault = fault;
  test_model_start (model);
}

static gboolean
is_item (GtkWidget *widget, gconstpointer text)
{
  g_autofree char *own = NULL;

  if (!g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkModelButton"))
    return FALSE;
  g_object_get (widget, "text", &own, NULL);
  return gtk_widget_get_child_visible (widget) && gtk_widget_get_mapped (widget) && own != NULL
         && strstr (own, text) != NULL;
}

/* By the pointer, once the menu's page with that item has slid in. */
static void
choose (Ui *ui, const char *text)
{
  GtkWidget *item, *stack;

  ui_wait ((item = ui_find (GTK_WIDGET (ui->window), GTK_TYPE_WIDGET, is_item, text)) != NULL);
  stack = gtk_widget_get_ancestor (item, GTK_TYPE_STACK);
  ui_wait (!gtk_stack_get_transition_running (GTK_STACK (stack)));
  ui_click_in_popover (item);
}

static void
wait_for_window (Ui *ui)
{
  ui_wait (get_window (ui) != NULL && gtk_window_is_active (GTK_WINDOW (get_window (ui))));
  ui_settle_window (GTK_WINDOW (get_window (ui)));
}

static void
open_by_menu (Ui *ui)
{
  ui_key (ui, "F10");
  ui_key (ui, "o");
  choose (ui, "in Another Process");
  wait_for_window (ui);
}

/* Of which nothing is known yet. */
static void
ask_by_keys (Ui *ui, const char *name)
{
  open_by_menu (ui);
  ui_send ("type %s", name);
  ui_send ("key Return");
}

static void
assert_taken (Ui *ui, const char *name)
{
  ui_wait (get_window (ui) == NULL && gtk_window_is_active (GTK_WINDOW (ui->window)));
  g_assert_cmpint (get_scenario (ui)->settings.prior, ==, PISD_PRIOR_SOCKET);
  g_assert_cmpstr (get_scenario (ui)->socket_name, ==, name);
}

/* Its name is typed, Enter asks it, and Enter takes it; taking it back is one step. */
static void
test_keys (Ui *ui, gconstpointer data)
{
  TestModel model;

  begin (ui, &model, TEST_FAULT_NONE);
  ask_by_keys (ui, NAME);
  ui_wait (says (ui, "gaussian of the test"));
  g_assert_true (says (ui,
                       "Poisson: a, u as 199 modes on 128 × 128 nodes; version 1 of the protocol, "
                       "at most 64 states at once"));
  ui_send ("key Return");
  assert_taken (ui, NAME);
  ui_key (ui, "ctrl+z");
  ui_wait (get_scenario (ui)->settings.prior == PISD_PRIOR_GAUSSIAN);
  test_model_clear (&model);
}

static void
leave (Ui *ui)
{
  ui_send ("key Escape");
  ui_wait (get_window (ui) == NULL && gtk_window_is_active (GTK_WINDOW (ui->window)));
}

static gboolean
is_visible_button (GtkWidget *widget, gconstpointer label)
{
  return gtk_widget_get_mapped (widget)
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

/* In the middle of a widget of the window, which has a place of its own on the screen. */
static void
click (Ui *ui, GtkWidget *widget)
{
  int x, y;
  graphene_point_t middle;
  const graphene_point_t own = { (float) gtk_widget_get_width (widget) / 2,
                                 (float) gtk_widget_get_height (widget) / 2 };

  g_assert_true (gtk_widget_compute_point (widget, get_window (ui), &own, &middle));
  ui_get_origin (GTK_NATIVE (get_window (ui)), &x, &y);
  ui_send ("mousemove %d %d click 1", x + (int) middle.x, y + (int) middle.y);
}

/* From the panel, where it is the one that stands in the list. */
static void
test_pointer (Ui *ui, gconstpointer data)
{
  GtkWidget *button;
  TestModel model;

  begin (ui, &model, TEST_FAULT_NONE);
  g_assert_true (explorer_session_set_setting (ui->session, "prior", "socket"));
  ui_settle (ui);
  button = ui_find_button (ui_find_in_row (ui, "Model", ADW_TYPE_ACTION_ROW), "win.open-model");
  g_assert_true (gtk_widget_grab_focus (button)); /* in sight now */
  ui_settle (ui);
  ui_click (ui, button, gtk_widget_get_width (button) / 2.0, gtk_widget_get_height (button) / 2.0,
            1);
  wait_for_window (ui);
  click (ui, find (ui, GTK_TYPE_LIST_BOX_ROW));
  ui_wait (says (ui, "gaussian of the test"));
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (ui, GTK_TYPE_ENTRY))), ==, NAME);
  click (ui, ui_find (get_window (ui), GTK_TYPE_BUTTON, is_visible_button, "_Open"));
  assert_taken (ui, NAME);
  test_model_clear (&model);
}

/* Nobody listens, and a path that no socket can have: the message stays, and nothing changes. */
static void
test_nobody (Ui *ui, gconstpointer data)
{
  open_by_menu (ui);
  g_assert_true (says (ui, "No model’s socket (pisd-NAME) is in "));
  g_assert_null (find (ui, GTK_TYPE_LIST_BOX_ROW));
  ui_send ("type nobody");
  ui_send ("key Return");
  ui_wait (says (ui, "model nobody: connection: No such file or directory"));
  ui_send ("key Return"); /* asks again */
  ui_wait (says (ui, "model nobody: connection: No such file or directory"));
  leave (ui);
  g_assert_cmpint (get_scenario (ui)->settings.prior, ==, PISD_PRIOR_GAUSSIAN);
}

/* One that speaks another version, and one that says nothing, which Escape leaves. */
static void
test_bad (Ui *ui, gconstpointer data)
{
  TestModel model;

  begin (ui, &model, TEST_FAULT_VERSION);
  ask_by_keys (ui, NAME);
  ui_wait (says (ui, "version of the protocol: got 2, expected 1"));
  leave (ui);
  test_model_clear (&model);

  begin (ui, &model, TEST_FAULT_SILENT);
  ask_by_keys (ui, NAME);
  ui_wait (says (ui, "The model is asked what it is"));
  leave (ui);
  g_assert_cmpint (get_scenario (ui)->settings.prior, ==, PISD_PRIOR_GAUSSIAN);
  test_model_clear (&model);
}

#define ADD(path, function) \
  g_test_add ("/ui/connect/" path, Ui, NULL, ui_set_up, function, ui_tear_down)

int
main (int argc, char *argv[])
{
  int failed;

  folder = test_directory_new ();
  g_setenv ("XDG_RUNTIME_DIR", folder, TRUE);
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("keys", test_keys);
  ADD ("pointer", test_pointer);
  ADD ("nobody", test_nobody);
  ADD ("bad", test_bad);
  failed = g_test_run ();
  test_directory_remove (folder);
  g_free (folder);
  return failed;
}
