#include "explorer-view-grid-private.h"

#include "pisd-draw-pins.h"
#include "pisd-draw-text.h"

/* More rings say no more, and take longer. */
#define MOST_MARKED 512

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

/* A line with a ring where its distances begin. */
static void
draw_line (cairo_t *cr, const PisdBox *whole, const PisdFieldInfo *info, const PisdSegment *segment)
{
  double from[2], to[2];

  find_place (whole, info, segment->x0, segment->y0, from);
  find_place (whole, info, segment->x1, segment->y1, to);
  cairo_move_to (cr, from[0], from[1]);
  cairo_line_to (cr, to[0], to[1]);
  stroke (cr);
  cairo_arc (cr, from[0], from[1], end_radius, 0.0, 2.0 * G_PI);
  stroke (cr);
}

/* A disc with the pin's number. */
static void
draw_pin (cairo_t *cr,
          const PisdBox *whole,
          const PisdFieldInfo *info,
          const PisdPalette *palette,
          const PisdWatchNode *node,
          guint number)
{
  static const char *const numbers[EXPLORER_MOST_PINS] = { "1", "2", "3", "4", "5" };
  static const PisdInk white = { 1.0, 1.0, 1.0, 1.0 };
  const PisdTextStyle style = { .size = pin_type, .ink = &white, .align = 0.5 };
  const double h = pisd_field_info_get_spacing (info);
  double at[2];

  find_place (whole, info, node->j * h, node->i * h, at);
  cairo_new_path (cr);
  cairo_arc (cr, at[0], at[1], pin_radius, 0.0, 2.0 * G_PI);
  pisd_ink_set (cr, pisd_pins_get_ink (palette, number));
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_set_line_width (cr, 1.2);
  cairo_stroke (cr);
  pisd_draw_text (cr, at[0], at[1], &style, numbers[number]);
}

/* Rings around sensors of the moment that the row shows. */
static void
draw_marked (cairo_t *cr,
             const PisdBox *whole,
             const ExplorerFieldRow *row,
             const PisdSensors *sensors)
{
  const guint n = sensors == NULL ? 0 : MIN (sensors->n, MOST_MARKED);
  double at[2];

  for (guint k = 0; k < n; k++)
    if (pisd_sensor_is_on (&sensors->items[k], row->info, row->frame))
      {
        find_place (whole, row->info, sensors->items[k].x, sensors->items[k].y, at);
        cairo_new_sub_path (cr);
        cairo_arc (cr, at[0], at[1], marked_radius, 0.0, 2.0 * G_PI);
      }
  stroke (cr);
}

static gboolean
shows_line (ExplorerViewGrid *self)
{
  return explorer_preferences_get (self->preferences, "measure") == EXPLORER_MEASURE_PROFILE;
}

static void
draw_on_view (ExplorerViewGrid *self,
              const ExplorerFieldRow *row,
              ExplorerFieldView *view,
              cairo_t *cr)
{
  graphene_point_t origin = GRAPHENE_POINT_INIT_ZERO;
  PisdSegment segment;
  PisdBox heat, whole;

  if (!gtk_widget_get_child_visible (GTK_WIDGET (view)) || explorer_field_view_is_of_modes (view)
      || !gtk_widget_compute_point (GTK_WIDGET (view), GTK_WIDGET (self), &origin, &origin))
    return;
  explorer_field_view_get_boxes (view, &heat, &whole);
  cairo_save (cr);
  cairo_translate (cr, origin.x, origin.y);
  cairo_rectangle (cr, heat.x, heat.y, heat.width, heat.height);
  cairo_clip (cr);
  if (shows_line (self))
    {
      explorer_view_grid_get_segment (self, &segment);
      draw_line (cr, &whole, row->info, &segment);
    }
  draw_marked (cr, &whole, row, explorer_gauge_get_marked (self->gauge));
  for (guint k = 0; k < explorer_gauge_get_n_pins (self->gauge); k++)
    draw_pin (cr, &whole, row->info, pisd_palette_get (FALSE),
              explorer_gauge_get_pin (self->gauge, k), k);
  cairo_restore (cr);
}

void
explorer_view_grid_draw_gauge (ExplorerViewGrid *self, GtkSnapshot *snapshot)
{
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0.0f, 0.0f, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                          (float) gtk_widget_get_height (GTK_WIDGET (self)));
  cairo_t *cr;

  if (self->gauge == NULL || !explorer_view_grid_has_rows (self)
      || (!shows_line (self) && explorer_gauge_get_n_pins (self->gauge) == 0
          && explorer_gauge_get_marked (self->gauge) == NULL))
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  for (guint k = 0; k < self->rows.n; k++)
    for (ExplorerColumn c = 0; c < EXPLORER_N_COLUMNS; c++)
      draw_on_view (self, &self->rows.items[k], self->rows.items[k].views[c], cr);
  cairo_destroy (cr);
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
  g_signal_connect_object (gauge, "changed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preferences, "notify::measure", G_CALLBACK (gtk_widget_queue_draw),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "probed", G_CALLBACK (gtk_widget_queue_draw), self,
                           G_CONNECT_DEFAULT);
}
