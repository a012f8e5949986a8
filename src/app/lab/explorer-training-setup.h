/* What is chosen in the training lab, as one value: the next run's set-up.
 *
 * Threads: main thread only. */
#pragma once

#include "pisd-lab-setup.h"
#include "pisd-regression-runs.h"

G_BEGIN_DECLS

typedef struct
{
  guint target;     /* of the table; pisd_target_count(): the polynomial */
  char *polynomial; /* as it is typed */
  char *widths;
  gboolean uses[PISD_N_ACTIVATIONS];
  PisdDescent method;
  double rate, decay;
  double until; /* of the flow */
  guint batch, n_points, n_seeds;
  guint64 seed, n_steps;
} ExplorerTrainingSetup;

/* What the window begins with. */
ExplorerTrainingSetup *explorer_training_setup_new (void);
/* That of a lab's set-up, for one run. */
ExplorerTrainingSetup *explorer_training_setup_new_for_lab (const PisdLabSetup *setup);
ExplorerTrainingSetup *explorer_training_setup_dup (const ExplorerTrainingSetup *setup);
void explorer_training_setup_free (ExplorerTrainingSetup *setup); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerTrainingSetup, explorer_training_setup_free)
gboolean explorer_training_setup_equal (const ExplorerTrainingSetup *a,
                                        const ExplorerTrainingSetup *b);

/* Another target brings its own network with it, another method its rate and batch. */
void explorer_training_setup_follow (ExplorerTrainingSetup *setup,
                                     const ExplorerTrainingSetup *before);
/* Errors: what cannot be run, and `wrong`: 0 the polynomial, 1 the network, 2 something else. */
PisdRegressionRuns *explorer_training_setup_make (const ExplorerTrainingSetup *setup,
                                                  guint *wrong,
                                                  GError **error);

G_END_DECLS
