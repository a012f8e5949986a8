/* What a panel says of the courses of weights, and the choice of the one that is drawn: none, those
 * of the fields' sensors, that of the equation.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-session.h"

G_BEGIN_DECLS

/* "equation × 1 → 0.2", a line for every weight with a course; NULL: all are constant. */
char *explorer_courses_dup_text (const PisdSettings *settings);
void explorer_courses_fill_choices (GtkDropDown *choice, const PisdOperator *problem);
guint explorer_courses_find_choice (PisdProblemId problem, guint term);
/* PISD_N_TERMS: none. */
guint explorer_courses_get_term (const PisdOperator *problem, guint choice);
/* All weights become constant, as one edit. */
void explorer_courses_reset (ExplorerSession *session);

G_END_DECLS
