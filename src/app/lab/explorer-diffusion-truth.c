#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-text.h"
#include "pisd-plane-density.h"

/* Points that the error over time is a mean of. */
#define N_POINTS 24
#define N_ARROWS (EXPLORER_DIFFUSION_N_ARROWS * EXPLORER_DIFFUSION_N_ARROWS)
#define N_CELLS (EXPLORER_DIFFUSION_N_ERRORS * EXPLORER_DIFFUSION_N_ERRORS)

struct _ExplorerDiffusionTruth
{
  guint exact_time; /* that these are of; 0: none */
  double exact[2 * N_ARROWS], exact_cells[2 * N_CELLS];
  guint learned_time; /* that these are of, and the step of the training; 0: none */
  guint64 learned_steps;
  double learned[2 * N_ARROWS];
  PisdField *errors;

  gboolean has_states; /* at the times, and their exact scores */
  double times[EXPLORER_DIFFUSION_N_TIMES];
  double states[EXPLORER_DIFFUSION_N_TIMES][2 * N_POINTS];
  double exact_states[EXPLORER_DIFFUSION_N_TIMES][2 * N_POINTS];
  double time_errors[EXPLORER_DIFFUSION_N_TIMES]; /* of learned_steps */

  guint n_exact, n_learned; /* how often these were computed */
};

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

/* |learned - exact score| sqrt (1 - abar): the error of the noise that is seen. */
static void
compute_errors (ExplorerDiffusion *self, guint t)
{
  ExplorerDiffusionTruth *truth = self->truth;
  const double noise = sqrt (explorer_diffusion_get_process (self)->rest[t]);
  g_autofree double *places = g_new (double, 2 * N_CELLS);
  g_autofree double *learned = g_new (double, 2 * N_CELLS);

  pisd_plane_fill_places (EXPLORER_DIFFUSION_N_ERRORS, EXPLORER_DIFFUSION_LIMIT, TRUE, places);
  fill_learned (self, t, N_CELLS, places, learned);
  for (guint k = 0; k < N_CELLS; k++)
    truth->errors->data[k] = MIN (noise
                                      * hypot (learned[2 * k] - truth->exact_cells[2 * k],
                                               learned[2 * k + 1] - truth->exact_cells[2 * k + 1]),
                                  1.0);
}

/* Relative, at states of the process at some times. */
static void
compute_time_errors (ExplorerDiffusion *self)
{
  ExplorerDiffusionTruth *truth = self->truth;
  double learned[2 * N_POINTS];

  for (guint k = 0; k < EXPLORER_DIFFUSION_N_TIMES; k++)
    {
      const double *exact = truth->exact_states[k];
      double error = 0.0, square = 0.0;

      fill_learned (self, (guint) truth->times[k], N_POINTS, truth->states[k], learned);
      for (guint i = 0; i < 2 * N_POINTS; i++)
        {
          error += (learned[i] - exact[i]) * (learned[i] - exact[i]);
          square += exact[i] * exact[i];
        }
      truth->time_errors[k] = sqrt (error / square);
    }
}

/* States and their exact scores depend on the set-up alone. */
static void
keep_states (ExplorerDiffusion *self)
{
  ExplorerDiffusionTruth *truth = self->truth;
  const PisdProcess *process = explorer_diffusion_get_process (self);

  if (truth->has_states)
    return;
  truth->has_states = TRUE;
  for (guint k = 0; k < EXPLORER_DIFFUSION_N_TIMES; k++)
    {
      const guint t = MAX ((k + 1) * process->n_steps / EXPLORER_DIFFUSION_N_TIMES, 1);

      truth->times[k] = t;
      pisd_process_carry (process, t, 2 * N_POINTS, self->x0, self->noise, truth->states[k]);
      explorer_diffusion_fill_exact (self, t, N_POINTS, truth->states[k], truth->exact_states[k]);
    }
}

/* Exact scores of a time are computed when another one is shown, not with every frame. */
static void
keep_exact (ExplorerDiffusion *self, guint t)
{
  ExplorerDiffusionTruth *truth = self->truth;
  g_autofree double *places = NULL;

  if (truth->exact_time == t)
    return;
  truth->exact_time = t;
  truth->n_exact++;
  places = g_new (double, 2 * MAX (N_CELLS, N_ARROWS));
  pisd_plane_fill_places (EXPLORER_DIFFUSION_N_ARROWS, EXPLORER_DIFFUSION_LIMIT, FALSE, places);
  explorer_diffusion_fill_exact (self, t, N_ARROWS, places, truth->exact);
  pisd_plane_fill_places (EXPLORER_DIFFUSION_N_ERRORS, EXPLORER_DIFFUSION_LIMIT, TRUE, places);
  explorer_diffusion_fill_exact (self, t, N_CELLS, places, truth->exact_cells);
}

/* Likewise what was learned, of the parameters of one step. */
static void
keep_learned (ExplorerDiffusion *self, guint t)
{
  ExplorerDiffusionTruth *truth = self->truth;
  g_autofree double *places = NULL;

  if (truth->learned_time == t && truth->learned_steps == self->frame->n_steps)
    return;
  truth->n_learned++;
  places = g_new (double, 2 * N_ARROWS);
  pisd_plane_fill_places (EXPLORER_DIFFUSION_N_ARROWS, EXPLORER_DIFFUSION_LIMIT, FALSE, places);
  fill_learned (self, t, N_ARROWS, places, truth->learned);
  compute_errors (self, t);
  if (truth->learned_time == 0 || truth->learned_steps != self->frame->n_steps)
    compute_time_errors (self);
  truth->learned_time = t;
  truth->learned_steps = self->frame->n_steps;
}

void
explorer_diffusion_show_truth (ExplorerDiffusion *self)
{
  const guint t = MAX (explorer_diffusion_get_time (self), 1);

  if (has_truth (self) && self->x0 != NULL)
    {
      keep_states (self);
      keep_exact (self, t);
      keep_learned (self, t);
      explorer_diffusion_show_density (self);
    }
  explorer_diffusion_update_page (self, EXPLORER_DIFFUSION_TRUTH);
}

void
explorer_diffusion_forget_truth (ExplorerDiffusion *self)
{
  self->truth->has_states = FALSE;
  self->truth->exact_time = 0;
  self->truth->learned_time = 0;
}

void
explorer_diffusion_free_truth (ExplorerDiffusion *self)
{
  pisd_field_free (self->truth->errors);
  g_free (self->truth);
}

void
explorer_diffusion_count_scores (ExplorerDiffusion *self, guint *n_exact, guint *n_learned)
{
  g_return_if_fail (EXPLORER_IS_DIFFUSION (self));

  *n_exact = self->truth->n_exact;
  *n_learned = self->truth->n_learned;
}

/* Pictures. */

/* Why there is nothing to be seen; NULL: there is.  What was learned is shown without a label. */
static const char *
get_note (ExplorerDiffusion *self, gboolean is_learned)
{
  if (self->frame == NULL)
    return _ ("Data are being prepared");
  if (!has_truth (self))
    return _ ("Known in closed form only for ring and mixture");
  return is_learned && self->plan.drop == 0.0 ? _ ("Not learned with label dropout 0") : NULL;
}

static void
draw_field (ExplorerDiffusion *self,
            cairo_t *cr,
            const PisdBox *box,
            const PisdPalette *palette,
            double type,
            gboolean is_learned,
            const PisdField *field,
            double high,
            const double *arrows)
{
  const char *note = get_note (self, is_learned);
  const PisdPlane plane = {
    .limit = EXPLORER_DIFFUSION_LIMIT,
    .note = note,
    .field = note == NULL ? field : NULL,
    .map = PISD_COLORMAP_VIRIDIS,
    .high = high,
    .n_arrows = note == NULL && arrows != NULL ? EXPLORER_DIFFUSION_N_ARROWS : 0,
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

  draw_field (self, cr, box, palette, type, FALSE, NULL, 1.0, self->truth->exact);
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

  draw_field (self, cr, box, palette, type, TRUE, NULL, 1.0, self->truth->learned);
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

  draw_field (self, cr, box, palette, type, TRUE, self->truth->errors, 1.0, NULL);
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

  draw_field (self, cr, box, palette, type, FALSE, self->density,
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
  const char *note = get_note (self, TRUE);
  const PisdSeries series = { .title = _ ("relative error of the score"),
                              .n = EXPLORER_DIFFUSION_N_TIMES,
                              .x = self->truth->times,
                              .y = self->truth->time_errors,
                              .line = { palette->error[0], 2.0 * palette->weight, 0.0, 0.0 },
                              .marker = 2.5 };
  const PisdGraph graph = {
    .x = { "t", FALSE, 0.0, self->plan.n_times, 0.0, pisd_label_dup_plain, pisd_label_dup_plain },
    .y = { "", TRUE, 0.0, 0.0, 6.0, pisd_label_dup_plain, pisd_number_dup_markup },
    .n_series = note == NULL ? 1 : 0,
    .series = &series,
    .mark = MAX (explorer_diffusion_get_time (self), 1),
    .note = note,
  };

  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

void
explorer_diffusion_add_truth (ExplorerDiffusion *self)
{
  const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES] = {
    { _ ("Relative error of the score over time"), draw_time_errors, TRUE },
    { _ ("Exact density"), draw_density },
    { _ ("Exact score"), draw_exact },
    { _ ("Learned score"), draw_learned },
    { _ ("Error of the predicted noise (0 to 1)"), draw_errors }
  };

  self->truth = g_new0 (ExplorerDiffusionTruth, 1);
  self->truth->errors = pisd_field_new (EXPLORER_DIFFUSION_N_ERRORS, EXPLORER_DIFFUSION_N_ERRORS);
  explorer_diffusion_add_panes (self, EXPLORER_DIFFUSION_TRUTH, pictures);
}
