#include "explorer-window-private.h"

#include <glib/gi18n.h>

#include "explorer-choice.h"
#include "explorer-hint.h"
#include "pisd-edit-preset.h"
#include "pisd-opening.h"

/* Microseconds that a picture waits for the estimate: less than it is shown. */
#define EXACT_MOST_WAIT 10000

static void
update_title (ExplorerWindow *self)
{
  g_autofree char *subtitle = pisd_name_dup_sensors (explorer_session_get_scenario (self->session));

  adw_window_title_set_subtitle (ADW_WINDOW_TITLE (self->title), subtitle);
}

/* Motion comes just before a picture is drawn.  An exact answer that is quick is in it where it is
 * the estimate, so that a sensor is moved and its field follows in one picture; any other is
 * computed meanwhile, not afterwards. */
static gboolean
on_exact_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerWindow *self = EXPLORER_WINDOW (widget);

  self->exact_tick = 0;
  explorer_exact_hurry (self->exact);
  if (explorer_live_is_active (self->live))
    explorer_exact_wait (self->exact, EXACT_MOST_WAIT);
  return G_SOURCE_REMOVE;
}

static void
on_scenario_changed (ExplorerWindow *self, guint flags)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;

  self->updating = TRUE;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->problem), settings->problem);
  self->updating = FALSE;
  if (flags & (PISD_CHANGE_SENSORS | PISD_CHANGE_PROBLEM))
    update_title (self);
  if (self->exact_tick == 0 && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->exact_tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_exact_tick, NULL, NULL);
}

/* Unless the person holds a run to look at it. */
void
explorer_window_run_again (ExplorerWindow *self)
{
  if (explorer_preferences_get (self->preferences, "follow")
      && !explorer_session_is_paused (self->session) && self->has_run)
    explorer_session_run (self->session, PISD_PACE_FREE);
}

/* The estimate follows the sensors; who has placed one needs no hint how. */
static void
on_committed (ExplorerWindow *self, guint flags)
{
  if (flags & PISD_CHANGE_SENSORS)
    explorer_hint_hide (EXPLORER_HINT (self->hint));
  /* Live solving follows by itself, and with a run when it has come to rest. */
  if ((flags & PISD_CHANGE_DATA) && !explorer_live_is_enabled (self->live))
    explorer_window_run_again (self);
}

/* "Changed with it: Integrator to Heun" */
void
explorer_window_say_adjusted (ExplorerWindow *self, const char *const *keys)
{
  const PisdSettings *settings = &explorer_session_get_scenario (self->session)->settings;
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autofree char *message = NULL;

  for (guint k = 0; keys[k] != NULL; k++)
    {
      const PisdSettingInfo *info = pisd_settings_find (keys[k]);
      g_autofree char *value = explorer_choice_dup_value (settings, info);

      /* Translators: a setting and its new value, "Integrator to Heun" */
      g_string_append_printf (changes, _ ("%s to %s"), _ (info->title), value);
      if (keys[k + 1] != NULL)
        g_string_append (changes, ", ");
    }
  message = g_strdup_printf (_ ("Changed with it: %s"), changes->str);
  explorer_window_show_toast (self, message);
}

/* A change of weights is never silent. */
static void
on_followed (ExplorerWindow *self)
{
  g_autofree char *message = pisd_edit_dup_followed (explorer_session_get_scenario (self->session));

  if (message != NULL)
    explorer_window_show_toast (self, message);
}

void
explorer_window_select_problem (ExplorerWindow *self)
{
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->problem));

  if (self->updating || self->session == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  if (!explorer_session_choose_problem (self->session, selected))
    on_scenario_changed (self, PISD_CHANGE_ALL);
}

void
explorer_window_open_first (ExplorerWindow *self)
{
  g_return_if_fail (EXPLORER_IS_WINDOW (self) && !self->has_run);
  explorer_session_begin (self->session,
                          pisd_opening_new (explorer_session_get_scenario (self->session)));
  g_object_set (self->grid, "show-noisy", TRUE, NULL);
  if (!explorer_preferences_get (self->preferences, "show-hint"))
    return;
  explorer_preferences_set (self->preferences, "show-hint", FALSE);
  explorer_hint_show (EXPLORER_HINT (self->hint));
}

/* One click, one undo step, one run; the estimate is seen to emerge, and not the noise.  In the
 * middle of a stroke there is nothing complete to go back to. */
void
explorer_window_show_example (ExplorerWindow *self)
{
  if (explorer_session_is_editing (self->session))
    return;
  self->has_run = FALSE; /* the edit starts no run of its own */
  explorer_session_set_scenario (self->session, pisd_opening_new_learned ());
  g_object_set (self->grid, "show-noisy", FALSE, NULL);
  self->has_run = TRUE;
  explorer_session_run (self->session, explorer_window_get_pace (self));
}

void
explorer_window_connect_scenario (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->session, "failed", G_CALLBACK (explorer_window_show_toast) },
    { self->session, "scenario-changed", G_CALLBACK (on_scenario_changed) },
    { self->session, "committed", G_CALLBACK (on_committed) },
    { self->session, "adjusted", G_CALLBACK (explorer_window_say_adjusted) },
    { self->session, "followed", G_CALLBACK (on_followed) },
    { self->live, "rested", G_CALLBACK (explorer_window_run_again) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
  on_scenario_changed (self, PISD_CHANGE_ALL);
}
