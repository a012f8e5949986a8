/* Steps of DDPM and DDIM between any two times, against the algebra of Gaussians. */
#include "pisd-reverse.h"

#include "pisd-test.h"

static const guint pairs[][2] = { { 0, 1 }, { 0, 40 }, { 1, 2 }, { 7, 8 }, { 3, 30 }, { 39, 40 } };

typedef void (*Check) (const PisdProcess *process, guint s, guint t);

static void
check_all (Check check)
{
  for (guint id = 0; id < PISD_N_PROCESSES; id++)
    {
      g_autoptr (PisdProcess) process = pisd_process_new (id, 40);

      for (guint k = 0; k < G_N_ELEMENTS (pairs); k++)
        check (process, pairs[k][0], pairs[k][1]);
    }
}

/* x_s and x_t of one x0 are jointly Gaussian, made by the steps of the process one after the other:
 * conditioning x_s on x_t gives mean and variance. */
static void
check_posterior (const PisdProcess *process, guint s, guint t)
{
  const double x0 = 0.7, xt = -0.4;
  double keep = 1.0, noise = 0.0, mean_s, variance_s, mean_t, variance_t, gain;
  PisdReverse step = pisd_reverse_get (process, s, t, 1.0);

  mean_s = x0;
  variance_s = 0.0;
  for (guint i = 1; i <= s; i++)
    {
      mean_s *= sqrt (1.0 - process->beta[i]);
      variance_s = (1.0 - process->beta[i]) * variance_s + process->beta[i];
    }
  for (guint i = s + 1; i <= t; i++)
    {
      keep *= sqrt (1.0 - process->beta[i]);
      noise = (1.0 - process->beta[i]) * noise + process->beta[i];
    }
  mean_t = keep * mean_s;
  variance_t = keep * keep * variance_s + noise;
  gain = keep * variance_s / variance_t;
  test_assert_close (step.x0 * x0 + step.x * xt, mean_s + gain * (xt - mean_t), 1e-9);
  test_assert_close (step.sd * step.sd, variance_s - gain * keep * variance_s, 1e-9);
  test_assert_close (pisd_reverse_get_beta (process, s, t), noise, 1e-9);
}

static void
test_posterior (void)
{
  check_all (check_posterior);
}

/* Whatever eta is, a step takes the marginal at t to that at s. */
static void
check_marginal (const PisdProcess *process, guint s, guint t)
{
  for (double eta = 0.0; eta <= 1.0; eta += 0.25)
    {
      const PisdReverse step = pisd_reverse_get (process, s, t, eta);

      test_assert_close (step.x0 + step.x * sqrt (process->abar[t]), sqrt (process->abar[s]),
                         1e-12);
      test_assert_close (step.x * step.x * process->rest[t] + step.sd * step.sd, process->rest[s],
                         1e-12);
    }
}

static void
test_marginal (void)
{
  check_all (check_marginal);
}

/* A network that says exactly what it is to say gives x0 back. */
static void
check_predictions (const PisdProcess *process, guint s, guint t)
{
  const double x0 = 0.7, noise = -1.3;
  double x;

  pisd_process_carry (process, t, 1, &x0, &noise, &x);
  for (guint id = 0; id < PISD_N_PREDICTIONS; id++)
    {
      const PisdPredictionTarget target = pisd_prediction_get_target (id, process, t);
      const PisdPredictionEstimate by = pisd_prediction_get_estimate (id, process, t);
      const double said = target.noise * noise + target.x0 * x0;

      test_assert_close (by.x * x + by.output * said, x0,
                         1e-11 * pisd_process_get_sigma (process, t) + 1e-12);
    }
}

static void
test_predictions (void)
{
  check_all (check_predictions);
}

/* Weights of one loss, written for noise and for v, count an error of x0 alike. */
static void
test_weights (void)
{
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 40);

  for (guint t = 1; t <= 40; t++)
    {
      const double snr = pisd_process_get_snr (process, t);

      test_assert_close (pisd_weight_get (PISD_WEIGHT_MIN_SNR, PISD_PREDICT_NOISE, process, t),
                         MIN (snr, 5.0) / snr, 1e-9);
      test_assert_close (pisd_weight_get (PISD_WEIGHT_MIN_SNR, PISD_PREDICT_V, process, t),
                         MIN (snr, 5.0) / (snr + 1.0), 1e-9);
      test_assert_close (pisd_weight_get (PISD_WEIGHT_MIN_SNR, PISD_PREDICT_X0, process, t),
                         MIN (snr, 5.0), 1e-9);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/reverse/posterior", test_posterior);
  g_test_add_func ("/lab/reverse/marginal", test_marginal);
  g_test_add_func ("/lab/reverse/predictions", test_predictions);
  g_test_add_func ("/lab/reverse/weights", test_weights);
  return g_test_run ();
}
