#include "explorer-view-grid-private.h"

#include <math.h>

#include "pisd-draw-pins.h"
#include "pisd-draw-text.h"

/* In units of the window. */
static const double line_width = 1.5;
static const double rim = 1.6;
static const double end_radius = 3.0;
static const double marked_radius = 7.0;
static const double pin_radius = 7.5;
static const double pin_type = 10.0;

/* Where a place of the unit square lies on a view. */
static void
find_place (const PisdBox *whole, const PisdFieldInfo *info, double x, double y, double at[2])
{
  const double h = pisd_field_info_get_spacing (info);

  at[0] = whole->x + whole->width * (x / h + 0.5) / PISD_GRID;
  at[1] = whole->y + whole->height * (y / h + 0.5) / PISD_GRID;
}

/* Light on dark: visible on every colour. */
static void
stroke (cairo_t *cr)
{
  cairo_set_source_rgba (cr, 0.0, 0.0, 0.0, 0.6);
  cairo_set_line_width (cr, line_width + rim);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_set_line_width (cr, line_width);
  cairo_stroke (cr);
}

/* All within a rectangle: only what lies there is painted anew. */
static cairo_t *
begin (GtkSnapshot *snapshot, double x0, double y0, double x1, double y1)
{
  const double room = end_radius + line_width + rim;
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (
      (float) (fmin (x0, x1) - room), (float) (fmin (y0, y1) - room),
      (float) (fabs (x1 - x0) + 2.0 * room), (float) (fabs (y1 - y0) + 2.0 * room));

  return gtk_snapshot_append_cairo (snapshot, &bounds);
}

/* A line with a ring where its distances begin. */
static void
draw_line (GtkSnapshot *snapshot,
           const PisdBox *whole,
           const PisdFieldInfo *info,
           const PisdSegment *segment)
{
  double from[2], to[2];
  cairo_t *cr;

  find_place (whole, info, segment->x0, segment->y0, from);
  find_place (whole, info, segment->x1, segment->y1, to);
  cr = begin (snapshot, from[0], from[1], to[0], to[1]);
  cairo_move_to (cr, from[0], from[1]);
  cairo_line_to (cr, to[0], to[1]);
  stroke (cr);
  cairo_arc (cr, from[0], from[1], end_radius, 0.0, 2.0 * G_PI);
  stroke (cr);
  cairo_destroy (cr);
}

/* Rings around sensors of the moment that the row shows. */
static void
draw_marked (GtkSnapshot *snapshot,
             const PisdBox *heat,
             const PisdBox *whole,
             const ExplorerFieldRow *row,
             const PisdSensors *sensors)
{
  cairo_t *cr = begin (snapshot, heat->x, heat->y, heat->x + heat->width, heat->y + heat->height);
  double at[2];

  for (guint k = 0; k < sensors->n; k++)
    if (pisd_sensor_is_on (&sensors->items[k], row->info, row->frame))
      {
        find_place (whole, row->info, sensors->items[k].x, sensors->items[k].y, at);
        cairo_new_sub_path (cr);
        cairo_arc (cr, at[0], at[1], marked_radius, 0.0, 2.0 * G_PI);
      }
  stroke (cr);
  cairo_destroy (cr);
}

/* A disc with the pin's number around (0, 0). */
static GskRenderNode *
new_pin (guint number)
{
  static const char *const numbers[EXPLORER_MOST_PINS] = { "1", "2", "3", "4", "5" };
  static const PisdInk white = { 1.0, 1.0, 1.0, 1.0 };
  const PisdTextStyle style = { .size = pin_type, .ink = &white, .align = 0.5 };
  const float reach = (float) pin_radius + 1.0f;
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (-reach, -reach, 2.0f * reach, 2.0f * reach);
  GskRenderNode *node = gsk_cairo_node_new (&bounds);
  cairo_t *cr = gsk_cairo_node_get_draw_context (node);

  cairo_arc (cr, 0.0, 0.0, pin_radius, 0.0, 2.0 * G_PI);
  pisd_ink_set (cr, pisd_pins_get_ink (pisd_palette_get (FALSE), number));
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  pisd_draw_text (cr, 0.0, 0.0, &style, numbers[number]);
  cairo_destroy (cr);
  return node;
}

/* The same one wherever it is: what has not moved is not painted anew. */
static void
draw_pin (ExplorerViewGrid *self,
          GtkSnapshot *snapshot,
          const PisdBox *whole,
          const PisdFieldInfo *info,
          guint number)
{
  const PisdWatchNode *node = explorer_gauge_get_pin (self->gauge, number);
  const double h = pisd_field_info_get_spacing (info);
  double at[2];

  find_place (whole, info, node->j * h, node->i * h, at);
  if (self->pins[number] == NULL)
    self->pins[number] = new_pin (number);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot, &GRAPHENE_POINT_INIT ((float) floor (at[0]) + 0.5f, (float) floor (at[1]) + 0.5f));
  gtk_snapshot_append_node (snapshot, self->pins[number]);
  gtk_snapshot_restore (snapshot);
}

static gboolean
shows_line (ExplorerViewGrid *self)
{
  return explorer_preferences_get (self->preferences, "measure") == EXPLORER_MEASURE_PROFILE;
}

static void
draw_marks (ExplorerViewGrid *self,
            const ExplorerFieldRow *row,
            const PisdBox *heat,
            const PisdBox *whole,
            GtkSnapshot *snapshot)
{
  const PisdSensors *marked = explorer_gauge_get_marked (self->gauge);
  PisdSegment segment;

  if (shows_line (self))
    {
      explorer_view_grid_get_segment (self, &segment);
      draw_line (snapshot, whole, row->info, &segment);
    }
  if (marked != NULL)
    draw_marked (snapshot, heat, whole, row, marked);
  for (guint k = 0; k < explorer_gauge_get_n_pins (self->gauge); k++)
    draw_pin (self, snapshot, whole, row->info, k);
}

/* A view that marks are drawn on, and where. */
typedef struct
{
  const ExplorerFieldRow *row;
  guint frame;
  graphene_point_t origin;
  PisdBox heat, whole;
} Place;

#define MOST_PLACES (PISD_MAX_FIELDS * EXPLORER_N_COLUMNS)

static gboolean
find_view (ExplorerViewGrid *self,
           const ExplorerFieldRow *row,
           ExplorerFieldView *view,
           Place *place)
{
  graphene_point_t zero = GRAPHENE_POINT_INIT_ZERO;

  place->row = row;
  place->frame = row->frame;
  if (!gtk_widget_get_child_visible (GTK_WIDGET (view)) || explorer_field_view_is_of_modes (view)
      || !gtk_widget_compute_point (GTK_WIDGET (view), GTK_WIDGET (self), &zero, &place->origin))
    return FALSE;
  explorer_field_view_get_boxes (view, &place->heat, &place->whole);
  return TRUE;
}

static guint
list_places (ExplorerViewGrid *self, Place *places)
{
  guint n = 0;

  for (guint k = 0; k < self->rows.n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      n += find_view (self, &self->rows.items[k], self->rows.items[k].views[c], &places[n]);
  return n;
}

static void
draw_at (ExplorerViewGrid *self, const Place *place, GtkSnapshot *snapshot)
{
  const PisdBox *heat = &place->heat;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &place->origin);
  gtk_snapshot_push_clip (snapshot,
                          &GRAPHENE_RECT_INIT ((float) heat->x, (float) heat->y,
                                               (float) heat->width, (float) heat->height));
  draw_marks (self, place->row, heat, &place->whole, snapshot);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_restore (snapshot);
}

static GskRenderNode *
new_marks (ExplorerViewGrid *self, guint n, const Place *places)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();

  for (guint k = 0; k < n; k++)
    draw_at (self, &places[k], snapshot);
  return gtk_snapshot_free_to_node (snapshot);
}

/* What the marks follow from, but for the gauge itself. */
static GBytes *
new_key (ExplorerViewGrid *self, guint n, const Place *places)
{
  g_autoptr (GByteArray) key = g_byte_array_new ();
  PisdSegment segment = { 0 };

  if (shows_line (self))
    explorer_view_grid_get_segment (self, &segment);
  g_byte_array_append (key, (const guint8 *) &segment, sizeof segment);
  g_byte_array_append (key, (const guint8 *) places, n * sizeof *places);
  return g_byte_array_free_to_bytes (g_steal_pointer (&key));
}

static void
forget_marks (ExplorerViewGrid *self)
{
  g_clear_pointer (&self->marks, gsk_render_node_unref);
  g_clear_pointer (&self->marks_key, g_bytes_unref);
}

/* The panes below are drawn with every step; marks stay the same node as long as they can, which is
 * not painted anew. */
void
explorer_view_grid_draw_gauge (ExplorerViewGrid *self, GtkSnapshot *snapshot)
{
  Place places[MOST_PLACES] = { 0 };
  g_autoptr (GBytes) key = NULL;
  guint n;

  if (self->gauge == NULL || !explorer_view_grid_has_rows (self)
      || (!shows_line (self) && explorer_gauge_get_n_pins (self->gauge) == 0
          && explorer_gauge_get_marked (self->gauge) == NULL))
    return;
  n = list_places (self, places);
  key = new_key (self, n, places);
  if (self->marks_key == NULL || !g_bytes_equal (key, self->marks_key))
    {
      forget_marks (self);
      self->marks = new_marks (self, n, places);
      self->marks_key = g_steal_pointer (&key);
    }
  if (self->marks != NULL)
    gtk_snapshot_append_node (snapshot, self->marks);
}

static void
on_gauge_changed (ExplorerViewGrid *self)
{
  forget_marks (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_view_grid_clear_gauge (ExplorerViewGrid *self)
{
  forget_marks (self);
  for (guint k = 0; k < EXPLORER_MOST_PINS; k++)
    g_clear_pointer (&self->pins[k], gsk_render_node_unref);
  g_clear_object (&self->gauge);
}

void
explorer_view_grid_get_segment (ExplorerViewGrid *self, PisdSegment *segment)
{
  const gboolean has_probe = self->probe.i >= 0 && explorer_view_grid_has_rows (self);
  const double h =
      has_probe ? pisd_field_info_get_spacing (self->rows.items[self->probe.row].info) : 0.0;

  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && self->gauge != NULL);
  explorer_gauge_get_segment (self->gauge, has_probe ? self->probe.j * h : 0.5,
                              has_probe ? self->probe.i * h : 0.5, segment);
}

/* A line with Shift: its profile is shown. */
void
explorer_view_grid_measure (ExplorerViewGrid *self,
                            int i,
                            int j,
                            int to_i,
                            int to_j,
                            ExplorerFieldView *view)
{
  const ExplorerFieldRow *row = explorer_field_rows_find (&self->rows, view);
  double h;

  if (row == NULL || self->gauge == NULL || explorer_field_view_is_of_modes (view))
    return;
  h = pisd_field_info_get_spacing (row->info);
  explorer_gauge_draw_line (self->gauge, &(PisdSegment){ j * h, i * h, to_j * h, to_i * h });
  explorer_preferences_set (self->preferences, "measure", EXPLORER_MEASURE_PROFILE);
}

void
explorer_view_grid_set_gauge (ExplorerViewGrid *self, ExplorerGauge *gauge)
{
  g_return_if_fail (EXPLORER_IS_VIEW_GRID (self) && self->gauge == NULL);
  self->gauge = g_object_ref (gauge);
  g_signal_connect_object (gauge, "changed", G_CALLBACK (on_gauge_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::measure", G_CALLBACK (on_gauge_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "probed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_DEFAULT);
}
