/* What is said of a run: the sentence that belongs to its plan, and its own numbers. */
#include "pisd-theory.h"

#include <string.h>

#include "pisd-test.h"

static PisdRegressionPlan *
make (PisdDescent method, PisdActivation activation, double decay)
{
  PisdRegressionPlan *plan = pisd_regression_plan_new ("p1", method, NULL);

  plan->activation = activation;
  plan->decay = decay;
  return plan;
}

/* The third paragraph is what is special of a plan: what lies outside the theorem comes before what
 * changes its end, and that before the method. */
static void
test_text (void)
{
  static const struct
  {
    PisdDescent method;
    PisdActivation activation;
    double decay;
    const char *begin;
  } rows[] = {
    { PISD_DESCENT_FLOW, PISD_ACTIVATION_GELU, 0.0, "This is the flow itself" },
    { PISD_DESCENT_ADAM, PISD_ACTIVATION_TANH, 0.0, "The theorem is about the flow; Adam" },
    { PISD_DESCENT_GRADIENT, PISD_ACTIVATION_ELU, 0.0, "Gradient descent follows the flow" },
    { PISD_DESCENT_FLOW, PISD_ACTIVATION_GELU, 0.1, "Weight decay changes the end" },
    { PISD_DESCENT_FLOW, PISD_ACTIVATION_RELU, 0.1, "ReLU has a kink" },
    { PISD_DESCENT_ADAM, PISD_ACTIVATION_IDENTITY, 0.1, "Without an activation" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PisdRegressionPlan) plan =
          make (rows[i].method, rows[i].activation, rows[i].decay);
      g_autofree char *text = pisd_theory_dup_text (plan);
      g_auto (GStrv) paragraphs = g_strsplit (text, "\n\n", -1);

      g_assert_cmpuint (g_strv_length (paragraphs), ==, 3);
      g_assert_nonnull (strstr (paragraphs[0], "two ends of a gradient flow"));
      g_assert_nonnull (strstr (paragraphs[1], "the infimum of the loss is 0"));
      g_assert_true (g_str_has_prefix (paragraphs[2], rows[i].begin));
    }
}

/* Shares come as percentages with a sign or without, the gradient's ratio as it is, a dash where it
 * is not known; nothing where there is nothing. */
static void
test_judgement (void)
{
  PisdGrowth growth = { .look = PISD_GROWTH_DIVERGES,
                        .n_rows = 20,
                        .growth = 0.1234,
                        .gradient = 0.056,
                        .log = { 0.0, 0.0, 0.021 },
                        .root = { 0.0, 0.0, 0.345 } };
  g_autofree char *full = pisd_theory_dup_judgement ("gelu-3", &growth);
  g_autofree char *dashed = NULL, *empty = NULL;

  g_assert_cmpstr (
      full, ==,
      "gelu-3 looks like divergence: the norm keeps growing. Since the first tenth of "
      "the run the norm has changed by +12.3\u202f%, and the gradient is 0.056 times "
      "what it was then. a + b ln t leaves 2.1\u202f% of the norm's course unexplained, "
      "a + b √t 34.5\u202f%. A finite run cannot prove either.");
  growth.look = PISD_GROWTH_SETTLES;
  growth.growth = -0.01;
  growth.gradient = NAN;
  dashed = pisd_theory_dup_judgement ("elu-1", &growth);
  g_assert_nonnull (strstr (dashed, "elu-1 looks like convergence to a critical point. "));
  g_assert_nonnull (strstr (dashed, "by -1.0\u202f%, and the gradient is – times"));
  growth.look = PISD_GROWTH_UNDECIDED;
  growth.n_rows = 1;
  empty = pisd_theory_dup_judgement ("tanh-1", &growth);
  g_assert_cmpstr (empty, ==,
                   "tanh-1 is undecided so far. Nothing has been measured yet. A finite run cannot "
                   "prove either.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/theory/text", test_text);
  g_test_add_func ("/lab/theory/judgement", test_judgement);
  return g_test_run ();
}
