#include "pisd-representation.h"

#include <math.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-elliptic.h"
#include "pisd-grf.h"
#include "pisd-solution-map.h"

#define S PISD_GRID
#define A 0 /* index of the source in the problem's table */
#define U 1 /* index of the solution */

typedef struct
{
  const PisdFieldInfo *info;
  PisdModes *modes;
  double *scale;   /* [modes->n] */
  double *inverse; /* [modes->n] 1 / scale */
  double *factor;  /* [modes->n] scratch: weight * scale */
  double *wide;    /* [modes->n] scratch: float coefficients in double */
  double *box;     /* [support.box, support.box] scratch */
  PisdTransform *transform;
  double tail_variance;
} Part;

struct _PisdRepresentation
{
  PisdProblemId problem;
  double wavenumber;
  PisdSpace space;
  guint n_parts;
  Part parts[PISD_MAX_FIELDS];
  PisdSolutionMap *map;
  PisdField *source; /* decoupled: scratch */
};

static gboolean
part_init (Part *part, const PisdFieldInfo *info, const PisdSettings *settings, GError **error)
{
  gboolean skip_mean = info->basis == PISD_BASIS_COSINE;
  guint n;

  part->info = info;
  part->modes = pisd_modes_new (settings->mode_set, settings->modes, info->basis, skip_mean, error);
  if (part->modes == NULL)
    return FALSE;
  n = part->modes->n;
  part->scale = g_new (double, n);
  part->inverse = g_new (double, n);
  part->factor = g_new (double, n);
  part->wide = g_new (double, n);
  part->box = g_new (double, part->modes->support.box * part->modes->support.box);
  part->transform = pisd_transform_new_on (info->basis, &part->modes->support, PISD_TRANSFORM_AUTO);
  return TRUE;
}

static void
part_clear (Part *part)
{
  pisd_modes_free (part->modes);
  g_free (part->scale);
  g_free (part->inverse);
  g_free (part->factor);
  g_free (part->wide);
  g_free (part->box);
  pisd_transform_free (part->transform);
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

static void
fill_source_scale (Part *part)
{
  double all = 0.0;

  for (guint i = 0; i < part->modes->n; i++)
    part->scale[i] = pisd_grf_scale (part->modes->ky[i], part->modes->kx[i]);
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      all += pisd_grf_scale (i, j) * pisd_grf_scale (i, j);
  part->tail_variance = MAX (0.0, all - sum_squares (part->scale, part->modes->n)) / (S * S);
}

/* What the solution's modes lose in all: those of the full source on the full sine basis less the
 * kept ones. */
static double
solution_tail_variance (double wavenumber, const Part *part)
{
  g_autoptr (PisdModes) a = pisd_modes_new (PISD_MODES_SQUARE, S, PISD_BASIS_COSINE, TRUE, NULL);
  g_autoptr (PisdModes) u = pisd_modes_new (PISD_MODES_SQUARE, S - 2, PISD_BASIS_SINE, FALSE, NULL);
  g_autoptr (PisdSolutionMap) map = pisd_solution_map_new (wavenumber, a, u);
  g_autofree double *sd = g_new (double, a->n);
  g_autofree double *variance = g_new (double, u->n);
  double all = 0.0;

  for (guint i = 0; i < a->n; i++)
    sd[i] = pisd_grf_scale (a->ky[i], a->kx[i]);
  pisd_solution_map_propagate_variance (map, sd, variance);
  for (guint i = 0; i < u->n; i++)
    all += variance[i];
  return MAX (0.0, all - sum_squares (part->scale, part->modes->n)) / (S * S);
}

static void
fill_solution_scale (PisdRepresentation *self)
{
  Part *part = &self->parts[U];

  pisd_solution_map_propagate_variance (self->map, self->parts[A].scale, part->scale);
  for (guint i = 0; i < part->modes->n; i++)
    part->scale[i] = sqrt (part->scale[i]);
  part->tail_variance = solution_tail_variance (self->wavenumber, part);
}

PisdRepresentation *
pisd_representation_new (const PisdSettings *settings, GError **error)
{
  const PisdOperator *info = pisd_operator_get (settings->problem);
  g_autoptr (PisdRepresentation) self = g_new0 (PisdRepresentation, 1);

  if (!pisd_elliptic_check_wavenumber (settings->problem, settings->wavenumber, error))
    return NULL;

  self->problem = settings->problem;
  self->space = settings->space;
  self->source = pisd_field_new (S, S);
  self->wavenumber = info->has_wavenumber ? settings->wavenumber : 0.0;
  for (guint f = 0; f < info->n_fields; f++)
    {
      self->n_parts++;
      if (!part_init (&self->parts[f], &info->fields[f], settings, error))
        return NULL;
    }
  self->map = pisd_solution_map_new (self->wavenumber, self->parts[A].modes, self->parts[U].modes);
  fill_source_scale (&self->parts[A]);
  fill_solution_scale (self);
  for (guint f = 0; f < self->n_parts; f++)
    for (guint i = 0; i < self->parts[f].modes->n; i++)
      self->parts[f].inverse[i] = 1.0 / self->parts[f].scale[i];
  return g_steal_pointer (&self);
}

void
pisd_representation_free (PisdRepresentation *self)
{
  if (self == NULL)
    return;
  pisd_solution_map_free (self->map);
  pisd_field_free (self->source);
  for (guint f = 0; f < self->n_parts; f++)
    part_clear (&self->parts[f]);
  g_free (self);
}

PisdProblemId
pisd_representation_get_problem (const PisdRepresentation *self)
{
  return self->problem;
}

double
pisd_representation_get_wavenumber (const PisdRepresentation *self)
{
  return self->wavenumber;
}

PisdSpace
pisd_representation_get_space (const PisdRepresentation *self)
{
  return self->space;
}

guint
pisd_representation_get_n_parts (const PisdRepresentation *self)
{
  return self->space == PISD_SPACE_DECOUPLED ? 1 : self->n_parts;
}

gsize
pisd_representation_get_n_joint (const PisdRepresentation *self)
{
  gsize n = 0;

  for (guint f = 0; f < self->n_parts; f++)
    n += self->parts[f].modes->n;
  return n;
}

gsize
pisd_representation_get_n (const PisdRepresentation *self)
{
  return self->space == PISD_SPACE_DECOUPLED ? self->parts[A].modes->n
                                             : pisd_representation_get_n_joint (self);
}

gsize
pisd_representation_get_offset (const PisdRepresentation *self, guint field, gsize *n)
{
  gsize offset = 0;

  for (guint f = 0; f < field; f++)
    offset += self->parts[f].modes->n;
  if (n != NULL)
    *n = self->parts[field].modes->n;
  return offset;
}

const PisdModes *
pisd_representation_get_modes (const PisdRepresentation *self, guint field)
{
  return self->parts[field].modes;
}

const double *
pisd_representation_get_scale (const PisdRepresentation *self, guint field)
{
  return self->parts[field].scale;
}

double
pisd_representation_get_kept_variance (const PisdRepresentation *self, guint field)
{
  return sum_squares (self->parts[field].scale, self->parts[field].modes->n) / (S * S);
}

double
pisd_representation_get_tail_variance (const PisdRepresentation *self, guint field)
{
  return self->parts[field].tail_variance;
}

/* weight * scale, or the scale itself. */
static const double *
part_factor (Part *part, const double *weight)
{
  if (weight == NULL)
    return part->scale;
  for (guint i = 0; i < part->modes->n; i++)
    part->factor[i] = weight[i] * part->scale[i];
  return part->factor;
}

void
pisd_representation_synthesize (PisdRepresentation *self,
                                guint field,
                                const double *z_field,
                                const double *weight,
                                double *grid)
{
  Part *part = &self->parts[field];

  pisd_modes_unpack (part->modes, z_field, part_factor (part, weight), part->box);
  pisd_transform_synthesize (part->transform, part->box, grid);
}

void
pisd_representation_analyze (PisdRepresentation *self,
                             guint field,
                             const double *grid,
                             const double *weight,
                             double *z_field)
{
  Part *part = &self->parts[field];

  pisd_transform_analyze (part->transform, grid, part->box);
  pisd_modes_pack (part->modes, part->box, part_factor (part, weight), z_field);
}

static void
decode_part (PisdRepresentation *self, guint field, const double *z_field, PisdField *out)
{
  g_return_if_fail (out->ny == S && out->nx == S);

  pisd_representation_synthesize (self, field, z_field, NULL, out->data);
  if (self->parts[field].info->zero_boundary)
    pisd_field_zero_boundary (out);
}

/* A field whose part of the latent starts at z_field; of a decoupled solution, the source's part. */
static void
decode_from (PisdRepresentation *self, guint field, const double *z_field, PisdField *out)
{
  if (self->space == PISD_SPACE_JOINT || field == A)
    {
      decode_part (self, field, z_field, out);
      return;
    }
  decode_part (self, A, z_field, self->source);
  pisd_elliptic_solve (self->wavenumber, self->source, out);
}

/* Where the part of the latent that a field is made of starts. */
static gsize
decoded_offset (const PisdRepresentation *self, guint field)
{
  return self->space == PISD_SPACE_JOINT ? pisd_representation_get_offset (self, field, NULL) : 0;
}

void
pisd_representation_decode (PisdRepresentation *self, const double *z, guint field, PisdField *out)
{
  decode_from (self, field, z + decoded_offset (self, field), out);
}

void
pisd_representation_decode_float (PisdRepresentation *self,
                                  const float *z,
                                  guint field,
                                  PisdField *out)
{
  Part *part = &self->parts[self->space == PISD_SPACE_JOINT ? field : A];
  const float *from = z + decoded_offset (self, field);

  for (guint i = 0; i < part->modes->n; i++)
    part->wide[i] = from[i];
  decode_from (self, field, part->wide, out);
}

void
pisd_representation_encode (PisdRepresentation *self, const PisdField *f, guint field, double *z)
{
  Part *part = &self->parts[field];

  pisd_transform_analyze (part->transform, f->data, part->box);
  pisd_modes_pack (part->modes, part->box, part->inverse,
                   z + pisd_representation_get_offset (self, field, NULL));
}

void
pisd_representation_expand (PisdRepresentation *self, const double *z, double *joint)
{
  memcpy (joint, z, sizeof (double) * pisd_representation_get_n (self));
  if (self->space == PISD_SPACE_DECOUPLED)
    pisd_representation_solve (self, z, joint + self->parts[A].modes->n);
}

void
pisd_representation_expand_adjoint (PisdRepresentation *self, const double *joint, double *z)
{
  gsize n_a = self->parts[A].modes->n;

  if (self->space == PISD_SPACE_JOINT)
    {
      memcpy (z, joint, sizeof (double) * pisd_representation_get_n (self));
      return;
    }
  pisd_representation_solve_adjoint (self, joint + n_a, z);
  for (gsize i = 0; i < n_a; i++)
    z[i] += joint[i];
}

void
pisd_representation_solve (PisdRepresentation *self, const double *z_a, double *z_u)
{
  pisd_solution_map_apply (self->map, z_a, self->parts[A].scale, self->parts[U].inverse, z_u);
}

void
pisd_representation_solve_adjoint (PisdRepresentation *self, const double *z_u, double *z_a)
{
  pisd_solution_map_apply_adjoint (self->map, z_u, self->parts[U].inverse, self->parts[A].scale,
                                   z_a);
}

double
pisd_representation_get_solve_entry (const PisdRepresentation *self, guint u_index, guint a_index)
{
  return pisd_solution_map_get_entry (self->map, u_index, a_index) * self->parts[U].inverse[u_index]
         * self->parts[A].scale[a_index];
}
