/* Whole runs with a learned prior: no thread works beside those that were asked for, of oneDNN's
 * OpenMP and of OpenBLAS neither. */
#include "pisd-bundle.h"
#include "pisd-run.h"
#include "pisd-scatter.h"
#include "pisd-test.h"
#include "pisd-truth.h"

/* OpenBLAS brings these; no header declares them. */
void openblas_set_num_threads (int n_threads);
int openblas_get_num_threads (void);

/* What would work if it were let. */
#define POOL 2

/* Threads of this process, those that sleep included. */
static guint
count_threads (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

typedef struct
{
  guint n_steps, fewest; /* threads, between steps */
  int most_blas;
} Watched;

/* A team of threads, once made, stays; one of the set-up's that was joined is on its way out for a
 * moment, so that the fewest are counted. */
static gboolean
watch (guint64 done, guint64 total, gpointer data)
{
  Watched *watched = data;

  if (done == 0)
    return TRUE;
  watched->n_steps++;
  watched->fewest = MIN (watched->fewest, count_threads ());
  watched->most_blas = MAX (watched->most_blas, openblas_get_num_threads ());
  return TRUE;
}

static PisdScenario *
make_scenario (PisdGuidanceId guidance)
{
  const PisdBundle *bundle = pisd_bundle_find (PISD_PROBLEM_POISSON);
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;
  g_autoptr (GError) error = NULL;

  settings->prior = PISD_PRIOR_LEARNED;
  settings->modes = bundle->modes;
  pisd_settings_apply_preset (settings, guidance, PISD_TASK_FORWARD, TRUE);
  settings->steps = 3;
  settings->samples = 3;
  pisd_truth_set_random (scenario, &error);
  g_assert_no_error (error);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, 10, 0, 1);
  return scenario;
}

static void
check (PisdGuidanceId guidance, guint n_threads)
{
  g_autoptr (PisdScenario) scenario = make_scenario (guidance);
  const guint before = count_threads ();
  Watched watched = { .fewest = G_MAXUINT };
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (PisdResult) result =
      pisd_run (scenario, NULL, n_threads, watch, &watched, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (watched.n_steps, >=, scenario->settings.steps);
  g_assert_cmpuint (watched.fewest, <=, before + n_threads - 1);
  g_assert_cmpint (watched.most_blas, ==, 1);
}

static void
test_threads (void)
{
  static const PisdGuidanceId guidances[] = { PISD_GUIDANCE_PISD, PISD_GUIDANCE_SECOND_ORDER };

  openblas_set_num_threads (POOL);
  for (guint i = 0; i < G_N_ELEMENTS (guidances); i++)
    for (guint n_threads = 1; n_threads <= 2; n_threads++)
      check (guidances[i], n_threads);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/learned-run/threads", test_threads);
  return g_test_run ();
}
