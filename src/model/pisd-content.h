/* What a file that is opened holds: true fields, sensors, a scenario (also as text or in a
 * picture), weights or a lesson, read before it is known what the scenario will be that it is put
 * into.
 *
 * Errors:  PISD_ERROR_UNKNOWN (none of these kinds), CANCELLED, and what is wrong with the file.
 * Threads: immutable after it is read, but for a lesson that is taken out of it; any one may read
 *          it, and another one use it. */
#pragma once

#include "pisd-input.h"
#include "pisd-lesson.h"
#include "pisd-file-question.h"

G_BEGIN_DECLS

typedef struct _PisdContent PisdContent;

/* True fields and sensors are read for an equation, since it says which fields there are. */
PisdContent *pisd_content_read (PisdInput *input, const PisdEquation *equation, GError **error);
void pisd_content_free (PisdContent *content); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdContent, pisd_content_free)

/* FALSE: the scenario has another equation by now than the one that it was read for. */
gboolean pisd_content_fits (const PisdContent *content, const PisdScenario *scenario);
/* Whether it is a scenario of its own, settings included. */
gboolean pisd_content_is_whole (const PisdContent *content);
/* What is said once it is taken: other weights than it was made with; NULL: nothing. */
const char *pisd_content_get_warning (const PisdContent *content);
/* What has to be asked first, as it is a file of other people; NULL: nothing.  And what the answer
 * makes of it. */
PisdFileQuestion *pisd_content_get_question (const PisdContent *content);
PisdContent *pisd_content_new_for_answer (const PisdFileQuestion *question,
                                          const char *path,
                                          const PisdReading *reading,
                                          PisdCancel *cancel,
                                          GError **error);
/* A lesson, which is put into no scenario; NULL: it is none. */
PisdLesson *pisd_content_take_lesson (PisdContent *content);
/* The scenario with what was read in its place, which must fit.
 * Errors: those of pisd_edit_set_weights(). */
PisdScenario *pisd_content_dup_scenario (const PisdContent *content,
                                         const PisdScenario *scenario,
                                         GError **error);

G_END_DECLS
