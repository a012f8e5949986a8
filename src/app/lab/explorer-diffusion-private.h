/* What the files of the diffusion lab's window share.
 *
 * explorer-diffusion.c            class, life, what is shown of the training
 * explorer-diffusion-actions.c    actions and their keys
 * explorer-diffusion-pages.c      what all pages share
 * explorer-diffusion-controls.c   the set-up in its rows
 * explorer-diffusion-forward.c    page: data go into noise; drawing by hand
 * explorer-diffusion-lesson.c     what a lesson does with it, and knows of it
 * explorer-diffusion-play.c       the steps of samples, one after the other
 * explorer-diffusion-train.c      page: losses, the embedding of time, samples as it goes
 * explorer-diffusion-sample.c     page: samples and how they came
 * explorer-diffusion-truth.c      page: the closed form beside what was learned
 * explorer-diffusion-undo.c       changes of the set-up, taken back and made again
 * explorer-diffusion-parts.c      what it is made of, for others
 * explorer-diffusion-saving.c     pages and samples as files
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-diffusion-pane.h"
#include "explorer-diffusion.h"
#include "explorer-file-saving.h"
#include "explorer-lab-pace.h"
#include "pisd-draw-graph.h"
#include "pisd-draw-plane.h"
#include "pisd-undo.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_DIFFUSION_FORWARD,
  EXPLORER_DIFFUSION_TRAIN,
  EXPLORER_DIFFUSION_SAMPLE,
  EXPLORER_DIFFUSION_TRUTH,
  EXPLORER_DIFFUSION_N_PAGES
} ExplorerDiffusionPage;

/* Pictures of a page. */
#define EXPLORER_DIFFUSION_N_PANES 5
/* Points that are shown, and pictures. */
#define EXPLORER_DIFFUSION_N_POINTS 600
#define EXPLORER_DIFFUSION_N_PICTURES 60
/* The plane that is shown, and the part of it that a drawing fills. */
#define EXPLORER_DIFFUSION_LIMIT 3.0
#define EXPLORER_DIFFUSION_DRAWING_LIMIT 1.2
/* Cells of fields, and arrows, along a side. */
#define EXPLORER_DIFFUSION_N_CELLS 64
#define EXPLORER_DIFFUSION_N_ERRORS 24
#define EXPLORER_DIFFUSION_N_ARROWS 16
/* Times that the error over time is known at. */
#define EXPLORER_DIFFUSION_N_TIMES 16

/* How samples are drawn. */
typedef struct
{
  PisdSampleRule rule;
  PisdVariance variance;
  guint n_steps;
  double eta, guidance;
  guint label; /* PISD_NO_LABEL: all of them */
  guint n;
  gboolean is_exact; /* by the closed form, where there is one */
} ExplorerDiffusionSampling;

/* What an edit of the set-up is of. */
typedef enum
{
  EXPLORER_DIFFUSION_EDIT_TRAINING, /* which begins anew */
  EXPLORER_DIFFUSION_EDIT_RATE,     /* of the training that goes on */
  EXPLORER_DIFFUSION_EDIT_SAMPLING
} ExplorerDiffusionEdit;

/* The closed form and what was learned of it. */
typedef struct _ExplorerDiffusionTruth ExplorerDiffusionTruth;

struct _ExplorerDiffusion
{
  AdwWindow parent_instance;

  GtkWidget *caption, *toggle;
  GtkWidget *overlay; /* of the toasts */
  GtkWidget *data, *clear_row, *schedule, *times, *predict, *weight, *hybrid, *latents_row,
      *latents, *latent, *network;
  GtkWidget *rate, *steps, *seed;
  GtkWidget *denoiser, *rule, *variance, *sample_steps, *samples, *eta_row, *eta, *guidance_row,
      *guidance, *label;
  GtkWidget *drop; /* of labels */
  GtkStringList *label_names;
  GtkWidget *pages;
  GtkWidget *boards[EXPLORER_DIFFUSION_N_PAGES];
  GtkWidget *panes[EXPLORER_DIFFUSION_N_PAGES][EXPLORER_DIFFUSION_N_PANES];
  GtkWidget *time_box, *step_box, *time_scale, *step_scale;
  GtkAdjustment *time, *step;
  GtkWidget *time_label, *step_label;
  GtkWidget *progress, *status, *found;
  GtkWidget *lesson, *controls;

  ExplorerToasts *toasts;
  ExplorerFileSaving *saving;
  gboolean updating; /* the rows change because the set-up did */
  guint tick;        /* 0: nothing is waited for */
  ExplorerLabPace pace;

  /* The set-up, and its training. */
  PisdLabDataId id;
  PisdDiffuserPlan plan;
  PisdDrawing *drawing;
  PisdUndo *undo;
  PisdDiffuserJob *job;
  PisdDiffuserFrame *frame; /* the newest one; NULL: its thread still prepares */
  gboolean is_running;      /* or will be, once data are prepared */

  /* Data and noise that are carried along. */
  guint n_shown;
  double *x0, *noise, *xt; /* [n_shown, dimension of the data] */
  double *xs;              /* likewise, at the time of the samples */
  guint *labels;           /* [n_shown] */
  PisdField *density;      /* at the time that is shown last */
  guint density_time;      /* that it is of; G_MAXUINT: none */

  /* Samples. */
  ExplorerDiffusionSampling sampling;
  GTask *sample_task;        /* that draws them; NULL: none does */
  PisdCancel *sample_cancel; /* of the samples that are being drawn; NULL: none are */
  gboolean wants_samples;    /* as soon as they can be drawn */
  gboolean plays;            /* the next ones, once they are there */
  PisdTrajectories *trajectories;
  PisdDiffuserReport report; /* on them */
  gboolean has_report;       /* and they are those of a finished training, or of none */
  guint play;                /* tick callback that shows step after step; 0: none */
  gint64 play_begun;
  double play_step;     /* that it has shown */
  guint *sample_labels; /* NULL: there are none */
  double *decoded[2];   /* state and estimate at the step that is shown, as data */
  double *score;        /* [n_arrows, n_arrows, 2] */

  ExplorerDiffusionTruth *truth;
};

/* The window. */
void explorer_diffusion_restart (ExplorerDiffusion *self); /* with the set-up as it is */
void explorer_diffusion_update_actions (ExplorerDiffusion *self);
/* How far the training is, or that the set-up needs none. */
void explorer_diffusion_show_status (ExplorerDiffusion *self);
/* Something is waited for. */
void explorer_diffusion_begin_tick (ExplorerDiffusion *self);
/* The training goes on. */
void explorer_diffusion_run (ExplorerDiffusion *self);
void explorer_diffusion_add_actions (GtkWidgetClass *widget_class);

/* What pages share. */
guint explorer_diffusion_get_page (ExplorerDiffusion *self);
guint explorer_diffusion_get_time (ExplorerDiffusion *self);
void explorer_diffusion_add_panes (
    ExplorerDiffusion *self,
    guint page,
    const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES]);
void explorer_diffusion_update_page (ExplorerDiffusion *self, guint page);
/* Points or pictures of the data, with labels (NULL: none) and a note where there are none. */
void explorer_diffusion_draw_samples (ExplorerDiffusion *self,
                                      cairo_t *cr,
                                      const PisdBox *box,
                                      const PisdPalette *palette,
                                      double type,
                                      guint n,
                                      const double *x,
                                      const guint *labels,
                                      const char *note);
gboolean explorer_diffusion_is_picture (ExplorerDiffusion *self);
/* Once there is a frame. */
const PisdProcess *explorer_diffusion_get_process (ExplorerDiffusion *self);
/* The network of a job with parameters, which are borrowed. */
PisdDiffuserModel explorer_diffusion_get_model (PisdDiffuserJob *job,
                                                const double *parameters,
                                                double guidance);
/* The scores that the newest network has at places [n, 2], of a label or of all. */
void explorer_diffusion_fill_score (ExplorerDiffusion *self,
                                    guint label,
                                    double guidance,
                                    guint t,
                                    guint n,
                                    const double *x,
                                    double *score);
/* The scores of the closed form. */
void explorer_diffusion_fill_exact (ExplorerDiffusion *self,
                                    guint t,
                                    guint n,
                                    const double *x,
                                    double *score);
/* Where there are no samples yet. */
const char *explorer_diffusion_get_samples_note (void);
/* Why a picture that needs points of the plane shows nothing: data are pictures, or they are
 * `missing`; NULL: it shows them. */
const char *explorer_diffusion_get_plane_note (ExplorerDiffusion *self,
                                               gboolean is_there,
                                               const char *missing);

/* Controls. */
void explorer_diffusion_fill_rows (ExplorerDiffusion *self); /* once */
void explorer_diffusion_show_setup (ExplorerDiffusion *self);
/* What the rows say is the set-up from now on; `tag` as in explorer_diffusion_remember(). */
void explorer_diffusion_take_rows (ExplorerDiffusion *self, const char *tag);
void explorer_diffusion_take_sampling (ExplorerDiffusion *self, const char *tag);
/* Samples are drawn anew where there are some; where some are wanted, they are as it is set now. */
void explorer_diffusion_follow_sampling (ExplorerDiffusion *self);
void explorer_diffusion_list_labels (ExplorerDiffusion *self);
const char *explorer_diffusion_get_schedule_title (PisdProcessId id);
char *explorer_diffusion_dup_caption (ExplorerDiffusion *self);

/* Undo. */
PisdUndo *explorer_diffusion_new_undo (void);
void explorer_diffusion_add_undo (GtkWidgetClass *widget_class);
void explorer_diffusion_update_undo (ExplorerDiffusion *self); /* what its actions can do */
/* Before an edit: it can be taken back, together with those of the same `tag` (NULL: none) that
 * follow in quick succession. */
void explorer_diffusion_remember (ExplorerDiffusion *self,
                                  ExplorerDiffusionEdit edit,
                                  const char *tag);

/* Lessons. */
void explorer_diffusion_give_lesson (ExplorerDiffusion *self); /* once */

/* Pages: their pictures, once; and what they show anew. */
void explorer_diffusion_add_forward (ExplorerDiffusion *self);
void explorer_diffusion_prepare_forward (ExplorerDiffusion *self); /* once data are there */
void explorer_diffusion_show_forward (ExplorerDiffusion *self);
void explorer_diffusion_show_density (ExplorerDiffusion *self);
void explorer_diffusion_add_train (ExplorerDiffusion *self);
void explorer_diffusion_add_sample (ExplorerDiffusion *self);
void explorer_diffusion_start_sampling (ExplorerDiffusion *self);
/* Those that are wanted, where they can be drawn now. */
void explorer_diffusion_draw_wanted (ExplorerDiffusion *self);
void explorer_diffusion_forget_samples (ExplorerDiffusion *self);
void explorer_diffusion_show_sample (ExplorerDiffusion *self);
void explorer_diffusion_play (ExplorerDiffusion *self);
void explorer_diffusion_stop_playing (ExplorerDiffusion *self);
void explorer_diffusion_add_truth (ExplorerDiffusion *self);
void explorer_diffusion_show_truth (ExplorerDiffusion *self);
void explorer_diffusion_forget_truth (ExplorerDiffusion *self); /* of this set-up */
void explorer_diffusion_free_truth (ExplorerDiffusion *self);

G_END_DECLS
