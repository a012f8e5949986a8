/* Hand-outs: where parts go on pages, and what is drawn there. */

#include "pisd-draw-handout.h"
#include "pisd-error.h"
#include "pisd-test.h"

/* 2 x 2 panels. */
static PisdFigure *
make_figure (void)
{
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdPanel panels[4];
  const PisdFigure figure = {
    .caption = "Caption", .panels = panels, .n_rows = 2, .n_columns = 2, .step = -1
  };

  for (gsize i = 0; i < pisd_field_get_n (field); i++)
    field->data[i] = sin (0.1 * i);
  for (guint k = 0; k < 4; k++)
    panels[k] = (PisdPanel){
      .title = "u", .field = field, .map = PISD_COLORMAP_DIVERGING, .min = -1, .max = 1
    };
  return pisd_figure_dup (&figure);
}

/* The lowest row of a page's drawing that is not white, above the foot. */
static guint
find_bottom (const PisdHandoutLayout *layout, guint page)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_RGB24, (int) PISD_HANDOUT_WIDTH, (int) PISD_HANDOUT_HEIGHT);
  cairo_t *cr = cairo_create (surface);
  guint bottom = 0;

  pisd_draw_handout_page (cr, layout, page);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  for (guint y = 0; y < PISD_HANDOUT_HEIGHT - 40; y++)
    {
      const guint32 *row =
          (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface)
                                        + y * cairo_image_surface_get_stride (surface));

      for (guint x = 0; x < PISD_HANDOUT_WIDTH; x++)
        if ((row[x] & 0xffffff) != 0xffffff)
          bottom = y;
    }
  cairo_surface_destroy (surface);
  return bottom;
}

/* Pictures are as many as fit whole; nothing reaches into the margin. */
static void
test_pages (void)
{
  g_autoptr (PisdFigure) figure = make_figure ();
  PisdHandoutPart parts[5];
  const PisdHandout handout = { "Title", parts, G_N_ELEMENTS (parts) };
  static const guint pages[] = { 0, 0, 1, 1, 2 };
  g_autoptr (PisdHandoutLayout) layout = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    parts[k] = (PisdHandoutPart){ "Heading", "Text.", figure, FALSE };
  layout = pisd_handout_layout_new (&handout);
  g_assert_cmpuint (pisd_handout_layout_get_n_pages (layout), ==, 3);
  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    g_assert_cmpuint (pisd_handout_layout_find_page (layout, k), ==, pages[k]);
  for (guint page = 0; page < 3; page++)
    {
      g_assert_cmpuint (find_bottom (layout, page), >, 300);
      g_assert_cmpuint (find_bottom (layout, page), <, (guint) PISD_HANDOUT_HEIGHT - 56);
    }
}

/* Red from corner to corner of the box that it is given. */
static void
draw_red (cairo_t *cr, const PisdBox *box, gconstpointer data)
{
  g_assert_cmpfloat (box->width, ==, 1000);
  cairo_set_source_rgb (cr, 1.0, 0.0, 0.0);
  cairo_rectangle (cr, box->x, box->y, box->width, box->height);
  cairo_fill (cr);
}

/* A picture of its own measures is as wide as the text, in proportion, or as high as a page. */
static void
test_picture (void)
{
  static const double heights[] = { 500, 1000, 2400 };
  const double width = PISD_HANDOUT_WIDTH - 2 * 56;

  for (guint k = 0; k < G_N_ELEMENTS (heights); k++)
    {
      const PisdHandoutPicture picture = { 1000, heights[k], draw_red, NULL, NULL };
      const PisdHandoutPart part = { NULL, "Text.", NULL, FALSE, &picture };
      const PisdHandoutPart bare = { NULL, "Text.", NULL, FALSE, NULL };
      const PisdHandout with = { "Title", &part, 1 }, without = { "Title", &bare, 1 };
      g_autoptr (PisdHandoutLayout) layout = pisd_handout_layout_new (&with);
      g_autoptr (PisdHandoutLayout) other = pisd_handout_layout_new (&without);
      const guint last = pisd_handout_layout_get_n_pages (layout) - 1;
      const double top = last == 0 ? find_bottom (other, 0) : 56;
      const double height = fmin (width * heights[k] / 1000, PISD_HANDOUT_HEIGHT - 2 * 56 - 44);

      g_assert_cmpuint (last, ==, heights[k] > 1500);
      g_assert_cmpfloat (fabs (find_bottom (layout, last) - top - height), <, 20);
    }
}

/* A part that asks for it begins a page; the first one has its own already. */
static void
test_new_page (void)
{
  const PisdHandoutPart parts[] = { { NULL, "One.", NULL, TRUE },
                                    { NULL, "Two.", NULL, FALSE },
                                    { "Three", "Three.", NULL, TRUE } };
  const PisdHandout handout = { "Title", parts, G_N_ELEMENTS (parts) };
  g_autoptr (PisdHandoutLayout) layout = pisd_handout_layout_new (&handout);

  g_assert_cmpuint (pisd_handout_layout_get_n_pages (layout), ==, 3);
  g_assert_cmpuint (pisd_handout_layout_find_page (layout, 1), ==, 1);
  g_assert_cmpuint (pisd_handout_layout_find_page (layout, 2), ==, 2);
}

/* Text goes on on the next page, wherever a page ends, and none of it is lost. */
static void
test_long_text (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PisdHandoutPart part = { NULL, NULL, NULL, FALSE };
  const PisdHandout handout = { "Title", &part, 1 };
  g_autoptr (PisdHandoutLayout) layout = NULL;
  guint n;

  for (guint k = 0; k < 4000; k++)
    g_string_append (text, "größer ");
  part.text = text->str;
  layout = pisd_handout_layout_new (&handout);
  n = pisd_handout_layout_get_n_pages (layout);
  g_assert_cmpuint (n, >, 4);
  g_assert_cmpuint (n, <, 16);
  for (guint page = 0; page < n; page++)
    g_assert_cmpuint (find_bottom (layout, page), <, (guint) PISD_HANDOUT_HEIGHT - 50);
}

/* Of a long text no more is measured at a time than a page may hold. */
static void
test_longest_text (void)
{
  g_autofree char *text = g_strnfill (40 * 1000, 'a');
  PisdHandoutPart part = { NULL, text, NULL, FALSE };
  const PisdHandout handout = { "Title", &part, 1 };
  g_autoptr (PisdHandoutLayout) layout = NULL;

  for (guint k = 7; k < 40 * 1000; k += 8)
    text[k] = ' ';
  layout = pisd_handout_layout_new (&handout);
  g_assert_cmpuint (pisd_handout_layout_get_n_pages (layout), >, 6);
}

/* More rows than a page holds at that width are drawn smaller. */
static void
test_tall_figure (void)
{
  g_autoptr (PisdFigure) figure = make_figure ();
  PisdHandoutPart part = { "Heading", "Text.", figure, FALSE };
  const PisdHandout handout = { "Title", &part, 1 };
  PisdPanel panels[12];
  PisdFigure tall = { .panels = panels, .n_rows = 12, .n_columns = 1, .step = -1 };
  g_autoptr (PisdHandoutLayout) layout = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (panels); k++)
    panels[k] = figure->panels[0];
  part.figure = &tall;
  layout = pisd_handout_layout_new (&handout);
  g_assert_cmpuint (find_bottom (layout, pisd_handout_layout_get_n_pages (layout) - 1), <,
                    (guint) PISD_HANDOUT_HEIGHT - 50);
}

static void
test_broken_path (void)
{
  const PisdHandout handout = { "Title", NULL, 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_draw_save_handout ("/nowhere/at/all.pdf", &handout, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_IO);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/draw/handout/pages", test_pages);
  g_test_add_func ("/draw/handout/picture", test_picture);
  g_test_add_func ("/draw/handout/new-page", test_new_page);
  g_test_add_func ("/draw/handout/long-text", test_long_text);
  g_test_add_func ("/draw/handout/longest-text", test_longest_text);
  g_test_add_func ("/draw/handout/tall-figure", test_tall_figure);
  g_test_add_func ("/draw/handout/broken-path", test_broken_path);
  return g_test_run ();
}
