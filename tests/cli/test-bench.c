/* `pisd bench`: that the tables are there and carry what they claim; figures are for machines at
 * rest. */
#include "cli-fixture.h"

#include <math.h>

#include "pisd-calibration.h"

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
  cli_assert_contains (self->out, "posterior ");
  cli_assert_contains (self->out, "accuracy ");
  cli_assert_contains (self->out, "sweep ");
}

static void
test_step (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (self, "bench step --steps 3 --repeats 1 --json r.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| poisson, pisd, hyperbolic modes, K = 44 |");
  report = cli_read_json (self, "r.json");
  g_assert_cmpstr (json_object_get_string_member (report, "version"), ==, PISD_VERSION);
  cli_assert_contains (json_object_get_string_member (report, "machine"), "cores");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (report, "rows")), ==, 8);
  row = find_row (report, "poisson, second-order, square modes, K = 44");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 1);
  row = find_row (report, "poisson, pisd, square modes, K = 44");
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), >, 0);
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 3);
  g_assert_true (json_object_get_null_member (row, "target_minimum"));
  g_assert_true (json_object_get_null_member (row, "standard_error"));
  g_assert_cmpint (json_object_get_boolean_member (row, "met"), ==,
                   json_object_get_double_member (row, "value") <= 3);
}

/* A learned prior's steps, whose targets are others, and whole runs. */
static void
test_step_learned (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (self, "bench step --prior learned --problem helmholtz --sensors 20 --steps 1 "
                 "--repeats 1 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  row = find_row (report, "helmholtz, learned prior, pisd, square modes, K = 44");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 6);
  row = find_row (report, "helmholtz, learned prior, second-order, square modes, K = 44, from "
                          "sensors to pictures");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 650);
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), >, 0);
  g_assert_null (strstr (self->out, "hyperbolic")); /* which a network does not have */
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

  cli_run (self, "bench prior --samples 60 --steps 60 --set modes=12 --json r.json");
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

/* Rows of a benchmark's own table: of that method and field. */
static JsonObject *
find_line (JsonObject *report, const char *table, const char *method, const char *field)
{
  JsonArray *rows =
      json_object_get_array_member (json_object_get_object_member (report, "tables"), table);

  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      if (g_str_equal (json_object_get_string_member (row, "method"), method)
          && g_str_equal (json_object_get_string_member (row, "field"), field))
        return row;
    }
  g_error ("no row of `%s`, %s", method, field);
}

static void
test_accuracy (CliFixture *self, gconstpointer data)
{
  static const char *const numbers[] = {
    "error_percent", "error_se",     "floor_percent",   "ratio",       "ratio_se", "single_percent",
    "single_se",     "single_ratio", "single_ratio_se", "calibration", "seconds",
  };
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (self, "bench --problem helmholtz --task inverse --guidance second-order --instances 2 "
                 "--steps 20 --samples 8 --json r.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| helmholtz | inverse | grf | gaussian | second-order | a | ");
  report = cli_read_json (self, "r.json");
  row = find_line (report, "accuracy", "second-order", "a");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    if (!(json_object_get_double_member (row, numbers[i]) > 0))
      g_error ("%s: got %g, expected a positive number", numbers[i],
               json_object_get_double_member (row, numbers[i]));
  g_assert_cmpfloat (json_object_get_double_member (row, "steps"), ==, 20);
  g_assert_cmpfloat (json_object_get_double_member (row, "evaluations"), ==, 20);
  g_assert_cmpfloat (json_object_get_double_member (row, "samples"), ==, 8);
  g_assert_cmpfloat (json_object_get_double_member (row, "instances"), ==, 2);
  g_assert_cmpfloat (json_object_get_double_member (row, "sensors"), ==, 500);
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (row, "ratio"),
                                  json_object_get_double_member (row, "error_percent")
                                      / json_object_get_double_member (row, "floor_percent"),
                                  1e-9);
  g_assert_cmpfloat (json_object_get_double_member (row, "ratio"), <, 1.2);
  g_assert_cmpfloat (json_object_get_double_member (row, "single_ratio"), <, 1.7);
  row = find_row (report, "helmholtz inverse, second-order, error of a of the mean of 8 samples "
                          "over the floor");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 1.06);
  row = find_row (report, "FunDPS: helmholtz inverse, error of a");
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), ==, 17.16);
  cli_assert_contains (json_object_get_string_member (row, "how"), "NeurIPS 2025");
  cli_assert_contains (json_object_get_string_member (row, "how"),
                       "arXiv 2505.17004; 500 steps, GPU");
}

/* Every method on the same instances; the first-order ones with preset and tuned; the exact one is
 * its own floor. */
static void
test_methods (CliFixture *self, gconstpointer data)
{
  static const char *const methods[] = { "none",          "dps (preset)", "dps (tuned)",
                                         "pisd (preset)", "pisd (tuned)", "second-order" };
  g_autoptr (JsonObject) report = NULL;
  JsonObject *exact;

  cli_run (self, "bench accuracy --task forward --guidance all --instances 2 --steps 3 --samples 1 "
                 "--sensors 60 --set modes=16 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  exact = find_line (report, "accuracy", "exact", "u");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (exact, "ratio"), 1, 1e-9);
  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      JsonObject *row = find_line (report, "accuracy", methods[i], "u");

      g_assert_cmpfloat (json_object_get_double_member (row, "floor_percent"), ==,
                         json_object_get_double_member (exact, "floor_percent"));
      g_assert_cmpfloat (json_object_get_double_member (row, "ratio"), >, 1);
      g_assert_true (json_object_get_null_member (row, "calibration"));
    }
}

/* Tuned settings do better than the official ones, in fewer evaluations, on instances that tuning has
 * not seen. */
static void
test_tuned (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonObject *preset, *tuned;

  cli_run (self, "bench accuracy --guidance pisd --instances 2 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  preset = find_line (report, "accuracy", "pisd (preset)", "u");
  tuned = find_line (report, "accuracy", "pisd (tuned)", "u");
  g_assert_cmpfloat (json_object_get_double_member (tuned, "error_percent"), <,
                     0.8 * json_object_get_double_member (preset, "error_percent"));
  g_assert_cmpfloat (json_object_get_double_member (tuned, "evaluations"), <,
                     json_object_get_double_member (preset, "evaluations"));
}

static void
test_posterior (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (self, "bench posterior --sensors 40 --set modes=16 --repeats 1 --json r.json");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "40 sensors a field, K = 16");
  report = cli_read_json (self, "r.json");
  row = find_row (report, "forward: set-up for new sensors");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 150);
  row = find_row (report, "inverse: set-up when one sensor moves");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 30);
  row = find_row (report, "inverse: exact step");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 1);
}

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == '\n';
  return n;
}

#define SWEEP "bench sweep --instances 1 --samples 1 --set modes=16 "

static void
test_sweep (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) csv = NULL;
  g_autoptr (GBytes) png = NULL;
  g_autofree char *text = NULL;

  cli_run (self, SWEEP "--over steps --values 2,4,8 --sensors 50 --csv s.csv --png s.png");
  cli_assert_status (self, 0);
  csv = cli_read (self, "s.csv");
  text = g_strndup (g_bytes_get_data (csv, NULL), g_bytes_get_size (csv));
  g_assert_true (g_str_has_prefix (text, "problem,task,over,value,method,field,error_percent,"
                                         "error_se,steps,evaluations,samples,instances,sensors,"
                                         "seconds\n"));
  /* header, values, methods, fields */
  g_assert_cmpuint (count_lines (text), ==, 1 + 3 * 4 * 2);
  cli_assert_contains (text, "\npoisson,forward,steps,8,pisd (tuned),u,");
  cli_assert_contains (text, "\npoisson,forward,steps,2,best possible,a,");
  png = cli_read (self, "s.png");
  g_assert_cmpmem (g_bytes_get_data (png, NULL), 4, "\x89PNG", 4);

  cli_run (self, SWEEP "--over sensors --values 5,50 --guidance second-order --task inverse "
                       "--csv t.csv");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| poisson | inverse | sensors | 50 | second-order | a | ");
}

/* From sensors on u alone to sensors on a alone; counts beyond the most are left out. */
static void
test_mixture (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench mixture --instances 1 --steps 3 --sensors 8 --set modes=16");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| poisson | 0 | 8 | ");
  cli_assert_contains (self->out, "| poisson | 3 | 8 | ");
  cli_assert_contains (self->out, "| poisson | 8 | 8 | ");
  cli_assert_contains (self->out, "| poisson | 8 | 1 | ");
  cli_assert_contains (self->out, "floor of u, %");
  cli_assert_contains (self->out, "over the row before");
  g_assert_null (strstr (self->out, "| 10 |"));
}

/* A row a sampler, schedule and number of steps. */
static void
test_samplers (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench samplers --instances 1 --samples 4 --steps 5 --sensors 20 --task inverse "
                 "--set modes=16");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| over the floor | ");
  cli_assert_contains (self->out, "| poisson | inverse | grf | euler | edm | 5 | a | ");
  cli_assert_contains (self->out, "| poisson | inverse | grf | heun, churn 20 | linear | 5 | a | ");
  cli_assert_contains (self->out, "| poisson | inverse | grf | ddim, eta 0.5 | cosine | 5 | a | ");
  cli_assert_contains (self->out, "| poisson | inverse | grf | exact | cosine | 5 | a | ");
}

/* The exact step has no rows where the posterior is not Gaussian, and the floor is that of the
 * family's Gaussian. */
static void
test_samplers_learned (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench samplers --prior learned --family blobs --instances 1 --samples 2 "
                 "--steps 1 --sensors 10");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out,
                       "| poisson | forward | blobs | heun, churn 20 | cosine | 1 | u |");
  g_assert_null (strstr (self->out, "| exact |"));
}

/* Both paths beside the machine's own rate, which is asked of them. */
static void
test_train (CliFixture *self, gconstpointer data)
{
  g_autoptr (JsonObject) report = NULL;
  JsonArray *rows;
  double rate;

  cli_run (self, "bench train --repeats 1 --threads 1 --set modes=8 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  rows = json_object_get_array_member (report, "rows");
  rate = json_object_get_double_member (find_row (report, "sgemm"), "value");
  g_assert_cmpuint (json_array_get_length (rows), >=, 2);
  for (guint i = 1; i < json_array_get_length (rows); i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      g_assert_cmpfloat (json_object_get_double_member (row, "target_minimum"), ==, rate);
      g_assert_cmpint (json_object_get_boolean_member (row, "met"), ==,
                       json_object_get_double_member (row, "value") >= rate);
      cli_assert_contains (json_object_get_string_member (row, "how"), " of sgemm, ");
    }
  cli_assert_contains (self->out, "| poisson, plain, ");
}

/* Beside a learned prior stand the exact mean and draws of the Gaussian of its family, and what is
 * asked of it, by family and number of sensors. */
static void
test_accuracy_learned (CliFixture *self, gconstpointer data)
{
  static const char *const numbers[] = { "floor_percent", "ratio",          "crps_percent",
                                         "crps_ratio",    "energy_percent", "energy_ratio" };
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (JsonObject) gaussian = NULL;
  JsonObject *row;
  double floor;

  cli_run (self, "bench accuracy --prior learned --family inclusions --instances 1 --samples 2 "
                 "--steps 2 --sensors 20 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  row = find_line (report, "accuracy", "second-order", "u");
  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++)
    g_assert_cmpfloat (json_object_get_double_member (row, numbers[i]), >, 0);
  g_assert_cmpstr (json_object_get_string_member (row, "prior"), ==, "learned");
  floor = json_object_get_double_member (row, "floor_percent");
  row =
      find_row (report, "poisson forward, second-order, learned prior of inclusions, energy score "
                        "of u over that of exact draws");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 1);
  g_assert_null (strstr (self->out, "over the floor")); /* not asked of so few sensors */

  cli_run (self, "bench accuracy --guidance exact --family inclusions --instances 1 --sensors 20 "
                 "--json g.json");
  cli_assert_status (self, 0);
  gaussian = cli_read_json (self, "g.json");
  row = find_line (gaussian, "accuracy", "exact", "u");
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (row, "error_percent"), floor,
                                  1e-9);
  g_assert_true (json_object_get_null_member (row, "crps_ratio"));
}

/* A row a field and size; entries are kept for a set of this size, so that one sensor is moved. */
static void
test_scale (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench scale --values 20,30 --samples 2 --steps 3 --set modes=16");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| a | 20 | 16 | ");
  cli_assert_contains (self->out, "| u | 20 | 16 | ");
  cli_assert_contains (self->out, "| a | 30 | 16 | ");
  cli_assert_contains (self->out, "| u | 30 | 16 | ");
}

/* A row a phase, each of which was looked into. */
static void
test_cancel (CliFixture *self, gconstpointer data)
{
  static const char *const phases[] = { "loading",     "the prior's eigenvectors",
                                        "set-up",      "steps",
                                        "factor of G", "mean and draws",
                                        "spread" };

  cli_run (self, "bench cancel --values 30 --repeats 1 --steps 3 --set modes=16");
  cli_assert_status (self, 0);
  for (guint i = 0; i < G_N_ELEMENTS (phases); i++)
    {
      g_autofree char *row = g_strdup_printf ("| u | 30 | %s | ", phases[i]);

      cli_assert_contains (self->out, row);
    }
}

/* A row an error and a time; few sensors of the first frame say something already. */
static void
test_flow (CliFixture *self, gconstpointer data)
{
  static const char *const waits[] = { "second-order", "exact and its spread", "pisd",
                                       "readings that no flow has", "a strong flow as truth" };
  g_autoptr (JsonObject) report = NULL;
  JsonObject *row;

  cli_run (
      self,
      "bench flow --instances 1 --sensors 30 --samples 4 --steps 20 --repeats 1 --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  row = find_row (report, "navier-stokes, forward: error of w (1), mode");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 2.4);
  g_assert_cmpfloat (json_object_get_double_member (row, "value"), <, 80);
  row = find_row (report, "a step of the solver, a node");
  g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 30);
  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      g_autofree char *what = g_strconcat ("longest wait for a stop, ", waits[i], NULL);

      row = find_row (report, what);
      g_assert_cmpfloat (json_object_get_double_member (row, "target_maximum"), ==, 200);
    }
}

/* Rows of every backend, of the shapes for the equation that was asked for alone. */
static void
test_network (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench network --problem navier-stokes --repeats 1");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| w, 64 channels, 6 blocks, plain | ");
  cli_assert_contains (self->out, "forward ");
  g_assert_null (strstr (self->out, "| a, "));
}

/* Settings are taken there too, but for what the benchmark is of. */
static void
test_flow_settings (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench flow --set viscosity=1");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "expected 0.0001 to 0.01");
  cli_run (self, "bench flow --set problem=poisson");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "got another problem or space with --set");
}

/* The published figures hold for 500 sensors and stand beside nothing else. */
static void
test_other_sensors (CliFixture *self, gconstpointer data)
{
  cli_run (self, "bench accuracy --instances 1 --sensors 50 --set modes=16");
  cli_assert_status (self, 0);
  g_assert_null (strstr (self->out, "FunDPS"));
}

/* A person's own figures stand beside the others; what is wrong with their table is said with its
 * line, before anything runs. */
static void
test_own_figures (CliFixture *self, gconstpointer data)
{
  static const char *const words =
      "bench accuracy --problem poisson --task forward --instances 1 --guidance exact "
      "--set modes=16 --set samples=1";
  static const struct
  {
    const char *table, *says;
  } bad[] = {
    { "name,source,poisson-forward\nMine,a paper,-3\n",
      "published.csv:2: poisson-forward: got \"-3\", expected an error in percent" },
    { "name,source,poisson-sideways\n", "published.csv:1: column: got \"poisson-sideways\"" },
    { "name,poisson-forward\nMine,3\n", "published.csv:1: header: got no column source" },
    { "name,source\nMine,a paper\nOther,\n", "published.csv:3: row: got an empty cell" },
    { "name,source\nMine,a paper,7\n", "published.csv:2: row: got 3 cells, expected 2" },
  };
  g_autofree char *folder = cli_path (self, "pisd");

  g_mkdir_with_parents (folder, 0700);
  g_subprocess_launcher_setenv (self->launcher, "XDG_DATA_HOME", self->folder, TRUE);
  cli_write (self, "pisd/published.csv",
             "name;source;how;poisson-inverse;poisson-forward\n"
             "Mine;a paper;by hand;;3,25\nOther;another;;9;\n");
  cli_run (self, words);
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "Mine: poisson forward, error of u | 3.25");
  cli_assert_contains (self->out, "a paper; by hand");
  g_assert_null (strstr (self->out, "Other"));
  for (guint k = 0; k < G_N_ELEMENTS (bad); k++)
    {
      cli_write (self, "pisd/published.csv", bad[k].table);
      cli_run (self, words);
      cli_assert_status (self, 1);
      cli_assert_contains (self->err, bad[k].says);
    }
}

/* What samples say of their own spread is told from as many on as everywhere else. */
/* Another family's truths, and its Gaussian as prior and floor, beside which nobody's figures stand; with the benchmark's
 * prior errors are larger, and there is no floor. */
static void
test_family (CliFixture *self, gconstpointer data)
{
  static const char *const words =
      "bench accuracy --family blobs --guidance exact --instances 2 --samples 1 "
      "--set modes=16 --json ";
  g_autofree char *own = g_strconcat (words, "own.json", NULL);
  g_autofree char *other = g_strconcat (words, "other.json --set prior-family=grf", NULL);
  g_autoptr (JsonObject) report = NULL, beside = NULL;
  JsonObject *row, *row_beside;

  cli_run (self, own);
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "| poisson | forward | blobs | gaussian | exact | u | ");
  g_assert_null (strstr (self->out, "FunDPS"));
  cli_run (self, other);
  cli_assert_status (self, 0);
  report = cli_read_json (self, "own.json");
  beside = cli_read_json (self, "other.json");
  row = find_line (report, "accuracy", "exact", "u");
  row_beside = find_line (beside, "accuracy", "exact", "u");
  g_assert_cmpfloat (json_object_get_double_member (row, "ratio"), ==, 1.0);
  g_assert_true (json_object_get_null_member (row_beside, "ratio"));
  g_assert_cmpfloat (json_object_get_double_member (row, "error_percent"), <,
                     0.7 * json_object_get_double_member (row_beside, "error_percent"));
  cli_run (self, "bench accuracy --family blobs --guidance second-order --instances 1 --steps 2 "
                 "--samples 2 --sensors 20 --set modes=16");
  cli_assert_status (self, 0);
  g_assert_null (strstr (self->out, "over the floor")); /* nothing is asked of such truths */
  cli_run (self, "bench --family trees");
  cli_assert_refused (self, 2, "got \"trees\", expected grf, inclusions, blobs", 2);
}

static void
test_few_samples (CliFixture *self, gconstpointer data)
{
  for (guint n = PISD_CALIBRATION_LEAST - 1; n <= PISD_CALIBRATION_LEAST; n++)
    {
      g_autofree char *words = g_strdup_printf (
          "bench accuracy --problem poisson --task inverse --guidance second-order --instances 1 "
          "--sensors 20 --set modes=16 --steps 4 --samples %u --json r.json",
          n);
      g_autoptr (JsonObject) report = NULL;
      JsonObject *row;

      cli_run (self, words);
      cli_assert_status (self, 0);
      report = cli_read_json (self, "r.json");
      row = find_line (report, "accuracy", "second-order", "a");
      g_assert_true (json_object_get_null_member (row, "calibration")
                     == (n < PISD_CALIBRATION_LEAST));
    }
}

static void
test_refusals (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "bench speed", 2,
      "got the benchmark `speed`, expected step, transforms, posterior, scale, cancel, prior, "
      "prior-fit, accuracy, sweep, mixture, samplers, train, network, socket, where or flow" },
    { "bench --problem euler", 2, "expected poisson, helmholtz, navier-stokes or all" },
    { "bench --guidance third-order", 2, "expected none, dps, pisd, second-order, exact or all" },
    { "bench --prior guessed", 2, "expected gaussian, learned" },
    { "bench --task sideways", 2,
      "--task: got `sideways`, expected forward, inverse, both or all" },
    { "bench sweep --over time", 2, "--over: got `time`, expected steps or sensors" },
    { "bench sweep --values 10,few", 2, "--values: got `few`" },
    { "bench sweep --values 10001", 2,
      "--values: got `10001`, expected a whole number from 1 to 10000" },
    { "bench sweep --over sensors --values 8193", 2, "--values: got `8193`" },
    { "bench scale --values 16385", 2, "--values: got `16385`" },
    { "bench accuracy --csv s.csv", 2, "--csv or --png, which belong to the benchmark sweep" },
    { "bench sweep --png nowhere/s.png", 1, "--png: nowhere/s.png: cannot be written" },
    { "bench --instances 0", 2, "--instances: got `0`, expected a whole number from 1" },
    { "bench --steps -1", 2, "--steps: got `-1`" },
    { "bench --repeats 2.5", 2, "--repeats: got `2.5`" },
    { "bench accuracy --set nonsense=1", 2, "nonsense" },
    { "bench step --json nowhere/r.json", 1, "--json: nowhere/r.json: cannot be written" },
  };

  cli_assert_refusals (self, "", rows, G_N_ELEMENTS (rows));
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
  ADD ("step-learned", test_step_learned);
  ADD ("transforms", test_transforms);
  ADD ("prior", test_prior);
  ADD ("accuracy", test_accuracy);
  ADD ("accuracy-learned", test_accuracy_learned);
  ADD ("few-samples", test_few_samples);
  ADD ("family", test_family);
  ADD ("methods", test_methods);
  if (g_test_slow ())
    ADD ("tuned", test_tuned);
  ADD ("posterior", test_posterior);
  ADD ("sweep", test_sweep);
  ADD ("mixture", test_mixture);
  ADD ("samplers", test_samplers);
  ADD ("samplers-learned", test_samplers_learned);
  ADD ("train", test_train);
  ADD ("network", test_network);
  ADD ("flow", test_flow);
  ADD ("flow-settings", test_flow_settings);
  ADD ("scale", test_scale);
  ADD ("cancel", test_cancel);
  ADD ("other-sensors", test_other_sensors);
  ADD ("own-figures", test_own_figures);
  ADD ("refusals", test_refusals);
  return g_test_run ();
}
