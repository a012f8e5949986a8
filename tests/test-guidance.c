#include "pisd-guidance.h"

#include "pisd-test.h"

#define N_STEPS 100

static PisdRepresentation *
make_representation (PisdSettings *settings)
{
  *settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 24);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    settings->parameters.zeta[t] = 2.0 + t;
  settings->parameters.late_start = 0.8;
  settings->parameters.late_factor = 0.1;
  return pisd_representation_new (settings, NULL);
}

/* Sensors alone at first; then they weigh less and the equation joins. */
static void
test_two_phases (void)
{
  PisdSettings settings;
  g_autoptr (PisdRepresentation) representation = make_representation (&settings);
  g_autoptr (PisdGuidance) dps = pisd_guidance_new (PISD_GUIDANCE_DPS, representation);

  for (guint step = 0; step < N_STEPS; step++)
    {
      gboolean late = step > 80;
      double zeta[PISD_N_TERMS];

      pisd_guidance_get_weights (dps, &settings.parameters, step, N_STEPS, zeta);
      for (guint t = 0; t < PISD_N_TERMS; t++)
        if (t == PISD_TERM_PDE)
          g_assert_cmpfloat (zeta[t], ==, late ? 2.0 + t : 0.0);
        else
          g_assert_cmpfloat (zeta[t], ==, (2.0 + t) * (late ? 0.1 : 1.0));
    }
  g_assert_true (pisd_guidance_uses_gradient (dps));
  g_assert_cmpint (pisd_guidance_get_loss_form (dps), ==, PISD_LOSS_NORM);
}

/* Weights that stay, and methods that have none and move nothing. */
static void
test_constant (void)
{
  PisdSettings settings;
  g_autoptr (PisdRepresentation) representation = make_representation (&settings);
  gsize n = pisd_representation_get_n (representation);

  for (guint id = 0; id < PISD_N_GUIDANCES; id++)
    {
      g_autoptr (PisdGuidance) guidance = pisd_guidance_new (id, representation);
      g_autofree double *gradient = test_random (n, 1);
      g_autofree double *x = g_new0 (double, n);
      gboolean moves = id == PISD_GUIDANCE_DPS || id == PISD_GUIDANCE_PISD;
      double zeta[PISD_N_TERMS];

      g_assert_cmpint (pisd_guidance_uses_gradient (guidance), ==, moves);
      pisd_guidance_apply (guidance, &settings.parameters, gradient, x);
      g_assert_cmpint (test_norm (x, n) > 0.0, ==, moves);
      if (id == PISD_GUIDANCE_DPS)
        continue;
      pisd_guidance_get_weights (guidance, &settings.parameters, 10, N_STEPS, zeta);
      for (guint t = 0; t < PISD_N_TERMS; t++)
        g_assert_cmpfloat (zeta[t], ==, moves ? 2.0 + t : 0.0);
    }
}

/* dps goes down the gradient itself, to the bit. */
static void
test_gradient_step (void)
{
  PisdSettings settings;
  g_autoptr (PisdRepresentation) representation = make_representation (&settings);
  g_autoptr (PisdGuidance) dps = pisd_guidance_new (PISD_GUIDANCE_DPS, representation);
  gsize n = pisd_representation_get_n (representation);
  g_autofree double *gradient = test_random (n, 1);
  g_autofree double *x = test_random (n, 2);
  g_autofree double *before = test_random (n, 2);

  pisd_guidance_apply (dps, &settings.parameters, gradient, x);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpfloat (x[i], ==, before[i] - gradient[i]);
}

/* The first step of Adam is as long as the rate of the mode's frequency, whatever the gradient's
 * size: rate = high + (low - high) / (1 + exp ((|k| - cutoff) / 10)). */
static void
test_adam_step (void)
{
  PisdSettings settings;
  g_autoptr (PisdRepresentation) representation = make_representation (&settings);
  g_autoptr (PisdGuidance) guidance = pisd_guidance_new (PISD_GUIDANCE_PISD, representation);
  const PisdGuidanceParameters *p = &settings.parameters;
  gsize n = pisd_representation_get_n (representation);
  g_autofree double *gradient = test_random (n, 1);
  g_autofree double *x = g_new0 (double, n);

  pisd_guidance_apply (guidance, p, gradient, x);
  for (guint f = 0; f < pisd_representation_get_n_parts (representation); f++)
    {
      const PisdModes *modes = pisd_representation_get_modes (representation, f);
      gsize first = pisd_representation_get_offset (representation, f, NULL);

      for (guint i = 0; i < modes->n; i++)
        {
          double k = hypot (modes->ky[i], modes->kx[i]);
          double share = 1.0 / (1.0 + exp ((k - p->cutoff) / 10.0));
          double rate = p->rate_high + (p->rate_low - p->rate_high) * share;

          test_assert_close (-x[first + i] / copysign (rate, gradient[first + i]), 1.0, 1e-4);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sampling/guidance/two-phases", test_two_phases);
  g_test_add_func ("/sampling/guidance/constant", test_constant);
  g_test_add_func ("/sampling/guidance/gradient-step", test_gradient_step);
  g_test_add_func ("/sampling/guidance/adam-step", test_adam_step);
  return g_test_run ();
}
