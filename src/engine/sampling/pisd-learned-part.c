#include "pisd-learned-prior-private.h"

#include <math.h>
#include <string.h>

#include "pisd-whitening.h"

struct _PisdLearnedPart
{
  const PisdLearnedPrior *prior;
  PisdWhitening *whitening;
  PisdNetworkPass *pass; /* all terms at once */
  guint labels[PISD_LEARNED_MOST_TERMS];
  PisdRepresentation
      *others[PISD_LEARNED_MOST_TERMS]; /* NULL where the given one is the term's own */
  PisdDenoiser *linear[PISD_LEARNED_MOST_TERMS];
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

static void
open_terms (PisdLearnedPart *self, PisdRepresentation *representation)
{
  for (guint t = 0; t < self->prior->n_terms; t++)
    {
      const PisdLearnedTerm *term = &self->prior->terms[t];

      self->labels[t] = term->label;
      self->others[t] = pisd_learned_term_view (term, representation);
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
  const float levels[PISD_LEARNED_MOST_TERMS] = { sigma, sigma };

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
