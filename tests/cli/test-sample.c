/* `pisd sample`, end to end: what it writes, that it repeats to the bit, and what it refuses. */
#include "cli-fixture.h"

#include <locale.h>
#include <math.h>
#include <string.h>

#include "pisd-field.h"
#include "pisd-npz-writer.h"
#include "pisd-settings.h"

/* A small run: 16 x 16 modes, 8 steps. */
#define SMALL "--set modes=16 --steps 8 "
#define TRUTH "--truth @DATA@/poisson-00.npz "
#define N_NODES (PISD_GRID * PISD_GRID)

static void
test_arrays (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample " SMALL TRUTH "--observe-a 30 --observe-u 20 --samples 3 --output o.npz");
  cli_assert_status (self, 0);
  cli_assert_shape (self, "o.npz", "a_mean", "128x128");
  cli_assert_shape (self, "o.npz", "a_sd", "128x128");
  cli_assert_shape (self, "o.npz", "u_mean", "128x128");
  cli_assert_shape (self, "o.npz", "u_sd", "128x128");
  cli_assert_shape (self, "o.npz", "a_samples", "3x128x128");
  cli_assert_shape (self, "o.npz", "u_samples", "3x128x128");
  cli_assert_shape (self, "o.npz", "sensors", "50x6");
}

/* a_mean and a_sd are those of a_samples. */
static void
test_moments (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) mean = NULL;
  g_autoptr (PisdArray) sd = NULL;
  g_autoptr (PisdArray) samples = NULL;

  cli_run (self, "sample " SMALL "--samples 3 --output o.npz");
  cli_assert_status (self, 0);
  mean = cli_read_array (self, "o.npz", "a_mean");
  sd = cli_read_array (self, "o.npz", "a_sd");
  samples = cli_read_array (self, "o.npz", "a_samples");
  for (guint i = 0; i < N_NODES; i += 97)
    {
      const double s[] = { samples->data[i], samples->data[N_NODES + i],
                           samples->data[2 * N_NODES + i] };
      double m = (s[0] + s[1] + s[2]) / 3;
      double v = ((s[0] - m) * (s[0] - m) + (s[1] - m) * (s[1] - m) + (s[2] - m) * (s[2] - m)) / 2;

      g_assert_cmpfloat_with_epsilon (mean->data[i], m, 1e-12);
      g_assert_cmpfloat_with_epsilon (sd->data[i], sqrt (v), 1e-9);
    }
}

static void
test_report (CliFixture *self, gconstpointer data)
{
  static const char *const keys[] = { "version",           "problem",       "settings",
                                      "seconds",           "setup_seconds", "steps",
                                      "evaluations",       "losses",        "residual_fd",
                                      "residual_spectral", "error_a",       "error_u",
                                      "floor_a",           "floor_u",       "floor_n" };
  g_autoptr (JsonObject) report = NULL;
  JsonObject *settings;

  cli_run (self, "sample " SMALL TRUTH
                 "--observe-a 200 --guidance pisd --seed 7 --output o.npz --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      if (!json_object_has_member (report, keys[i]))
        g_error ("no key `%s`", keys[i]);
    }
  g_assert_cmpstr (json_object_get_string_member (report, "problem"), ==, "poisson");
  g_assert_cmpint (json_object_get_int_member (report, "steps"), ==, 8);
  g_assert_cmpint (json_object_get_int_member (report, "evaluations"), ==, 8);
  settings = json_object_get_object_member (report, "settings");
  g_assert_cmpint (json_object_get_int_member (settings, "seed"), ==, 7);
  g_assert_cmpint (json_object_get_int_member (settings, "modes"), ==, 16);
}

static double
get_number (CliFixture *self, const char *key)
{
  g_autoptr (JsonObject) report = cli_read_json (self, "r.json");

  if (!json_object_has_member (report, key) || json_object_get_null_member (report, key))
    g_error ("no number `%s`", key);
  return json_object_get_double_member (report, key);
}

static gboolean
is_null (CliFixture *self, const char *key)
{
  g_autoptr (JsonObject) report = cli_read_json (self, "r.json");

  return json_object_get_null_member (report, key);
}

#define REPORTING "--output o.npz --json r.json "

static double
get_distance (const double *x, const double *y)
{
  double squares = 0;

  for (gsize k = 0; k < N_NODES; k++)
    squares += (x[k] - y[k]) * (x[k] - y[k]);
  return sqrt (squares);
}

/* Of two samples X, Z and a truth Y the energy score is (|X - Y| + |Z - Y| - |X - Z|) / 2 |Y|; one
 * sample has none, and without a truth there is none. */
static void
test_scores (CliFixture *self, gconstpointer data)
{
  g_autofree double *zero = g_new0 (double, N_NODES);
  g_autoptr (PisdArray) samples = NULL;
  g_autoptr (PisdArray) truth = NULL;

  cli_run (self, "sample " SMALL "--observe-a 30 --samples 2 " REPORTING);
  cli_assert_status (self, 0);
  samples = cli_read_array (self, "o.npz", "a_samples");
  g_assert_cmpfloat (get_number (self, "crps_a"), >, 0);
  g_assert_cmpfloat (get_number (self, "crps_a"), <, get_number (self, "error_a"));
  cli_run (self, "dataset --count 1 --output d.npz");
  cli_assert_status (self, 0);
  truth = cli_read_array (self, "d.npz", "a");
  g_assert_cmpfloat_with_epsilon (get_number (self, "energy_score_a"),
                                  (get_distance (samples->data, truth->data)
                                   + get_distance (samples->data + N_NODES, truth->data)
                                   - get_distance (samples->data, samples->data + N_NODES))
                                      / (2 * get_distance (zero, truth->data)),
                                  1e-6); /* of a truth in single precision */
  cli_run (self, "sample " SMALL "--observe-a 30 --samples 1 " REPORTING);
  cli_assert_status (self, 0);
  g_assert_true (is_null (self, "crps_a") && is_null (self, "energy_score_u"));
}

/* The floor is the same whatever runs above it, and it is the error of the exact posterior. */
static void
test_floor (CliFixture *self, gconstpointer data)
{
  double floor_a, floor_u;

  cli_run (self, "sample " SMALL "--observe-a 100 --observe-u 100 --guidance pisd " REPORTING);
  cli_assert_status (self, 0);
  floor_a = get_number (self, "floor_a");
  floor_u = get_number (self, "floor_u");
  /* Nodes of u on the boundary tell nothing. */
  g_assert_cmpfloat (get_number (self, "floor_n"), <=, 200);
  g_assert_cmpfloat (get_number (self, "floor_n"), >, 180);
  g_assert_cmpfloat (floor_a, >, 0.01);
  g_assert_cmpfloat (floor_a, <, get_number (self, "error_a"));
  g_assert_cmpfloat (floor_u, <, get_number (self, "error_u"));
  g_assert_true (is_null (self, "calibration_a"));
  cli_assert_contains (self->out, "(best possible ");

  cli_run (self, "sample " SMALL "--observe-a 100 --observe-u 100 --guidance exact " REPORTING);
  cli_assert_status (self, 0);
  g_assert_cmpfloat (fabs (get_number (self, "error_a") / floor_a - 1), <, 1e-4);
  g_assert_cmpfloat (fabs (get_number (self, "error_u") / floor_u - 1), <, 1e-4);
  g_assert_cmpfloat (fabs (get_number (self, "floor_a") / floor_a - 1), <, 1e-4);
  g_assert_cmpfloat (get_number (self, "calibration_a"), >, 0.7);
  g_assert_cmpfloat (get_number (self, "calibration_a"), <, 1.3);
}

/* Another family, no truth, or too many sensors for a run that does not need it: no floor. */
static void
test_no_floor (CliFixture *self, gconstpointer data)
{
  static const char *const runs[] = {
    "sample " SMALL "--family blobs " REPORTING,
    "sample " SMALL "--observations s.csv " REPORTING,
    "sample " SMALL "--observe-a 2001 " REPORTING,
  };

  cli_write (self, "s.csv", "field,x,y,value\na,0.25,0.5,-2\n");
  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      cli_run (self, runs[i]);
      cli_assert_status (self, 0);
      g_assert_true (is_null (self, "floor_a"));
      g_assert_true (is_null (self, "floor_u"));
      g_assert_true (is_null (self, "floor_n"));
      g_assert_cmpint (is_null (self, "exact_left_out"), ==, i < 2);
    }
  cli_assert_contains (self->err, "pisd sample: the best possible estimate is left out: got 2001 "
                                  "sensors, expected at most 2000");
}

/* The prior is that of a random truth's family, and leaves the mean open as that does, and says so, unless an option or a
 * scenario's key says otherwise. */
static void
test_mean (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *arguments;
    double mean_sd;
    const char *family;
  } runs[] = {
    { "--family blobs --save-scenario b.scenario ", 0.097, "blobs" },
    { "--family blobs --set mean-sd=0 --save-scenario closed.scenario ", 0, "blobs" },
    { "--family blobs --prior-family grf ", 1, "grf" },
    { "--family blobs --set prior-family=any ", 0.116, "any" },
    { "--scenario b.scenario ", 0.097, "blobs" },
    { "--scenario closed.scenario ", 0, "blobs" },
    { "--scenario closed.scenario --seed 9 ", 0, "blobs" },
    { "--scenario b.scenario --family grf ", 0, "grf" },
    { "--scenario b.scenario --family grf --set mean-sd=0.5 ", 0.5, "grf" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *line = g_strconcat ("sample --set modes=16 --observe-a 20 --steps 2 ",
                                           runs[i].arguments, REPORTING, NULL);
      g_autoptr (JsonObject) report = NULL;
      JsonObject *settings;

      cli_run (self, line);
      cli_assert_status (self, 0);
      report = cli_read_json (self, "r.json");
      settings = json_object_get_object_member (report, "settings");
      g_assert_cmpfloat (json_object_get_double_member (settings, "mean-sd"), ==, runs[i].mean_sd);
      g_assert_cmpstr (json_object_get_string_member (settings, "prior-family"), ==,
                       runs[i].family);
      g_assert_cmpint (strstr (self->out, "leaves the mean") != NULL, ==, runs[i].mean_sd > 0);
      g_assert_cmpint (strstr (self->out, "the prior is the Gaussian of ") != NULL, ==,
                       !g_str_equal (runs[i].family, "grf"));
    }
}

/* Only where truth and prior are of one kind is anything the best possible; elsewhere the posterior says what it expects,
 * and that readings of another scale contradict the prior. */
static void
test_claims (CliFixture *self, gconstpointer data)
{
  cli_write (self, "wide.csv",
             "field,x,y,value\na,0.2,0.5,40\na,0.6,0.3,-50\na,0.7,0.8,30\n"
             "a,0.4,0.4,-20\n");
  cli_run (self, "sample " SMALL "--family blobs --guidance exact " REPORTING);
  cli_assert_status (self, 0);
  g_assert_null (strstr (self->out, "best possible"));
  cli_assert_contains (self->out, "(the posterior expects ");
  g_assert_true (is_null (self, "floor_a"));
  g_assert_cmpfloat (get_number (self, "exact_error_a"), ==, get_number (self, "error_a"));
  g_assert_cmpfloat (get_number (self, "expected_error_a"), >, 0);
  cli_run (self, "sample " SMALL "--observations wide.csv --guidance exact " REPORTING);
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "not known, the posterior expects ");
  cli_assert_contains (self->err, "The readings contradict the prior");
}

/* Readings that cannot be true are named; what cannot be computed with is refused, and nothing is written. */
static void
test_readings (CliFixture *self, gconstpointer data)
{
  cli_write (self, "far.csv", "field,x,y,value\na,0.5,0.5,1\na,0.25,0.5,-1e20\n");
  cli_write (self, "boundary.csv", "field,x,y,value\nu,0,0.5,1\nu,0.5,0.5,0.01\n");
  cli_write (self, "no-data.csv", "field,x,y,value\na,0.5,0.5,1\na,0.25,0.5,1e307\n");
  cli_run (self, "sample " SMALL "--observations far.csv --guidance exact " REPORTING);
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "Sensor 2, a at x = 0.25, y = 0.5, reads -1e+20");
  cli_run (self, "sample " SMALL "--observations boundary.csv --guidance exact " REPORTING);
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "Sensor 1, u at x = 0, y = 0.5, reads 1 where the equation");
  cli_assert_contains (self->err, "1 reading says nothing");
  cli_run (self, "sample " SMALL "--observations no-data.csv --guidance exact --output none.npz");
  cli_assert_status (self, 1);
  cli_assert_contains (self->err, "sensor 2: `a` at x = 0.25, y = 0.5 reads 1e+307");
}

/* On the same sensors second-order guidance leaves less than first-order in more steps, and the
 * mean of its samples comes close to the floor. */
static void
test_second_order (CliFixture *self, gconstpointer data)
{
  static const char *const sensors[] = { "--observe-a 300 ", "--observe-u 300 " };
  static const char *const errors[] = { "error_u", "error_a" }, *const floors[] = { "floor_u",
                                                                                    "floor_a" };

  for (guint i = 0; i < G_N_ELEMENTS (sensors); i++)
    {
      g_autofree char *first =
          g_strconcat ("sample --guidance pisd --steps 300 ", sensors[i], REPORTING, NULL);
      g_autofree char *second =
          g_strconcat ("sample --guidance second-order --samples 8 ", sensors[i], REPORTING, NULL);
      double error;

      cli_run (self, first);
      cli_assert_status (self, 0);
      error = get_number (self, errors[i]);
      cli_run (self, second);
      cli_assert_status (self, 0);
      g_assert_cmpfloat (get_number (self, "steps"), ==, 60);
      g_assert_cmpfloat (get_number (self, errors[i]), <, 0.8 * error);
      g_assert_cmpfloat (get_number (self, errors[i]), <, 1.25 * get_number (self, floors[i]));
      g_assert_cmpfloat (get_number (self, "calibration_a"), >, 0.7);
    }
}

/* The reported error is that of the written field against the truth's file. */
static void
test_error (CliFixture *self, gconstpointer data)
{
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autoptr (JsonObject) report = NULL;
  g_autoptr (PisdArray) mean = NULL;
  g_autoptr (GPtrArray) truth = NULL;
  const char *const names[] = { "a", NULL };
  const double *a;
  double difference = 0, norm = 0;

  cli_run (self, "sample " SMALL TRUTH "--observe-a 200 --output o.npz --json r.json");
  cli_assert_status (self, 0);
  report = cli_read_json (self, "r.json");
  mean = cli_read_array (self, "o.npz", "a_mean");
  truth = pisd_npz_read (path, names, N_NODES, NULL);
  g_assert_nonnull (truth);
  a = ((PisdArray *) g_ptr_array_index (truth, 0))->data;
  for (guint i = 0; i < N_NODES; i++)
    {
      difference += (mean->data[i] - a[i]) * (mean->data[i] - a[i]);
      norm += a[i] * a[i];
    }
  g_assert_cmpfloat_with_epsilon (json_object_get_double_member (report, "error_a"),
                                  sqrt (difference / norm), 1e-12);
}

/* Guidance that works brings the estimate nearer than none does. */
static void
test_guidance_helps (CliFixture *self, gconstpointer data)
{
  static const char *const runs[] = { "none", "pisd" };
  double errors[2];

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      g_autofree char *words =
          g_strdup_printf ("sample --set modes=16 --steps 200 " TRUTH
                           "--observe-a 500 --guidance %s --output o.npz --json r.json",
                           runs[i]);
      g_autoptr (JsonObject) report = NULL;

      cli_run (self, words);
      cli_assert_status (self, 0);
      report = cli_read_json (self, "r.json");
      errors[i] = json_object_get_double_member (report, "error_a");
    }
  g_assert_cmpfloat (errors[1], <, 0.5);
  g_assert_cmpfloat (errors[1], <, 0.5 * errors[0]);
}

static void
test_observations (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) sensors = NULL;
  g_autoptr (JsonObject) report = NULL;
  static const double expected[] = { 0, 0.25, 0.5, 0, -2, 0, 1, 0.75, 0.125, 1, 0.0625, 0.5 };

  cli_write (self, "s.csv", "field,x,y,value,sd\na,0.25,0.5,-2,0\nu,0.75,0.125,0.0625,0.5\n");
  cli_run (self, "sample " SMALL "--observations s.csv --output o.npz --json r.json");
  cli_assert_status (self, 0);
  sensors = cli_read_array (self, "o.npz", "sensors");
  g_assert_cmpuint (pisd_array_get_n (sensors), ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    g_assert_cmpfloat (sensors->data[i], ==, expected[i]);
  report = cli_read_json (self, "r.json");
  g_assert_true (!json_object_has_member (report, "error_a")
                 || json_object_get_null_member (report, "error_a"));
}

static void
test_figures (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *name, *begins;
  } figures[] = { { "f.png", "\x89PNG" }, { "f.svg", "<?xml" }, { "f.pdf", "%PDF" } };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      g_autofree char *words =
          g_strdup_printf ("sample " SMALL "--samples 2 --output o.npz --png %s", figures[i].name);
      g_autoptr (GBytes) bytes = NULL;

      cli_run (self, words);
      cli_assert_status (self, 0);
      bytes = cli_read (self, figures[i].name);
      g_assert_cmpuint (g_bytes_get_size (bytes), >, 10000);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), strlen (figures[i].begins),
                       figures[i].begins, strlen (figures[i].begins));
    }
}

/* Settings. */

static void
test_list_settings (CliFixture *self, gconstpointer data)
{
  guint n;
  const PisdSettingInfo *infos = pisd_settings_get_infos (&n);
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  cli_run (self, "sample --list-settings");
  cli_assert_status (self, 0);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (&settings, &infos[i]);
      g_autofree char *begin =
          g_strdup_printf ("\n%-18s %s ", infos[i].key, *text == '\0' ? "-" : text);

      cli_assert_contains (self->out, begin);
      cli_assert_contains (self->out, infos[i].help);
    }
}

static void
assert_setting (CliFixture *self, const char *words, const char *key, const char *expected)
{
  g_autofree char *line = g_strdup_printf ("\n%s=%s\n", key, expected);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  cli_run (self, words);
  cli_assert_status (self, 0);
  bytes = cli_read (self, "s.txt");
  text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  cli_assert_contains (text, line);
}

#define SAVING "--output o.npz --save-scenario s.txt "

/* Defaults, scenario, preset, options, --set: each over the one before. */
static void
test_order_of_settings (CliFixture *self, gconstpointer data)
{
  cli_write (self, "given.txt", "[scenario]\nmodes=16\nsteps=6\nrho=5\nsampler=ddim\n");
  assert_setting (self, "sample --set modes=16 --steps 4 " SAVING, "rho", "7");
  assert_setting (self, "sample --scenario given.txt " SAVING, "rho", "5");
  assert_setting (self, "sample --scenario given.txt " SAVING, "sampler", "ddim");
  assert_setting (self, "sample --scenario given.txt --guidance dps --steps 4 " SAVING, "rho", "7");
  assert_setting (self, "sample --scenario given.txt --guidance dps --steps 4 " SAVING, "sampler",
                  "heun");
  assert_setting (self, "sample --scenario given.txt --guidance dps --steps 4 " SAVING, "modes",
                  "16");
  assert_setting (self,
                  "sample --scenario given.txt --guidance dps --steps 4 --sampler euler " SAVING,
                  "sampler", "euler");
  assert_setting (self, "sample --scenario given.txt --steps 4 --set steps=3 " SAVING, "steps",
                  "3");
  assert_setting (self,
                  "sample --scenario given.txt --steps 4 --set zeta-pde=2 --guidance pisd " SAVING,
                  "zeta-pde", "2");
}

/* Fresh noise and churn bring a step that uses them, unless another one was asked for. */
static void
test_fresh_noise (CliFixture *self, gconstpointer data)
{
#define FRESH "sample --set modes=8 --steps 3 " SAVING
  assert_setting (self, FRESH "--set eta=0.5", "sampler", "ddim");
  assert_setting (self, FRESH "--set churn=4 --guidance second-order", "sampler", "heun");
  assert_setting (self, FRESH "--set churn=4 --sampler euler --set schedule=cosine", "schedule",
                  "cosine");
  cli_run (self, FRESH "--set eta=0.5 --sampler heun");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "eta: got 0.5 with sampler heun, expected 0, or sampler ddim");
  cli_run (self, FRESH "--set schedule=linear --set sigma-max=0.005");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err,
                       "sigma-max: got 0.005, expected more than 0.01 with schedule linear");
#undef FRESH
}

/* Second order with a learned prior begins with its own steps, whose noise gives way to a step that
 * was chosen. */
static void
test_learned_steps (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --prior learned --guidance second-order --observe-a 5 --output o.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "5 sensors, 32 steps, 63 evaluations");
  cli_run (self, "sample --prior learned --guidance second-order --observe-a 5 --steps 2 "
                 "--sampler ddim --output o.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "5 sensors, 2 steps, 2 evaluations");
}

/* Which preset it is depends on what is measured and on the problem. */
static void
test_preset_fits_the_task (CliFixture *self, gconstpointer data)
{
  assert_setting (self, "sample " SMALL "--observe-a 9 --guidance pisd " SAVING, "zeta-obs-u", "0");
  assert_setting (self, "sample " SMALL "--observe-u 9 --guidance pisd " SAVING, "zeta-obs-a", "0");
  assert_setting (self, "sample " SMALL "--observe-u 9 " SAVING, "zeta-obs-a", "0");
  assert_setting (self, "sample " SMALL "--guidance dps " SAVING, "zeta-obs-u", "40");
  assert_setting (self, "sample " SMALL "--guidance dps --problem helmholtz " SAVING, "zeta-obs-u",
                  "60");
}

/* It also depends on the steps, and what was written stays. */
static void
test_preset_fits_the_steps (CliFixture *self, gconstpointer data)
{
  assert_setting (self, "sample " SMALL "--observe-u 9 --guidance pisd " SAVING, "beta1", "0");
  assert_setting (self, "sample " SMALL "--observe-a 9 --guidance pisd " SAVING, "beta1", "0.985");
  assert_setting (self, "sample " SMALL "--observe-u 9 --set beta1=0.5 " SAVING, "beta1", "0.5");
}

/* Weights that lie between the tasks are told, those that were written are not. */
static void
test_blended (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample " SMALL "--observe-a 3 --observe-u 9 --set rate-low=0.3 --output o.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out,
                       "\nWeights follow 12 sensors (a\u00a03, u\u00a09), except what was "
                       "set by hand: zeta-obs-a ");
  cli_assert_contains (self->out, ", zeta-obs-u 0.05, zeta-pde 0, rate-high 0.1, ");
  g_assert_null (strstr (self->out, "rate-low"));
  cli_run (self, "sample " SMALL "--observe-u 9 --output o.npz");
  g_assert_null (strstr (self->out, "Weights"));
  cli_run (self, "sample " SMALL "--observe-a 3 --observe-u 9 --guidance dps --output o.npz");
  g_assert_null (strstr (self->out, "Weights"));
}

/* The exact flow belongs to the closed form; where that is left, another sampler takes its place
 * unless one was named. */
static void
test_spaces (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *words, *space, *sampler;
  } rows[] = {
    { "--guidance second-order ", "decoupled", "exact" },
    { "--guidance second-order --sampler exact ", "decoupled", "exact" },
    { "--guidance second-order --sampler euler ", "decoupled", "euler" },
    { "--guidance second-order --space joint ", "joint", "heun" },
    { "--guidance second-order --space joint --sampler ddim ", "joint", "ddim" },
    { "--guidance second-order --set covariance=jacobian ", "decoupled", "heun" },
    { "--guidance exact ", "decoupled", "exact" },
    { "--guidance pisd ", "joint", "euler" },
    { "--guidance pisd --space decoupled ", "decoupled", "euler" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = g_strconcat ("sample --set modes=16 --steps 2 --observe-a 20 ",
                                            rows[i].words, SAVING, NULL);

      assert_setting (self, words, "space", rows[i].space);
      assert_setting (self, words, "sampler", rows[i].sampler);
    }
}

/* Repeating. */

static void
test_same_bits (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample " SMALL TRUTH "--observe-a 99 --samples 2 --output one.npz");
  cli_assert_status (self, 0);
  cli_run (self, "sample " SMALL TRUTH "--observe-a 99 --samples 2 --output two.npz");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "one.npz", "two.npz");
}

static void
test_any_threads (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample " SMALL "--samples 5 --threads 1 --output one.npz");
  cli_assert_status (self, 0);
  cli_run (self, "sample " SMALL "--samples 5 --threads 2 --output two.npz");
  cli_assert_status (self, 0);
  g_subprocess_launcher_setenv (self->launcher, "OPENBLAS_NUM_THREADS", "2", TRUE);
  cli_run (self, "sample " SMALL "--samples 5 --output three.npz");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "one.npz", "two.npz");
  cli_assert_same_bytes (self, "one.npz", "three.npz");
}

static void
test_any_threads_posterior (CliFixture *self, gconstpointer data)
{
  static const char *const methods[] = { "second-order", "exact" };

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    {
      g_autofree char *start = g_strdup_printf (
          "sample --guidance %s --samples 4 --observe-a 150 --observe-u 150 ", methods[i]);
      g_autofree char *one = g_strconcat (start, "--threads 1 --output one.npz", NULL);
      g_autofree char *two = g_strconcat (start, "--threads 2 --output two.npz", NULL);

      cli_run (self, one);
      cli_assert_status (self, 0);
      cli_run (self, two);
      cli_assert_status (self, 0);
      cli_assert_same_bytes (self, "one.npz", "two.npz");
    }
}

/* At the size and with the guidance that people use. */
static void
test_any_blas_threads (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --guidance pisd --steps 10 --output one.npz");
  cli_assert_status (self, 0);
  g_subprocess_launcher_setenv (self->launcher, "OPENBLAS_NUM_THREADS", "2", TRUE);
  cli_run (self, "sample --guidance pisd --steps 10 --output two.npz");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "one.npz", "two.npz");
}

static void
test_seeds_matter (CliFixture *self, gconstpointer data)
{
  static const char *const variants[] = { "--seed 2 ", "--sensor-seed 2 " };
  g_autoptr (GBytes) plain = NULL;

  cli_run (self, "sample " SMALL TRUTH "--observe-a 99 --output o.npz");
  cli_assert_status (self, 0);
  plain = cli_read (self, "o.npz");
  for (guint i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *words = g_strconcat ("sample " SMALL TRUTH "--observe-a 99 ", variants[i],
                                            "--output o.npz", NULL);
      g_autoptr (GBytes) other = NULL;

      cli_run (self, words);
      cli_assert_status (self, 0);
      other = cli_read (self, "o.npz");
      g_assert_false (g_bytes_equal (plain, other));
    }
}

/* Changing the sampler's seed leaves a truth's sensors where they are. */
static void
test_seed_keeps_sensors (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) one = NULL;
  g_autoptr (PisdArray) two = NULL;

  cli_run (self, "sample " SMALL TRUTH "--observe-u 40 --seed 1 --output one.npz");
  cli_run (self, "sample " SMALL TRUTH "--observe-u 40 --seed 2 --output two.npz");
  one = cli_read_array (self, "one.npz", "sensors");
  two = cli_read_array (self, "two.npz", "sensors");
  g_assert_cmpmem (one->data, 40 * 6 * sizeof (double), two->data, 40 * 6 * sizeof (double));
}

static void
test_scenario_repeats (CliFixture *self, gconstpointer data)
{
  static const char *const starts[] = {
    "sample " SMALL
    "--family blobs --seed 3 --problem helmholtz --guidance dps --set wavenumber=2.5 ",
    "sample " SMALL TRUTH "--observe-a 50 --observe-u 50 --samples 2 ",
    "sample " SMALL "--observations s.csv ",
    "sample " SMALL TRUTH "--observe-u 50 --guidance second-order --samples 2 ",
    "sample " SMALL TRUTH "--observe-u 50 --guidance second-order --space joint ",
    "sample " SMALL TRUTH "--observe-a 50 --guidance exact --samples 2 ",
  };

  cli_write (self, "s.csv",
             "field,x,y,value,sd\na,0.3333333333333333,0.1,-2,0.01\nu,0.7,0.1,0.0625,0\n");
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    {
      g_autofree char *words =
          g_strconcat (starts[i], "--output one.npz --save-scenario s.txt", NULL);

      cli_run (self, words);
      cli_assert_status (self, 0);
      cli_run (self, "sample --scenario s.txt --output two.npz");
      cli_assert_status (self, 0);
      cli_assert_same_bytes (self, "one.npz", "two.npz");
    }
}

/* A scenario with another truth keeps its sensors' places and reads them anew. */
static void
test_scenario_with_other_truth (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) before = NULL;
  g_autoptr (PisdArray) after = NULL;
  gboolean same_values = TRUE;

  cli_run (self, "sample " SMALL TRUTH "--observe-a 50 --output one.npz --save-scenario s.txt");
  cli_assert_status (self, 0);
  cli_run (self, "sample --scenario s.txt --truth @DATA@/poisson-01.npz --output two.npz");
  cli_assert_status (self, 0);
  before = cli_read_array (self, "one.npz", "sensors");
  after = cli_read_array (self, "two.npz", "sensors");
  for (guint i = 0; i < 50; i++)
    {
      g_assert_cmpfloat (before->data[6 * i + 1], ==, after->data[6 * i + 1]);
      g_assert_cmpfloat (before->data[6 * i + 2], ==, after->data[6 * i + 2]);
      same_values = same_values && before->data[6 * i + 4] == after->data[6 * i + 4];
    }
  g_assert_false (same_values);
}

/* Lines with times differ between any two runs. */
static char *
read_without_times (CliFixture *self, const char *name)
{
  g_autoptr (GBytes) bytes = cli_read (self, name);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (GRegex) times = g_regex_new ("\"[a-z_]*seconds\"\\s*:\\s*[0-9.e+-]+", 0, 0, NULL);

  return g_regex_replace (times, text, -1, 0, "", 0, NULL);
}

/* Through setlocale (): newlocale () loses memory where LOCPATH is set. */
static gboolean
has_german (void)
{
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));
  gboolean found = setlocale (LC_ALL, "de_DE.UTF-8") != NULL;

  setlocale (LC_ALL, before);
  return found;
}

static void
test_german (CliFixture *self, gconstpointer data)
{
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  if (!has_german ())
    {
      g_test_skip ("the locale de_DE.UTF-8 is not installed");
      return;
    }
  cli_write (self, "s.csv", "field,x,y,value\na,0.25,0.5,-1.5\nu,0.75,0.125,0.0625\n");
  cli_run (self, "sample " SMALL "--observations s.csv --set rho=6.5 --output one.npz --json "
                 "one.json --save-scenario one.txt");
  cli_assert_status (self, 0);
  g_subprocess_launcher_setenv (self->launcher, "LC_ALL", "de_DE.UTF-8", TRUE);
  cli_run (self, "sample " SMALL "--observations s.csv --set rho=6.5 --output two.npz --json "
                 "two.json --save-scenario two.txt");
  cli_assert_status (self, 0);
  cli_assert_same_bytes (self, "one.npz", "two.npz");
  cli_assert_same_bytes (self, "one.txt", "two.txt");
  one = read_without_times (self, "one.json");
  two = read_without_times (self, "two.json");
  g_assert_cmpstr (one, ==, two);
  cli_run (self, "sample " SMALL "--set rho=6,5 --output three.npz");
  cli_assert_status (self, 2);
}

/* Refusing. */

static void
test_usage (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--steps 4", 2, "expected --output" },
    { "--output o.npz stray", 2, "got the argument `stray`" },
    { "--output o.npz --steps 0", 2, "--steps: got" },
    { "--output o.npz --steps many", 2, "--steps: got" },
    { "--output o.npz --samples -3", 2, "--samples: got" },
    { "--output o.npz --seed 18446744073709551616", 2, "--seed: got" },
    { "--output o.npz --threads 5000", 2, "--threads: got `5000`" },
    { "--output o.npz --memory lots", 2, "--memory: got `lots`" },
    { "--output o.npz --memory 64 --guidance second-order --observe-a 2000", 1,
      "expected at most 64 MB, the memory budget" },
    { "--output o.npz --observe-a 16385", 2,
      "--observe-a: got `16385`, expected a whole number from 0 to 16384" },
    { "--output o.npz --set steps", 2, "--set: got `steps`, expected KEY=VALUE" },
    { "--output o.npz --truth t.npz --guidance pisd", 1, "t.npz" },
    { "--output o.npz " TRUTH, 2, "expected --observe-a N, --observe-u N or --observations" },
    { "--output o.npz --observations s.csv --observe-a 3", 2, "expected one of the two" },
    { "--output o.npz --observe-a 3 --observe-at 0.5", 2,
      "--observe-at: got times for poisson, which does not depend on time" },
    { "--output o.npz --observe-a 3 --observe-at 0.5,x", 2, "--observe-at: got `0.5,x`" },
    { "--output o.npz --observe-a 3 --observe-at 2", 2, "--observe-at: got `2`" },
    { "--output o.npz --observe-at 0.5", 2, "got --observe-at alone, expected --observe-a" },
  };

  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

/* What belongs to later versions is refused by saying what there is. */
static void
test_not_here (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--output o.npz --problem euler", 2, "expected poisson, helmholtz, navier-stokes" },
    { "--output o.npz --prior guessed", 2, "expected gaussian, learned" },
    { "--output o.npz --guidance third-order", 2, "expected none, dps, pisd, second-order, exact" },
    { "--output o.npz --space outer", 2, "expected joint, decoupled" },
    { "--output o.npz --family any", 2, "expected grf, inclusions, blobs" },
  };

  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

static void
test_bad_settings (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--output o.npz --set nonsense=1", 2, "nonsense" },
    { "--output o.npz --set steps=0", 2, "steps" },
    { "--output o.npz --set rho=nan", 2, "rho" },
    { "--output o.npz --set sigma-min=80", 2, "sigma-min" },
    { "--output o.npz --set wavenumber=-1", 2, "wavenumber" },
    { "--output o.npz --problem helmholtz --set wavenumber=4.442882938158366", 2, "eigenvalue" },
    { "--output o.npz --guidance exact --space joint", 2, "guidance: got exact with space joint" },
    { "--output o.npz --guidance pisd --sampler exact", 2,
      "sampler: got exact with guidance pisd" },
    { "--output o.npz --guidance second-order --space joint --sampler exact", 2,
      "sampler: got exact with guidance second-order, space joint" },
    { "--output o.npz --scenario unknown.txt", 1, "unknown.txt" },
    { "--output o.npz --scenario range.txt", 1, "range.txt" },
    { "--output o.npz --scenario binary.txt", 1, "binary.txt" },
    { "--output o.npz --scenario missing.txt", 1, "missing.txt" },
  };

  cli_write (self, "unknown.txt", "[scenario]\nnonsense=1\n");
  cli_write (self, "range.txt", "[scenario]\nsteps=0\n");
  cli_write (self, "binary.txt", "\x01\x02\xff");
  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

static void
test_bad_sensors (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    const char *text, *needle;
  } files[] = {
    { "", "s.csv" },
    { "field,x,y\na,0,0\n", "value" },
    { "field,x,y,value\n", "s.csv" },
    { "field,x,y,value\na,0.5,0.5\n", "2" },
    { "field,x,y,value\na,0.5,half,1\n", "half" },
    { "field,x,y,value\na,0.5,0.5,nan\n", "nan" },
    { "field,x,y,value\na,1.5,0.5,1\n", "1.5" },
    { "field,x,y,value\nq,0.5,0.5,1\n", "q" },
    { "field,x,y,value\nw,0.5,0.5,1\n", "w" },
    { "field,x,y,value,sd\na,0.5,0.5,1,-1\n", "-1" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      cli_write (self, "s.csv", files[i].text);
      cli_run (self, "sample --observations s.csv --output o.npz");
      cli_assert_refused (self, 1, "s.csv", 1);
      cli_assert_contains (self->err, files[i].needle);
    }
}

/* More rows than there may be are refused at the first one too many. */
static void
test_endless_sensors (CliFixture *self, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("field,x,y,value\n");

  for (guint i = 0; i < 17000; i++)
    g_string_append (text, "a,.5,.5,1\n");
  cli_write (self, "s.csv", text->str);
  cli_run (self, "sample --observations s.csv --output o.npz");
  cli_assert_refused (self, 1, "s.csv:16386: ", 1);
  cli_assert_contains (self->err, "more than 16384");
}

static void
test_bad_truth (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--output o.npz --observe-a 5 --truth missing.npz", 1, "missing.npz" },
    { "--output o.npz --observe-a 5 --truth cut.npz", 1, "cut.npz" },
    { "--output o.npz --observe-a 5 --truth text.npz", 1, "text.npz" },
    { "--output o.npz --observe-a 5 --truth .", 1, ".: " },
  };
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autofree char *cut = cli_path (self, "cut.npz");
  g_autofree char *bytes = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
  g_assert_true (g_file_set_contents (cut, bytes, size / 2, NULL));
  cli_write (self, "text.npz", "no archive at all\n");
  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

/* `o.npz` of a run is no truth: it has other arrays. */
static void
test_truth_without_fields (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample " SMALL "--output result.npz");
  cli_assert_status (self, 0);
  cli_run (self, "sample --observe-a 5 --truth result.npz --output o.npz");
  cli_assert_refused (self, 1, "result.npz", 1);
}

static void
test_bad_targets (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--output o.npz --png f.bmp", 2, "expected a name that ends in .png, .svg or .pdf" },
  };

  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

/* A truth that is the benchmark's times `factor`. */
static void
write_truth (CliFixture *self, const char *name, double factor)
{
  g_autofree char *from = g_build_filename (g_getenv ("PISD_TEST_DATA"), "poisson-00.npz", NULL);
  g_autofree char *to = cli_path (self, name);
  const char *const names[] = { "a", "u", NULL };
  g_autoptr (GPtrArray) arrays = pisd_npz_read (from, names, N_NODES, NULL);
  g_autoptr (PisdNpzWriter) writer = pisd_npz_writer_new ();

  for (guint i = 0; i < arrays->len; i++)
    {
      PisdArray *array = g_ptr_array_index (arrays, i);

      for (guint j = 0; j < N_NODES; j++)
        array->data[j] *= factor;
      pisd_npz_writer_add (writer, names[i], 2, array->shape, array->data);
    }
  g_assert_true (pisd_npz_writer_save (writer, to, NULL));
}

/* Fields whose squares leave the range of doubles have norms and errors like others; a zero field
 * has no relative error, which is said. */
static void
test_extreme_truths (CliFixture *self, gconstpointer data)
{
  static const struct
  {
    double factor;
    const char *guidance, *needle;
  } rows[] = {
    { 0, "pisd", "error of a      none: the truth is 0 everywhere\nerror of u      none" },
    { 1e-300, "pisd", "e+" },
    { 1e300, "exact", " %" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words =
          g_strconcat ("sample --truth t.npz --observe-a 40 " SMALL REPORTING "--guidance ",
                       rows[i].guidance, NULL);

      write_truth (self, "t.npz", rows[i].factor);
      cli_run (self, words);
      cli_assert_status (self, 0);
      cli_assert_contains (self->out, rows[i].needle);
      g_assert_null (strstr (self->out, "nan"));
      g_assert_null (strstr (self->out, "inf"));
      g_assert_cmpuint (strlen (self->out), <, 600);
      g_assert_cmpint (is_null (self, "error_a"), ==, rows[i].factor == 0);
    }
}

/* Without a font words are boxes: said, though the picture is written. */
static void
test_no_font (CliFixture *self, gconstpointer data)
{
  g_autofree char *path = cli_path (self, "fonts.conf");

  cli_write (self, "fonts.conf", "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
  cli_run (self, "sample " SMALL "--output o.npz --png f.png");
  cli_assert_status (self, 0);
  g_assert_cmpstr (self->err, ==, "");
  g_subprocess_launcher_setenv (self->launcher, "FONTCONFIG_FILE", path, TRUE);
  cli_run (self, "sample " SMALL "--output o.npz --png g.png");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "g.png: no font is installed");
  g_assert_true (cli_exists (self, "g.png"));
  cli_run (self, "bench sweep --instances 1 --samples 1 --set modes=16 --values 2 --guidance "
                 "second-order --png h.png");
  cli_assert_status (self, 0);
  cli_assert_contains (self->err, "h.png: no font is installed");
}

/* A refused run leaves an older result as it was. */
static void
test_old_result_stays (CliFixture *self, gconstpointer data)
{
  g_autoptr (GBytes) bytes = NULL;

  cli_write (self, "o.npz", "precious");
  cli_run (self, "sample --problem helmholtz --set wavenumber=4.442882938158366 --output o.npz");
  cli_assert_refused (self, 2, "eigenvalue", 1);
  bytes = cli_read (self, "o.npz");
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), "precious", 8);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function)                                                        \
  g_test_add ("/cli/sample/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)
  ADD ("arrays", test_arrays);
  ADD ("moments", test_moments);
  ADD ("report", test_report);
  ADD ("scores", test_scores);
  ADD ("floor", test_floor);
  ADD ("no-floor", test_no_floor);
  ADD ("mean", test_mean);
  ADD ("claims", test_claims);
  ADD ("readings", test_readings);
  if (g_test_slow ())
    ADD ("second-order", test_second_order);
  ADD ("error", test_error);
  ADD ("guidance-helps", test_guidance_helps);
  ADD ("observations", test_observations);
  ADD ("figures", test_figures);
  ADD ("list-settings", test_list_settings);
  ADD ("order-of-settings", test_order_of_settings);
  ADD ("fresh-noise", test_fresh_noise);
  ADD ("learned-steps", test_learned_steps);
  ADD ("preset-fits-the-task", test_preset_fits_the_task);
  ADD ("preset-fits-the-steps", test_preset_fits_the_steps);
  ADD ("blended", test_blended);
  ADD ("spaces", test_spaces);
  ADD ("same-bits", test_same_bits);
  ADD ("any-threads", test_any_threads);
  ADD ("any-threads-posterior", test_any_threads_posterior);
  ADD ("any-blas-threads", test_any_blas_threads);
  ADD ("seeds-matter", test_seeds_matter);
  ADD ("seed-keeps-sensors", test_seed_keeps_sensors);
  ADD ("scenario-repeats", test_scenario_repeats);
  ADD ("scenario-with-other-truth", test_scenario_with_other_truth);
  ADD ("german", test_german);
  ADD ("usage", test_usage);
  ADD ("not-here", test_not_here);
  ADD ("bad-settings", test_bad_settings);
  ADD ("bad-sensors", test_bad_sensors);
  ADD ("endless-sensors", test_endless_sensors);
  ADD ("bad-truth", test_bad_truth);
  ADD ("truth-without-fields", test_truth_without_fields);
  ADD ("bad-targets", test_bad_targets);
  ADD ("extreme-truths", test_extreme_truths);
  ADD ("no-font", test_no_font);
  ADD ("old-result-stays", test_old_result_stays);
  return g_test_run ();
}
