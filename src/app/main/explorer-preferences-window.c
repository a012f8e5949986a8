#include "explorer-preferences-window.h"

#include <glib/gi18n.h>

#include "explorer-keys.h"
#include "pisd-budget.h"

#define MEGA (1024 * 1024)

struct _ExplorerPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  GtkWidget *scheme_row;
  GtkWidget *map_row;
  GtkWidget *follow;
  GtkWidget *width;
  GtkWidget *dpi;
  GtkWidget *budget_row;
  GtkWidget *budget;
};

G_DEFINE_FINAL_TYPE (ExplorerPreferencesWindow,
                     explorer_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

/* 0 leaves it to the program. */
static gboolean
on_automatic_output (GtkSpinButton *spin)
{
  const gboolean automatic = gtk_spin_button_get_value (spin) < 0.5;

  if (automatic)
    gtk_editable_set_text (GTK_EDITABLE (spin), _ ("Automatic"));
  return automatic;
}

static int
on_automatic_input (GtkSpinButton *spin, double *value)
{
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (spin)), _ ("Automatic")) != 0)
    return FALSE;
  *value = 0;
  return TRUE;
}

/* Closing it leaves the entry, so that a number that was typed there counts. */
static gboolean
explorer_preferences_window_close_request (GtkWindow *window)
{
  gtk_window_set_focus (window, NULL);
  return GTK_WINDOW_CLASS (explorer_preferences_window_parent_class)->close_request (window);
}

static void
explorer_preferences_window_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_PREFERENCES_WINDOW);
  G_OBJECT_CLASS (explorer_preferences_window_parent_class)->dispose (object);
}

static void
explorer_preferences_window_class_init (ExplorerPreferencesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_preferences_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = explorer_preferences_window_close_request;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-preferences-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, scheme_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, map_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, follow);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, width);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, dpi);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, budget_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPreferencesWindow, budget);
  gtk_widget_class_bind_template_callback (widget_class, on_automatic_output);
  gtk_widget_class_bind_template_callback (widget_class, on_automatic_input);
  explorer_keys_bind_close (widget_class, NULL);
}

static void
explorer_preferences_window_init (ExplorerPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* The subtitle says what 0 stands for. */
static void
describe_budget (ExplorerPreferencesWindow *self)
{
  const guint megabytes = (guint) (pisd_budget_get_standard () / MEGA);
  g_autofree char *subtitle = g_strdup_printf (
      _ ("What the exact answer to a set of sensors may take, in MB. Automatic: %u here"),
      megabytes);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->budget_row), subtitle);
}

static void
bind_widgets (ExplorerPreferencesWindow *self, ExplorerPreferences *preferences)
{
  const struct
  {
    const char *name;
    GtkWidget *widget;
    const char *property;
  } rows[] = { { "color-scheme", self->scheme_row, "selected" },
               { "color-map", self->map_row, "selected" },
               { "follow", self->follow, "active" },
               { "picture-width", self->width, "value" },
               { "picture-dpi", self->dpi, "value" },
               { "memory-budget", self->budget, "value" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_object_bind_property (preferences, rows[k].name, rows[k].widget, rows[k].property,
                            G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

GtkWidget *
explorer_preferences_window_new (GtkWindow *parent, ExplorerPreferences *preferences)
{
  ExplorerPreferencesWindow *self =
      g_object_new (EXPLORER_TYPE_PREFERENCES_WINDOW, "transient-for", parent, NULL);

  describe_budget (self);
  bind_widgets (self, preferences);
  return GTK_WIDGET (self);
}
