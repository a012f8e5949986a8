/* pisd-newton, against a reference in numpy, closed forms and the gradient of what it minimises. */
#include "pisd-newton.h"

#include "pisd-basis.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-half-plane.h"
#include "pisd-measure.h"
#include "pisd-memory.h"
#include "pisd-test-flow.h"
#include "pisd-vorticity-prior.h"

#define S PISD_GRID

static const PisdNewtonLevel coarse[] = { { { 32, 20, 0.1 }, INFINITY },
                                          { { 32, 20, 0.05 }, 1.0 } };

static PisdProblemId ten, two;

static PisdRepresentation *
represent (PisdProblemId problem)
{
  PisdSettings settings = test_flow_settings (problem, 44);
  g_autoptr (GError) error = NULL;
  PisdRepresentation *r = pisd_representation_new (&settings, &error);

  g_assert_no_error (error);
  return r;
}

static PisdNewton *
climb (PisdProblemId problem, const PisdSensors *sensors, const PisdNewtonLevel *levels, guint n)
{
  g_autoptr (PisdRepresentation) r = represent (problem);
  g_autoptr (GError) error = NULL;
  PisdNewton *newton =
      pisd_newton_new (NULL, r, sensors, levels, n, PISD_FACTORS_MEAN, 2, NULL, &error);

  g_assert_no_error (error);
  return newton;
}

/* Coefficients of the mode, and of the last rung's mean before the flow corrects it. */
static double *
get_mode (const PisdNewton *newton)
{
  double *box = g_new (double, S *S);

  pisd_newton_place (pisd_newton_get_factors (newton), newton->mode, box);
  return box;
}

static double *
get_mean (const PisdNewton *newton)
{
  const PisdFactors *f = pisd_newton_get_factors (newton);
  g_autofree double *z = g_new (double, f->all->n);
  double *box = g_new (double, S *S);

  g_assert_true (pisd_factors_get_mean (f, NULL, z));
  pisd_newton_place (f, z, box);
  return box;
}

static double *
synthesize (const double *box)
{
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  double *grid = g_new (double, S *S);

  pisd_transform_synthesize (transform, box, grid);
  return grid;
}

/* Error against the true w0. */
static double
measure_error (const double *box)
{
  g_autoptr (PisdArray) w = test_read_golden ("navier-stokes-00.npz", "w");
  g_autofree double *grid = synthesize (box);

  return test_difference (grid, w->data, S * S);
}

/* A mean on the nodes of a coarser grid that the benchmark's has too. */
static void
check_golden (const double *box, const char *name, guint size)
{
  g_autoptr (PisdArray) expected = test_read_golden ("navier-stokes-mode.npz", name);
  g_autofree double *grid = synthesize (box), *got = g_new (double, size *size);

  for (guint p = 0; p < size * size; p++)
    got[p] = grid[p / size * (S / size) * S + p % size * (S / size)];
  test_assert_below (test_difference (got, expected->data, size * size), 1e-6);
}

/* 500 readings of the last frame: the reference after the same two steps, and its error. */
static void
test_coarse (void)
{
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 500);
  g_autoptr (PisdNewton) newton = climb (two, sensors, coarse, G_N_ELEMENTS (coarse));
  g_autofree double *mean = get_mean (newton);

  check_golden (mean, "mode_32", 32);
  test_assert_close (measure_error (mean), 0.1044, 1e-4);
}

/* The reference's converged mode, and what our own levels, whose steps of time are those of ten
 * frames and which trust the readings more, make of the same readings. */
static void
test_converged (void)
{
  static const PisdNewtonLevel reference[] = { { { 32, 20, 0.1 }, INFINITY },
                                               { { 32, 20, 0.05 }, 5.0 },
                                               { { 48, 30, 0.01 }, 4.0 },
                                               { { 64, 60, 1e-3 }, 3.0 },
                                               { { 64, 60, 1e-4 }, 2.0 } };
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 500);
  g_autoptr (PisdNewton) newton = NULL, ours = NULL;
  g_autofree double *mean = NULL, *mode = NULL;

  if (!g_test_slow ())
    {
      g_test_skip ("takes seconds, run with -m slow");
      return;
    }
  newton = climb (two, sensors, reference, G_N_ELEMENTS (reference));
  mean = get_mean (newton);
  check_golden (mean, "mode_64", 64);
  ours = climb (ten, sensors, NULL, 0);
  mode = get_mode (ours);
  test_assert_below (measure_error (mode) / measure_error (mean), 0.97);
}

/* Where the corrections stand still on rows of the mode itself, z = H' E^-1 (y - F (w0)), the gradient
 * by the adjoint of all frames together. */
static void
test_gradient (void)
{
  enum
  {
    N = 40,
    SIDE = 21
  };
  const PisdVorticityShape shape = { 32, 2, 20, 1e-3, 1.0, 0.1 };
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, N);
  g_autoptr (PisdNewton) newton = climb (two, sensors, coarse, G_N_ELEMENTS (coarse));
  g_autoptr (PisdVorticity) solver = pisd_vorticity_new (&shape);
  g_autoptr (PisdVorticityPath) path = pisd_vorticity_path_new (solver);
  g_autofree double *frames = g_new0 (double, 2 * SIDE * SIDE), *mode = NULL;
  double w[SIDE * SIDE], gradient[SIDE * SIDE];

  for (guint i = 0; i < 3; i++)
    {
      PisdNewton *refined = pisd_newton_new_refined (newton, 2, NULL, NULL);

      g_assert_nonnull (refined);
      pisd_newton_unref (newton);
      newton = refined;
    }
  mode = get_mode (newton);
  pisd_periodic_resize (S, mode, SIDE, w);
  g_assert_true (pisd_vorticity_path_solve (path, w, NULL, NULL));
  for (guint i = 0; i < N; i++)
    {
      const PisdFactors *f = pisd_newton_get_factors (newton);
      double y[SIDE], x[SIDE], seed[SIDE * SIDE], left;

      pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, f->sites[i].y, y);
      pisd_basis_evaluate (PISD_BASIS_PERIODIC, SIDE, f->sites[i].x, x);
      for (guint k = 0; k < SIDE * SIDE; k++)
        seed[k] = y[k / SIDE] * x[k % SIDE];
      left =
          f->sites[i].value - test_dot (seed, pisd_vorticity_path_get_frame (path, 1), SIDE * SIDE);
      for (guint k = 0; k < SIDE * SIDE; k++)
        frames[SIDE * SIDE + k] += left / (f->variance[i] + f->jitter) * seed[k];
    }
  g_assert_true (pisd_vorticity_path_vjp (path, frames, gradient, NULL));
  for (guint k = 0; k < SIDE * SIDE; k++)
    gradient[k] *= pow (pisd_vorticity_prior_scale (k / SIDE, k % SIDE), 2);
  test_assert_below (test_difference (gradient, w, SIDE * SIDE), 1e-3);
}

/* Sensors of both frames say more than those of either; what a coarse grid cuts off of frame 0 is
 * conditioned all the same. */
static void
test_both (void)
{
  double error[3];

  for (guint i = 0; i < 3; i++)
    {
      guint n_first = i == 1 ? 0 : 60, n_last = i == 0 ? 0 : 60;
      g_autoptr (PisdSensors) sensors = test_golden_sensors (n_first, n_last);
      g_autoptr (PisdNewton) newton = climb (two, sensors, coarse, G_N_ELEMENTS (coarse));
      g_autofree double *mode = i == 0 ? get_mean (newton) : get_mode (newton);

      error[i] = measure_error (mode);
    }
  test_assert_below (error[2], 0.9 * MIN (error[0], error[1]));
}

/* Nothing later is read: one rung, which is linear, and no mode of its own. */
static void
test_first_frame (void)
{
  g_autoptr (PisdSensors) sensors = test_golden_sensors (60, 0);
  g_autoptr (PisdNewton) newton = climb (ten, sensors, NULL, 0);

  g_assert_cmpuint (newton->n, ==, 1);
  g_assert_null (newton->mode);
  g_assert_null (pisd_newton_get_factors (newton)->linearisation);
}

/* Rungs serve noise levels from high to low. */
static void
test_rungs (void)
{
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 20);
  g_autoptr (PisdNewton) newton = climb (two, sensors, coarse, G_N_ELEMENTS (coarse));

  g_assert_cmpuint (newton->n, ==, 2);
  g_assert_cmpuint (pisd_newton_find_rung (newton, 80.0), ==, 0);
  g_assert_cmpuint (pisd_newton_find_rung (newton, 1.01), ==, 0);
  g_assert_cmpuint (pisd_newton_find_rung (newton, 1.0), ==, 1);
  g_assert_cmpuint (pisd_newton_find_rung (newton, 0.0), ==, 1);
}

/* A moved sensor is answered on the old rows; refined, it is near what a new climb finds. */
static void
test_moved (void)
{
  g_autoptr (PisdRepresentation) r = represent (two);
  g_autoptr (PisdSensors) before = test_golden_sensors (0, 60), after = test_golden_sensors (0, 60);
  g_autoptr (PisdNewton) old = climb (two, before, coarse, G_N_ELEMENTS (coarse));
  g_autoptr (PisdNewton) quick = NULL, refined = NULL, new = NULL, fresh = NULL;
  double *modes[3];

  pisd_sensors_edit (after)[7].x += 0.05;
  quick = pisd_newton_new (old, r, after, coarse, 2, PISD_FACTORS_MEAN, 1, NULL, NULL);
  g_assert_true (quick->is_outdated);
  refined = pisd_newton_new_refined (quick, 1, NULL, NULL);
  g_assert_false (refined->is_outdated);
  new = climb (two, after, coarse, G_N_ELEMENTS (coarse));
  fresh = pisd_newton_new_refined (new, 1, NULL, NULL);
  modes[0] = get_mode (quick);
  modes[1] = get_mode (refined);
  modes[2] = get_mode (fresh);
  test_assert_below (test_difference (modes[0], modes[2], S * S), 0.05);
  test_assert_below (test_difference (modes[1], modes[2], S * S), 0.01);
  for (guint i = 0; i < 3; i++)
    g_free (modes[i]);
}

/* Many sites, whose rows are made again and again where they lead: never more at a time than the
 * budget was asked for. */
static void
test_memory (void)
{
  enum
  {
    N = 1300
  };
  static const PisdNewtonLevel hard[] = { { { 32, 4, 1e-5 }, INFINITY } };
  const PisdFactorsUses uses = PISD_FACTORS_MEAN;
  g_autoptr (PisdRepresentation) r = represent (two);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdInstance) flow = test_flow_new (5);
  g_autoptr (PisdNewton) newton = NULL;
  gsize before, peak, expected;

  for (guint i = 0; i < N; i++)
    pisd_sensors_add (sensors, &(PisdSensor){ .field = PISD_FIELD_U,
                                              .x = pisd_rng_uniform (1, PISD_STREAM_TEST, 0, i),
                                              .y = pisd_rng_uniform (2, PISD_STREAM_TEST, 0, i),
                                              .t = 1.0 });
  pisd_sensors_measure (sensors, flow, 1);
  /* No flow has these. */
  for (guint i = 0; i < N; i += 2)
    pisd_sensors_edit (sensors)[i].value += 0.01;
  before = pisd_memory_begin_peak ();
  newton = pisd_newton_new (NULL, r, sensors, hard, 1, uses, 2, NULL, NULL);
  g_assert_nonnull (newton);
  peak = pisd_memory_get_peak () - before;
  expected = pisd_budget_bytes (N, pisd_representation_get_modes (r, 0)->n, uses)
             + pisd_linearisation_get_bytes (&hard[0].level, 2 * N);
  g_test_message ("peak %.1f MB, expected at most %.1f MB", peak / 1048576.0, expected / 1048576.0);
  /* Four arrays lie on whole pages of 2 MB. */
  test_assert_below ((double) peak, (double) (expected - PISD_BUDGET_SCRATCH + (8 << 20)));
}

/* The bits are those of one thread. */
static void
test_threads (void)
{
  g_autoptr (PisdRepresentation) r = represent (two);
  g_autoptr (PisdSensors) sensors = test_golden_sensors (20, 60);
  g_autoptr (PisdNewton) one =
      pisd_newton_new (NULL, r, sensors, coarse, 1, PISD_FACTORS_MEAN, 1, NULL, NULL);
  g_autoptr (PisdNewton) three =
      pisd_newton_new (NULL, r, sensors, coarse, 1, PISD_FACTORS_MEAN, 3, NULL, NULL);
  gsize size = sizeof (double) * pisd_newton_get_factors (one)->all->n;

  g_assert_cmpmem (one->mode, size, three->mode, size);
}

/* How often a climb looks at the request to stop, which is once a step of time of every block of
 * rows. */
static guint
count_looks (const PisdSensors *sensors, gboolean *is_cut, double *misfit)
{
  TestTrip trip = { 0, G_MAXUINT };
  g_autoptr (PisdRepresentation) r = represent (ten);
  g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
  g_autoptr (PisdNewton) newton = NULL;
  g_autoptr (GError) error = NULL;

  newton = pisd_newton_new (NULL, r, sensors, NULL, 0, PISD_FACTORS_MEAN, 1, cancel, &error);
  g_assert_no_error (error);
  *is_cut = newton->is_cut;
  *misfit = newton->misfit;
  return trip.looks;
}

/* Readings that no flow has: the climb ends, and says where. */
static void
test_impossible (void)
{
  enum
  {
    N = 24
  };
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, N);
  gboolean is_cut;
  double misfit;
  guint usual = count_looks (sensors, &is_cut, &misfit), looks;

  g_assert_false (is_cut);
  test_assert_below (misfit, PISD_NEWTON_MET);
  for (guint i = 0; i < N; i++)
    pisd_sensors_edit (sensors)[i].value = i % 2 == 0 ? 4.0 : -4.0;
  looks = count_looks (sensors, &is_cut, &misfit);
  g_assert_true (is_cut);
  test_assert_below ((double) looks / usual, 12.0);
}

/* A climb of ten frames from that of other sensors, refined where it is outdated. */
static PisdNewton *
climb_from (const PisdNewton *from, const PisdSensors *sensors)
{
  g_autoptr (PisdRepresentation) r = represent (ten);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdNewton) newton =
      pisd_newton_new (from, r, sensors, NULL, 0, PISD_FACTORS_MEAN, 2, NULL, &error);
  PisdNewton *refined;

  g_assert_no_error (error);
  if (!newton->is_outdated)
    return g_steal_pointer (&newton);
  refined = pisd_newton_new_refined (newton, 2, NULL, &error);
  g_assert_no_error (error);
  return refined;
}

/* One reading that no flow has cuts the climb; put right, the climb is whole again. */
static void
test_put_right (void)
{
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 24);
  g_autoptr (PisdNewton) fresh = climb_from (NULL, sensors), cut = NULL, again = NULL;
  const double right = sensors->items[5].value;

  g_assert_false (fresh->is_cut);
  pisd_sensors_edit (sensors)[5].value = 400.0;
  cut = climb_from (fresh, sensors);
  g_assert_true (cut->is_cut);
  pisd_sensors_edit (sensors)[5].value = right;
  again = climb_from (cut, sensors);
  g_assert_false (again->is_cut);
  g_assert_cmpuint (pisd_newton_get_factors (again)->linearisation->level.size, ==,
                    pisd_newton_get_factors (fresh)->linearisation->level.size);
}

/* A beginning that is too fast at once is refused. */
static void
test_too_fast (void)
{
  g_autoptr (PisdRepresentation) r = represent (ten);
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 24);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < sensors->n; i++)
    pisd_sensors_edit (sensors)[i].value = i % 2 == 0 ? 1200.0 : -1200.0;
  g_assert_null (pisd_newton_new (NULL, r, sensors, NULL, 0, PISD_FACTORS_MEAN, 1, NULL, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
}

/* A request to stop is heard. */
static void
test_cancel (void)
{
  g_autoptr (PisdRepresentation) r = represent (two);
  g_autoptr (PisdSensors) sensors = test_golden_sensors (0, 60);

  for (guint limit = 0; limit < 60; limit += 9)
    {
      TestTrip trip = { 0, limit };
      g_autoptr (PisdCancel) cancel = pisd_cancel_new_polling (test_trip, &trip);
      g_autoptr (GError) error = NULL;

      g_assert_null (
          pisd_newton_new (NULL, r, sensors, coarse, 2, PISD_FACTORS_MEAN, 1, cancel, &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_CANCELLED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ten = test_flow_get_problem ();
  two = test_flow_problem_of_two ();
  g_test_add_func ("/engine/newton/coarse", test_coarse);
  g_test_add_func ("/engine/newton/converged", test_converged);
  g_test_add_func ("/engine/newton/gradient", test_gradient);
  g_test_add_func ("/engine/newton/both", test_both);
  g_test_add_func ("/engine/newton/first-frame", test_first_frame);
  g_test_add_func ("/engine/newton/rungs", test_rungs);
  g_test_add_func ("/engine/newton/moved", test_moved);
  g_test_add_func ("/engine/newton/memory", test_memory);
  g_test_add_func ("/engine/newton/threads", test_threads);
  g_test_add_func ("/engine/newton/impossible", test_impossible);
  g_test_add_func ("/engine/newton/put-right", test_put_right);
  g_test_add_func ("/engine/newton/too-fast", test_too_fast);
  g_test_add_func ("/engine/newton/cancel", test_cancel);
  return g_test_run ();
}
