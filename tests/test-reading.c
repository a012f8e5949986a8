/* What the arrays of a file are, found by the equation alone: which one, in which order, by which factor, of every
 * format that there is; the same pure function without any person's help and with it. */
#include <math.h>

#include "pisd-instance.h"
#include "pisd-npz-writer.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"
#ifdef PISD_WITH_HDF5
#include "pisd-test-hdf5.h"
#endif

#define S PISD_GRID
#define N_CASES 3
#define CASE 1

/* A truth that the program draws, and how somebody else would write it. */
typedef struct
{
  PisdEquation equation;
  PisdInstance *truth;
  gboolean is_xy;
  double factor; /* that the reader has to find */
} Case;

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "theirs");
}

static Case
case_new (PisdProblemId problem, double constant, gboolean is_xy, double factor)
{
  Case self = { { problem, { problem == 0 ? 0 : constant } }, NULL, is_xy, factor };
  g_autoptr (GError) error = NULL;

  self.truth = pisd_instance_new_random (&self.equation, PISD_FAMILY_GRF, 3, &error);
  g_assert_no_error (error);
  return self;
}

/* The last frame of a field, as it stands in their file; other cases of the stack are noise. */
static void
fill_field (const Case *self, guint field, double *out)
{
  PisdField *const *fields = pisd_instance_get_fields (self->truth);
  const PisdField frame = pisd_field_get_last_frame (fields[field]);
  const double scale = field == 0 ? 1 / self->factor : 1;

  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      out[self->is_xy ? j * S + i : i * S + j] = scale * frame.data[i * S + j];
}

static PisdArray *
make_stack (const Case *self, guint field, const char *name)
{
  const gsize shape[] = { N_CASES, S, S };
  PisdArray *array = pisd_array_new (name, 3, shape);

  array->data = g_new (double, N_CASES *S *S);
  for (guint p = 0; p < S * S; p++)
    array->data[p] = sin (p * (field + 1.0));
  fill_field (self, field, array->data + CASE * S * S);
  return array;
}

static void
write_arrays (const Case *self, const char *path)
{
  g_autoptr (PisdArray) u = make_stack (self, 1, "phi");
  g_autoptr (PisdArray) a = make_stack (self, 0, "psi");
  const PisdArray *const arrays[] = { u, a };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < 2; k++)
    pisd_npz_writer_add (writer, arrays[k]->name, 3, arrays[k]->shape, arrays[k]->data);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_no_error (error);
}

/* [case, field, y, x] */
static void
write_npy (const Case *self, const char *path)
{
  const gsize shape[] = { N_CASES, 2, S, S };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree double *all = g_new (double, N_CASES * 2 * S * S);

  for (guint p = 0; p < 2 * S * S; p++)
    all[p] = sin (p);
  for (guint f = 0; f < 2; f++)
    fill_field (self, f, all + (CASE * 2 + f) * S * S);
  pisd_npz_writer_add (writer, "x", 4, shape, all);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
}

#ifdef PISD_WITH_HDF5
static void
write_hdf5 (const Case *self, const char *path)
{
  const gboolean is_matlab = g_str_has_suffix (path, ".mat");
  const hid_t file = test_hdf5_create (path, is_matlab);
  g_autoptr (PisdArray) u = make_stack (self, 1, "phi");
  g_autoptr (PisdArray) a = make_stack (self, 0, "psi");

  test_hdf5_add (file, u, is_matlab);
  test_hdf5_add (file, a, is_matlab);
  test_hdf5_close (file, path, is_matlab);
}
#endif

static const struct
{
  const char *suffix;
  void (*write) (const Case *self, const char *path);
  double accuracy; /* of the fields: single precision or double */
} formats[] = {
  { ".npz", write_arrays, 1e-12 },  { ".mat", write_arrays, 1e-12 }, { ".npy", write_npy, 1e-12 },
#ifdef PISD_WITH_HDF5
  { "-7.3.mat", write_hdf5, 1e-6 }, { ".h5", write_hdf5, 1e-6 },
#endif
};

/* Opened without a word but the case's number: the best reading is the true one. */
static void
assert_found (const Case *self, const char *path, double accuracy, gboolean knows_order)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, &error);
  g_autoptr (PisdInstance) found = NULL;
  g_auto (PisdReadingWish) wish = { 0 };
  const PisdReading *reading;

  pisd_reading_wish_init (&wish);
  wish.index = CASE;
  if (!knows_order)
    wish.order = self->is_xy;
  found = pisd_instance_new_from_file (&self->equation, input, &wish, &error);
  g_assert_no_error (error);
  reading = pisd_instance_get_reading (found);
  g_assert_true (reading->is_xy == self->is_xy);
  g_assert_cmpuint (reading->n_cases, ==, N_CASES);
  test_assert_close (reading->factor, self->factor, 1e-4 * fabs (self->factor));
  test_assert_below (reading->residual, 1e-3);
  for (guint f = 0; f < 2; f++)
    {
      const PisdField got = pisd_field_get_last_frame (pisd_instance_get_fields (found)[f]);
      const PisdField expected =
          pisd_field_get_last_frame (pisd_instance_get_fields (self->truth)[f]);

      test_assert_below (pisd_field_relative_error (&got, &expected),
                         MAX (accuracy, 1e-7 * (self->factor != 1)));
    }
}

static void
test_formats (TestFile *fixture, gconstpointer data)
{
  for (guint is_xy = 0; is_xy < 2; is_xy++)
    for (guint problem = 0; problem < 2; problem++)
      for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
        {
          Case self = case_new (problem, 1, is_xy, problem == 0 ? -0.25 : 1);
          g_autofree char *path = g_strconcat (fixture->path, formats[k].suffix, NULL);

          formats[k].write (&self, path);
          assert_found (&self, path, formats[k].accuracy, FALSE);
          pisd_instance_unref (self.truth);
        }
}

/* A flow tells the orders apart: transposed it would turn around. */
static void
test_flows (TestFile *fixture, gconstpointer data)
{
  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    {
      Case self = case_new (test_flow_get_problem (), 1e-3, k % 2, 1);
      g_autofree char *path = g_strconcat (fixture->path, formats[k].suffix, NULL);

      formats[k].write (&self, path);
      assert_found (&self, path, formats[k].accuracy, TRUE);
      pisd_instance_unref (self.truth);
    }
}

static GPtrArray *
guess (const Case *self, const char *path, const PisdReadingWish *wish, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);
  g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, error);

  return pisd_reading_guess (arrays, &self->equation, wish, error);
}

/* The list: swapped arrays last, orders that the equation does not know apart marked so. */
static void
test_list (TestFile *fixture, gconstpointer data)
{
  Case self = case_new (0, 0, FALSE, 3);
  g_autofree char *path = g_strconcat (fixture->path, ".mat", NULL);
  g_auto (PisdReadingWish) wish = { 0 };
  g_autoptr (GPtrArray) list = NULL;
  const PisdReading *best, *worst;
  g_autofree char *text = NULL;

  write_arrays (&self, path);
  pisd_reading_wish_init (&wish);
  wish.index = CASE;
  list = guess (&self, path, &wish, NULL);
  g_assert_cmpuint (list->len, ==, 4);
  best = g_ptr_array_index (list, 0);
  worst = g_ptr_array_index (list, 3);
  g_assert_true (best->is_open && !best->is_xy);
  g_assert_cmpstr (best->names[0], ==, "psi");
  g_assert_cmpstr (worst->names[0], ==, "phi");
  g_assert_cmpfloat (worst->residual, >, 0.5);
  text = pisd_reading_dup_text (best, 0);
  g_assert_nonnull (strstr (text, "a = \"psi\", u = \"phi\", [y, x]"));
  g_assert_nonnull (strstr (text, "factor 3"));
  pisd_instance_unref (self.truth);
}

/* A reading is of the file in which it was found: of another one it is an error. */
static void
test_other_file (TestFile *fixture, gconstpointer data)
{
  static const gsize smaller[] = { 2, 2, 2 };
  static const double zeros[8] = { 0 };
  g_autofree char *path = g_strconcat (fixture->path, ".npz", NULL);
  const PisdReading of_phi = { .names = { (char *) "phi" },
                               .slices = { { .axes = { 1, 2 } } },
                               .side = S },
                    of_other_side = { .names = { (char *) "phi" },
                                      .slices = { { .axes = { 1, 2 } } },
                                      .side = 64 },
                    of_second = { .names = { (char *) "psi" }, .numbers = { 1 }, .side = S };
  const PisdReading *const readings[] = { &of_phi, &of_other_side, &of_second };
  static const char *const says[] = { "\"phi\": got 2x2", "expected a slice of 64x64", "no array" };

  for (guint k = 0; k < 6; k++)
    {
      g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (PisdArrays) arrays = NULL;

      pisd_npz_writer_add (writer, "phi", 2 + k / 3, smaller, zeros);
      g_assert_true (pisd_npz_writer_save (writer, path, NULL));
      input = pisd_input_open (path, NULL, NULL);
      arrays = pisd_arrays_new (input, NULL);
      g_assert_null (pisd_reading_load (readings[k % 3], arrays, pisd_operator_get (0), 0, &error));
      test_assert_error (&error, SHAPE, path, says[k % 3]);
    }
}

/* Field 0 alone, what is wrong is said, and what a person says is taken. */
static void
test_wishes (TestFile *fixture, gconstpointer data)
{
  Case self = case_new (0, 0, FALSE, 1);
  g_autofree char *path = g_strconcat (fixture->path, ".mat", NULL);
  g_auto (PisdReadingWish) wish = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdInstance) alone = NULL;

  write_arrays (&self, path);
  input = pisd_input_open (path, NULL, NULL);
  pisd_reading_wish_init (&wish);
  g_assert_null (pisd_instance_new_from_file (&self.equation, input, &wish, &error)); /* case 0 */
  test_assert_error (&error, FORMAT, "of the equation is left", "say which arrays");
  wish.index = N_CASES;
  g_assert_null (pisd_instance_new_from_file (&self.equation, input, &wish, &error));
  test_assert_error (&error, RANGE, "got 3, expected 0 to 2");
  wish.index = CASE;
  wish.names[0] = g_strdup ("nowhere");
  g_assert_null (pisd_instance_new_from_file (&self.equation, input, &wish, &error));
  test_assert_error (&error, FORMAT, "\"phi\" (3x128x128)");
  g_free (wish.names[0]);
  wish.names[0] = g_strdup ("phi"); /* no source of any other array here, but it may be one */
  alone = pisd_instance_new_from_file (&self.equation, input, &wish, &error);
  g_assert_no_error (error);
  g_assert_null (pisd_instance_get_reading (alone)->names[1]);
  pisd_instance_unref (self.truth);
}

/* An array that is named is looked at wherever it stands. */
static void
test_many (TestFile *fixture, gconstpointer data)
{
  const gsize shape[] = { S, S };
  Case self = case_new (0, 0, FALSE, 1);
  g_autofree char *path = g_strconcat (fixture->path, ".npz", NULL);
  g_autofree double *numbers = g_new (double, S *S);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_auto (PisdReadingWish) wish = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdInstance) last = NULL;

  fill_field (&self, 0, numbers);
  for (guint k = 0; k < 12; k++)
    {
      g_autofree char *name = g_strdup_printf ("k%u", k);

      pisd_npz_writer_add (writer, name, 2, shape, numbers);
    }
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  input = pisd_input_open (path, NULL, NULL);
  pisd_reading_wish_init (&wish);
  wish.names[0] = g_strdup ("k11");
  last = pisd_instance_new_from_file (&self.equation, input, &wish, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (pisd_instance_get_reading (last)->names[0], ==, "k11");
  pisd_instance_unref (self.truth);
}

/* Another grid: a solution of few modes on 64 nodes and its source. */
static void
test_resampled (TestFile *fixture, gconstpointer data)
{
  enum
  {
    N = 64
  };
  const gsize shape[] = { N, N };
  const PisdEquation equation = { 0, { 0 } };
  g_autofree char *path = g_strconcat (fixture->path, ".npz", NULL);
  g_autofree double *a = g_new (double, N *N);
  g_autofree double *u = g_new (double, N *N);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (PisdInstance) found = NULL;

  for (guint p = 0; p < N * N; p++)
    {
      const double y = (double) (p / N) / (N - 1), x = (double) (p % N) / (N - 1);

      u[p] = sin (G_PI * y) * sin (2 * G_PI * x);
      a[p] = -5 * G_PI * G_PI * u[p];
    }
  pisd_npz_writer_add (writer, "a", 2, shape, a);
  pisd_npz_writer_add (writer, "u", 2, shape, u);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  input = pisd_input_open (path, NULL, &error);
  found = pisd_instance_new_from_file (&equation, input, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pisd_instance_get_reading (found)->side, ==, N);
  test_assert_below (pisd_instance_get_reading (found)->residual, 0.01);
  test_assert_close (pisd_field_get_value (pisd_instance_get_fields (found)[1], 0, 30, 40),
                     sin (G_PI * 30 / 127) * sin (2 * G_PI * 40 / 127), 1e-9);
}

/* What this program writes in other people's formats comes back. */
static void
test_exported (TestFile *fixture, gconstpointer data)
{
  static const char *const suffixes[] = { ".mat", ".npy" };
  const PisdProblemId problems[] = { 0, test_flow_get_problem () };

  for (guint k = 0; k < 4; k++)
    {
      Case self = case_new (problems[k / 2], 1e-3, FALSE, 1);
      g_autofree char *path = g_strconcat (fixture->path, suffixes[k % 2], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdInput) input = NULL;
      g_autoptr (PisdInstance) found = NULL;

      g_assert_true (pisd_instance_save_npz (self.truth, path, &error));
      input = pisd_input_open (path, NULL, &error);
      found = pisd_instance_new_from_file (&self.equation, input, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (pisd_instance_get_reading (found)->n_cases, ==, 0);
      for (guint f = 0; f < 2; f++)
        test_assert_below (pisd_field_relative_error (pisd_instance_get_fields (found)[f],
                                                      pisd_instance_get_fields (self.truth)[f]),
                           1e-12);
      pisd_instance_unref (self.truth);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add ("/physics/reading/formats", TestFile, NULL, set_up, test_formats,
              test_file_tear_down);
  g_test_add ("/physics/reading/flows", TestFile, NULL, set_up, test_flows, test_file_tear_down);
  g_test_add ("/physics/reading/exported", TestFile, NULL, set_up, test_exported,
              test_file_tear_down);
  g_test_add ("/physics/reading/list", TestFile, NULL, set_up, test_list, test_file_tear_down);
  g_test_add ("/physics/reading/other-file", TestFile, NULL, set_up, test_other_file,
              test_file_tear_down);
  g_test_add ("/physics/reading/wishes", TestFile, NULL, set_up, test_wishes, test_file_tear_down);
  g_test_add ("/physics/reading/many", TestFile, NULL, set_up, test_many, test_file_tear_down);
  g_test_add ("/physics/reading/resampled", TestFile, NULL, set_up, test_resampled,
              test_file_tear_down);
  return g_test_run ();
}
