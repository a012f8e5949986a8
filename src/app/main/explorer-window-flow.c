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

static void
change_flow_charts (GSimpleAction *action, GVariant *state, gpointer data)
{
  explorer_preferences_set (EXPLORER_WINDOW (data)->preferences, "flow-charts",
                            g_variant_get_boolean (state));
}

static void
update_flow_charts (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "flow-charts");
  const gboolean shown = explorer_preferences_get (self->preferences, "flow-charts");

  g_simple_action_set_state (G_SIMPLE_ACTION (action), g_variant_new_boolean (shown));
}

/* Where nothing changes with time the menu does without what saves it; what has no velocity has
 * neither lines nor charts, and their keys change nothing that is not seen. */
static void
update_enabled (ExplorerWindow *self)
{
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);
  const PisdOperator *problem = pisd_operator_get (scenario->settings.problem);
  const gboolean has_velocity = pisd_operator_has_velocity (problem);

  explorer_window_set_enabled (self, "save-flow",
                               explorer_flow_get_info (self->flow)->n_frames > 1);
  explorer_window_set_enabled (self, "step-flow-lines", has_velocity);
  explorer_window_set_enabled (self, "flow-charts", has_velocity);
}

void
explorer_window_add_flow_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "play-flow", action_play_flow },
    { "flow-back", action_flow_back },
    { "flow-forward", action_flow_forward },
    { "step-flow-lines", action_step_flow_lines },
    { .name = "flow-charts", .state = "false", .change_state = change_flow_charts },
  };
  const ExplorerWindowSignal signals[] = {
    { self->session, "scenario-changed", G_CALLBACK (update_enabled) },
    { self->preferences, "notify::flow-charts", G_CALLBACK (update_flow_charts) },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  explorer_window_connect (self, signals, G_N_ELEMENTS (signals));
  update_enabled (self);
  update_flow_charts (self);
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
  explorer_charts_set_palette (EXPLORER_CHARTS (self->charts), explorer_palette_get ());
}
