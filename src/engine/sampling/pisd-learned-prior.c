#include "pisd-learned-prior.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-bundle.h"
#include "pisd-error.h"
#include "pisd-weights.h"
#include "pisd-whitening.h"

struct _PisdLearnedPrior
{
  PisdWeights *weights;
  guint label;
};

struct _PisdLearnedPart
{
  PisdWhitening *whitening;
  PisdNetworkPass *pass;
  guint label;
  gsize n;               /* of a latent */
  double *z;             /* [n] scratch */
  double *correction;    /* [n] F there */
  float *input, *output; /* [n_in, side, side], [n_out, side, side] */
  double *newest_x;      /* [n] where the newest forward pass was ... */
  double newest_sigma;   /* ... and 0 where there was none */
};

/* What the weights have to be for. */
static void
find_settings (const PisdRepresentation *representation, PisdSettings *settings)
{
  pisd_settings_init_default (settings);
  pisd_settings_set_equation (settings, pisd_representation_get_equation (representation));
  settings->space = pisd_representation_get_space (representation);
  settings->modes = pisd_representation_get_modes (representation, 0)->support.box;
}

/* Whether the network's grids are those of the latent. */
static gboolean
check_shape (const PisdNetworkShape *shape,
             const char *name,
             const PisdRepresentation *representation,
             GError **error)
{
  g_autoptr (PisdWhitening) whitening = pisd_whitening_new (representation, error);

  if (whitening == NULL)
    return FALSE;
  if (shape->side == pisd_whitening_get_side (whitening)
      && shape->n_in == pisd_whitening_get_n_in (whitening)
      && shape->n_out == pisd_whitening_get_n_out (whitening)
      && !shape->is_periodic == !pisd_whitening_is_periodic (whitening))
    return TRUE;
  return pisd_error_fail (
      error, PISD_ERROR_SHAPE,
      _ ("%s: weights of a network: got %u to %u grids of side %u, expected %u to %u of side %u"),
      name, shape->n_in, shape->n_out, shape->side, pisd_whitening_get_n_in (whitening),
      pisd_whitening_get_n_out (whitening), pisd_whitening_get_side (whitening));
}

/* The label of the prior's family. */
static gboolean
find_label (PisdLearnedPrior *self, const char *name, PisdFamily family, GError **error)
{
  g_autofree char *families = NULL;

  for (guint i = 0; i < self->weights->shape.n_labels; i++)
    if (g_str_equal (self->weights->families[i], pisd_family_get_name (family)))
      {
        self->label = i;
        return TRUE;
      }
  self->label = self->weights->shape.n_labels;
  if (family == PISD_FAMILY_ANY)
    return TRUE;
  families = g_strjoinv (", ", self->weights->families);
  return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                          _ ("%s: weights of a network: got the family %s, expected %s or %s"),
                          name, pisd_family_get_name (family), families,
                          pisd_family_get_name (PISD_FAMILY_ANY));
}

/* The file, or, where none is named, what comes with the program. */
static PisdInput *
open_weights (const char *path, const PisdRepresentation *representation, GError **error)
{
  PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const PisdBundle *bundle = pisd_bundle_find (problem);

  if (path != NULL)
    return pisd_input_open (path, NULL, error);
  if (bundle != NULL)
    return pisd_bundle_open (bundle);
  pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                   _ ("learned prior: got no weights for %s, expected a file of them"),
                   pisd_operator_get (problem)->name);
  return NULL;
}

PisdLearnedPrior *
pisd_learned_prior_new (const char *path, const PisdRepresentation *representation, GError **error)
{
  g_autoptr (PisdLearnedPrior) self = g_new0 (PisdLearnedPrior, 1);
  g_autoptr (PisdInput) input = NULL;
  PisdSettings settings;
  const char *name;

  input = open_weights (path, representation, error);
  if (input == NULL)
    return NULL;
  self->weights = pisd_weights_load_from (input, error);
  if (self->weights == NULL)
    return NULL;
  name = pisd_input_get_name (input);
  find_settings (representation, &settings);
  if (!pisd_weights_check (self->weights, name, &settings, error)
      || !check_shape (&self->weights->shape, name, representation, error)
      || !find_label (self, name, pisd_representation_get_prior (representation)->family, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
pisd_learned_prior_free (PisdLearnedPrior *self)
{
  if (self == NULL)
    return;
  pisd_weights_free (self->weights);
  g_free (self);
}

void
pisd_learned_prior_fill_variances (const PisdLearnedPrior *self,
                                   const PisdRepresentation *representation,
                                   PisdCovarianceId covariance,
                                   double sigma,
                                   double *c)
{
  const PisdModes *modes = pisd_representation_get_modes (representation, 0);
  guint k = self->weights->modes;
  g_autofree double *ratio = g_new (double, modes->n);
  g_autofree double *q = g_new (double, k *k);
  double s2 = sigma * sigma;

  pisd_representation_fill_ratio (representation, ratio);
  pisd_weights_get_error_ratio (self->weights, self->label, sigma, q);
  for (guint i = 0; i < modes->n; i++)
    {
      double r2 = ratio[i] * ratio[i];

      if (covariance == PISD_COVARIANCE_GAUSSIAN)
        c[i] = q[modes->ky[i] * k + modes->kx[i]] * s2 / (r2 + s2);
      else
        c[i] = r2 > 0.0 ? s2 / (1.0 + s2) / r2 : 0.0;
    }
}

PisdLearnedPart *
pisd_learned_part_new (const PisdLearnedPrior *prior, const PisdRepresentation *representation)
{
  PisdLearnedPart *self = g_new0 (PisdLearnedPart, 1);
  const PisdNetworkShape *shape = &prior->weights->shape;
  gsize grid = (gsize) shape->side * shape->side;

  self->n = pisd_representation_get_n (representation);
  self->label = prior->label;
  /* It has been made once: cannot fail. */
  self->whitening = pisd_whitening_new (representation, NULL);
  self->pass = pisd_network_pass_new (shape, pisd_backend_get_default (), 1);
  pisd_network_pass_load (self->pass, prior->weights->parameters);
  self->z = g_new (double, self->n);
  self->correction = g_new (double, self->n);
  self->newest_x = g_new (double, self->n);
  self->input = g_new (float, shape->n_in *grid);
  self->output = g_new (float, shape->n_out *grid);
  return self;
}

void
pisd_learned_part_free (PisdLearnedPart *self)
{
  if (self == NULL)
    return;
  pisd_whitening_free (self->whitening);
  pisd_network_pass_free (self->pass);
  g_free (self->z);
  g_free (self->correction);
  g_free (self->newest_x);
  g_free (self->input);
  g_free (self->output);
  g_free (self);
}

static double
get_c_in (double sigma)
{
  return 1.0 / sqrt (sigma * sigma + 1.0);
}

/* The forward pass at x, unless it was the newest one. */
static void
go_to (PisdLearnedPart *self, double sigma, const double *x)
{
  float level = sigma;

  if (sigma == self->newest_sigma && memcmp (x, self->newest_x, self->n * sizeof (double)) == 0)
    return;
  self->newest_sigma = sigma;
  memcpy (self->newest_x, x, self->n * sizeof (double));
  pisd_whitening_fill_input (self->whitening, get_c_in (sigma), x, self->input);
  pisd_network_pass_forward (self->pass, self->input, &level, &self->label, self->output);
  pisd_whitening_read_output (self->whitening, self->output, self->correction);
}

void
pisd_learned_part_add (PisdLearnedPart *self, double sigma, const double *x, double *m)
{
  double c_out = sigma * get_c_in (sigma);

  go_to (self, sigma, x);
  for (gsize i = 0; i < self->n; i++)
    m[i] += c_out * self->correction[i];
}

void
pisd_learned_part_add_vjp (PisdLearnedPart *self,
                           double sigma,
                           const double *x,
                           const double *v,
                           double *out)
{
  double c_in = get_c_in (sigma), c_out = sigma * c_in;

  go_to (self, sigma, x);
  for (gsize i = 0; i < self->n; i++)
    self->z[i] = c_out * v[i];
  pisd_whitening_fill_output (self->whitening, self->z, self->output);
  pisd_network_pass_vjp (self->pass, self->output, self->input);
  pisd_whitening_add_input_vjp (self->whitening, c_in, self->input, out);
}
