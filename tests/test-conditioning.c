#include "pisd-conditioning.h"

#include "pisd-measure.h"
#include "pisd-scatter.h"
#include "pisd-test-posterior.h"

#define S PISD_GRID

typedef struct
{
  PisdScenario *scenario;
  PisdRepresentation *representation;
  PisdConditioning *conditioning;
  PisdReadings *kept; /* H */
  const PisdFactors *factors;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->scenario = case_scenario (data);
  f->representation = pisd_representation_new (&f->scenario->settings, NULL);
  f->conditioning =
      pisd_conditioning_new (NULL, f->representation, f->scenario->sensors, 0, 1, NULL, NULL);
  pisd_conditioning_prepare (f->conditioning, PISD_FACTORS_STEPS | PISD_FACTORS_TAIL, 1, NULL,
                             NULL);
  f->factors = pisd_conditioning_get_factors (f->conditioning);
  f->kept = pisd_readings_new (&f->factors->equation, f->factors->kept, f->factors->scale,
                               f->factors->sites, f->factors->n, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  pisd_readings_free (f->kept);
  pisd_conditioning_free (f->conditioning);
  pisd_representation_free (f->representation);
  pisd_scenario_free (f->scenario);
}

/* out = (c H H' + E) w, by products alone. */
static void
multiply (Fixture *f, double c, const double *w, double *out)
{
  const guint n = f->factors->n;

  for (guint i = 0; i < n; i++)
    {
      out[i] = 0.0;
      for (guint j = 0; j < n; j++)
        {
          gsize at = i >= j ? (gsize) i * n + j : (gsize) j * n + i;

          out[i] += (c * f->factors->a[at] + f->factors->e[at]) * w[j];
        }
    }
}

/* m' = m + c H' w with (c H H' + E) w = y - H m: w is found from the readings of m' - m, since
 * H (m' - m) = c H H' w, and E w = y - H m'. */
static void
test_correct (Fixture *f, gconstpointer data)
{
  static const double cs[] = { 1.0, 0.3, 1e-3 };
  const guint n = f->factors->n, n_kept = f->factors->kept->n;
  const PosteriorCase *c = data;
  double size = test_norm (f->factors->y, n);
  /* without noise on u the covariance of what is discarded spans ten orders of magnitude, and an open mean makes that of
   * what is kept a hundred times as large */
  double tolerance = c->n_u > 0 && c->sd_u == 0.0 ? 1e-4 : c->mean_sd > 0.0 ? 1e-8 : 1e-10;

  for (guint k = 0; k < G_N_ELEMENTS (cs); k++)
    {
      g_autofree double *before = test_random (n_kept, 4);
      g_autofree double *m = test_random (n_kept, 4);
      g_autofree double *left = g_new (double, n);
      g_autofree double *moved = g_new (double, n);
      g_autofree double *w = g_new (double, n);
      g_autofree double *again = g_new (double, n);

      pisd_conditioning_correct (f->conditioning, cs[k], m);
      pisd_readings_apply (f->kept, m, left);
      for (guint i = 0; i < n; i++)
        left[i] = w[i] = f->factors->y[i] - left[i];
      pisd_factors_solve (f->factors->l_tail, w, NULL); /* E^-1 (y - H m') */
      multiply (f, cs[k], w, again);
      pisd_readings_apply (f->kept, before, moved);
      for (guint i = 0; i < n; i++)
        moved[i] = f->factors->y[i] - moved[i] - again[i];
      test_assert_below (test_norm (moved, n) / size, tolerance);
    }
}

/* What is read of the mean, and of every sample, is what was measured, within the noise. */
static void
test_readings (Fixture *f, gconstpointer data)
{
  for (guint lane = 0; lane < 3; lane++)
    {
      g_autoptr (PisdField) a = pisd_field_new (S, S);
      g_autoptr (PisdInstance) instance = NULL;
      g_autoptr (PisdSensors) probes = pisd_sensors_new ();

      if (lane == 0)
        pisd_conditioning_get_mean (f->conditioning, NULL, a);
      else
        pisd_conditioning_sample (f->conditioning, 5, lane, NULL, a);
      instance = pisd_instance_new_from_source (&f->factors->equation, a, NULL, NULL);
      for (guint i = 0; i < f->scenario->sensors->n; i++)
        {
          PisdSensor probe = f->scenario->sensors->items[i];

          probe.sd = 0.0;
          pisd_sensors_add (probes, &probe);
        }
      pisd_sensors_measure (probes, instance, 0);
      for (guint i = 0; i < probes->n; i++)
        {
          const PisdSensor *sensor = &f->scenario->sensors->items[i];

          test_assert_close (probes->items[i].value, sensor->value, 6.0 * sensor->sd + 2e-6);
        }
    }
}

static void
assert_same_mean (PisdConditioning *one, PisdConditioning *two, double tolerance)
{
  g_autoptr (PisdField) a = pisd_field_new (S, S);
  g_autoptr (PisdField) b = pisd_field_new (S, S);

  pisd_conditioning_get_mean (one, NULL, a);
  pisd_conditioning_get_mean (two, NULL, b);
  test_assert_below (pisd_field_relative_error (a, b), tolerance);
}

/* Another one on the same factors says the same; one made of another's differs by rounding; each
 * knows which sensors it is of. */
static void
test_others (Fixture *f, gconstpointer data)
{
  g_autoptr (PisdConditioning) shared = pisd_conditioning_new_shared (f->conditioning);
  g_autoptr (PisdConditioning) from = NULL;
  g_autoptr (PisdConditioning) fresh = NULL;
  PisdSensors *sensors = f->scenario->sensors;

  assert_same_mean (shared, f->conditioning, 0.0);
  g_assert_true (pisd_conditioning_fits (f->conditioning, f->representation, sensors));
  pisd_sensors_edit (sensors)[3].value += 0.01;
  pisd_sensors_edit (sensors)[5].sd += 0.01;
  g_assert_false (pisd_conditioning_fits (f->conditioning, f->representation, sensors));
  from = pisd_conditioning_new (f->conditioning, f->representation, sensors, 0, 1, NULL, NULL);
  fresh = pisd_conditioning_new (NULL, f->representation, sensors, 0, 1, NULL, NULL);
  g_assert_true (pisd_conditioning_fits (from, f->representation, sensors));
  assert_same_mean (from, fresh, 1e-8);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    void (*function) (Fixture *, gconstpointer);
  } tests[] = { { "correct", test_correct },
                { "readings", test_readings },
                { "others", test_others } };

  g_test_init (&argc, &argv, NULL);
  for (guint t = 0; t < G_N_ELEMENTS (tests); t++)
    for (guint c = 0; c < G_N_ELEMENTS (posterior_cases); c++)
      {
        g_autofree char *path = g_strdup_printf ("/posterior/conditioning/%s/%s", tests[t].name,
                                                 posterior_cases[c].path);

        g_test_add (path, Fixture, &posterior_cases[c], set_up, tests[t].function, tear_down);
      }
  return g_test_run ();
}
