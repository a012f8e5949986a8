#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-compare.h"
#include "explorer-connect.h"
#include "explorer-sweep.h"

static GtkWidget *
new_compare (ExplorerWindow *self)
{
  explorer_window_note_deed (self, PISD_DEED_COMPARE);
  return explorer_compare_new (gtk_window_get_application (GTK_WINDOW (self)), self->session,
                               self->flow, self->preferences);
}

static void
action_compare (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_present (GTK_WINDOW (new_compare (data)));
}

static void
action_compare_priors (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  g_autoptr (ExplorerPlan) plan = explorer_plan_new (explorer_session_get_scenario (self->session));
  GtkWidget *compare;

  if (!explorer_plan_has_other_prior (plan))
    {
      explorer_window_show_toast (self,
                                  _ ("No weights of a learned prior are known for this problem"));
      return;
    }
  compare = new_compare (self);
  explorer_compare_choose_priors (EXPLORER_COMPARE (compare));
  gtk_window_present (GTK_WINDOW (compare));
}

/* A cell's set-up becomes the window's, which runs it. */
static void
on_cell_opened (ExplorerWindow *self, const PisdScenario *scenario)
{
  explorer_session_set_scenario (self->session, pisd_scenario_dup (scenario));
  g_action_group_activate_action (G_ACTION_GROUP (self), "run", NULL);
  gtk_window_present (GTK_WINDOW (self));
}

static void
action_sweep (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  GtkWidget *sweep =
      explorer_sweep_new (gtk_window_get_application (GTK_WINDOW (self)), self->session);

  explorer_window_note_deed (self, PISD_DEED_SWEEP);
  g_signal_connect_object (sweep, "open", G_CALLBACK (on_cell_opened), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (sweep));
}

static void
on_connected (ExplorerWindow *self, const char *name)
{
  explorer_session_set_socket (self->session, name);
}

static void
action_open_model (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  GtkWidget *connect =
      explorer_connect_new (GTK_WINDOW (self), explorer_session_get_scenario (self->session));

  g_signal_connect_object (connect, "connected", G_CALLBACK (on_connected), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (connect));
}

static void
action_inspect (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_window_show_inspect (data);
}

static void
action_runs (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_window_show_runs (data);
}

static void
action_drop_runs (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const guint before = explorer_session_get_runs (self->session)->len;
  g_autofree char *message = NULL;
  guint n;

  explorer_session_drop_runs (self->session);
  n = before - explorer_session_get_runs (self->session)->len;
  message = n == 0 ? g_strdup (_ ("There is no run to drop: the one shown and pinned ones stay"))
                   : g_strdup_printf (ngettext ("%u run dropped", "%u runs dropped", n), n);
  explorer_window_show_toast (self, message);
}

static void
action_branch (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_window_branch (data);
}

static void
action_next_course (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const PisdScenario *scenario = explorer_session_get_scenario (self->session);

  if (pisd_method_get (scenario->settings.guidance)->uses & PISD_USES_WEIGHTS)
    explorer_course_editor_choose_next (EXPLORER_COURSE_EDITOR (self->course_editor));
  else
    explorer_window_show_toast (self, _ ("This method has no weights"));
}

static void
action_example (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_window_show_example (data);
}

static void
action_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  explorer_window_show_preferences (data);
}

void
explorer_window_add_beside_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "compare", action_compare },
    { "compare-priors", action_compare_priors },
    { "sweep", action_sweep },
    { "open-model", action_open_model },
    { "inspect", action_inspect },
    { "runs", action_runs },
    { "drop-runs", action_drop_runs },
    { "branch", action_branch },
    { "next-course", action_next_course },
    { "example-learned", action_example },
    { "preferences", action_preferences },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
