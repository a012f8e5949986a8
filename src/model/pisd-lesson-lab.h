/* What a lab does in a step of a lesson, as lines make it: settings by key (pisd-lab-setup.h).  A
 * later line goes beyond an earlier one.
 *
 * Errors: those of the lab's settings, with the line. */
#pragma once

#include "pisd-lab-setup.h"
#include "pisd-lesson-lines.h"

G_BEGIN_DECLS

/* lines: of PisdLessonLine, borrowed, all of them settings of the lab; head: number of the line
 * that messages name where no single one is wrong. */
PisdLabSetup *pisd_lesson_lab_make (const GPtrArray *lines,
                                    PisdLab lab,
                                    const char *file,
                                    guint head,
                                    GError **error);

G_END_DECLS
