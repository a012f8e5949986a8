#include "pisd-representation-private.h"

#include <string.h>

#include "pisd-error.h"

#define S PISD_GRID
typedef PisdRepresentationPart Part;

static gboolean
part_init (Part *part,
           const PisdOperator *row,
           guint field,
           const PisdSettings *settings,
           const PisdSourcePrior *scaled,
           GError **error)
{
  const PisdFieldInfo *info = &row->fields[field];
  gboolean skip_mean = pisd_operator_lacks_mean (row, field, scaled);

  part->info = info;
  part->modes = pisd_modes_new (settings->mode_set, settings->modes, info->basis, skip_mean, error);
  if (part->modes == NULL)
    return FALSE;
  part->n = part->modes->n * info->n_frames;
  part->inverse = g_new (double, part->n);
  part->factor = g_new (double, part->n);
  part->wide = g_new (double, part->n);
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

/* The parts without their scales, which will be of the prior `scaled`. */
static PisdRepresentation *
representation_alloc (const PisdSettings *settings, const PisdSourcePrior *scaled, GError **error)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  g_autoptr (PisdRepresentation) self = g_new0 (PisdRepresentation, 1);

  self->equation = pisd_settings_get_equation (settings);
  if (!pisd_equation_check (&self->equation, error))
    return NULL;

  self->space = settings->space;
  self->decoupled = pisd_method_get_space (settings->space)->obeys_equation;
  self->prior = pisd_settings_get_source_prior (settings);
  self->noise_sd = settings->noise_sd;
  for (guint f = 0; f < row->n_fields; f++)
    {
      self->n_parts++;
      self->fields[f] = pisd_field_info_new_field (&row->fields[f]);
      if (!part_init (&self->parts[f], row, f, settings, scaled, error))
        return NULL;
    }
  if (row->linear != NULL)
    self->map = pisd_linear_map_new (&self->equation, self->parts[0].modes, self->parts[1].modes);
  if (self->decoupled)
    self->solver = pisd_solver_new (&self->equation);
  if (self->decoupled && self->map == NULL)
    {
      self->expanded = g_new (double, self->parts[0].n);
      self->expansion = g_new (double, pisd_representation_get_n_joint (self));
    }
  return g_steal_pointer (&self);
}

/* 1 / s once, for z = coefficient / s.  Takes over the reference. */
static void
set_normaliser (PisdRepresentation *self, PisdNormaliser *normaliser)
{
  self->normaliser = normaliser;
  for (guint f = 0; f < self->n_parts; f++)
    {
      self->parts[f].scale = normaliser->scale[f];
      for (guint i = 0; i < self->parts[f].n; i++)
        self->parts[f].inverse[i] = 1.0 / self->parts[f].scale[i];
    }
}

/* A linear equation gives every field's deviations in closed form; where it is not linear, a
 * latent of all fields needs instances of it, and one of field 0 alone does not. */
static PisdNormaliser *
make_normaliser (const PisdRepresentation *self, const PisdSourcePrior *scaled)
{
  const PisdModes *modes[PISD_MAX_FIELDS];

  for (guint f = 0; f < self->n_parts; f++)
    modes[f] = self->parts[f].modes;
  if (self->map != NULL)
    return pisd_normaliser_new_gaussian (&self->equation, modes, scaled);
  return self->decoupled ? pisd_normaliser_new_alike (&self->equation, modes, scaled)
                         : pisd_normaliser_new_simulated (&self->equation, modes, scaled);
}

PisdRepresentation *
pisd_representation_new (const PisdSettings *settings, GError **error)
{
  const PisdSourcePrior scaled = pisd_settings_get_scaled_prior (settings);
  g_autoptr (PisdRepresentation) self = representation_alloc (settings, &scaled, error);

  if (self == NULL)
    return NULL;
  set_normaliser (self, make_normaliser (self, &scaled));
  return g_steal_pointer (&self);
}

PisdRepresentation *
pisd_representation_new_scaled (const PisdSettings *settings,
                                PisdNormaliser *normaliser,
                                GError **error)
{
  g_autoptr (PisdRepresentation) self = representation_alloc (settings, &normaliser->prior, error);

  if (self == NULL)
    return NULL;
  for (guint f = 0; f < self->n_parts; f++)
    if (normaliser->n_fields != self->n_parts || normaliser->n[f] != self->parts[f].n)
      {
        g_set_error (error, PISD_ERROR, PISD_ERROR_SHAPE, "scales of field %u: got %u, expected %u",
                     f, normaliser->n[f], self->parts[f].n);
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
  g_free (self->expanded);
  g_free (self->expansion);
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

const PisdSourcePrior *
pisd_representation_get_prior (const PisdRepresentation *self)
{
  return &self->prior;
}

double
pisd_representation_get_noise_sd (const PisdRepresentation *self)
{
  return self->noise_sd;
}

/* r_k = deviation of mode k under the prior / its scale in the latent.  Scales were made by the
 * same function, so that equal ones give exactly 1. */
void
pisd_representation_fill_ratio (const PisdRepresentation *self, double *ratio)
{
  const PisdRandomOps *random = pisd_operator_get (self->equation.problem)->random;
  const PisdRepresentationPart *source = &self->parts[0];

  for (guint i = 0; i < source->n; i++)
    ratio[i] =
        random->scale (source->modes->ky[i], source->modes->kx[i], &self->prior) / source->scale[i];
}

gboolean
pisd_representation_is_linear (const PisdRepresentation *self)
{
  return self->map != NULL;
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
    n += self->parts[f].n;
  return n;
}

gsize
pisd_representation_get_n (const PisdRepresentation *self)
{
  return self->decoupled ? self->parts[0].n : pisd_representation_get_n_joint (self);
}

gsize
pisd_representation_get_offset (const PisdRepresentation *self, guint field, gsize *n)
{
  gsize offset = 0;

  for (guint f = 0; f < field; f++)
    offset += self->parts[f].n;
  if (n != NULL)
    *n = self->parts[field].n;
  return offset;
}

const PisdModes *
pisd_representation_get_modes (const PisdRepresentation *self, guint field)
{
  return self->parts[field].modes;
}

PisdBasis
pisd_representation_get_basis (const PisdRepresentation *self, guint field)
{
  return self->parts[field].info->basis;
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
  for (guint i = 0; i < part->n; i++)
    part->factor[i] = weight[i] * part->scale[i];
  return part->factor;
}

/* f = B (factor z) B' in every frame; modes that are not kept are zeros in the box. */
void
pisd_representation_synthesize_frames (Part *part,
                                       const double *z,
                                       const double *factor,
                                       double *grid)
{
  guint n = part->modes->n;

  for (guint frame = 0; frame < part->info->n_frames; frame++)
    {
      pisd_modes_unpack (part->modes, z + frame * n, factor + frame * n, part->box);
      pisd_transform_synthesize (part->transform, part->box, grid + frame * S * S);
    }
}

/* Frame by frame, z = factor * analysis of grid. */
static void
analyze_frames (Part *part, const double *grid, const double *factor, double *z)
{
  guint n = part->modes->n;

  for (guint frame = 0; frame < part->info->n_frames; frame++)
    {
      pisd_transform_analyze (part->transform, grid + frame * S * S, part->box);
      pisd_modes_pack (part->modes, part->box, factor + frame * n, z + frame * n);
    }
}

void
pisd_representation_synthesize (PisdRepresentation *self,
                                guint field,
                                const double *z_field,
                                const double *weight,
                                double *grid)
{
  Part *part = &self->parts[field];

  pisd_representation_synthesize_frames (part, z_field, part_factor (part, weight), grid);
}

/* z = w s (B' f B), with the factor of synthesis and not one over it: this is its transpose. */
void
pisd_representation_analyze (PisdRepresentation *self,
                             guint field,
                             const double *grid,
                             const double *weight,
                             double *z_field)
{
  Part *part = &self->parts[field];

  analyze_frames (part, grid, part_factor (part, weight), z_field);
}

/* f = B (s z) B', then 0 on the boundary nodes of a fixed field, where a cosine basis is not 0. */
static void
decode_part (PisdRepresentation *self, guint field, const double *z_field, PisdField *out)
{
  g_return_if_fail (out->ny == self->fields[field]->ny && out->nx == S);

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

  if (!self->decoupled || field == 0)
    {
      decode_part (self, field, z_field, out);
      return;
    }
  memcpy (fields, self->fields, sizeof fields);
  fields[field] = out;
  decode_part (self, 0, z_field, fields[0]);
  pisd_solver_sketch (self->solver, fields);
  self->is_expanded = FALSE;
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
  Part *part = &self->parts[self->decoupled ? 0 : field];
  const float *from = z + decoded_offset (self, field);

  for (guint i = 0; i < part->n; i++)
    part->wide[i] = from[i];
  decode_from (self, field, part->wide, out);
}

/* z = (B' f B) / s: B is orthonormal, so z is of the field nearest to f that the kept modes can
 * make. */
void
pisd_representation_encode (PisdRepresentation *self, const PisdField *f, guint field, double *z)
{
  Part *part = &self->parts[field];

  analyze_frames (part, f->data, part->inverse,
                  z + pisd_representation_get_offset (self, field, NULL));
}
