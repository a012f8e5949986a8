/* w_t + v . grad w = nu lap w + f on the periodic unit square, from t = 0 to 1: the benchmark's
 * Navier-Stokes equation in vorticity, ten frames of it.
 * Source: arXiv 2602.09708. */
#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#include "pisd-error.h"
#include "pisd-flow-residual.h"
#include "pisd-half-plane.h"
#include "pisd-operator.h"
#include "pisd-vorticity-prior.h"
#include "pisd-vorticity-symmetry.h"
#include "pisd-vorticity.h"

#define S PISD_GRID
#define FIRST 0 /* index of the field that is the first frame */
#define LATER 1 /* of that of the others */
#define N_LATER 9
/* From frame to frame, or more where the flow needs them: errors of 1e-5. */
#define STEPS 11
/* Of sketches, from frame to frame: errors of 2e-5 of flows of the prior, in 8 ms; and the most, in
 * some 30 ms. */
#define COARSE 64
#define COARSE_STEPS 7
#define MOST_COARSE_STEPS 28
#define FORCE 0.1
/* Root mean square of a beginning that is given; some 1000 steps a frame. */
#define MOST_VORTICITY 50.0
/* Of one that a run came to: what is beyond has no solution, and of more no sketch. */
#define MOST_SOLVED (2.0 * MOST_VORTICITY)
#define MOST_SKETCHED 1e6

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
    "w",
    TRUE },
  { PISD_FIELD_U,
    "u",
    N_ ("Vorticity"),
    N_ ("Weight of w(t)"),
    N_ ("Weight of the measurements of later frames"),
    PISD_BASIS_PERIODIC,
    FALSE,
    N_LATER,
    { 1 / 9.0, 2 / 9.0, 3 / 9.0, 4 / 9.0, 5 / 9.0, 6 / 9.0, 7 / 9.0, 8 / 9.0, 1.0 },
    "w",
    TRUE },
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

/* One grid and its newest solution. */
typedef struct
{
  PisdVorticityShape shape; /* its steps are those of the solver */
  gboolean has_vjp;         /* its velocities are kept */
  PisdVorticity *solver;    /* NULL before the first flow */
  PisdVorticityPath *path;
  double *kept; /* [side, side] modes at the beginning */
} Flow;

typedef struct
{
  Flow fine, coarse;
  gboolean is_sketched; /* the newest sketch is a flow */
  PisdTransform *transform;
  double *box;       /* [S, S] all modes, scratch */
  double *gradients; /* [N_LATER + 1, side, side] of the coarse flow, scratch; NULL until needed */
  PisdFlowResidual *residual; /* with its frames and what is left, scratch; NULL until needed */
  double *frames, *left;      /* [N_LATER + 1, side, side], [N_LATER, side, side] */
} Plan;

/* The grid and its steps are those of each solver. */
static void
fill_shape (const double *constants, PisdVorticityShape *shape)
{
  *shape = (PisdVorticityShape){ 0, N_LATER + 1, 0, constants[0], 1.0, FORCE };
}

static void
move (const double choice[3], guint side, double *modes)
{
  const PisdVorticitySymmetry symmetry = { choice[0], choice[1] < 0.5, choice[2] < 0.5 };

  pisd_vorticity_symmetry_apply (&symmetry, side, modes);
}

static const PisdFlowOps flow_ops = { fill_shape, move };

static gpointer
prepare (const PisdOperator *row, const double *constants)
{
  Plan *plan = g_new0 (Plan, 1);

  fill_shape (constants, &plan->fine.shape);
  plan->coarse.shape = plan->fine.shape;
  plan->fine.shape.size = S;
  plan->coarse.shape.size = COARSE;
  plan->coarse.has_vjp = TRUE;
  plan->transform = pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  plan->box = g_new (double, S *S);
  return plan;
}

static void
flow_clear (Flow *flow)
{
  pisd_vorticity_path_free (flow->path);
  pisd_vorticity_free (flow->solver);
  g_free (flow->kept);
}

static void
release (gpointer data)
{
  Plan *plan = data;

  flow_clear (&plan->fine);
  flow_clear (&plan->coarse);
  pisd_transform_free (plan->transform);
  g_free (plan->box);
  g_free (plan->gradients);
  pisd_flow_residual_free (plan->residual);
  g_free (plan->frames);
  g_free (plan->left);
  g_free (plan);
}

static double
measure_vorticity (const PisdField *w)
{
  return pisd_field_norm (w) / sqrt ((double) pisd_field_get_n (w));
}

static void
set_steps (Flow *flow, guint steps)
{
  guint side;

  if (steps == flow->shape.steps)
    return;
  flow_clear (flow);
  flow->shape.steps = steps;
  flow->solver = pisd_vorticity_new (&flow->shape);
  flow->path = flow->has_vjp ? pisd_vorticity_path_new (flow->solver)
                             : pisd_vorticity_path_new_frames (flow->solver);
  side = pisd_vorticity_get_side (flow->solver);
  flow->kept = g_new (double, side *side);
}

/* Modes beyond the solver's are those that viscosity takes away before the second frame.  The flow
 * of `part` times the beginning, over `part`.  FALSE: cancelled. */
static gboolean
follow (Plan *plan, Flow *flow, double part, PisdCancel *cancel, PisdField *const *f)
{
  guint side = pisd_vorticity_get_side (flow->solver);
  double *later = f[LATER]->data;

  pisd_transform_analyze (plan->transform, f[FIRST]->data, plan->box);
  pisd_periodic_resize (S, plan->box, side, flow->kept);
  cblas_dscal (side * side, part, flow->kept, 1);
  if (!pisd_vorticity_path_solve (flow->path, flow->kept, cancel, NULL))
    g_return_val_if_fail (pisd_cancel_look (cancel), FALSE);
  if (pisd_cancel_look (cancel))
    return FALSE;
  for (guint n = 0; n < N_LATER; n++)
    {
      pisd_periodic_resize (side, pisd_vorticity_path_get_frame (flow->path, n + 1), S, plan->box);
      pisd_transform_synthesize (plan->transform, plan->box, later + n * S * S);
    }
  cblas_dscal (N_LATER * S * S, 1.0 / part, later, 1);
  return TRUE;
}

static void
spoil (PisdField *field)
{
  for (gsize p = 0; p < pisd_field_get_n (field); p++)
    field->data[p] = NAN;
}

/* FALSE, and later frames are no numbers, where the beginning is none or too large. */
static gboolean
check_size (double size, double most, PisdField *const *f)
{
  if (size <= most)
    return TRUE;
  spoil (f[LATER]);
  return FALSE;
}

static gboolean
solve (gpointer data, PisdField *const *f, PisdCancel *cancel)
{
  Plan *plan = data;
  double size = measure_vorticity (f[FIRST]);

  if (!check_size (size, MOST_SOLVED, f))
    return TRUE;
  set_steps (&plan->fine, MAX (STEPS, pisd_vorticity_count_steps (&plan->fine.shape, size)));
  return follow (plan, &plan->fine, 1.0, cancel, f);
}

/* On a coarse grid.  A flow that is too fast for it, as noise is, is followed for less of its time:
 * without force and viscosity w (x, t) and p w (x, p t) are flows alike. */
static void
sketch (gpointer data, PisdField *const *f)
{
  Plan *plan = data;
  double size = measure_vorticity (f[FIRST]), part = 1.0;
  guint steps;

  plan->is_sketched = check_size (size, MOST_SKETCHED, f);
  if (!plan->is_sketched)
    return;
  steps = MAX (COARSE_STEPS, pisd_vorticity_count_steps (&plan->coarse.shape, size));
  if (steps > MOST_COARSE_STEPS)
    {
      part = (MOST_COARSE_STEPS * (size + FORCE) / steps - FORCE) / size;
      steps = MOST_COARSE_STEPS;
    }
  set_steps (&plan->coarse, steps);
  follow (plan, &plan->coarse, part, NULL, f);
}

/* The part of the beginning that was followed cancels out of the derivative. */
static void
sketch_vjp (gpointer data, PisdField *const *gradients)
{
  Plan *plan = data;
  guint side;
  gsize n;

  if (!plan->is_sketched)
    {
      spoil (gradients[FIRST]);
      return;
    }
  side = pisd_vorticity_get_side (plan->coarse.solver);
  n = (gsize) side * side;
  if (plan->gradients == NULL)
    plan->gradients = g_new0 (double, (N_LATER + 1) * n);
  for (guint frame = 0; frame < N_LATER; frame++)
    {
      pisd_transform_analyze (plan->transform, gradients[LATER]->data + frame * S * S, plan->box);
      pisd_periodic_resize (S, plan->box, side, plan->gradients + (frame + 1) * n);
    }
  pisd_vorticity_path_vjp (plan->coarse.path, plan->gradients, plan->coarse.kept, NULL);
  pisd_periodic_resize (side, plan->coarse.kept, S, plan->box);
  pisd_transform_synthesize (plan->transform, plan->box, gradients[FIRST]->data);
}

/* Of all modes that the solver keeps. */
static void
need_residual (Plan *plan)
{
  guint side;

  if (plan->residual != NULL)
    return;
  plan->residual = pisd_flow_residual_new (&plan->fine.shape, (S - 1) / 3);
  side = pisd_flow_residual_get_side (plan->residual);
  plan->frames = g_new (double, (N_LATER + 1) * side * side);
  plan->left = g_new (double, N_LATER *side *side);
}

/* Frames of a field on the grid to boxes of the residual's modes. */
static void
analyze_frames (Plan *plan, const PisdField *field, double *boxes)
{
  guint side = pisd_flow_residual_get_side (plan->residual);

  for (guint frame = 0; frame < pisd_field_count_frames (field); frame++)
    {
      pisd_transform_analyze (plan->transform, field->data + frame * S * S, plan->box);
      pisd_periodic_resize (S, plan->box, side, boxes + frame * side * side);
    }
}

static void
synthesize_frames (Plan *plan, const double *boxes, PisdField *field)
{
  guint side = pisd_flow_residual_get_side (plan->residual);

  for (guint frame = 0; frame < pisd_field_count_frames (field); frame++)
    {
      pisd_periodic_resize (side, boxes + frame * side * side, S, plan->box);
      pisd_transform_synthesize (plan->transform, plan->box, field->data + frame * S * S);
    }
}

/* By four frames in time, spectral in space. */
static void
residual (gpointer data, PisdDiscretisation discretisation, const PisdField *const *f, PisdField *r)
{
  Plan *plan = data;
  guint side;

  need_residual (plan);
  side = pisd_flow_residual_get_side (plan->residual);
  analyze_frames (plan, f[FIRST], plan->frames);
  analyze_frames (plan, f[LATER], plan->frames + side * side);
  pisd_flow_residual_apply (plan->residual, plan->frames, plan->left);
  synthesize_frames (plan, plan->left, r);
}

static void
residual_vjp (gpointer data,
              PisdDiscretisation discretisation,
              const PisdField *const *f,
              const PisdField *v,
              PisdField *const *gradients)
{
  Plan *plan = data;
  guint side;

  need_residual (plan);
  side = pisd_flow_residual_get_side (plan->residual);
  analyze_frames (plan, f[FIRST], plan->frames);
  analyze_frames (plan, f[LATER], plan->frames + side * side);
  pisd_flow_residual_apply (plan->residual, plan->frames, plan->left);
  analyze_frames (plan, v, plan->left);
  pisd_flow_residual_vjp (plan->residual, plan->left, plan->frames);
  synthesize_frames (plan, plan->frames, gradients[FIRST]);
  synthesize_frames (plan, plan->frames + side * side, gradients[LATER]);
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
  .sketch = sketch,
  .sketch_vjp = sketch_vjp,
  .is_spectral = TRUE,
  .residual = residual,
  .residual_vjp = residual_vjp,
  .flow = &flow_ops,
};
