/* `pisd sweep`: a row and a picture for every value. */
#include "cli-fixture.h"

#include <string.h>

#define BASE "--observe-u 40 --set modes=12 --steps 5 "

/* The lines of a text that begin with `start`. */
static guint
count_lines (const char *text, const char *start)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n = 0;

  for (guint k = 0; lines[k] != NULL; k++)
    n += g_str_has_prefix (lines[k], start);
  return n;
}

static void
test_table (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) csv = NULL;
  g_autofree char *text = NULL;

  cli_run (self, "sweep " BASE "--over zeta-pde=0.1..10/3 --over seed=1,2 --csv t.csv --png s.svg");
  cli_assert_status (self, 0);
  g_assert_cmpuint (count_lines (self->out, "| 0.1 |"), ==, 2);
  g_assert_cmpuint (count_lines (self->out, "| 10 |"), ==, 2);
  csv = cli_read (self, "t.csv");
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_true (g_str_has_prefix (
      text, "zeta-pde,seed,error_a_percent,error_u_percent,residual,evaluations,seconds,remark\n"));
  g_assert_cmpuint (count_lines (text, "1,"), ==, 2);
  g_assert_true (cli_exists (self, "s.svg"));
}

/* One that cannot be run has a row that says so; the program fails only where none could. */
static void
test_failed_cells (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sweep " BASE "--over sigma-min=0.01,100");
  cli_assert_status (self, 0);
  g_assert_cmpuint (count_lines (self->out, "| 100 | |"), ==, 1);
  cli_assert_contains (self->out, "sigma-min: got 100");
  cli_run (self, "sweep " BASE "--over sigma-min=100,200");
  cli_assert_status (self, 1);
  cli_assert_contains (self->err, "none of 2 runs could be made: sigma-min: got 100");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { BASE, 2, "expected --over KEY=VALUE,VALUE,…" },
    { BASE "--over steps", 2, "--over: got `steps`" },
    { BASE "--over seed=1,2 --field u", 2, "got --field without a sheet" },
    { BASE "--over seed=1,2 --png s.png --field w", 2, "--field: got `w`, which poisson" },
    { BASE "--over seed=1,2 --png s.png --csv s.png", 2, "--png" },
    { BASE "--over seed=1,2 --png s.txt", 2, "--png: got `s.txt`" },
  };

  cli_assert_refusals (self, "sweep ", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/sweep/table", CliFixture, NULL, cli_fixture_set_up, test_table,
              cli_fixture_tear_down);
  g_test_add ("/cli/sweep/failed-cells", CliFixture, NULL, cli_fixture_set_up, test_failed_cells,
              cli_fixture_tear_down);
  g_test_add ("/cli/sweep/refused", CliFixture, NULL, cli_fixture_set_up, test_refused,
              cli_fixture_tear_down);
  return g_test_run ();
}
