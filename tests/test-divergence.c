/* When a training of the diffusion lab counts as gone to pieces. */
#include "pisd-divergence.h"

#include <string.h>

#include "pisd-test.h"

static PisdDivergence
make (PisdWeight weight, PisdPrediction prediction)
{
  PisdDiffuserPlan plan;
  PisdDivergence divergence;

  pisd_diffuser_plan_init (&plan, PISD_LAB_MOONS);
  plan.weight = weight;
  plan.prediction = prediction;
  pisd_divergence_init (&divergence, &plan);
  return divergence;
}

/* With equal weights it is 1; of x0 with min-SNR ones the mean of min (abar / rest, 5). */
static void
test_nothing (void)
{
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 100);
  double sum = 0.0;

  for (guint t = 1; t <= 100; t++)
    sum += MIN (process->abar[t] / process->rest[t], 5.0) / 100.0;
  test_assert_close (make (PISD_WEIGHT_UNIFORM, PISD_PREDICT_V).nothing, 1.0, 1e-12);
  test_assert_close (make (PISD_WEIGHT_MIN_SNR, PISD_PREDICT_X0).nothing, sum, 1e-12);
}

/* Steps until something is said, where all have the same loss; 0: none within 10,000. */
static guint
count (double loss)
{
  PisdDivergence divergence = make (PISD_WEIGHT_UNIFORM, PISD_PREDICT_V);

  for (guint step = 1; step <= 10000; step++)
    {
      g_autofree char *failure = pisd_divergence_note (&divergence, step, loss);

      if (failure != NULL)
        return step;
    }
  return 0;
}

/* r_k = r - (r - 1) 0.98^k > 10, and a step counts as 20 at most. */
static void
test_when (void)
{
  static const double ratios[] = { 10.5, 12.0, 20.0 };

  for (guint i = 0; i < G_N_ELEMENTS (ratios); i++)
    g_assert_cmpuint (count (ratios[i]), ==,
                      (guint) ceil (log ((ratios[i] - 10.0) / (ratios[i] - 1.0)) / log (0.98)));
  g_assert_cmpuint (count (1e12), ==, count (20.0));
  g_assert_cmpuint (count (9.9), ==, 0);
  g_assert_cmpuint (count (0.1), ==, 0);
}

/* One step that goes far astray decides nothing; a loss that is no number does at once. */
static void
test_single (void)
{
  PisdDivergence divergence = make (PISD_WEIGHT_UNIFORM, PISD_PREDICT_V);
  g_autofree char *no_number = NULL, *infinite = NULL, *large = NULL;

  g_assert_null (pisd_divergence_note (&divergence, 1, 1e9));
  no_number = pisd_divergence_note (&divergence, 2, NAN);
  g_assert_nonnull (strstr (no_number, "Step 2: the loss is no finite number"));
  infinite = pisd_divergence_note (&divergence, 3, INFINITY);
  g_assert_nonnull (strstr (infinite, "Step 3: "));
  for (guint step = 4; large == NULL; step++)
    large = pisd_divergence_note (&divergence, step, 34.0);
  g_assert_nonnull (strstr (large, "the loss is 34 times that of a network that says nothing"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/divergence/nothing", test_nothing);
  g_test_add_func ("/lab/divergence/when", test_when);
  g_test_add_func ("/lab/divergence/single", test_single);
  return g_test_run ();
}
