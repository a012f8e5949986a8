#include "explorer-window-private.h"

#include "explorer-number-bar.h"

ExplorerSession *
explorer_window_get_session (ExplorerWindow *self)
{
  return self->session;
}

ExplorerViewGrid *
explorer_window_get_grid (ExplorerWindow *self)
{
  return EXPLORER_VIEW_GRID (self->grid);
}

ExplorerExact *
explorer_window_get_exact (ExplorerWindow *self)
{
  return self->exact;
}

ExplorerSpread *
explorer_window_get_spread (ExplorerWindow *self)
{
  return self->spread;
}

ExplorerWhere *
explorer_window_get_where (ExplorerWindow *self)
{
  return self->where;
}

ExplorerLive *
explorer_window_get_live (ExplorerWindow *self)
{
  return self->live;
}

ExplorerKeeper *
explorer_window_get_keeper (ExplorerWindow *self)
{
  return self->keeper;
}

ExplorerLoader *
explorer_window_get_loader (ExplorerWindow *self)
{
  return self->loader;
}

ExplorerSaver *
explorer_window_get_saver (ExplorerWindow *self)
{
  return self->saver;
}

ExplorerTimeline *
explorer_window_get_timeline (ExplorerWindow *self)
{
  return EXPLORER_TIMELINE (self->timeline);
}

ExplorerBrush *
explorer_window_get_brush (ExplorerWindow *self)
{
  return self->brush;
}

ExplorerFlow *
explorer_window_get_flow (ExplorerWindow *self)
{
  return self->flow;
}

guint
explorer_window_get_shown_step (ExplorerWindow *self)
{
  return self->shown_step;
}

const char *
explorer_window_get_last_toast (ExplorerWindow *self)
{
  return explorer_toasts_get_last (self->toasts);
}

const char *
explorer_window_get_number (ExplorerWindow *self, const char *name)
{
  return explorer_number_bar_get_text (EXPLORER_NUMBER_BAR (self->numbers), name);
}
