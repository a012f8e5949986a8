#include "explorer-range-row.h"

#include <glib/gi18n.h>

#include "explorer-entry.h"
#include "explorer-number.h"

#define WIDTH 7 /* characters of a number */
#define DIGITS 4

struct _ExplorerRangeRow
{
  AdwActionRow parent_instance;

  GtkWidget *entries[2]; /* smallest, largest */
};

G_DEFINE_FINAL_TYPE (ExplorerRangeRow, explorer_range_row, ADW_TYPE_ACTION_ROW)

static guint changed_signal;

static gboolean
parse (ExplorerRangeRow *self, double ends[2])
{
  for (guint k = 0; k < 2; k++)
    if (!explorer_number_parse (gtk_editable_get_text (GTK_EDITABLE (self->entries[k])), &ends[k]))
      return FALSE;
  return ends[0] < ends[1];
}

static void
mark (ExplorerRangeRow *self, gboolean wrong)
{
  for (guint k = 0; k < 2; k++)
    explorer_entry_mark (self->entries[k], wrong);
}

/* Enter, or the focus leaves. */
static void
on_typed (ExplorerRangeRow *self)
{
  double ends[2];
  const gboolean is_range = parse (self, ends);

  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  mark (self, !is_range);
  if (is_range)
    g_signal_emit (self, changed_signal, 0, ends[0], ends[1]);
}

static GtkWidget *
new_entry (ExplorerRangeRow *self)
{
  GtkWidget *entry = gtk_entry_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), WIDTH);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), WIDTH);
  gtk_editable_set_alignment (GTK_EDITABLE (entry), 1);
  gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_widget_add_css_class (entry, "numeric");
  gtk_widget_add_css_class (entry, "compact");
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_typed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static void
explorer_range_row_class_init (ExplorerRangeRowClass *klass)
{
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void
explorer_range_row_init (ExplorerRangeRow *self)
{
  for (guint k = 0; k < 2; k++)
    {
      self->entries[k] = new_entry (self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->entries[k]);
    }
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               _ ("Smallest and largest value of the fixed colour range"));
}

static void
set_label (GtkWidget *entry, const char *format, const char *name)
{
  g_autofree char *label = g_strdup_printf (format, name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

GtkWidget *
explorer_range_row_new (const char *name)
{
  ExplorerRangeRow *self = g_object_new (EXPLORER_TYPE_RANGE_ROW, "title", name, NULL);

  set_label (self->entries[0], _ ("Smallest value of %s"), name);
  set_label (self->entries[1], _ ("Largest value of %s"), name);
  return GTK_WIDGET (self);
}

void
explorer_range_row_set (ExplorerRangeRow *self, double min, double max)
{
  const double ends[2] = { min, max };

  g_return_if_fail (EXPLORER_IS_RANGE_ROW (self));
  for (guint k = 0; k < 2; k++)
    {
      g_autofree char *text = explorer_number_format_digits (ends[k], DIGITS);

      gtk_editable_set_text (GTK_EDITABLE (self->entries[k]), text);
    }
  mark (self, FALSE);
}
