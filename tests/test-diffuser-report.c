/* How good samples are: beside sums over all pairs, and samples whose labels are known. */
#include "pisd-diffuser-report.h"

#include "pisd-estimator.h"

#include "pisd-test.h"

#define N 30
#define N_SETS 6
#define SEED 3

/* Mean distance of all pairs. */
static double
get_mean (const double *x, const double *y)
{
  double sum = 0.0;

  for (guint i = 0; i < N; i++)
    for (guint j = 0; j < N; j++)
      sum += hypot (x[2 * i] - y[2 * j], x[2 * i + 1] - y[2 * j + 1]) / (N * N);
  return sum;
}

/* 2 E|X - Y| - E|X - X'| - E|Y - Y'|, a mean over the even sets of fresh data; those beside them,
 * the odd ones, are what fresh data have. */
static void
test_energy (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  g_autofree double *x = test_random (2 * N, 1);
  double a[2 * N], b[2 * N], samples = 0.0, unbiased = 0.0, fresh = 0.0;
  PisdDiffuserReport report;

  for (guint k = 0; k < N_SETS; k++)
    {
      pisd_lab_data_draw (data, SEED, PISD_LAB_FRESH + 2 * k * N, N, a, NULL);
      pisd_lab_data_draw (data, SEED, PISD_LAB_FRESH + (2 * k + 1) * N, N, b, NULL);
      samples += (2.0 * get_mean (x, a) - get_mean (x, x) - get_mean (a, a)) / N_SETS;
      fresh += (2.0 * get_mean (b, a) - get_mean (b, b) - get_mean (a, a)) / N_SETS;
      unbiased +=
          (2.0 * get_mean (x, a) - (get_mean (x, x) + get_mean (a, a)) * N / (N - 1.0)) / N_SETS;
    }
  g_assert_true (pisd_diffuser_report_init (&report, data, SEED, N, x, NULL, 1, NULL));
  g_assert_cmpuint (report.n, ==, N);
  test_assert_close (report.samples.of_sets, samples, 1e-12);
  test_assert_close (report.samples.unbiased, unbiased, 1e-12);
  test_assert_close (report.fresh.of_sets, fresh, 1e-12);
  g_assert_true (isnan (report.width) && isnan (report.fresh_width));
  g_assert_true (isnan (report.agreement) && isnan (report.fresh_agreement));
}

/* Two samples of a label at a distance of 1, two of another at 3, a lone one, which has none: the
 * mean is that of the four. */
static void
test_width (void)
{
  static const double x[10] = { 0.0, 0.0, 1.0, 0.0, 5.0, 0.0, 5.0, 3.0, 9.0, 9.0 };
  static const guint labels[5] = { 0, 0, 1, 1, 2 };
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_RING, NULL, NULL);
  PisdDiffuserReport report;

  g_assert_true (pisd_diffuser_report_init (&report, data, SEED, 5, x, labels, 1, NULL));
  test_assert_close (report.width, (2.0 * 1.0 + 2.0 * 3.0) / 4.0, 1e-14);
}

/* The middle of a Gaussian of the ring has neighbours of its label alone, and the wrong part of
 * labels is the part that is wrong. */
static void
test_agreement (void)
{
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_RING, NULL, NULL);
  double x[400];
  guint labels[200];
  PisdDiffuserReport report;

  for (guint i = 0; i < 200; i++)
    {
      labels[i] = i % data->n_labels;
      for (guint k = 0; k < 2; k++)
        x[2 * i + k] = data->mixture.parts[labels[i]].mean[k];
    }
  g_assert_true (pisd_diffuser_report_init (&report, data, SEED, 200, x, labels, 1, NULL));
  g_assert_cmpfloat (report.agreement, ==, 1.0);
  g_assert_cmpfloat (report.fresh_agreement, >, 0.95);
  for (guint i = 0; i < 50; i++)
    labels[i] = (labels[i] + 1) % data->n_labels;
  g_assert_true (pisd_diffuser_report_init (&report, data, SEED, 200, x, labels, 1, NULL));
  g_assert_cmpfloat (report.agreement, ==, 0.75);
}

/* One label; pictures take turns; points have the labels of fresh points, each about as often. */
static void
test_labels (void)
{
  g_autoptr (PisdLabData) points = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  g_autoptr (PisdLabData) pictures = pisd_lab_data_new (PISD_LAB_DIGITS_8, NULL, NULL);
  guint labels[1000], n = 0;

  pisd_diffuser_choose_labels (points, SEED, 1, 1000, labels);
  for (guint i = 0; i < 1000; i++)
    g_assert_cmpuint (labels[i], ==, 1);
  pisd_diffuser_choose_labels (pictures, SEED, PISD_NO_LABEL, 25, labels);
  for (guint i = 0; i < 25; i++)
    g_assert_cmpuint (labels[i], ==, i % 10);
  pisd_diffuser_choose_labels (points, SEED, PISD_NO_LABEL, 1000, labels);
  for (guint i = 0; i < 1000; i++)
    n += labels[i];
  g_assert_cmpuint (n, >, 500 - 64); /* four standard deviations of 16 */
  g_assert_cmpuint (n, <, 500 + 64);
}

static void
test_cancelled (void)
{
  static const double x[4] = { 0.0, 1.0, 2.0, 3.0 };
  g_autoptr (PisdLabData) data = pisd_lab_data_new (PISD_LAB_MOONS, NULL, NULL);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new ();
  PisdDiffuserReport report;

  pisd_cancel_trigger (cancel);
  g_assert_false (pisd_diffuser_report_init (&report, data, SEED, 2, x, NULL, 1, cancel));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/diffuser-report/energy", test_energy);
  g_test_add_func ("/lab/diffuser-report/width", test_width);
  g_test_add_func ("/lab/diffuser-report/agreement", test_agreement);
  g_test_add_func ("/lab/diffuser-report/labels", test_labels);
  g_test_add_func ("/lab/diffuser-report/cancelled", test_cancelled);
  return g_test_run ();
}
