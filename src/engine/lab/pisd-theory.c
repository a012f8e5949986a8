#include "pisd-theory.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Why the theorem does not speak of a plan, or not to its end; NULL: it does. */
static const char *
find_limit (const PisdRegressionPlan *plan)
{
  if (!pisd_activation_get_traits (plan->activation)->differentiable)
    return _ ("ReLU has a kink and lies outside the theorem: it is here for contrast.");
  if (plan->activation == PISD_ACTIVATION_IDENTITY)
    return _ ("Without an activation the network is linear: no polynomial of degree two or more is "
              "its limit, and the flow converges.");
  if (plan->decay > 0.0)
    return _ ("Weight decay changes the end: loss plus decay is large wherever the parameters are, "
              "so the norm stays bounded and the flow converges to a critical point of the sum.");
  return NULL;
}

/* What a method has to do with the flow. */
static const char *
get_method (PisdDescent method)
{
  static const char *const texts[PISD_N_DESCENTS] = {
    [PISD_DESCENT_GRADIENT] = N_ ("Gradient descent follows the flow in steps of its rate."),
    [PISD_DESCENT_ADAM] = N_ ("The theorem is about the flow; Adam is seen to do likewise."),
    [PISD_DESCENT_FLOW] = N_ ("This is the flow itself, up to the tolerance of its steps."),
  };

  return _ (texts[method]);
}

char *
pisd_theory_dup_text (const PisdRegressionPlan *plan)
{
  const char *limit = find_limit (plan);

  return g_strjoin (
      "\n\n",
      _ ("With smooth activations there are two ends of a gradient flow: either it converges to a "
         "critical point, or the norm of the parameters tends to infinity while the loss tends to "
         "an asymptotic critical value."),
      _ ("With a polynomial of degree two or more as target and enough neurons and data the "
         "infimum of the loss is 0, and no parameters attain it. So a flow that begins well enough "
         "never ends: the loss goes to "
         "0 and the norm to infinity."),
      limit != NULL ? limit : get_method (plan->method), NULL);
}

const char *
pisd_theory_get_look (PisdGrowthLook look)
{
  static const char *const titles[] = {
    [PISD_GROWTH_UNDECIDED] = N_ ("is undecided so far"),
    [PISD_GROWTH_SETTLES] = N_ ("looks like convergence to a critical point"),
    [PISD_GROWTH_DIVERGES] = N_ ("looks like divergence: the norm keeps growing"),
  };

  return _ (titles[look]);
}

static char *
dup_percent (double share)
{
  return g_strdup_printf ("%.1f", 100.0 * share);
}

/* With the locale's decimal point; a dash where nothing was measured. */
static char *
dup_ratio (double ratio)
{
  return isfinite (ratio) ? g_strdup_printf ("%.2g", ratio) : g_strdup ("–");
}

static char *
dup_growth (const PisdGrowth *growth)
{
  g_autofree char *percent = g_strdup_printf ("%+.1f", 100.0 * growth->growth);
  g_autofree char *gradient = dup_ratio (growth->gradient);
  g_autofree char *log_part = dup_percent (growth->log.misfit);
  g_autofree char *root_part = dup_percent (growth->root.misfit);

  /* Translators: the law that fits better is named by which number is smaller */
  return g_strdup_printf (
      _ ("Since the first tenth of the run the norm has changed by %s\u202f%%, and the gradient is "
         "%s "
         "times what it was then. a + b ln t leaves %s\u202f%% of the norm's course unexplained, "
         "a + b √t %s\u202f%%."),
      percent, gradient, log_part, root_part);
}

char *
pisd_theory_dup_judgement (const char *name, const PisdGrowth *growth)
{
  g_autofree char *numbers = growth->n_rows > 1 && isfinite (growth->growth)
                                 ? dup_growth (growth)
                                 : g_strdup (_ ("Nothing has been measured yet."));

  /* Translators: a run's name, what it looks like, numbers */
  return g_strdup_printf (_ ("%s %s. %s A finite run cannot prove either."), name,
                          pisd_theory_get_look (growth->look), numbers);
}
