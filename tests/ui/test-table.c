/* The table of the sensors: cells, rows, sorting, and a spreadsheet's text, by pointer and keys. */

#include <string.h>

#include "explorer-sensor-cell.h"
#include "explorer-sensor-table.h"
#include "ui-fixture.h"

static ExplorerSensorTable *
get_table (Ui *ui)
{
  return ui_find_window (ui, EXPLORER_TYPE_SENSOR_TABLE);
}

static const PisdSensors *
get_sensors (Ui *ui)
{
  return explorer_session_get_scenario (ui->session)->sensors;
}

static GListModel *
get_rows (Ui *ui)
{
  return G_LIST_MODEL (gtk_column_view_get_model (explorer_sensor_table_get_view (get_table (ui))));
}

static double
get_value (Ui *ui, guint row)
{
  g_autoptr (ExplorerSensorItem) item = g_list_model_get_item (get_rows (ui), row);

  return explorer_sensor_item_get_sensor (item)->value;
}

static gboolean
is_ready (Ui *ui)
{
  return get_table (ui) != NULL && gtk_window_is_active (GTK_WINDOW (get_table (ui)));
}

/* Three sensors of a, at x = 0.3, 0.1 and 0.2, that read 1, 2 and 3. */
static void
open_table (Ui *ui)
{
  static const PisdSensor placed[] = { { PISD_FIELD_A, 0.3, 0.5, 0.0, 1.0, 0.0 },
                                       { PISD_FIELD_A, 0.1, 0.5, 0.0, 2.0, 0.0 },
                                       { PISD_FIELD_A, 0.2, 0.5, 0.0, 3.0, 0.0 } };
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();

  explorer_preferences_set (ui->preferences, "follow", FALSE);
  for (guint k = 0; k < G_N_ELEMENTS (placed); k++)
    pisd_sensors_add (sensors, &placed[k]);
  explorer_session_paste_rows (ui->session, 0, NULL, sensors, NULL);
  ui_key (ui, "ctrl+t");
  ui_wait (is_ready (ui));
  ui_settle_window (GTK_WINDOW (get_table (ui)));
}

static gboolean
is_cell (GtkWidget *widget, gconstpointer data)
{
  const guint *place = data;
  ExplorerSensorCell *cell = EXPLORER_SENSOR_CELL (widget);

  return explorer_sensor_cell_get_item (cell) != NULL
         && explorer_sensor_item_get_index (explorer_sensor_cell_get_item (cell)) == place[0]
         && explorer_sensor_cell_get_column (cell) == place[1];
}

static GtkWidget *
find_cell (Ui *ui, guint index, guint column)
{
  const guint place[2] = { index, column };

  ui_wait (ui_find (GTK_WIDGET (get_table (ui)), EXPLORER_TYPE_SENSOR_CELL, is_cell, place)
           != NULL);
  return ui_find (GTK_WIDGET (get_table (ui)), EXPLORER_TYPE_SENSOR_CELL, is_cell, place);
}

static void
send_key (Ui *ui, const char *key)
{
  ui_send ("key %s", key);
  ui_settle_window (GTK_WINDOW (get_table (ui)));
}

static void
type (Ui *ui, const char *text)
{
  ui_send ("type --delay 20 %s", text);
  ui_settle_window (GTK_WINDOW (get_table (ui)));
}

/* A double click opens a cell, Enter takes what was typed: one level of undo.  Wrong text is refused
 * in words, and changes nothing; Esc takes nothing and leaves the window open. */
static void
test_cells (Ui *ui, gconstpointer data)
{
  GtkWidget *cell;

  open_table (ui);
  cell = find_cell (ui, 1, 4);
  g_assert_cmpstr (explorer_sensor_cell_get_text (EXPLORER_SENSOR_CELL (cell)), ==, "2");
  ui_click (ui, cell, 20, 8, 1);
  ui_send ("click 1");
  ui_wait (gtk_widget_get_first_child (cell) != gtk_widget_get_last_child (cell));
  type (ui, "7.25");
  send_key (ui, "Return");
  ui_wait (get_sensors (ui)->items[1].value == 7.25);
  g_assert_cmpstr (explorer_sensor_cell_get_text (EXPLORER_SENSOR_CELL (cell)), ==, "7.25");
  send_key (ui, "ctrl+z");
  ui_wait (get_sensors (ui)->items[1].value == 2.0);
  gtk_widget_grab_focus (find_cell (ui, 0, 1));
  send_key (ui, "F2");
  type (ui, "5");
  send_key (ui, "Return");
  ui_wait (explorer_sensor_table_get_last_toast (get_table (ui)) != NULL);
  g_assert_nonnull (strstr (explorer_sensor_table_get_last_toast (get_table (ui)), "x: got \"5\""));
  g_assert_cmpfloat (get_sensors (ui)->items[0].x, ==, 0.3);
  send_key (ui, "F2");
  type (ui, "0.9");
  send_key (ui, "Escape");
  g_assert_cmpfloat (get_sensors (ui)->items[0].x, ==, 0.3);
  g_assert_nonnull (get_table (ui));
}

/* A click on a heading sorts; rows that are chosen then are still those sensors, are marked on the
 * panes, and go with Delete. */
static void
test_rows (Ui *ui, gconstpointer data)
{
  GtkColumnView *view;
  GtkWidget *heading;

  open_table (ui);
  view = explorer_sensor_table_get_view (get_table (ui));
  heading = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
  ui_click (ui, gtk_widget_get_next_sibling (heading), 10, 8, 1);
  ui_wait (get_value (ui, 0) == 2.0 && get_value (ui, 1) == 3.0 && get_value (ui, 2) == 1.0);
  ui_click (ui, find_cell (ui, 2, 4), 20, 8, 1);
  ui_wait (gtk_selection_model_is_selected (gtk_column_view_get_model (view), 1));
  send_key (ui, "Delete");
  ui_wait (get_sensors (ui)->n == 2);
  g_assert_cmpfloat (get_sensors (ui)->items[0].value, ==, 1.0);
  g_assert_cmpfloat (get_sensors (ui)->items[1].value, ==, 2.0);
  send_key (ui, "ctrl+z");
  ui_wait (get_sensors (ui)->n == 3 && g_list_model_get_n_items (get_rows (ui)) == 3);
}

/* All rows go to the clipboard and come back in their own place; a wrong one is refused with line
 * and column. */
static void
test_clipboard (Ui *ui, gconstpointer data)
{
  g_autoptr (PisdSensors) before = NULL;
  GdkClipboard *clipboard;

  open_table (ui);
  before = pisd_sensors_dup (get_sensors (ui));
  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (get_table (ui)));
  gtk_widget_grab_focus (find_cell (ui, 0, 1));
  send_key (ui, "ctrl+a");
  send_key (ui, "ctrl+c");
  send_key (ui, "ctrl+v");
  for (guint k = 0; k < 20; k++)
    ui_iterate ();
  g_assert_true (pisd_sensors_equal (get_sensors (ui), before));
  gdk_clipboard_set_text (clipboard, "field;x;y;value\nu;0,25;0,5;-3,5\n");
  send_key (ui, "ctrl+v");
  ui_wait (get_sensors (ui)->n == 1);
  g_assert_cmpfloat (get_sensors (ui)->items[0].value, ==, -3.5);
  g_assert_cmpfloat (get_sensors (ui)->items[0].x, ==, 0.25);
  gdk_clipboard_set_text (clipboard, "field\tx\ty\tvalue\nu\t0.25\thalf\t1\n");
  send_key (ui, "ctrl+v");
  ui_wait (explorer_sensor_table_get_last_toast (get_table (ui)) != NULL);
  g_assert_nonnull (
      strstr (explorer_sensor_table_get_last_toast (get_table (ui)), "pasted text:2: y: got"));
  g_assert_cmpuint (get_sensors (ui)->n, ==, 1);
  explorer_session_undo (ui->session);
  g_assert_true (pisd_sensors_equal (get_sensors (ui), before));
}

/* As many as there may be: the table follows within a moment. */
static void
test_many (Ui *ui, gconstpointer data)
{
  open_table (ui);
  explorer_session_clear_sensors (ui->session);
  ui_wait (g_list_model_get_n_items (get_rows (ui)) == 0);
  explorer_session_place_grid (ui->session, PISD_FIELD_A, 0, PISD_GRID, PISD_GRID);
  ui_wait (g_list_model_get_n_items (get_rows (ui)) == PISD_MAX_SENSORS);
  find_cell (ui, 0, 4);
  explorer_session_clear_sensors (ui->session);
}

static void
tear_down (Ui *ui, gconstpointer data)
{
  explorer_preferences_set (ui->preferences, "follow", TRUE);
  ui_tear_down (ui, data);
}

#define ADD(path, function) g_test_add ("/ui/table/" path, Ui, NULL, ui_set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("cells", test_cells);
  ADD ("rows", test_rows);
  ADD ("clipboard", test_clipboard);
  ADD ("many", test_many);
  return g_test_run ();
}
