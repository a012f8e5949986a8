#include "pisd-second-order.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-observation.h"

/* Conjugate gradients stop here. */
#define TOLERANCE 1e-8
#define MOST_ITERATIONS 400
/* A hard equation, in units of the modes' standard deviation. */
#define HARD 1e-4

/* cz = C z, C = Cov[latent | x] at that noise level. */
typedef void (*CovarianceProduct) (PisdSecondOrder *self,
                                   double sigma,
                                   const double *x,
                                   const double *z,
                                   double *cz);

/* How an estimate is corrected, and what that needs. */
typedef struct
{
  void (*init) (PisdSecondOrder *self, const PisdSettings *settings, const PisdSensors *sensors);
  /* m is corrected; what one term's misfits at m add to that.  FALSE: cancelled. */
  gboolean (*correct) (PisdSecondOrder *self, double sigma, const double *x, double *m);
  gboolean (*pull) (PisdSecondOrder *self,
                    double sigma,
                    const double *x,
                    const double *m,
                    PisdTerm term,
                    double *pull);
} SecondOrderOps;

struct _PisdSecondOrder
{
  const SecondOrderOps *ops;
  PisdRepresentation *representation;
  PisdDenoiser *denoiser;
  CovarianceProduct covariance;
  const PisdFieldInfo *fields;    /* of the equation */
  PisdConditioning *conditioning; /* closed form */

  /* Products: rows of H are the sensors on a, those on u, then the equation's. */
  gsize n, n_joint, n_a;
  PisdObservation *sensors[2];
  gsize n_sensors[2], n_equation, n_rows;
  double *y;                                                        /* [n_rows] */
  double *variance;                                                 /* [n_rows] diagonal of E */
  double *joint;                                                    /* [n_joint] scratch */
  double *z, *cz;                                                   /* [n] scratch */
  double *adjoint;                                                  /* [n_joint] scratch */
  double *residual, *direction, *product, *preconditioned, *lambda; /* [n_rows] */
  double *diagonal; /* [n_rows] of the preconditioner, per unit of c */
};

/* Given the state, a decoupled latent of unit normals has covariance c I. */
static double
isotropic_variance (double sigma)
{
  return sigma * sigma / (1.0 + sigma * sigma);
}

static gboolean
correct_closed_form (PisdSecondOrder *self, double sigma, const double *x, double *m)
{
  pisd_conditioning_correct (self->conditioning, isotropic_variance (sigma), m);
  return TRUE;
}

static gboolean
pull_closed_form (PisdSecondOrder *self,
                  double sigma,
                  const double *x,
                  const double *m,
                  PisdTerm term,
                  double *pull)
{
  pisd_conditioning_pull (self->conditioning, isotropic_variance (sigma), self->fields[term].id, m,
                          pull);
  return TRUE;
}

static gboolean
pull_by_systems (PisdSecondOrder *self,
                 double sigma,
                 const double *x,
                 const double *m,
                 PisdTerm term,
                 double *pull)
{
  return pisd_conditioning_pull_at (self->conditioning, sigma, self->fields[term].id, m, pull);
}

static guint
count_sites (const PisdSecondOrder *self, PisdTerm term)
{
  const PisdFactors *f = pisd_conditioning_get_factors (self->conditioning);
  guint n = 0;

  for (guint i = 0; i < f->n && term != PISD_TERM_PDE; i++)
    n += f->sites[i].field == self->fields[term].id;
  return n;
}

static gboolean
correct_by_systems (PisdSecondOrder *self, double sigma, const double *x, double *m)
{
  return pisd_conditioning_correct_at (self->conditioning, sigma, m);
}

/* f = H z */
static void
apply_rows (PisdSecondOrder *self, const double *z, double *f)
{
  double *equation = f + self->n_sensors[0] + self->n_sensors[1];

  pisd_representation_expand (self->representation, z, self->joint);
  pisd_observation_apply (self->sensors[0], self->joint, f);
  pisd_observation_apply (self->sensors[1], self->joint + self->n_a, f + self->n_sensors[0]);
  if (self->n_equation == 0)
    return;
  pisd_representation_solve (self->representation, self->joint, equation);
  for (gsize i = 0; i < self->n_equation; i++)
    equation[i] = self->joint[self->n_a + i] - equation[i];
}

/* z = H' f */
static void
apply_rows_adjoint (PisdSecondOrder *self, const double *f, double *z)
{
  const double *equation = f + self->n_sensors[0] + self->n_sensors[1];

  pisd_observation_apply_adjoint (self->sensors[0], f, self->adjoint);
  pisd_observation_apply_adjoint (self->sensors[1], f + self->n_sensors[0],
                                  self->adjoint + self->n_a);
  if (self->n_equation > 0)
    {
      pisd_representation_solve_adjoint (self->representation, equation, self->joint);
      cblas_daxpy (self->n_a, -1.0, self->joint, 1, self->adjoint, 1);
      cblas_daxpy (self->n_equation, 1.0, equation, 1, self->adjoint + self->n_a, 1);
    }
  pisd_representation_expand_adjoint (self->representation, self->adjoint, z);
}

/* cz = c z */
static void
multiply_isotropic (PisdSecondOrder *self,
                    double sigma,
                    const double *x,
                    const double *z,
                    double *cz)
{
  double c = isotropic_variance (sigma);

  for (gsize i = 0; i < self->n; i++)
    cz[i] = c * z[i];
}

/* cz = sigma^2 J z, J the denoiser's Jacobian, which is symmetric: the exact covariance of a
 * Gaussian prior. */
static void
multiply_jacobian (PisdSecondOrder *self,
                   double sigma,
                   const double *x,
                   const double *z,
                   double *cz)
{
  double c = sigma * sigma;

  pisd_denoiser_vjp (self->denoiser, sigma, x, z, cz);
  for (gsize i = 0; i < self->n; i++)
    cz[i] = c * cz[i];
}

/* The same of the linear denoiser, which a learned one adds to. */
static void
multiply_linear (PisdSecondOrder *self, double sigma, const double *x, const double *z, double *cz)
{
  double c = sigma * sigma;

  pisd_denoiser_linear_vjp (self->denoiser, sigma, z, cz);
  for (gsize i = 0; i < self->n; i++)
    cz[i] = c * cz[i];
}

static const CovarianceProduct covariance_table[PISD_N_COVARIANCES] = {
  [PISD_COVARIANCE_GAUSSIAN] = multiply_linear,
  [PISD_COVARIANCE_ISOTROPIC] = multiply_isotropic,
  [PISD_COVARIANCE_JACOBIAN] = multiply_jacobian,
};

/* out = (H C H' + E) f */
static void
apply_system (PisdSecondOrder *self, double sigma, const double *x, const double *f, double *out)
{
  apply_rows_adjoint (self, f, self->z);
  self->covariance (self, sigma, x, self->z, self->cz);
  apply_rows (self, self->cz, out);
  for (gsize i = 0; i < self->n_rows; i++)
    out[i] += self->variance[i] * f[i];
}

static double
precondition (PisdSecondOrder *self, double c)
{
  for (gsize i = 0; i < self->n_rows; i++)
    self->preconditioned[i] = self->residual[i] / (c * self->diagonal[i] + self->variance[i]);
  return cblas_ddot (self->n_rows, self->residual, 1, self->preconditioned, 1);
}

/* Preconditioned conjugate gradients for lambda, from zero; the right-hand side is `residual`. */
static void
solve_system (PisdSecondOrder *self, double sigma, const double *x)
{
  gsize n = self->n_rows;
  double c = isotropic_variance (sigma), rho = precondition (self, c),
         target = TOLERANCE * TOLERANCE * rho;

  memset (self->lambda, 0, sizeof (double) * n);
  memcpy (self->direction, self->preconditioned, sizeof (double) * n);
  for (guint i = 0; i < MOST_ITERATIONS && rho > target; i++)
    {
      double curvature, step, next;

      apply_system (self, sigma, x, self->direction, self->product);
      curvature = cblas_ddot (n, self->direction, 1, self->product, 1);
      if (!(curvature > 0.0))
        return;
      step = rho / curvature;
      cblas_daxpy (n, step, self->direction, 1, self->lambda, 1);
      cblas_daxpy (n, -step, self->product, 1, self->residual, 1);
      next = precondition (self, c);
      for (gsize k = 0; k < n; k++)
        self->direction[k] = self->preconditioned[k] + next / rho * self->direction[k];
      rho = next;
    }
}

/* residual = y - H m */
static void
fill_misfits (PisdSecondOrder *self, const double *m)
{
  apply_rows (self, m, self->residual);
  for (gsize i = 0; i < self->n_rows; i++)
    self->residual[i] = self->y[i] - self->residual[i];
}

/* pull = C H' (H C H' + E)^-1 residual */
static void
solve_misfits (PisdSecondOrder *self, double sigma, const double *x, double *pull)
{
  solve_system (self, sigma, x);
  apply_rows_adjoint (self, self->lambda, self->z);
  self->covariance (self, sigma, x, self->z, pull);
}

static gboolean
correct_by_products (PisdSecondOrder *self, double sigma, const double *x, double *m)
{
  if (self->n_rows == 0)
    return TRUE;
  fill_misfits (self, m);
  solve_misfits (self, sigma, x, self->cz);
  cblas_daxpy (self->n, 1.0, self->cz, 1, m, 1);
  return TRUE;
}

static guint
count_rows (const PisdSecondOrder *self, PisdTerm term)
{
  return term == PISD_TERM_PDE ? self->n_equation : self->n_sensors[term];
}

/* The rows of the other terms count as met. */
static gboolean
pull_by_products (PisdSecondOrder *self,
                  double sigma,
                  const double *x,
                  const double *m,
                  PisdTerm term,
                  double *pull)
{
  gsize row = 0;

  fill_misfits (self, m);
  for (PisdTerm t = 0; t < PISD_N_TERMS; row += count_rows (self, t), t++)
    if (t != term)
      memset (self->residual + row, 0, sizeof (double) * count_rows (self, t));
  solve_misfits (self, sigma, x, pull);
  return TRUE;
}

/* Readings, variances, and for the preconditioner the rows' square norms: a sensor's is the mean
 * variance of its field under the prior, a row of the equation has 1 + 1. */
static void
fill_rows (PisdSecondOrder *self, const PisdSettings *settings)
{
  gsize row = 0;

  for (guint f = 0; f < 2; f++)
    {
      const double *values = pisd_observation_get_values (self->sensors[f]);
      const double *sd = pisd_observation_get_sd (self->sensors[f]);
      double tail = pisd_representation_get_tail_variance (self->representation, f);
      double kept = pisd_representation_get_kept_variance (self->representation, f);

      for (gsize i = 0; i < self->n_sensors[f]; i++, row++)
        {
          self->y[row] = values[i];
          self->variance[row] = sd[i] * sd[i] + tail;
          self->diagonal[row] = kept;
        }
    }
  for (gsize i = 0; i < self->n_equation; i++, row++)
    {
      double sd = MAX (settings->pde_sd, HARD);

      self->variance[row] = sd * sd;
      self->diagonal[row] = 2.0;
    }
}

/* Its tables are the conditioning. */
static void
init_conditioned (PisdSecondOrder *self, const PisdSettings *settings, const PisdSensors *sensors)
{
}

static void
allocate_products (PisdSecondOrder *self)
{
  self->y = g_new0 (double, self->n_rows);
  self->variance = g_new (double, self->n_rows);
  self->diagonal = g_new (double, self->n_rows);
  self->joint = g_new (double, self->n_joint);
  self->adjoint = g_new0 (double, self->n_joint);
  self->z = g_new (double, self->n);
  self->cz = g_new (double, self->n);
  self->residual = g_new (double, self->n_rows);
  self->direction = g_new (double, self->n_rows);
  self->product = g_new (double, self->n_rows);
  self->preconditioned = g_new (double, self->n_rows);
  self->lambda = g_new (double, self->n_rows);
}

static void
init_products (PisdSecondOrder *self, const PisdSettings *settings, const PisdSensors *sensors)
{
  gboolean is_obeyed = pisd_method_get_space (settings->space)->obeys_equation
                       || pisd_method_get_covariance (settings->covariance)->obeys_equation;

  self->n = pisd_representation_get_n (self->representation);
  self->n_joint = pisd_representation_get_n_joint (self->representation);
  self->n_a = pisd_representation_get_offset (self->representation, 1, NULL);
  for (guint f = 0; f < 2; f++)
    {
      self->sensors[f] = pisd_observation_new (self->representation, f, sensors);
      self->n_sensors[f] = pisd_observation_get_n (self->sensors[f]);
    }
  self->n_equation = is_obeyed ? 0 : self->n_joint - self->n_a;
  self->n_rows = self->n_sensors[0] + self->n_sensors[1] + self->n_equation;
  allocate_products (self);
  fill_rows (self, settings);
}

/* By what the settings need. */
static const SecondOrderOps products = { init_products, correct_by_products, pull_by_products };
static const SecondOrderOps closed_form = { init_conditioned, correct_closed_form,
                                            pull_closed_form };
static const SecondOrderOps systems = { init_conditioned, correct_by_systems, pull_by_systems };

static const SecondOrderOps *
find_ops (const PisdSettings *settings)
{
  if (!pisd_settings_need_conditioning (settings))
    return &products;
  return pisd_settings_need_systems (settings) ? &systems : &closed_form;
}

PisdSecondOrder *
pisd_second_order_new (PisdRepresentation *representation,
                       PisdDenoiser *denoiser,
                       const PisdSettings *settings,
                       const PisdSensors *sensors,
                       PisdConditioning *conditioning)
{
  PisdSecondOrder *self = g_new0 (PisdSecondOrder, 1);

  self->representation = representation;
  self->fields =
      pisd_operator_get (pisd_representation_get_equation (representation)->problem)->fields;
  self->denoiser = denoiser;
  self->covariance = covariance_table[settings->covariance];
  self->conditioning = conditioning;
  self->ops = find_ops (settings);
  self->ops->init (self, settings, sensors);
  return self;
}

void
pisd_second_order_free (PisdSecondOrder *self)
{
  if (self == NULL)
    return;
  pisd_observation_free (self->sensors[0]);
  pisd_observation_free (self->sensors[1]);
  g_free (self->y);
  g_free (self->variance);
  g_free (self->diagonal);
  g_free (self->joint);
  g_free (self->adjoint);
  g_free (self->z);
  g_free (self->cz);
  g_free (self->residual);
  g_free (self->direction);
  g_free (self->product);
  g_free (self->preconditioned);
  g_free (self->lambda);
  g_free (self);
}

gboolean
pisd_second_order_correct (PisdSecondOrder *self, double sigma, const double *x, double *m)
{
  return self->ops->correct (self, sigma, x, m);
}

gboolean
pisd_second_order_has_term (const PisdSecondOrder *self, PisdTerm term)
{
  return (self->conditioning != NULL ? count_sites (self, term) : count_rows (self, term)) > 0;
}

gboolean
pisd_second_order_pull (PisdSecondOrder *self,
                        double sigma,
                        const double *x,
                        const double *m,
                        PisdTerm term,
                        double *pull)
{
  g_return_val_if_fail (pisd_second_order_has_term (self, term), FALSE);
  return self->ops->pull (self, sigma, x, m, term, pull);
}
