#include "pisd-divergence.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-number.h"

#define SHARE 0.02
#define MOST_STEP 20.0
#define MOST_RATIO 10.0

void
pisd_divergence_init (PisdDivergence *self, const PisdDiffuserPlan *plan)
{
  PisdProcess *process = pisd_process_new (plan->process, plan->n_times);
  double sum = 0.0;

  for (guint t = 1; t <= process->n_steps; t++)
    sum += pisd_weight_get (plan->weight, plan->prediction, process, t);
  *self = (PisdDivergence){ sum / process->n_steps, 1.0 };
  pisd_process_free (process);
}

char *
pisd_divergence_note (PisdDivergence *self, guint64 step, double loss)
{
  char number[PISD_NUMBER_SIZE];

  if (!isfinite (loss))
    return g_strdup_printf (_ ("Step %u: the loss is no finite number, the training has diverged: "
                               "a lower learning rate may help"),
                            (guint) step);
  self->ratio += SHARE * (fmin (loss / self->nothing, MOST_STEP) - self->ratio);
  if (self->ratio <= MOST_RATIO)
    return NULL;
  g_snprintf (number, sizeof number, "%.3g", loss / self->nothing);
  return g_strdup_printf (_ ("Step %u: the loss is %s times that of a network that says nothing, "
                             "the training diverges: a lower learning rate may help"),
                          (guint) step, number);
}
