#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-text.h"

static PisdSeries
get_series (const char *title,
            const PisdPalette *palette,
            const PisdInk *ink,
            guint n,
            const double *x,
            const double *y)
{
  return (PisdSeries){
    .title = title, .n = n, .x = x, .y = y, .line = { *ink, 2.0 * palette->weight, 0.0, 0.0 }
  };
}

static void
draw_loss (gpointer owner,
           cairo_t *cr,
           const PisdBox *box,
           const PisdPalette *palette,
           double type,
           double x)
{
  ExplorerDiffusion *self = owner;
  const PisdDiffuserFrame *frame = self->frame;
  const guint n = frame != NULL ? frame->n_losses : 0;
  const PisdSeries series =
      get_series (_ ("loss"), palette, &palette->loss[0], n, n > 0 ? frame->loss_steps : NULL,
                  n > 0 ? frame->losses : NULL);
  const PisdGraph graph = { .x = { _ ("step"), FALSE, 0.0, self->plan.n_steps, 0.0,
                                   pisd_label_dup_plain, pisd_label_dup_plain },
                            .y = { "", TRUE, 0.0, 0.0, 6.0, pisd_label_dup_plain,
                                   pisd_number_dup_markup },
                            .n_series = n > 0 ? 1 : 0,
                            .series = &series,
                            .mark = NAN,
                            .note = _ ("Press Space, and the network learns") };

  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

static void
draw_by_time (gpointer owner,
              cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              double type,
              double x)
{
  ExplorerDiffusion *self = owner;
  const gboolean has_losses = self->frame != NULL && self->frame->n_steps > 0;
  double times[PISD_DIFFUSER_N_STRETCHES] = { 0 };
  const PisdSeries series =
      get_series (_ ("loss of the prediction"), palette, &palette->error[0],
                  PISD_DIFFUSER_N_STRETCHES, times, has_losses ? self->frame->by_time : NULL);
  const PisdGraph graph = {
    .x = { "t", FALSE, 0.0, self->plan.n_times, 0.0, pisd_label_dup_plain, pisd_label_dup_plain },
    .y = { "", TRUE, 0.0, 0.0, 6.0, pisd_label_dup_plain, pisd_number_dup_markup },
    .n_series = has_losses ? 1 : 0,
    .series = &series,
    .mark = NAN,
    .note = _ ("Known after the first steps")
  };

  for (guint k = 0; k < PISD_DIFFUSER_N_STRETCHES; k++)
    times[k] = (k + 0.5) * self->plan.n_times / PISD_DIFFUSER_N_STRETCHES;
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

/* The distance of samples, and a line for that of two fresh sets. */
static void
draw_energy (gpointer owner,
             cairo_t *cr,
             const PisdBox *box,
             const PisdPalette *palette,
             double type,
             double x)
{
  ExplorerDiffusion *self = owner;
  const guint n = self->frame != NULL ? self->frame->n_measures : 0;
  double steps[PISD_DIFFUSER_MOST_MEASURES], values[PISD_DIFFUSER_MOST_MEASURES];
  const double ends[2] = { 0.0, self->plan.n_steps };
  const double fresh[2] = { n > 0 ? self->frame->fresh : NAN, n > 0 ? self->frame->fresh : NAN };
  PisdSeries series[2];
  const PisdGraph graph = { .x = { _ ("step"), FALSE, 0.0, self->plan.n_steps, 0.0,
                                   pisd_label_dup_plain, pisd_label_dup_plain },
                            .y = { "", TRUE, 0.0, 0.0, 6.0, pisd_label_dup_plain,
                                   pisd_number_dup_markup },
                            .n_series = n > 0 ? 2 : 0,
                            .series = series,
                            .mark = NAN,
                            .note = _ ("Measured a dozen times on the way") };

  for (guint k = 0; k < n; k++)
    {
      steps[k] = self->frame->measures[k].step;
      values[k] = self->frame->measures[k].samples;
    }
  series[0] =
      get_series (_ ("samples to fresh data"), palette, &palette->loss[0], n, steps, values);
  series[0].marker = 3.0;
  series[1] = get_series (_ ("two fresh sets"), palette, &palette->faint, 2, ends, fresh);
  series[1].line.on = 5.0;
  series[1].line.off = 4.0;
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

/* A row a feature, time from left to right. */
static void
draw_embedding (gpointer owner,
                cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                double type,
                double x)
{
  ExplorerDiffusion *self = owner;
  const double label = 18.0 * type;
  const PisdBox map = { box->x + 8.0, box->y + 4.0, MAX (box->width - 16.0, 1.0),
                        MAX (box->height - 8.0 - label, 1.0) };
  const PisdTextStyle style = { .size = 11.0 * type, .ink = &palette->faint, .align = 0.5 };
  double features[PISD_DIFFUSER_MOST_FEATURES];
  const PisdDiffuser *diffuser;
  g_autoptr (PisdField) field = NULL;

  if (self->frame == NULL)
    return;
  diffuser = pisd_diffuser_training_get_diffuser (pisd_diffuser_job_get_training (self->job));
  field = pisd_field_new (self->plan.n_features, self->plan.n_times + 1);
  for (guint t = 0; t <= self->plan.n_times; t++)
    {
      pisd_diffuser_embed (diffuser, t, features);
      for (guint k = 0; k < self->plan.n_features; k++)
        field->data[k * field->nx + t] = features[k];
    }
  pisd_draw_heatmap (cr, &map, field, PISD_COLORMAP_DIVERGING, -1.0, 1.0);
  pisd_draw_frame (cr, &map, palette);
  pisd_draw_text (cr, map.x + map.width / 2.0, map.y + map.height + 0.6 * label, &style,
                  _ ("t from 0 to T; above sines, below cosines"));
}

static void
draw_preview (gpointer owner,
              cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              double type,
              double x)
{
  ExplorerDiffusion *self = owner;
  const double *preview = self->frame != NULL ? self->frame->preview : NULL;
  const guint most = explorer_diffusion_is_picture (self) ? EXPLORER_DIFFUSION_N_PICTURES
                                                          : PISD_DIFFUSER_N_PREVIEW;

  explorer_diffusion_draw_samples (self, cr, box, palette, type, preview != NULL ? most : 0,
                                   preview, NULL, _ ("Samples are drawn as the training goes"));
}

void
explorer_diffusion_add_train (ExplorerDiffusion *self)
{
  const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES] = {
    { _ ("Loss"), draw_loss, TRUE },
    { _ ("Latest samples"), draw_preview },
    { _ ("Loss by time"), draw_by_time, TRUE },
    { _ ("Energy distance"), draw_energy, TRUE },
    { _ ("Embedding of the time"), draw_embedding }
  };

  explorer_diffusion_add_panes (self, EXPLORER_DIFFUSION_TRAIN, pictures);
}
