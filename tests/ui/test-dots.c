/* The dots of the sensors, which are drawn on a layer of their own that is kept as long as it is
 * right. */

#include "ui-fixture.h"

/* Where the sensor is at first, and where it goes. */
#define FROM 40
#define TO 90
#define ROW 64

/* The pixel of the picture that is on a node's centre. */
static guint32
get_pixel (ExplorerFieldView *view, int i, int j)
{
  GtkWidget *widget = GTK_WIDGET (view);
  const int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cairo_t *cr = cairo_create (image);
  GskRenderNode *node;
  guint32 pixel;
  double x, y;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  gsk_render_node_draw (node, cr);
  cairo_surface_flush (image);
  explorer_field_view_get_node_position (view, i, j, &x, &y);
  pixel = ((const guint32 *) (cairo_image_surface_get_data (image)
                              + (int) y * cairo_image_surface_get_stride (image)))[(int) x];
  gsk_render_node_unref (node);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
  return pixel;
}

/* Two pixels of one view, and of one field that does not change meanwhile. */
typedef struct
{
  guint32 from, to;
} Pixels;

static Pixels
get_pixels (Ui *ui, ExplorerColumn column)
{
  ExplorerFieldView *view = explorer_view_grid_get_view (ui->grid, 0, column);

  return (Pixels){ get_pixel (view, ROW, FROM), get_pixel (view, ROW, TO) };
}

static void
test_moves (Ui *ui, gconstpointer data)
{
  Pixels bare, placed, moved, removed;

  ui_move_away (); /* no cross-hair */
  ui_settle (ui);
  bare = get_pixels (ui, EXPLORER_COLUMN_TRUTH);
  g_assert_cmphex (bare.from, !=, 0);

  ui_click_node (ui, 0, EXPLORER_COLUMN_TRUTH, ROW, FROM, 1);
  ui_move_away ();
  ui_settle (ui);
  placed = get_pixels (ui, EXPLORER_COLUMN_TRUTH);
  g_assert_cmphex (placed.from, !=, bare.from);
  g_assert_cmphex (placed.to, ==, bare.to);

  ui_move_to_node (ui, 0, EXPLORER_COLUMN_TRUTH, ROW, FROM);
  ui_press (ui, 1);
  ui_move_to_node (ui, 0, EXPLORER_COLUMN_TRUTH, ROW, TO);
  ui_release (ui, 1);
  g_assert_cmpuint (ui_count (ui, PISD_FIELD_A), ==, 1);
  ui_move_away ();
  ui_settle (ui);
  moved = get_pixels (ui, EXPLORER_COLUMN_TRUTH);
  g_assert_cmphex (moved.from, ==, bare.from);
  g_assert_cmphex (moved.to, !=, bare.to);

  ui_key (ui, "ctrl+Delete");
  removed = get_pixels (ui, EXPLORER_COLUMN_TRUTH);
  g_assert_cmphex (removed.to, ==, bare.to);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/ui/dots/moves", Ui, NULL, ui_set_up, test_moves, ui_tear_down);
  return g_test_run ();
}
