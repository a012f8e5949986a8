#include "explorer-sensor-cell.h"

struct _ExplorerSensorCell
{
  GtkWidget parent_instance;

  guint column;
  GtkWidget *label;
  GtkWidget *entry; /* made when it is first asked for; NULL: not yet */
  gboolean editing;
  ExplorerSensorItem *item;
};

G_DEFINE_FINAL_TYPE (ExplorerSensorCell, explorer_sensor_cell, GTK_TYPE_WIDGET)

static void
update (ExplorerSensorCell *self)
{
  g_autofree char *text =
      self->item == NULL ? g_strdup ("")
                         : explorer_sensor_dup_cell (explorer_sensor_item_get_sensor (self->item),
                                                     self->column, TRUE);

  gtk_label_set_text (GTK_LABEL (self->label), text);
}

/* Editing. */

static char *
dup_whole (ExplorerSensorCell *self)
{
  return explorer_sensor_dup_cell (explorer_sensor_item_get_sensor (self->item), self->column,
                                   FALSE);
}

static void
finish (ExplorerSensorCell *self, gboolean takes)
{
  g_autofree char *text = NULL, *before = NULL;

  if (!self->editing)
    return;
  self->editing = FALSE;
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  before = self->item != NULL ? dup_whole (self) : NULL;
  gtk_widget_set_visible (self->label, TRUE);
  if (gtk_widget_has_focus (self->entry))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  gtk_widget_set_visible (self->entry, FALSE);
  if (takes && before != NULL && !g_str_equal (text, before))
    g_signal_emit_by_name (self, "edited", text);
}

static void
on_activate (ExplorerSensorCell *self)
{
  finish (self, TRUE);
}

static void
on_leave (ExplorerSensorCell *self)
{
  finish (self, TRUE);
}

static gboolean
on_entry_key (ExplorerSensorCell *self, guint key)
{
  if (key != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  finish (self, FALSE);
  return GDK_EVENT_STOP;
}

static void
watch_entry (ExplorerSensorCell *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->entry, focus);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  gtk_widget_add_controller (self->entry, keys);
}

static void
make_entry (ExplorerSensorCell *self)
{
  self->entry = gtk_text_new ();
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  watch_entry (self);
}

static void
begin (ExplorerSensorCell *self)
{
  g_autofree char *text = NULL;

  if (self->editing || self->item == NULL)
    return;
  if (self->entry == NULL)
    make_entry (self);
  self->editing = TRUE;
  text = dup_whole (self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_widget_set_visible (self->label, FALSE);
  gtk_widget_set_visible (self->entry, TRUE);
  gtk_widget_grab_focus (self->entry);
  gtk_editable_select_region (GTK_EDITABLE (self->entry), 0, -1);
}

/* The row would take the focus. */
static void
on_pressed (GtkGestureClick *click, int n_press, double x, double y, ExplorerSensorCell *self)
{
  if (n_press != 2)
    return;
  gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
  begin (self);
}

static gboolean
on_key (GtkEventControllerKey *keys,
        guint key,
        guint code,
        GdkModifierType state,
        ExplorerSensorCell *self)
{
  if (self->editing || (key != GDK_KEY_Return && key != GDK_KEY_KP_Enter && key != GDK_KEY_F2))
    return GDK_EVENT_PROPAGATE;
  begin (self);
  return GDK_EVENT_STOP;
}

/* Life. */

static void
explorer_sensor_cell_dispose (GObject *object)
{
  ExplorerSensorCell *self = EXPLORER_SENSOR_CELL (object);

  explorer_sensor_cell_set_item (self, NULL);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->entry, gtk_widget_unparent);
  G_OBJECT_CLASS (explorer_sensor_cell_parent_class)->dispose (object);
}

static void
explorer_sensor_cell_class_init (ExplorerSensorCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_sensor_cell_dispose;
  g_signal_new ("edited", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sensorcell");
}

static void
explorer_sensor_cell_init (ExplorerSensorCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (self->label, "numeric");
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
explorer_sensor_cell_new (guint column)
{
  ExplorerSensorCell *self = g_object_new (EXPLORER_TYPE_SENSOR_CELL, NULL);

  self->column = column;
  gtk_label_set_xalign (GTK_LABEL (self->label), column == 0 ? 0.0f : 1.0f);
  return GTK_WIDGET (self);
}

guint
explorer_sensor_cell_get_column (ExplorerSensorCell *self)
{
  return self->column;
}

void
explorer_sensor_cell_set_item (ExplorerSensorCell *self, ExplorerSensorItem *item)
{
  g_return_if_fail (EXPLORER_IS_SENSOR_CELL (self));
  finish (self, FALSE);
  if (self->item != NULL)
    g_signal_handlers_disconnect_by_func (self->item, update, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  if (self->label != NULL)
    update (self);
}

ExplorerSensorItem *
explorer_sensor_cell_get_item (ExplorerSensorCell *self)
{
  return self->item;
}

const char *
explorer_sensor_cell_get_text (ExplorerSensorCell *self)
{
  return gtk_label_get_text (GTK_LABEL (self->label));
}
