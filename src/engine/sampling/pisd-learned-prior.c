#include "pisd-learned-prior.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-bundle.h"
#include "pisd-denoiser.h"
#include "pisd-error.h"
#include "pisd-weights.h"
#include "pisd-whitening.h"

/* A label's own, and "any". */
#define MOST_TERMS 2

/* One of the denoisers that D is a sum of, with its weight there. */
typedef struct
{
  guint label;
  double weight;
  PisdSettings settings; /* of the same latents, with the label's family for their prior */
  PisdPrior *linear;     /* what the network corrects */
} Term;

struct _PisdLearnedPrior
{
  PisdWeights *weights;
  PisdPrior *linear; /* of the representation's family */
  guint n_terms;
  Term terms[MOST_TERMS];
};

struct _PisdLearnedPart
{
  const PisdLearnedPrior *prior;
  PisdWhitening *whitening;
  PisdNetworkPass *pass; /* all terms at once */
  guint labels[MOST_TERMS];
  PisdRepresentation *others[MOST_TERMS]; /* NULL where the given one is the term's own */
  PisdDenoiser *linear[MOST_TERMS];
  gsize n;               /* of a latent */
  gsize n_in, n_out;     /* of one field's grids */
  double *x, *sum;       /* [n] what is denoised, and the sum so far */
  double *z;             /* [n] scratch */
  double *correction;    /* [n] the weighted sum of F there */
  double *boxes;         /* [n_out] scratch */
  double *gain;          /* [n_terms, n] of F at the newest noise level; NULL: 1 */
  float *input, *output; /* [n_terms, n_in], [n_terms, n_out] */
  double *newest_x;      /* [n] where the newest forward pass was ... */
  double newest_sigma;   /* ... and 0 where there was none */
};

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
  Term *term;

  if (weight == 0.0)
    return;
  term = &self->terms[self->n_terms++];
  *term = (Term){ .label = label, .weight = weight, .settings = *settings };
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

/* The same latents, whose prior is the term's family's; NULL where they are that already. */
static PisdRepresentation *
view_term (const Term *term, const PisdRepresentation *representation)
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
prepare_term (Term *term,
              PisdPrior *own,
              const PisdRepresentation *representation,
              guint n_threads,
              PisdCancel *cancel,
              GError **error)
{
  g_autoptr (PisdRepresentation) other = view_term (term, representation);

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

/* The network's mean squared error over that of the linear denoiser, all modes together; 1 where
 * nothing was measured, and at most. */
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
  return MIN (1.0, error / linear);
}

void
pisd_learned_prior_fill_variances (const PisdLearnedPrior *self,
                                   const PisdRepresentation *representation,
                                   PisdCovarianceId covariance,
                                   double sigma,
                                   double *c)
{
  const PisdModes *modes = pisd_representation_get_modes (representation, 0);
  g_autofree double *ratio = g_new (double, modes->n);
  double s2 = sigma * sigma, width;

  pisd_representation_fill_ratio (representation, ratio);
  width = 2.0 - get_error_ratio (self, modes, ratio, sigma);
  for (guint i = 0; i < modes->n; i++)
    {
      double r2 = ratio[i] * ratio[i];

      if (covariance == PISD_COVARIANCE_GAUSSIAN)
        c[i] = width * s2 / (r2 + s2);
      else
        c[i] = r2 > 0.0 ? s2 / (1.0 + s2) / r2 : 0.0;
    }
}

/* The linear denoiser's representation says all that the network depends on. */
gboolean
pisd_learned_prior_fits (const PisdLearnedPrior *self, const PisdRepresentation *representation)
{
  return pisd_prior_fits (self->linear, PISD_PRIOR_GAUSSIAN, representation);
}

static void
open_terms (PisdLearnedPart *self, PisdRepresentation *representation)
{
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      const Term *term = &self->prior->terms[t];

      self->labels[t] = term->label;
      self->others[t] = view_term (term, representation);
      self->linear[t] = pisd_denoiser_new (term->linear, self->others[t] != NULL ? self->others[t]
                                                                                 : representation);
    }
}

PisdLearnedPart *
pisd_learned_part_new (const PisdLearnedPrior *prior, PisdRepresentation *representation)
{
  PisdLearnedPart *self = g_new0 (PisdLearnedPart, 1);
  const PisdNetworkShape *shape = &prior->weights->shape;
  const gsize grid = (gsize) shape->side * shape->side;

  self->prior = prior;
  self->n = pisd_representation_get_n (representation);
  self->n_in = shape->n_in * grid;
  self->n_out = shape->n_out * grid;
  open_terms (self, representation);
  /* It has been made once: cannot fail. */
  self->whitening = pisd_whitening_new (representation, NULL);
  self->pass = pisd_network_pass_new (shape, pisd_backend_get_default (), prior->n_terms);
  pisd_network_pass_load (self->pass, prior->weights->parameters);
  self->x = g_new (double, self->n);
  self->sum = g_new (double, self->n);
  self->z = g_new (double, self->n);
  self->correction = g_new (double, self->n);
  self->newest_x = g_new (double, self->n);
  if (prior->weights->errors != NULL)
    {
      self->boxes = g_new (double, self->n_out);
      self->gain = g_new (double, prior->n_terms * self->n);
    }
  self->input = g_new (float, prior->n_terms * self->n_in);
  self->output = g_new (float, prior->n_terms * self->n_out);
  return self;
}

void
pisd_learned_part_free (PisdLearnedPart *self)
{
  if (self == NULL)
    return;
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      pisd_denoiser_free (self->linear[t]);
      pisd_representation_free (self->others[t]);
    }
  pisd_whitening_free (self->whitening);
  pisd_network_pass_free (self->pass);
  g_free (self->x);
  g_free (self->sum);
  g_free (self->z);
  g_free (self->correction);
  g_free (self->boxes);
  g_free (self->gain);
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

/* sum (+)= weight * values; the first term begins the sum, and 1 leaves its bits. */
static void
add_weighted (gsize n, gboolean is_first, double weight, const double *values, double *sum)
{
  for (gsize i = 0; i < n; i++)
    sum[i] = is_first ? weight * values[i] : sum[i] + weight * values[i];
}

static void
fill_gain (PisdLearnedPart *self, double sigma)
{
  if (self->gain == NULL || sigma == self->newest_sigma)
    return;
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      pisd_error_table_get_gain (self->prior->weights->errors, self->labels[t], sigma, self->boxes);
      pisd_whitening_pack (self->whitening, self->boxes, self->gain + t * self->n);
    }
}

/* z times the gain of a term's output. */
static void
apply_gain (PisdLearnedPart *self, guint term)
{
  const double *gain = self->gain + term * self->n;

  if (self->gain == NULL)
    return;
  for (gsize i = 0; i < self->n; i++)
    self->z[i] *= gain[i];
}

/* correction = sum of weight F over the terms, at the newest forward pass. */
static void
read_outputs (PisdLearnedPart *self)
{
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      pisd_whitening_read_output (self->whitening, self->output + t * self->n_out, self->z);
      apply_gain (self, t);
      add_weighted (self->n, t == 0, self->prior->terms[t].weight, self->z, self->correction);
    }
}

/* The forward pass at x, all terms at once, unless it was the newest one. */
static void
go_to (PisdLearnedPart *self, double sigma, const double *x)
{
  const float levels[MOST_TERMS] = { sigma, sigma };

  if (sigma == self->newest_sigma && memcmp (x, self->newest_x, self->n * sizeof (double)) == 0)
    return;
  fill_gain (self, sigma);
  self->newest_sigma = sigma;
  memcpy (self->newest_x, x, self->n * sizeof (double));
  pisd_whitening_fill_input (self->whitening, get_c_in (sigma), x, self->input);
  for (guint t = 1; t < self->prior->n_terms; t++)
    memcpy (self->input + t * self->n_in, self->input, self->n_in * sizeof (float));
  pisd_network_pass_forward (self->pass, self->input, levels, self->labels, self->output);
  read_outputs (self);
}

void
pisd_learned_part_denoise (PisdLearnedPart *self, double sigma, const double *x, double *m)
{
  const double c_out = sigma * get_c_in (sigma);

  memcpy (self->x, x, self->n * sizeof (double));
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      pisd_denoiser_denoise (self->linear[t], sigma, self->x, self->z);
      add_weighted (self->n, t == 0, self->prior->terms[t].weight, self->z, m);
    }
  go_to (self, sigma, self->x);
  for (gsize i = 0; i < self->n; i++)
    m[i] += c_out * self->correction[i];
}

/* sum += weight (d (c_out F) / dx)' v over the terms. */
static void
add_network_vjp (PisdLearnedPart *self, double sigma, const double *x, const double *v)
{
  const double c_in = get_c_in (sigma), c_out = sigma * c_in;
  const guint n_terms = self->prior->n_terms;

  go_to (self, sigma, x);
  for (guint t = 0; t < n_terms; t++)
    {
      const double factor = self->prior->terms[t].weight * c_out;

      for (gsize i = 0; i < self->n; i++)
        self->z[i] = factor * v[i];
      apply_gain (self, t);
      pisd_whitening_fill_output (self->whitening, self->z, self->output + t * self->n_out);
    }
  pisd_network_pass_vjp (self->pass, self->output, self->input);
  for (guint t = 0; t < n_terms; t++)
    pisd_whitening_add_input_vjp (self->whitening, c_in, self->input + t * self->n_in, self->sum);
}

void
pisd_learned_part_vjp (PisdLearnedPart *self,
                       double sigma,
                       const double *x,
                       const double *v,
                       double *out)
{
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      pisd_denoiser_vjp (self->linear[t], sigma, x, v, self->z);
      add_weighted (self->n, t == 0, self->prior->terms[t].weight, self->z, self->sum);
    }
  add_network_vjp (self, sigma, x, v);
  memcpy (out, self->sum, self->n * sizeof (double));
}

PisdDenoiser *
pisd_learned_part_get_linear (const PisdLearnedPart *self)
{
  return self->linear[0];
}
