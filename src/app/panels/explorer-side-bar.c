#include "explorer-side-bar.h"

#include "explorer-display-panel.h"
#include "explorer-guidance-panel.h"
#include "explorer-instance-panel.h"
#include "explorer-prior-panel.h"
#include "explorer-sampler-panel.h"
#include "explorer-sensors-panel.h"
#include "explorer-where-panel.h"

enum
{
  INSTANCE,
  SENSORS,
  N_FIRST,
  WHERE = N_FIRST,
  PRIOR,
  GUIDANCE,
  SAMPLER,
  DISPLAY,
  N_PANELS
};

struct _ExplorerSideBar
{
  GtkBox parent_instance;

  GtkWidget *panels[N_PANELS]; /* children; NULL: not yet made */
  guint completing;            /* source; 0: not asked for, or done */

  ExplorerSession *session;
  ExplorerFlow *flow;
  ExplorerBrush *brush;
  ExplorerPreferences *preferences;
  ExplorerViewGrid *grid;
  ExplorerWhere *where;
};

G_DEFINE_FINAL_TYPE (ExplorerSideBar, explorer_side_bar, GTK_TYPE_BOX)

static GtkWidget *
new_panel (ExplorerSideBar *self, guint which)
{
  GType (*const types[N_PANELS]) (void) = {
    [INSTANCE] = explorer_instance_panel_get_type, [SENSORS] = explorer_sensors_panel_get_type,
    [PRIOR] = explorer_prior_panel_get_type,       [GUIDANCE] = explorer_guidance_panel_get_type,
    [SAMPLER] = explorer_sampler_panel_get_type,   [DISPLAY] = explorer_display_panel_get_type,
    [WHERE] = explorer_where_panel_get_type,
  };
  GtkWidget *panel = g_object_new (types[which](), NULL);

  if (which == SENSORS)
    explorer_sensors_panel_set_flow (EXPLORER_SENSORS_PANEL (panel), self->flow);
  if (which == WHERE)
    explorer_where_panel_set_where (EXPLORER_WHERE_PANEL (panel), self->where);
  if (which == DISPLAY)
    explorer_display_panel_set_grid (EXPLORER_DISPLAY_PANEL (panel), self->grid);
  explorer_panel_set_models (EXPLORER_PANEL (panel), self->session, self->brush, self->preferences);
  return panel;
}

static void
add_panels (ExplorerSideBar *self, guint end)
{
  for (guint k = 0; k < end; k++)
    if (self->panels[k] == NULL)
      {
        self->panels[k] = new_panel (self, k);
        gtk_box_append (GTK_BOX (self), self->panels[k]);
      }
}

static gboolean
on_completing (gpointer data)
{
  ExplorerSideBar *self = data;

  self->completing = 0;
  add_panels (self, N_PANELS);
  explorer_side_bar_show_frame (self, explorer_view_grid_get_frame (self->grid));
  return G_SOURCE_REMOVE;
}

static void
explorer_side_bar_dispose (GObject *object)
{
  ExplorerSideBar *self = EXPLORER_SIDE_BAR (object);

  g_clear_handle_id (&self->completing, g_source_remove);
  for (guint k = 0; k < N_PANELS; k++)
    self->panels[k] = NULL; /* the box lets go of its children */
  g_clear_object (&self->session);
  g_clear_object (&self->flow);
  g_clear_object (&self->brush);
  g_clear_object (&self->preferences);
  g_clear_object (&self->grid);
  g_clear_object (&self->where);
  G_OBJECT_CLASS (explorer_side_bar_parent_class)->dispose (object);
}

static void
explorer_side_bar_class_init (ExplorerSideBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_side_bar_dispose;
}

static void
explorer_side_bar_init (ExplorerSideBar *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
}

void
explorer_side_bar_set_models (ExplorerSideBar *self,
                              ExplorerSession *session,
                              ExplorerFlow *flow,
                              ExplorerBrush *brush,
                              ExplorerPreferences *preferences,
                              ExplorerViewGrid *grid,
                              ExplorerWhere *where)
{
  g_return_if_fail (EXPLORER_IS_SIDE_BAR (self) && self->session == NULL);
  self->session = g_object_ref (session);
  self->flow = g_object_ref (flow);
  self->brush = g_object_ref (brush);
  self->preferences = g_object_ref (preferences);
  self->grid = g_object_ref (grid);
  self->where = g_object_ref (where);
  add_panels (self, N_FIRST);
}

gboolean
explorer_side_bar_is_complete (ExplorerSideBar *self)
{
  return self->panels[N_PANELS - 1] != NULL;
}

/* Before events, which have the default priority.  Nothing else sends the picture to the server
 * before that. */
void
explorer_side_bar_complete_soon (ExplorerSideBar *self)
{
  g_return_if_fail (EXPLORER_IS_SIDE_BAR (self) && self->session != NULL);
  if (explorer_side_bar_is_complete (self) || self->completing != 0)
    return;
  gdk_display_flush (gtk_widget_get_display (GTK_WIDGET (self)));
  self->completing = g_idle_add_full (G_PRIORITY_HIGH, on_completing, self, NULL);
}

void
explorer_side_bar_show_frame (ExplorerSideBar *self, const PisdFrame *frame)
{
  g_return_if_fail (EXPLORER_IS_SIDE_BAR (self));
  if (self->panels[GUIDANCE] != NULL)
    explorer_guidance_panel_show_frame (EXPLORER_GUIDANCE_PANEL (self->panels[GUIDANCE]), frame);
}
