#include "pisd-flow-residual.h"

#include "pisd-half-plane.h"
#include "pisd-solver.h"
#include "pisd-test-flow.h"
#include "pisd-vorticity-prior.h"

#define S PISD_GRID
#define N_LATER 9

static PisdProblemId id;

/* Frames of a smooth flow in boxes of the residual's side: [n_frames, side, side]. */
static double *
solve_smooth (guint n_frames, guint side, double viscosity)
{
  const PisdVorticityShape shape = { 64, n_frames, 1440 / (n_frames - 1), viscosity, 1.0, 0.1 };
  g_autoptr (PisdVorticity) solver = pisd_vorticity_new (&shape);
  g_autoptr (PisdVorticityPath) path = pisd_vorticity_path_new (solver);
  guint own = pisd_vorticity_get_side (solver);
  g_autofree double *few = test_random (25, 1), *w0 = g_new0 (double, own *own);
  double *frames = g_new (double, (gsize) n_frames *side *side);

  for (guint i = 1; i < 25; i++)
    w0[i / 5 * own + i % 5] = few[i] * 0.2 * S;
  g_assert_true (pisd_vorticity_path_solve (path, w0, NULL, NULL));
  for (guint n = 0; n < n_frames; n++)
    pisd_periodic_resize (own, pisd_vorticity_path_get_frame (path, n), side,
                          frames + (gsize) n * side * side);
  return frames;
}

static double
residual_of (guint n_frames, double viscosity)
{
  const PisdVorticityShape shape = { 0, n_frames, 0, viscosity, 1.0, 0.1 };
  g_autoptr (PisdFlowResidual) residual = pisd_flow_residual_new (&shape, 21);
  guint side = pisd_flow_residual_get_side (residual);
  g_autofree double *w = solve_smooth (n_frames, side, viscosity);
  g_autofree double *r = g_new (double, (gsize) (n_frames - 1) * side * side);

  pisd_flow_residual_apply (residual, w, r);
  return test_norm (r, (n_frames - 1) * side * side) / sqrt (n_frames - 1)
         / test_norm (w, side * side);
}

/* A solution leaves the less the more frames it has: order four in the time between two, up to what
 * the solver itself leaves. */
static void
test_order (void)
{
  for (double viscosity = 1e-4; viscosity < 2e-2; viscosity *= 10.0)
    {
      double coarse = residual_of (7, viscosity), fine = residual_of (13, viscosity);

      test_assert_below (coarse, 5e-3);
      test_assert_below (fine, coarse / 8.0);
    }
}

/* Without a flow in it the equation is viscosity and force, which are exact: a wave fades as
 * exp (-nu k^2 t), and the forced one also grows to where it balances. */
static void
test_linear (void)
{
  const PisdVorticityShape shape = { 0, 5, 0, 1e-2, 1.0, 0.1 };
  g_autoptr (PisdFlowResidual) residual = pisd_flow_residual_new (&shape, 8);
  guint side = pisd_flow_residual_get_side (residual);
  gsize box = (gsize) side * side;
  g_autofree double *w = g_new0 (double, 5 * box), *r = g_new (double, 4 * box);
  double rate = 1e-2 * 8.0 * G_PI * G_PI, force = 0.1 * S / 2.0;

  /* sin 2 pi (x + y) + cos 2 pi (x + y) = cc - ss + sc + cs; modes are functions times 2 / S */
  for (guint n = 0; n < 5; n++)
    {
      double amplitude = force / rate * (1.0 - exp (-rate * n / 4.0));

      w[n * box + side + 1] = w[n * box + side + 2] = w[n * box + 2 * side + 1] = amplitude;
      w[n * box + 2 * side + 2] = -amplitude;
    }
  pisd_flow_residual_apply (residual, w, r);
  test_assert_below (test_norm (r, 4 * box), 1e-8 * force);
}

/* The derivative by differences, and its transpose. */
static void
test_vjp (void)
{
  const PisdVorticityShape shape = { 0, 6, 0, 1e-3, 1.0, 0.1 };
  g_autoptr (PisdFlowResidual) residual = pisd_flow_residual_new (&shape, 9);
  gsize side = pisd_flow_residual_get_side (residual), n_w = 6 * side * side, n_r = 5 * side * side;
  g_autofree double *w = test_random (n_w, 1), *d = test_random (n_w, 2), *q = test_random (n_r, 3);
  g_autofree double *plus = g_new (double, n_r), *minus = g_new (double, n_r);
  g_autofree double *g = g_new (double, n_w);

  for (gsize i = 0; i < n_w; i++)
    g[i] = w[i] + d[i];
  pisd_flow_residual_apply (residual, g, plus);
  for (gsize i = 0; i < n_w; i++)
    g[i] = w[i] - d[i];
  pisd_flow_residual_apply (residual, g, minus);
  pisd_flow_residual_apply (residual, w, g);
  pisd_flow_residual_vjp (residual, q, g);
  /* r is quadratic in w: the central difference is exact. */
  test_assert_close (
      0.5 * (test_dot (plus, q, n_r) - test_dot (minus, q, n_r)) / test_dot (d, g, n_w), 1.0, 1e-9);
}

/* On the grid: small for a true flow, not for one whose frames are shuffled; the row's transpose. */
static void
test_row (void)
{
  const PisdEquation equation = { id, { 1e-3 } };
  g_autoptr (PisdInstance) flow = pisd_instance_new_random (&equation, PISD_FAMILY_GRF, 5, NULL);
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);
  PisdField *const *fields = pisd_instance_get_fields (flow);
  g_autoptr (PisdField) first = pisd_field_dup (fields[0]), later = pisd_field_dup (fields[1]);
  g_autoptr (PisdField) r = pisd_field_new (N_LATER * S, S), v = pisd_field_new (N_LATER * S, S);
  g_autoptr (PisdField) g0 = pisd_field_new (S, S), g1 = pisd_field_new (N_LATER * S, S);
  PisdField *const changed[] = { first, later }, *const gradients[] = { g0, g1 };
  gsize n = pisd_field_get_n (later);
  g_autofree double *d = test_random (n, 2), *q = test_random (n, 3);
  double before, expected;

  test_assert_below (pisd_solver_relative_residual (solver, PISD_SPECTRAL, fields), 1e-3);
  memcpy (v->data, q, sizeof (double) * n);
  pisd_solver_residual (solver, PISD_SPECTRAL, changed, r);
  before = test_dot (r->data, q, n);
  pisd_solver_residual_vjp (solver, PISD_SPECTRAL, changed, v, gradients);
  expected = test_dot (g1->data, d, n);
  for (gsize i = 0; i < n; i++)
    later->data[i] += 1e-5 * d[i];
  pisd_solver_residual (solver, PISD_SPECTRAL, changed, r);
  test_assert_close ((test_dot (r->data, q, n) - before) / 1e-5 / expected, 1.0, 1e-3);

  memcpy (later->data, fields[1]->data + S * S, sizeof (double) * S * S);
  g_assert_cmpfloat (pisd_solver_relative_residual (solver, PISD_SPECTRAL, changed), >, 0.05);
}

int
main (int argc, char **argv)
{
  id = test_flow_get_problem ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/flow-residual/order", test_order);
  g_test_add_func ("/engine/flow-residual/linear", test_linear);
  g_test_add_func ("/engine/flow-residual/vjp", test_vjp);
  g_test_add_func ("/engine/flow-residual/row", test_row);
  return g_test_run ();
}
