/* The tools of all threads of a training, of which whoever works takes one for a while.
 *
 * Threads: any. */
#pragma once

#include "pisd-training-part.h"

G_BEGIN_DECLS

typedef struct _PisdTrainingCrew PisdTrainingCrew;

/* As many parts as threads may work at once (0: as many as the machine has cores).  Plan and
 * latents are borrowed. */
PisdTrainingCrew *pisd_training_crew_new (const PisdTrainingPlan *plan,
                                          const PisdTrainingLatents *latents,
                                          guint batch,
                                          guint n_threads);
void pisd_training_crew_free (PisdTrainingCrew *crew); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTrainingCrew, pisd_training_crew_free)

guint pisd_training_crew_get_n (const PisdTrainingCrew *crew);
/* The parameters that every part has before it is taken next: [n_parameters], borrowed.  While
 * nobody works. */
void pisd_training_crew_set_parameters (PisdTrainingCrew *crew, const float *parameters);
/* See pisd_training_part_set_errors(); while nobody works. */
void pisd_training_crew_set_errors (PisdTrainingCrew *crew, const PisdErrorTable *errors);
PisdTrainingPart *pisd_training_crew_take (PisdTrainingCrew *crew);
void pisd_training_crew_give (PisdTrainingCrew *crew, PisdTrainingPart *part);

G_END_DECLS
