/* The equation's row: frames, files and what is refused. */
#include <sys/resource.h>

#include "pisd-basis.h"
#include "pisd-error.h"
#include "pisd-instance.h"
#include "pisd-npz-writer.h"
#include "pisd-npz.h"
#include "pisd-solver.h"
#include "pisd-test-files.h"
#include "pisd-test.h"

#define S PISD_GRID

static PisdProblemId id;

static PisdInstance *
random_instance (double viscosity)
{
  g_autoptr (GError) error = NULL;
  PisdInstance *instance =
      pisd_instance_new_random (TEST_EQUATION (id, viscosity), PISD_FAMILY_GRF, 3, &error);

  g_assert_no_error (error);
  return instance;
}

/* The reference's frames from its first one. */
static void
test_golden (void)
{
  static const char *const names[] = { "w", NULL };
  static const guint later[] = { 0, 4, 8 }; /* of the frames that are kept beside the first */
  g_autoptr (GError) error = NULL;
  g_autofree char *path =
      g_build_filename (g_getenv ("PISD_TEST_DATA"), "navier-stokes-00.npz", NULL);
  g_autoptr (GPtrArray) arrays = pisd_npz_read (path, names, 4 * S * S, &error);
  g_autoptr (PisdField) source = pisd_field_new (S, S);
  g_autoptr (PisdInstance) instance = NULL;
  const double *w;

  g_assert_no_error (error);
  w = ((PisdArray *) g_ptr_array_index (arrays, 0))->data;
  memcpy (source->data, w, sizeof (double) * S * S);
  instance = pisd_instance_new_from_source (TEST_EQUATION (id, 1e-3), source, NULL, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (later); i++)
    test_assert_below (
        test_difference (pisd_instance_get_fields (instance)[1]->data + later[i] * S * S,
                         w + (i + 1) * S * S, S * S),
        1e-4);
}

/* Ten frames: the first alone, the others together; less viscous flows keep more of it. */
static void
test_random_flow (void)
{
  g_autoptr (PisdInstance) instance = random_instance (1e-3), thin = random_instance (1e-4);
  PisdField *const *fields = pisd_instance_get_fields (instance);

  g_assert_cmpuint (fields[0]->ny, ==, S);
  g_assert_cmpuint (fields[1]->ny, ==, 9 * S);
  g_assert_true (pisd_field_is_finite (fields[1]));
  g_assert_cmpfloat (pisd_field_norm (fields[1]), <,
                     pisd_field_norm (pisd_instance_get_fields (thin)[1]));
  g_assert_true (pisd_instance_equal (instance, instance));
  g_assert_false (pisd_instance_equal (instance, thin));
}

static PisdInstance *
read_npz (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);

  return input == NULL ? NULL : pisd_instance_new_from_npz (TEST_EQUATION (id, 1e-3), input, error);
}

/* One array of ten frames, there and back. */
static void
test_npz (void)
{
  static const char *const names[] = { "w", NULL };
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "flow.npz", NULL);
  g_autoptr (PisdInstance) instance = random_instance (1e-3), back = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (GError) error = NULL;
  const PisdArray *w;

  g_assert_true (pisd_instance_save_npz (instance, path, &error));
  g_assert_no_error (error);
  arrays = pisd_npz_read (path, names, 10 * S * S, &error);
  g_assert_no_error (error);
  w = g_ptr_array_index (arrays, 0);
  g_assert_cmpuint (w->n_dimensions, ==, 3);
  g_assert_cmpuint (w->shape[0], ==, 10);
  back = read_npz (path, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_instance_equal (instance, back));
  test_directory_remove (directory);
}

/* A field of frames that is read as one of another shape. */
static void
test_wrong_shape (void)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("PISD_TEST_DATA"), "navier-stokes-00.npz", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (read_npz (path, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "`w` is 4x128x128, navier-stokes needs 10x128x128"));
}

/* A beginning as large as it may be is solved; a larger one is refused. */
static void
test_strong (void)
{
  g_autoptr (PisdField) source = pisd_field_new (S, S);
  g_autoptr (PisdInstance) instance = NULL;
  g_autoptr (GError) error = NULL;

  for (guint p = 0; p < S * S; p++)
    source->data[p] = 6.0 * sin (2.0 * G_PI * (p % S) / S) * cos (4.0 * G_PI * (p / S) / S);
  instance = pisd_instance_new_from_source (TEST_EQUATION (id, 1e-3), source, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (pisd_field_is_finite (pisd_instance_get_fields (instance)[1]));
  for (guint p = 0; p < S * S; p++)
    source->data[p] *= 20.0;
  g_assert_null (pisd_instance_new_from_source (TEST_EQUATION (id, 1e-3), source, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
}

static PisdField *
eddies (double size)
{
  PisdField *source = pisd_field_new (S, S);

  for (guint p = 0; p < S * S; p++)
    source->data[p] = 2.0 * size * sin (2.0 * G_PI * (p % S) / S) * cos (4.0 * G_PI * (p / S) / S);
  return source;
}

/* Kilobytes that the process has taken at most. */
static glong
get_largest (void)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
  return usage.ru_maxrss;
}

/* A strong flow has some thousand steps, and takes no memory for each of them. */
static void
test_memory (void)
{
  glong before = get_largest ();
  g_autoptr (PisdField) source = eddies (12.0);
  g_autoptr (PisdInstance) instance =
      pisd_instance_new_from_source (TEST_EQUATION (id, 1e-3), source, NULL, NULL);

  g_assert_nonnull (instance);
  g_assert_cmpint (get_largest () - before, <, 100 * 1024);
}

static gboolean
is_spoilt (const PisdField *field)
{
  for (gsize p = 0; p < pisd_field_get_n (field); p++)
    if (!isnan (field->data[p]))
      return FALSE;
  return TRUE;
}

/* What a run came to and no flow is: later frames are no numbers, and neither is what follows from
 * them. */
static void
test_beyond (void)
{
  static const double sizes[] = { 101.0, 1e7, 1e300, INFINITY, NAN };
  g_autoptr (PisdSolver) solver = pisd_solver_new (TEST_EQUATION (id, 1e-3));
  g_autoptr (PisdField) later = pisd_field_new (9 * S, S);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (PisdField) source = eddies (sizes[i]);
      PisdField *const fields[] = { source, later };

      memset (later->data, 0, sizeof (double) * 9 * S * S);
      pisd_solver_complete (solver, fields);
      g_assert_true (is_spoilt (later));
      memset (later->data, 0, sizeof (double) * 9 * S * S);
      pisd_solver_sketch (solver, fields);
      g_assert_true (is_spoilt (later) == (i > 0));
      pisd_solver_sketch_vjp (solver, fields);
      g_assert_true (is_spoilt (source) == (i > 0));
    }
}

/* A flow of thousands of steps stops at the first step after the request, whoever solves it. */
static void
test_cancel (void)
{
  g_autoptr (PisdField) source = eddies (45.0);
  g_autoptr (PisdField) later = pisd_field_new (9 * S, S);
  g_autoptr (PisdSolver) solver = pisd_solver_new (TEST_EQUATION (id, 1e-3));

  for (guint limit = 0; limit < 12; limit += 5)
    {
      TestTrip trip = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
      g_autoptr (GError) error = NULL;
      PisdField *const fields[] = { source, later };

      g_assert_null (
          pisd_instance_new_from_source (TEST_EQUATION (id, 1e-3), source, cancel, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
      g_assert_cmpuint (trip.looks, <, limit + 8);
      g_assert_false (pisd_solver_try_complete (solver, fields, cancel));
    }
}

/* A truth from a file is solved to see whether its frames belong together, and stops as well. */
static void
test_cancel_npz (void)
{
  static const gsize shape[] = { S, S };
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "flow.npz", NULL);
  g_autoptr (PisdField) source = eddies (45.0);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (PisdInput) input = NULL;
  g_autoptr (GError) error = NULL;
  TestTrip trip = { 0, 20 };
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);

  pisd_npz_writer_add (writer, "w0", 2, shape, source->data);
  pisd_npz_writer_add (writer, "w9", 2, shape, source->data);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  input = pisd_input_open (path, cancel, &error);
  g_assert_no_error (error);
  g_assert_null (pisd_instance_new_from_npz (TEST_EQUATION (id, 1e-3), input, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  g_assert_cmpuint (trip.looks, <, 40);
  test_directory_remove (directory);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  id = PISD_PROBLEM_NAVIER_STOKES;
  g_test_add_func ("/engine/navier-stokes/golden", test_golden);
  g_test_add_func ("/engine/navier-stokes/random", test_random_flow);
  g_test_add_func ("/engine/navier-stokes/npz", test_npz);
  g_test_add_func ("/engine/navier-stokes/wrong-shape", test_wrong_shape);
  g_test_add_func ("/engine/navier-stokes/strong", test_strong);
  g_test_add_func ("/engine/navier-stokes/memory", test_memory);
  g_test_add_func ("/engine/navier-stokes/beyond", test_beyond);
  g_test_add_func ("/engine/navier-stokes/cancel", test_cancel);
  g_test_add_func ("/engine/navier-stokes/cancel-npz", test_cancel_npz);
  return g_test_run ();
}
