/* What can be said of a run in a lesson, by name: figures in its sentences, and conditions.
 *
 * Of each field of the equation (here `u`)
 *   error-u        relative L2 error of the mean, %
 *   exact-u        the same of the exact posterior's mean, %
 *   ratio-u        the first over the second
 *   calibration-u  size of the errors in units of the spread, 1 where it is right
 *   shown-error-u  of the step that is shown, %
 *   sensors-u      how many there are
 *   size-u         root mean square of the truth, of a flow's last frame
 * Of the whole
 *   sensors, residual and truth-residual (of the mean and of the truth, %), evaluations, sigma (of
 *   the step that is shown), shown (the step as a part of the run, %), share-obs_a, share-pde (of
 *   the gradient in the step that is shown, %)
 * and every setting that is a number or a choice, by its key.
 *
 * Of a lab's run what pisd-lab-run.h names, and settings by the keys of pisd-lab-setup.h.
 *
 * Threads: any. */
#pragma once

#include "pisd-exact.h"
#include "pisd-frame.h"
#include "pisd-lab-run.h"
#include "pisd-result.h"

G_BEGIN_DECLS

/* What a person has done since the lesson asked for it. */
typedef enum
{
  PISD_DEED_RUN,     /* a run was made to its end */
  PISD_DEED_SCRUB,   /* another step was looked at */
  PISD_DEED_SENSOR,  /* sensors were changed by hand */
  PISD_DEED_BRANCH,  /* a run went on from a step of another */
  PISD_DEED_COMPARE, /* methods were compared */
  PISD_DEED_INSPECT, /* a step was taken apart */
  PISD_DEED_SWEEP,   /* a setting was swept */
  PISD_N_DEEDS
} PisdDeed;

const char *pisd_deed_get_name (PisdDeed deed); /* "branch" */
/* FALSE: there is none of that name. */
gboolean pisd_deed_find (const char *name, PisdDeed *deed);

/* Where a lesson is taken. */
typedef enum
{
  PISD_STAGE_FIELDS, /* in the main window */
  PISD_STAGE_DIFFUSION,
  PISD_STAGE_TRAINING,
  PISD_N_STAGES
} PisdStage;

/* "setup", "diffusion", "training": the group that says so; and which lab it is. */
const char *pisd_stage_get_group (PisdStage stage);
PisdLab pisd_stage_get_lab (PisdStage stage);
/* Whether it can be done there: in a lab there are only runs. */
gboolean pisd_stage_has_deed (PisdStage stage, PisdDeed deed);

/* What a lesson can speak of. */
typedef struct
{
  PisdStage stage;
  PisdProblemId problem; /* of the fields */
} PisdLessonSubject;

/* All borrowed. */
typedef struct
{
  const PisdScenario *scenario; /* of the run, where there is one */
  const PisdResult *result;     /* NULL: no run is finished */
  const PisdExact *exact;       /* NULL: not known */
  const PisdFrame *frame;       /* what is shown of the run; NULL: nothing */
  guint deeds;                  /* a bit each: 1 << PisdDeed */
  const PisdLabSetup *lab; /* NULL: it is no lesson of a lab; else none of the above but deeds */
  const PisdLabResult *lab_result; /* NULL: no run is finished */
} PisdLessonFacts;

/* Whether a figure or condition may speak of it. */
gboolean pisd_lesson_fact_exists (const char *name, const PisdLessonSubject *subject);
/* Whether it is known of finished runs alone; of the exact answer alone. */
gboolean pisd_lesson_fact_is_of_run (const char *name);
gboolean pisd_lesson_fact_is_of_exact (const char *name);
/* NaN: not known. */
double pisd_lesson_fact_get (const char *name, const PisdLessonFacts *facts);

G_END_DECLS
