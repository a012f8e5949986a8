/* What `pisd sample --probe` prints of the samples at a place. */
#include "cli-fixture.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define N_SAMPLES 12
#define NODE (64 * 128 + 32) /* of y 0.5, x 0.25 */

#define WORDS "--guidance exact --observe-a 30 --samples 12 --output o.npz "

/* The counts of all bins, and what the Gaussian would have in them. */
static void
add_bins (const char *out, guint *n, double *expected)
{
  const char *head = strstr (out, "samples  Gaussian\n");
  g_auto (GStrv) lines = NULL;

  g_assert_nonnull (head);
  lines = g_strsplit (head, "\n", -1);
  for (guint k = 1; lines[k] != NULL && *lines[k] != '\0'; k++)
    {
      double low, share;
      guint count;

      g_assert_cmpint (sscanf (lines[k], "%lf %u %lf", &low, &count, &share), ==, 3);
      *n += count;
      *expected += share;
    }
}

/* The histogram holds every sample of that node, and the Gaussian as many. */
static void
test_histogram (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) samples = NULL;
  g_autofree char *mean = NULL;
  double expected = 0.0, sum = 0.0;
  guint n = 0;

  cli_run (self, "sample " WORDS "--probe a,0.25,0.5");
  cli_assert_status (self, 0);
  add_bins (self->out, &n, &expected);
  g_assert_cmpuint (n, ==, N_SAMPLES);
  g_assert_cmpfloat_with_epsilon (expected, N_SAMPLES, 0.3);
  samples = cli_read_array (self, "o.npz", "a_samples");
  for (guint k = 0; k < N_SAMPLES; k++)
    sum += samples->data[k * 128 * 128 + NODE] / N_SAMPLES;
  mean = g_strdup_printf ("a at x 0.252, y 0.504: 12 samples, mean %.4g +- ", sum);
  cli_assert_contains (self->out, mean);
  cli_assert_contains (self->out, ", truth ");
}

/* Where there is no memory for the Gaussian the samples are printed without it. */
static void
test_without_gaussian (CliFixture *self, gconstpointer data)
{
  cli_run (self, "sample --guidance pisd --space joint --set modes=16 --steps 4 --samples 6 "
                 "--observe-a 2000 --memory 64 --probe a,0.25,0.5 --output o.npz");
  cli_assert_status (self, 0);
  cli_assert_contains (self->out, "6 samples, mean ");
  cli_assert_contains (self->out, "samples\n");
  g_assert_null (strstr (self->out, "Gaussian"));
  g_assert_null (strstr (self->out, "nan"));
  cli_assert_contains (self->err, "is left out: exact posterior: got 2000 sensors");
}

/* Every node is counted once, and the unit Gaussian has as many; a spread is needed. */
static void
test_standardized (CliFixture *self, gconstpointer data)
{
  g_auto (GStrv) lines = NULL;
  guint n = 0, n_nodes = 0, n_lines = 0;
  double expected = 0.0;

  cli_run (self, "sample " WORDS "--standardized");
  cli_assert_status (self, 0);
  lines = g_strsplit (strstr (self->out, "\na: ") + 1, "\n", -1);
  g_assert_cmpint (sscanf (lines[0], "a: %u nodes, (truth - mean) / spread: mean", &n_nodes), ==,
                   1);
  for (n_lines = 0; n_lines < 40; n_lines++)
    {
      double low, share;
      guint count;

      g_assert_cmpint (sscanf (lines[2 + n_lines], "%lf %u %lf", &low, &count, &share), ==, 3);
      n += count;
      expected += share;
    }
  g_assert_cmpuint (n, ==, n_nodes);
  g_assert_cmpfloat_with_epsilon (expected, n_nodes, 0.2);
  g_assert_true (g_str_has_prefix (lines[42], "u: "));
  cli_run (self, "sample --guidance pisd --space joint --set modes=16 --steps 2 --observe-a 5 "
                 "--standardized --output o.npz");
  cli_assert_contains (self->out, "a: no standardised errors: one sample has no spread");
}

/* Along row 64 the estimate is that of the file. */
static void
test_profile (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) mean = NULL;
  const char *row;

  cli_run (self, "sample " WORDS "--profile 0,0.50393700787401574,1,0.50393700787401574");
  cli_assert_status (self, 0);
  mean = cli_read_array (self, "o.npz", "a_mean");
  row = strstr (self->out, "a from (0.000, 0.504) to (1.000, 0.504)\n");
  g_assert_nonnull (row);
  for (guint k = 0; k < 2; k++)
    row = strchr (row, '\n') + 1;
  for (guint k = 0; k < 255; k++)
    {
      double s, truth, estimate, low, high;

      g_assert_cmpint (sscanf (row, "%lf %lf %lf %lf %lf", &s, &truth, &estimate, &low, &high), ==,
                       5);
      if (k % 2 == 0)
        g_assert_cmpfloat_with_epsilon (estimate, mean->data[64 * 128 + k / 2],
                                        1e-4 * fabs (estimate) + 1e-12);
      g_assert_true (low <= estimate && estimate <= high);
      row = strchr (row, '\n') + 1;
    }
}

/* The sum over all wave numbers is the mean square of the truth. */
static void
test_spectrum (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) mean = NULL;
  double sum = 0.0, square = 0.0;
  const char *row;
  guint k;

  cli_run (self, "sample " WORDS "--spectrum");
  cli_assert_status (self, 0);
  mean = cli_read_array (self, "o.npz", "a_mean");
  for (k = 0; k < 128 * 128; k++)
    square += mean->data[k] * mean->data[k] / (128 * 128);
  row = strstr (self->out, "a: power by wave number\n");
  g_assert_nonnull (row);
  for (k = 0; k < 2; k++)
    row = strchr (row, '\n') + 1;
  for (k = 0; k <= 180; k++)
    {
      double truth, estimate, low, high;
      guint shell;

      g_assert_cmpint (sscanf (row, "%u %lf %lf %lf %lf", &shell, &truth, &estimate, &low, &high),
                       ==, 5);
      g_assert_cmpuint (shell, ==, k);
      sum += estimate;
      row = strchr (row, '\n') + 1;
    }
  g_assert_cmpfloat_with_epsilon (sum, square, 1e-4 * square);
}

/* From step to step, and the last one is the sample's. */
static void
test_watch (CliFixture *self, gconstpointer data)
{
  g_autoptr (PisdArray) mean = NULL;
  const char *row;
  double value = 0.0;
  guint step;

  cli_run (self, "sample --guidance pisd --space joint --set modes=16 --steps 4 --samples 1 "
                 "--observe-a 5 --watch a,0.25,0.5 --output o.npz");
  cli_assert_status (self, 0);
  mean = cli_read_array (self, "o.npz", "a_mean");
  row = strstr (self->out, "a at x 0.252, y 0.504, sample 1\n");
  g_assert_nonnull (row);
  row = strchr (row, '\n') + 1;
  for (guint k = 0; k < 5; k++)
    {
      row = strchr (row, '\n') + 1;
      g_assert_cmpint (sscanf (row, "%u %lf", &step, &value), ==, 2);
      g_assert_cmpuint (step, ==, k);
    }
  g_assert_cmpfloat_with_epsilon (value, mean->data[NODE], 1e-4 * fabs (value));
  cli_run (self, "sample " WORDS "--watch b,0,0");
  cli_assert_status (self, 2);
  cli_assert_contains (self->err, "--watch: got \"b,0,0\", expected FIELD,X,Y");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { WORDS "--probe a", 2, "--probe: got \"a\", expected FIELD,X,Y" },
    { WORDS "--probe b,0.5,0.5", 2, "with FIELD a or u" },
    { WORDS "--probe a,1.5,0.5", 2, "numbers from 0 to 1" },
    { WORDS "--profile 0,0,1", 2, "--profile: got \"0,0,1\", expected X,Y,X,Y" },
    { WORDS "--profile 0,0,0,0", 2, "two places" },
    { WORDS "--profile 0,0,1,1.5", 2, "numbers from 0 to 1" },
    { WORDS "--probe a,0.5,0.5,0,0", 2, "--probe: got \"a,0.5,0.5,0,0\"" },
  };

  cli_assert_refusals (self, "sample ", rows, G_N_ELEMENTS (rows));
}

#define ADD(path, function)                                                       \
  g_test_add ("/cli/probe/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("histogram", test_histogram);
  ADD ("without-gaussian", test_without_gaussian);
  ADD ("standardized", test_standardized);
  ADD ("profile", test_profile);
  ADD ("spectrum", test_spectrum);
  ADD ("watch", test_watch);
  ADD ("refused", test_refused);
  return g_test_run ();
}
