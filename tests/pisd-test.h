/* What several tests of the engine need: reproducible vectors and comparisons that say by how much.
 */
#pragma once

#include <math.h>

#include "pisd-instance.h"
#include "pisd-representation.h"
#include "pisd-rng.h"
#include "pisd-scatter.h"

/* Standard normals number `lane` of the test stream. */
static inline double *
test_random (gsize n, guint lane)
{
  double *v = g_new (double, n);

  pisd_rng_fill_normal (20260209, PISD_STREAM_TEST, lane, 0, n, v);
  return v;
}

static inline double
test_dot (const double *a, const double *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += a[i] * b[i];
  return sum;
}

static inline double
test_norm (const double *a, gsize n)
{
  return sqrt (test_dot (a, a, n));
}

/* |a - b| / |b| */
static inline double
test_difference (const double *a, const double *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (a[i] - b[i]) * (a[i] - b[i]);
  return sqrt (sum) / test_norm (b, n);
}

#define test_assert_close(got, expected, tolerance) \
  test_assert_close_at (G_STRLOC, #got, (got), (expected), (tolerance))

static inline void
test_assert_close_at (const char *where,
                      const char *what,
                      double got,
                      double expected,
                      double tolerance)
{
  if (fabs (got - expected) <= tolerance)
    return;
  g_error ("%s: %s: got %.17g, expected %.17g, off by %.3g, allowed %.3g", where, what, got,
           expected, fabs (got - expected), tolerance);
}

#define test_assert_below(got, limit) test_assert_below_at (G_STRLOC, #got, (got), (limit))

static inline void
test_assert_below_at (const char *where, const char *what, double got, double limit)
{
  if (got <= limit)
    return;
  g_error ("%s: %s: got %.6g, expected at most %.6g", where, what, got, limit);
}

/* Poisson and Helmholtz, of one frame a field and linear, come first in the list of equations. */
#define TEST_N_ELLIPTIC 2

/* An equation whose one constant, where it has one, is the wave number. */
#define TEST_EQUATION(problem, wavenumber) (&(PisdEquation){ (problem), { (wavenumber) } })

/* Default settings of a problem with K modes; helmholtz with a wave number that matters. */
static inline PisdSettings
test_settings (PisdProblemId problem, PisdModeSet mode_set, guint modes)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = problem;
  settings.constants[0] = 3.0;
  settings.mode_set = mode_set;
  settings.modes = modes;
  return settings;
}

/* One test for each check and case, at PREFIX/CHECK/CASE.  A case begins with its name. */
typedef struct
{
  const char *name;
  GTestDataFunc function;
} TestCheck;

static inline void
test_add_cases_of (const char *prefix,
                   const TestCheck *checks,
                   guint n_checks,
                   gconstpointer cases,
                   gsize size,
                   guint n_cases)
{
  for (guint i = 0; i < n_checks; i++)
    for (guint c = 0; c < n_cases; c++)
      {
        gconstpointer item = (const char *) cases + c * size;
        const char *const *name = item;
        g_autofree char *path = g_strdup_printf ("%s/%s/%s", prefix, checks[i].name, *name);

        g_test_add_data_func (path, item, checks[i].function);
      }
}

#define test_add_cases(prefix, checks, cases)                                             \
  test_add_cases_of ((prefix), (checks), G_N_ELEMENTS (checks), (cases), sizeof *(cases), \
                     G_N_ELEMENTS (cases))

/* For pisd_cancel_new_polling(): says stop from look number `limit` on, counted from 0. */
typedef struct
{
  guint looks, limit;
} TestTrip;

static inline gboolean
test_trip (gpointer data)
{
  TestTrip *t = data;

  return t->looks++ >= t->limit;
}

/* A random truth. */
static inline PisdInstance *
test_instance (PisdProblemId problem)
{
  g_autoptr (GError) error = NULL;
  PisdInstance *instance =
      pisd_instance_new_random (TEST_EQUATION (problem, 3), PISD_FAMILY_GRF, 7, &error);

  g_assert_no_error (error);
  return instance;
}

/* A field of Poisson's equation, and a sensor on one of its nodes: fields of one frame each, whose
 * nodes are those of Helmholtz's too. */
static inline const PisdFieldInfo *
test_info (PisdFieldId field)
{
  return pisd_problem_find_field (PISD_PROBLEM_POISSON, field);
}

static inline PisdSensor
test_sensor_at_node (const PisdInstance *instance, PisdFieldId field, guint i, guint j, double sd)
{
  return pisd_sensor_at_node (instance, test_info (field), 0, i, j, sd);
}

/* Sensors on and off the grid, on a and on u, some of them on the boundary, with different noise.
 */
static inline PisdSensors *
test_sensors (guint n_each)
{
  PisdSensors *sensors = pisd_sensors_new ();
  g_autofree double *v = test_random (2 * n_each, 77);

  for (guint i = 0; i < 2 * n_each; i++)
    {
      PisdSensor s = { .field = i % 2 == 0 ? PISD_FIELD_A : PISD_FIELD_U };

      s.x = pisd_rng_uniform (5, PISD_STREAM_TEST, 1, i);
      s.y = i % 7 == 3 ? 0.0 : pisd_rng_uniform (5, PISD_STREAM_TEST, 2, i);
      s.t = s.field == PISD_FIELD_A ? 0.0 : 1.0;
      s.value = v[i] * (s.field == PISD_FIELD_A ? 0.3 : 0.01);
      s.sd = i % 3 == 0 ? 0.0 : 0.01;
      pisd_sensors_add (sensors, &s);
    }
  return sensors;
}
