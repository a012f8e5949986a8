#include "pisd-draw-card.h"

#include "pisd-test.h"

static void
take_row (PisdCard *card, const char *name)
{
  PisdCardRow row = { .ink = { 1.0, 0.0, 0.0, 1.0 },
                      .name = g_strdup (name),
                      .detail = g_strdup ("step 1"),
                      .value = g_strdup ("1 %") };

  pisd_card_take_row (card, &row);
}

/* A row too many is dropped with its texts (the leak checker sees to that). */
static void
test_rows (void)
{
  g_auto (PisdCard) card = { .scale = 1.0, .width = 200.0 };
  double one;

  take_row (&card, "one");
  one = pisd_card_get_height (&card);
  for (guint k = 0; k < 2 * PISD_CARD_MOST; k++)
    take_row (&card, "more");
  g_assert_cmpuint (card.n_rows, ==, PISD_CARD_MOST);
  g_assert_cmpstr (card.rows[0].name, ==, "one");
  g_assert_cmpfloat (pisd_card_get_height (&card), >, 0.6 * PISD_CARD_MOST * one);
  pisd_card_clear (&card);
  g_assert_cmpuint (card.n_rows, ==, 0);
}

/* Beside the place, never on it, within the bounds wherever it is. */
static void
test_place (void)
{
  const PisdBox bounds = { 10.0, 20.0, 600.0, 300.0 };
  g_auto (PisdCard) card = { .scale = 1.0, .width = 200.0 };

  for (guint k = 0; k < 4; k++)
    take_row (&card, "row");
  for (double x = bounds.x; x <= bounds.x + bounds.width; x += 7.0)
    for (double y = -100.0; y <= 500.0; y += 50.0)
      {
        PisdBox box = pisd_card_place (&card, x, y, bounds.x + bounds.width, &bounds);

        g_assert_true (box.x > x || box.x + box.width < x);
        g_assert_cmpfloat (box.x, >=, bounds.x);
        g_assert_cmpfloat (box.x + box.width, <=, bounds.x + bounds.width + 1.0);
        g_assert_cmpfloat (box.y, >=, bounds.y);
        g_assert_cmpfloat (box.y + box.height, <=, bounds.y + bounds.height + 1.0);
      }
}

/* The swatch of a row is there, in its ink. */
static void
test_swatch (void)
{
  const PisdBox box = { 2.5, 2.5, 200.0, 60.0 };
  g_auto (PisdCard) card = { .scale = 1.0, .width = 200.0 };
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 210, 70);
  cairo_t *cr = cairo_create (image);
  guint n_red = 0;

  take_row (&card, "row");
  pisd_draw_card (cr, &box, pisd_palette_get (FALSE), &card);
  cairo_destroy (cr);
  for (int y = 0; y < 70; y++)
    for (int x = 0; x < 210; x++)
      {
        const guint8 *data = cairo_image_surface_get_data (image);
        const guint8 *row = data + y * cairo_image_surface_get_stride (image);

        n_red += (((const guint32 *) (gconstpointer) row)[x] & 0xffffff) == 0xff0000 ? 1 : 0;
      }
  cairo_surface_destroy (image);
  g_assert_cmpuint (n_red, >=, 16);
  g_assert_cmpuint (n_red, <=, 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/card/rows", test_rows);
  g_test_add_func ("/draw/card/place", test_place);
  g_test_add_func ("/draw/card/swatch", test_swatch);
  return g_test_run ();
}
