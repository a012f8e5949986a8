/* Navier-Stokes on the command line: ten frames of one flow in every file and table, sensors on any of them. */
#include "cli-fixture.h"

#include <cairo.h>
#include <math.h>
#include <string.h>

#include "pisd-field.h"
#include "pisd-npz-writer.h"

#define N PISD_GRID
#define FLOW "sample --problem navier-stokes --output o.npz "
/* Samples of the prior, of few steps and modes. */
#define UNGUIDED FLOW "--guidance none --steps 4 --set modes=8 "

/* Fields, and all frames as one array; without files 500 sensors of the first frame. */
static void
test_arrays (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) a = NULL, u = NULL, w = NULL, sensors = NULL;

  cli_run (self, UNGUIDED "--samples 2");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "error of w(0) ");
  cli_assert_contains (self->out, "error of w(1) ");
  cli_assert_contains (self->out, "error of w(1/9) ");
  cli_assert_shape (self, "o.npz", "a_mean", "128x128");
  cli_assert_shape (self, "o.npz", "u_sd", "9x128x128");
  cli_assert_shape (self, "o.npz", "w_mean", "10x128x128");
  cli_assert_shape (self, "o.npz", "w_samples", "2x10x128x128");
  a = cli_read_array (self, "o.npz", "a_mean");
  u = cli_read_array (self, "o.npz", "u_mean");
  w = cli_read_array (self, "o.npz", "w_mean");
  g_assert_cmpmem (w->data, N * N * sizeof (double), a->data, N * N * sizeof (double));
  g_assert_cmpmem (w->data + N * N, 9 * N * N * sizeof (double), u->data,
                   9 * N * N * sizeof (double));
  sensors = cli_read_array (self, "o.npz", "sensors");
  g_assert_cmpuint (sensors->shape[0], ==, 500);
  for (guint i = 0; i < 500; i++)
    {
      g_assert_cmpfloat (sensors->data[6 * i], ==, 0);
      g_assert_cmpfloat (sensors->data[6 * i + 3], ==, 0);
      g_assert_cmpfloat (fmod (sensors->data[6 * i + 1] * N, 1.0), ==, 0.0);
    }
}

/* Sensors of u are on the last frame; what is saved as a scenario gives the same bits. */
static void
test_scenario (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) sensors = NULL;
  g_autofree char *text = NULL, *path = cli_path (self, "s.pisd");

  cli_run (self, UNGUIDED "--observe-u 5 --observe-a 2 --seed 3 --save-scenario s.pisd");
  cli_assert_status (self, 0);
  sensors = cli_read_array (self, "o.npz", "sensors");
  for (guint i = 0; i < 7; i++)
    g_assert_cmpfloat (sensors->data[6 * i], ==, sensors->data[6 * i + 3]);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  cli_assert_contains (text, "problem=navier-stokes");
  cli_run (self, "sample --scenario s.pisd --output p.npz");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "o.npz", "p.npz");
  cli_run (self, "info s.pisd");
  cli_assert_contains (self->out, "w(0): 2 sensors");
  cli_assert_contains (self->out, "w(1): 5 sensors");
  cli_assert_contains (self->out, "viscosity = 0.001");
}

/* Sensors of any frames: those nearest to the times that are given, or all. */
static void
test_times (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) some = NULL, all = NULL;

  cli_run (self, UNGUIDED "--observe-u 4 --observe-at 0,0.444");
  cli_assert_status (self, 0);
  some = cli_read_array (self, "o.npz", "sensors");
  g_assert_cmpuint (some->shape[0], ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      g_assert_cmpfloat (some->data[6 * i], ==, i < 4 ? 0 : 1);
      g_assert_cmpfloat (some->data[6 * i + 3], ==, i < 4 ? 0 : 4 / 9.0);
    }
  cli_run (self, UNGUIDED "--observe-u 3 --observe-at 0.44,0.45,0.4444");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, ", 3 sensors,");
  cli_assert_contains (self->err, "Sensor 1 is at t = 0.44, between two frames, and reads the "
                                  "nearest one, t = 4/9. 3 such sensors");
  cli_run (self, UNGUIDED "--observe-u 3 --observe-at all");
  cli_assert_status (self, 0);
  all = cli_read_array (self, "o.npz", "sensors");
  g_assert_null (strstr (self->err, "between two frames"));
  g_assert_cmpuint (all->shape[0], ==, 30);
  g_assert_cmpfloat (all->data[6 * 29 + 3], ==, 1);
}

/* A time between two frames is said, and is no fault; times and names that are none are. */
static void
test_observations (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--observations nan.csv", 1, "nan.csv:2: t: got \"nan\"" },
    { "--observations late.csv", 1, "late.csv:2: t: got \"2\"" },
    { "--observations name.csv", 1, "expected a or u or w for navier-stokes" },
  };

  cli_write (self, "s.csv",
             "field,x,y,value,t\nw,0.5,0.5,0.1,0\nw,1,0.5,0.1,0.3\nu,0.5,0.5,0.2,1\n");
  cli_run (self, UNGUIDED "--observations s.csv");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "Sensor 2 is at t = 0.3, between two frames");
  cli_run (self, "info s.csv");
  cli_assert_contains (self->out, "w(3/9): 1 sensor, x 0 to 0");
  cli_write (self, "row3.csv", "field,x,y,value,t\nw,0.5,0.5,0.1,0\nw,0.5,0.5,0.1,2\n");
  cli_run (self, "info row3.csv");
  cli_assert_refused (self, 1, "row3.csv:3: t: got \"2\"", cli_count_files (self));
  cli_write (self, "nan.csv", "field,x,y,value,t\nw,0.5,0.5,0.1,nan\n");
  cli_write (self, "late.csv", "field,x,y,value,t\nw,0.5,0.5,0.1,2\n");
  cli_write (self, "name.csv", "field,x,y,value,t\nv,0.5,0.5,0.1,0\n");
  cli_assert_refusals (self, FLOW, rows, G_N_ELEMENTS (rows));
}

static void
write_frames (CliFixture *self, const char *name, const double *first, const double *last)
{
  static const gsize shape[] = { N, N };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree char *path = cli_path (self, name);
  g_autoptr (GError) error = NULL;

  pisd_npz_writer_add (writer, "w0", 2, shape, first);
  pisd_npz_writer_add (writer, "w9", 2, shape, last);
  g_assert_true (pisd_npz_writer_save (writer, path, &error));
  g_assert_no_error (error);
}

/* A first and a last frame: the golden flow's, of another program, agree to 1e-4; where they do not, that is said. */
static void
test_truth (CliFixture *self, gconstpointer data)
{
  static const char *const names[] = { "w", NULL };
  g_autofree char *golden =
      g_build_filename (g_getenv ("PISD_TEST_DATA"), "navier-stokes-00.npz", NULL);
  g_autoptr (GPtrArray) arrays = pisd_npz_read (golden, names, 4 * N * N, NULL);
  const double *w = ((PisdArray *) g_ptr_array_index (arrays, 0))->data;
  const char *said;

  write_frames (self, "t.npz", w, w + 3 * N * N);
  write_frames (self, "other.npz", w, w + N * N);
  cli_run (self, "info t.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "w(5/9): ");
  said = strstr (self->out, "the last frame is ");
  g_assert_nonnull (said);
  g_assert_cmpfloat (g_ascii_strtod (said + strlen ("the last frame is "), NULL), <, 0.02);
  cli_run (self, UNGUIDED "--truth t.npz --observe-u 3");
  cli_assert_status (self, 0);
  g_assert_null (strstr (self->err, "last frame"));
  cli_run (self, UNGUIDED "--truth other.npz --observe-u 3");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "Another viscosity, forcing or time?");
}

/* Of another number of frames the first and the last are a flow's where its equation says so. */
static void
test_other_frames (CliFixture *self, gconstpointer data)
{
  static const gsize shape[] = { 4, N, N };
  g_autofree double *w = g_new0 (double, 4 * N * N);
  g_autofree char *path = cli_path (self, "t.npz");
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  for (guint p = 0; p < 4 * N * N; p++)
    w[p] = sin (2.0 * G_PI * (1 + p / (N * N)) * (p % N) / N);
  pisd_npz_writer_add (writer, "w", 3, shape, w);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  cli_run (self, UNGUIDED "--truth t.npz --observe-u 3");
  cli_assert_refused (self, 1, "`w` is 4x128x128, navier-stokes needs 10x128x128", 1);
  cli_run (self, UNGUIDED "--truth @DATA@/navier-stokes-00.npz --observe-u 3");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "was read as w(0) = \"w\", w(1) = \"w\", [y, x]: 4.7e-06 of");
}

/* An error of nothing is none; and what is done without is not named. */
static void
test_zero_frame (CliFixture *self, gconstpointer data)
{
  static const gsize shape[] = { 10, N, N };
  g_autofree double *w = g_new0 (double, 10 * N * N);
  g_autofree char *path = cli_path (self, "t.npz");
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  for (guint p = 0; p < 10 * N * N; p++)
    w[p] = p / (N * N) == 3 ? 0.0 : sin (2.0 * G_PI * (p % N) / N);
  pisd_npz_writer_add (writer, "w", 3, shape, w);
  g_assert_true (pisd_npz_writer_save (writer, path, NULL));
  cli_run (self, UNGUIDED "--truth t.npz --observe-u 3");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "w(3/9) none, w(4/9) ");
  g_assert_null (strstr (self->out, "nan"));
}

static int
get_height (CliFixture *self, const char *name)
{
  g_autofree char *path = cli_path (self, name);
  cairo_surface_t *image = cairo_image_surface_create_from_png (path);
  int height = cairo_image_surface_get_height (image);

  g_assert_cmpint (cairo_surface_status (image), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (image);
  return height;
}

/* A row a frame: the first and the last, or those asked for. */
static void
test_figure (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--frames 10", 2, "--frames: got 10, expected 0 to 9 for navier-stokes" },
    { "--frames 1,x", 2, "--frames: got `x`" },
  };
  int two, one;

  cli_run (self, UNGUIDED "--png f.png");
  cli_assert_status (self, 0);
  two = get_height (self, "f.png");
  cli_run (self, UNGUIDED "--png f.png --frames 4");
  cli_assert_status (self, 0);
  one = get_height (self, "f.png");
  cli_run (self, UNGUIDED "--png f.png --frames 0,4,9");
  cli_assert_status (self, 0);
  g_assert_cmpint (get_height (self, "f.png") - two, ==, two - one);
  cli_assert_refusals (self, UNGUIDED "--png g.png ", rows, G_N_ELEMENTS (rows));
}

/* Rows are called by the frame whose error they tell. */
static void
test_bench (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench accuracy --problem navier-stokes --task inverse --guidance none "
                 "--instances 1 --steps 4 "
                 "--samples 4 --sensors 20 --set modes=8");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| navier-stokes | inverse | grf | gaussian | none | w(0) | ");
  cli_assert_contains (self->out, "| navier-stokes | inverse | grf | gaussian | none | w(1) | ");
}

/* The program's own weights bring the latent that they are for, also to a benchmark. */
static void
test_learned (CliFixture *self, gconstpointer data)
{
  cli_run (self, FLOW "--prior learned --steps 2 --observe-u 20 --json r.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "the prior is learned");
  cli_run (self, "bench accuracy --problem navier-stokes --prior learned --guidance dps "
                 "--instances 1 --steps 2 --sensors 20");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out,
                       "| navier-stokes | forward | grf | learned | dps (preset) | w(1) | ");
}

static void
test_refusals (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--family blobs", 2, "which navier-stokes does not have, expected grf" },
    { "--set viscosity=1", 2, "expected 0.0001 to 0.01" },
    { "--set viscosity=nan", 2, "expected a number" },
    { "--set mean-sd=1", 2, "whose fields have no mean, expected 0" },
    { "--truth missing.npz --observe-u 3", 1, "cannot be opened" },
    { "--observe-a 3 --observe-u 3 --observe-at 0.5", 2,
      "--observe-at: got --observe-a and --observe-u, expected one of the two" },
    { "--observe-u 16384 --observe-at 0,1", 2,
      "got 16384 sensors on each of 2 frames, expected at most 16384 in all" },
    { "--prior learned --guidance second-order", 2,
      "which is not linear, expected none, dps or pisd" },
    { "--prior learned --set modes=20", 1, "`modes`: got \"32\", expected \"20\"" },
    { "--samples 3277", 1, "expected at most 3276, of 10 frames each" },
  };

  cli_assert_refusals (self, FLOW, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                      \
  g_test_add ("/cli/flow/" name, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("arrays", test_arrays);
  ADD ("scenario", test_scenario);
  ADD ("times", test_times);
  ADD ("observations", test_observations);
  ADD ("truth", test_truth);
  ADD ("other-frames", test_other_frames);
  ADD ("zero-frame", test_zero_frame);
  ADD ("figure", test_figure);
  ADD ("bench", test_bench);
  ADD ("learned", test_learned);
  ADD ("refusals", test_refusals);
  return g_test_run ();
}
