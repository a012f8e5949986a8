/* `pisd sample`: courses of weights, and branches from a step of a run. */
#include "cli-fixture.h"

#include <string.h>

#define BASE "sample --observe-u 40 --set modes=12 --steps 30 --output o.npz "

static char *
read_text (CliFixture *self, const char *name)
{
  g_autoptr (GBytes) bytes = cli_read (self, name);

  return g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* What a report says from a member on. */
static char *
read_from (CliFixture *self, const char *name, const char *member)
{
  g_autofree char *text = read_text (self, name);
  const char *found = strstr (text, member);

  g_assert_nonnull (found);
  return g_strdup (found);
}

/* A course is kept in a scenario, told by the report and by names, and refused with what is wrong. */
static void
test_course (CliFixture *self, gconstpointer data)
{
  g_autofree char *with = NULL;
  g_autofree char *again = NULL;
  g_autofree char *ones = NULL;
  g_autofree char *without = NULL;
  g_autofree char *report = NULL;

  cli_run (self,
           BASE "--set course-obs-u=0:1,0.5:0.2,1:1 --json a.json --save-scenario s.scenario");
  cli_assert_status (self, 0);
  report = read_text (self, "a.json");
  g_assert_nonnull (strstr (report, "\"course-obs-u\" : \"0:1 0.5:0.2 1:1\""));
  g_assert_nonnull (strstr (report, "weights with a course"));
  cli_run (self, "sample --scenario s.scenario --output o.npz --json b.json");
  cli_assert_status (self, 0);
  cli_run (self, BASE "--json c.json");
  cli_run (self, BASE "--set course-obs-u=0:1 --json d.json");
  with = read_from (self, "a.json", "\"losses\"");
  again = read_from (self, "b.json", "\"losses\"");
  without = read_from (self, "c.json", "\"losses\"");
  ones = read_from (self, "d.json", "\"losses\"");
  g_assert_cmpstr (with, ==, again);
  g_assert_cmpstr (without, ==, ones);
  g_assert_cmpstr (with, !=, without);
}

/* Both are printed; unchanged the branch is the run, changed it is the run up to the step. */
static void
test_branch (CliFixture *self, gconstpointer data)
{
  g_autofree char *plain = NULL;
  g_autofree char *same = NULL;
  g_autofree char *other = NULL;
  g_autofree char *report = NULL;

  cli_run (self, BASE "--json a.json");
  cli_run (self, BASE "--json b.json --branch-at 26");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "\nbranch at step 26: nothing changed\n");
  cli_run (self, BASE "--json c.json --branch-at 26 --branch-set zeta-obs-u=1 --branch-set seed=2");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "\nbranch at step 26: zeta-obs-u=1, seed=2\n");
  plain = read_from (self, "a.json", "\"losses\"");
  same = read_from (self, "b.json", "\"losses\"");
  other = read_from (self, "c.json", "\"losses\"");
  g_assert_cmpstr (plain, ==, same);
  g_assert_cmpstr (plain, !=, other);
  report = read_text (self, "c.json");
  g_assert_nonnull (strstr (report, "\"branch_step\" : 26"));
  g_assert_nonnull (strstr (report, "30 steps, branched at step 26, seed 2"));
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--set course-pde=0:x", 2, "--set: course-pde: point 1: got \"0:x\"" },
    { "--branch-set seed=2", 2, "got --branch-set without a step" },
    { "--branch-at 30", 2, "--branch-at: got 30, expected a step from 0 to 29" },
    { "--branch-at -1", 2, "--branch-at: got `-1`" },
    { "--branch-at 3 --branch-set seed", 2, "--branch-set: got `seed`, expected KEY=VALUE" },
    { "--branch-at 3 --branch-set steps=40", 2, "--branch-set: steps: got 40" },
    { "--branch-at 3 --branch-set wavenumber=2", 2, "--branch-set: wavenumber: got 2" },
    { "--branch-at 3 --branch-set zeta=2", 2, "--branch-set: unknown setting: got \"zeta\"" },
    { "--branch-at 3 --branch-set guidance=exact", 2, "Exact" },
    { "--branch-at 3 --samples 2", 2, "--branch-at: got a run of several samples" },
    { "--branch-at 3 --guidance exact", 2, "--branch-at: got a run of several samples" },
    { "--branch-at 3 --save-scenario s.scenario", 2, "a scenario holds no branch" },
  };

  cli_assert_refusals (self, BASE, rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/branch/course", CliFixture, NULL, cli_fixture_set_up, test_course,
              cli_fixture_tear_down);
  g_test_add ("/cli/branch/branch", CliFixture, NULL, cli_fixture_set_up, test_branch,
              cli_fixture_tear_down);
  g_test_add ("/cli/branch/refused", CliFixture, NULL, cli_fixture_set_up, test_refused,
              cli_fixture_tear_down);
  return g_test_run ();
}
