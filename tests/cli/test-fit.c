/* The prior that fits the readings, as `pisd sample --fit-prior` finds it. */
#include "cli-fixture.h"

#include <string.h>

#define WORDS                                                                     \
  "--guidance second-order --steps 4 --set modes=12 --observe-a 120 --threads 1 " \
  "--set instance-amplitude=4 --set instance-tau=8 "

/* It is printed and used, saved with the scenario, whose evidence is what was printed. */
static void
test_sample (CliFixture *self, gconstpointer data)
{
  g_autofree char *line = NULL;
  const char *after;

  cli_run (self, "sample " WORDS "--fit-prior --output out.npz --save-scenario fitted.scenario");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "prior fitted to 120 readings:");
  cli_assert_contains (self->out, "as before: the readings do not tell it");
  cli_assert_contains (self->out, "the prior has amplitude ");
  after = strstr (self->out, "log evidence after");
  g_assert_nonnull (after);
  after = strpbrk (after, "-0123456789");
  line = g_strdup_printf ("log evidence of 120 readings: %.*s,", (int) strcspn (after, ","), after);
  cli_run (self, "info fitted.scenario");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, line);
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample " WORDS "--set prior-tau=5 --set prior-family=blobs --output out.npz");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "prior-tau: got 5 with prior-family blobs");
  cli_run (self, "sample --problem navier-stokes --set prior-tau=5 --output out.npz");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "prior-tau: got 5 with problem navier-stokes, whose fields");
  cli_run (self, "sample --problem navier-stokes --prior learned --steps 2 --observe-a 10 "
                 "--fit-prior --output out.npz");
  cli_assert_status (self, 1);
  cli_assert_contains (self->err, "expected a linear equation or a flow");
}

/* Of a flow's last frame, in its own numbers. */
static void
test_flow (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --problem navier-stokes --guidance none --steps 2 --set modes=8 "
                 "--set instance-flow-amplitude=2 --observe-u 40 --threads 1 --fit-prior "
                 "--output out.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "prior fitted to 40 readings, the flow linearised anew ");
  cli_assert_contains (self->out, "  prior-flow-amplitude ");
  cli_assert_contains (self->out, "(prior-flow-amplitude, prior-flow-tau, prior-flow-alpha)");
}

/* Two fields are enough to see that it prints its rows. */
static void
test_bench (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench prior-fit --problem poisson --instances 1 --sensors 40 --threads 1");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "fitted amplitude over it");
  cli_assert_contains (self->out, "the benchmark's over the right one");
}

#define ADD(path, function)                                                     \
  g_test_add ("/cli/fit/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("sample", test_sample);
  ADD ("refused", test_refused);
  ADD ("flow", test_flow);
  ADD ("bench", test_bench);
  return g_test_run ();
}
