/* A set-up as lines of a lesson make it: settings by key, and
 *
 *   truth = FILE.npz                          instead of the random instance of the settings
 *   sensors = none
 *   sensors = random FIELD N [seed S] [noise SD] [time T]
 *   sensors = grid FIELD ROWSxCOLUMNS [noise SD] [time T]
 *   sensors = ring FIELD N [noise SD] [time T]
 *   sensors = at FIELD X Y [noise SD] [time T]
 *
 * random, grid and ring take the place of the field's sensors of that time, `at` adds one.  A later
 * line goes beyond an earlier one; what no line says is the preset of the guidance.
 *
 * Errors:  those of settings and truths; PISD_ERROR_FORMAT, RANGE, LIMIT; all with the line. */
#pragma once

#include "pisd-lesson-lines.h"
#include "pisd-scenario.h"

G_BEGIN_DECLS

/* Whether such a line belongs to a set-up. */
gboolean pisd_lesson_setup_has_key (const char *key);

/* lines: of PisdLessonLine, borrowed, all of them such; head: number of the line that messages
 * name where no single one is wrong.  `input`: the lesson, for its name and folder. */
PisdScenario *pisd_lesson_setup_make (const GPtrArray *lines,
                                      guint head,
                                      PisdInput *input,
                                      GError **error);

G_END_DECLS
