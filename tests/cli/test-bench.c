/* `pisd bench`: that the tables are there and carry what they claim; figures are for machines at
 * rest. */
#include "cli-fixture.h"

#include <math.h>

static JsonObject *
find_row (JsonObject *report, const char *what)
{
  JsonArray *rows = json_object_get_array_member (report, "rows");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "what"), what))
        return row;
    }
  g_error ("no row `%s`", what);
}

static void
test_list (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench --list");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "step ");
  cli_assert_contains (self->out, "transforms ");
  cli_assert_contains (self->out, "prior ");
  cli_assert_contains (self->out, "accuracy ");
}

static void
test_step (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (self, "bench step --steps 3 --repeats 1 --json r.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| pisd, hyperbolic modes, K = 44 |");
  report = cli_read_json (self, "r.json");
  g_assert_cmpstr (json_object_get_string_member (report, "version"), ==, PISD_VERSION);
  cli_assert_contains (json_object_get_string_member (report, "machine"), "cores");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "rows")), ==, 6);
  row = find_row (report, "pisd, square modes, K = 44");
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 3);
  g_assert_true (json_object_get_null_member (row, "target_minimum"));
  g_assert_true (json_object_get_null_member (row, "standard_error"));
  g_assert_cmpint (json_object_get_boolean_member (row, "met"), ==,
                   json_object_get_double_member (row, "value") <= 3);
}

static void
test_transforms (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench transforms --repeats 1");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| cosine, K = 128, matrix products |");
  cli_assert_contains (self->out, "| sine, K = 126, matrix products |");
}

/* Few samples and steps: the bounds must be wide enough to hold, which a wrong scaling would break.
 */
static void
test_prior (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  static const char *const fields[] = { "a", "u" };

  cli_run (self,
           "bench prior --samples 60 --steps 60 --set sampler=heun --set modes=12 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *mean =
          g_strdup_printf ("variance of %s over the prior's, mean over modes", fields[i]);
      g_autofree char *low =
          g_strdup_printf ("variance of %s over the prior's, smallest", fields[i]);
      g_autofree char *high =
          g_strdup_printf ("variance of %s over the prior's, largest", fields[i]);

      g_assert_true (json_object_get_boolean_member (find_row (report, mean), "met"));
      g_assert_true (json_object_get_boolean_member (find_row (report, low), "met"));
      g_assert_true (json_object_get_boolean_member (find_row (report, high), "met"));
    }
}

static void
test_accuracy (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (self, "bench --problem helmholtz --task inverse --instances 2 --steps 20 --set modes=16 "
                 "--json r.json");
  cli_assert_status (self, 0);
  cli_assert_contains (
      self->out, "2 instances, 500 sensors a field, 20 steps, 20 evaluations, mean of 1 sample");
  report = cli_read_json (self, "r.json");
  row = find_row (report, "helmholtz inverse, error of a");
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (row, "standard_error"), >, 0);
  row = find_row (report, "FunDPS: helmholtz inverse, error of a");
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), ==, 17.16);
  cli_assert_contains (json_object_get_string_member (row, "how"), "NeurIPS 2025");
}

/* The published figures hold for 500 sensors and stand beside nothing else. */
static void
test_other_sensors (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench accuracy --instances 1 --sensors 50 --steps 2 --set modes=16");
  cli_assert_status (self, 0);
  g_assert_null (strstr (self->out, "FunDPS"));
}

static void
test_refusals (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *words;
    int status;
    const char *needle;
  } rows[] = {
    { "bench speed", 2, "got the benchmark `speed`, expected step, transforms, prior or accuracy" },
    { "bench --problem navier-stokes", 2, "expected poisson, helmholtz" },
    { "bench --guidance second-order", 2, "expected none, dps, pisd" },
    { "bench --prior learned", 2, "expected gaussian" },
    { "bench --task sideways", 2, "--task: got `sideways`, expected forward, inverse or both" },
    { "bench --instances 0", 2, "--instances: got `0`, expected a whole number from 1" },
    { "bench --steps -1", 2, "--steps: got `-1`" },
    { "bench --repeats 2.5", 2, "--repeats: got `2.5`" },
    { "bench accuracy --set nonsense=1", 1, "nonsense" },
    { "bench step --json nowhere/r.json", 1,
      "--json: got `nowhere/r.json`, the folder does not exist" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      cli_run (self, rows[i].words);
      cli_assert_refused (self, rows[i].status, rows[i].needle, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                       \
  g_test_add ("/cli/bench/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("list", test_list);
  ADD ("step", test_step);
  ADD ("transforms", test_transforms);
  ADD ("prior", test_prior);
  ADD ("accuracy", test_accuracy);
  ADD ("other-sensors", test_other_sensors);
  ADD ("refusals", test_refusals);
  return g_test_run ();
}
