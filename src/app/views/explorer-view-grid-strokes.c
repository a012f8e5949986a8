#include "explorer-view-grid-private.h"

#include <glib/gi18n.h>

/* Milliseconds at a node after which the pointer is at rest. */
#define REST 200

/* A probe stays while its chart is shown, so that the pointer may go there. */
static gboolean
keeps_probe (ExplorerViewGrid *self)
{
  return (explorer_preferences_get (self->preferences, "probe-chart")
          || explorer_preferences_get (self->preferences, "measure") == EXPLORER_MEASURE_PROFILE)
         && self->probe.i >= 0;
}

void
explorer_view_grid_show_probe (ExplorerViewGrid *self)
{
  const gboolean keeps = keeps_probe (self);

  if (self->is_pointed)
    return;
  explorer_field_rows_set_crosshair (&self->rows, keeps ? self->probe.i : -1,
                                     keeps ? self->probe.j : -1);
  explorer_view_grid_show_readout (self);
}

static void
note_column (ExplorerViewGrid *self, const ExplorerFieldRow *row, ExplorerFieldView *view)
{
  for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
    if (row->views[c] == view)
      self->pointed_column = c;
}

/* Modes are no nodes: what is pointed at in a map of them is marked in the others alone. */
static void
hover_modes (ExplorerViewGrid *self, ExplorerFieldView *view, int i, int j)
{
  const ExplorerFieldRow *row = explorer_field_rows_find (&self->rows, view);

  if (row != NULL && i >= 0)
    {
      note_column (self, row, view);
      self->probe.row = row->index;
    }
  explorer_field_rows_set_mode_crosshair (&self->rows, i, j);
}

static gboolean
on_rest (gpointer data)
{
  ExplorerViewGrid *self = data;

  self->rest_delay = 0;
  self->rested = self->probe;
  return G_SOURCE_REMOVE;
}

static void
point_at (ExplorerViewGrid *self, const ExplorerProbe *probe, gboolean by_keys)
{
  g_clear_handle_id (&self->rest_delay, g_source_remove);
  self->probe = *probe;
  if (by_keys)
    self->rested = *probe;
  else
    self->rest_delay = g_timeout_add (REST, on_rest, self);
}

/* Whoever goes to a menu or a chart means the node where the pointer was at rest, and not the one
 * at the edge that it went by. */
static void
point_nowhere (ExplorerViewGrid *self)
{
  if (self->rest_delay != 0 && self->rested.i >= 0)
    self->probe = self->rested;
  g_clear_handle_id (&self->rest_delay, g_source_remove);
}

static void
on_hover (ExplorerViewGrid *self, int i, int j, ExplorerFieldView *view)
{
  const ExplorerFieldRow *row = explorer_field_rows_find (&self->rows, view);

  if (explorer_field_view_is_of_modes (view))
    {
      hover_modes (self, view, i, j);
      return;
    }
  self->is_pointed = i >= 0;
  if (!self->is_pointed)
    {
      point_nowhere (self);
      explorer_view_grid_show_probe (self);
      g_signal_emit_by_name (self, "probed");
      return;
    }
  if (row != NULL)
    {
      note_column (self, row, view);
      point_at (self, &(ExplorerProbe){ row->index, i, j },
                explorer_field_view_is_led_by_keys (view));
      g_signal_emit_by_name (self, "probed");
    }
  if (explorer_field_view_is_led_by_keys (view))
    explorer_view_grid_reveal (self, i, j);
  explorer_field_rows_set_crosshair (&self->rows, i, j);
  explorer_view_grid_show_readout (self);
}

static void
say_where_to_draw (ExplorerViewGrid *self)
{
  const PisdFieldInfo *drawn = self->rows.items[0].info;
  g_autofree char *symbol = pisd_field_info_dup_symbol (drawn, 0);
  g_autofree char *message = g_strdup_printf (
      drawn->symbol != NULL ? _ ("The flow follows from its beginning: draw on %s")
                            : _ ("The solution follows from the source: draw on %s"),
      symbol);

  g_signal_emit_by_name (self, "notice", message);
}

/* What is drawn on stands still. */
static void
on_stroke_begin (ExplorerViewGrid *self, gboolean erase, ExplorerFieldView *view)
{
  const ExplorerFieldRow *row = explorer_field_rows_find (&self->rows, view);

  g_return_if_fail (row != NULL);
  if (explorer_brush_get_tool (self->brush) == EXPLORER_TOOL_SOURCE && row->index != 0)
    {
      say_where_to_draw (self);
      return;
    }
  explorer_flow_set_playing (self->flow, FALSE);
  g_clear_pointer (&self->stroke, explorer_stroke_free);
  self->stroke = explorer_stroke_new (self->session, self->brush, row->info->id, row->frame, erase);
}

static void
on_stroke (ExplorerViewGrid *self, int i, int j)
{
  if (self->stroke != NULL)
    explorer_stroke_move (self->stroke, i, j);
}

static void
on_stroke_end (ExplorerViewGrid *self)
{
  g_clear_pointer (&self->stroke, explorer_stroke_free);
}

gboolean
explorer_view_grid_cancel_stroke (ExplorerViewGrid *self)
{
  const gboolean is_stroking = self->stroke != NULL;

  g_clear_pointer (&self->stroke, explorer_stroke_cancel);
  return is_stroking;
}

ExplorerFieldView *
explorer_view_grid_new_view (ExplorerViewGrid *self)
{
  static const struct
  {
    const char *name;
    GCallback handler;
  } handlers[] = { { "hover", G_CALLBACK (on_hover) },
                   { "stroke-begin", G_CALLBACK (on_stroke_begin) },
                   { "stroke", G_CALLBACK (on_stroke) },
                   { "stroke-end", G_CALLBACK (on_stroke_end) },
                   { "measure", G_CALLBACK (explorer_view_grid_measure) } };
  GtkWidget *view = explorer_field_view_new ();

  for (guint k = 0; k < G_N_ELEMENTS (handlers); k++)
    g_signal_connect_object (view, handlers[k].name, handlers[k].handler, self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "brush-resize", G_CALLBACK (explorer_brush_resize), self->brush,
                           G_CONNECT_SWAPPED);
  explorer_view_grid_connect_view (self, view);
  return EXPLORER_FIELD_VIEW (view);
}
