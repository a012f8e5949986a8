#include "bench-sweep.h"

gpointer
bench_find_window (GType type)
{
  GtkApplication *application = GTK_APPLICATION (g_application_get_default ());

  for (GList *link = gtk_application_get_windows (application); link != NULL; link = link->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (link->data, type))
      return link->data;
  return NULL;
}

static void
vary (ExplorerSweep *sweep, guint axis, const char *key, const char *values)
{
  ExplorerSweepAxis *row = explorer_sweep_get_axis (sweep, axis);

  explorer_sweep_axis_choose (row, key);
  gtk_editable_set_text (explorer_sweep_axis_get_entry (row), values);
}

ExplorerSweep *
bench_sweep_start (ExplorerWindow *window)
{
  ExplorerSession *session = explorer_window_get_session (window);
  ExplorerSweep *sweep;

  explorer_session_apply_preset (session, PISD_GUIDANCE_PISD);
  explorer_session_set_setting (session, "steps", "2000");
  gtk_widget_activate_action (GTK_WIDGET (window), "win.sweep", NULL);
  sweep = bench_find_window (EXPLORER_TYPE_SWEEP);
  vary (sweep, 0, "zeta-pde", "0.1..10/4");
  vary (sweep, 1, "seed", "1,2,3,4");
  gtk_widget_activate_action (GTK_WIDGET (sweep), "sweep.start", NULL);
  return sweep;
}
