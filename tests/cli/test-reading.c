/* Truths that other people wrote: described, opened in either order with the errors of our own file, and refused. */
#include "cli-fixture.h"

#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "pisd-instance.h"
#include "pisd-npz-writer.h"

#define S PISD_GRID
#define SMALL "--guidance none --set modes=16 --steps 4 --observe-a 20 --output o.npz --json "

/* Two cases, of which the second is the truth's last frame of that field, times a factor. */
static void
add_stack (PisdNpzWriter *writer,
           const char *name,
           const PisdInstance *truth,
           guint field,
           gboolean is_xy,
           double factor)
{
  const gsize shape[] = { 2, S, S };
  const PisdField frame = pisd_field_get_last_frame (pisd_instance_get_fields (truth)[field]);
  g_autofree double *data = g_new (double, 2 * S * S);

  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      {
        data[i * S + j] = cos (i * j + field);
        data[S * S + (is_xy ? j * S + i : i * S + j)] = factor * frame.data[i * S + j];
      }
  pisd_npz_writer_add (writer, name, 3, shape, data);
}

static PisdInstance *
make_truth (PisdProblemId problem)
{
  const PisdEquation equation = { problem, { problem == 0 ? 0 : 1e-3 } };

  return pisd_instance_new_random (&equation, PISD_FAMILY_GRF, 5, NULL);
}

/* ours.npz: as this program writes it; theirs.mat. */
static void
write_files (CliFixture *self, PisdProblemId problem, gboolean is_xy, double factor)
{
  g_autoptr (PisdInstance) truth = make_truth (problem);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree char *ours = cli_path (self, "ours.npz");
  g_autofree char *theirs = cli_path (self, "theirs.mat");

  g_assert_true (pisd_instance_save_npz (truth, ours, NULL));
  add_stack (writer, "sol", truth, 1, is_xy, 1);
  add_stack (writer, "rhs", truth, 0, is_xy, factor);
  g_assert_true (pisd_npz_writer_save (writer, theirs, NULL));
}

static double
read_number (CliFixture *self, const char *name, const char *key)
{
  g_autoptr (JsonObject) object = cli_read_json (self, name);

  return json_object_get_double_member (object, key);
}

static void
assert_same_errors (CliFixture *self)
{
  static const char *const keys[] = { "error_a", "error_u" };

  for (guint k = 0; k < 2; k++)
    {
      const double ours = read_number (self, "ours.json", keys[k]);

      g_assert_cmpfloat (ours, >, 0);
      g_assert_cmpfloat (fabs (read_number (self, "theirs.json", keys[k]) / ours - 1), <, 1e-6);
    }
}

/* A flow says its order itself. */
static void
test_flow (CliFixture *self, gconstpointer data)
{
  write_files (self, PISD_PROBLEM_NAVIER_STOKES, TRUE, 1);
  cli_run (self, "sample --problem navier-stokes --truth ours.npz " SMALL "ours.json");
  cli_assert_status (self, 0);
  cli_run (self,
           "sample --problem navier-stokes --truth theirs.mat --index 1 " SMALL "theirs.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "\"sol\", [x, y]");
  assert_same_errors (self);
}

/* Of Poisson's equation a person says it, or readings do; the factor is found. */
static void
test_poisson (CliFixture *self, gconstpointer data)
{
  write_files (self, 0, TRUE, -4);
  cli_run (self, "sample --truth ours.npz " SMALL "ours.json");
  cli_assert_status (self, 0);
  cli_run (self, "sample --truth theirs.mat --index 1 --order xy " SMALL "theirs.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "factor -0.25");
  assert_same_errors (self);
}

/* The value of ours at a node away from the diagonal. */
static void
test_observations (CliFixture *self, gconstpointer data)
{
  static const char *const runs[] = {
    "sample --truth ours.npz --observations s.csv --guidance none --steps 4 --output o.npz --json "
    "ours.json",
    "sample --truth theirs.mat --index 1 --observations s.csv --guidance none --steps 4 "
    "--output o.npz --json theirs.json",
  };
  g_autoptr (PisdInstance) truth = make_truth (0);
  const PisdField *u = pisd_instance_get_field (truth, PISD_FIELD_U);
  g_autofree char *row = g_strdup_printf ("field,x,y,value\nu,%.17g,%.17g,%.17g\n", 30 / 127.0,
                                          80 / 127.0, pisd_field_get_value (u, 0, 80, 30));

  cli_write (self, "s.csv", row);
  for (guint is_xy = 0; is_xy < 2; is_xy++)
    {
      write_files (self, 0, is_xy, 1);
      for (guint k = 0; k < 2; k++)
        {
          cli_run (self, runs[k]);
          cli_assert_status (self, 0);
        }
      cli_assert_contains (self->err, is_xy ? "[x, y]" : "[y, x]");
      assert_same_errors (self);
    }
}

/* Writes the file into the pipe, once. */
static gpointer
feed (gpointer data)
{
  CliFixture *self = data;
  g_autoptr (GBytes) bytes = cli_read (self, "theirs.mat");
  g_autofree char *path = cli_path (self, "pipe");
  gsize n;
  const char *rest = g_bytes_get_data (bytes, &n);
  const int fd = open (path, O_WRONLY);

  for (gssize sent; n > 0; rest += sent, n -= (gsize) sent)
    {
      sent = write (fd, rest, n);
      g_assert_cmpint (sent, >, 0);
    }
  close (fd);
  return NULL;
}

/* A truth from a pipe whose order the readings say, and readings in an array: the pipe is read once.
 */
static void
test_pipe (CliFixture *self, gconstpointer data)
{
  const gsize shape[] = { 1, 3 };
  g_autoptr (PisdInstance) truth = make_truth (0);
  const PisdField *u = pisd_instance_get_field (truth, PISD_FIELD_U);
  const double row[] = { 30 / 127.0, 80 / 127.0, pisd_field_get_value (u, 0, 80, 30) };
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();
  g_autofree char *sensors = cli_path (self, "s.mat");
  g_autofree char *pipe = cli_path (self, "pipe");
  GThread *feeder;

  write_files (self, 0, TRUE, 1);
  pisd_npz_writer_add (writer, "u", 2, shape, row);
  g_assert_true (pisd_npz_writer_save (writer, sensors, NULL));
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  feeder = g_thread_new ("feeder", feed, self);
  cli_run (self, "sample --truth pipe --index 1 --observations s.mat --guidance none --steps 4 "
                 "--output o.npz --json theirs.json");
  g_thread_join (feeder);
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "[x, y]");
  cli_run (self, "sample --truth ours.npz --observations o.npz --guidance none --steps 4 "
                 "--output p.npz --json ours.json");
  cli_assert_status (self, 0);
  assert_same_errors (self);
  cli_run (self, "info s.mat");
  cli_assert_contains (self->out, "sensor table, 1 row\n");
}

static void
test_info (CliFixture *self, gconstpointer data)
{
  write_files (self, 0, FALSE, 1);
  cli_run (self, "info theirs.mat --index 1");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "MATLAB file of version 5, 2 arrays\nsol: 2x128x128\n");
  cli_assert_contains (self->out, "as poisson: a = \"rhs\", u = \"sol\", [y, x]");
  g_assert_null (strstr (self->out, "navier-stokes"));
  cli_run (self, "info theirs.mat --arrays u=rhs --index 1");
  cli_assert_contains (self->out, "so it is none");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "sample --output o.npz --index 1", 2, "got --index alone, expected --truth FILE too" },
    { "sample --output o.npz --truth theirs.mat --order zz", 2,
      "--order: got `zz`, expected yx or xy" },
    { "sample --output o.npz --truth theirs.mat --factor 0", 2, "--factor: got `0`" },
    { "sample --output o.npz --truth theirs.mat --arrays f", 2,
      "--arrays: got `f`, expected a=NAME" },
    { "sample --output o.npz --truth theirs.mat --observe-a 3", 1, "no arrays fit poisson" },
    { "sample --output o.npz --truth theirs.mat --observe-a 3 --index 2", 1,
      "got 2, expected 0 to 1" },
    { "sample --output o.npz --truth theirs.mat --observe-a 3 --arrays a=none", 1,
      "\"sol\" (2x128x128)" },
    { "info s.csv --index 1", 2, "got --index for a file without arrays" },
  };

  cli_write (self, "s.csv", "field,x,y,value\na,0.5,0.5,1\n");
  write_files (self, 0, FALSE, 1);
  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
}

#define ADD(path, function) \
  g_test_add (path, CliFixture, NULL, cli_fixture_set_up, function, cli_fixture_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/cli/reading/flow", test_flow);
  ADD ("/cli/reading/poisson", test_poisson);
  ADD ("/cli/reading/observations", test_observations);
  ADD ("/cli/reading/pipe", test_pipe);
  ADD ("/cli/reading/info", test_info);
  ADD ("/cli/reading/refused", test_refused);
  return g_test_run ();
}
