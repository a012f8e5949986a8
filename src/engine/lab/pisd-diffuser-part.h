/* A part of a training's batch: its samples, their losses and the gradient.
 *
 *   loss = w_t |prediction - target|^2 / dimension
 *          (+ 0.001 T L_(t-1) / dimension by the variance alone, where it is learned)
 *
 * divided by the plan's whole batch.  A part goes through the network by blocks that a backward
 * pass can follow (pisd-diffuser.h), whose derivatives are added in their order.
 *
 * Threads: a part belongs to one thread; what it is of is constant meanwhile.
 * Source:  Ho et al. 2020, algorithm 1; Nichol and Dhariwal 2021, equation 16 (hybrid loss). */
#pragma once

#include "pisd-components.h"
#include "pisd-diffuser-plan.h"

G_BEGIN_DECLS

/* What a training is of; all of it is borrowed. */
typedef struct
{
  const PisdDiffuserPlan *plan;
  const PisdLabData *data;
  const PisdComponents *components; /* NULL: none */
  const PisdProcess *process;
  const PisdDiffuser *diffuser;
} PisdDiffuserTask;

/* Samples number first, ... of the data as the network has them, [n, dimension of the diffuser];
 * raw: scratch, [n, dimension of the data]; labels as in pisd_lab_data_draw(). */
void pisd_diffuser_task_draw (const PisdDiffuserTask *task,
                              guint64 first,
                              gsize n,
                              double *raw,
                              double *x,
                              guint *labels);

typedef struct _PisdDiffuserPart PisdDiffuserPart;

/* task: borrowed. */
PisdDiffuserPart *pisd_diffuser_part_new (const PisdDiffuserTask *task);
void pisd_diffuser_part_free (PisdDiffuserPart *part); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdDiffuserPart, pisd_diffuser_part_free)

/* Samples number first, ... of all that the training sees, and what the network makes of them:
 * their times and unweighted losses without what the bound adds, [n], and the gradient.
 * A look at `cancel` between two blocks ends it early. */
void pisd_diffuser_part_work (PisdDiffuserPart *part,
                              const double *parameters,
                              guint64 first,
                              gsize n,
                              guint *times,
                              double *losses,
                              PisdCancel *cancel);
/* [n_parameters], until the next work. */
double *pisd_diffuser_part_get_gradient (PisdDiffuserPart *part);

G_END_DECLS
