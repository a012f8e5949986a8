/* Do unguided samples have the prior's variances, mode by mode? */
#include "cli-bench.h"

#include <math.h>
#include <string.h>

#include "pisd-solver.h"
#include "pisd-representation.h"

#define DEFAULT_SAMPLES 1000
#define BATCH 100             /* samples a run: bounds the memory */
#define FALSE_ALARM_RATE 0.01 /* of a table's bounds, when all is right */

/* Variances that the model should have: 1 for the modes of a; for u, what the exact solver makes of
 * a's kept modes, each of unit variance and independent.  out: [n], the whole latent. */
static void
predict_variances (PisdRepresentation *representation, double *out)
{
  gsize n = pisd_representation_get_n (representation), n_a, n_u;
  gsize a = pisd_representation_get_offset (representation, 0, &n_a);
  gsize u = pisd_representation_get_offset (representation, 1, &n_u);
  g_autoptr (PisdSolver) solver =
      pisd_solver_new (pisd_representation_get_equation (representation));
  g_autoptr (PisdField) source = pisd_field_new (PISD_GRID, PISD_GRID);
  g_autoptr (PisdField) solution = pisd_field_new (PISD_GRID, PISD_GRID);
  PisdField *const fields[] = { source, solution };
  g_autofree double *z = g_new0 (double, n);

  memset (out, 0, n * sizeof *out);
  for (gsize i = 0; i < n_a; i++)
    {
      out[a + i] = 1;
      z[a + i] = 1;
      pisd_representation_decode (representation, z, 0, source);
      z[a + i] = 0;
      pisd_solver_complete (solver, fields);
      pisd_representation_encode (representation, solution, 1, z);
      for (gsize k = u; k < u + n_u; k++)
        out[k] += z[k] * z[k];
    }
}

typedef struct
{
  guint n;         /* samples so far */
  double *squares; /* [latent] sums of z^2 */
  /* Over samples, of the mean over a field's modes of z^2 / v. */
  double sum[PISD_MAX_FIELDS], sum_squares[PISD_MAX_FIELDS];
} Moments;

static void
add_sample (PisdRepresentation *representation,
            const PisdResult *result,
            guint sample,
            const double *variances,
            Moments *moments,
            double *z)
{
  g_autoptr (PisdField) field = pisd_field_new (PISD_GRID, PISD_GRID);
  const gsize size = PISD_GRID * PISD_GRID;

  for (guint f = 0; f < result->n_fields; f++)
    {
      gsize n_modes;
      gsize offset = pisd_representation_get_offset (representation, f, &n_modes);
      double ratio = 0;

      memcpy (field->data, result->samples[f] + sample * size, size * sizeof (double));
      pisd_representation_encode (representation, field, f, z);
      for (gsize k = offset; k < offset + n_modes; k++)
        {
          moments->squares[k] += z[k] * z[k];
          ratio += z[k] * z[k] / variances[k];
        }
      ratio /= n_modes;
      moments->sum[f] += ratio;
      moments->sum_squares[f] += ratio * ratio;
    }
  moments->n++;
}

/* z with P (N > z) = p, by bisection. */
static double
normal_quantile (double p)
{
  double low = 0, high = 40;

  for (int i = 0; i < 100; i++)
    {
      double middle = 0.5 * (low + high);

      if (0.5 * erfc (middle / G_SQRT2) > p)
        low = middle;
      else
        high = middle;
    }
  return low;
}

/* chi^2_n / n at z standard deviations; Wilson and Hilferty (1931). */
static double
chi_square_ratio (guint n, double z)
{
  double c = 2.0 / (9.0 * n);

  return pow (1 - c + z * sqrt (c), 3);
}

static CliRow
make_row (const char *field,
          const char *what,
          double value,
          double minimum,
          double maximum,
          const char *counted)
{
  CliRow row = cli_row (g_strdup_printf ("variance of %s over the prior's, %s", field, what), value,
                        "", g_strdup (counted));

  row.minimum = minimum;
  row.maximum = maximum;
  return row;
}

static void
add_rows (PisdRepresentation *representation,
          const PisdSettings *settings,
          const double *variances,
          const Moments *moments,
          CliTable *table)
{
  const PisdOperator *problem = pisd_operator_get (settings->problem);

  for (guint f = 0; f < problem->n_fields; f++)
    {
      gsize n_modes;
      gsize offset = pisd_representation_get_offset (representation, f, &n_modes);
      double mean = moments->sum[f] / moments->n;
      double sd = sqrt (fmax (moments->sum_squares[f] / moments->n - mean * mean, 0) / moments->n);
      double width = normal_quantile (FALSE_ALARM_RATE / 2) * sd;
      double z = normal_quantile (FALSE_ALARM_RATE / 2 / n_modes);
      double low = INFINITY, high = 0;
      g_autofree char *counted = g_strdup_printf ("%u samples, %u steps, %" G_GSIZE_FORMAT " modes",
                                                  moments->n, settings->steps, n_modes);
      CliRow row;

      for (gsize k = offset; k < offset + n_modes; k++)
        {
          double ratio = moments->squares[k] / moments->n / variances[k];

          low = fmin (low, ratio);
          high = fmax (high, ratio);
        }
      row = make_row (problem->fields[f].name, "mean over modes", mean, 1 - width, 1 + width,
                      counted);
      row.error = sd;
      cli_table_add (table, row);
      cli_table_add (table, make_row (problem->fields[f].name, "smallest", low,
                                      chi_square_ratio (moments->n, -z), NAN, counted));
      cli_table_add (table, make_row (problem->fields[f].name, "largest", high, NAN,
                                      chi_square_ratio (moments->n, z), counted));
    }
}

static gboolean
draw_samples (const CliBenchOptions *options,
              PisdScenario *scenario,
              PisdRepresentation *representation,
              const double *variances,
              Moments *moments,
              GError **error)
{
  g_auto (PisdRunCache) cache = { 0 };
  guint total = options->n_samples > 0 ? options->n_samples : DEFAULT_SAMPLES;
  g_autofree double *z = g_new0 (double, pisd_representation_get_n (representation));
  gboolean good = TRUE;
  CliProgress progress;

  cli_progress_begin (&progress, options->signals, "drawing", (total + BATCH - 1) / BATCH);
  for (; good && moments->n < total; progress.part++)
    {
      g_autoptr (PisdResult) result = NULL;

      scenario->settings.seed = options->seed + progress.part;
      scenario->settings.samples = MIN (BATCH, total - moments->n);
      result = cli_bench_run (scenario, options->n_threads, &cache, &progress, error);
      good = result != NULL;
      for (guint sample = 0; good && sample < result->n_samples; sample++)
        add_sample (representation, result, sample, variances, moments, z);
    }
  cli_progress_end (&progress);
  return good;
}

/* Poisson alone: Helmholtz fields have lost their boundary values, and with them the latent. */
gboolean
cli_bench_prior (const CliBenchOptions *options, CliTable *table, GError **error)
{
  static const CliMethod unguided = { PISD_GUIDANCE_NONE, "none", FALSE };
  const CliCase what = { PISD_PROBLEM_POISSON, PISD_TASK_FORWARD, &unguided };
  g_autoptr (PisdScenario) scenario = NULL;
  g_autoptr (PisdRepresentation) representation = NULL;
  g_autofree double *variances = NULL;
  g_autofree double *squares = NULL;
  Moments moments = { 0 };
  gsize n;

  scenario = cli_bench_make_scenario (options, &what, 0, error);
  if (scenario == NULL)
    return FALSE;
  representation = pisd_representation_new (&scenario->settings, error);
  if (representation == NULL)
    return FALSE;
  n = pisd_representation_get_n (representation);
  variances = g_new (double, n);
  squares = g_new0 (double, n);
  moments.squares = squares;
  predict_variances (representation, variances);
  if (!draw_samples (options, scenario, representation, variances, &moments, error))
    return FALSE;
  add_rows (representation, &scenario->settings, variances, &moments, table);
  return TRUE;
}
