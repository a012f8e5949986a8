/* w_t + v . grad w = nu lap w + f on the periodic unit square, from t = 0 to 1: the benchmark's
 * Navier-Stokes equation in vorticity, ten frames of it.
 * Source: arXiv 2602.09708. */
#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-half-plane.h"
#include "pisd-operator.h"
#include "pisd-vorticity-prior.h"
#include "pisd-vorticity.h"

#define S PISD_GRID
#define FIRST 0 /* index of the field that is the first frame */
#define LATER 1 /* of that of the others */
#define N_LATER 9
/* From frame to frame, or more where the flow needs them: errors of 1e-5. */
#define STEPS 11
/* Root mean square of a beginning; some 1000 steps a frame. */
#define MOST_VORTICITY 50.0

/* The two are named as in the benchmark's tasks, where a is the first frame and u the last one. */
static const PisdFieldInfo fields[] = {
  { PISD_FIELD_A,
    "a",
    N_ ("Initial vorticity"),
    N_ ("Weight of w(0)"),
    N_ ("Weight of the measurements of the first frame"),
    PISD_BASIS_PERIODIC,
    FALSE,
    1,
    { 0.0 },
    "w" },
  { PISD_FIELD_U,
    "u",
    N_ ("Vorticity"),
    N_ ("Weight of w(t)"),
    N_ ("Weight of the measurements of later frames"),
    PISD_BASIS_PERIODIC,
    FALSE,
    N_LATER,
    { 1 / 9.0, 2 / 9.0, 3 / 9.0, 4 / 9.0, 5 / 9.0, 6 / 9.0, 7 / 9.0, 8 / 9.0, 1.0 },
    "w" },
};

static const PisdConstantInfo constant_infos[] = {
  { .key = "viscosity",
    .title = N_ ("Viscosity ν"),
    .help = N_ ("How fast eddies fade"),
    .note =
        N_ ("The equation is ∂w/∂t + v·∇w = ν∆w + f.  Small eddies live longer the less viscous "
            "the flow is."),
    .minimum = 1e-4,
    .maximum = 1e-2,
    .standard = 1e-3 },
};

typedef struct
{
  PisdVorticityShape shape; /* its steps are those of the solver */
  PisdVorticity *solver;    /* NULL before the first flow */
  PisdVorticityPath *path;
  PisdTransform *transform;
  double *box;  /* [S, S] all modes, scratch */
  double *kept; /* [side, side] those of the solver, scratch */
} Plan;

static gpointer
prepare (const PisdOperator *row, const double *constants)
{
  Plan *plan = g_new0 (Plan, 1);

  plan->shape = (PisdVorticityShape){ S, N_LATER + 1, 0, constants[0], 1.0, 0.1 };
  plan->transform = pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  plan->box = g_new (double, S *S);
  plan->kept = g_new (double, S *S);
  return plan;
}

static void
release (gpointer data)
{
  Plan *plan = data;

  pisd_vorticity_path_free (plan->path);
  pisd_vorticity_free (plan->solver);
  pisd_transform_free (plan->transform);
  g_free (plan->box);
  g_free (plan->kept);
  g_free (plan);
}

static double
measure_vorticity (const PisdField *w)
{
  return pisd_field_norm (w) / sqrt ((double) pisd_field_get_n (w));
}

/* A solver with enough steps for that beginning. */
static void
choose_solver (Plan *plan, const PisdField *first)
{
  guint steps = MAX (STEPS, pisd_vorticity_count_steps (&plan->shape, measure_vorticity (first)));

  if (steps == plan->shape.steps)
    return;
  pisd_vorticity_path_free (plan->path);
  pisd_vorticity_free (plan->solver);
  plan->shape.steps = steps;
  plan->solver = pisd_vorticity_new (&plan->shape);
  plan->path = pisd_vorticity_path_new (plan->solver);
}

/* Modes beyond the solver's are those that viscosity takes away before the second frame. */
static void
solve (gpointer data, PisdField *const *f)
{
  Plan *plan = data;
  guint side;

  choose_solver (plan, f[FIRST]);
  side = pisd_vorticity_get_side (plan->solver);
  pisd_transform_analyze (plan->transform, f[FIRST]->data, plan->box);
  pisd_periodic_resize (S, plan->box, side, plan->kept);
  if (!pisd_vorticity_path_solve (plan->path, plan->kept, NULL, NULL))
    g_return_if_reached ();
  for (guint n = 0; n < N_LATER; n++)
    {
      pisd_periodic_resize (side, pisd_vorticity_path_get_frame (plan->path, n + 1), S, plan->box);
      pisd_transform_synthesize (plan->transform, plan->box, f[LATER]->data + n * S * S);
    }
}

static gboolean
check_source (const double *constants, const PisdField *source, GError **error)
{
  double size = measure_vorticity (source);

  if (size <= MOST_VORTICITY)
    return TRUE;
  return pisd_error_fail (
      error, PISD_ERROR_RANGE,
      _ ("initial vorticity: its root mean square is %.3g, expected at most %g"), size,
      MOST_VORTICITY);
}

const PisdOperator pisd_navier_stokes = {
  .name = "navier-stokes",
  .title = N_ ("Navier–Stokes"),
  .equation = "∂w/∂t + v·∇w = ν∆w + f",
  .n_fields = G_N_ELEMENTS (fields),
  .fields = fields,
  .n_constants = G_N_ELEMENTS (constant_infos),
  .constants = constant_infos,
  .families = 1u << PISD_FAMILY_GRF,
  .random = &pisd_vorticity_random,
  .whole = "w",
  .check_source = check_source,
  .prepare = prepare,
  .release = release,
  .solve = solve,
};
