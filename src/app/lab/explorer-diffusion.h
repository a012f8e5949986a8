/* The diffusion lab: data go into noise, a network learns the way back while one watches, samples
 * are drawn and scrubbed, and the closed form stands beside what was learned.
 *
 * Threads: main thread only; training and sampling have threads of their own. */
#pragma once

#include <adwaita.h>

#include "explorer-lab-lesson.h"
#include "pisd-diffuser-job.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_DIFFUSION (explorer_diffusion_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerDiffusion, explorer_diffusion, EXPLORER, DIFFUSION, AdwWindow)

GtkWidget *explorer_diffusion_new (GtkApplication *application);

/* Where a lesson of this lab is opened. */
ExplorerLabLesson *explorer_diffusion_get_lesson (ExplorerDiffusion *self);

/* For tests: what its dialog does, and what it is made of. */

/* The page as .png, .svg or .pdf, the samples as .csv, by the path's ending. */
void explorer_diffusion_save (ExplorerDiffusion *self, const char *path);
const char *explorer_diffusion_get_last_toast (ExplorerDiffusion *self);
PisdDiffuserJob *explorer_diffusion_get_job (ExplorerDiffusion *self);
const PisdDiffuserFrame *explorer_diffusion_get_frame (ExplorerDiffusion *self); /* NULL: none */
const PisdTrajectories *explorer_diffusion_get_trajectories (
    ExplorerDiffusion *self); /* NULL: none */
const PisdDrawing *explorer_diffusion_get_drawing (ExplorerDiffusion *self);
const char *explorer_diffusion_get_status (ExplorerDiffusion *self);
/* How often exact and learned scores have been computed for the page of the truth. */
void explorer_diffusion_count_scores (ExplorerDiffusion *self, guint *n_exact, guint *n_learned);
/* What the score's picture says in place of a score; NULL: it shows one. */
const char *explorer_diffusion_get_score_note (ExplorerDiffusion *self);
/* The first picture of a page. */
GtkWidget *explorer_diffusion_get_pane (ExplorerDiffusion *self, guint page);
/* A widget by its name in the template. */
GtkWidget *explorer_diffusion_get_part (ExplorerDiffusion *self, const char *name);

G_END_DECLS
