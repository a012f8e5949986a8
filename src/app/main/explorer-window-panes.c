#include "explorer-window-private.h"

#include <glib/gi18n.h>

static ExplorerViewGrid *
get_grid (gpointer window)
{
  return EXPLORER_VIEW_GRID (EXPLORER_WINDOW (window)->grid);
}

static void
action_maximize (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_view_grid_toggle_maximized (get_grid (data));
}

static void
action_pick (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_view_grid_open_picker (get_grid (data));
}

static void
action_split (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_view_grid_toggle_split (get_grid (data));
}

static void
action_split_run (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  if (!explorer_view_grid_step_run (get_grid (data)))
    explorer_window_show_toast (data, _ ("No other run is kept to compare with"));
}

static void
action_reset (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_view_grid_reset_panes (get_grid (data));
}

static void
action_zoom (GSimpleAction *action, GVariant *direction, gpointer data)
{
  explorer_view_grid_zoom (get_grid (data), g_variant_get_int32 (direction));
}

void
explorer_window_add_pane_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "maximize-pane", action_maximize }, { "pick-quantity", action_pick },
    { "split-pane", action_split },       { "split-run", action_split_run },
    { "reset-panes", action_reset },      { "zoom-panes", action_zoom, "i" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
