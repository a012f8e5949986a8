#include "cli-lab-training-table.h"

#include <math.h>
#include <stdio.h>

#include "cli-bench.h"
#include "cli-grid.h"
#include "pisd-sort.h"

#define PATH "/io/github/pisd/cli/published-norms.ini"
/* What is asked: norms within so many standard errors, losses within that factor. */
#define MOST_ERRORS 2.0
#define MOST_FACTOR 3.0
/* The last tenth of the steps begins there. */
#define LATE 0.9

typedef struct
{
  const CliLabTrainingOptions *options;
  GKeyFile *file;
  const char *target;
  const PisdRegressionLog *const *logs; /* [n_runs] */
} Table;

/* A measure of those runs of a group that have a row at a step: doubles. */
static GArray *
collect (const Table *self, guint group, guint64 step, PisdMeasure measure)
{
  const PisdRegressionRuns *runs = self->options->runs;
  GArray *values = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint k = 0; k < runs->n_runs; k++)
    {
      const PisdRegressionRow *row = pisd_regression_log_find (self->logs[k], step);

      if (runs->groups[k] == group && row != NULL && row->step == step)
        {
          const double value = pisd_regression_row_get (row, measure);

          g_array_append_val (values, value);
        }
    }
  return values;
}

/* Numbers of the file's group, by the name of the activation; none: NULL, and 0 of them. */
static double *
read_figures (const Table *self, const char *prefix, const char *name, gsize *n)
{
  g_autofree char *key = g_strconcat (prefix, name, NULL);

  return g_key_file_get_double_list (self->file, self->target, key, n, NULL);
}

/* Two independent means, each of 20 runs or so: their difference in its own standard errors. */
static double
get_distance (CliEstimate ours, CliEstimate theirs)
{
  return (ours.mean - theirs.mean) / hypot (ours.error, theirs.error);
}

static void
add_norm (CliGrid *grid, const char *name, double step, const GArray *values, CliEstimate theirs)
{
  const CliEstimate ours = cli_estimate_mean (values);
  const double away = get_distance (ours, theirs);

  cli_grid_add_text (grid, name);
  cli_grid_add_number (grid, step);
  cli_grid_add_text (grid, "norm, mean");
  cli_grid_add_number (grid, values->len);
  cli_grid_add_estimate (grid, ours);
  cli_grid_add_estimate (grid, theirs);
  cli_grid_add_number (grid, away);
  cli_grid_add_text (grid, fabs (away) <= MOST_ERRORS ? "yes" : "no");
}

static void
add_norms (const Table *self, CliGrid *grid, guint group, const char *name)
{
  gsize n_steps, n_figures, n_errors;
  g_autofree double *steps = read_figures (self, "", "steps", &n_steps);
  g_autofree double *figures = read_figures (self, "", name, &n_figures);
  g_autofree double *errors = read_figures (self, "errors-", name, &n_errors);

  for (gsize s = 0; s < MIN (n_steps, MIN (n_figures, n_errors)); s++)
    {
      g_autoptr (GArray) values = collect (self, group, (guint64) steps[s], PISD_MEASURE_NORM);

      if (values->len > 0)
        add_norm (grid, name, steps[s], values, (CliEstimate){ figures[s], errors[s] });
    }
}

/* The typical loss of a run on its way to a step: the median of what was measured over the last
 * tenth.  A single step's loss is up to ten times that, or a tenth of it. */
static double
get_typical (const PisdRegressionLog *log, guint64 step)
{
  g_autofree double *losses = g_new (double, log->rows->len + 1);
  guint n = 0;

  for (guint i = 0; i < log->rows->len; i++)
    {
      const PisdRegressionRow *row = pisd_regression_log_get_row (log, i);

      if (row->step <= step && row->step >= LATE * step && isfinite (row->loss))
        losses[n++] = row->loss;
    }
  return n > 0 ? pisd_sort_median (n, losses) : NAN;
}

static void
add_median (CliGrid *grid,
            const char *name,
            guint64 step,
            const char *what,
            GArray *values,
            double figure)
{
  const double median = pisd_sort_median (values->len, (double *) (gpointer) values->data);

  cli_grid_add_text (grid, name);
  cli_grid_add_number (grid, step);
  cli_grid_add_text (grid, what);
  cli_grid_add_number (grid, values->len);
  cli_grid_add_estimate (grid, (CliEstimate){ median, NAN });
  cli_grid_add_estimate (grid, (CliEstimate){ figure, NAN });
  cli_grid_add_number (grid, median / figure);
  cli_grid_add_text (grid, fabs (log (median / figure)) <= log (MOST_FACTOR) ? "yes" : "no");
}

static double
read_figure (const Table *self, const char *prefix, const char *name)
{
  gsize n;
  g_autofree double *figures = read_figures (self, prefix, name, &n);

  return n > 0 ? figures[0] : NAN;
}

static void
add_losses (const Table *self, CliGrid *grid, guint group, const char *name)
{
  const PisdRegressionRuns *runs = self->options->runs;
  const double last = read_figure (self, "loss-", name), late = read_figure (self, "late-", name);
  guint64 step = g_key_file_get_uint64 (self->file, self->target, "loss-step", NULL);
  g_autoptr (GArray) values = collect (self, group, step, PISD_MEASURE_LOSS);
  g_autoptr (GArray) typical = g_array_new (FALSE, FALSE, sizeof (double));

  if (values->len == 0 || isnan (last) || isnan (late))
    return;
  add_median (grid, name, step, "loss at that step, median", values, last);
  for (guint r = 0; r < runs->n_runs; r++)
    {
      const double loss = runs->groups[r] == group ? get_typical (self->logs[r], step) : NAN;

      if (isfinite (loss))
        g_array_append_val (typical, loss);
    }
  if (typical->len > 0)
    add_median (grid, name, step, "loss over the last tenth, median", typical, late);
}

static void
print (const Table *self)
{
  static const CliColumn columns[] = {
    { "activation", "activation", 0 },
    { "step", "step", 7 },
    { "what", "what", 0 },
    { "runs", "runs", 3 },
    { "ours", "ours", 4 },
    { "ours_error", NULL, 2 },
    { "published", "published", 4 },
    { "published_error", NULL, 2 },
    { "away", "away by (standard errors of the difference; of losses: ratio)", 2 },
    { "met", "within 2 (3)", 0 },
  };
  const PisdRegressionRuns *runs = self->options->runs;
  g_autoptr (CliGrid) grid = cli_grid_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *source = g_key_file_get_string (self->file, self->target, "source", NULL);

  for (guint g = 0; g < runs->n_groups; g++)
    {
      const char *name = pisd_activation_get_traits (runs->activations[g])->name;

      add_norms (self, grid, g, name);
      add_losses (self, grid, g, name);
    }
  cli_grid_print (grid);
  printf ("\npublished: %s\n", source);
}

gboolean
cli_lab_training_check_table (const CliLabTrainingOptions *options, GError **error)
{
  g_autoptr (GKeyFile) file = cli_load_key_file (PATH, error);
  const PisdRegressionRuns *runs = options->runs;

  if (file == NULL)
    return FALSE;
  for (guint g = 0; g < runs->n_groups; g++)
    {
      const char *name = pisd_activation_get_traits (runs->activations[g])->name;

      if (g_key_file_has_key (file, runs->plans[0]->target_name, name, NULL))
        continue;
      g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT,
                   "got --activations %s with --table, expected some of gelu, swish, softplus, elu "
                   "and tanh, of which figures are published",
                   name);
      return FALSE;
    }
  return TRUE;
}

gboolean
cli_lab_training_print_table (const CliLabTrainingOptions *options,
                              const PisdRegressionLog *const *logs,
                              GError **error)
{
  g_autoptr (GKeyFile) file = cli_load_key_file (PATH, error);
  const Table table = { options, file, options->runs->plans[0]->target_name, logs };

  if (file == NULL)
    return FALSE;
  print (&table);
  return TRUE;
}
