/* The convolutional network of the diffusion lab: its gradient, its bits, what it is told. */
#include "pisd-diffuser-plan.h"
#include "pisd-diffuser-training.h"
#include "pisd-error.h"
#include "pisd-estimator.h"
#include "pisd-network.h"
#include "pisd-test.h"

#include <string.h>

#define SIDE 8
#define N_PIXELS (SIDE * SIDE)
#define N_LABELS 3
#define N_TIMES 20
#define N_STATES 5
/* Of a difference quotient in single precision. */
#define STEP 3e-2

/* A network with parameters, of which none is zero. */
typedef struct
{
  PisdProcess *process;
  PisdDiffuser *diffuser;
  gsize n_parameters, n_values;
  double *parameters;
} Fixture;

static void
set_up (Fixture *self, gboolean learns_variance)
{
  const PisdDiffuserShape shape = { .kind = PISD_DIFFUSER_CONVOLUTION,
                                    .dimension = N_PIXELS,
                                    .side = SIDE,
                                    .n_labels = N_LABELS,
                                    .n_features = PISD_NETWORK_FEATURES,
                                    .width = 16,
                                    .n_hidden = 1,
                                    .learns_variance = learns_variance };
  g_autofree double *noise = NULL;

  self->process = pisd_process_new (PISD_PROCESS_COSINE, N_TIMES);
  self->diffuser = pisd_diffuser_new (&shape, self->process);
  self->n_parameters = pisd_diffuser_get_n_parameters (self->diffuser);
  self->n_values = N_PIXELS * (learns_variance ? 2 : 1);
  self->parameters = g_new (double, self->n_parameters);
  pisd_diffuser_fill (self->diffuser, 5, self->parameters);
  noise = test_random (self->n_parameters, 1);
  for (gsize k = 0; k < self->n_parameters; k++)
    self->parameters[k] += 0.1 * noise[k];
}

static void
tear_down (Fixture *self)
{
  pisd_diffuser_free (self->diffuser);
  pisd_process_free (self->process);
  g_free (self->parameters);
}

static double
dot (gsize n, const double *a, const double *b)
{
  double sum = 0.0;

  for (gsize k = 0; k < n; k++)
    sum += a[k] * b[k];
  return sum;
}

/* <weights, outputs> at parameters + step direction. */
static double
get_product (const Fixture *self,
             PisdDiffuserPass *pass,
             double step,
             const double *direction,
             const double *x,
             const double *weights)
{
  static const guint times[N_STATES] = { 1, 20, 7, 3, 12 };
  static const guint labels[N_STATES] = { 0, 2, PISD_NO_LABEL, 1, 1 };
  g_autofree double *at = g_new (double, self->n_parameters);

  for (gsize k = 0; k < self->n_parameters; k++)
    at[k] = self->parameters[k] + step * direction[k];
  return dot (N_STATES * self->n_values, weights,
              pisd_diffuser_pass_forward (pass, at, N_STATES, x, times, labels));
}

/* The gradient along random directions is that of central differences, of fourth order. */
static void
test_gradient (gconstpointer learns_variance)
{
  Fixture self;
  PisdDiffuserPass *pass;
  g_autofree double *x = test_random (N_STATES * N_PIXELS, 2);
  g_autofree double *weights = NULL;
  g_autofree double *gradient = NULL;

  set_up (&self, GPOINTER_TO_INT (learns_variance));
  pass = pisd_diffuser_pass_new (self.diffuser, N_STATES);
  weights = test_random (N_STATES * self.n_values, 3);
  gradient = g_new0 (double, self.n_parameters);
  for (guint lane = 10; lane < 13; lane++)
    {
      g_autofree double *direction = test_random (self.n_parameters, lane);
      double near, far, got;

      for (gsize k = 0; k < self.n_parameters; k++)
        direction[k] /= sqrt ((double) self.n_parameters);
      near = get_product (&self, pass, STEP, direction, x, weights)
             - get_product (&self, pass, -STEP, direction, x, weights);
      far = get_product (&self, pass, 2.0 * STEP, direction, x, weights)
            - get_product (&self, pass, -2.0 * STEP, direction, x, weights);
      get_product (&self, pass, 0.0, direction, x, weights);
      memset (gradient, 0, self.n_parameters * sizeof (double));
      pisd_diffuser_pass_backward (pass, self.parameters, weights, gradient);
      got = dot (self.n_parameters, gradient, direction);
      g_test_message ("gradient %g, differences %g", got, (8.0 * near - far) / (12.0 * STEP));
      test_assert_close (
          got, (8.0 * near - far) / (12.0 * STEP),
          2e-3 * sqrt (dot (self.n_parameters, gradient, gradient) / (double) self.n_parameters));
    }
  pisd_diffuser_pass_free (pass);
  tear_down (&self);
}

/* A state's bits are the same in whatever company it is; its label and its time matter. */
static void
test_company (void)
{
  Fixture self;
  PisdDiffuserPass *many, *one;
  g_autofree double *x = test_random (40 * N_PIXELS, 2);
  guint times[40], labels[40];
  const double *all;

  set_up (&self, TRUE);
  many = pisd_diffuser_pass_new (self.diffuser, 40);
  one = pisd_diffuser_pass_new (self.diffuser, 1);
  for (guint i = 0; i < 40; i++)
    {
      times[i] = 1 + i % N_TIMES;
      labels[i] = i % N_LABELS;
    }
  all = pisd_diffuser_pass_forward (many, self.parameters, 40, x, times, labels);
  for (guint i = 0; i < 40; i += 13)
    {
      const gsize n = self.n_values * sizeof (double);
      guint label = labels[i], time = times[i];
      const double *alone =
          pisd_diffuser_pass_forward (one, self.parameters, 1, x + i * N_PIXELS, &time, &label);

      g_assert_cmpmem (alone, n, all + i * self.n_values, n);
      label = (label + 1) % N_LABELS;
      alone = pisd_diffuser_pass_forward (one, self.parameters, 1, x + i * N_PIXELS, &time, &label);
      g_assert_cmpint (memcmp (alone, all + i * self.n_values, n), !=, 0);
      time = time % N_TIMES + 1;
      alone =
          pisd_diffuser_pass_forward (one, self.parameters, 1, x + i * N_PIXELS, &time, &labels[i]);
      g_assert_cmpint (memcmp (alone, all + i * self.n_values, n), !=, 0);
    }
  pisd_diffuser_pass_free (many);
  pisd_diffuser_pass_free (one);
  tear_down (&self);
}

/* The bits do not depend on the number of threads; the loss falls from that of a network that says
 * nothing, which is the variance of v, 1. */
static void
test_training (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  g_autoptr (PisdDiffuserTraining) one = NULL;
  g_autoptr (PisdDiffuserTraining) two = NULL;
  PisdDiffuserPlan plan;
  double loss = 0.0;
  gsize n;

  pisd_diffuser_plan_init (&plan, PISD_LAB_DIGITS_8);
  pisd_diffuser_plan_set_kind (&plan, PISD_LAB_DIGITS_8, PISD_DIFFUSER_CONVOLUTION);
  plan.batch = 70;
  plan.learns_variance = TRUE;
  one = pisd_diffuser_training_new (&plan, data, 1, NULL);
  two = pisd_diffuser_training_new (&plan, data, 2, NULL);
  n = pisd_diffuser_get_n_parameters (pisd_diffuser_training_get_diffuser (one));
  for (guint i = 0; i < 15; i++)
    {
      loss = pisd_diffuser_training_step (one, 1);
      g_assert_cmpfloat (loss, ==, pisd_diffuser_training_step (two, 2));
      if (i == 0)
        test_assert_close (loss, 1.0, 0.05);
    }
  g_assert_cmpfloat (loss, <, 0.95);
  g_assert_cmpmem (pisd_diffuser_training_get_average (one), n * sizeof (double),
                   pisd_diffuser_training_get_average (two), n * sizeof (double));
}

/* Sines and cosines of the noise level, whose squares add up to 1. */
static void
test_embedding (void)
{
  const guint half = PISD_NETWORK_FEATURES / 2;
  double features[PISD_NETWORK_FEATURES];
  Fixture self;

  set_up (&self, FALSE);
  for (guint t = 0; t <= N_TIMES; t++)
    {
      pisd_diffuser_embed (self.diffuser, t, features);
      for (guint k = 0; k < half; k++)
        test_assert_close (features[k] * features[k] + features[half + k] * features[half + k], 1.0,
                           1e-5);
      if (t > 0)
        test_assert_close (features[half - 1],
                           sin (G_PI * log (self.process->rest[t] / self.process->abar[t])), 1e-4);
    }
  tear_down (&self);
}

/* What is not there is said. */
static void
check_refused (PisdDiffuserPlan plan, PisdLabDataId id, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (pisd_diffuser_plan_check (&plan, id, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_refused (void)
{
  PisdDiffuserPlan plan;

  pisd_diffuser_plan_init (&plan, PISD_LAB_FIELDS);
  g_assert_true (pisd_diffuser_plan_check (&plan, PISD_LAB_FIELDS, NULL));
  plan.latent = PISD_LATENT_COSINE;
  g_assert_true (pisd_diffuser_plan_check (&plan, PISD_LAB_FIELDS, NULL));
  check_refused (plan, PISD_LAB_RING, "latent: got cosine for the points of ring, expected ");
  pisd_diffuser_plan_set_kind (&plan, PISD_LAB_FIELDS, PISD_DIFFUSER_CONVOLUTION);
  g_assert_true (pisd_diffuser_plan_check (&plan, PISD_LAB_FIELDS, NULL));
  check_refused (plan, PISD_LAB_MOONS, "network: got convolution for the points of moons, ");
  plan.width = 24;
  check_refused (plan, PISD_LAB_FIELDS, "a width of 24 channels, expected a multiple of 16 up to ");
  plan.n_latents = 7;
  check_refused (plan, PISD_LAB_FIELDS, "convolution with 7 latents, expected perceptron, ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/lab/diffuser-convolution/gradient", GINT_TO_POINTER (FALSE),
                        test_gradient);
  g_test_add_data_func ("/lab/diffuser-convolution/gradient-of-two", GINT_TO_POINTER (TRUE),
                        test_gradient);
  g_test_add_func ("/lab/diffuser-convolution/company", test_company);
  g_test_add_func ("/lab/diffuser-convolution/training", test_training);
  g_test_add_func ("/lab/diffuser-convolution/embedding", test_embedding);
  g_test_add_func ("/lab/diffuser-convolution/refused", test_refused);
  return g_test_run ();
}
