/* Slices of arrays of any order: every element is where its indices say. */
#include "pisd-slice.h"
#include "pisd-test-files.h"

#define N_DIMENSIONS 4

static const gsize shape[N_DIMENSIONS] = { 3, 40, 2, 300 };

/* Elements one after the other, made on the way: number n is n. */
typedef struct
{
  gsize at; /* bytes */
  gsize n_read;
  gsize whole;
} Source;

static gboolean
read_source (gpointer data, const char *what, void *bytes, gsize size, GError **error)
{
  Source *source = data;
  double *out = bytes;

  if (size > source->whole - MIN (source->whole, source->at))
    return pisd_error_fail (error, PISD_ERROR_FORMAT, "%s: too short", what);
  for (gsize k = 0; k < size / sizeof *out; k++)
    out[k] = (double) (source->at / sizeof *out + k);
  source->at += size;
  source->n_read += size;
  return TRUE;
}

static gboolean
skip_source (gpointer data, guint64 n, GError **error)
{
  ((Source *) data)->at += n;
  return TRUE;
}

static PisdSliceLayout
make_layout (gboolean is_fortran)
{
  PisdSliceLayout layout = { .n_dimensions = N_DIMENSIONS,
                             .is_fortran = is_fortran,
                             .type = pisd_element_type_find ("f8") };

  memcpy (layout.shape, shape, sizeof shape);
  return layout;
}

/* Number of an element in the file. */
static gsize
number (const gsize *index, gboolean is_fortran)
{
  gsize c = 0;

  for (guint d = 0; d < N_DIMENSIONS; d++)
    c = c * shape[d] + index[d];
  return is_fortran ? pisd_shape_fortran_index (N_DIMENSIONS, shape, c) : c;
}

/* Every pair of axes, in both orders of the file. */
static void
test_every_pair (void)
{
  static const gsize start[N_DIMENSIONS] = { 2, 17, 1, 123 };

  for (guint c = 0; c < 2 * N_DIMENSIONS * N_DIMENSIONS; c++)
    {
      const guint p = c / 2 / N_DIMENSIONS, q = c / 2 % N_DIMENSIONS;
      const PisdSliceLayout layout = make_layout (c % 2);
      Source source = { .whole = 3 * 40 * 2 * 300 * sizeof (double) };
      PisdSlice slice = { .axes = { p, q } };
      g_autofree double *out = g_new (double, 300 * 40);
      gsize index[N_DIMENSIONS];

      if (p == q)
        continue;
      memcpy (slice.start, start, sizeof start);
      g_assert_true (pisd_slice_check (&slice, N_DIMENSIONS, shape, NULL));
      g_assert_true (pisd_slice_read (
          &slice, &layout, &(PisdSliceSource){ read_source, skip_source, &source }, out, NULL));
      memcpy (index, start, sizeof start);
      for (index[p] = 0; index[p] < shape[p]; index[p]++)
        for (index[q] = 0; index[q] < shape[q]; index[q]++)
          g_assert_cmpfloat (out[index[p] * shape[q] + index[q]], ==,
                             (double) number (index, c % 2));
    }
}

static void
test_refused (void)
{
  const gsize long_side[] = { 9, PISD_SLICE_MAX_SIDE + 1 };
  const gsize endless[] = { G_MAXSIZE / 4, 8, 8 };
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_slice_check (&(PisdSlice){ .axes = { 0, 1 } }, 2, long_side, &error));
  test_assert_error (&error, LIMIT, "2049");
  g_assert_false (pisd_slice_check (&(PisdSlice){ .axes = { 3, 1 } }, 3, shape, &error));
  test_assert_error (&error, SHAPE, "got 3 dimensions, expected at least 4");
  g_assert_false (pisd_slice_check (&(PisdSlice){ .axes = { 1, 2 } }, 3, endless, &error));
  test_assert_error (&error, LIMIT, "64 bits");
  g_assert_false (
      pisd_slice_check (&(PisdSlice){ .axes = { 1, 3 }, .start = { 3 } }, 4, shape, &error));
  test_assert_error (&error, RANGE, "got 3", "0 to 2");
}

/* A file that ends too early. */
static void
test_short (void)
{
  const PisdSliceLayout layout = make_layout (FALSE);
  Source source = { .whole = 1000 };
  g_autofree double *out = g_new (double, 300 * 40);
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_slice_read (&(PisdSlice){ .axes = { 1, 3 }, .start = { 2 } }, &layout,
                                   &(PisdSliceSource){ read_source, skip_source, &source }, out,
                                   &error));
  test_assert_error (&error, FORMAT, "too short");
  g_assert_cmpuint (source.n_read, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/slice/every-pair", test_every_pair);
  g_test_add_func ("/files/slice/refused", test_refused);
  g_test_add_func ("/files/slice/short", test_short);
  return g_test_run ();
}
