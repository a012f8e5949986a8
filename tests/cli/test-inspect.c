/* What `pisd inspect` prints and writes of a run's steps. */
#include "cli-fixture.h"

#include <math.h>
#include <string.h>

#define N_LATENT (143 + 144) /* of 12 x 12 modes a field, no mean of a */
#define WORDS                                                                    \
  "--guidance pisd --steps 8 --set modes=12 --set zeta-pde=1e-3 --observe-a 40 " \
  "--observe-u 40 "

static guint
count_lines (const char *text)
{
  guint n = 0;

  for (const char *p = text; *p != '\0'; p++)
    n += *p == '\n';
  return n;
}

/* A column of a table of commas, by its name: [rows]; empty cells are NaN. */
static double *
read_column (CliFixture *self, const char *file, const char *name, guint *n_rows)
{
  g_autoptr (GBytes) bytes = cli_read (self, file);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_auto (GStrv) keys = g_strsplit (lines[0], ",", -1);
  double *column;
  guint k = 0;

  while (keys[k] != NULL && !g_str_equal (keys[k], name))
    k++;
  g_assert_nonnull (keys[k]);
  *n_rows = count_lines (text) - 1;
  column = g_new (double, *n_rows);
  for (guint i = 0; i < *n_rows; i++)
    {
      g_auto (GStrv) cells = g_strsplit (lines[i + 1], ",", -1);

      g_assert_cmpuint (g_strv_length (cells), ==, g_strv_length (keys));
      column[i] = *cells[k] != '\0' ? g_ascii_strtod (cells[k], NULL) : NAN;
    }
  return column;
}

/* Five steps are shown, all are written: shares sum up to 1, and every step has its update. */
static void
test_table (CliFixture *self, gconstpointer data)
{
  static const char *const terms[] = { "share_obs_a", "share_obs_u", "share_pde" };
  double sum[8] = { 0.0 };
  g_autofree double *cosine = NULL, *update = NULL;
  guint n;

  cli_run (self, "inspect " WORDS "--csv steps.csv");
  cli_assert_status (self, 0);
  g_assert_cmpuint (count_lines (self->out), ==, 1 + 2 + 5 + 2);
  cli_assert_contains (self->out, "| cos sensors, equation |");
  for (guint t = 0; t < G_N_ELEMENTS (terms); t++)
    {
      g_autofree double *share = read_column (self, "steps.csv", terms[t], &n);

      g_assert_cmpuint (n, ==, 8);
      for (guint i = 0; i < n; i++)
        sum[i] += isnan (share[i]) ? 0.0 : share[i];
    }
  cosine = read_column (self, "steps.csv", "cosine_equation", &n);
  update = read_column (self, "steps.csv", "update", &n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (sum[i], 1.0, 1e-9);
      g_assert_cmpfloat (update[i], >, 0.0);
      g_assert_cmpfloat (fabs (cosine[i]), <=, 1.0);
    }
}

/* Arrays of the steps that were named: terms sum up to the total. */
static void
test_arrays (CliFixture *self, gconstpointer data)
{
  static const char *const terms[] = { "gradient_obs_a", "gradient_obs_u", "gradient_pde" };
  g_autoptr (PisdArray) total = NULL;
  g_autoptr (PisdArray) steps = NULL;
  g_autofree double *sum = g_new0 (double, 2 * N_LATENT);
  double off = 0.0, norm = 0.0;

  cli_run (self, "inspect " WORDS "--set zeta-obs-u=0.02 --at 2,5 --npz at.npz");
  cli_assert_status (self, 0);
  g_assert_cmpuint (count_lines (self->out), ==, 1 + 2 + 2 + 2);
  cli_assert_shape (self, "at.npz", "gradient", "2x287");
  cli_assert_shape (self, "at.npz", "gradient_in_u", "2x128x128");
  cli_assert_shape (self, "at.npz", "update_in_a", "2x128x128");
  steps = cli_read_array (self, "at.npz", "steps");
  g_assert_cmpfloat (steps->data[1], ==, 5.0);
  total = cli_read_array (self, "at.npz", "gradient");
  for (guint t = 0; t < G_N_ELEMENTS (terms); t++)
    {
      g_autoptr (PisdArray) term = cli_read_array (self, "at.npz", terms[t]);

      for (guint i = 0; i < 2 * N_LATENT; i++)
        sum[i] += term->data[i];
    }
  for (guint i = 0; i < 2 * N_LATENT; i++)
    {
      off += pow (sum[i] - total->data[i], 2.0);
      norm += pow (total->data[i], 2.0);
    }
  g_assert_cmpfloat (norm, >, 0.0);
  g_assert_cmpfloat (sqrt (off / norm), <, 1e-6);
}

/* Second order has no gradient, and says what readings pull; of a flow in all frames. */
static void
test_pulls (CliFixture *self, gconstpointer data)
{
  cli_run (self, "inspect --guidance second-order --steps 4 --set modes=8 --observe-a 9 "
                 "--observe-u 9 --npz at.npz");
  cli_assert_status (self, 0);
  cli_assert_shape (self, "at.npz", "pull_obs_u", "4x63");
  cli_assert_shape (self, "at.npz", "pull_obs_u_in_a", "4x128x128");
}

static void
test_refused (CliFixture *self, gconstpointer data)
{
  static const CliRefusal rows[] = {
    { "--guidance exact", 2, "draws directly and makes no steps" },
    { "--guidance none", 2, "nothing pulls at its steps" },
    { WORDS "--at 8", 2, "--at: got `8`, expected a whole number from 0 to 7" },
    { WORDS "--at 1,,2", 2, "--at: got ``" },
    { WORDS "--csv same --npz same", 2, "same" },
    { WORDS "--csv missing/steps.csv", 1, "missing" },
  };

  cli_assert_refusals (self, "inspect ", rows, G_N_ELEMENTS (rows));
}

#define ADD(path, function)                                                         \
  g_test_add ("/cli/inspect/" path, CliFixture, NULL, cli_fixture_set_up, function, \
              cli_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("table", test_table);
  ADD ("arrays", test_arrays);
  ADD ("pulls", test_pulls);
  ADD ("refused", test_refused);
  return g_test_run ();
}
