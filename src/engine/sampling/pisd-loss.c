#include "pisd-loss.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-elliptic.h"

#define S PISD_GRID
#define A 0
#define U 1

/* The sensors of one field and their weights. */
typedef struct
{
  PisdObservation *observation;
  double *weight; /* [sensors], mean 1 */
  double *misfit; /* [sensors] scratch */
} Term;

struct _PisdLoss
{
  PisdRepresentation *representation;
  PisdLossForm form;
  gsize n_joint, n_a;
  Term terms[2];       /* by field */
  double *eigenvalues; /* [modes of u] of lap + k^2 in this form's discretisation */
  PisdField *residual, *source;
  double *part;                   /* [n_joint] scratch: one term's gradient */
  double *joint, *joint_gradient; /* [n_joint] */
  double relative_residual;
};

static const PisdLaplacian form_laplacian[PISD_N_LOSS_FORMS] = {
  [PISD_LOSS_SQUARED] = PISD_LAPLACIAN_SPECTRAL,
  [PISD_LOSS_NORM] = PISD_LAPLACIAN_FIVE_POINT,
};

static void
term_init (Term *term,
           const PisdRepresentation *representation,
           guint field,
           const PisdSensors *sensors)
{
  double tail = pisd_representation_get_tail_variance (representation, field), sum = 0.0;
  const double *sd;
  guint n;

  term->observation = pisd_observation_new (representation, field, sensors);
  n = pisd_observation_get_n (term->observation);
  sd = pisd_observation_get_sd (term->observation);
  term->weight = g_new (double, n);
  term->misfit = g_new (double, n);
  for (guint s = 0; s < n; s++)
    sum += term->weight[s] = 1.0 / (sd[s] * sd[s] + tail);
  for (guint s = 0; s < n; s++)
    term->weight[s] *= n / sum;
}

PisdLoss *
pisd_loss_new (PisdRepresentation *representation, const PisdSensors *sensors, PisdLossForm form)
{
  PisdLoss *self = g_new0 (PisdLoss, 1);
  const PisdModes *u = pisd_representation_get_modes (representation, U);
  double wavenumber = pisd_representation_get_wavenumber (representation);

  self->representation = representation;
  self->form = form;
  self->n_joint = pisd_representation_get_n_joint (representation);
  self->n_a = pisd_representation_get_offset (representation, U, NULL);
  term_init (&self->terms[A], representation, A, sensors);
  term_init (&self->terms[U], representation, U, sensors);
  self->eigenvalues = g_new (double, u->n);
  for (guint i = 0; i < u->n; i++)
    self->eigenvalues[i] =
        pisd_elliptic_eigenvalue (form_laplacian[form], wavenumber, u->ky[i], u->kx[i]);
  self->residual = pisd_field_new (S, S);
  self->source = pisd_field_new (S, S);
  self->part = g_new (double, self->n_joint);
  self->joint = g_new (double, self->n_joint);
  self->joint_gradient = g_new (double, self->n_joint);
  self->relative_residual = NAN;
  return self;
}

void
pisd_loss_free (PisdLoss *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < G_N_ELEMENTS (self->terms); f++)
    {
      pisd_observation_free (self->terms[f].observation);
      g_free (self->terms[f].weight);
      g_free (self->terms[f].misfit);
    }
  g_free (self->eigenvalues);
  pisd_field_free (self->residual);
  pisd_field_free (self->source);
  g_free (self->part);
  g_free (self->joint);
  g_free (self->joint_gradient);
  g_free (self);
}

/* A term is scale * q or sqrt (q) * scale of a sum of squares q: its value, and the factor c with
 * gradient = c * (half the gradient of q). */
static double
finish_term (PisdLossForm form, double q, double scale, double *factor)
{
  if (form == PISD_LOSS_SQUARED)
    {
      *factor = 2.0 * scale;
      return scale * q;
    }
  *factor = q > 0.0 ? scale / sqrt (q) : 0.0;
  return scale * sqrt (q);
}

/* gradient += zeta * part over the part's range; returns the norm of what was added. */
static double
accumulate (const double *part, gsize n, double zeta, double *gradient)
{
  cblas_daxpy (n, zeta, part, 1, gradient, 1);
  return zeta * cblas_dnrm2 (n, part, 1);
}

static double
evaluate_sensors (PisdLoss *self,
                  guint field,
                  const double *m,
                  double zeta,
                  double *share,
                  double *gradient)
{
  Term *term = &self->terms[field];
  guint n = pisd_observation_get_n (term->observation);
  const double *y = pisd_observation_get_values (term->observation);
  gsize length, offset = pisd_representation_get_offset (self->representation, field, &length);
  double q = 0.0, factor, value;

  if (n == 0)
    return NAN;
  pisd_observation_apply (term->observation, m + offset, term->misfit);
  for (guint s = 0; s < n; s++)
    {
      double d = term->misfit[s] - y[s];

      q += term->weight[s] * d * d;
      term->misfit[s] = term->weight[s] * d;
    }
  value = finish_term (self->form, q, self->form == PISD_LOSS_SQUARED ? (double) S * S / n : 1.0,
                       &factor);
  if (gradient != NULL && zeta != 0.0)
    {
      cblas_dscal (n, factor, term->misfit, 1);
      pisd_observation_apply_adjoint (term->observation, term->misfit, self->part);
      *share = accumulate (self->part, length, zeta, gradient + offset);
    }
  return value;
}

/* r = (lap + k^2) u - a on the interior. */
static double
evaluate_equation (PisdLoss *self, const double *m, double zeta, double *share, double *gradient)
{
  double *r = self->residual->data, *a = self->source->data;
  double q, factor, value;

  pisd_representation_synthesize (self->representation, U, m + self->n_a, self->eigenvalues, r);
  pisd_representation_synthesize (self->representation, A, m, NULL, a);
  pisd_field_zero_boundary (self->source);
  cblas_daxpy (S * S, -1.0, a, 1, r, 1);
  q = cblas_ddot (S * S, r, 1, r, 1);
  self->relative_residual = sqrt (q) / cblas_dnrm2 (S * S, a, 1);
  value =
      finish_term (self->form, q,
                   self->form == PISD_LOSS_SQUARED ? 1.0 : 1.0 / ((S - 1.0) * (S - 1.0)), &factor);
  if (gradient != NULL && zeta != 0.0)
    {
      pisd_representation_analyze (self->representation, U, r, self->eigenvalues,
                                   self->part + self->n_a);
      pisd_representation_analyze (self->representation, A, r, NULL, self->part);
      cblas_dscal (self->n_a, -1.0, self->part, 1);
      *share = accumulate (self->part, self->n_joint, zeta * factor, gradient);
    }
  return value;
}

void
pisd_loss_evaluate (PisdLoss *self,
                    const double *m,
                    const double zeta[PISD_N_TERMS],
                    double values[PISD_N_TERMS],
                    double shares[PISD_N_TERMS],
                    double *gradient)
{
  double *wanted = gradient != NULL ? self->joint_gradient : NULL;
  double sum = 0.0;

  memset (shares, 0, sizeof (double) * PISD_N_TERMS);
  if (wanted != NULL)
    memset (wanted, 0, sizeof (double) * self->n_joint);
  pisd_representation_expand (self->representation, m, self->joint);
  values[PISD_TERM_OBS_A] = evaluate_sensors (self, A, self->joint, zeta[PISD_TERM_OBS_A],
                                              &shares[PISD_TERM_OBS_A], wanted);
  values[PISD_TERM_OBS_U] = evaluate_sensors (self, U, self->joint, zeta[PISD_TERM_OBS_U],
                                              &shares[PISD_TERM_OBS_U], wanted);
  values[PISD_TERM_PDE] =
      evaluate_equation (self, self->joint, zeta[PISD_TERM_PDE], &shares[PISD_TERM_PDE], wanted);
  if (gradient != NULL)
    pisd_representation_expand_adjoint (self->representation, wanted, gradient);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    sum += shares[t];
  for (guint t = 0; t < PISD_N_TERMS && sum > 0.0; t++)
    shares[t] /= sum;
}

double
pisd_loss_get_relative_residual (const PisdLoss *self)
{
  return self->relative_residual;
}
