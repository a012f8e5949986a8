/* `pisd lab training`: what it prints and writes, and what it refuses. */
#include "cli-fixture.h"

#include <string.h>

#define TINY "lab training --network 1-4-1 --points 200 --batch 20 --steps 60 "

static guint
count_lines (GBytes *bytes)
{
  const char *text = g_bytes_get_data (bytes, NULL);
  guint n = 0;

  for (gsize i = 0; i < g_bytes_get_size (bytes); i++)
    n += text[i] == '\n';
  return n;
}

static JsonObject *
get_run (JsonObject *json, guint run)
{
  return json_array_get_object_element (json_object_get_array_member (json, "runs"), run);
}

/* Courses, ends and a figure of several runs; the same bytes on one thread and on three. */
static void
test_files (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (JsonObject) json = NULL;
  JsonObject *run;

  cli_run (self, TINY "--activations tanh,elu --seeds 2 --threads 1 --csv a.csv --json a.json "
                      "--png a.png");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "p1 · 1-4-1 · Adam, rate 0.005, batch 20 · 2 seeds");
  cli_assert_contains (self->out, "\ntanh-2 ");
  cli_assert_contains (self->out, "A finite run cannot prove either.");
  csv = cli_read (self, "a.csv");
  g_assert_true (g_str_has_prefix (g_bytes_get_data (csv, NULL),
                                   "run,step,time,loss,batch_loss,norm,gradient_norm,norm_1,"
                                   "norm_2\ntanh-1,0,0,"));
  g_assert_cmpuint (count_lines (csv), >, 100);
  json = cli_read_json (self, "a.json");
  g_assert_cmpstr (json_object_get_string_member (json, "network"), ==, "1-4-1");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "runs")), ==, 4);
  run = get_run (json, 3);
  g_assert_cmpstr (json_object_get_string_member (run, "activation"), ==, "elu");
  g_assert_cmpint (json_object_get_int_member (run, "seed"), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (run, "norm"), >, 0.5);
  cli_run (self, TINY "--activations tanh,elu --seeds 2 --threads 3 --csv b.csv --png b.png");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "a.csv", "b.csv");
  cli_assert_same_bytes (self, "a.png", "b.png");
}

/* A run that fails says at which step and why in the file too, whose numbers are numbers or null;
 * that is no failure of the program unless all runs fail, and their files are written as well. */
static void
test_failed (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) json = NULL, all = NULL;

  cli_run (self, "lab training --network 1-4-1 --points 200 --steps 60 --method gradient "
                 "--rate 0.3 --activations tanh,identity --json a.json");
  cli_assert_status (self, 0);
  json = cli_read_json (self, "a.json");
  g_assert_true (json_object_get_null_member (get_run (json, 0), "failed"));
  g_assert_false (json_object_get_null_member (get_run (json, 0), "looks"));
  g_assert_true (g_str_has_prefix (json_object_get_string_member (get_run (json, 1), "failed"),
                                   "step 8: the loss is inf, expected a number"));
  g_assert_true (json_object_get_null_member (get_run (json, 1), "looks"));
  g_assert_true (json_object_get_null_member (get_run (json, 1), "gradient_norm"));
  cli_run (self, "lab training --network 1-4-1 --points 200 --steps 60 --method gradient "
                 "--rate 0.3 --activations identity --json b.json --csv b.csv --png b.png");
  cli_assert_status (self, 1);
  cli_assert_contains (self->err, "step 8: the loss is inf");
  all = cli_read_json (self, "b.json");
  g_assert_false (json_object_get_null_member (get_run (all, 0), "failed"));
  g_assert_true (cli_exists (self, "b.csv") && cli_exists (self, "b.png"));
}

/* Two variables, typed; the flow in its time. */
static void
test_flow (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) json = NULL;
  JsonObject *run;

  cli_run (self, "lab training --target y^2-0.5x --network 2-4-1 --points 200 --method flow "
                 "--until 0.5 --json f.json --png f.svg");
  if (strstr (self->err, "SUNDIALS") != NULL)
    {
      cli_assert_status (self, 1);
      g_test_skip ("built without SUNDIALS");
      return;
    }
  cli_assert_status (self, 0);
  json = cli_read_json (self, "f.json");
  g_assert_cmpstr (json_object_get_string_member (json, "polynomial"), ==, "y^2 - 0.5 x");
  run = get_run (json, 0);
  g_assert_cmpfloat (json_object_get_double_member (run, "time"), ==, 0.5);
  g_assert_true (cli_exists (self, "f.svg"));
}

/* A shortened table has the rows that it has reached. */
static void
test_table (CliFixture *self, gconstpointer data)
{
  cli_run (self, "lab training --table --activations elu --seeds 3 --steps 50 --points 200");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| elu | 0 | norm, mean | 3 | 5.");
  cli_assert_contains (self->out, "| 5.52 ± 0.02 |");
  cli_assert_contains (self->out, "arXiv 2505.09572");
  g_assert_null (strstr (self->out, "20000"));
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "", 2, "got nothing, expected a lab: " },
    { "attic", 2, "got attic, expected a lab: " },
    { "training here", 2, "got `here`, expected options alone" },
    { "training --target x^", 2, "polynomial, position 3: got the end" },
    { "training --network 1-2", 2, "network: got \"1-2\", expected 1 at the end" },
    { "training --target p2 --network 1-5-1", 2, "its input has 1 numbers, the target has 2" },
    { "training --activations gelu,gelu", 2, "got gelu twice" },
    { "training --activations sine", 2, "activation \"sine\" is not known" },
    { "training --method magic", 2, "--method: got `magic`, expected one of gradient, adam, flow" },
    { "training --rate 1,5", 2, "--rate: got `1,5`, expected a number" },
    { "training --rate -1", 2, "--rate: got `-1`, expected a number from 0 on" },
    { "training --batch 0", 2, "batch: got 0" },
    { "training --points 1000000", 2,
      "--points: got `1000000`, expected a whole number from 1 to " },
    { "training --steps 0", 2, "--steps: got `0`" },
    { "training --activations gelu,elu --seeds 200", 2, "expected 1 to 200 runs" },
    { "training --csv a --json a", 2, "--json" },
    { "training --png a.txt", 2, "a.txt" },
    { "training --method gradient --rate 10 --points 50 --steps 500", 1, "the loss is" },
  };

  cli_assert_refusals (self, "lab ", rows, G_N_ELEMENTS (rows));
}

/* No option is ignored in silence. */
static void
test_needs (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--method flow --rate 0.1", 2, "got --rate with --method flow, expected --method adam or" },
    { "--method flow --batch 10", 2, "got --batch with --method flow, expected --method adam" },
    { "--method gradient --batch 10", 2, "got --batch with --method gradient, expected --method" },
    { "--until 10", 2, "got --until with --method adam, expected --method flow" },
    { "--method gradient --until 10", 2, "got --until with --method gradient, expected" },
    { "--tolerance 1e-4", 2, "got --tolerance with --method adam, expected --method flow" },
    { "--table --method gradient", 2,
      "got --table with --method gradient, expected --method adam" },
    { "--table --target p4", 2, "got --table with --target p4, expected --target p1 or p2" },
    { "--table --activations gelu,relu", 2, "got --activations relu with --table, expected some" },
  };

  cli_assert_refusals (self, "lab training ", rows, G_N_ELEMENTS (rows));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/cli/lab-training/files", CliFixture, NULL, cli_fixture_set_up, test_files,
              cli_fixture_tear_down);
  g_test_add ("/cli/lab-training/failed", CliFixture, NULL, cli_fixture_set_up, test_failed,
              cli_fixture_tear_down);
  g_test_add ("/cli/lab-training/flow", CliFixture, NULL, cli_fixture_set_up, test_flow,
              cli_fixture_tear_down);
  g_test_add ("/cli/lab-training/table", CliFixture, NULL, cli_fixture_set_up, test_table,
              cli_fixture_tear_down);
  g_test_add ("/cli/lab-training/needs", CliFixture, NULL, cli_fixture_set_up, test_needs,
              cli_fixture_tear_down);
  g_test_add ("/cli/lab-training/refused", CliFixture, NULL, cli_fixture_set_up, test_refused,
              cli_fixture_tear_down);
  return g_test_run ();
}
