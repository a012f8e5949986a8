#include "explorer-toasts.h"

#define TOAST_SECONDS 6

struct _ExplorerToasts
{
  AdwToastOverlay *overlay;
  AdwToast *toast; /* shown, or NULL: a weak pointer */
  char *last;
};

ExplorerToasts *
explorer_toasts_new (AdwToastOverlay *overlay)
{
  ExplorerToasts *toasts = g_new0 (ExplorerToasts, 1);

  toasts->overlay = overlay;
  return toasts;
}

void
explorer_toasts_free (ExplorerToasts *toasts)
{
  if (toasts == NULL)
    return;
  if (toasts->toast != NULL)
    g_signal_handlers_disconnect_by_data (toasts->toast, toasts);
  g_clear_weak_pointer (&toasts->toast);
  g_free (toasts->last);
  g_free (toasts);
}

static void
on_dismissed (ExplorerToasts *toasts)
{
  g_clear_weak_pointer (&toasts->toast);
}

/* A message that names file, place, what it got and what it expected is longer than a line. */
static AdwToast *
new_toast (const char *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (escaped);
  GtkWidget *label = gtk_label_new (message);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 70);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  adw_toast_set_custom_title (toast, label);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  return toast;
}

void
explorer_toasts_show (ExplorerToasts *toasts, const char *message)
{
  g_return_if_fail (toasts != NULL && message != NULL);
  explorer_toasts_dismiss (toasts);
  g_free (toasts->last);
  toasts->last = g_strdup (message);
  g_set_weak_pointer (&toasts->toast, new_toast (message));
  g_signal_connect_swapped (toasts->toast, "dismissed", G_CALLBACK (on_dismissed), toasts);
  adw_toast_overlay_add_toast (toasts->overlay, toasts->toast);
}

void
explorer_toasts_dismiss (ExplorerToasts *toasts)
{
  g_return_if_fail (toasts != NULL);
  if (toasts->toast != NULL)
    adw_toast_dismiss (toasts->toast);
}

const char *
explorer_toasts_get_last (ExplorerToasts *toasts)
{
  g_return_val_if_fail (toasts != NULL, NULL);
  return toasts->last;
}
