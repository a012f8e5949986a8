#include "pisd-flow-residual.h"

#include <math.h>
#include <string.h>

#include "pisd-advection.h"

/* Frames that the polynomial in time goes through, and the places of an interval among them. */
#define STENCIL 4
#define N_PLACES (STENCIL - 1)
/* Of the integrals over an interval: panels of three Gauss points. */
#define PANELS 32
#define POINTS 3

struct _PisdFlowResidual
{
  PisdAdvection *advection;
  guint size, reach, side, n_half, n_frames;
  double h;
  double *decay;                     /* [half plane] exp (z) / h */
  double *weight[N_PLACES][STENCIL]; /* [half plane] of N of each frame */
  guint forced;                      /* the one mode that the force drives, ... */
  PisdComplex force;                 /* ... times its integral */
  PisdComplex *w, *n;                /* [n_frames, half plane] */
  PisdComplex *velocity;             /* [n_frames] planes */
  PisdComplex *r, *pulled, *scratch; /* [half plane], [half plane], a plane */
};

/* The polynomial through 1 at node j of 0 ... STENCIL - 1 and 0 at the others. */
static double
lagrange (guint j, double x)
{
  double product = 1.0;

  for (guint i = 0; i < STENCIL; i++)
    if (i != j)
      product *= (x - i) / ((double) j - i);
  return product;
}

/* weight = integral over 0 <= s <= 1 of exp (z (1 - s)) l_j (place + s) */
static void
fill_mode (PisdFlowResidual *self, guint i, double z)
{
  static const double nodes[POINTS] = { 0.1127016653792583, 0.5, 0.8872983346207417 };
  static const double weights[POINTS] = { 5.0 / 18.0, 8.0 / 18.0, 5.0 / 18.0 };

  self->decay[i] = exp (z) / self->h;
  for (guint p = 0; p < PANELS * POINTS; p++)
    {
      double s = (p / POINTS + nodes[p % POINTS]) / PANELS;
      double e = exp (z * (1.0 - s)) * weights[p % POINTS] / PANELS;

      for (guint place = 0; place < N_PLACES; place++)
        for (guint j = 0; j < STENCIL; j++)
          self->weight[place][j][i] += e * lagrange (j, place + s);
    }
}

/* Sum over the stencil of the weights: the integral of exp (z (1 - s)). */
static double
integral_of_decay (const PisdFlowResidual *self, guint i)
{
  double sum = 0.0;

  for (guint j = 0; j < STENCIL; j++)
    sum += self->weight[0][j][i];
  return sum;
}

static void
fill_weights (PisdFlowResidual *self, double viscosity)
{
  for (guint place = 0; place < N_PLACES; place++)
    for (guint j = 0; j < STENCIL; j++)
      self->weight[place][j] = g_new0 (double, self->n_half);
  for (int ky = -(int) self->reach; ky <= (int) self->reach; ky++)
    for (guint kx = 0; kx <= self->reach; kx++)
      {
        double square = 4.0 * G_PI * G_PI * ((double) ky * ky + (double) kx * kx);

        fill_mode (self, pisd_half_plane_index (self->reach, ky, kx),
                   -viscosity * square * self->h);
      }
}

/* Nodes along an axis that keep products of waves up to `reach` free of aliases, and are fast to
 * transform. */
static guint
choose_size (guint reach)
{
  for (guint size = 8;; size += 2)
    {
      guint rest = size;

      for (guint factor = 2; factor <= 5; factor++)
        while (rest % factor == 0)
          rest /= factor;
      if (rest == 1 && pisd_advection_reach_of (size) >= reach)
        return size;
    }
}

PisdFlowResidual *
pisd_flow_residual_new (const PisdVorticityShape *shape, guint reach)
{
  PisdFlowResidual *self;

  g_return_val_if_fail (shape->n_frames >= STENCIL && reach >= 1, NULL);

  self = g_new0 (PisdFlowResidual, 1);
  self->size = choose_size (reach);
  self->advection = pisd_advection_new (self->size);
  self->reach = pisd_advection_get_reach (self->advection);
  self->side = 2 * self->reach + 1;
  self->n_half = pisd_half_plane_get_n (self->reach);
  self->n_frames = shape->n_frames;
  self->h = shape->end / (shape->n_frames - 1);
  self->decay = g_new (double, self->n_half);
  fill_weights (self, shape->viscosity);
  /* sin p + cos p = Re (1 - i) exp (i p), half of which stands at (1, 1). */
  self->forced = pisd_half_plane_index (self->reach, 1, 1);
  self->force.re = 0.5 * shape->force * integral_of_decay (self, self->forced);
  self->force.im = -self->force.re;
  self->w = g_new (PisdComplex, (gsize) self->n_frames * self->n_half);
  self->n = g_new (PisdComplex, (gsize) self->n_frames * self->n_half);
  self->velocity = pisd_advection_new_values (self->advection, self->n_frames);
  self->scratch = pisd_advection_new_values (self->advection, 1);
  self->r = g_new (PisdComplex, self->n_half);
  self->pulled = g_new (PisdComplex, self->n_half);
  return self;
}

void
pisd_flow_residual_free (PisdFlowResidual *self)
{
  if (self == NULL)
    return;
  pisd_advection_free (self->advection);
  for (guint place = 0; place < N_PLACES; place++)
    for (guint j = 0; j < STENCIL; j++)
      g_free (self->weight[place][j]);
  g_free (self->decay);
  g_free (self->w);
  g_free (self->n);
  pisd_plane_free_values (self->velocity);
  pisd_plane_free_values (self->scratch);
  g_free (self->r);
  g_free (self->pulled);
  g_free (self);
}

guint
pisd_flow_residual_get_side (const PisdFlowResidual *self)
{
  return self->side;
}

/* The velocities of a frame: a plane. */
static PisdComplex *
get_velocity (const PisdFlowResidual *self, guint frame)
{
  return self->velocity + (gsize) frame * self->size * self->size;
}

/* First frame of the stencil of interval n. */
static guint
first_of (const PisdFlowResidual *self, guint n)
{
  return CLAMP ((int) n - 1, 0, (int) self->n_frames - STENCIL);
}

static void
add_scaled (PisdComplex *to, const double *factor, const PisdComplex *from, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      to[i].re += factor[i] * from[i].re;
      to[i].im += factor[i] * from[i].im;
    }
}

/* r = (w' - exp (z) w) / h */
static void
fill_change (const PisdFlowResidual *self, guint n)
{
  const PisdComplex *w = self->w + (gsize) n * self->n_half, *next = w + self->n_half;

  for (guint i = 0; i < self->n_half; i++)
    {
      self->r[i].re = next[i].re / self->h - self->decay[i] * w[i].re;
      self->r[i].im = next[i].im / self->h - self->decay[i] * w[i].im;
    }
}

void
pisd_flow_residual_apply (PisdFlowResidual *self, const double *w, double *r)
{
  gsize box = (gsize) self->side * self->side;

  for (guint frame = 0; frame < self->n_frames; frame++)
    {
      PisdComplex *half = self->w + (gsize) frame * self->n_half;

      pisd_half_plane_from_box (self->reach, w + frame * box, half);
      pisd_advection_get_velocity (self->advection, half, get_velocity (self, frame));
      pisd_advection_apply (self->advection, get_velocity (self, frame), self->scratch,
                            self->n + (gsize) frame * self->n_half);
    }
  for (guint n = 0; n + 1 < self->n_frames; n++)
    {
      guint first = first_of (self, n);

      fill_change (self, n);
      for (guint j = 0; j < STENCIL; j++)
        add_scaled (self->r, self->weight[n - first][j],
                    self->n + (gsize) (first + j) * self->n_half, self->n_half);
      self->r[self->forced].re -= self->force.re;
      self->r[self->forced].im -= self->force.im;
      pisd_half_plane_to_box (self->reach, self->r, r + n * box);
    }
}

/* p = sum over the intervals whose stencil has the frame of weight q; w: [n_frames - 1] the q. */
static void
gather_weighted (PisdFlowResidual *self, guint frame, PisdComplex *p)
{
  memset (p, 0, sizeof *p * self->n_half);
  for (guint n = 0; n + 1 < self->n_frames; n++)
    {
      guint first = first_of (self, n);

      if (frame >= first && frame < first + STENCIL)
        add_scaled (p, self->weight[n - first][frame - first], self->n + (gsize) n * self->n_half,
                    self->n_half);
    }
}

/* p += (q_{n-1} - exp (z) q_n) / h for frame n */
static void
add_change (const PisdFlowResidual *self, guint frame, PisdComplex *p)
{
  const PisdComplex *q = self->n + (gsize) frame * self->n_half, *before = q - self->n_half;

  for (guint i = 0; frame > 0 && i < self->n_half; i++)
    {
      p[i].re += before[i].re / self->h;
      p[i].im += before[i].im / self->h;
    }
  for (guint i = 0; frame + 1 < self->n_frames && i < self->n_half; i++)
    {
      p[i].re -= self->decay[i] * q[i].re;
      p[i].im -= self->decay[i] * q[i].im;
    }
}

/* The velocities stay those of the newest w; what was N holds q meanwhile. */
void
pisd_flow_residual_vjp (PisdFlowResidual *self, const double *q, double *g)
{
  gsize box = (gsize) self->side * self->side;

  for (guint n = 0; n + 1 < self->n_frames; n++)
    pisd_half_plane_from_box (self->reach, q + n * box, self->n + (gsize) n * self->n_half);
  for (guint frame = 0; frame < self->n_frames; frame++)
    {
      gather_weighted (self, frame, self->r);
      pisd_advection_apply_adjoint (self->advection, get_velocity (self, frame), self->r,
                                    self->scratch, self->pulled);
      add_change (self, frame, self->pulled);
      pisd_half_plane_to_box (self->reach, self->pulled, g + frame * box);
    }
}
