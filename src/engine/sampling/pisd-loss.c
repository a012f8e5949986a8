#include "pisd-loss.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-flow-residual.h"
#include "pisd-half-plane.h"
#include "pisd-solver.h"

#define S PISD_GRID
#define SOURCE 0
#define SOLUTION 1

/* The sensors of one field and their weights. */
typedef struct
{
  PisdObservation *observation;
  double *weight; /* [sensors], mean 1 */
  double *misfit; /* [sensors] scratch */
} Term;

/* How the equation's term is computed: in coefficients where it is linear or a flow, else on the
 * grid. */
typedef struct
{
  /* Fills in `left` and `source_norm`, zero where the equation does not hold. */
  void (*residual) (PisdLoss *self, const double *m);
  /* part = half the gradient of |residual|^2; may overwrite the residual. */
  void (*gradient) (PisdLoss *self, const double *m, double *part);
} EquationOps;

struct _PisdLoss
{
  PisdRepresentation *representation;
  PisdLossForm form;
  guint n_fields;
  gsize n_joint;
  Term terms[PISD_MAX_FIELDS];
  const EquationOps *equation;
  gboolean on_boundary; /* the equation holds there too */
  double *eigenvalues;  /* linear: [modes of the solution] in this form's discretisation */
  PisdSolver *solver;   /* on the grid: with the fields and the gradients by them */
  PisdField *fields[PISD_MAX_FIELDS], *gradients[PISD_MAX_FIELDS];
  PisdField *residual, *source;
  PisdFlowResidual *flow; /* a flow: with boxes of modes, [n_frames, side, side] of flow or modes */
  double *frames, *between, *box;
  double *left; /* [n_left] what is left of the equation, borrowed from the above */
  gsize n_left;
  guint n_residuals; /* frames of it */
  double source_norm;
  double *part;                   /* [n_joint] scratch: one term's gradient */
  double *joint, *joint_gradient; /* [n_joint] */
  double relative_residual;
};

static const PisdDiscretisation form_discretisation[PISD_N_LOSS_FORMS] = {
  [PISD_LOSS_SQUARED] = PISD_SPECTRAL,
  [PISD_LOSS_NORM] = PISD_DIFFERENCES,
};

static void
term_init (Term *term,
           const PisdRepresentation *representation,
           guint field,
           const PisdSensors *sensors)
{
  double tail = pisd_representation_get_tail_variance (representation, field), sum = 0.0;
  const double *sd;
  guint n;

  term->observation = pisd_observation_new (representation, field, sensors);
  n = pisd_observation_get_n (term->observation);
  sd = pisd_observation_get_sd (term->observation);
  term->weight = g_new (double, n);
  term->misfit = g_new (double, n);
  for (guint s = 0; s < n; s++)
    sum += term->weight[s] = 1.0 / (sd[s] * sd[s] + tail);
  for (guint s = 0; s < n; s++)
    term->weight[s] *= n / sum;
}

/* r = B diag (lambda) u - a */
static void
linear_residual (PisdLoss *self, const double *m)
{
  const double *u = m + pisd_representation_get_offset (self->representation, SOLUTION, NULL);

  pisd_representation_synthesize (self->representation, SOLUTION, u, self->eigenvalues,
                                  self->residual->data);
  pisd_representation_synthesize (self->representation, SOURCE, m, NULL, self->source->data);
  if (!self->on_boundary)
    pisd_field_zero_boundary (self->source);
  cblas_daxpy (S * S, -1.0, self->source->data, 1, self->residual->data, 1);
  self->source_norm = cblas_dnrm2 (S * S, self->source->data, 1);
}

/* Half the gradient of |r|^2: diag (lambda) B' r by u, -A' r by a. */
static void
linear_gradient (PisdLoss *self, const double *m, double *part)
{
  gsize n, offset = pisd_representation_get_offset (self->representation, SOLUTION, NULL);

  pisd_representation_get_offset (self->representation, SOURCE, &n);
  pisd_representation_analyze (self->representation, SOLUTION, self->residual->data,
                               self->eigenvalues, part + offset);
  pisd_representation_analyze (self->representation, SOURCE, self->residual->data, NULL, part);
  cblas_dscal (n, -1.0, part, 1);
}

static const EquationOps linear_ops = { linear_residual, linear_gradient };

/* r = R (fields decoded on the grid) */
static void
grid_residual (PisdLoss *self, const double *m)
{
  for (guint f = 0; f < self->n_fields; f++)
    pisd_representation_decode (self->representation, m, f, self->fields[f]);
  pisd_solver_residual (self->solver, form_discretisation[self->form], self->fields,
                        self->residual);
  pisd_field_copy (self->fields[SOURCE], self->source);
  if (!self->on_boundary)
    pisd_field_zero_boundary (self->source);
  self->source_norm = cblas_dnrm2 (S * S, self->source->data, 1);
}

/* Half the gradient of |r|^2: decoding's transpose of (dR / d field)' r. */
static void
grid_gradient (PisdLoss *self, const double *m, double *part)
{
  const PisdFieldInfo *infos =
      pisd_operator_get (pisd_representation_get_equation (self->representation)->problem)->fields;

  pisd_solver_residual_vjp (self->solver, form_discretisation[self->form], self->fields,
                            self->residual, self->gradients);
  for (guint f = 0; f < self->n_fields; f++)
    {
      gsize offset = pisd_representation_get_offset (self->representation, f, NULL);

      if (infos[f].zero_boundary)
        pisd_field_zero_boundary (self->gradients[f]);
      pisd_representation_analyze (self->representation, f, self->gradients[f]->data, NULL,
                                   part + offset);
    }
}

static const EquationOps grid_ops = { grid_residual, grid_gradient };

/* Frames of all fields, of which a latent holds the same modes, to or from boxes of the flow. */
static void
unpack_frames (PisdLoss *self, const double *m, double *boxes)
{
  guint side = pisd_flow_residual_get_side (self->flow);

  for (guint f = 0; f < self->n_fields; f++)
    {
      const PisdModes *modes = pisd_representation_get_modes (self->representation, f);
      const double *scale = pisd_representation_get_scale (self->representation, f);
      gsize n, offset = pisd_representation_get_offset (self->representation, f, &n);

      for (gsize i = 0; i < n; i += modes->n, boxes += side * side)
        {
          pisd_modes_unpack (modes, m + offset + i, scale + i, self->box);
          pisd_periodic_resize (modes->support.box, self->box, side, boxes);
        }
    }
}

static void
pack_frames (PisdLoss *self, const double *boxes, double *part)
{
  guint side = pisd_flow_residual_get_side (self->flow);

  for (guint f = 0; f < self->n_fields; f++)
    {
      const PisdModes *modes = pisd_representation_get_modes (self->representation, f);
      const double *scale = pisd_representation_get_scale (self->representation, f);
      gsize n, offset = pisd_representation_get_offset (self->representation, f, &n);

      for (gsize i = 0; i < n; i += modes->n, boxes += side * side)
        {
          pisd_periodic_resize (side, boxes, modes->support.box, self->box);
          pisd_modes_pack (modes, self->box, scale + i, part + offset + i);
        }
    }
}

/* What pisd-flow-residual.h says, of modes: by Parseval |r| is that on the nodes. */
static void
flow_residual (PisdLoss *self, const double *m)
{
  guint side = pisd_flow_residual_get_side (self->flow);

  unpack_frames (self, m, self->frames);
  pisd_flow_residual_apply (self->flow, self->frames, self->between);
  self->source_norm = cblas_dnrm2 (side * side, self->frames, 1);
}

static void
flow_gradient (PisdLoss *self, const double *m, double *part)
{
  pisd_flow_residual_vjp (self->flow, self->between, self->frames);
  pack_frames (self, self->frames, part);
}

static const EquationOps flow_ops = { flow_residual, flow_gradient };

/* That of the kept modes, as far as products on the grid have no aliases. */
static guint
find_reach (const PisdModes *modes)
{
  return MIN (pisd_basis_get_wave_number (PISD_BASIS_PERIODIC, modes->support.box - 1),
              (S - 1) / 3);
}

static void
init_flow (PisdLoss *self, const PisdEquation *equation)
{
  const PisdModes *modes = pisd_representation_get_modes (self->representation, SOURCE);
  PisdVorticityShape shape;
  guint side;

  self->equation = &flow_ops;
  pisd_operator_get (equation->problem)->flow->fill_shape (equation->constants, &shape);
  self->flow = pisd_flow_residual_new (&shape, find_reach (modes));
  side = pisd_flow_residual_get_side (self->flow);
  self->n_left = (shape.n_frames - 1) * side * side;
  self->frames = g_new (double, self->n_left + side * side);
  self->between = self->left = g_new (double, self->n_left);
  self->box = g_new (double, modes->support.box * modes->support.box);
}

static void
init_linear (PisdLoss *self, const PisdEquation *equation)
{
  const PisdModes *u = pisd_representation_get_modes (self->representation, SOLUTION);

  self->equation = &linear_ops;
  self->residual = pisd_field_new (S, S);
  self->source = pisd_field_new (S, S);
  self->left = self->residual->data;
  self->n_left = S * S;
  self->eigenvalues = g_new (double, u->n);
  pisd_equation_fill_eigenvalues (equation, form_discretisation[self->form], u->n, u->ky, u->kx,
                                  self->eigenvalues);
}

static void
init_grid (PisdLoss *self, const PisdEquation *equation)
{
  const PisdFieldInfo *infos = pisd_operator_get (equation->problem)->fields;

  self->solver = pisd_solver_new (equation);
  self->equation = &grid_ops;
  self->residual = pisd_field_info_new_field (&infos[self->n_fields - 1]);
  self->source = pisd_field_info_new_field (&infos[SOURCE]);
  self->left = self->residual->data;
  self->n_left = pisd_field_get_n (self->residual);
  for (guint f = 0; f < self->n_fields; f++)
    {
      self->fields[f] = pisd_field_info_new_field (&infos[f]);
      self->gradients[f] = pisd_field_info_new_field (&infos[f]);
    }
}

PisdLoss *
pisd_loss_new (PisdRepresentation *representation, const PisdSensors *sensors, PisdLossForm form)
{
  PisdLoss *self = g_new0 (PisdLoss, 1);
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  const PisdOperator *row = pisd_operator_get (equation->problem);

  self->representation = representation;
  self->form = form;
  self->n_fields = row->n_fields;
  self->n_joint = pisd_representation_get_n_joint (representation);
  self->on_boundary = pisd_operator_holds_on_boundary (row);
  for (guint f = 0; f < self->n_fields; f++)
    term_init (&self->terms[f], representation, f, sensors);
  if (row->linear != NULL)
    init_linear (self, equation);
  else if (row->flow != NULL)
    init_flow (self, equation);
  else
    init_grid (self, equation);
  self->n_residuals = row->fields[self->n_fields - 1].n_frames;
  self->part = g_new (double, self->n_joint);
  self->joint = g_new (double, self->n_joint);
  self->joint_gradient = g_new (double, self->n_joint);
  self->relative_residual = NAN;
  return self;
}

void
pisd_loss_free (PisdLoss *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < self->n_fields; f++)
    {
      pisd_observation_free (self->terms[f].observation);
      g_free (self->terms[f].weight);
      g_free (self->terms[f].misfit);
      pisd_field_free (self->fields[f]);
      pisd_field_free (self->gradients[f]);
    }
  g_free (self->eigenvalues);
  pisd_solver_free (self->solver);
  pisd_field_free (self->residual);
  pisd_field_free (self->source);
  pisd_flow_residual_free (self->flow);
  g_free (self->frames);
  g_free (self->between);
  g_free (self->box);
  g_free (self->part);
  g_free (self->joint);
  g_free (self->joint_gradient);
  g_free (self);
}

/* A term is scale * q or sqrt (q) * scale of a sum of squares q: its value, and the factor c with
 * gradient = c * (half the gradient of q). */
static double
finish_term (PisdLossForm form, double q, double scale, double *factor)
{
  if (form == PISD_LOSS_SQUARED)
    {
      *factor = 2.0 * scale;
      return scale * q;
    }
  *factor = q > 0.0 ? scale / sqrt (q) : 0.0;
  return scale * sqrt (q);
}

/* gradient += zeta * part over the part's range; returns the norm of what was added. */
static double
accumulate (const double *part, gsize n, double zeta, double *gradient)
{
  cblas_daxpy (n, zeta, part, 1, gradient, 1);
  return zeta * cblas_dnrm2 (n, part, 1);
}

static double
evaluate_sensors (PisdLoss *self,
                  guint field,
                  const double *m,
                  double zeta,
                  double *share,
                  double *gradient)
{
  Term *term = &self->terms[field];
  guint n = pisd_observation_get_n (term->observation);
  const double *y = pisd_observation_get_values (term->observation);
  gsize length, offset = pisd_representation_get_offset (self->representation, field, &length);
  double q = 0.0, factor, value;

  if (n == 0)
    return NAN;
  pisd_observation_apply (term->observation, m + offset, term->misfit);
  for (guint s = 0; s < n; s++)
    {
      double d = term->misfit[s] - y[s];

      q += term->weight[s] * d * d;
      term->misfit[s] = term->weight[s] * d;
    }
  value = finish_term (self->form, q, self->form == PISD_LOSS_SQUARED ? (double) S * S / n : 1.0,
                       &factor);
  if (gradient != NULL && zeta != 0.0)
    {
      cblas_dscal (n, factor, term->misfit, 1);
      pisd_observation_apply_adjoint (term->observation, term->misfit, self->part);
      *share = accumulate (self->part, length, zeta, gradient + offset);
    }
  return value;
}

static double
evaluate_equation (PisdLoss *self, const double *m, double zeta, double *share, double *gradient)
{
  double q, factor, value;

  self->equation->residual (self, m);
  q = cblas_ddot ((int) self->n_left, self->left, 1, self->left, 1);
  self->relative_residual = sqrt (q) / self->source_norm / sqrt (self->n_residuals);
  value =
      finish_term (self->form, q,
                   self->form == PISD_LOSS_SQUARED ? 1.0 : 1.0 / ((S - 1.0) * (S - 1.0)), &factor);
  if (gradient != NULL && zeta != 0.0)
    {
      self->equation->gradient (self, m, self->part);
      *share = accumulate (self->part, self->n_joint, zeta * factor, gradient);
    }
  return value;
}

void
pisd_loss_evaluate (PisdLoss *self,
                    const double *m,
                    const double zeta[PISD_N_TERMS],
                    double values[PISD_N_TERMS],
                    double shares[PISD_N_TERMS],
                    double *gradient)
{
  double *wanted = gradient != NULL ? self->joint_gradient : NULL;
  double sum = 0.0;

  memset (shares, 0, sizeof (double) * PISD_N_TERMS);
  if (wanted != NULL)
    memset (wanted, 0, sizeof (double) * self->n_joint);
  pisd_representation_expand (self->representation, m, self->joint);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    values[t] = NAN;
  for (guint f = 0; f < self->n_fields; f++)
    values[PISD_TERM_OBS (f)] = evaluate_sensors (self, f, self->joint, zeta[PISD_TERM_OBS (f)],
                                                  &shares[PISD_TERM_OBS (f)], wanted);
  values[PISD_TERM_PDE] =
      evaluate_equation (self, self->joint, zeta[PISD_TERM_PDE], &shares[PISD_TERM_PDE], wanted);
  if (gradient != NULL)
    pisd_representation_expand_adjoint (self->representation, wanted, gradient);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    sum += shares[t];
  for (guint t = 0; t < PISD_N_TERMS && sum > 0.0; t++)
    shares[t] /= sum;
}

double
pisd_loss_get_relative_residual (const PisdLoss *self)
{
  return self->relative_residual;
}
