#include "explorer-sensor-table.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "explorer-keys.h"
#include "explorer-number.h"
#include "explorer-sensor-cell.h"
#include "explorer-toasts.h"
#include "pisd-edit-table.h"

struct _ExplorerSensorTable
{
  AdwWindow parent_instance;

  GtkWidget *overlay; /* of the toasts */
  GtkWidget *view;
  GtkWidget *stack; /* the table, or words where there is none */
  GtkWidget *count;

  ExplorerSession *session;
  ExplorerGauge *gauge;
  ExplorerToasts *toasts;
  GListStore *store; /* of ExplorerSensorItem, in the order of the sensors */
  GtkSelectionModel *selection;
  GCancellable *pasting;
};

G_DEFINE_FINAL_TYPE (ExplorerSensorTable, explorer_sensor_table, ADW_TYPE_WINDOW)

static const PisdSensors *
get_sensors (ExplorerSensorTable *self)
{
  return explorer_session_get_scenario (self->session)->sensors;
}

/* The rows that are chosen. */

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const guint first = *(const guint *) a, second = *(const guint *) b;

  return (first > second) - (first < second);
}

/* Indices of sensors, ascending. */
static GArray *
dup_rows (ExplorerSensorTable *self)
{
  GArray *rows = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, chosen, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr (ExplorerSensorItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->selection), position);
      const guint index = explorer_sensor_item_get_index (item);

      g_array_append_val (rows, index);
    }
  g_array_sort (rows, compare_rows);
  return rows;
}

static const guint *
get_data (const GArray *rows)
{
  return (const guint *) (gconstpointer) rows->data;
}

static void
mark_chosen (ExplorerSensorTable *self)
{
  g_autoptr (GArray) rows = dup_rows (self);
  g_autoptr (PisdSensors) chosen = pisd_sensors_new ();
  const guint n = MIN (rows->len, EXPLORER_MOST_MARKED);

  for (guint k = 0; k < n && get_data (rows)[k] < get_sensors (self)->n; k++)
    pisd_sensors_add (chosen, &get_sensors (self)->items[get_data (rows)[k]]);
  explorer_gauge_set_marked (self->gauge, chosen);
}

static void
show_count (ExplorerSensorTable *self)
{
  g_autoptr (GtkBitset) chosen = gtk_selection_model_get_selection (self->selection);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  const guint n_chosen = (guint) gtk_bitset_get_size (chosen);
  g_autofree char *all = g_strdup_printf (ngettext ("%u sensor", "%u sensors", n), n);
  g_autofree char *text =
      n_chosen == 0 ? g_strdup (all) : g_strdup_printf (_ ("%s, %u chosen"), all, n_chosen);

  gtk_label_set_text (GTK_LABEL (self->count), text);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), n > 0 ? "table" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.copy", n_chosen > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "table.delete", n_chosen > 0);
}

static void
on_chosen (ExplorerSensorTable *self)
{
  show_count (self);
  mark_chosen (self);
}

/* The sensors. */

static ExplorerSensorItem *
dup_item (ExplorerSensorTable *self, guint index)
{
  return g_list_model_get_item (G_LIST_MODEL (self->store), index);
}

static gboolean
is_same (const PisdSensor *a, const PisdSensor *b)
{
  for (guint k = 0; k < PISD_N_SENSOR_COLUMNS; k++)
    if (explorer_sensor_compare (a, b, k) != 0)
      return FALSE;
  return TRUE;
}

/* As many as before: rows stay, with what is chosen, and only show something else. */
static void
update_items (ExplorerSensorTable *self, const PisdSensors *sensors)
{
  for (guint k = 0; k < sensors->n; k++)
    {
      g_autoptr (ExplorerSensorItem) item = dup_item (self, k);

      if (!is_same (explorer_sensor_item_get_sensor (item), &sensors->items[k]))
        explorer_sensor_item_set_sensor (item, &sensors->items[k]);
    }
}

/* From the first one on that is another. */
static void
replace_items (ExplorerSensorTable *self, const PisdSensors *sensors)
{
  const guint before = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  guint first = 0;

  for (; first < MIN (before, sensors->n); first++)
    {
      g_autoptr (ExplorerSensorItem) item = dup_item (self, first);

      if (!is_same (explorer_sensor_item_get_sensor (item), &sensors->items[first]))
        break;
    }
  for (guint k = first; k < sensors->n; k++)
    g_ptr_array_add (items, explorer_sensor_item_new (k, &sensors->items[k]));
  g_list_store_splice (self->store, first, before - first, items->pdata, items->len);
}

static void
show_sensors (ExplorerSensorTable *self)
{
  const PisdSensors *sensors = get_sensors (self);

  if (sensors->n == g_list_model_get_n_items (G_LIST_MODEL (self->store)))
    update_items (self, sensors);
  else
    replace_items (self, sensors);
  on_chosen (self);
}

static void
on_scenario_changed (ExplorerSensorTable *self, guint flags)
{
  if (flags & (PISD_CHANGE_SENSORS | PISD_CHANGE_PROBLEM))
    show_sensors (self);
}

/* Edits. */

static void
on_edited (ExplorerSensorTable *self, const char *text, ExplorerSensorCell *cell)
{
  const guint index = explorer_sensor_item_get_index (explorer_sensor_cell_get_item (cell));
  const guint column = explorer_sensor_cell_get_column (cell);
  g_autofree char *plain = column == 0 ? g_strdup (text) : explorer_number_normalize (text);
  g_autoptr (GError) error = NULL;

  if (index < get_sensors (self)->n
      && !explorer_session_set_cell (self->session, index, column, plain, &error) && error != NULL)
    explorer_toasts_show (self->toasts, error->message);
}

static void
action_delete (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerSensorTable *self = EXPLORER_SENSOR_TABLE (widget);
  g_autoptr (GArray) rows = dup_rows (self);

  if (rows->len > 0)
    explorer_session_remove_rows (self->session, rows->len, get_data (rows));
}

static void
action_copy (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ExplorerSensorTable *self = EXPLORER_SENSOR_TABLE (widget);
  g_autoptr (GArray) rows = dup_rows (self);
  g_autofree char *text = pisd_edit_dup_rows (get_sensors (self), rows->len, get_data (rows),
                                              localeconv ()->decimal_point[0]);

  if (rows->len > 0)
    gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
}

static void
paste (ExplorerSensorTable *self, const char *text)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdSensors) pasted =
      pisd_edit_read_rows (scenario->settings.problem, _ ("pasted text"), text, &error);
  g_autoptr (GArray) rows = dup_rows (self);

  if (pasted != NULL)
    explorer_session_paste_rows (self->session, rows->len, get_data (rows), pasted, &error);
  if (error != NULL)
    explorer_toasts_show (self->toasts, error->message);
}

static void
on_pasted (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text =
      gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return; /* the window is gone */
  if (text != NULL)
    paste (data, text);
  else
    explorer_toasts_show (EXPLORER_SENSOR_TABLE (data)->toasts, _ ("There is no text to paste"));
}

static void
action_paste (GtkWidget *widget, const char *name, GVariant *parameter)
{
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget),
                                 EXPLORER_SENSOR_TABLE (widget)->pasting, on_pasted, widget);
}

static void
action_undo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_session_undo (EXPLORER_SENSOR_TABLE (widget)->session);
}

static void
action_redo (GtkWidget *widget, const char *name, GVariant *parameter)
{
  explorer_session_redo (EXPLORER_SENSOR_TABLE (widget)->session);
}

/* Columns. */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer column)
{
  GtkWidget *cell = explorer_sensor_cell_new (GPOINTER_TO_UINT (column));
  ExplorerSensorTable *self = g_object_get_data (G_OBJECT (factory), "table");

  g_signal_connect_object (cell, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  gtk_list_item_set_child (item, cell);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item)
{
  explorer_sensor_cell_set_item (EXPLORER_SENSOR_CELL (gtk_list_item_get_child (item)),
                                 gtk_list_item_get_item (item));
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item)
{
  explorer_sensor_cell_set_item (EXPLORER_SENSOR_CELL (gtk_list_item_get_child (item)), NULL);
}

static int
compare_items (gconstpointer a, gconstpointer b, gpointer column)
{
  return explorer_sensor_compare (explorer_sensor_item_get_sensor ((ExplorerSensorItem *) a),
                                  explorer_sensor_item_get_sensor ((ExplorerSensorItem *) b),
                                  GPOINTER_TO_UINT (column));
}

static void
add_column (ExplorerSensorTable *self, guint k)
{
  static const char *const titles[PISD_N_SENSOR_COLUMNS] = { N_ ("Field"), N_ ("x"),
                                                             N_ ("y"),     N_ ("Time t"),
                                                             N_ ("Value"), N_ ("Noise sd") };
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkColumnViewColumn) column = gtk_column_view_column_new (_ (titles[k]), factory);
  g_autoptr (GtkCustomSorter) sorter =
      gtk_custom_sorter_new (compare_items, GUINT_TO_POINTER (k), NULL);

  g_object_set_data (G_OBJECT (factory), "table", self);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), GUINT_TO_POINTER (k));
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);
  gtk_column_view_column_set_expand (column, TRUE);
  gtk_column_view_column_set_sorter (column, GTK_SORTER (sorter));
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), column);
}

static void
make_table (ExplorerSensorTable *self)
{
  GtkSorter *sorter = gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view));
  GtkSortListModel *sorted;

  for (guint k = 0; k < PISD_N_SENSOR_COLUMNS; k++)
    add_column (self, k);
  self->store = g_list_store_new (EXPLORER_TYPE_SENSOR_ITEM);
  sorted =
      gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), g_object_ref (sorter));
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (G_LIST_MODEL (sorted)));
  gtk_column_view_set_model (GTK_COLUMN_VIEW (self->view), self->selection);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (on_chosen), self,
                           G_CONNECT_SWAPPED);
}

/* Life. */

static void
explorer_sensor_table_dispose (GObject *object)
{
  ExplorerSensorTable *self = EXPLORER_SENSOR_TABLE (object);

  if (self->pasting != NULL)
    g_cancellable_cancel (self->pasting);
  g_clear_object (&self->pasting);
  if (self->gauge != NULL)
    explorer_gauge_set_marked (self->gauge, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_SENSOR_TABLE);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  g_clear_object (&self->gauge);
  G_OBJECT_CLASS (explorer_sensor_table_parent_class)->dispose (object);
}

static void
explorer_sensor_table_finalize (GObject *object)
{
  explorer_toasts_free (EXPLORER_SENSOR_TABLE (object)->toasts);
  G_OBJECT_CLASS (explorer_sensor_table_parent_class)->finalize (object);
}

static void
add_actions (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint keyval;
    GdkModifierType modifiers;
    const char *action;
    GtkWidgetActionActivateFunc activate; /* NULL: it is there already */
  } rows[] = {
    { GDK_KEY_Delete, 0, "table.delete", action_delete },
    { GDK_KEY_KP_Delete, 0, "table.delete", NULL },
    { GDK_KEY_c, GDK_CONTROL_MASK, "table.copy", action_copy },
    { GDK_KEY_v, GDK_CONTROL_MASK, "table.paste", action_paste },
    { GDK_KEY_z, GDK_CONTROL_MASK, "table.undo", action_undo },
    { GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "table.redo", action_redo },
    { GDK_KEY_y, GDK_CONTROL_MASK, "table.redo", NULL },
  };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      if (rows[k].activate != NULL)
        gtk_widget_class_install_action (widget_class, rows[k].action, NULL, rows[k].activate);
      gtk_widget_class_add_binding_action (widget_class, rows[k].keyval, rows[k].modifiers,
                                           rows[k].action, NULL);
    }
}

static void
explorer_sensor_table_class_init (ExplorerSensorTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_sensor_table_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_sensor_table_finalize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-sensor-table.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorTable, overlay);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorTable, view);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorTable, stack);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorTable, count);
  add_actions (widget_class);
  explorer_keys_bind_close (widget_class, "window.close");
}

static void
explorer_sensor_table_init (ExplorerSensorTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->toasts = explorer_toasts_new (GTK_OVERLAY (self->overlay));
  self->pasting = g_cancellable_new ();
  make_table (self);
}

GtkWidget *
explorer_sensor_table_new (GtkApplication *application,
                           ExplorerSession *session,
                           ExplorerGauge *gauge)
{
  ExplorerSensorTable *self =
      g_object_new (EXPLORER_TYPE_SENSOR_TABLE, "application", application, NULL);

  self->session = g_object_ref (session);
  self->gauge = g_object_ref (gauge);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  show_sensors (self);
  return GTK_WIDGET (self);
}

GtkColumnView *
explorer_sensor_table_get_view (ExplorerSensorTable *self)
{
  g_return_val_if_fail (EXPLORER_IS_SENSOR_TABLE (self), NULL);
  return GTK_COLUMN_VIEW (self->view);
}

const char *
explorer_sensor_table_get_last_toast (ExplorerSensorTable *self)
{
  g_return_val_if_fail (EXPLORER_IS_SENSOR_TABLE (self), NULL);
  return explorer_toasts_get_last (self->toasts);
}
