#include "explorer-window-private.h"

#include "explorer-inspect.h"

/* One for all times that it is asked for; closing it destroys it. */
void
explorer_window_show_inspect (ExplorerWindow *self)
{
  GtkWidget *inspect = self->inspect;

  explorer_window_note_deed (self, PISD_DEED_INSPECT);
  if (inspect == NULL)
    {
      inspect =
          explorer_inspect_new (GTK_WINDOW (self), self->session, self->inspector, self->flow);
      g_set_weak_pointer (&self->inspect, inspect);
      g_signal_connect_object (inspect, "step-selected", G_CALLBACK (explorer_window_select_step),
                               self, G_CONNECT_SWAPPED);
    }
  explorer_window_update_inspect (self);
  gtk_window_present (GTK_WINDOW (inspect));
}

void
explorer_window_update_inspect (ExplorerWindow *self)
{
  if (self->inspect != NULL)
    explorer_inspect_show_frame (EXPLORER_INSPECT (self->inspect), self->shown_step);
}
