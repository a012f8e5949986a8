#include "cli-bench-flow-solver.h"

#include "cli-findings.h"
#include "pisd-field.h"
#include "pisd-sort.h"
#include "pisd-vorticity.h"

#define S PISD_GRID
#define FRAMES 10
/* As on the finest level of the mode. */
#define ROWS_SIZE 64
#define ROWS_STEPS 7 /* from frame to frame */
#define N_ROWS 32
#define STEP_TARGET 30.0 /* nanoseconds */

/* One thread: microseconds of a solution, and of N_ROWS rows of its adjoint. */
typedef struct
{
  double solve, rows;
} Times;

static Times
time_once (PisdVorticityPath *path, guint side)
{
  gsize n = (gsize) side * side;
  g_autofree double *rows = g_new0 (double, N_ROWS *n);
  guint frame[N_ROWS];
  gint64 start = g_get_monotonic_time (), middle;

  rows[1] = S;
  pisd_vorticity_path_solve (path, rows, NULL, NULL);
  middle = g_get_monotonic_time ();
  for (guint i = 0; i < N_ROWS; i++)
    frame[i] = FRAMES - 1;
  pisd_vorticity_path_pull_back (path, N_ROWS, frame, rows, 1, NULL);
  return (Times){ (double) (middle - start), (double) (g_get_monotonic_time () - middle) };
}

void
cli_bench_flow_solver (const CliBenchOptions *options, CliTable *table)
{
  const PisdVorticityShape shape = { ROWS_SIZE, FRAMES, ROWS_STEPS, 1e-3, 1.0, 0.1 };
  const double n_values = (FRAMES - 1.0) * ROWS_STEPS * ROWS_SIZE * ROWS_SIZE;
  g_autoptr (PisdVorticity) solver = pisd_vorticity_new (&shape);
  g_autoptr (PisdVorticityPath) path = pisd_vorticity_path_new (solver);
  guint n = options->n_repeats;
  g_autofree double *solve = g_new (double, n), *rows = g_new (double, n);
  CliRow row;

  for (guint i = 0; i < n; i++)
    {
      Times times = time_once (path, pisd_vorticity_get_side (solver));

      solve[i] = 1e3 * times.solve / n_values;
      rows[i] = 1e-3 * times.rows / N_ROWS;
    }
  row = cli_row (g_strdup ("a step of the solver, a node"), pisd_sort_median (n, solve), "ns",
                 g_strdup_printf ("median of %u, %ux%u nodes, %u steps a frame, one thread", n,
                                  ROWS_SIZE, ROWS_SIZE, ROWS_STEPS));
  row.maximum = STEP_TARGET;
  cli_table_add (table, row);
  cli_table_add (table,
                 cli_row (g_strdup ("a row of the adjoint"), pisd_sort_median (n, rows), "ms",
                          g_strdup_printf ("median of %u, mean of %u rows, as above", n, N_ROWS)));
}
