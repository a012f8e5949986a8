#include "pisd-flow.h"

#include <math.h>
#include <string.h>

#include "pisd-axes.h"

/* State = alpha start + H' W' t.  Rows of N = W H satisfy N N' = diag (1 - v): along N_i / sqrt
 * (1 - v_i) the posterior has variance v_i and mean sqrt (1 - v_i) (W y)_i, across all of them
 * the prior's 1 and 0.  By modes: state = Q' p, and along every axis the posterior has variance
 * v_i and mean mu_i. */
struct _PisdFlow
{
  PisdConditioning *conditioning;
  const PisdFactors *factors; /* of the rung */
  double *start;              /* [kept] */
  double first;               /* noise level of the start; NaN before the first step */
  double alpha;
  double *t; /* [n]; by modes, [kept] scratch */
  double *p; /* [n] W H state; by modes, [kept] Q state */
  double *s; /* [n] scratch */
};

/* The start, as the present rung sees it. */
static void
begin (PisdFlow *self)
{
  self->factors = pisd_conditioning_get_rung (self->conditioning);
  self->alpha = 1.0;
  if (self->factors->n == 0)
    return;
  if (self->factors->axes != NULL)
    {
      pisd_axes_enter (self->factors->axes, self->start, self->p);
      return;
    }
  memset (self->t, 0, sizeof (double) * self->factors->n);
  pisd_conditioning_project (self->conditioning, self->start, self->p);
}

PisdFlow *
pisd_flow_new (PisdConditioning *conditioning, const double *x)
{
  PisdFlow *self = g_new0 (PisdFlow, 1);
  const PisdFactors *f = pisd_conditioning_get_factors (conditioning);
  guint n = f->by_modes ? f->kept->n : f->n;

  self->conditioning = conditioning;
  self->factors = f;
  self->start = g_memdup2 (x, sizeof (double) * f->kept->n);
  self->first = NAN;
  self->t = g_new0 (double, n);
  self->p = g_new0 (double, n);
  self->s = g_new (double, f->n);
  if (f->n > 0 && !pisd_conditioning_prepare (conditioning, PISD_FACTORS_STEPS, 1, NULL, NULL))
    return self;
  pisd_conditioning_enter (conditioning, INFINITY);
  begin (self);
  return self;
}

void
pisd_flow_free (PisdFlow *self)
{
  if (self == NULL)
    return;
  g_free (self->start);
  g_free (self->t);
  g_free (self->p);
  g_free (self->s);
  g_free (self);
}

static double
shrink_along (double v, double sigma, double next)
{
  return sqrt ((v + next * next) / (v + sigma * sigma));
}

static void
step_by_axes (PisdFlow *self, double sigma, double next)
{
  const PisdAxes *axes = self->factors->axes;

  for (guint i = 0; i < axes->n; i++)
    self->p[i] =
        axes->mean[i] + shrink_along (axes->v[i], sigma, next) * (self->p[i] - axes->mean[i]);
}

/* On the present rung. */
static void
step (PisdFlow *self, double sigma, double next)
{
  const PisdFactors *f = self->factors;
  double s2 = sigma * sigma, n2 = next * next;
  double across = sqrt ((1.0 + n2) / (1.0 + s2));

  if (f->axes != NULL)
    {
      step_by_axes (self, sigma, next);
      return;
    }
  self->alpha *= across;
  for (guint i = 0; i < f->n; i++)
    {
      double v = f->v[i], along = sqrt ((v + n2) / (v + s2));
      /* (along - across) / (1 - v), without cancellation and for v = 1 as well */
      double slope = (n2 - s2) / ((v + s2) * (1.0 + s2) * (along + across));
      double push = f->wy[i] * (1.0 - along) + slope * self->p[i];

      self->t[i] = across * self->t[i] + push;
      self->p[i] = across * self->p[i] + (1.0 - v) * push;
    }
}

/* Steps in a row are one step, so that another rung's flow is entered where it would be by now. */
void
pisd_flow_step (PisdFlow *self, double sigma, double next)
{
  if (isnan (self->first))
    self->first = sigma;
  if (pisd_conditioning_enter (self->conditioning, next))
    {
      begin (self);
      sigma = self->first;
    }
  step (self, sigma, next);
}

/* z = scale start + H' W' s */
static void
compose (PisdFlow *self, double scale, const double *s, double *z)
{
  for (guint i = 0; i < self->factors->kept->n; i++)
    z[i] = scale * self->start[i];
  if (self->factors->n > 0)
    pisd_conditioning_add_pulled_back (self->conditioning, s, z);
}

void
pisd_flow_get_state (PisdFlow *self, double *x)
{
  if (self->factors->axes != NULL)
    pisd_axes_leave (self->factors->axes, self->p, x);
  else
    compose (self, self->alpha, self->t, x);
}

/* (v m + c mu) / (c + (1 - c) v) along every axis, m = shrink p; at sigma 0, where c is 0 and v may
 * be 0 too, the state. */
static void
estimate_by_axes (PisdFlow *self, double shrink, double c, double *m)
{
  const PisdAxes *axes = self->factors->axes;

  for (guint i = 0; i < axes->n; i++)
    self->t[i] = c > 0.0 ? (axes->v[i] * shrink * self->p[i] + c * axes->mean[i])
                               / (c + (1.0 - c) * axes->v[i])
                         : self->p[i];
  pisd_axes_leave (axes, self->t, m);
}

void
pisd_flow_get_estimate (PisdFlow *self, double sigma, double *m)
{
  const PisdFactors *f = self->factors;
  double shrink = 1.0 / (1.0 + sigma * sigma), c = sigma * sigma * shrink;
  double *s = self->s;

  if (f->axes != NULL)
    {
      estimate_by_axes (self, shrink, c, m);
      return;
    }
  for (guint i = 0; i < f->n; i++)
    s[i] = shrink * self->t[i];
  /* At sigma 0 the state is the estimate, and v may be 0 too. */
  for (guint i = 0; i < f->n && c > 0.0; i++)
    s[i] += c * (f->wy[i] - shrink * self->p[i]) / (c + (1.0 - c) * f->v[i]);
  compose (self, shrink * self->alpha, s, m);
}
