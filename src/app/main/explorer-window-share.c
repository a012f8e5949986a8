#include "explorer-window-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "explorer-background.h"
#include "explorer-hint.h"
#include "pisd-setup-text.h"

/* Copying. */

/* What goes to the worker, and the text that comes back. */
typedef struct
{
  PisdScenario *scenario;
  char *text;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  pisd_scenario_free (copy->scenario);
  g_free (copy->text);
  g_free (copy);
}

static gboolean
make_text (gpointer data, GError **error)
{
  Copy *copy = data;

  copy->text = pisd_setup_text_new (copy->scenario, error);
  return copy->text != NULL;
}

static void
on_made (gpointer owner, GTask *task)
{
  ExplorerWindow *self = owner;
  const Copy *copy = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *size = NULL;
  g_autofree char *message = NULL;

  if (self->session == NULL)
    return; /* the window has gone meanwhile */
  if (!g_task_propagate_boolean (task, &error))
    {
      explorer_window_show_toast (self, error->message);
      return;
    }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), copy->text);
  size = g_format_size (strlen (copy->text));
  /* Translators: %s is a size, "3.1 kB" */
  message = g_strdup_printf (_ ("Copied the set-up as text (%s)"), size);
  explorer_window_show_toast (self, message);
}

static void
action_copy (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  g_autoptr (GTask) task = NULL;
  Copy *copy = g_new0 (Copy, 1);

  copy->scenario = pisd_scenario_dup (explorer_session_get_scenario (self->session));
  task = explorer_background_start (self, copy, copy_free, make_text, on_made);
}

/* Pasting. */

static void
take_text (ExplorerWindow *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, text != NULL ? strlen (text) : 0);
  /* Translators: the name of what was pasted, in a message */
  g_autoptr (PisdInput) input = pisd_input_new_for_bytes (_ ("clipboard"), bytes);

  if (pisd_setup_text_recognise (input))
    explorer_loader_open_bytes (self->loader, _ ("clipboard"), bytes);
  else
    explorer_window_show_toast (
        self, _ ("There is no set-up on the clipboard: expected a text that begins with PISD1:"));
}

static void
on_pasted (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  g_autoptr (ExplorerWindow) self = data;
  g_autofree char *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);

  if (self->loader != NULL)
    take_text (self, text);
}

static void
action_paste (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;

  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (self)), NULL, on_pasted,
                                 g_object_ref (self));
}

/* The session. */

/* As it was, and its run. */
static void
action_restore (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  ExplorerWindow *self = data;
  const gboolean has_run = self->has_run;

  if (self->keeper == NULL)
    return;
  self->has_run = FALSE; /* the edit starts no run of its own */
  if (explorer_keeper_restore (self->keeper))
    {
      explorer_hint_hide (EXPLORER_HINT (self->lost_hint));
      explorer_session_run (self->session, explorer_window_get_pace (self));
      self->has_run = TRUE;
      if (explorer_keeper_get_warning (self->keeper) != NULL)
        explorer_window_show_toast (self, explorer_keeper_get_warning (self->keeper));
    }
  else
    self->has_run = has_run;
}

static void
on_found (ExplorerWindow *self)
{
  explorer_hint_hide (EXPLORER_HINT (self->hint));
  explorer_hint_hide (EXPLORER_HINT (self->mean_hint));
  explorer_hint_show (EXPLORER_HINT (self->lost_hint));
}

static void
on_lost (ExplorerWindow *self, const char *reason)
{
  g_autofree char *message =
      g_strdup_printf (_ ("The last session cannot be restored: %s"), reason);

  explorer_window_show_toast (self, message);
}

void
explorer_window_keep_session (ExplorerWindow *self, const char *folder, guint delay)
{
  g_return_if_fail (EXPLORER_IS_WINDOW (self) && self->keeper == NULL && folder != NULL);
  self->keeper = explorer_keeper_new (self->session, folder, delay);
  g_signal_connect_object (self->keeper, "found", G_CALLBACK (on_found), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keeper, "failed", G_CALLBACK (on_lost), self, G_CONNECT_SWAPPED);
  explorer_keeper_look (self->keeper);
}

void
explorer_window_add_share_actions (ExplorerWindow *self)
{
  static const GActionEntry entries[] = {
    { "copy-setup", action_copy },
    { "paste-setup", action_paste },
    { "restore-session", action_restore },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
}
