#include "explorer-window-private.h"

#include "explorer-flow-bar.h"
#include "explorer-flow-charts.h"
#include "explorer-palette.h"

static void
action_play_flow (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerFlow *flow = EXPLORER_WINDOW (data)->flow;

  explorer_flow_set_playing (flow, !explorer_flow_is_playing (flow));
}

static void
action_flow_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_flow_move (EXPLORER_WINDOW (data)->flow, -1);
}

static void
action_flow_forward (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_flow_move (EXPLORER_WINDOW (data)->flow, 1);
}

/* Nothing, streamlines, arrows, and so on. */
static void
action_step_flow_lines (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerPreferences *preferences = EXPLORER_WINDOW (data)->preferences;
  const int now = explorer_preferences_get (preferences, "flow-lines");

  explorer_preferences_set (preferences, "flow-lines", (now + 1) % PISD_N_FLOWS);
}

/* Where nothing changes with time the menu does without what saves it. */
static void
update_save (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "save-flow");

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action),
                               explorer_flow_get_info (self->flow)->n_frames > 1);
}

void
explorer_window_add_flow_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "play-flow", action_play_flow },
    { "flow-back", action_flow_back },
    { "flow-forward", action_flow_forward },
    { "step-flow-lines", action_step_flow_lines },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->flow, "notify::n-frames", G_CALLBACK (update_save), self,
                           G_CONNECT_SWAPPED);
  update_save (self);
}

void
explorer_window_give_flow (ExplorerWindow *self)
{
  explorer_flow_bar_set_models (EXPLORER_FLOW_BAR (self->flow_bar), self->flow, self->session,
                                self->preferences);
  explorer_flow_charts_set_models (EXPLORER_FLOW_CHARTS (self->charts),
                                   EXPLORER_VIEW_GRID (self->grid), self->session, self->exact,
                                   self->preferences);
}

void
explorer_window_style_flow (ExplorerWindow *self)
{
  explorer_flow_bar_set_palette (EXPLORER_FLOW_BAR (self->flow_bar), explorer_palette_get ());
  explorer_flow_charts_set_palette (EXPLORER_FLOW_CHARTS (self->charts), explorer_palette_get ());
}
