/* Pictures that the command line saves, seen as pixels. */
#include "cli-fixture.h"
#include "pisd-npz-writer.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#define N 128

static void
write_truth (CliFixture *self, const char *name, const double *a, const double *u)
{
  static const gsize shape[] = { N, N };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree char *path = cli_path (self, name);
  g_autoptr (GError) error = NULL;

  pisd_npz_writer_add (writer, "a", 2, shape, a);
  pisd_npz_writer_add (writer, "u", 2, shape, u);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_no_error (error);
}

/* Different colours in the middle half of panel (row, column) of a figure; grows with what shows. */
static guint
count_colors (CliFixture *self, const char *name, guint row, guint column, guint n_columns)
{
  g_autofree char *path = cli_path (self, name);
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);
  const guint width = (guint) cairo_image_surface_get_width (image) / n_columns;
  const guint height = (guint) cairo_image_surface_get_height (image) / 2;
  g_autoptr (GHashTable) colors = g_hash_table_new (NULL, NULL);

  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  for (guint y = row * height + height / 3; y < row * height + 2 * height / 3; y++)
    for (guint x = column * width + width / 4; x < column * width + width / 2; x++)
      {
        const guint8 *line = cairo_image_surface_get_data (image)
                             + (gsize) y * (gsize) cairo_image_surface_get_stride (image);

        g_hash_table_add (colors, GUINT_TO_POINTER (((const guint32 *) (gconstpointer) line)[x]));
      }
  cairo_surface_destroy (image);
  return g_hash_table_size (colors);
}

/* A flat truth, and one that is nothing beside the estimate, leave the estimate its colours. */
static void
test_flat_truth (CliFixture *self, gconstpointer data)
{
  static const double sizes[] = { 0.0, 1e-300 };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autofree double *a = g_new (double, N *N);
      g_autofree double *u = g_new0 (double, N *N);

      for (guint i = 0; i < N * N; i++)
        a[i] = sizes[k] * sin (i);
      write_truth (self, "t.npz", a, u);
      cli_run (self, "sample --guidance none --steps 4 --truth t.npz --output o.npz --png f.png");
      cli_assert_status (self, 0);
      for (guint row = 0; row < 2; row++)
        {
          g_assert_cmpuint (count_colors (self, "f.png", row, 0, 3), >, 40);
          g_assert_cmpuint (count_colors (self, "f.png", row, 1, 3), ==, 1);
        }
    }
}

#define SWEEP \
  "bench sweep --instances 1 --samples 1 --set modes=16 --over steps --values 2 --sensors 20 "

/* Every ending that a figure has; the plot of a sweep has them too, and is refused before it runs. */
static void
test_sweep_endings (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) svg = NULL;

  cli_run (self, SWEEP "--png s.svg");
  cli_assert_status (self, 0);
  svg = cli_read (self, "s.svg");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (svg, NULL), "<?xml"));
  cli_run (self, SWEEP "--png s.bmp");
  cli_assert_refused (self, 2, "expected a name that ends in .png, .svg or .pdf", 1);
}

/* A PDF's title, which is written in UTF-16 as hexadecimal digits, in several lines. */
static char *
dup_title (GBytes *pdf)
{
  static const char key[] = "/Title <";
  const gsize n_key = strlen (key);
  gsize n;
  const char *from = g_bytes_get_data (pdf, &n);
  const char *end = from + n - n_key;
  g_autoptr (GByteArray) units = g_byte_array_new ();
  g_autoptr (GString) digits = g_string_new (NULL);

  while (from < end && memcmp (from, key, n_key) != 0)
    from++;
  g_assert_true (from < end);
  for (from += n_key; *from != '>'; from++)
    if (g_ascii_isxdigit (*from))
      g_string_append_c (digits, *from);
  for (gsize k = 0; k + 1 < digits->len; k += 2)
    {
      const int high = g_ascii_xdigit_value (digits->str[k]);
      const guint8 byte = (guint8) (high << 4 | g_ascii_xdigit_value (digits->str[k + 1]));

      g_byte_array_append (units, &byte, 1);
    }
  return g_convert ((const char *) units->data, units->len, "UTF-8", "UTF-16", NULL, NULL, NULL);
}

/* The figure says how it came about: its caption is a PDF's title too. */
static void
test_caption (CliFixture *self, gconstpointer data)
{
  static const char *const pieces[] = { " · 20 sensors (a", " · PISD, 4 steps, seed 1 · ",
                                        " · weights: a 0.05, equation 0.0005 · ", "error of a " };
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *title = NULL;

  cli_run (self, "sample --guidance pisd --steps 4 --observe-a 20 --output o.npz --png f.pdf");
  cli_assert_status (self, 0);
  pdf = cli_read (self, "f.pdf");
  title = dup_title (pdf);
  for (guint k = 0; k < G_N_ELEMENTS (pieces); k++)
    if (strstr (title, pieces[k]) == NULL)
      g_error ("`%s` lacks `%s`", title, pieces[k]);
}

/* A name without an ending is a PNG's. */
static void
test_no_ending (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --guidance none --steps 2 --output o.npz --png bare");
  cli_assert_status (self, 0);
  g_bytes_unref (cli_read (self, "bare.png"));
}

/* What has no time, an ending that is none of a film's, and another way to draw a flow are refused
 * before anything is computed. */
static void
test_film_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--output o.npz --animation film.gif", 2, "expected an equation whose fields change" },
    { "--output o.npz --animation film.mp4", 2, "expected .gif or .png" },
    { "--output o.npz --animation o.npz", 2, "o.npz" },
    { "--output o.npz --flow waves", 2, "expected none, lines or arrows" },
    { "--output o.npz --flow lines", 2, "got --flow without a picture, expected --png" },
    { "--output o.npz --flow lines --png f.png", 2, "poisson, which has no velocity" },
    { "--output o.npz --frames 1", 2, "got --frames without a picture, expected --png" },
    { "--output o.npz --show error", 2, "got --show without a picture, expected --png" },
    { "--output o.npz --png f.png --show error,haste", 2, "got `haste`, expected one of estimate" },
    { "--output o.npz --png f.png --show gradient", 2, "`pisd inspect` shows what is of a step" },
    { "--output o.npz --animation x.png --png x-000.png", 2, "--png and --animation: got `x-000" },
  };

  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

/* As many columns as were asked for, each with a picture of its own; modes have other colours than
 * space. */
static void
test_show (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --guidance none --steps 2 --set modes=12 --output o.npz --png f.png "
                 "--show truth,truth:modes,residual");
  cli_assert_status (self, 0);
  g_assert_cmpuint (count_colors (self, "f.png", 0, 0, 3), >, 60);
  g_assert_cmpuint (count_colors (self, "f.png", 0, 1, 3), >, 10);
  g_assert_cmpuint (count_colors (self, "f.png", 0, 1, 3), <, 50);
  g_assert_cmpuint (count_colors (self, "f.png", 1, 2, 3), >, 20);
}

/* A film of a flow, and its picture with and without streamlines. */
static void
test_film (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) film = NULL;
  gsize size;

  cli_run (self, "sample --problem navier-stokes --guidance second-order --steps 2 --observe-u 5 "
                 "--output o.npz --png plain.png --animation flow.gif");
  cli_assert_status (self, 0);
  film = cli_read (self, "flow.gif");
  g_assert_cmpmem (g_bytes_get_data (film, &size), 6, "GIF89a", 6);
  g_assert_cmpuint (size, >, 100000);
  cli_run (self, "sample --problem navier-stokes --guidance second-order --steps 2 --observe-u 5 "
                 "--output o.npz --flow lines --png lines.png --animation moments.png");
  cli_assert_status (self, 0);
  g_assert_true (cli_exists (self, "moments-009.png"));
  g_assert_false (cli_exists (self, "moments-010.png"));
  g_assert_cmpuint (count_colors (self, "lines.png", 0, 1, 3), >,
                    count_colors (self, "plain.png", 0, 1, 3) + 50);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/figure/flat-truth", CliFixture, NULL, cli_fixture_set_up, test_flat_truth,
              cli_fixture_tear_down);
  g_test_add ("/cli/figure/sweep-endings", CliFixture, NULL, cli_fixture_set_up, test_sweep_endings,
              cli_fixture_tear_down);
  g_test_add ("/cli/figure/caption", CliFixture, NULL, cli_fixture_set_up, test_caption,
              cli_fixture_tear_down);
  g_test_add ("/cli/figure/no-ending", CliFixture, NULL, cli_fixture_set_up, test_no_ending,
              cli_fixture_tear_down);
  g_test_add ("/cli/figure/film-refused", CliFixture, NULL, cli_fixture_set_up, test_film_refused,
              cli_fixture_tear_down);
  g_test_add ("/cli/figure/show", CliFixture, NULL, cli_fixture_set_up, test_show,
              cli_fixture_tear_down);
  g_test_add ("/cli/figure/film", CliFixture, NULL, cli_fixture_set_up, test_film,
              cli_fixture_tear_down);
  return g_test_run ();
}
