/* What a step of a lesson looks at, as a picture: its quantities at the step of the run that it
 * shows, a row a field. */
#pragma once

#include "pisd-draw-figure.h"
#include "pisd-lesson-run.h"

G_BEGIN_DECLS

/* step: where the run stands.  A step that does not say looks at what the one before does, and the
 * first at estimate and truth. */
PisdFigure *cli_lesson_look_make (const PisdLesson *lesson,
                                  guint step,
                                  const PisdLessonRun *run,
                                  guint n_threads,
                                  PisdCancel *cancel,
                                  GError **error);

G_END_DECLS
