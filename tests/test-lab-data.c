/* What the diffusion lab is shown: points, drawings, digits, fields; and latents. */
#include "pisd-components.h"
#include "pisd-energy-distance.h"
#include "pisd-error.h"
#include "pisd-lab-data.h"
#include "pisd-lab-digits.h"
#include "pisd-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define N_SAMPLES 3000

/* Standardised; sample i is the same in whatever company it is drawn. */
static void
test_standardised (void)
{
  for (guint id = 0; id < PISD_N_LAB_DATA; id++)
    {
      g_autoptr (PisdLabData) data = pisd_lab_data_new (id, NULL, NULL);
      const guint d = data->dimension;
      g_autofree double *x = g_new (double, N_SAMPLES *d);
      g_autofree double *again = g_new (double, d);
      guint labels[N_SAMPLES], label;
      double sum = 0.0, square = 0.0;

      g_assert_true (data->is_mixture == pisd_lab_data_is_mixture (id));
      pisd_lab_data_draw (data, 7, 0, N_SAMPLES, x, labels);
      for (gsize k = 0; k < N_SAMPLES * d; k++)
        {
          sum += x[k] / (N_SAMPLES * d);
          square += x[k] * x[k] / (N_SAMPLES * d);
        }
      test_assert_close (sum, 0.0, 0.05);
      test_assert_close (square, 1.0, 0.08);
      for (guint i = 0; i < N_SAMPLES; i++)
        g_assert_cmpuint (labels[i], <, data->n_labels);
      pisd_lab_data_draw (data, 7, 41, 1, again, &label);
      g_assert_cmpmem (again, d * sizeof (double), x + 41 * d, d * sizeof (double));
      g_assert_cmpuint (label, ==, labels[41]);
    }
}

/* Ten digits, each with paper and ink, no two of them alike. */
static void
test_digits (void)
{
  const double uniforms[PISD_DIGITS_N_UNIFORMS] = { 0.5, 0.5, 0.5, 0.5, 0.5 };
  double pixels[PISD_DIGITS_N_LABELS][64];

  for (guint digit = 0; digit < PISD_DIGITS_N_LABELS; digit++)
    {
      double ink = 0.0;

      pisd_digits_draw (digit, uniforms, 8, pixels[digit]);
      for (guint k = 0; k < 64; k++)
        {
          g_assert_cmpfloat (fabs (pixels[digit][k]), <=, 1.0);
          ink += (pixels[digit][k] + 1.0) / 2.0;
        }
      g_assert_cmpfloat (ink, >, 4.0);
      g_assert_cmpfloat (ink, <, 32.0);
      for (guint other = 0; other < digit; other++)
        {
          double apart = 0.0;

          for (guint k = 0; k < 64; k++)
            apart += fabs (pixels[digit][k] - pixels[other][k]);
          g_assert_cmpfloat (apart, >, 6.0);
        }
    }
}

/* Points of a drawing lie along it, and a file brings it back. */
static void
test_strokes (void)
{
  g_autoptr (PisdDrawing) strokes = pisd_drawing_new ();
  g_autoptr (PisdDrawing) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "pisd-strokes-test.csv", NULL);
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  const double none[2] = { 0.0, 0.0 };
  double x[2];

  pisd_drawing_add (strokes, -1.0, 0.5);
  pisd_drawing_add (strokes, 1.0, 0.5);
  pisd_drawing_begin (strokes);
  pisd_drawing_add (strokes, 0.0, -0.25);
  g_assert_cmpuint (pisd_drawing_get_n_labels (strokes), ==, 2);
  for (double u = 0.01; u < 1.0; u += 0.01)
    {
      const guint label = pisd_drawing_draw (strokes, u, none, x);

      test_assert_close (x[1], label == 0 ? 0.5 : -0.25, 1e-12);
      g_assert_cmpfloat (fabs (x[0]), <=, 1.0);
    }
  text = pisd_drawing_dup_csv (strokes);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  again = pisd_drawing_load (path, &error);
  g_assert_no_error (error);
  text_again = pisd_drawing_dup_csv (again);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_true (g_file_set_contents (path, "stroke,x,y\n0,a,1\n", -1, NULL));
  g_assert_null (pisd_drawing_load (path, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, ":2: "));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (path, "stroke,x,y\n0,1e308,1\n", -1, NULL));
  g_assert_null (pisd_drawing_load (path, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_FORMAT);
  g_remove (path);
}

/* With all components nothing is lost; latents are uncorrelated, of variance 1. */
static void
test_components (void)
{
  const guint d = 5, n = 400;
  g_autofree double *x = test_random (d * n, 4);
  g_autofree double *z = g_new (double, d *n);
  g_autofree double *back = g_new (double, d *n);
  g_autoptr (PisdComponents) all = NULL;
  g_autoptr (PisdComponents) two = NULL;

  for (guint i = 0; i < n; i++)
    {
      x[i * d + 1] = 3.0 * x[i * d] + 0.1 * x[i * d + 1] + 2.0;
      x[i * d + 2] *= 2.0;
    }
  all = pisd_components_new (PISD_LATENT_COMPONENTS, d, n, x, d, 1, NULL);
  pisd_components_encode (all, n, x, z);
  pisd_components_decode (all, n, z, back);
  for (guint k = 0; k < d * n; k++)
    test_assert_close (back[k], x[k], 1e-10);
  for (guint k = 0; k < d; k++)
    for (guint l = 0; l <= k; l++)
      {
        double sum = 0.0;

        for (guint i = 0; i < n; i++)
          sum += z[i * d + k] * z[i * d + l] / n;
        test_assert_close (sum, k == l ? 1.0 : 0.0, 1e-8);
      }
  test_assert_close (all->share, 1.0, 1e-12);
  two = pisd_components_new (PISD_LATENT_COMPONENTS, d, n, x, 2, 1, NULL);
  g_assert_cmpfloat (two->share, <, 0.99);
  g_assert_cmpfloat (two->share, >, 0.8);
}

/* <a, b> of [8, 8]. */
static double
get_product (const double *a, const double *b)
{
  double sum = 0.0;

  for (guint k = 0; k < 64; k++)
    sum += a[k] * b[k];
  return sum;
}

/* The modes of the DCT-II by their formula, by rising frequency and orthonormal. */
static void
check_modes (const PisdComponents *components)
{
  static const guint first[5][2] = { { 0, 0 }, { 0, 1 }, { 1, 0 }, { 1, 1 }, { 0, 2 } };

  for (guint k = 0; k < 5; k++)
    for (guint i = 0; i < 8; i++)
      for (guint j = 0; j < 8; j++)
        test_assert_close (components->vectors[k * 64 + i * 8 + j],
                           sqrt ((first[k][0] ? 2 : 1) * (first[k][1] ? 2 : 1)) / 8.0
                               * cos (G_PI * first[k][0] * (i + 0.5) / 8.0)
                               * cos (G_PI * first[k][1] * (j + 0.5) / 8.0),
                           1e-12);
  for (guint k = 0; k < components->n_kept; k++)
    for (guint l = 0; l <= k; l++)
      test_assert_close (get_product (components->vectors + k * 64, components->vectors + l * 64),
                         k == l ? 1.0 : 0.0, 1e-12);
}

/* Decoding what was encoded leaves the low frequencies and takes all others: a projection, the
 * identity where all modes are kept.  Latents have variance 1. */
static void
test_cosine (void)
{
  const guint n = 500;
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  g_autofree double *x = g_new (double, 64 * n);
  g_autofree double *z = g_new (double, 64 * n);
  g_autofree double *once = g_new (double, 64 * n);
  g_autofree double *twice = g_new (double, 64 * n);
  g_autoptr (PisdComponents) all = NULL;
  g_autoptr (PisdComponents) some = NULL;
  double sum = 0.0, square = 0.0;

  pisd_lab_data_draw (data, 3, 0, n, x, NULL);
  all = pisd_components_new (PISD_LATENT_COSINE, 64, n, x, 64, 1, NULL);
  some = pisd_components_new (PISD_LATENT_COSINE, 64, n, x, 20, 1, NULL);
  check_modes (all);
  test_assert_close (all->share, 1.0, 1e-12);
  pisd_components_encode (all, n, x, z);
  pisd_components_decode (all, n, z, once);
  for (guint k = 0; k < 64 * n; k++)
    test_assert_close (once[k], x[k], 1e-10);
  pisd_components_encode (some, n, x, z);
  pisd_components_decode (some, n, z, once);
  for (guint i = 0; i < n; i++)
    {
      sum += z[i * 20 + 13] / n;
      square += z[i * 20 + 13] * z[i * 20 + 13] / n;
    }
  test_assert_close (sum, 0.0, 1e-10);
  test_assert_close (square, 1.0, 1e-10);
  pisd_components_encode (some, n, once, z);
  pisd_components_decode (some, n, z, twice);
  for (guint k = 0; k < 64 * n; k++)
    test_assert_close (twice[k], once[k], 1e-10);
  for (guint k = 0; k < 64; k++)
    test_assert_close (get_product (all->vectors + k * 64, once),
                       k < 20 ? get_product (all->vectors + k * 64, x) : 0.0, 1e-10);
}

static double
get_square (guint n, const double *x)
{
  return test_dot (x, x, n);
}

/* Whether a raw field is one of the stock, however it is turned; `first`, `stride`: of which. */
static gboolean
is_in_stock (const PisdLabData *data, const double *x, guint first, guint stride)
{
  const guint d = data->dimension;
  const double square = get_square (d, x);

  for (guint k = first; k < 1024; k += stride)
    if (fabs (get_square (d, data->stock + (gsize) k * d) - square) < 1e-9 * square)
      return TRUE;
  return FALSE;
}

/* Samples as they were before they had the scale 1. */
static void
make_raw (const PisdLabData *data, gsize n, double *x)
{
  for (gsize k = 0; k < n * data->dimension; k++)
    x[k] = data->scale * x[k] + data->shift[0];
}

/* Fresh fields are none of the stock, and as far from it as from one another. */
static void
test_fresh (void)
{
  const guint n = 400, d = 256;
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_FIELDS, NULL, NULL);
  g_autofree double *x = g_new (double, 3 * n * d);
  PisdEnergySet sets[3];
  double to_stock, to_fresh;

  pisd_lab_data_draw (data, 5, 0, n, x, NULL);
  pisd_lab_data_draw (data, 5, PISD_LAB_FRESH, 2 * n, x + n * d, NULL);
  for (guint k = 0; k < 3; k++)
    pisd_energy_set_init (&sets[k], d, n, x + k * n * d, 2, NULL);
  to_stock = pisd_energy_distance (&sets[1], &sets[0], 2, NULL).of_sets;
  to_fresh = pisd_energy_distance (&sets[1], &sets[2], 2, NULL).of_sets;
  g_test_message ("stock to fresh %g, of two fresh sets %g", to_stock, to_fresh);
  test_assert_close (to_stock / to_fresh, 1.0, 0.2);
  make_raw (data, 3 * n, x);
  for (guint i = 0; i < 3 * n; i++)
    g_assert_true (is_in_stock (data, x + i * d, 0, 1) == (i < n));
}

static void
test_csv (void)
{
  const PisdLabData data = { .dimension = 2 };
  const double x[4] = { 0.5, -1.0, 2.0, 0.1 };
  const guint labels[2] = { 3, 0 };
  g_autoptr (GBytes) bytes = pisd_lab_data_make_csv (&data, 2, x, labels);
  const char *expected = "label,x0,x1\n3,0.5,-1\n0,2,0.1\n";

  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   strlen (expected));
}

/* Every field is one of the stock, turned, flipped or with the other sign: of 3000 draws from 1024
 * there are far more than 1024 different ones, and each has the squares of one of its family. */
static void
test_turned (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_FIELDS, NULL, NULL);
  const guint d = data->dimension;
  g_autofree double *x = g_new (double, N_SAMPLES *d);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_double_hash, g_double_equal);
  guint labels[N_SAMPLES];

  pisd_lab_data_draw (data, 7, 0, N_SAMPLES, x, labels);
  make_raw (data, N_SAMPLES, x);
  for (guint i = 0; i < N_SAMPLES; i++)
    {
      double *own = x + (gsize) i * d;

      g_assert_true (is_in_stock (data, own, labels[i], 3));
      for (guint k = 1; k < 20; k++)
        own[0] += own[k] / (k + 1.0); /* tells fields apart that vanish in a corner */
      g_hash_table_add (seen, own);
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 2000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/data/standardised", test_standardised);
  g_test_add_func ("/lab/data/digits", test_digits);
  g_test_add_func ("/lab/data/strokes", test_strokes);
  g_test_add_func ("/lab/data/csv", test_csv);
  g_test_add_func ("/lab/data/components", test_components);
  g_test_add_func ("/lab/data/turned", test_turned);
  g_test_add_func ("/lab/data/cosine", test_cosine);
  g_test_add_func ("/lab/data/fresh", test_fresh);
  return g_test_run ();
}
