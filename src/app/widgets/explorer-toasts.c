#include "explorer-toasts.h"

#include <glib/gi18n.h>

#define TOAST_SECONDS 6
/* Longer than libadwaita moves a toast until it is in its place, in microseconds. */
#define APPEARING 500000

struct _ExplorerToasts
{
  AdwToastOverlay *overlay;
  AdwToast *toast; /* shown, or NULL: a weak pointer */
  GtkLabel *label; /* of the toast shown, or NULL: a weak pointer */
  guint timeout;   /* until it goes; 0: none */
  guint tick;      /* of the label, while the toast appears; 0: it is in its place */
  gint64 since;    /* frame time of the first tick; 0: none yet */
  gboolean leaves; /* it goes as soon as it is in its place */
  char *last;
};

ExplorerToasts *
explorer_toasts_new (AdwToastOverlay *overlay)
{
  ExplorerToasts *toasts = g_new0 (ExplorerToasts, 1);

  toasts->overlay = overlay;
  return toasts;
}

static void
forget (ExplorerToasts *toasts)
{
  if (toasts->tick != 0 && toasts->label != NULL)
    gtk_widget_remove_tick_callback (GTK_WIDGET (toasts->label), toasts->tick);
  if (toasts->label != NULL)
    g_signal_handlers_disconnect_by_data (toasts->label, toasts);
  toasts->tick = 0;
  g_clear_weak_pointer (&toasts->label);
  g_clear_weak_pointer (&toasts->toast);
  g_clear_handle_id (&toasts->timeout, g_source_remove);
}

void
explorer_toasts_free (ExplorerToasts *toasts)
{
  if (toasts == NULL)
    return;
  if (toasts->toast != NULL)
    g_signal_handlers_disconnect_by_data (toasts->toast, toasts);
  forget (toasts);
  g_free (toasts->last);
  g_free (toasts);
}

static gboolean
on_timeout (gpointer data)
{
  ExplorerToasts *toasts = data;

  toasts->timeout = 0;
  explorer_toasts_dismiss (toasts);
  return G_SOURCE_REMOVE;
}

static void
let_press (GtkWidget *widget, gboolean let)
{
  if (GTK_IS_BUTTON (widget))
    {
      gtk_widget_set_can_target (widget, let);
      gtk_widget_set_can_focus (widget, let);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_press (child, let);
}

/* Whether pointer and keys get to its close button, which dismisses it at once. */
static void
let_close (ExplorerToasts *toasts, gboolean let)
{
  GtkWidget *widget = GTK_WIDGET (toasts->label);

  while (gtk_widget_get_parent (widget) != GTK_WIDGET (toasts->overlay))
    widget = gtk_widget_get_parent (widget);
  let_press (widget, let);
}

static void
on_map (ExplorerToasts *toasts)
{
  if (toasts->tick != 0)
    let_close (toasts, FALSE);
}

/* It goes after this frame, in which the animation of the same clock has come to its end. */
static gboolean
on_tick (GtkWidget *label, GdkFrameClock *clock, gpointer data)
{
  ExplorerToasts *toasts = data;
  const gint64 now = gdk_frame_clock_get_frame_time (clock);

  if (toasts->since == 0)
    toasts->since = now;
  if (now - toasts->since < APPEARING)
    return G_SOURCE_CONTINUE;
  toasts->tick = 0;
  let_close (toasts, TRUE);
  if (toasts->leaves)
    {
      g_clear_handle_id (&toasts->timeout, g_source_remove);
      toasts->timeout = g_idle_add (on_timeout, toasts);
    }
  return G_SOURCE_REMOVE;
}

/* A message that names file, place, what it got and what it expected is longer than a line. */
static GtkLabel *
new_label (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (label, 70);
  gtk_label_set_xalign (label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (label), "heading");
  return label;
}

static void
show_toast (ExplorerToasts *toasts)
{
  g_set_weak_pointer (&toasts->label, new_label ());
  g_set_weak_pointer (&toasts->toast, adw_toast_new (""));
  adw_toast_set_custom_title (toasts->toast, GTK_WIDGET (toasts->label));
  adw_toast_set_timeout (toasts->toast, 0);
  g_signal_connect_swapped (toasts->toast, "dismissed", G_CALLBACK (forget), toasts);
  toasts->since = 0;
  toasts->tick = gtk_widget_add_tick_callback (GTK_WIDGET (toasts->label), on_tick, toasts, NULL);
  g_signal_connect_swapped (toasts->label, "map", G_CALLBACK (on_map), toasts);
  adw_toast_overlay_add_toast (toasts->overlay, toasts->toast);
}

/* A toast that is there takes the new words. */
void
explorer_toasts_show (ExplorerToasts *toasts, const char *message)
{
  g_return_if_fail (toasts != NULL && message != NULL);
  g_free (toasts->last);
  toasts->last = g_strdup (message);
  if (toasts->toast == NULL)
    show_toast (toasts);
  toasts->leaves = FALSE;
  gtk_label_set_text (toasts->label, message);
  g_clear_handle_id (&toasts->timeout, g_source_remove);
  toasts->timeout = g_timeout_add_seconds (TOAST_SECONDS, on_timeout, toasts);
}

void
explorer_toasts_refuse_number (ExplorerToasts *self, const char *text)
{
  g_autofree char *message = g_strdup_printf (_ ("Got “%s”, expected a number"), text);

  explorer_toasts_show (self, message);
}

/* libadwaita 1.2 crashes where a toast is dismissed while it still appears: its disappearance frees
 * what the other animation moves. */
void
explorer_toasts_dismiss (ExplorerToasts *toasts)
{
  g_return_if_fail (toasts != NULL);
  if (toasts->toast == NULL)
    return;
  if (toasts->tick != 0)
    toasts->leaves = TRUE;
  else
    adw_toast_dismiss (toasts->toast);
}

const char *
explorer_toasts_get_last (ExplorerToasts *toasts)
{
  g_return_val_if_fail (toasts != NULL, NULL);
  return toasts->last;
}
