#include "cli-bench-flow-stop.h"

#include <math.h>

#include "cli-wait.h"
#include "pisd-error.h"

#define S PISD_GRID
#define TARGET 200.0 /* milliseconds */
/* Root mean square of a strong beginning, whose steps are as long as any; what makes readings those
 * that no flow of the prior has. */
#define STRONG 15.0
#define TIMES 20.0

static void
add_row (const char *what, const CliWait *wait, double seconds, CliTable *table)
{
  CliRow row = cli_row (
      g_strdup_printf ("longest wait for a stop, %s", what), 1e-3 * (double) wait->longest, "ms",
      g_strdup_printf ("%u looks in %.3g s, of the longest computing %.3g ms", wait->n_looks,
                       seconds, 1e-3 * (double) wait->longest_busy));

  row.maximum = TARGET;
  cli_table_add (table, row);
}

/* A whole run by a method of that name; `times`: what readings are multiplied by. */
static gboolean
watch_run (const CliBenchOptions *options,
           const CliCase *what,
           double times,
           const char *name,
           CliTable *table,
           GError **error)
{
  g_autoptr (PisdScenario) scenario = cli_bench_make_scenario (options, what, 0, error);
  g_autoptr (PisdResult) result = NULL;
  CliWait wait;

  if (scenario == NULL)
    return FALSE;
  for (guint i = 0; i < scenario->sensors->n; i++)
    pisd_sensors_edit (scenario->sensors)[i].value *= times;
  cli_wait_begin (&wait, 0.0, options->signals);
  result = pisd_run (scenario, NULL, options->n_threads, cli_wait_look_as_progress, &wait, error);
  if (result == NULL)
    return FALSE;
  add_row (name, &wait, cli_wait_end (&wait), table);
  return cli_bench_may_go_on (options, error);
}

/* Thousands of steps. */
static gboolean
watch_truth (const CliBenchOptions *options, PisdProblemId problem, CliTable *table, GError **error)
{
  const PisdEquation equation = { problem, { pisd_operator_get (problem)->constants[0].standard } };
  g_autoptr (PisdField) source = pisd_field_new (S, S);
  g_autoptr (PisdInstance) truth = NULL;
  g_autoptr (PisdCancel) cancel = NULL;
  CliWait wait;

  for (guint p = 0; p < S * S; p++)
    source->data[p] =
        2.0 * STRONG * sin (2.0 * G_PI * (p % S) / S) * cos (4.0 * G_PI * (p / S) / S);
  cancel = pisd_cancel_new_polling (cli_wait_look, &wait);
  cli_wait_begin (&wait, 0.0, options->signals);
  truth = pisd_instance_new_from_source (&equation, source, cancel, error);
  if (truth == NULL)
    return FALSE;
  add_row ("a strong flow as truth", &wait, cli_wait_end (&wait), table);
  return TRUE;
}

gboolean
cli_bench_flow_stop (const CliBenchOptions *options,
                     PisdProblemId problem,
                     CliTable *table,
                     GError **error)
{
  static const struct
  {
    CliMethod method;
    double times;
    const char *name;
  } runs[] = {
    { { PISD_GUIDANCE_SECOND_ORDER, "second-order", FALSE }, 1.0, "second-order" },
    { { PISD_GUIDANCE_EXACT, "exact", FALSE }, 1.0, "exact and its spread" },
    { { PISD_GUIDANCE_PISD, "pisd", FALSE }, 1.0, "pisd" },
    { { PISD_GUIDANCE_EXACT, "exact", FALSE }, TIMES, "readings that no flow has" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (runs); i++)
    {
      const CliCase what = { problem, PISD_TASK_INVERSE, &runs[i].method };

      if (!watch_run (options, &what, runs[i].times, runs[i].name, table, error))
        return FALSE;
    }
  return watch_truth (options, problem, table, error);
}
