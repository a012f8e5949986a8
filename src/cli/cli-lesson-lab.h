/* The picture of a step of a lab's lesson, for a hand-out: samples and their paths, or what was
 * learned and the courses of loss, norm and gradient. */
#pragma once

#include "pisd-draw-handout.h"
#include "pisd-lab-run.h"

G_BEGIN_DECLS

typedef struct _CliLessonLab CliLessonLab;

/* setup: borrowed.
 * Errors: PISD_ERROR_LIMIT. */
CliLessonLab *cli_lesson_lab_new (const PisdLabSetup *setup, PisdLabRun *run, GError **error);
void cli_lesson_lab_free (CliLessonLab *lab); /* NULL is fine */
/* Borrowed. */
const PisdHandoutPicture *cli_lesson_lab_get_picture (const CliLessonLab *lab);

G_END_DECLS
