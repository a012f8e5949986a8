/* What sensors of both fields say together, in two numbers: presets between the tasks are made
 * from them.
 *
 * A reading of f with noise sd says 1 / (v_f + sd^2), v_f the prior's variance of f at a place:
 * less the noisier it is, and nothing is special about the first one.  With I_f the sum of it
 * over the sensors on f and n_f = v_f I_f, their number, noisy ones counted in part,
 *   share = c I_u / (I_a + c I_u),  c = 10,   balance = min (1, sqrt (n_u / n_a)).
 * The share weighs what is read; the balance says which task it is.
 *
 * Source: src/DESIGN.md, "Presets between the tasks"; `pisd bench mixture` prints the errors. */
#pragma once

#include "pisd-sensors.h"

G_BEGIN_DECLS

/* Which of a and u is measured. */
typedef enum
{
  PISD_TASK_FORWARD, /* a measured */
  PISD_TASK_INVERSE, /* u measured */
  PISD_TASK_BOTH,
  PISD_N_TASKS
} PisdTask;

const char *pisd_task_get_name (PisdTask task);
gboolean pisd_task_from_name (const char *name, PisdTask *task);

typedef struct
{
  double share;   /* of the readings of u in what is known: 0 without any, 1 with no others */
  double balance; /* 0: only a is read; 1: u has as many readings as a or more */
} PisdMixture;

/* prior: of field 0.  Without sensors as if a was measured.  Where the equation is not
 * linear v_u is unknown and taken for v_a. */
void pisd_mixture_init (PisdMixture *mixture,
                        const PisdEquation *equation,
                        const PisdSourcePrior *prior,
                        const PisdSensors *sensors);
/* Equally many sensors without noise on each field that is measured, fields without a mean. */
void pisd_mixture_init_task (PisdMixture *mixture, const PisdEquation *equation, PisdTask task);

G_END_DECLS
