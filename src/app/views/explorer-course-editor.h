/* The course of one weight over the run, drawn over the curves of the timeline, with a handle for
 * every point: dragged, added by a click beside them, removed with Delete.
 *
 * Keys:        Left, Right        the point before, the one after
 *              Shift with them    it goes earlier, later
 *              Up, Down           a larger factor, a smaller one
 *              Insert, +          one more point after it
 *              Delete             it goes
 * Properties:
 *   "term" (uint)                 whose weight; PISD_N_TERMS: none, and it is not visible
 * Threads:     main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-session.h"
#include "explorer-timeline.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_COURSE_EDITOR (explorer_course_editor_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerCourseEditor,
                      explorer_course_editor,
                      EXPLORER,
                      COURSE_EDITOR,
                      GtkWidget)

/* It lies over the timeline and has its size; both are borrowed. */
void explorer_course_editor_set_models (ExplorerCourseEditor *self,
                                        ExplorerSession *session,
                                        ExplorerTimeline *timeline);
void explorer_course_editor_set_palette (ExplorerCourseEditor *self, const PisdPalette *palette);
/* The next term of the equation, none after the last one. */
void explorer_course_editor_choose_next (ExplorerCourseEditor *self);
/* Where it has the focus it goes, and a drag with it; FALSE: it has not. */
gboolean explorer_course_editor_leave (ExplorerCourseEditor *self);

/* For tests. */
int explorer_course_editor_get_selected (ExplorerCourseEditor *self); /* -1: none */
void explorer_course_editor_get_place (ExplorerCourseEditor *self,
                                       double t,
                                       double factor,
                                       double *x,
                                       double *y);

G_END_DECLS
