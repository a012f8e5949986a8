#include "explorer-window-private.h"

/* With a prior and a method that have a closed form, in one edit, and a toast says so. */
static void
make_live (ExplorerWindow *self)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;
  const char *moved[3] = { NULL };
  guint n = 0;

  explorer_session_begin_edit (self->session);
  if (!pisd_method_get_prior (settings->prior)->is_gaussian)
    moved[n++] = "prior";
  if (n > 0)
    explorer_session_set_setting (self->session, "prior", explorer_live_get_prior ());
  if (!explorer_live_is_enabled (self->live))
    {
      explorer_session_apply_preset (self->session, explorer_live_get_method ());
      moved[n++] = "guidance";
    }
  explorer_session_end_edit (self->session);
  explorer_window_say_adjusted (self, moved);
}

/* One click from any prior and method to the estimate that follows the pointer; what cannot is
 * changed. */
static void
turn_live_on (ExplorerWindow *self)
{
  explorer_preferences_set (self->preferences, "live", TRUE);
  if (!explorer_live_is_enabled (self->live))
    make_live (self);
  explorer_live_show (self->live);
}

/* What followed the sensors was of them; the run shown instead may be of others. */
static void
turn_live_off (ExplorerWindow *self)
{
  const PisdScenario *run = explorer_session_get_run_scenario (self->session);
  const PisdScenario *now = explorer_session_get_scenario (self->session);

  explorer_preferences_set (self->preferences, "live", FALSE);
  if (run == NULL || (pisd_edit_diff (run, now) & PISD_CHANGE_DATA))
    explorer_window_run_again (self);
}

static void
change_live (GSimpleAction *action, GVariant *state, gpointer data)
{
  if (g_variant_get_boolean (state))
    turn_live_on (data);
  else
    turn_live_off (data);
}

static void
update_live_action (ExplorerWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "live");

  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_boolean (explorer_live_is_enabled (self->live)));
}

void
explorer_window_add_live_action (ExplorerWindow *self)
{
  static const GActionEntry entry = { .name = "live",
                                      .state = "false",
                                      .change_state = change_live };
  const ExplorerWindowSignal signal = { self->live, "notify::enabled",
                                        G_CALLBACK (update_live_action) };

  g_action_map_add_action_entries (G_ACTION_MAP (self), &entry, 1, self);
  explorer_window_connect (self, &signal, 1);
}
