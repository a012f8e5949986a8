#include "pisd-parallel.h"
#include "pisd-vorticity-private.h"

/* Rows that walk along the path side by side: they share the reading of its velocities. */
#define ROWS_BLOCK 8

/* Rows on their way along the path, a block of them. */
typedef struct
{
  guint n;
  PisdComplex *w, *before; /* [n, half plane] */
  PisdComplex *now;        /* [half plane] */
  PisdComplex *scratch;    /* a plane */
} Walk;

static void
walk_init (Walk *walk, const PisdVorticity *solver, guint n)
{
  walk->n = n;
  walk->w = g_new0 (PisdComplex, (gsize) n * solver->n_half);
  walk->before = g_new0 (PisdComplex, (gsize) n * solver->n_half);
  walk->now = g_new (PisdComplex, solver->n_half);
  walk->scratch = pisd_advection_new_values (solver->advection, 1);
}

static void
walk_clear (Walk *walk)
{
  g_free (walk->w);
  g_free (walk->before);
  g_free (walk->now);
  pisd_plane_free_values (walk->scratch);
}

/* What all blocks have in common. */
typedef struct
{
  const PisdVorticityPath *path;
  guint n_rows;
  const double *in; /* of the tangent: at frame 0 */
  const guint *frame;
  double *out;
  PisdCancel *cancel;
} Loop;

/* d = A (C d - dt (c N' d - (c - 1) N' d before)), N' at the path's own w: the force is constant
 * and has no part in it. */
static void
push_step (const PisdVorticityPath *path, guint step, Walk *walk, guint row)
{
  const PisdVorticity *solver = path->solver;
  gsize at = (gsize) row * solver->n_half;

  pisd_advection_apply_tangent (solver->advection, pisd_vorticity_path_get_velocity (path, step),
                                walk->w + at, walk->scratch, walk->now);
  pisd_vorticity_advance (solver, step, walk->now, walk->before + at, walk->w + at);
}

/* Rows from `first` on, whose states have just reached a frame. */
static void
store_frames (const Loop *loop, const Walk *walk, guint first, guint frame)
{
  const PisdVorticity *solver = loop->path->solver;

  for (guint i = 0; i < walk->n; i++)
    pisd_half_plane_to_box (solver->reach, walk->w + (gsize) i * solver->n_half,
                            loop->out
                                + ((first + i) * (gsize) solver->shape.n_frames + frame)
                                      * pisd_vorticity_count_box (solver));
}

/* Rows d go from frame 0 to the last one and are stored whenever they reach a frame. */
static void
push_block (guint block, gpointer data)
{
  Loop *loop = data;
  const PisdVorticity *solver = loop->path->solver;
  guint first = block * ROWS_BLOCK;
  Walk walk;

  walk_init (&walk, solver, MIN (ROWS_BLOCK, loop->n_rows - first));
  for (guint i = 0; i < walk.n; i++)
    pisd_half_plane_from_box (solver->reach,
                              loop->in + (first + i) * pisd_vorticity_count_box (solver),
                              walk.w + (gsize) i * solver->n_half);
  store_frames (loop, &walk, first, 0);
  for (guint step = 0; step < solver->n_steps && !pisd_cancel_look (loop->cancel); step++)
    {
      for (guint i = 0; i < walk.n; i++)
        push_step (loop->path, step, &walk, i);
      if ((step + 1) % solver->shape.steps == 0)
        store_frames (loop, &walk, first, (step + 1) / solver->shape.steps);
    }
  walk_clear (&walk);
}

/* Every block looks at the request between its steps, so an early end may be a block's own. */
static gboolean
run_blocks (Loop *loop, PisdBlock function, guint n_threads)
{
  return pisd_parallel (pisd_parallel_count_blocks (loop->n_rows, ROWS_BLOCK), n_threads,
                        loop->cancel, function, loop)
         && !pisd_cancel_look (loop->cancel);
}

gboolean
pisd_vorticity_path_push_forward (const PisdVorticityPath *self,
                                  guint n_rows,
                                  const double *rows,
                                  double *frames,
                                  guint n_threads,
                                  PisdCancel *cancel)
{
  Loop loop = { .path = self, .n_rows = n_rows, .in = rows, .out = frames, .cancel = cancel };

  g_return_val_if_fail (self->keeps_steps, FALSE);

  return run_blocks (&loop, push_block, n_threads);
}

/* The transpose of advance() and of N' (w) at that step:
 *   p = A w,  m = -dt (c p - 1/2 p after),  w = C p + N'* m,  p after = p */
static void
pull_step (const PisdVorticityPath *path, guint step, PisdComplex *w, Walk *walk, guint row)
{
  const PisdVorticity *solver = path->solver;
  PisdComplex *after = walk->before + (gsize) row * solver->n_half;
  double c = step == 0 ? -solver->dt : -1.5 * solver->dt, q = 0.5 * solver->dt;

  for (guint i = 0; i < solver->n_half; i++)
    {
      PisdComplex p = { solver->implicit[i] * w[i].re, solver->implicit[i] * w[i].im };

      walk->now[i] = (PisdComplex){ c * p.re + q * after[i].re, c * p.im + q * after[i].im };
      after[i] = p;
    }
  pisd_advection_apply_adjoint (solver->advection, pisd_vorticity_path_get_velocity (path, step),
                                walk->now, walk->scratch, w);
  for (guint i = 0; i < solver->n_half; i++)
    {
      w[i].re += solver->explicit[i] * after[i].re;
      w[i].im += solver->explicit[i] * after[i].im;
    }
}

/* Rows whose frame ends with that step begin their way back. */
static void
start_rows (const Loop *loop, Walk *walk, guint first, guint step)
{
  const PisdVorticity *solver = loop->path->solver;

  for (guint i = 0; i < walk->n; i++)
    if (loop->frame[first + i] * solver->shape.steps == step + 1)
      pisd_half_plane_from_box (solver->reach,
                                loop->out + (first + i) * pisd_vorticity_count_box (solver),
                                walk->w + (gsize) i * solver->n_half);
}

/* Rows walk from the last step to the first; each joins at its own frame, and one of frame 0
 * stays as it is. */
static void
pull_block (guint block, gpointer data)
{
  Loop *loop = data;
  const PisdVorticity *solver = loop->path->solver;
  guint first = block * ROWS_BLOCK;
  Walk walk;

  walk_init (&walk, solver, MIN (ROWS_BLOCK, loop->n_rows - first));
  for (guint step = solver->n_steps; step-- > 0 && !pisd_cancel_look (loop->cancel);)
    {
      start_rows (loop, &walk, first, step);
      for (guint i = 0; i < walk.n; i++)
        if (loop->frame[first + i] * solver->shape.steps > step)
          pull_step (loop->path, step, walk.w + (gsize) i * solver->n_half, &walk, i);
    }
  for (guint i = 0; i < walk.n; i++)
    if (loop->frame[first + i] > 0)
      pisd_half_plane_to_box (solver->reach, walk.w + (gsize) i * solver->n_half,
                              loop->out + (first + i) * pisd_vorticity_count_box (solver));
  walk_clear (&walk);
}

gboolean
pisd_vorticity_path_pull_back (const PisdVorticityPath *self,
                               guint n_rows,
                               const guint *frame,
                               double *rows,
                               guint n_threads,
                               PisdCancel *cancel)
{
  Loop loop = { .path = self, .n_rows = n_rows, .frame = frame, .out = rows, .cancel = cancel };

  g_return_val_if_fail (self->keeps_steps, FALSE);

  return run_blocks (&loop, pull_block, n_threads);
}

/* w += a box */
static void
add_box (const PisdVorticity *solver, const double *box, PisdComplex *w, PisdComplex *scratch)
{
  pisd_half_plane_from_box (solver->reach, box, scratch);
  for (guint i = 0; i < solver->n_half; i++)
    {
      w[i].re += scratch[i].re;
      w[i].im += scratch[i].im;
    }
}

/* w0* = sum_n (d w_n / d w_0)' frames_n: one walk back, to which every frame adds its cotangent
 * as it is passed. */
gboolean
pisd_vorticity_path_vjp (const PisdVorticityPath *self,
                         const double *frames,
                         double *w0,
                         PisdCancel *cancel)
{
  const PisdVorticity *solver = self->solver;
  gboolean cancelled = FALSE;
  Walk walk;

  g_return_val_if_fail (self->keeps_steps, FALSE);

  walk_init (&walk, solver, 1);
  for (guint step = solver->n_steps; step-- > 0 && !cancelled;
       cancelled = pisd_cancel_look (cancel))
    {
      if ((step + 1) % solver->shape.steps == 0)
        add_box (solver,
                 frames + (step + 1) / solver->shape.steps * pisd_vorticity_count_box (solver),
                 walk.w, walk.now);
      pull_step (self, step, walk.w, &walk, 0);
    }
  add_box (solver, frames, walk.w, walk.now);
  pisd_half_plane_to_box (solver->reach, walk.w, w0);
  walk_clear (&walk);
  return !cancelled;
}
