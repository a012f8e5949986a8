/* A set-up as lines of a lesson make it: settings by key, and
 *
 *   truth = FILE.npz                          instead of the random instance of the settings
 *   sensors = none
 *   sensors = random FIELD N [seed S] [noise SD] [trust SD] [time T]
 *   sensors = grid FIELD ROWSxCOLUMNS ...
 *   sensors = ring FIELD N ...
 *   sensors = at FIELD X Y ...
 *   sensors = block FIELD ROWSxCOLUMNS X Y WIDTH HEIGHT ...
 *
 * random, grid and ring take the place of the field's sensors of that time, `at` adds one and
 * `block` rows and columns of them in a rectangle with its corner at X, Y.  noise: of the readings;
 * trust: what the method takes it for, of all of the field's sensors of that time.  Without a time
 * they are on the field's last frame.  A later line goes beyond an earlier one; what no line says
 * is the preset of the guidance.
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
