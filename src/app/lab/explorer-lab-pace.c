#include "explorer-lab-pace.h"

#define INTERVAL 80000 /* between two pictures at least */

gboolean
explorer_lab_pace_is_due (const ExplorerLabPace *pace, gint64 now)
{
  return now - pace->drawn_at >= MAX (INTERVAL, pace->rest * pace->cost);
}

void
explorer_lab_pace_begin (ExplorerLabPace *pace, gint64 now)
{
  pace->drawn_at = now;
  pace->cost = 0;
}

static void
on_painted (ExplorerLabPace *pace)
{
  if (pace->drawn_at > 0 && pace->cost == 0)
    pace->cost = g_get_monotonic_time () - pace->drawn_at;
}

static void
on_realize (GtkWidget *window, ExplorerLabPace *pace)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (window), "after-paint",
                            G_CALLBACK (on_painted), pace);
}

static void
on_unrealize (GtkWidget *window, ExplorerLabPace *pace)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (window), pace);
}

void
explorer_lab_pace_watch (ExplorerLabPace *pace, GtkWidget *window)
{
  g_signal_connect (window, "realize", G_CALLBACK (on_realize), pace);
  g_signal_connect (window, "unrealize", G_CALLBACK (on_unrealize), pace);
}

void
explorer_lab_set_text (GtkWidget *label, const char *text)
{
  if (!g_str_equal (gtk_label_get_text (GTK_LABEL (label)), text))
    gtk_label_set_text (GTK_LABEL (label), text);
}
