#include "explorer-view-grid-private.h"

/* What a run that follows makes good within this time, in milliseconds, is not marked: pictures
 * would flicker with every click. */
#define MARK_DELAY 400

void
explorer_view_grid_show_mark (ExplorerViewGrid *self)
{
  g_clear_handle_id (&self->mark_delay, g_source_remove);
  self->shown.marks = TRUE;
  explorer_field_rows_show_mark (&self->rows, &self->shown);
  g_signal_emit_by_name (self, "named");
}

static gboolean
on_mark_delay (gpointer data)
{
  ExplorerViewGrid *self = data;

  self->mark_delay = 0;
  explorer_view_grid_show_mark (self);
  return G_SOURCE_REMOVE;
}

void
explorer_view_grid_choose (ExplorerViewGrid *self)
{
  g_autofree char *name = g_strdup (self->shown.name);
  const char *mark = explorer_shown_get_mark (&self->shown);

  explorer_shown_choose (&self->shown);
  if (self->shown.changes == 0)
    {
      g_clear_handle_id (&self->mark_delay, g_source_remove);
      self->shown.marks = FALSE;
    }
  else if (!self->shown.marks && self->mark_delay == 0)
    self->mark_delay = g_timeout_add (MARK_DELAY, on_mark_delay, self);
  if (g_strcmp0 (name, self->shown.name) != 0
      || g_strcmp0 (mark, explorer_shown_get_mark (&self->shown)) != 0)
    g_signal_emit_by_name (self, "named");
}

void
explorer_view_grid_update_mark (ExplorerViewGrid *self)
{
  explorer_view_grid_choose (self);
  explorer_field_rows_show_mark (&self->rows, &self->shown);
}
