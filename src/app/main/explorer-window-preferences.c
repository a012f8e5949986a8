#include "explorer-preferences-window.h"
#include "explorer-window-private.h"
#include "pisd-budget.h"

/* What did not fit may fit now, and the other way round. */
static void
set_budget (ExplorerWindow *self)
{
  const guint megabytes = (guint) explorer_preferences_get (self->preferences, "memory-budget");

  pisd_budget_set_limit ((gsize) megabytes << 20);
  explorer_exact_try_again (self->exact);
}

void
explorer_window_connect_preferences (ExplorerWindow *self)
{
  const ExplorerWindowSignal rows[] = {
    { self->preferences, "notify::memory-budget", G_CALLBACK (set_budget) },
  };

  explorer_window_connect (self, rows, G_N_ELEMENTS (rows));
  set_budget (self);
}

/* One for all times: libadwaita 1.2 loses 0.3 MB with each that is made and closed. */
void
explorer_window_show_preferences (ExplorerWindow *self)
{
  if (self->preferences_window == NULL)
    g_set_weak_pointer (&self->preferences_window,
                        explorer_preferences_window_new (GTK_WINDOW (self), self->preferences));
  gtk_window_present (GTK_WINDOW (self->preferences_window));
}
