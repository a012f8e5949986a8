/* The symmetries of the forced flow: a solution that is moved is the solution of what it begins with
 * when that is moved. */
#include "pisd-vorticity-symmetry.h"

#include "pisd-solver.h"
#include "pisd-test.h"

#define S PISD_GRID
/* Beyond these modes the beginning has none, so that no move loses anything. */
#define SIDE 41

static const PisdVorticitySymmetry symmetries[] = {
  { 0.0, FALSE, FALSE }, { 0.3, FALSE, FALSE }, { 0.0, TRUE, FALSE },
  { 0.0, FALSE, TRUE },  { 0.7, TRUE, TRUE },
};

/* Frame `frame` of a flow. */
static double *
dup_modes (PisdTransform *transform, const PisdField *field, guint frame)
{
  double *modes = g_new (double, SIDE *SIDE);

  pisd_transform_analyze (transform, field->data + frame * S * S, modes);
  return modes;
}

static void
test_solver (void)
{
  const PisdOperator *row = pisd_operator_get (PISD_PROBLEM_NAVIER_STOKES);
  g_autoptr (PisdSolver) solver =
      pisd_solver_new (TEST_EQUATION (PISD_PROBLEM_NAVIER_STOKES, 1e-3));
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, SIDE, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdField) a = pisd_field_info_new_field (&row->fields[0]);
  g_autoptr (PisdField) u = pisd_field_info_new_field (&row->fields[1]);
  PisdField *fields[PISD_MAX_FIELDS] = { a, u };
  guint last = row->fields[1].n_frames - 1;
  g_autofree double *begin = NULL, *end = NULL;

  row->random->sample (PISD_FAMILY_GRF, 3, a);
  begin = dup_modes (transform, a, 0);
  for (guint i = 0; i < G_N_ELEMENTS (symmetries); i++)
    {
      g_autofree double *got = NULL;

      if (i > 0)
        pisd_vorticity_symmetry_apply (&symmetries[i], SIDE, begin);
      pisd_transform_synthesize (transform, begin, a->data);
      pisd_solver_sketch (solver, fields);
      got = dup_modes (transform, u, last);
      if (i > 0)
        {
          pisd_vorticity_symmetry_apply (&symmetries[i], SIDE, end);
          test_assert_below (test_difference (end, got, SIDE * SIDE), 1e-4);
        }
      g_free (end);
      end = g_steal_pointer (&got);
    }
}

/* Of random modes: what a move does at places. */
static void
test_places (void)
{
  enum
  {
    N = 9
  };
  g_autofree double *modes = test_random (N * N, 1);
  double y = 0.13, x = 0.58, by[N], bx[N], shift = 0.21, got = 0.0, expected = 0.0;
  /* Turned after the shift, and reflected after that: w at (y', x') of the first flow. */
  double turned_y = 0.125 - x, turned_x = 0.125 - (y + 0.5);
  double first_x = turned_x + shift, first_y = turned_y - shift;

  pisd_basis_evaluate (PISD_BASIS_PERIODIC, N, first_y - floor (first_y), by);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, N, first_x - floor (first_x), bx);
  for (guint i = 0; i < N * N; i++)
    expected -= modes[i] * by[i / N] * bx[i % N];
  pisd_vorticity_symmetry_apply (&(PisdVorticitySymmetry){ shift, TRUE, TRUE }, N, modes);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, N, y, by);
  pisd_basis_evaluate (PISD_BASIS_PERIODIC, N, x, bx);
  for (guint i = 0; i < N * N; i++)
    got += modes[i] * by[i / N] * bx[i % N];
  test_assert_close (got, expected, 1e-12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/physics/vorticity-symmetry/places", test_places);
  g_test_add_func ("/physics/vorticity-symmetry/solver", test_solver);
  return g_test_run ();
}
