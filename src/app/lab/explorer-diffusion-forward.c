#include "explorer-diffusion-private.h"

#include <glib/gi18n.h>

#include "explorer-type.h"
#include "pisd-draw-text.h"
#include "pisd-plane-density.h"

/* What is carried, once for a set-up; the noise of a sample stays its own at all times. */
void
explorer_diffusion_prepare_forward (ExplorerDiffusion *self)
{
  const PisdLabData *data = pisd_diffuser_job_get_data (self->job);
  const gsize n = data->side > 0 ? EXPLORER_DIFFUSION_N_PICTURES : EXPLORER_DIFFUSION_N_POINTS;

  self->n_shown = n;
  self->x0 = g_new (double, n * data->dimension);
  self->noise = g_new (double, n * data->dimension);
  self->xt = g_new (double, n * data->dimension);
  self->xs = g_new (double, n * data->dimension);
  self->labels = g_new (guint, n);
  pisd_lab_data_draw (data, self->plan.seed, PISD_LAB_FRESH, n, self->x0, self->labels);
  pisd_rng_fill_normal (self->plan.seed, PISD_STREAM_DIFFUSION, PISD_LANE_BOUND, 0,
                        n * data->dimension, self->noise);
  explorer_diffusion_show_forward (self);
}

void
explorer_diffusion_show_density (ExplorerDiffusion *self)
{
  const PisdLabData *data = pisd_diffuser_job_get_data (self->job);
  const PisdProcess *process = explorer_diffusion_get_process (self);
  const guint t = explorer_diffusion_get_time (self);

  if (t == self->density_time)
    return;
  self->density_time = t;
  if (data->is_mixture)
    pisd_plane_density_of_mixture (&data->mixture, process->abar[t], process->rest[t],
                                   EXPLORER_DIFFUSION_LIMIT, self->density);
  else
    pisd_plane_density_of_samples (self->n_shown, self->x0, process->abar[t], process->rest[t],
                                   EXPLORER_DIFFUSION_LIMIT, self->density);
}

void
explorer_diffusion_show_forward (ExplorerDiffusion *self)
{
  const guint t = explorer_diffusion_get_time (self);
  const PisdProcess *process;

  if (self->x0 == NULL)
    return;
  process = explorer_diffusion_get_process (self);
  pisd_process_carry (process, t, self->n_shown * pisd_diffuser_job_get_data (self->job)->dimension,
                      self->x0, self->noise, self->xt);
  if (!explorer_diffusion_is_picture (self))
    explorer_diffusion_show_density (self);
  explorer_diffusion_update_page (self, EXPLORER_DIFFUSION_FORWARD);
}

/* Drawing by hand. */

/* The strokes as they were drawn. */
static void
draw_strokes (ExplorerDiffusion *self,
              cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              double type)
{
  const guint n = pisd_drawing_get_n_points (self->drawing);
  g_autofree double *points = g_new (double, 2 * n + 2);
  g_autofree guint *strokes = g_new (guint, n + 1);
  const PisdPlane plane = { .note = n == 0 ? _ ("Draw with the pointer") : NULL,
                            .limit = EXPLORER_DIFFUSION_DRAWING_LIMIT,
                            .n_points = n,
                            .points = points,
                            .labels = strokes };

  for (guint i = 0; i < n; i++)
    strokes[i] = pisd_drawing_get_point (self->drawing, i, &points[2 * i], &points[2 * i + 1]);
  pisd_draw_plane (cr, box, palette, &plane, type);
}

static gboolean
is_drawn (ExplorerDiffusion *self)
{
  return self->id == PISD_LAB_DRAWN && explorer_diffusion_get_time (self) == 0;
}

static void
add_point (ExplorerDiffusion *self, double x, double y)
{
  ExplorerDiffusionPane *pane =
      EXPLORER_DIFFUSION_PANE (self->panes[EXPLORER_DIFFUSION_FORWARD][0]);
  const PisdBox box = explorer_diffusion_pane_get_box (pane);
  const PisdPlane plane = { .limit = EXPLORER_DIFFUSION_DRAWING_LIMIT };
  const PisdBox square =
      pisd_plane_get_square (&plane, &box, explorer_type_get_scale (GTK_WIDGET (pane)));
  const double across = (2.0 * (x - square.x) / square.width - 1.0) * plane.limit;
  const double up = (1.0 - 2.0 * (y - square.y) / square.height) * plane.limit;

  pisd_drawing_add (self->drawing, CLAMP (across, -plane.limit, plane.limit),
                    CLAMP (up, -plane.limit, plane.limit));
  explorer_charts_update (EXPLORER_CHARTS (pane));
}

static void
on_drag_begin (GtkGestureDrag *drag, double x, double y, ExplorerDiffusion *self)
{
  if (self->id != PISD_LAB_DRAWN)
    {
      gtk_gesture_set_state (GTK_GESTURE (drag), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  gtk_adjustment_set_value (self->time, 0.0);
  explorer_diffusion_remember (self, EXPLORER_DIFFUSION_EDIT_TRAINING, NULL);
  pisd_drawing_begin (self->drawing);
  add_point (self, x, y);
}

static void
on_drag_update (GtkGestureDrag *drag, double dx, double dy, ExplorerDiffusion *self)
{
  double x, y;

  if (gtk_gesture_drag_get_start_point (drag, &x, &y))
    add_point (self, x + dx, y + dy);
}

/* What was drawn is what is learned. */
static void
on_drag_end (GtkGestureDrag *drag, double dx, double dy, ExplorerDiffusion *self)
{
  if (self->id == PISD_LAB_DRAWN)
    explorer_diffusion_restart (self);
}

static void
add_drag (ExplorerDiffusion *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  gtk_widget_add_controller (self->panes[EXPLORER_DIFFUSION_FORWARD][0],
                             GTK_EVENT_CONTROLLER (drag));
}

/* Pictures. */

static void
draw_carried (gpointer owner,
              cairo_t *cr,
              const PisdBox *box,
              const PisdPalette *palette,
              double type,
              double x)
{
  ExplorerDiffusion *self = owner;

  if (is_drawn (self))
    draw_strokes (self, cr, box, palette, type);
  else
    explorer_diffusion_draw_samples (self, cr, box, palette, type, self->n_shown, self->xt,
                                     self->labels, _ ("Data are being prepared"));
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
  const char *note =
      explorer_diffusion_get_plane_note (self, self->x0 != NULL, _ ("Data are being prepared"));
  PisdPlane plane = { .limit = EXPLORER_DIFFUSION_LIMIT,
                      .field = note == NULL ? self->density : NULL,
                      .map = PISD_COLORMAP_VIRIDIS,
                      .note = note };

  plane.high = note == NULL ? pisd_field_get_largest (self->density) : 1.0;
  pisd_draw_plane (cr, box, palette, &plane, type);
}

/* What a schedule's chart shows at a time. */
typedef double (*Value) (const PisdProcess *process, guint t);

static double
get_abar (const PisdProcess *process, guint t)
{
  return process->abar[t];
}

static double
get_beta (const PisdProcess *process, guint t)
{
  return process->beta[t];
}

/* All schedules for this T, the chosen one in colour and weight. */
static void
draw_schedules (ExplorerDiffusion *self,
                cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                double type,
                double x,
                Value value,
                gboolean logarithmic)
{
  static const double dashes[PISD_N_PROCESSES] = { 6.0, 2.0, 9.0, 0.0 };
  const guint n = self->plan.n_times;
  PisdSeries series[PISD_N_PROCESSES];
  g_autofree double *times = g_new (double, n);
  g_autofree double *values = g_new (double, n *PISD_N_PROCESSES);
  const PisdGraph graph = {
    .x = { "t", FALSE, 0.0, n, 0.0, pisd_label_dup_plain, pisd_label_dup_plain },
    .y = { "", logarithmic, 0.0, 0.0, 12.0, pisd_label_dup_plain, pisd_number_dup_markup },
    .n_series = PISD_N_PROCESSES,
    .series = series,
    .mark = explorer_diffusion_get_time (self)
  };

  for (guint id = 0; id < PISD_N_PROCESSES; id++)
    {
      const gboolean is_chosen = id == self->plan.process;
      g_autoptr (PisdProcess) process = pisd_process_new (id, n);

      for (guint t = 1; t <= n; t++)
        {
          times[t - 1] = t;
          values[id * n + t - 1] = value (process, t);
        }
      series[id] = (PisdSeries){ .title = explorer_diffusion_get_schedule_title (id),
                                 .n = n,
                                 .x = times,
                                 .y = values + id * n,
                                 .line = { is_chosen ? palette->accent : palette->faint,
                                           (is_chosen ? 2.2 : 1.2) * palette->weight, dashes[id],
                                           dashes[id] > 0.0 ? 3.0 : 0.0 } };
    }
  pisd_draw_graph_at (cr, box, palette, &graph, type, x);
}

static void
draw_abar (gpointer owner,
           cairo_t *cr,
           const PisdBox *box,
           const PisdPalette *palette,
           double type,
           double x)
{
  draw_schedules (owner, cr, box, palette, type, x, get_abar, FALSE);
}

static void
draw_beta (gpointer owner,
           cairo_t *cr,
           const PisdBox *box,
           const PisdPalette *palette,
           double type,
           double x)
{
  draw_schedules (owner, cr, box, palette, type, x, get_beta, TRUE);
}

static void
draw_snr (gpointer owner,
          cairo_t *cr,
          const PisdBox *box,
          const PisdPalette *palette,
          double type,
          double x)
{
  draw_schedules (owner, cr, box, palette, type, x, pisd_process_get_snr, TRUE);
}

void
explorer_diffusion_add_forward (ExplorerDiffusion *self)
{
  const ExplorerDiffusionPicture pictures[EXPLORER_DIFFUSION_N_PANES] = {
    { _ ("Data on their way into noise"), draw_carried },
    { _ ("Density at this time"), draw_density },
    { _ ("Signal kept: ᾱ"), draw_abar, TRUE },
    { _ ("Noise of a step: β"), draw_beta, TRUE },
    { _ ("Signal-to-noise ratio: ᾱ / (1 − ᾱ)"), draw_snr, TRUE }
  };

  self->density = pisd_field_new (EXPLORER_DIFFUSION_N_CELLS, EXPLORER_DIFFUSION_N_CELLS);
  explorer_diffusion_add_panes (self, EXPLORER_DIFFUSION_FORWARD, pictures);
  add_drag (self);
}
