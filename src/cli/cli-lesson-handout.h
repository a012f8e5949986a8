/* A lesson as a hand-out: its sentences with their pictures, the task, and on the last page what
 * comes of it. */
#pragma once

#include "pisd-lesson.h"

G_BEGIN_DECLS

/* Runs every step and saves a PDF file, atomically. */
gboolean cli_lesson_save_handout (const PisdLesson *lesson,
                                  const char *path,
                                  guint n_threads,
                                  PisdCancel *cancel,
                                  GError **error);

G_END_DECLS
