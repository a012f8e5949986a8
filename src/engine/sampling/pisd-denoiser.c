#include "pisd-denoiser.h"

#include <string.h>

#include "pisd-diagonal-prior.h"
#include "pisd-frames-prior.h"
#include "pisd-gaussian-prior.h"
#include "pisd-learned-prior.h"

typedef struct
{
  void (*denoise) (PisdDenoiser *self, double sigma, const double *x, double *m);
  void (*vjp) (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out);
} DenoiserOps;

struct _PisdDenoiser
{
  const DenoiserOps *ops;
  PisdRepresentation *representation;
  PisdPrior *prior;
  double *xi;            /* [n_a] scratch; of frames, [n] */
  double *scratch;       /* [2, n_a] of the prior's blocks; of frames, [2, n] */
  PisdLearnedPart *part; /* of a learned prior */
};

/* How a prior is made ready and what its denoiser is. */
typedef struct
{
  /* NULL: nothing is costly, or cancelled, or failed. */
  gpointer (*prepare) (const PisdLearned *learned,
                       const PisdRepresentation *representation,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error);
  /* `tables`: NULL where the prior was made ready for latents of another kind. */
  gboolean (*fits) (gconstpointer tables, const PisdRepresentation *representation);
  void (*release) (gpointer tables);
  void (*init) (PisdDenoiser *denoiser); /* chooses its ops, allocates its scratch */
} PriorOps;

struct _PisdPrior
{
  gint ref_count;
  PisdPriorId id;
  char *weights;       /* as it was told, ... */
  double class_weight; /* ... whether or not it looked */
  const PriorOps *ops;
  gpointer tables;
};

/* Gaussian, joint latent: m = B (sigma^2 I + B'B)^-1 B' x, B = [I; R] S.  The state is seen from
 * the source's modes, shrunk there, and the solution's modes follow from the source's. */
static void
gaussian_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  gsize n_a = pisd_representation_get_modes (self->representation, 0)->n;

  pisd_representation_solve_adjoint (self->representation, x + n_a, self->xi);
  for (gsize i = 0; i < n_a; i++)
    self->xi[i] += x[i];
  pisd_gaussian_prior_shrink (self->prior->tables, sigma, self->xi, self->scratch);
  memcpy (m, self->xi, n_a * sizeof (double));
  pisd_representation_solve (self->representation, self->xi, m + n_a);
}

/* D is linear and symmetric: its own transpose. */
static void
gaussian_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  gaussian_denoise (self, sigma, v, out);
}

static const DenoiserOps gaussian_ops = { gaussian_denoise, gaussian_vjp };

/* Gaussian, decoupled latent: m = x / (1 + sigma^2), because its modes are independent unit
 * normals. */
static void
isotropic_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  gsize n = pisd_representation_get_n (self->representation);
  double shrink = 1.0 / (1.0 + sigma * sigma);

  for (gsize i = 0; i < n; i++)
    m[i] = shrink * x[i];
}

static void
isotropic_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  isotropic_denoise (self, sigma, v, out);
}

static const DenoiserOps isotropic_ops = { isotropic_denoise, isotropic_vjp };

/* Gaussian, decoupled latent whose scales are not the prior's own. */
static void
diagonal_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  pisd_diagonal_prior_denoise (self->prior->tables, sigma, x, m);
}

static void
diagonal_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  diagonal_denoise (self, sigma, v, out);
}

static const DenoiserOps diagonal_ops = { diagonal_denoise, diagonal_vjp };

/* Gaussian, frames of a flow: m = mu + C (C + sigma^2 I)^-1 (x - mu). */
static void
frames_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  gsize n = pisd_representation_get_n (self->representation);
  const double *mean = pisd_frames_prior_get_mean (self->prior->tables);

  for (gsize i = 0; i < n; i++)
    self->xi[i] = x[i] - mean[i];
  pisd_frames_prior_shrink (self->prior->tables, sigma, self->xi, m, self->scratch);
  for (gsize i = 0; i < n; i++)
    m[i] += mean[i];
}

/* Its Jacobian is symmetric. */
static void
frames_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  pisd_frames_prior_shrink (self->prior->tables, sigma, v, out, self->scratch);
}

static const DenoiserOps frames_ops = { frames_denoise, frames_vjp };

/* A decoupled latent's modes are independent: where they are unit normals there is nothing to make
 * ready. */
static gpointer
decoupled_prepare (const PisdLearned *learned,
                   const PisdRepresentation *representation,
                   guint n_threads,
                   PisdCancel *cancel,
                   GError **error)
{
  return pisd_diagonal_prior_new (representation);
}

static gboolean
decoupled_fits (gconstpointer tables, const PisdRepresentation *representation)
{
  return pisd_diagonal_prior_fits (tables, representation);
}

static void
decoupled_release (gpointer tables)
{
  pisd_diagonal_prior_free (tables);
}

static void
decoupled_init (PisdDenoiser *self)
{
  self->ops =
      pisd_diagonal_prior_fits (NULL, self->representation) ? &isotropic_ops : &diagonal_ops;
}

static gpointer
joint_prepare (const PisdLearned *learned,
               const PisdRepresentation *representation,
               guint n_threads,
               PisdCancel *cancel,
               GError **error)
{
  return pisd_gaussian_prior_new (representation, n_threads, cancel);
}

static gboolean
joint_fits (gconstpointer tables, const PisdRepresentation *representation)
{
  return tables != NULL && pisd_gaussian_prior_fits (tables, representation);
}

static void
joint_release (gpointer tables)
{
  pisd_gaussian_prior_free (tables);
}

static void
joint_init (PisdDenoiser *self)
{
  gsize n_a = pisd_representation_get_modes (self->representation, 0)->n;

  self->ops = &gaussian_ops;
  self->xi = g_new (double, n_a);
  self->scratch = g_new (double, 2 * n_a);
}

static gpointer
frames_prepare (const PisdLearned *learned,
                const PisdRepresentation *representation,
                guint n_threads,
                PisdCancel *cancel,
                GError **error)
{
  return pisd_frames_prior_new (representation, n_threads, cancel, error);
}

static gboolean
frames_fits (gconstpointer tables, const PisdRepresentation *representation)
{
  return tables != NULL && pisd_frames_prior_fits (tables, representation);
}

static void
frames_release (gpointer tables)
{
  pisd_frames_prior_free (tables);
}

static void
frames_init (PisdDenoiser *self)
{
  gsize n = pisd_representation_get_n (self->representation);

  self->ops = &frames_ops;
  self->xi = g_new (double, n);
  self->scratch = g_new (double, 2 * n);
}

/* Networks that correct linear denoisers. */
static void
learned_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  pisd_learned_part_denoise (self->part, sigma, x, m);
}

static void
learned_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  pisd_learned_part_vjp (self->part, sigma, x, v, out);
}

static const DenoiserOps learned_ops = { learned_denoise, learned_vjp };

static gpointer
learned_prepare (const PisdLearned *learned,
                 const PisdRepresentation *representation,
                 guint n_threads,
                 PisdCancel *cancel,
                 GError **error)
{
  return pisd_learned_prior_new (learned, representation, n_threads, cancel, error);
}

static gboolean
learned_fits (gconstpointer tables, const PisdRepresentation *representation)
{
  return tables != NULL && pisd_learned_prior_fits (tables, representation);
}

static void
learned_release (gpointer tables)
{
  pisd_learned_prior_free (tables);
}

static void
learned_init (PisdDenoiser *self)
{
  self->ops = &learned_ops;
  self->part = pisd_learned_part_new (self->prior->tables, self->representation);
}

/* What a latent can be, as its prior sees it. */
typedef enum
{
  KIND_DECOUPLED,
  KIND_JOINT, /* of a linear equation */
  KIND_FRAMES,
  N_KINDS
} Kind;

static const PriorOps prior_table[PISD_N_PRIORS][N_KINDS] = {
  [PISD_PRIOR_GAUSSIAN] = {
      [KIND_DECOUPLED] = { decoupled_prepare, decoupled_fits, decoupled_release, decoupled_init },
      [KIND_JOINT] = { joint_prepare, joint_fits, joint_release, joint_init },
      [KIND_FRAMES] = { frames_prepare, frames_fits, frames_release, frames_init },
  },
  [PISD_PRIOR_LEARNED] = {
      [KIND_DECOUPLED] = { learned_prepare, learned_fits, learned_release, learned_init },
      [KIND_JOINT] = { learned_prepare, learned_fits, learned_release, learned_init },
      [KIND_FRAMES] = { learned_prepare, learned_fits, learned_release, learned_init },
  },
};

static const PriorOps *
find_ops (PisdPriorId id, const PisdRepresentation *representation)
{
  Kind kind = pisd_representation_is_linear (representation) ? KIND_JOINT : KIND_FRAMES;

  if (pisd_method_get_space (pisd_representation_get_space (representation))->obeys_equation)
    kind = KIND_DECOUPLED;
  return &prior_table[id][kind];
}

PisdPrior *
pisd_prior_new (PisdPriorId id,
                const PisdRepresentation *representation,
                guint n_threads,
                PisdCancel *cancel,
                GError **error)
{
  return pisd_prior_new_weighted (id, NULL, representation, n_threads, cancel, error);
}

PisdPrior *
pisd_prior_new_weighted (PisdPriorId id,
                         const PisdLearned *learned,
                         const PisdRepresentation *representation,
                         guint n_threads,
                         PisdCancel *cancel,
                         GError **error)
{
  static const PisdLearned standard = { NULL, 1.0 };
  g_autoptr (PisdPrior) self = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail ((guint) id < PISD_N_PRIORS && representation != NULL, NULL);

  if (learned == NULL)
    learned = &standard;
  self = g_new0 (PisdPrior, 1);
  self->ref_count = 1;
  self->id = id;
  self->weights = g_strdup (learned->weights);
  self->class_weight = learned->class_weight;
  self->ops = find_ops (id, representation);
  self->tables = self->ops->prepare (learned, representation, n_threads, cancel, &failure);
  if (failure != NULL)
    {
      self->ops = NULL;
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return pisd_cancel_check (cancel, "prior", error) ? g_steal_pointer (&self) : NULL;
}

gboolean
pisd_prior_fits (const PisdPrior *self, PisdPriorId id, const PisdRepresentation *representation)
{
  const PriorOps *ops = find_ops (self->id, representation);

  return self->id == id && ops->fits (ops == self->ops ? self->tables : NULL, representation);
}

PisdLearned
pisd_prior_get_learned (const PisdPrior *self)
{
  return (PisdLearned){ self->weights, self->class_weight };
}

gboolean
pisd_learned_equal (const PisdLearned *a, const PisdLearned *b)
{
  return g_strcmp0 (a->weights, b->weights) == 0 && a->class_weight == b->class_weight;
}

void
pisd_prior_fill_variances (const PisdPrior *self,
                           const PisdRepresentation *representation,
                           PisdCovarianceId covariance,
                           double sigma,
                           double *c)
{
  g_return_if_fail (!pisd_method_get_prior (self->id)->is_gaussian);

  pisd_learned_prior_fill_variances (self->tables, representation, covariance, sigma, c);
}

PisdPrior *
pisd_prior_ref (PisdPrior *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_prior_unref (PisdPrior *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  if (self->ops != NULL)
    self->ops->release (self->tables);
  g_free (self->weights);
  g_free (self);
}

PisdDenoiser *
pisd_denoiser_new (PisdPrior *prior, PisdRepresentation *representation)
{
  PisdDenoiser *self;

  g_return_val_if_fail (pisd_prior_fits (prior, prior->id, representation), NULL);

  self = g_new0 (PisdDenoiser, 1);
  self->representation = representation;
  self->prior = pisd_prior_ref (prior);
  find_ops (prior->id, representation)->init (self);
  return self;
}

void
pisd_denoiser_free (PisdDenoiser *self)
{
  if (self == NULL)
    return;
  pisd_learned_part_free (self->part);
  pisd_prior_unref (self->prior);
  g_free (self->xi);
  g_free (self->scratch);
  g_free (self);
}

void
pisd_denoiser_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  self->ops->denoise (self, sigma, x, m);
}

void
pisd_denoiser_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  self->ops->vjp (self, sigma, x, v, out);
}

void
pisd_denoiser_linear_vjp (PisdDenoiser *self, double sigma, const double *v, double *out)
{
  PisdDenoiser *linear = self->part != NULL ? pisd_learned_part_get_linear (self->part) : self;

  linear->ops->vjp (linear, sigma, v, v, out);
}
