#include "pisd-learned-prior-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-bundle.h"
#include "pisd-error.h"
#include "pisd-whitening.h"

/* W: how much wider than the linear denoiser's the covariance is of a network without errors. */
#define WIDTH 3.0

/* What the weights have to be for. */
static void
find_settings (const PisdRepresentation *representation, PisdSettings *settings)
{
  pisd_settings_init_default (settings);
  pisd_settings_set_equation (settings, pisd_representation_get_equation (representation));
  settings->prior = PISD_PRIOR_LEARNED;
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
find_label (const PisdWeights *weights,
            const char *name,
            PisdFamily family,
            guint *label,
            GError **error)
{
  g_autofree char *families = NULL;

  for (*label = 0; *label < weights->shape.n_labels; ++*label)
    if (g_str_equal (weights->families[*label], pisd_family_get_name (family)))
      return TRUE;
  if (family == PISD_FAMILY_ANY)
    return TRUE;
  families = g_strjoinv (", ", weights->families);
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

static void
add_term (PisdLearnedPrior *self,
          const PisdSettings *settings,
          PisdFamily family,
          guint label,
          double weight)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  PisdLearnedTerm *term;

  if (weight == 0.0)
    return;
  term = &self->terms[self->n_terms++];
  *term = (PisdLearnedTerm){ .label = label, .weight = weight, .settings = *settings };
  if (pisd_operator_has_family (row, family))
    term->settings.prior_family = family;
}

/* D = (1 - w) D_any + w D_label, without what has no weight. */
static void
find_terms (PisdLearnedPrior *self,
            const PisdSettings *settings,
            PisdFamily family,
            guint label,
            double class_weight)
{
  const guint any = self->weights->shape.n_labels;
  const double weight = label == any ? 1.0 : class_weight;

  add_term (self, settings, family, label, weight);
  add_term (self, settings, PISD_FAMILY_ANY, any, 1.0 - weight);
}

PisdRepresentation *
pisd_learned_term_view (const PisdLearnedTerm *term, const PisdRepresentation *representation)
{
  const PisdSourcePrior prior = pisd_settings_get_source_prior (&term->settings);

  if (pisd_source_prior_equal (&prior, pisd_representation_get_prior (representation)))
    return NULL;
  return pisd_representation_new_scaled (&term->settings,
                                         pisd_representation_get_normaliser (representation), NULL);
}

static gboolean
load_weights (PisdLearnedPrior *self,
              const PisdLearned *learned,
              const PisdRepresentation *representation,
              GError **error)
{
  g_autoptr (PisdInput) input = open_weights (learned->weights, representation, error);
  const PisdFamily family = pisd_representation_get_prior (representation)->family;
  PisdSettings settings;
  const char *name;
  guint label;

  if (input == NULL)
    return FALSE;
  self->weights = pisd_weights_load_from (input, error);
  if (self->weights == NULL)
    return FALSE;
  name = pisd_input_get_name (input);
  find_settings (representation, &settings);
  if (!pisd_weights_check (self->weights, name, &settings, error)
      || !check_shape (&self->weights->shape, name, representation, error)
      || !find_label (self->weights, name, family, &label, error))
    return FALSE;
  find_terms (self, &settings, family, label, learned->class_weight);
  return TRUE;
}

/* The term's linear denoiser made ready; `own` is that of the representation. */
static gboolean
prepare_term (PisdLearnedTerm *term,
              PisdPrior *own,
              const PisdRepresentation *representation,
              guint n_threads,
              PisdCancel *cancel,
              GError **error)
{
  g_autoptr (PisdRepresentation) other = pisd_learned_term_view (term, representation);

  if (other == NULL)
    term->linear = pisd_prior_ref (own);
  else
    term->linear = pisd_prior_new (PISD_PRIOR_GAUSSIAN, other, n_threads, cancel, error);
  return term->linear != NULL;
}

PisdLearnedPrior *
pisd_learned_prior_new (const PisdLearned *learned,
                        const PisdRepresentation *representation,
                        guint n_threads,
                        PisdCancel *cancel,
                        GError **error)
{
  g_autoptr (PisdLearnedPrior) self = g_new0 (PisdLearnedPrior, 1);

  if (!load_weights (self, learned, representation, error))
    return NULL;
  self->linear = pisd_prior_new (PISD_PRIOR_GAUSSIAN, representation, n_threads, cancel, error);
  if (self->linear == NULL)
    return NULL;
  for (guint t = 0; t < self->n_terms; t++)
    if (!prepare_term (&self->terms[t], self->linear, representation, n_threads, cancel, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
pisd_learned_prior_free (PisdLearnedPrior *self)
{
  if (self == NULL)
    return;
  pisd_weights_free (self->weights);
  pisd_prior_unref (self->linear);
  for (guint t = 0; t < self->n_terms; t++)
    pisd_prior_unref (self->terms[t].linear);
  g_free (self);
}

/* q = sum_k q_k e_k / sum_k e_k with e_k = r_k^2 / (r_k^2 + sigma^2), which is the linear
 * denoiser's mean squared error over sigma^2.
 * The mean squared error of the first term's network over that of its linear denoiser, all modes
 * together; 1 where nothing was measured, and at most. */
static double
get_error_ratio (const PisdLearnedPrior *self,
                 const PisdModes *modes,
                 const double *ratio,
                 double sigma)
{
  const PisdErrorTable *errors = self->weights->errors;
  guint k = self->weights->modes;
  g_autofree double *q = g_new (double, (gsize) k *k);
  double error = 0.0, linear = 0.0;

  if (errors == NULL)
    return 1.0;
  pisd_error_table_get_ratio (errors, self->terms[0].label, sigma, q);
  for (guint i = 0; i < modes->n; i++)
    {
      double r2 = ratio[i] * ratio[i], own = r2 / (r2 + sigma * sigma);

      error += q[modes->ky[i] * k + modes->kx[i]] * own;
      linear += own;
    }
  return linear > 0.0 ? MIN (1.0, error / linear) : 1.0;
}

/*   c = (1 + W (1 - q)) sigma^2 r^2 / (r^2 + sigma^2) / u^2,  or  sigma^2 / (1 + sigma^2) / u^2
 * with r the deviations of the first term's family and u those of the representation's own
 * prior, both in the latent's scales: c is in units of u^2. */
void
pisd_learned_prior_fill_variances (const PisdLearnedPrior *self,
                                   const PisdRepresentation *representation,
                                   PisdCovarianceId covariance,
                                   double sigma,
                                   double *c)
{
  const PisdModes *modes = pisd_representation_get_modes (representation, 0);
  g_autoptr (PisdRepresentation) other = pisd_learned_term_view (&self->terms[0], representation);
  g_autofree double *unit = g_new (double, modes->n);
  g_autofree double *ratio = g_new (double, modes->n);
  gboolean is_own = pisd_method_get_covariance (covariance)->allows_exact;
  double s2 = sigma * sigma, width;

  pisd_representation_fill_ratio (representation, unit);
  pisd_representation_fill_ratio (other != NULL ? other : representation, ratio);
  width = 1.0 + WIDTH * (1.0 - get_error_ratio (self, modes, ratio, sigma));
  for (guint i = 0; i < modes->n; i++)
    {
      double r2 = ratio[i] * ratio[i], unit2 = unit[i] * unit[i];

      if (is_own)
        c[i] = width * s2 / (r2 + s2) * (unit2 > 0.0 ? r2 / unit2 : 1.0);
      else
        c[i] = unit2 > 0.0 ? s2 / (1.0 + s2) / unit2 : 0.0;
    }
}

/* The linear denoiser's representation says all that the network depends on. */
gboolean
pisd_learned_prior_fits (const PisdLearnedPrior *self, const PisdRepresentation *representation)
{
  return pisd_prior_fits (self->linear, PISD_PRIOR_GAUSSIAN, representation);
}
