/* What an inspection says: its numbers; its vectors in space, as maps of modes and by wave
 * number. */
#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-inspector-private.h"

/* Where a number stands, and whether there is one a term. */
#define ROW(member, of_terms)                                 \
  {                                                           \
    G_STRUCT_OFFSET (PisdInspectionNumbers, member), of_terms \
  }

static const struct
{
  gsize offset;
  gboolean is_of_terms;
} rows[PISD_N_INSPECTED] = {
  [PISD_INSPECTED_SIGMA] = ROW (sigma, FALSE),
  [PISD_INSPECTED_ZETA] = ROW (zeta, TRUE),
  [PISD_INSPECTED_NORM] = ROW (norms, TRUE),
  [PISD_INSPECTED_SHARE] = ROW (shares, TRUE),
  [PISD_INSPECTED_TOTAL] = ROW (total, FALSE),
  [PISD_INSPECTED_COSINE_EQUATION] = ROW (cosine_equation, FALSE),
  [PISD_INSPECTED_COSINE_FIELDS] = ROW (cosine_fields, FALSE),
  [PISD_INSPECTED_UPDATE] = ROW (update, FALSE),
  [PISD_INSPECTED_UPDATE_ERROR] = ROW (update_error, FALSE),
  [PISD_INSPECTED_COSINE_UPDATE] = ROW (cosine_update, FALSE),
};

double
pisd_inspection_numbers_get (const PisdInspectionNumbers *numbers,
                             PisdInspected which,
                             PisdTerm term)
{
  g_return_val_if_fail (numbers != NULL && which < PISD_N_INSPECTED && term < PISD_N_TERMS, NAN);

  return G_STRUCT_MEMBER (
      double, numbers, rows[which].offset + (rows[which].is_of_terms ? term : 0) * sizeof (double));
}

PisdInspection *
pisd_inspection_new (const PisdInspector *inspector)
{
  PisdInspection *self = g_new0 (PisdInspection, 1);

  self->kind = inspector->kind;
  self->n = inspector->n;
  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    self->terms[t] = g_new (double, self->n);
  self->total = g_new (double, self->n);
  self->update = g_new (double, self->n);
  return self;
}

void
pisd_inspection_free (PisdInspection *self)
{
  if (self == NULL)
    return;
  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    g_free (self->terms[t]);
  g_free (self->total);
  g_free (self->update);
  g_free (self);
}

void
pisd_inspection_reset (PisdInspection *self, const PisdFrame *frame)
{
  PisdInspectionNumbers *numbers = &self->numbers;
  gsize size = sizeof (double) * self->n;

  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    {
      numbers->zeta[t] = numbers->norms[t] = numbers->shares[t] = NAN;
      self->has_term[t] = FALSE;
      memset (self->terms[t], 0, size);
    }
  numbers->step = frame->step;
  numbers->sigma = frame->sigma;
  numbers->total = numbers->cosine_equation = numbers->cosine_fields = NAN;
  numbers->update = numbers->update_error = numbers->cosine_update = NAN;
  memset (self->total, 0, size);
  memset (self->update, 0, size);
  self->source = PISD_UPDATE_UNKNOWN;
}

/* NaN where one of them is zero. */
static double
get_cosine (const double *v, const double *w, gsize n)
{
  double product = cblas_dnrm2 (n, v, 1) * cblas_dnrm2 (n, w, 1);

  return product > 0.0 ? cblas_ddot (n, v, 1, w, 1) / product : NAN;
}

/* Between the sum of the sensors' terms and the equation's. */
static double
get_cosine_equation (const PisdInspection *self)
{
  g_autofree double *sensors = g_memdup2 (self->terms[0], sizeof (double) * self->n);

  for (guint f = 1; f < PISD_MAX_FIELDS; f++)
    cblas_daxpy (self->n, 1.0, self->terms[PISD_TERM_OBS (f)], 1, sensors, 1);
  return get_cosine (sensors, self->terms[PISD_TERM_PDE], self->n);
}

void
pisd_inspection_fill_numbers (PisdInspection *self)
{
  PisdInspectionNumbers *numbers = &self->numbers;
  double sum = 0.0;

  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    if (self->has_term[t])
      sum += numbers->norms[t] = cblas_dnrm2 (self->n, self->terms[t], 1);
  for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
    numbers->shares[t] = sum > 0.0 ? numbers->norms[t] / sum : NAN;
  if (self->kind != PISD_INSPECTION_NOTHING)
    numbers->total = cblas_dnrm2 (self->n, self->total, 1);
  numbers->cosine_equation = get_cosine_equation (self);
  numbers->cosine_fields = get_cosine (self->terms[0], self->terms[1], self->n);
  if (self->source == PISD_UPDATE_UNKNOWN)
    return;
  numbers->update = cblas_dnrm2 (self->n, self->update, 1);
  numbers->cosine_update = get_cosine (self->update, self->total, self->n)
                           * (self->kind == PISD_INSPECTION_GRADIENTS ? -1.0 : 1.0);
}

const double *
pisd_inspection_get_vector (const PisdInspection *self, guint which)
{
  g_return_val_if_fail (which < PISD_INSPECTION_N_VECTORS, NULL);
  if (which == PISD_INSPECTION_UPDATE)
    return self->update;
  return which == PISD_INSPECTION_TOTAL ? self->total : self->terms[which];
}

gboolean
pisd_inspection_has_vector (const PisdInspection *self, guint which)
{
  g_return_val_if_fail (which < PISD_INSPECTION_N_VECTORS, FALSE);
  if (which == PISD_INSPECTION_UPDATE)
    return self->source != PISD_UPDATE_UNKNOWN;
  return which == PISD_INSPECTION_TOTAL ? !isnan (self->numbers.total) : self->has_term[which];
}

gboolean
pisd_inspector_decode (PisdInspector *self, const double *v, guint field, PisdField *out)
{
  if (field >= pisd_representation_get_n_parts (self->representation)
      && !pisd_representation_is_linear (self->representation))
    return FALSE;
  pisd_representation_decode (self->representation, v, field, out);
  return TRUE;
}

/* The latent's part of one frame of a field; NULL: it has none. */
static const double *
get_part (const PisdInspector *self,
          const double *v,
          guint field,
          guint frame,
          const PisdModes **modes)
{
  if (field >= pisd_representation_get_n_parts (self->representation))
    return NULL;
  *modes = pisd_representation_get_modes (self->representation, field);
  return v + pisd_representation_get_offset (self->representation, field, NULL)
         + (gsize) frame * (*modes)->n;
}

guint
pisd_inspector_get_map_side (const PisdInspector *self, guint field)
{
  if (field >= pisd_representation_get_n_parts (self->representation))
    return 0;
  return pisd_representation_get_modes (self->representation, field)->support.box;
}

void
pisd_inspector_fill_map (const PisdInspector *self,
                         const double *v,
                         guint field,
                         guint frame,
                         double *map)
{
  const guint side = pisd_inspector_get_map_side (self, field);
  const PisdModes *modes;
  const double *part = get_part (self, v, field, frame, &modes);

  for (gsize i = 0; i < (gsize) side * side; i++)
    map[i] = NAN;
  for (guint i = 0; part != NULL && i < modes->n; i++)
    map[modes->ky[i] * side + modes->kx[i]] = fabs (part[i]);
}

/* The wave number that Adam's step size goes by, and its shell. */
static guint
find_shell (const PisdModes *modes, guint mode)
{
  return (guint) lround (hypot (modes->ky[mode], modes->kx[mode]));
}

static PisdInspectionShells *
shells_new (const PisdModes *modes)
{
  PisdInspectionShells *self = g_new0 (PisdInspectionShells, 1);

  for (guint i = 0; i < modes->n; i++)
    self->n = MAX (self->n, find_shell (modes, i) + 1);
  self->gradient = g_new0 (double, self->n);
  self->update = g_new0 (double, self->n);
  self->step = g_new0 (double, self->n);
  self->weight = g_new0 (double, self->n);
  return self;
}

void
pisd_inspection_shells_free (PisdInspectionShells *self)
{
  if (self == NULL)
    return;
  g_free (self->gradient);
  g_free (self->update);
  g_free (self->step);
  g_free (self->weight);
  g_free (self);
}

/* Square roots of mean squares over the modes of all frames of a field. */
static void
fill_shells (const PisdModes *modes,
             gsize n,
             const double *part,
             PisdInspectionShells *shells,
             double *out)
{
  g_autofree guint *count = g_new0 (guint, shells->n);

  for (gsize i = 0; i < n; i++)
    {
      guint k = find_shell (modes, (guint) (i % modes->n));

      count[k]++;
      out[k] += part[i] * part[i];
    }
  for (guint k = 0; k < shells->n; k++)
    out[k] = count[k] > 0 ? sqrt (out[k] / count[k]) : NAN;
}

PisdInspectionShells *
pisd_inspector_get_shells (PisdInspector *self,
                           const PisdInspection *inspection,
                           const PisdFrame *next,
                           guint field)
{
  const PisdGuidanceParameters *parameters =
      next != NULL ? &next->parameters : &self->scenario->settings.parameters;
  PisdInspectionShells *shells;
  const PisdModes *modes;
  gsize n, offset;

  g_return_val_if_fail (field < pisd_representation_get_n_parts (self->representation), NULL);

  modes = pisd_representation_get_modes (self->representation, field);
  offset = pisd_representation_get_offset (self->representation, field, &n);
  shells = shells_new (modes);
  fill_shells (modes, n, inspection->total + offset, shells, shells->gradient);
  fill_shells (modes, n, inspection->update + offset, shells, shells->update);
  for (guint k = 0; k < shells->n; k++)
    {
      if (inspection->source == PISD_UPDATE_UNKNOWN)
        shells->update[k] = NAN;
      shells->step[k] = shells->gradient[k] > 0.0 ? shells->update[k] / shells->gradient[k] : NAN;
      shells->weight[k] = pisd_guidance_get_rate (self->guidance, parameters, k);
    }
  return shells;
}
