#include "pisd-denoiser-private.h"

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
  static const PisdLearned standard = { .class_weight = 1.0 };
  g_autoptr (PisdPrior) self = NULL;
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail ((guint) id < PISD_N_PRIORS && representation != NULL, NULL);

  if (learned == NULL)
    learned = &standard;
  self = g_new0 (PisdPrior, 1);
  self->ref_count = 1;
  self->id = id;
  self->learned = *learned;
  self->learned.weights = g_strdup (learned->weights);
  self->learned.socket = g_strdup (learned->socket);
  self->ops = pisd_prior_ops_find (id, representation);
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
  const PisdPriorOps *ops = pisd_prior_ops_find (self->id, representation);

  return self->id == id && ops->fits (ops == self->ops ? self->tables : NULL, representation);
}

PisdLearned
pisd_prior_get_learned (const PisdPrior *self)
{
  return self->learned;
}

gboolean
pisd_learned_equal (const PisdLearned *a, const PisdLearned *b)
{
  return g_strcmp0 (a->weights, b->weights) == 0 && a->class_weight == b->class_weight
         && g_strcmp0 (a->socket, b->socket) == 0 && a->seconds == b->seconds;
}

void
pisd_prior_fill_variances (const PisdPrior *self,
                           const PisdRepresentation *representation,
                           PisdCovarianceId covariance,
                           double sigma,
                           double *c)
{
  g_return_if_fail (pisd_method_get_prior (self->id)->is_learned);

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
  g_free ((char *) self->learned.weights);
  g_free ((char *) self->learned.socket);
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
  pisd_prior_ops_find (prior->id, representation)->init (self);
  return self;
}

void
pisd_denoiser_free (PisdDenoiser *self)
{
  if (self == NULL)
    return;
  pisd_learned_part_free (self->part);
  pisd_socket_part_free (self->socket);
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

void
pisd_denoiser_watch (PisdDenoiser *self, const PisdDenoiserWatch *watch)
{
  if (self->socket != NULL)
    pisd_socket_part_watch (self->socket, watch);
}

GError *
pisd_denoiser_take_failure (PisdDenoiser *self)
{
  return self->socket != NULL ? pisd_socket_part_take_failure (self->socket) : NULL;
}
