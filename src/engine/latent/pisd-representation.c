#include "pisd-representation.h"

#include <math.h>
#include <string.h>

#include "pisd-basis.h"
#include "pisd-error.h"
#include "pisd-linear-map.h"
#include "pisd-solver.h"

#define S PISD_GRID
#define A 0 /* index of the field that determines the others */
#define U 1 /* index of a linear equation's solution */

typedef struct
{
  const PisdFieldInfo *info;
  PisdModes *modes;
  const double *scale; /* [modes->n] of the normaliser */
  double *inverse;     /* [modes->n] 1 / scale */
  double *factor;      /* [modes->n] scratch: weight * scale */
  double *wide;        /* [modes->n] scratch: float coefficients in double */
  double *box;         /* [support.box, support.box] scratch */
  PisdTransform *transform;
} Part;

struct _PisdRepresentation
{
  PisdEquation equation;
  PisdNormaliser *normaliser;
  double mean_sd;
  PisdSpace space;
  gboolean decoupled; /* the latent holds field 0 alone */
  guint n_parts;
  Part parts[PISD_MAX_FIELDS];
  PisdLinearMap *map;                 /* NULL: the equation is not linear */
  PisdSolver *solver;                 /* decoupled; NULL otherwise */
  PisdField *fields[PISD_MAX_FIELDS]; /* scratch */
};

static gboolean
part_init (Part *part, const PisdFieldInfo *info, const PisdSettings *settings, GError **error)
{
  gboolean skip_mean = info->basis == PISD_BASIS_COSINE && settings->mean_sd == 0.0;
  guint n;

  part->info = info;
  part->modes = pisd_modes_new (settings->mode_set, settings->modes, info->basis, skip_mean, error);
  if (part->modes == NULL)
    return FALSE;
  n = part->modes->n;
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
  g_free (part->inverse);
  g_free (part->factor);
  g_free (part->wide);
  g_free (part->box);
  pisd_transform_free (part->transform);
}

/* The parts without their scales. */
static PisdRepresentation *
representation_alloc (const PisdSettings *settings, GError **error)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  g_autoptr (PisdRepresentation) self = g_new0 (PisdRepresentation, 1);

  self->equation = pisd_settings_get_equation (settings);
  if (!pisd_equation_check (&self->equation, error))
    return NULL;

  self->space = settings->space;
  self->decoupled = pisd_method_get_space (settings->space)->obeys_equation;
  self->mean_sd = settings->mean_sd;
  for (guint f = 0; f < row->n_fields; f++)
    {
      self->n_parts++;
      self->fields[f] = pisd_field_new (S, S);
      if (!part_init (&self->parts[f], &row->fields[f], settings, error))
        return NULL;
    }
  if (row->linear != NULL)
    self->map = pisd_linear_map_new (&self->equation, self->parts[A].modes, self->parts[U].modes);
  if (self->decoupled)
    self->solver = pisd_solver_new (&self->equation);
  return g_steal_pointer (&self);
}

/* Takes over the reference. */
static void
set_normaliser (PisdRepresentation *self, PisdNormaliser *normaliser)
{
  self->normaliser = normaliser;
  for (guint f = 0; f < self->n_parts; f++)
    {
      self->parts[f].scale = normaliser->scale[f];
      for (guint i = 0; i < self->parts[f].modes->n; i++)
        self->parts[f].inverse[i] = 1.0 / self->parts[f].scale[i];
    }
}

PisdRepresentation *
pisd_representation_new (const PisdSettings *settings, GError **error)
{
  g_autoptr (PisdRepresentation) self = representation_alloc (settings, error);
  const PisdModes *modes[PISD_MAX_FIELDS];

  if (self == NULL)
    return NULL;
  if (self->map == NULL)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                   "prior: got %s, which is not linear, expected an equation with a Gaussian prior",
                   pisd_operator_get (settings->problem)->name);
      return NULL;
    }
  for (guint f = 0; f < self->n_parts; f++)
    modes[f] = self->parts[f].modes;
  set_normaliser (self, pisd_normaliser_new_gaussian (&self->equation, modes, self->mean_sd));
  return g_steal_pointer (&self);
}

PisdRepresentation *
pisd_representation_new_scaled (const PisdSettings *settings,
                                PisdNormaliser *normaliser,
                                GError **error)
{
  g_autoptr (PisdRepresentation) self = representation_alloc (settings, error);

  if (self == NULL)
    return NULL;
  for (guint f = 0; f < self->n_parts; f++)
    if (normaliser->n_fields != self->n_parts || normaliser->n[f] != self->parts[f].modes->n)
      {
        g_set_error (error, PISD_ERROR, PISD_ERROR_SHAPE, "scales of field %u: got %u, expected %u",
                     f, normaliser->n[f], self->parts[f].modes->n);
        return NULL;
      }
  set_normaliser (self, pisd_normaliser_ref (normaliser));
  return g_steal_pointer (&self);
}

void
pisd_representation_free (PisdRepresentation *self)
{
  if (self == NULL)
    return;
  pisd_linear_map_free (self->map);
  pisd_solver_free (self->solver);
  pisd_normaliser_unref (self->normaliser);
  for (guint f = 0; f < self->n_parts; f++)
    {
      pisd_field_free (self->fields[f]);
      part_clear (&self->parts[f]);
    }
  g_free (self);
}

const PisdEquation *
pisd_representation_get_equation (const PisdRepresentation *self)
{
  return &self->equation;
}

PisdNormaliser *
pisd_representation_get_normaliser (const PisdRepresentation *self)
{
  return self->normaliser;
}

double
pisd_representation_get_mean_sd (const PisdRepresentation *self)
{
  return self->mean_sd;
}

PisdSpace
pisd_representation_get_space (const PisdRepresentation *self)
{
  return self->space;
}

guint
pisd_representation_get_n_parts (const PisdRepresentation *self)
{
  return self->decoupled ? 1 : self->n_parts;
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
  return self->decoupled ? self->parts[A].modes->n : pisd_representation_get_n_joint (self);
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
  return pisd_normaliser_get_kept_variance (self->normaliser, field);
}

double
pisd_representation_get_tail_variance (const PisdRepresentation *self, guint field)
{
  return self->normaliser->tail_variance[field];
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

/* A field whose part of the latent starts at z_field; of a decoupled solution, the source's
 * part. */
static void
decode_from (PisdRepresentation *self, guint field, const double *z_field, PisdField *out)
{
  PisdField *fields[PISD_MAX_FIELDS];

  if (!self->decoupled || field == A)
    {
      decode_part (self, field, z_field, out);
      return;
    }
  memcpy (fields, self->fields, sizeof fields);
  fields[field] = out;
  decode_part (self, A, z_field, fields[A]);
  pisd_solver_complete (self->solver, fields);
}

/* Where the part of the latent that a field is made of starts. */
static gsize
decoded_offset (const PisdRepresentation *self, guint field)
{
  return !self->decoupled ? pisd_representation_get_offset (self, field, NULL) : 0;
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
  Part *part = &self->parts[self->decoupled ? A : field];
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
  if (self->decoupled)
    pisd_representation_solve (self, z, joint + self->parts[A].modes->n);
}

void
pisd_representation_expand_adjoint (PisdRepresentation *self, const double *joint, double *z)
{
  gsize n_a = self->parts[A].modes->n;

  if (!self->decoupled)
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
  pisd_linear_map_apply (self->map, z_a, self->parts[A].scale, self->parts[U].inverse, z_u);
}

void
pisd_representation_solve_adjoint (PisdRepresentation *self, const double *z_u, double *z_a)
{
  pisd_linear_map_apply_adjoint (self->map, z_u, self->parts[U].inverse, self->parts[A].scale, z_a);
}

double
pisd_representation_get_solve_entry (const PisdRepresentation *self, guint u_index, guint a_index)
{
  return pisd_linear_map_get_entry (self->map, u_index, a_index) * self->parts[U].inverse[u_index]
         * self->parts[A].scale[a_index];
}
