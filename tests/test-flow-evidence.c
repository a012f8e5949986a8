/* The evidence of a flow's readings, linearised at their mode, and the prior that is fitted to them:
 * slopes against Fisher's identity, which is that of expectation and maximisation, in the space of
 * the modes; the value against Laplace's approximation; slopes against differences of values that
 * are linearised anew. */
#include <cblas.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-evidence-private.h"
#include "pisd-lapack.h"
#include "pisd-prior-fit.h"
#include "pisd-scatter.h"
#include "pisd-test-flow.h"
#include "pisd-truth.h"

static const PisdLaw law = { 1.5, 12.0, 2.8 };

/* Sensors on the first and on the last frame of a flow of that law. */
static PisdScenario *
make_scenario (guint n_first, guint n_last, double sd)
{
  PisdScenario *scenario = pisd_scenario_new ();
  PisdSettings *settings = &scenario->settings;

  pisd_settings_set_equation (settings, TEST_EQUATION (test_flow_get_problem (), 1e-3));
  settings->instance_flow_law = law;
  settings->instance_seed = 4;
  settings->prior_flow_law = (PisdLaw){ 1.2, 9.0, 2.6 };
  settings->noise_sd = 0.02;
  g_assert_true (pisd_truth_set_random (scenario, NULL));
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_A, n_first, sd, 5);
  pisd_sensors_scatter (scenario->sensors, scenario->instance, PISD_FIELD_U, n_last, sd, 6);
  return scenario;
}

static PisdEvidence *
make_evidence (const PisdEvidence *from, const PisdScenario *scenario)
{
  GError *error = NULL;
  PisdEvidence *evidence = pisd_evidence_new (from, scenario, 0, 1, NULL, &error);

  g_assert_no_error (error);
  return evidence;
}

static PisdEvidenceValue
evaluate (PisdEvidence *evidence, const PisdSettings *settings)
{
  GError *error = NULL;
  PisdEvidenceValue value;

  pisd_evidence_evaluate (evidence, settings, TRUE, NULL, &value, &error);
  g_assert_no_error (error);
  return value;
}

static void
assert_near (double got, double expected, double tolerance)
{
  test_assert_close (got, expected, tolerance * (1.0 + fabs (expected)));
}

/* The linearised posterior of the modes in units of the prior, dense: I + B'B = L L' with B the rows
 * in the noise's units, W = L^-1, and the mean W'W B' y. */
typedef struct
{
  guint n, n_modes;
  double *b, *y; /* [n, modes], [n] in the noise's units */
  double *sd;    /* [n] of the noise */
  double *w;     /* [modes, modes] */
  double *mean;  /* [modes] */
  double log_det;
} Dense;

/* out = W in, or W' in. */
static void
multiply (const Dense *dense, CBLAS_TRANSPOSE transposed, const double *in, double *out)
{
  const int n = (int) dense->n_modes;

  cblas_dgemv (CblasRowMajor, transposed, n, n, 1.0, dense->w, n, in, 1, 0.0, out, 1);
}

static void
factor (Dense *dense)
{
  const guint n = dense->n_modes;
  g_autoptr (PisdTriangle) l = pisd_triangle_new (n);
  g_autofree double *product = g_new (double, (gsize) n *n);

  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, (int) n, (int) n, (int) dense->n, 1.0,
               dense->b, (int) n, dense->b, (int) n, 0.0, product, (int) n);
  for (guint k = 0; k < n; k++)
    memcpy (pisd_triangle_row (l, k), product + (gsize) k * n, sizeof (double) * (k + 1));
  pisd_triangle_add_to_diagonal (l, 1.0);
  g_assert_cmpint (pisd_triangle_cholesky (l, 1, NULL), ==, PISD_TRIANGLE_FACTORED);
  dense->w = g_new0 (double, (gsize) n *n);
  for (gsize k = 0; k < n; k++)
    {
      dense->log_det += 2.0 * log (pisd_triangle_row (l, (guint) k)[k]);
      dense->w[k * n + k] = 1.0;
    }
  pisd_lapack_divide (l, dense->w, 1, NULL);
}

static void
dense_init (Dense *dense, const PisdEvidence *evidence)
{
  const guint n_modes = evidence->modes->n;
  g_autofree double *pulled = g_new0 (double, n_modes);
  g_autofree double *half = g_new (double, n_modes);

  *dense = (Dense){ .n = evidence->n, .n_modes = n_modes };
  dense->b = g_new (double, (gsize) dense->n *n_modes);
  dense->y = g_new (double, dense->n);
  dense->sd = g_new (double, dense->n);
  dense->mean = g_new (double, n_modes);
  for (gsize i = 0; i < dense->n; i++)
    {
      dense->sd[i] = sqrt (evidence->sites[i].variance + evidence->noise_variance);
      dense->y[i] = evidence->y[i] / dense->sd[i];
      for (gsize k = 0; k < n_modes; k++)
        {
          dense->b[i * n_modes + k] =
              evidence->rows[i * n_modes + k] * evidence->scale[k] / dense->sd[i];
          pulled[k] += dense->b[i * n_modes + k] * dense->y[i];
        }
    }
  factor (dense);
  multiply (dense, CblasNoTrans, pulled, half);
  multiply (dense, CblasTrans, half, dense->mean);
}

static void
dense_clear (Dense *dense)
{
  g_free (dense->b);
  g_free (dense->y);
  g_free (dense->sd);
  g_free (dense->w);
  g_free (dense->mean);
}

/* sum_k (E z_k^2 - 1) d log s_k, E z_k^2 = mean_k^2 + sum_i W_ik^2. */
static double
find_law_slope (const Dense *dense, const PisdEvidence *evidence, guint which)
{
  const gsize n = dense->n_modes;
  double sum = 0.0;

  for (gsize k = 0; k < n; k++)
    sum += (pow (dense->mean[k], 2) - 1.0
            + cblas_ddot ((int) n, dense->w + k, (int) n, dense->w + k, (int) n))
           * evidence->slopes[which][k];
  return sum;
}

/* noise_sd^2 sum_i (E e_i^2 / R_i - 1) / R_i, with E e^2 = residual^2 + |W b|^2. */
static double
find_noise_slope (const Dense *dense, const PisdEvidence *evidence)
{
  const int n = (int) dense->n_modes;
  g_autofree double *half = g_new (double, n);
  double sum = 0.0;

  for (guint i = 0; i < dense->n; i++)
    {
      const double *row = dense->b + (gsize) i * dense->n_modes;
      double square = pow (dense->y[i] - cblas_ddot (n, row, 1, dense->mean, 1), 2);

      multiply (dense, CblasNoTrans, row, half);
      square += cblas_ddot (n, half, 1, half, 1);
      sum += (square - 1.0) / pow (dense->sd[i], 2);
    }
  return evidence->noise_variance * sum;
}

/* log p (y | m) + log p (m) - 1/2 log det (I + B'B), with the flow itself at the mode m. */
static double
find_laplace (const Dense *dense, const PisdEvidence *evidence)
{
  const PisdFactors *f = pisd_newton_get_factors (evidence->newton);
  const double misfit = evidence->newton->misfit, n = dense->n;
  double sum = n * misfit * misfit + dense->log_det + n * log (2.0 * G_PI);

  for (guint k = 0; k < f->all->n; k++)
    sum += pow (evidence->newton->mode[k], 2);
  for (guint i = 0; i < dense->n; i++)
    sum += 2.0 * log (dense->sd[i]);
  return -0.5 * sum;
}

static void
test_fisher (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (0, 12, 0.03);
  g_autoptr (PisdEvidence) evidence = make_evidence (NULL, scenario);
  const PisdEvidenceValue value = evaluate (evidence, &scenario->settings);
  Dense dense;

  g_assert_true (pisd_evidence_is_linearised (evidence));
  dense_init (&dense, evidence);
  for (guint s = 0; s < PISD_N_SLOPES; s++)
    assert_near (value.slopes[s], find_law_slope (&dense, evidence, s), 1e-8);
  assert_near (value.slopes[PISD_HYPER_NOISE], find_noise_slope (&dense, evidence), 1e-8);
  g_assert_cmpfloat (value.slopes[PISD_HYPER_MEAN], ==, 0.0);
  g_test_message ("log evidence %.6f, Laplace's %.6f", value.log_evidence,
                  find_laplace (&dense, evidence));
  g_assert_cmpfloat (fabs (value.log_evidence - find_laplace (&dense, evidence)), <, 0.01);
  dense_clear (&dense);
}

/* Where the flow is linearised anew on either side the slopes lack what the linearisation's own
 * change does to log det. */
static void
test_differences (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (10, 30, 0.02);
  const PisdSettings settings = scenario->settings;
  g_autoptr (PisdEvidence) evidence = make_evidence (NULL, scenario);
  const PisdEvidenceValue value = evaluate (evidence, &settings);
  const double step = 0.05;

  for (guint h = 0; h < PISD_N_SLOPES; h++)
    {
      double sides[2];

      for (guint s = 0; s < 2; s++)
        {
          const double before = pisd_hyper_get (&settings, h), by = s == 0 ? -step : step;
          g_autoptr (PisdEvidence) beside = NULL;

          scenario->settings = settings;
          pisd_hyper_set (&scenario->settings, h,
                          pisd_hyper_is_logarithm (h) ? before * exp (by) : before + by);
          beside = make_evidence (evidence, scenario);
          sides[s] = evaluate (beside, &scenario->settings).log_evidence;
        }
      g_test_message ("%s: slope %g, difference %g", pisd_hyper_get_key (&settings, h),
                      value.slopes[h], (sides[1] - sides[0]) / (2.0 * step));
      assert_near (value.slopes[h], (sides[1] - sides[0]) / (2.0 * step), 0.02);
    }
}

/* What is fitted is likelier, and near the law that the flow is of; alpha is told least. */
static void
test_fit (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (0, 120, 0.0);
  g_autoptr (GError) error = NULL;
  PisdPriorFit fit;

  scenario->settings.prior_flow_law = (PisdLaw) PISD_LAW_BENCHMARK_FLOWS;
  scenario->settings.noise_sd = 0.0;
  pisd_prior_fit_compute (scenario, 1, NULL, NULL, NULL, &fit, &error);
  g_assert_no_error (error);
  g_test_message ("log evidence %g from %g, amplitude %g, tau %g, alpha %g",
                  fit.evidence_after.log_evidence, fit.evidence_before.log_evidence,
                  fit.after[PISD_HYPER_AMPLITUDE], fit.after[PISD_HYPER_TAU],
                  fit.after[PISD_HYPER_ALPHA]);
  g_assert_cmpfloat (fit.evidence_after.log_evidence, >, fit.evidence_before.log_evidence + 20.0);
  g_assert_cmpfloat (fabs (fit.evidence_after.ratio - 1.0), <, 0.1);
  g_assert_cmpfloat (fabs (log (fit.after[PISD_HYPER_AMPLITUDE] / law.amplitude)), <, 0.4);
  g_assert_cmpfloat (fabs (log (fit.after[PISD_HYPER_TAU] / law.tau)), <, 0.4);
  g_assert_cmpint (fit.kind[PISD_HYPER_MEAN], ==, PISD_NOT_FITTED);
  g_assert_cmpint (fit.kind[PISD_HYPER_NOISE], ==, PISD_UNTOLD);
  pisd_prior_fit_apply (&fit, &scenario->settings);
  g_assert_true (pisd_settings_check (&scenario->settings, NULL));
  g_assert_cmpfloat (scenario->settings.prior_law.amplitude, ==, 1.0);
}

static void
test_cancelled (void)
{
  g_autoptr (PisdScenario) scenario = make_scenario (0, 12, 0.03);
  PisdCancel *cancel = pisd_cancel_new ();
  g_autoptr (GError) error = NULL;
  PisdPriorFit fit;

  pisd_cancel_trigger (cancel);
  g_assert_false (pisd_prior_fit_compute (scenario, 1, NULL, NULL, cancel, &fit, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
  pisd_cancel_unref (cancel);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/flow-evidence/fisher", test_fisher);
  g_test_add_func ("/flow-evidence/differences", test_differences);
  g_test_add_func ("/flow-evidence/fit", test_fit);
  g_test_add_func ("/flow-evidence/cancelled", test_cancelled);
  return g_test_run ();
}
