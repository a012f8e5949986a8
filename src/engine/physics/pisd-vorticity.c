#include "pisd-vorticity-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"

/* A step moves no fluid further than the smallest eddy's wave length over 2 pi: Adams-Bashforth
 * lets undamped waves grow by (2 pi reach v dt)^4 / 4 a step. */
#define MOST_COURANT 1.0

/* A = 1 / (1 + dt nu k^2 / 2) and C = 1 - dt nu k^2 / 2 with k^2 = 4 pi^2 (ky^2 + kx^2):
 * |A C| <= 1, so viscosity lets no mode grow, however long the step. */
static void
fill_viscosity (PisdVorticity *self)
{
  for (int ky = -(int) self->reach; ky <= (int) self->reach; ky++)
    for (guint kx = 0; kx <= self->reach; kx++)
      {
        guint i = pisd_half_plane_index (self->reach, ky, kx);
        double square = 4.0 * G_PI * G_PI * ((double) ky * ky + (double) kx * kx);
        double half = 0.5 * self->dt * self->shape.viscosity * square;

        self->implicit[i] = 1.0 / (1.0 + half);
        self->explicit[i] = 1.0 - half;
      }
}

/* steps = ceil (length |v| 2 pi reach / MOST_COURANT), length the time between two frames.
 * By Cauchy and Schwarz |v| <= sum |w (k)| / 2 pi |k| <= |w| sqrt (sum 1 / 4 pi^2 |k|^2), and
 * d |w| / dt <= |f| = force, |.| the root mean square. */
guint
pisd_vorticity_count_steps (const PisdVorticityShape *shape, double size)
{
  int reach = (int) pisd_advection_reach_of (shape->size);
  double sum = 0.0, speed, length = shape->end / (shape->n_frames - 1);
  const double most = G_MAXUINT / (shape->n_frames - 1);

  for (int ky = -reach; ky <= reach; ky++)
    for (int kx = -reach; kx <= reach; kx++)
      if (ky != 0 || kx != 0)
        sum += 1.0 / (4.0 * G_PI * G_PI * ((double) ky * ky + (double) kx * kx));
  speed = (size + shape->force * shape->end) * sqrt (sum);
  return (guint) fmax (1.0, fmin (most, ceil (length * speed * 2.0 * G_PI * reach / MOST_COURANT)));
}

PisdVorticity *
pisd_vorticity_new (const PisdVorticityShape *shape)
{
  PisdVorticity *self;

  g_return_val_if_fail (shape->n_frames >= 2 && shape->steps >= 1, NULL);

  self = g_new0 (PisdVorticity, 1);
  self->shape = *shape;
  self->advection = pisd_advection_new (shape->size);
  self->reach = pisd_advection_get_reach (self->advection);
  self->side = 2 * self->reach + 1;
  self->n_half = pisd_half_plane_get_n (self->reach);
  self->n_steps = (shape->n_frames - 1) * shape->steps;
  self->dt = shape->end / self->n_steps;
  self->implicit = g_new (double, self->n_half);
  self->explicit = g_new (double, self->n_half);
  fill_viscosity (self);
  /* sin p + cos p = Re (1 - i) exp (i p), half of which stands at (1, 1). */
  self->forced = pisd_half_plane_index (self->reach, 1, 1);
  self->force = (PisdComplex){ 0.5 * self->dt * shape->force, -0.5 * self->dt * shape->force };
  return self;
}

void
pisd_vorticity_free (PisdVorticity *self)
{
  if (self == NULL)
    return;
  pisd_advection_free (self->advection);
  g_free (self->implicit);
  g_free (self->explicit);
  g_free (self);
}

const PisdVorticityShape *
pisd_vorticity_get_shape (const PisdVorticity *self)
{
  return &self->shape;
}

guint
pisd_vorticity_get_side (const PisdVorticity *self)
{
  return self->side;
}

static PisdVorticityPath *
new_path (const PisdVorticity *solver, gboolean keeps_steps)
{
  PisdVorticityPath *self = g_new0 (PisdVorticityPath, 1);

  self->solver = solver;
  self->keeps_steps = keeps_steps;
  self->z = pisd_advection_new_values (solver->advection, keeps_steps ? solver->n_steps : 1);
  self->scratch = pisd_advection_new_values (solver->advection, 1);
  self->w = g_new (PisdComplex, solver->n_half);
  self->now = g_new (PisdComplex, solver->n_half);
  self->before = g_new (PisdComplex, solver->n_half);
  self->frames = g_new0 (double, solver->shape.n_frames *pisd_vorticity_count_box (solver));
  return self;
}

PisdVorticityPath *
pisd_vorticity_path_new (const PisdVorticity *solver)
{
  return new_path (solver, TRUE);
}

PisdVorticityPath *
pisd_vorticity_path_new_frames (const PisdVorticity *solver)
{
  return new_path (solver, FALSE);
}

void
pisd_vorticity_path_free (PisdVorticityPath *self)
{
  if (self == NULL)
    return;
  pisd_plane_free_values (self->z);
  pisd_plane_free_values (self->scratch);
  g_free (self->w);
  g_free (self->now);
  g_free (self->before);
  g_free (self->frames);
  g_free (self);
}

static double *
get_frame (const PisdVorticityPath *self, guint frame)
{
  return self->frames + frame * pisd_vorticity_count_box (self->solver);
}

const double *
pisd_vorticity_path_get_frame (const PisdVorticityPath *self, guint frame)
{
  g_return_val_if_fail (frame < self->solver->shape.n_frames, NULL);

  return get_frame (self, frame);
}

/* w = A (C w - dt (c now - (c - 1) before)), before = now; c = 3/2, and 1 in the first step */
void
pisd_vorticity_advance (const PisdVorticity *solver,
                        guint step,
                        const PisdComplex *now,
                        PisdComplex *before,
                        PisdComplex *w)
{
  double c = step == 0 ? 1.0 : 1.5, p = -solver->dt * c, q = solver->dt * (c - 1.0);

  for (guint i = 0; i < solver->n_half; i++)
    {
      double a = solver->implicit[i], e = solver->explicit[i];

      w[i].re = a * (e * w[i].re + p * now[i].re + q * before[i].re);
      w[i].im = a * (e * w[i].im + p * now[i].im + q * before[i].im);
      before[i] = now[i];
    }
}

/* What the force adds to a step: A dt f. */
static void
add_force (const PisdVorticity *solver, PisdComplex *w)
{
  double a = solver->implicit[solver->forced];

  w[solver->forced].re += a * solver->force.re;
  w[solver->forced].im += a * solver->force.im;
}

/* courant = dt |v| 2 pi reach, with the largest |v|^2 at nodes.  FALSE: the step is too long. */
static gboolean
check_speed (const PisdVorticity *solver, guint step, double square, GError **error)
{
  double courant = solver->dt * sqrt (square) * 2.0 * G_PI * solver->reach;

  if (courant <= MOST_COURANT)
    return TRUE;
  if (!isfinite (courant))
    return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                            _ ("flow, step %u of %u: got NaN or infinity, expected finite values"),
                            step, solver->n_steps);
  return pisd_error_fail (
      error, PISD_ERROR_RANGE,
      _ ("flow, step %u of %u: the speed %.3g needs %.0f steps from frame to frame on %ux%u nodes, "
         "got %u"),
      step, solver->n_steps, sqrt (square), ceil (courant / MOST_COURANT * solver->shape.steps),
      solver->shape.size, solver->shape.size, solver->shape.steps);
}

/* z of w, N (w) of z, then w of the next step: the plane z stays as it is where the path keeps
 * them all. */
static gboolean
solve_step (PisdVorticityPath *self, guint step, GError **error)
{
  const PisdVorticity *solver = self->solver;
  PisdComplex *z = pisd_vorticity_path_get_velocity (self, step);
  double square;

  pisd_advection_get_velocity (solver->advection, self->w, z);
  square = pisd_advection_apply (solver->advection, z, self->scratch, self->now);
  if (!check_speed (solver, step, square, error))
    return FALSE;
  pisd_vorticity_advance (solver, step, self->now, self->before, self->w);
  add_force (solver, self->w);
  return TRUE;
}

gboolean
pisd_vorticity_path_solve (PisdVorticityPath *self,
                           const double *w0,
                           PisdCancel *cancel,
                           GError **error)
{
  const PisdVorticity *solver = self->solver;

  memcpy (self->frames, w0, sizeof (double) * pisd_vorticity_count_box (solver));
  pisd_half_plane_from_box (solver->reach, w0, self->w);
  memset (self->before, 0, sizeof *self->before * solver->n_half);
  for (guint step = 0; step < solver->n_steps; step++)
    {
      if (!pisd_cancel_check (cancel, "flow", error) || !solve_step (self, step, error))
        return FALSE;
      if ((step + 1) % solver->shape.steps == 0)
        pisd_half_plane_to_box (solver->reach, self->w,
                                get_frame (self, (step + 1) / solver->shape.steps));
    }
  return TRUE;
}
