#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-text.h"
#include "pisd-plane-density.h"

/* Points that the error over time is a mean of. */
#define N_POINTS 24

static gboolean
has_truth (ExplorerDiffusion *self)
{
  return self->frame != NULL && pisd_diffuser_job_get_data (self->job)->is_mixture;
}

/* The scores that the network has at places, without a label. */
static void
fill_learned (ExplorerDiffusion *self, guint t, guint n, const double *x, double *score)
{
  explorer_diffusion_fill_score (self, PISD_NO_LABEL, 0.0, t, n, x, score);
}

static void
fill_exact (ExplorerDiffusion *self, guint t, guint n, const double *x, double *score)
{
  const PisdProcess *process = explorer_diffusion_get_process (self);

  pisd_plane_mixture_get_score (&pisd_diffuser_job_get_data (self->job)->mixture, process->abar[t],
                                process->rest[t], n, x, score);
}

/* |learned - exact score| sqrt (1 - abar): the error of the noise that is seen. */
static void
show_errors (ExplorerDiffusion *self, guint t, double noise)
{
  const guint side = EXPLORER_DIFFUSION_N_ERRORS, n = side * side;
  g_autofree double *places = g_new (double, 2 * n);
  g_autofree double *learned = g_new (double, 2 * n);
  g_autofree double *exact = g_new (double, 2 * n);

  pisd_plane_fill_places (side, EXPLORER_DIFFUSION_LIMIT, TRUE, places);
  fill_learned (self, t, n, places, learned);
  fill_exact (self, t, n, places, exact);
  for (guint k = 0; k < n; k++)
    self->errors->data[k] = MIN (
        noise * hypot (learned[2 * k] - exact[2 * k], learned[2 * k + 1] - exact[2 * k + 1]), 1.0);
}

/* Relative, at states of the process at some times. */
static void
show_time_errors (ExplorerDiffusion *self, const PisdProcess *process)
{
  double x[2 * N_POINTS], learned[2 * N_POINTS], exact[2 * N_POINTS];

  for (guint k = 0; k < EXPLORER_DIFFUSION_N_TIMES; k++)
    {
      const guint t = MAX ((k + 1) * process->n_steps / EXPLORER_DIFFUSION_N_TIMES, 1);
      double error = 0.0, square = 0.0;

      pisd_process_carry (process, t, 2 * N_POINTS, self->x0, self->noise, x);
      fill_learned (self, t, N_POINTS, x, learned);
      fill_exact (self, t, N_POINTS, x, exact);
      for (guint i = 0; i < 2 * N_POINTS; i++)
        {
          error += (learned[i] - exact[i]) * (learned[i] - exact[i]);
          square += exact[i] * exact[i];
        }
      self->error_times[k] = t;
      self->time_errors[k] = sqrt (error / square);
    }
}

void
explorer_diffusion_show_truth (ExplorerDiffusion *self)
{
  const guint side = EXPLORER_DIFFUSION_N_ARROWS;
  const guint t = MAX (explorer_diffusion_get_time (self), 1);
  g_autofree double *places = g_new (double, 2 * side * side);
  const PisdProcess *process;

  if (has_truth (self) && self->x0 != NULL)
    {
      process = explorer_diffusion_get_process (self);
      pisd_plane_fill_places (side, EXPLORER_DIFFUSION_LIMIT, FALSE, places);
      fill_exact (self, t, side * side, places, self->exact);
      fill_learned (self, t, side * side, places, self->learned);
      show_errors (self, t, sqrt (process->rest[t]));
      show_time_errors (self, process);
      explorer_diffusion_show_forward (self); /* the density */
    }
  explorer_diffusion_update_page (self, EXPLORER_DIFFUSION_TRUTH);
}

/* Pictures. */

static void
draw_field (ExplorerDiffusion *self,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            const PisdField *field,
            double high,
            const double *arrows)
{
  const gboolean is_known = has_truth (self);
  const PisdPlane plane = {
    .limit = EXPLORER_DIFFUSION_LIMIT,
    .note = is_known ? NULL : _ ("The density is known of ring and mixture alone"),
    .field = is_known ? field : NULL,
    .map = PISD_COLORMAP_VIRIDIS,
    .high = high,
    .n_arrows = is_known && arrows != NULL ? EXPLORER_DIFFUSION_N_ARROWS : 0,
    .arrows = arrows,
  };

  pisd_draw_plane (cr, box, palette, &plane, type);
}

static void
draw_exact (gpointer owner,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            double x)
{
  ExplorerDiffusion *self = owner;

  draw_field (self, cr, box, palette, type, NULL, 1.0, self->exact);
}

static void
draw_learned (gpointer owner,
              cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              double type,
              double x)
{
  ExplorerDiffusion *self = owner;

  draw_field (self, cr, box, palette, type, NULL, 1.0, self->learned);
}

static void
draw_errors (gpointer owner,
             cairo_t *cr,
             const PisdBox *box,
             const PisdPalette *palette,
             double type,
             double x)
{
  ExplorerDiffusion *self = owner;

  draw_field (self, cr, box, palette, type, self->errors, 1.0, NULL);
}

static void
draw_density (gpointer owner,
              cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              double type,
              double x)
{
  ExplorerDiffusion *self = owner;

  draw_field (self, cr, box, palette, type, self->density,
              MAX (pisd_field_get_largest (self->density), 1e-300), NULL);
}

static void
draw_time_errors (gpointer owner,
                  cairo_t *cr,
                  const PisdBox *box,
                  const PisdPalette *palette,
                  double type,
                  double x)
{
  ExplorerDiffusion *self = owner;
  const PisdSeries series = { .title = _ ("relative error of the score"),
                              .n = EXPLORER_DIFFUSION_N_TIMES,
                              .x = self->error_times,
                              .y = self->time_errors,
                              .line = { palette->error[0], 2.0 * palette->weight, 0.0, 0.0 },
                              .marker = 2.5 };
  const PisdGraph graph = {
    .x = { "t", FALSE, 0.0, self->plan.n_times, 0.0, pisd_label_dup_plain, pisd_label_dup_plain },
    .y = { "", TRUE, 0.0, 0.0, 6.0, pisd_label_dup_plain, pisd_number_dup_markup },
    .n_series = has_truth (self) ? 1 : 0,
    .series = &series,
    .mark = MAX (explorer_diffusion_get_time (self), 1),
    .note = _ ("The density is known of ring and mixture alone")
  };

  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
explorer_diffusion_add_truth (ExplorerDiffusion *self)
{
  const guint n = 2 * EXPLORER_DIFFUSION_N_ARROWS * EXPLORER_DIFFUSION_N_ARROWS;
  const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES] = {
    { _ ("Relative error of the score over time"), draw_time_errors, TRUE },
    { _ ("Exact density"), draw_density },
    { _ ("Exact score"), draw_exact },
    { _ ("Learned score"), draw_learned },
    { _ ("Error, as noise (0 to 1)"), draw_errors }
  };

  self->exact = g_new0 (double, n);
  self->learned = g_new0 (double, n);
  self->errors = pisd_field_new (EXPLORER_DIFFUSION_N_ERRORS, EXPLORER_DIFFUSION_N_ERRORS);
  explorer_diffusion_add_panes (self, EXPLORER_DIFFUSION_TRUTH, pictures);
}
