#include "pisd-process.h"

#include "pisd-test.h"

/* abar is the product of 1 - beta, falls, and sums up to one with its rest, for every length. */
static void
test_product (void)
{
  static const guint lengths[] = { 10, 37, 1000 };

  for (guint id = 0; id < PISD_N_PROCESSES; id++)
    for (guint k = 0; k < G_N_ELEMENTS (lengths); k++)
      {
        g_autoptr (PisdProcess) process = pisd_process_new (id, lengths[k]);
        double product = 1.0;

        for (guint t = 1; t <= lengths[k]; t++)
          {
            product *= 1.0 - process->beta[t];
            test_assert_close (process->abar[t] / product, 1.0, 1e-6);
            test_assert_close (process->abar[t] + process->rest[t], 1.0, 1e-15);
            g_assert_cmpfloat (process->abar[t], <, process->abar[t - 1]);
            g_assert_cmpfloat (process->beta[t], >, 0.0);
          }
        g_assert_cmpfloat (process->abar[lengths[k]], <, 2e-3); /* what is left is noise */
      }
}

/* The betas of DDPM and the abar of Nichol and Dhariwal, as those have them. */
static void
test_published (void)
{
  g_autoptr (PisdProcess) linear = pisd_process_new (PISD_PROCESS_LINEAR, 1000);
  g_autoptr (PisdProcess) cosine = pisd_process_new (PISD_PROCESS_COSINE, 1000);
  const double f0 = pow (cos (0.008 / 1.008 * G_PI / 2), 2);

  for (guint t = 1; t < 1000; t++)
    {
      const double f = pow (cos ((t / 1000.0 + 0.008) / 1.008 * G_PI / 2), 2);

      test_assert_close (linear->beta[t], 1e-4 + (t - 1) * (0.02 - 1e-4) / 999.0, 1e-10);
      test_assert_close (cosine->abar[t], f / f0, 1e-10);
    }
}

static double
get_sigmoid (double z)
{
  return 1.0 / (1.0 + exp (-z));
}

static void
test_sigmoid (void)
{
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_SIGMOID, 50);

  for (guint t = 1; t < 50; t++)
    test_assert_close (process->abar[t],
                       (get_sigmoid (3) - get_sigmoid (6.0 * t / 50 - 3))
                           / (get_sigmoid (3) - get_sigmoid (-3)),
                       1e-14);
}

static void
test_times (void)
{
  g_autoptr (PisdProcess) process = pisd_process_new (PISD_PROCESS_COSINE, 1000);
  guint times[1001];

  for (guint n = 1; n <= 1000; n = 2 * n + 1)
    {
      pisd_process_fill_times (process, MIN (n, 1000), times);
      g_assert_cmpuint (times[0], ==, 1000);
      g_assert_cmpuint (times[n], ==, 0);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (times[i], >, times[i + 1]);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lab/process/product", test_product);
  g_test_add_func ("/lab/process/published", test_published);
  g_test_add_func ("/lab/process/sigmoid", test_sigmoid);
  g_test_add_func ("/lab/process/times", test_times);
  return g_test_run ();
}
