#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>

#include "explorer-lab-board.h"

#define PICTURE_COLUMNS 10

guint
explorer_diffusion_get_page (ExplorerDiffusion *self)
{
  static const char *const names[EXPLORER_DIFFUSION_N_PAGES] = { "forward", "train", "sample",
                                                                 "truth" };
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->pages));
  guint page = 0;

  while (page + 1 < EXPLORER_DIFFUSION_N_PAGES && g_strcmp0 (name, names[page]) != 0)
    page++;
  return page;
}

guint
explorer_diffusion_get_time (ExplorerDiffusion *self)
{
  return MIN ((guint) gtk_adjustment_get_value (self->time), self->plan.n_times);
}

gboolean
explorer_diffusion_is_picture (ExplorerDiffusion *self)
{
  return pisd_lab_data_is_picture (self->id);
}

PisdDiffuserModel
explorer_diffusion_get_model (PisdDiffuserJob *job, const double *parameters, double guidance)
{
  return (PisdDiffuserModel){ pisd_diffuser_training_get_diffuser (
                                  pisd_diffuser_job_get_training (job)),
                              parameters, guidance, 0.0 };
}

const PisdProcess *
explorer_diffusion_get_process (ExplorerDiffusion *self)
{
  return pisd_diffuser_get_process (
      pisd_diffuser_training_get_diffuser (pisd_diffuser_job_get_training (self->job)));
}

void
explorer_diffusion_fill_score (ExplorerDiffusion *self,
                               guint label,
                               double guidance,
                               guint t,
                               guint n,
                               const double *x,
                               double *score)
{
  const PisdDiffuserModel model =
      explorer_diffusion_get_model (self->job, self->frame->parameters, guidance);
  const PisdEstimator estimator = pisd_estimator_for_diffuser (&model);
  gpointer work = estimator.open (&model, n);
  g_autofree double *x0 = g_new (double, 2 * n);
  g_autofree guint *labels = g_new (guint, n);

  for (guint i = 0; i < n; i++)
    labels[i] = label;
  estimator.estimate (work, t, n, x, label != PISD_NO_LABEL ? labels : NULL, x0, NULL);
  pisd_estimator_get_score (pisd_diffuser_get_process (model.diffuser), t, 2 * n, x, x0, score);
  estimator.close (work);
}

void
explorer_diffusion_fill_exact (ExplorerDiffusion *self,
                               guint t,
                               guint n,
                               const double *x,
                               double *score)
{
  const PisdProcess *process = explorer_diffusion_get_process (self);

  pisd_plane_mixture_get_score (&pisd_diffuser_job_get_data (self->job)->mixture, process->abar[t],
                                process->rest[t], n, x, score);
}

const char *
explorer_diffusion_get_samples_note (void)
{
  return _ ("Press S, and samples are drawn");
}

const char *
explorer_diffusion_get_plane_note (ExplorerDiffusion *self, gboolean is_there, const char *missing)
{
  if (explorer_diffusion_is_picture (self))
    return _ ("Only for points in the plane");
  return is_there ? NULL : missing;
}

void
explorer_diffusion_add_panes (ExplorerDiffusion *self,
                              guint page,
                              const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES])
{
  for (guint k = 0; k < EXPLORER_DIFFUSION_N_PANES; k++)
    {
      self->panes[page][k] = explorer_diffusion_pane_new (&pictures[k], self);
      explorer_lab_board_append (EXPLORER_LAB_BOARD (self->boards[page]), self->panes[page][k]);
    }
}

void
explorer_diffusion_update_page (ExplorerDiffusion *self, guint page)
{
  for (guint k = 0; k < EXPLORER_DIFFUSION_N_PANES; k++)
    explorer_charts_update (EXPLORER_CHARTS (self->panes[page][k]));
}

void
explorer_diffusion_draw_samples (ExplorerDiffusion *self,
                                 cairo_t *cr,
                                 const PisdBox *box,
                                 const PisdPalette *palette,
                                 double type,
                                 guint n,
                                 const double *x,
                                 const guint *labels,
                                 const char *note)
{
  const PisdPlane plane = { .note = n == 0 ? note : NULL,
                            .limit = EXPLORER_DIFFUSION_LIMIT,
                            .n_points = n,
                            .points = x,
                            .labels = labels };
  PisdPictures pictures = { .n = MIN (n, EXPLORER_DIFFUSION_N_PICTURES),
                            .n_columns = PICTURE_COLUMNS,
                            .pixels = x };

  if (n == 0 || !explorer_diffusion_is_picture (self))
    {
      pisd_draw_plane (cr, box, palette, &plane, type);
      return;
    }
  pisd_pictures_set_data (&pictures, pisd_diffuser_job_get_data (self->job));
  pisd_draw_pictures (cr, box, palette, &pictures, type);
}
