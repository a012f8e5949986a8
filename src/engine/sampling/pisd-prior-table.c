/* The table of priors: how each is made ready, and what denoises; part of pisd-denoiser.h. */
#include "pisd-denoiser-private.h"

#include <string.h>

#include "pisd-diagonal-prior.h"
#include "pisd-frames-prior.h"
#include "pisd-gaussian-prior.h"

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

static const PisdDenoiserOps gaussian_ops = { gaussian_denoise, gaussian_vjp };

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

static const PisdDenoiserOps isotropic_ops = { isotropic_denoise, isotropic_vjp };

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

static const PisdDenoiserOps diagonal_ops = { diagonal_denoise, diagonal_vjp };

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

static const PisdDenoiserOps frames_ops = { frames_denoise, frames_vjp };

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

static const PisdDenoiserOps learned_ops = { learned_denoise, learned_vjp };

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

/* What another process says. */
static void
socket_denoise (PisdDenoiser *self, double sigma, const double *x, double *m)
{
  pisd_socket_part_denoise (self->socket, sigma, x, m);
}

static void
socket_vjp (PisdDenoiser *self, double sigma, const double *x, const double *v, double *out)
{
  pisd_socket_part_vjp (self->socket, sigma, x, v, out);
}

static const PisdDenoiserOps socket_ops = { socket_denoise, socket_vjp };

static gpointer
socket_prepare (const PisdLearned *learned,
                const PisdRepresentation *representation,
                guint n_threads,
                PisdCancel *cancel,
                GError **error)
{
  return pisd_socket_prior_new (learned, representation, n_threads, cancel, error);
}

static gboolean
socket_fits (gconstpointer tables, const PisdRepresentation *representation)
{
  return tables != NULL && pisd_socket_prior_fits (tables, representation);
}

static void
socket_release (gpointer tables)
{
  pisd_socket_prior_free (tables);
}

static void
socket_init (PisdDenoiser *self)
{
  self->ops = &socket_ops;
  self->socket = pisd_socket_part_new (self->prior->tables);
}

/* What a latent can be, as its prior sees it. */
typedef enum
{
  KIND_DECOUPLED,
  KIND_JOINT, /* of a linear equation */
  KIND_FRAMES,
  N_KINDS
} Kind;

static const PisdPriorOps prior_table[PISD_N_PRIORS][N_KINDS] = {
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
  [PISD_PRIOR_SOCKET] = {
      [KIND_DECOUPLED] = { socket_prepare, socket_fits, socket_release, socket_init },
      [KIND_JOINT] = { socket_prepare, socket_fits, socket_release, socket_init },
      [KIND_FRAMES] = { socket_prepare, socket_fits, socket_release, socket_init },
  },
};

const PisdPriorOps *
pisd_prior_ops_find (PisdPriorId id, const PisdRepresentation *representation)
{
  Kind kind = pisd_representation_is_linear (representation) ? KIND_JOINT : KIND_FRAMES;

  if (pisd_method_get_space (pisd_representation_get_space (representation))->obeys_equation)
    kind = KIND_DECOUPLED;
  return &prior_table[id][kind];
}
