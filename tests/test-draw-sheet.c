/* The contact sheet: where its cells are, and its heads in a locale that writes 0,5. */

#include <locale.h>
#include <string.h>

#include "pisd-draw-sheet.h"
#include "pisd-test.h"

#define WIDTH 420
#define HEIGHT 360
#define N_ROWS 2
#define N_COLUMNS 3

static const PisdBox box = { 0.0, 0.0, WIDTH, HEIGHT };

static PisdSheet
make_sheet (const PisdSheetCell *cells, const char *const *down, const char *const *across)
{
  return (PisdSheet){ .n_axes = 2,
                      .axes = { { "Weight", N_ROWS, down }, { "Steps", N_COLUMNS, across } },
                      .cells = cells,
                      .limit = 1.0 };
}

static cairo_surface_t *
draw (const char *const *down, const char *const *across)
{
  const PisdSheetCell cells[N_ROWS * N_COLUMNS] = { { NULL, NULL, NAN } };
  const PisdSheet sheet = make_sheet (cells, down, across);
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (image);
  PisdSheetLayout layout;

  pisd_sheet_layout_init (&layout, &sheet, &box, 1.0);
  pisd_draw_sheet (cr, &layout, pisd_palette_get (FALSE), &sheet, -1);
  cairo_destroy (cr);
  cairo_surface_flush (image);
  return image;
}

static gboolean
look_alike (cairo_surface_t *a, cairo_surface_t *b)
{
  const gsize n = (gsize) cairo_image_surface_get_stride (a) * HEIGHT;

  return memcmp (cairo_image_surface_get_data (a), cairo_image_surface_get_data (b), n) == 0;
}

/* Heads typed with a point look as if typed with the locale's. */
static void
test_heads (void)
{
  const char *const point[] = { "0.25", "0.5" }, *const comma[] = { "0,25", "0,5" };
  const char *const steps[] = { "10", "1.5e3", "dps" }, *const there[] = { "10", "1,5e3", "dps" };
  const gboolean is_german = setlocale (LC_NUMERIC, "de_DE.UTF-8") != NULL;
  cairo_surface_t *typed, *expected;

  if (!is_german)
    {
      g_test_skip ("there is no locale de_DE.UTF-8");
      return;
    }
  typed = draw (point, steps);
  expected = draw (comma, there);
  g_assert_true (look_alike (typed, expected));
  cairo_surface_destroy (typed);
  setlocale (LC_NUMERIC, "C");
  typed = draw (point, steps);
  g_assert_false (look_alike (typed, expected));
  cairo_surface_destroy (typed);
  cairo_surface_destroy (expected);
}

/* A cell is found at its own middle; the best is the one with the smallest error. */
static void
test_cells (void)
{
  const PisdSheetCell cells[N_ROWS * N_COLUMNS] = { { NULL, NULL, 0.3 }, { NULL, NULL, NAN },
                                                    { NULL, NULL, 0.1 }, { NULL, NULL, 0.2 },
                                                    { NULL, NULL, NAN }, { NULL, NULL, NAN } };
  const char *const down[] = { "1", "2" }, *const across[] = { "1", "2", "3" };
  const PisdSheet sheet = make_sheet (cells, down, across);
  PisdSheetLayout layout;

  pisd_sheet_layout_init (&layout, &sheet, &box, 1.0);
  for (guint k = 0; k < N_ROWS * N_COLUMNS; k++)
    {
      const PisdBox cell = pisd_sheet_layout_get_cell (&layout, k);

      g_assert_cmpint (
          pisd_sheet_layout_find (&layout, cell.x + cell.width / 2.0, cell.y + cell.height / 2.0),
          ==, k);
    }
  g_assert_cmpint (pisd_sheet_layout_find (&layout, 1.0, 1.0), ==, -1);
  g_assert_cmpint (pisd_sheet_find_best (&sheet), ==, 2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/sheet/heads", test_heads);
  g_test_add_func ("/draw/sheet/cells", test_cells);
  return g_test_run ();
}
