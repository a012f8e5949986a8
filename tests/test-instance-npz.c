/* Truths as files: one array a field, or frames of a flow in every form that is taken, and what is said of those that
 * are not. */
#include "pisd-npz-writer.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"

#define S PISD_GRID
#define N_FRAMES 10

/* Arrays of a file that is written; the shapes are as said, whatever the data hold. */
typedef struct
{
  const char *name;
  guint n_dimensions;
  gsize shape[3];
  const double *data;
} Array;

static void
set_up (TestFile *fixture, gconstpointer data)
{
  test_file_init (fixture, "flow.npz");
}

static PisdInstance *
read_flow (const char *path, GError **error)
{
  g_autoptr (PisdInput) input = pisd_input_open (path, NULL, error);

  g_assert_nonnull (input);
  return pisd_instance_new_from_npz (TEST_EQUATION (test_flow_get_problem (), 1e-3), input, error);
}

static void
write_arrays (const char *path, const Array *arrays, guint n)
{
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n; i++)
    pisd_npz_writer_add (writer, arrays[i].name, arrays[i].n_dimensions, arrays[i].shape,
                         arrays[i].data);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_no_error (error);
}

static PisdInstance *
write_and_read (const TestFile *fixture, const Array *arrays, guint n, GError **error)
{
  write_arrays (fixture->path, arrays, n);
  return read_flow (fixture->path, error);
}

/* What the forms are made of: one flow. */
typedef struct
{
  PisdInstance *flow;
  const double *first, *later, *last;
  double *all; /* [N_FRAMES, S, S] */
} Frames;

static Frames
frames_new (void)
{
  Frames frames = { .flow = test_flow_new (4), .all = g_new (double, N_FRAMES *S *S) };
  PisdField *const *fields = pisd_instance_get_fields (frames.flow);

  frames.first = fields[0]->data;
  frames.later = fields[1]->data;
  frames.last = frames.later + 8 * S * S;
  memcpy (frames.all, frames.first, sizeof (double) * S * S);
  memcpy (frames.all + S * S, frames.later, sizeof (double) * 9 * S * S);
  return frames;
}

static void
frames_clear (Frames *frames)
{
  pisd_instance_unref (frames->flow);
  g_free (frames->all);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Frames, frames_clear)

/* The same flow comes out of every form; what can be compared agrees. */
static void
test_forms (TestFile *fixture, gconstpointer data)
{
  g_auto (Frames) frames = frames_new ();
  const struct
  {
    Array arrays[2];
    guint n;
    gboolean compares;
  } forms[] = {
    { { { "w", 3, { N_FRAMES, S, S }, frames.all } }, 1, TRUE },
    { { { "w0", 2, { S, S }, frames.first }, { "w9", 2, { S, S }, frames.last } }, 2, TRUE },
    { { { "w0", 2, { S, S }, frames.first } }, 1, FALSE },
    { { { "a", 2, { S, S }, frames.first }, { "u", 3, { 9, S, S }, frames.later } }, 2, TRUE },
    { { { "a", 2, { S, S }, frames.first }, { "u", 2, { S, S }, frames.last } }, 2, TRUE },
    { { { "a", 2, { S, S }, frames.first } }, 1, FALSE },
    { { { "w", 3, { N_FRAMES, S, S }, frames.all }, { "w0", 2, { S, S }, frames.last } }, 2, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdInstance) back = write_and_read (fixture, forms[i].arrays, forms[i].n, &error);

      g_assert_no_error (error);
      for (guint f = 0; f < 2; f++)
        test_assert_below (pisd_field_relative_error (pisd_instance_get_fields (back)[f],
                                                      pisd_instance_get_fields (frames.flow)[f]),
                           1e-12);
      g_assert_true (isfinite (pisd_instance_get_mismatch (back)) == forms[i].compares);
      if (forms[i].compares)
        test_assert_below (pisd_instance_get_mismatch (back), 1e-12);
      g_assert_false (pisd_instance_looks_transposed (back));
    }
}

/* A last frame that does not follow from the first one: it is read, how far it is away is known, and whether it is
 * only that both are transposed. */
static void
test_contradiction (TestFile *fixture, gconstpointer data)
{
  g_auto (Frames) frames = frames_new ();
  g_autofree double *turned = g_new (double, 2 * S * S);
  const Array early[] = { { "w0", 2, { S, S }, frames.first },
                          { "w9", 2, { S, S }, frames.later + 4 * S * S } };
  const Array transposed[] = { { "w0", 2, { S, S }, turned },
                               { "w9", 2, { S, S }, turned + S * S } };
  g_autoptr (PisdInstance) one = NULL, two = NULL;

  for (guint i = 0; i < S * S; i++)
    {
      turned[i % S * S + i / S] = frames.first[i];
      turned[S * S + i % S * S + i / S] = frames.last[i];
    }
  one = write_and_read (fixture, early, 2, NULL);
  test_assert_close (pisd_instance_get_mismatch (one),
                     test_difference (frames.last, frames.later + 4 * S * S, S * S), 1e-9);
  g_assert_false (pisd_instance_looks_transposed (one));
  two = write_and_read (fixture, transposed, 2, NULL);
  g_assert_cmpfloat (pisd_instance_get_mismatch (two), >, 0.1);
  g_assert_true (pisd_instance_looks_transposed (two));
}

/* Vorticity on a torus has no mean. */
static void
test_mean (TestFile *fixture, gconstpointer data)
{
  g_auto (Frames) frames = frames_new ();
  g_autofree double *lifted = g_memdup2 (frames.all, sizeof (double) * N_FRAMES * S * S);
  const double *last = lifted + (N_FRAMES - 1) * S * S;
  const Array forms[][2] = {
    { { "w0", 2, { S, S }, lifted }, { "w9", 2, { S, S }, last } },
    { { "a", 2, { S, S }, lifted }, { "u", 3, { 9, S, S }, lifted + S * S } },
    { { "a", 2, { S, S }, lifted }, { "u", 2, { S, S }, last } },
    { { "w", 3, { N_FRAMES, S, S }, lifted }, { "x", 2, { S, S }, last } },
  };

  for (guint i = 0; i < N_FRAMES * S * S; i++)
    lifted[i] += 3.0;
  for (guint k = 0; k < G_N_ELEMENTS (forms); k++)
    {
      g_autoptr (PisdInstance) back = write_and_read (fixture, forms[k], 2, NULL);

      for (guint f = 0; f < 2; f++)
        test_assert_below (pisd_field_relative_error (pisd_instance_get_fields (back)[f],
                                                      pisd_instance_get_fields (frames.flow)[f]),
                           1e-12);
      test_assert_below (pisd_instance_get_mismatch (back), 1e-12);
      test_assert_close (pisd_instance_get_lost_mean (back), 3.0, 1e-12);
    }
  test_assert_below (fabs (pisd_instance_get_lost_mean (frames.flow)), 1e-12);
}

/* Shapes, numbers and names that are none of a flow, each with what it got and what it expected. */
static void
test_refused (TestFile *fixture, gconstpointer data)
{
  g_auto (Frames) frames = frames_new ();
  g_autofree double *spoilt = g_memdup2 (frames.all, sizeof (double) * N_FRAMES * S * S);
  g_autofree double *strong = g_new (double, N_FRAMES *S *S);
  const struct
  {
    Array arrays[2];
    guint n;
    PisdError code;
    const char *pieces[4];
  } rows[] = {
    { { { "w", 3, { S, S, N_FRAMES }, frames.all } },
      1,
      PISD_ERROR_SHAPE,
      { "`w` is 128x128x10", "needs 10x128x128", "frames come first", NULL } },
    { { { "w", 3, { 4, S, S }, frames.all } }, 1, PISD_ERROR_SHAPE, { "`w` is 4x128x128", NULL } },
    { { { "w", 2, { S, S }, frames.all } }, 1, PISD_ERROR_SHAPE, { "`w` is 128x128,", NULL } },
    { { { "w0", 2, { 64, 64 }, frames.all } },
      1,
      PISD_ERROR_SHAPE,
      { "`w0` is 64x64", "needs 128x128", NULL } },
    { { { "w0", 2, { S, S }, frames.all }, { "w9", 2, { 2, S }, frames.all } },
      2,
      PISD_ERROR_SHAPE,
      { "`w9` is 2x128", NULL } },
    { { { "a", 2, { S, S }, frames.all }, { "u", 3, { 8, S, S }, frames.all } },
      2,
      PISD_ERROR_SHAPE,
      { "`u` is 8x128x128", "needs 9x128x128", NULL } },
    { { { "w", 3, { N_FRAMES, S, S }, spoilt } },
      1,
      PISD_ERROR_RANGE,
      { "`w`[7, 0, 5]: got nan", "finite", NULL } },
    { { { "w0", 2, { S, S }, spoilt + 7 * S * S } },
      1,
      PISD_ERROR_RANGE,
      { "`w0`[0, 5]: got nan", NULL } },
    { { { "w0", 2, { S, S }, strong } }, 1, PISD_ERROR_RANGE, { "root mean square", NULL } },
    { { { "w", 3, { N_FRAMES, S, S }, strong } },
      1,
      PISD_ERROR_RANGE,
      { "flow.npz: initial vorticity: its root mean square", NULL } },
    { { { "a", 2, { S, S }, strong }, { "u", 3, { 9, S, S }, strong } },
      2,
      PISD_ERROR_RANGE,
      { "flow.npz: initial vorticity: its root mean square", NULL } },
    { { { "w9", 2, { S, S }, frames.all }, { "velocity", 1, { 3 }, frames.all } },
      2,
      PISD_ERROR_FORMAT,
      { "\"w9\", \"velocity\"", "expected w, or w0 and w9, or a and u for navier-stokes", NULL } },
  };

  spoilt[7 * S * S + 5] = NAN;
  for (guint i = 0; i < N_FRAMES * S * S; i++)
    strong[i] = 1000.0 * frames.all[i];
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (write_and_read (fixture, rows[i].arrays, rows[i].n, &error));
      test_assert_error_at (rows[i].arrays[0].name, &error, rows[i].code, rows[i].pieces);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
#define ADD(name, function) \
  g_test_add ("/engine/instance-npz/" name, TestFile, NULL, set_up, function, test_file_tear_down)
  ADD ("forms", test_forms);
  ADD ("contradiction", test_contradiction);
  ADD ("mean", test_mean);
  ADD ("refused", test_refused);
  return g_test_run ();
}
