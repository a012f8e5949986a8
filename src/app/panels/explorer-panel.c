#include "explorer-panel.h"

#include "explorer-fields.h"

typedef struct
{
  ExplorerSession *session;
  ExplorerBrush *brush;
  ExplorerPreferences *preferences;
  const PisdOperator *shown; /* the problem whose fields have rows */
  gboolean updating;
} ExplorerPanelPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (ExplorerPanel, explorer_panel, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  PROP_SESSION = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static ExplorerPanelPrivate *
get_private (ExplorerPanel *self)
{
  return explorer_panel_get_instance_private (self);
}

static void
show_fields (ExplorerPanel *self)
{
  ExplorerPanelPrivate *private = get_private (self);
  const PisdOperator *problem = explorer_panel_get_problem (self);

  if (explorer_fields_equal (private->shown, problem))
    return;
  private->shown = problem;
  if (EXPLORER_PANEL_GET_CLASS (self)->show_fields != NULL)
    EXPLORER_PANEL_GET_CLASS (self)->show_fields (self, problem);
}

static void
update (ExplorerPanel *self, guint changed)
{
  ExplorerPanelPrivate *private = get_private (self);

  private->updating = TRUE;
  show_fields (self);
  if (EXPLORER_PANEL_GET_CLASS (self)->update != NULL)
    EXPLORER_PANEL_GET_CLASS (self)->update (self, changed);
  private->updating = FALSE;
}

static void
explorer_panel_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_SESSION)
    g_value_set_object (value, explorer_panel_get_session (EXPLORER_PANEL (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_panel_dispose (GObject *object)
{
  ExplorerPanelPrivate *private = get_private (EXPLORER_PANEL (object));

  if (private->session != NULL)
    g_signal_handlers_disconnect_by_data (private->session, object);
  g_clear_object (&private->session);
  g_clear_object (&private->brush);
  g_clear_object (&private->preferences);
  gtk_widget_dispose_template (GTK_WIDGET (object), G_OBJECT_TYPE (object));
  G_OBJECT_CLASS (explorer_panel_parent_class)->dispose (object);
}

static void
explorer_panel_class_init (ExplorerPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_panel_get_property;
  object_class->dispose = explorer_panel_dispose;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, EXPLORER_TYPE_SESSION,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
explorer_panel_init (ExplorerPanel *self)
{
}

static void
on_unfolded (GtkWidget *rows)
{
  gtk_widget_show (rows);
}

/* A revealer measures what it does not reveal, too, and each row takes as long as one that is seen.
 * The rows of an expander row are hidden until it is unfolded for the first time. */
static void
hide_folded (GtkWidget *root)
{
  GtkWidget *row = gtk_widget_get_ancestor (root, ADW_TYPE_EXPANDER_ROW);
  GtkWidget *rows = GTK_IS_REVEALER (root) ? gtk_revealer_get_child (GTK_REVEALER (root)) : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    hide_folded (child);
  if (row == NULL || rows == NULL || adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row)))
    return;
  gtk_widget_hide (rows);
  g_signal_connect_object (row, "notify::expanded", G_CALLBACK (on_unfolded), rows,
                           G_CONNECT_SWAPPED);
}

void
explorer_panel_set_models (ExplorerPanel *self,
                           ExplorerSession *session,
                           ExplorerBrush *brush,
                           ExplorerPreferences *preferences)
{
  ExplorerPanelPrivate *private = get_private (self);

  g_return_if_fail (EXPLORER_IS_PANEL (self) && private->session == NULL);
  private->session = g_object_ref (session);
  private->brush = g_object_ref (brush);
  private->preferences = g_object_ref (preferences);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
  if (EXPLORER_PANEL_GET_CLASS (self)->bind != NULL)
    EXPLORER_PANEL_GET_CLASS (self)->bind (self);
  hide_folded (GTK_WIDGET (self));
  explorer_panel_refresh (self);
}

ExplorerSession *
explorer_panel_get_session (ExplorerPanel *self)
{
  return get_private (self)->session;
}

ExplorerBrush *
explorer_panel_get_brush (ExplorerPanel *self)
{
  return get_private (self)->brush;
}

ExplorerPreferences *
explorer_panel_get_preferences (ExplorerPanel *self)
{
  return get_private (self)->preferences;
}

const PisdScenario *
explorer_panel_get_scenario (ExplorerPanel *self)
{
  return explorer_session_get_scenario (get_private (self)->session);
}

const PisdOperator *
explorer_panel_get_problem (ExplorerPanel *self)
{
  return pisd_operator_get (explorer_panel_get_scenario (self)->settings.problem);
}

gboolean
explorer_panel_is_edited (ExplorerPanel *self)
{
  const ExplorerPanelPrivate *private = get_private (self);

  return private->session != NULL && !private->updating;
}

void
explorer_panel_refresh (ExplorerPanel *self)
{
  g_return_if_fail (EXPLORER_IS_PANEL (self));
  update (self, PISD_CHANGE_ALL);
}

void
explorer_panel_remember_unfolded (ExplorerPanel *self, GtkWidget *row, const char *name)
{
  ExplorerPreferences *preferences = explorer_panel_get_preferences (self);

  g_return_if_fail (preferences != NULL && ADW_IS_EXPANDER_ROW (row));
  g_object_bind_property (preferences, name, row, "expanded",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
}

void
explorer_panel_insert_after (ExplorerPanel *self, GtkWidget *row, GtkWidget *sibling)
{
  GtkWidget *list = gtk_widget_get_parent (sibling);

  g_return_if_fail (GTK_IS_LIST_BOX (list) && gtk_widget_is_ancestor (list, GTK_WIDGET (self)));
  gtk_list_box_insert (GTK_LIST_BOX (list), row,
                       gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (sibling)) + 1);
}
