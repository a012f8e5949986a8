/* `pisd dataset`: what it writes, what it refuses, and that a stopped one leaves nothing. */
#include "cli-fixture.h"

#include <math.h>
#include <signal.h>

#include "pisd-instance.h"

#define S PISD_GRID
#define N_COLUMNS 6

static const PisdEquation poisson = { PISD_PROBLEM_POISSON };

/* Fields of instance number `index` are those of its family and seed, in single precision. */
static void
assert_instance (const PisdArray *a, const PisdArray *u, guint index, PisdFamily family)
{
  g_autoptr (PisdInstance) instance = pisd_instance_new_random (&poisson, family, 7 + index, NULL);

  for (guint f = 0; f < 2; f++)
    {
      const double *got = (f == 0 ? a : u)->data + (gsize) index * S * S;
      const double *wanted = pisd_instance_get_fields (instance)[f]->data;

      for (guint p = 0; p < S * S; p++)
        g_assert_cmpfloat (got[p], ==, (float) wanted[p]);
    }
}

/* Every sensor reads the field at its node. */
static void
assert_sensors (const PisdArray *a, const PisdArray *u, const PisdArray *sensors)
{
  const guint n = (guint) sensors->shape[1];

  for (guint i = 0; i < sensors->shape[0] * n; i++)
    {
      const double *row = sensors->data + (gsize) i * N_COLUMNS;
      const double *field = (row[0] == 0.0 ? a : u)->data + (gsize) (i / n) * S * S;

      g_assert_cmpfloat (row[0], ==, i % n < n / 2 ? 0.0 : 1.0);
      g_assert_cmpfloat (row[4], ==,
                         field[lround (row[2] * (S - 1)) * S + lround (row[1] * (S - 1))]);
    }
}

/* Families in turn; and the same bytes on any number of threads. */
static void
test_fields (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) a = NULL, u = NULL, seeds = NULL, families = NULL, sensors = NULL;

  cli_run (self, "dataset --family any --count 5 --seed 7 --sensors 3 --threads 2 --output d.npz");
  cli_assert_status (self, 0);
  cli_run (self, "dataset --family any --count 5 --seed 7 --sensors 3 --threads 1 --output e.npz");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "d.npz", "e.npz");
  cli_assert_shape (self, "d.npz", "a", "5x128x128");
  cli_assert_shape (self, "d.npz", "sensors", "5x6x6");
  a = cli_read_array (self, "d.npz", "a");
  u = cli_read_array (self, "d.npz", "u");
  seeds = cli_read_array (self, "d.npz", "seed");
  families = cli_read_array (self, "d.npz", "family");
  sensors = cli_read_array (self, "d.npz", "sensors");
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpfloat (seeds->data[i], ==, 7 + i);
      g_assert_cmpfloat (families->data[i], ==, i % PISD_N_FAMILIES);
      assert_instance (a, u, i, i % PISD_N_FAMILIES);
    }
  assert_sensors (a, u, sensors);
}

/* One array of all frames, and no sensors where none were asked for. */
static void
test_flow (CliFixture *self, gconstpointer data)
{
  cli_run (self, "dataset --problem navier-stokes --count 1 --output w.npz");
  cli_assert_status (self, 0);
  cli_assert_shape (self, "w.npz", "w", "1x10x128x128");
  cli_run (self, "info w.npz");
  cli_assert_contains (self->out, "NPZ archive, 3 arrays");
  cli_assert_contains (self->out, "1 instances of navier-stokes, family grf, seeds from 1 on");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--count 2", 2, "expected --output FILE.npz" },
    { "--output none/d.npz", 1, "none/d.npz" },
    { "--count 0 --output d.npz", 2, "--count: got `0`" },
    { "--family trees --output d.npz", 2, "--family: got `trees`, expected grf" },
    { "--problem navier-stokes --family blobs --output d.npz", 2,
      "--family: got blobs, which navier-stokes does not have, expected grf\n" },
    { "--set family=blobs --output d.npz", 2,
      "--set: got family, expected a constant of poisson: none" },
    { "--set wavenumber=3 --output d.npz", 2,
      "--set: got wavenumber, expected a constant of poisson: none" },
    { "--problem helmholtz --set wavenumber=3 --set seed=4 --output d.npz", 2,
      "--set: got seed, expected a constant of helmholtz: wavenumber" },
    { "--set nothing --output d.npz", 2, "expected KEY=VALUE" },
    { "fields --output d.npz", 2, "got `fields`" },
  };

  cli_assert_refusals (self, "dataset ", rows, G_N_ELEMENTS (rows));
}

/* However it is stopped, a moment after the file was begun or later: none is left half. */
static void
test_stopped (CliFixture *self, gconstpointer data)
{
  const int number = GPOINTER_TO_INT (data);
  GSubprocess *process = cli_start (self, "dataset --count 1000000 --threads 1 --output d.npz");

  while (cli_count_files (self) == 0 && g_subprocess_get_identifier (process) != NULL)
    g_usleep (1000);
  g_assert_cmpuint (cli_count_files (self), >, 0);
  g_subprocess_send_signal (process, number);
  cli_finish (self, process);
  cli_assert_status (self, 128 + number);
  g_assert_cmpuint (cli_count_files (self), ==, 0);
  g_object_unref (process);
}

#define ADD(name, data, function)                                                   \
  g_test_add ("/cli/dataset/" name, CliFixture, data, cli_fixture_set_up, function, \
              cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("fields", NULL, test_fields);
  ADD ("flow", NULL, test_flow);
  ADD ("refused", NULL, test_refused);
  ADD ("interrupted", GINT_TO_POINTER (SIGINT), test_stopped);
  ADD ("terminated", GINT_TO_POINTER (SIGTERM), test_stopped);
  return g_test_run ();
}
