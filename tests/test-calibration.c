/* Errors in units of the spread, corrected for the number of samples. */

#include <math.h>

#include "pisd-calibration.h"
#include "pisd-rng.h"
#include "pisd-test.h"

#define SIDE 64

typedef struct
{
  PisdField *truth, *mean, *sd, *standardized;
} Fields;

static void
fields_set_up (Fields *f, gconstpointer data)
{
  f->truth = pisd_field_new (SIDE, SIDE);
  f->mean = pisd_field_new (SIDE, SIDE);
  f->sd = pisd_field_new (SIDE, SIDE);
  f->standardized = pisd_field_new (SIDE, SIDE);
}

static void
fields_tear_down (Fields *f, gconstpointer data)
{
  pisd_field_free (f->truth);
  pisd_field_free (f->mean);
  pisd_field_free (f->sd);
  pisd_field_free (f->standardized);
}

static void
test_own_moments (Fields *f, gconstpointer data)
{
  for (gsize k = 0; k < SIDE * SIDE; k++)
    {
      f->truth->data[k] = k % 2 == 0 ? 3.0 : -1.0;
      f->mean->data[k] = 1.0;
      f->sd->data[k] = 0.5;
    }
  f->sd->data[7] = 1e-6; /* has been measured */
  f->truth->data[7] = 100.0;
  test_assert_close (pisd_calibration (f->truth, f->mean, f->sd, 0, f->standardized), 4.0, 1e-14);
  g_assert_cmpfloat (f->standardized->data[0], ==, 4.0);
  g_assert_cmpfloat (f->standardized->data[1], ==, -4.0);
  g_assert_true (isnan (f->standardized->data[7]));
}

/* The truth is drawn as each of the samples: the spread is right, however few they are. */
static void
draw (Fields *f, guint n)
{
  g_autofree double *v = test_random ((n + 1) * SIDE * SIDE, n);

  for (gsize k = 0; k < SIDE * SIDE; k++)
    {
      const double *x = v + k * (n + 1);
      double sum = 0, squares = 0;

      f->truth->data[k] = x[n];
      for (guint s = 0; s < n; s++)
        sum += x[s];
      f->mean->data[k] = sum / n;
      for (guint s = 0; s < n; s++)
        squares += pow (x[s] - f->mean->data[k], 2);
      f->sd->data[k] = sqrt (squares / (n - 1));
    }
}

static void
test_samples (Fields *f, gconstpointer data)
{
  static const guint counts[] = { 8, 16, 64 };

  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    {
      draw (f, counts[i]);
      test_assert_close (pisd_calibration (f->truth, f->mean, f->sd, counts[i], NULL), 1.0, 0.05);
    }
}

/* The ratio of four to the distribution's own is that of the formula: sqrt (1.25 * 3 / 1). */
static void
test_few (Fields *f, gconstpointer data)
{
  double own;

  draw (f, 4);
  own = pisd_calibration (f->truth, f->mean, f->sd, 0, NULL);
  test_assert_close (own / pisd_calibration (f->truth, f->mean, f->sd, 4, NULL), sqrt (3.75),
                     1e-12);
  for (guint n = 1; n < PISD_CALIBRATION_LEAST; n++)
    g_assert_true (isnan (pisd_calibration (f->truth, f->mean, f->sd, n, NULL)));
}

static void
test_no_spread (Fields *f, gconstpointer data)
{
  g_assert_true (isnan (pisd_calibration (f->truth, f->mean, f->sd, 0, f->standardized)));
  g_assert_true (isnan (f->standardized->data[0]));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, function) \
  g_test_add ("/base/calibration/" path, Fields, NULL, fields_set_up, function, fields_tear_down)
  ADD ("own-moments", test_own_moments);
  ADD ("samples", test_samples);
  ADD ("few", test_few);
  ADD ("no-spread", test_no_spread);
  return g_test_run ();
}
