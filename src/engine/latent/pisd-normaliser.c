#include "pisd-normaliser.h"

#include <math.h>

#include "pisd-linear-map.h"
#include "pisd-solver.h"

#define S PISD_GRID
#define SOURCE 0
#define SOLUTION 1
/* Instances of an equation that is not linear, whose amplitudes are pooled by rings of wave
 * numbers: the innermost one of two periodic axes has eight modes. */
#define N_DRAWS 6
#define FIRST_SEED G_GUINT64_CONSTANT (0x7363616c65000000) /* nobody's instance */
#define N_RINGS (2 * S)

PisdNormaliser *
pisd_normaliser_new (const PisdOperator *row, const PisdModes *const *modes)
{
  PisdNormaliser *self = g_new0 (PisdNormaliser, 1);

  self->ref_count = 1;
  self->n_fields = row->n_fields;
  for (guint f = 0; f < row->n_fields; f++)
    {
      self->n_frames[f] = row->fields[f].n_frames;
      self->n[f] = modes[f]->n * self->n_frames[f];
      self->scale[f] = g_new0 (double, self->n[f]);
    }
  return self;
}

/* Sum of squares of the scales: the field's variance at a node, averaged, times S^2. */
static double
sum_squares (const double *scale, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    sum += scale[i] * scale[i];
  return sum;
}

double
pisd_normaliser_get_kept_variance (const PisdNormaliser *self, guint field)
{
  return sum_squares (self->scale[field], self->n[field]) / (S * S) / self->n_frames[field];
}

/* What is left of a field's whole variance, a sum over all modes and frames, beyond the kept
 * ones. */
static double
rest_of (double all, const PisdNormaliser *self, guint field)
{
  return MAX (0.0, all - sum_squares (self->scale[field], self->n[field])) / (S * S)
         / self->n_frames[field];
}

static void
fill_source (PisdNormaliser *self,
             const PisdRandomOps *random,
             const PisdModes *modes,
             const PisdSourcePrior *prior)
{
  double all = 0.0;

  self->prior = *prior;
  for (guint i = 0; i < modes->n; i++)
    self->scale[SOURCE][i] = random->scale (modes->ky[i], modes->kx[i], prior);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      all += random->scale (i, j, prior) * random->scale (i, j, prior);
  self->tail_variance[SOURCE] = rest_of (all, self, SOURCE);
}

/* Sum of the variances of all modes of the solution of the whole source. */
static double
whole_solution_variance (const PisdEquation *equation, const PisdSourcePrior *prior)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  const PisdFieldInfo *fields = row->fields;
  PisdBasis basis = fields[SOLUTION].basis;
  g_autoptr (PisdModes) a =
      pisd_modes_new (PISD_MODES_SQUARE, pisd_basis_get_n_modes (fields[SOURCE].basis),
                      fields[SOURCE].basis, pisd_operator_lacks_mean (row, SOURCE, prior), NULL);
  g_autoptr (PisdModes) u =
      pisd_modes_new (PISD_MODES_SQUARE, pisd_basis_get_n_modes (basis), basis, FALSE, NULL);
  g_autoptr (PisdLinearMap) map = pisd_linear_map_new (equation, a, u);
  g_autofree double *sd = g_new (double, a->n);
  g_autofree double *variance = g_new (double, u->n);
  double all = 0.0;

  for (guint i = 0; i < a->n; i++)
    sd[i] = row->random->scale (a->ky[i], a->kx[i], prior);
  pisd_linear_map_propagate_variance (map, sd, variance);
  for (guint i = 0; i < u->n; i++)
    all += variance[i];
  return all;
}

static void
fill_solution (PisdNormaliser *self,
               const PisdEquation *equation,
               const PisdModes *const *modes,
               const PisdSourcePrior *prior)
{
  g_autoptr (PisdLinearMap) map = pisd_linear_map_new (equation, modes[SOURCE], modes[SOLUTION]);

  pisd_linear_map_propagate_variance (map, self->scale[SOURCE], self->scale[SOLUTION]);
  for (guint i = 0; i < modes[SOLUTION]->n; i++)
    self->scale[SOLUTION][i] = sqrt (self->scale[SOLUTION][i]);
  self->tail_variance[SOLUTION] =
      rest_of (whole_solution_variance (equation, prior), self, SOLUTION);
}

PisdNormaliser *
pisd_normaliser_new_gaussian (const PisdEquation *equation,
                              const PisdModes *const *modes,
                              const PisdSourcePrior *prior)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdNormaliser *self = pisd_normaliser_new (row, modes);

  fill_source (self, row->random, modes[SOURCE], prior);
  fill_solution (self, equation, modes, prior);
  return self;
}

/* A positive standard deviation for every mode, that of field 0's prior where it has the mode. */
static double
scale_alike (const PisdRandomOps *random, guint ky, guint kx, const PisdSourcePrior *prior)
{
  double scale = random->scale (ky, kx, prior);

  return scale > 0.0 ? scale : random->scale (0, 1, prior);
}

PisdNormaliser *
pisd_normaliser_new_alike (const PisdEquation *equation,
                           const PisdModes *const *modes,
                           const PisdSourcePrior *prior)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdNormaliser *self = pisd_normaliser_new (row, modes);

  fill_source (self, row->random, modes[SOURCE], prior);
  for (guint f = SOLUTION; f < self->n_fields; f++)
    {
      guint n = modes[f]->n;

      for (guint i = 0; i < self->n[f]; i++)
        self->scale[f][i] =
            scale_alike (row->random, modes[f]->ky[i % n], modes[f]->kx[i % n], prior);
      self->tail_variance[f] = self->tail_variance[SOURCE];
    }
  return self;
}

/* What draws of one field other than field 0 add up to. */
typedef struct
{
  PisdBasis basis;
  guint n; /* modes an axis */
  PisdTransform *transform;
  guint *ring;     /* [n, n] of each mode */
  double *box;     /* [n, n] scratch */
  double *squares; /* [n_frames, N_RINGS] of amplitudes, averaged over the draws */
  double all;      /* their sum */
} Spectra;

static guint
find_ring (PisdBasis basis, guint ky, guint kx)
{
  return (guint) lround (
      hypot (pisd_basis_get_wave_number (basis, ky), pisd_basis_get_wave_number (basis, kx)));
}

static void
spectra_init (Spectra *spectra, const PisdFieldInfo *info)
{
  guint n = pisd_basis_get_n_modes (info->basis);

  spectra->basis = info->basis;
  spectra->n = n;
  spectra->transform = pisd_transform_new (info->basis, n, PISD_TRANSFORM_AUTO);
  spectra->ring = g_new (guint, n * n);
  spectra->box = g_new (double, n *n);
  spectra->squares = g_new0 (double, info->n_frames *N_RINGS);
  for (guint i = 0; i < n * n; i++)
    spectra->ring[i] = find_ring (info->basis, i / n, i % n);
}

static void
spectra_clear (Spectra *spectra)
{
  pisd_transform_free (spectra->transform);
  g_free (spectra->ring);
  g_free (spectra->box);
  g_free (spectra->squares);
}

static void
spectra_add (Spectra *spectra, const PisdField *field)
{
  for (guint frame = 0; frame < pisd_field_count_frames (field); frame++)
    {
      double *squares = spectra->squares + frame * N_RINGS;

      pisd_transform_analyze (spectra->transform, field->data + frame * S * S, spectra->box);
      for (guint i = 0; i < spectra->n * spectra->n; i++)
        {
          double square = spectra->box[i] * spectra->box[i] / N_DRAWS;

          squares[spectra->ring[i]] += square;
          spectra->all += square;
        }
    }
}

/* ratio: of the standard deviations on each ring over those of field 0's prior; where the solver
 * resolves nothing as on the last ring that it does.  alike: [N_RINGS] squares of the prior's. */
static void
fill_ratios (const double *squares, const double *alike, double ratio[N_RINGS])
{
  double last = 1.0;

  for (guint r = N_RINGS; r-- > 0;)
    if (squares[r] > 0.0)
      last = sqrt (squares[r] / alike[r]);
  for (guint r = 0; r < N_RINGS; r++)
    {
      if (squares[r] > 0.0)
        last = sqrt (squares[r] / alike[r]);
      ratio[r] = last;
    }
}

/* scale = that of field 0's prior times its ring's ratio, frame by frame. */
static void
fill_simulated (PisdNormaliser *self,
                guint f,
                const PisdRandomOps *random,
                const PisdModes *modes,
                const PisdSourcePrior *prior,
                const Spectra *spectra)
{
  double alike[N_RINGS] = { 0.0 }, ratio[N_RINGS];
  guint n = spectra->n;

  for (guint i = 0; i < n * n; i++)
    alike[spectra->ring[i]] += pow (scale_alike (random, i / n, i % n, prior), 2);
  for (guint frame = 0; frame < self->n_frames[f]; frame++)
    {
      double *scale = self->scale[f] + frame * modes->n;

      fill_ratios (spectra->squares + frame * N_RINGS, alike, ratio);
      for (guint i = 0; i < modes->n; i++)
        scale[i] = scale_alike (random, modes->ky[i], modes->kx[i], prior)
                   * ratio[spectra->ring[modes->ky[i] * n + modes->kx[i]]];
    }
  self->tail_variance[f] = rest_of (spectra->all, self, f);
}

static void
add_draws (const PisdEquation *equation, const PisdLaw *law, Spectra *spectra)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  g_autoptr (PisdSolver) solver = pisd_solver_new (equation);
  PisdField *fields[PISD_MAX_FIELDS];

  for (guint f = 0; f < row->n_fields; f++)
    fields[f] = pisd_field_info_new_field (&row->fields[f]);
  for (guint i = 0; i < N_DRAWS; i++)
    {
      pisd_random_sample (row->random, PISD_FAMILY_GRF, law, FIRST_SEED + i, fields[SOURCE]);
      pisd_solver_sketch (solver, fields);
      for (guint f = SOLUTION; f < row->n_fields; f++)
        spectra_add (&spectra[f], fields[f]);
    }
  for (guint f = 0; f < row->n_fields; f++)
    pisd_field_free (fields[f]);
}

PisdNormaliser *
pisd_normaliser_new_simulated (const PisdEquation *equation,
                               const PisdModes *const *modes,
                               const PisdSourcePrior *prior)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdNormaliser *self = pisd_normaliser_new (row, modes);
  Spectra spectra[PISD_MAX_FIELDS] = { 0 };

  fill_source (self, row->random, modes[SOURCE], prior);
  for (guint f = SOLUTION; f < row->n_fields; f++)
    spectra_init (&spectra[f], &row->fields[f]);
  add_draws (equation, &prior->law, spectra);
  for (guint f = SOLUTION; f < row->n_fields; f++)
    {
      fill_simulated (self, f, row->random, modes[f], prior, &spectra[f]);
      spectra_clear (&spectra[f]);
    }
  return self;
}

PisdNormaliser *
pisd_normaliser_ref (PisdNormaliser *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_normaliser_unref (PisdNormaliser *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  for (guint f = 0; f < self->n_fields; f++)
    g_free (self->scale[f]);
  g_free (self);
}
