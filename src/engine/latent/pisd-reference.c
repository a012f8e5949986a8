#include "pisd-reference.h"

#include <cblas.h>
#include <math.h>

#include "pisd-basis.h"

typedef struct
{
  gsize offset;
  guint n_frames;
  const PisdModes *modes;
  const double *scale;             /* [n_frames, modes] */
  double *coefficients;            /* [n_frames, modes] of the truth, scaled like z */
  double outside[PISD_MAX_FRAMES]; /* square norm of the truth outside the kept modes */
  double norm[PISD_MAX_FRAMES];    /* of the truth */
  gboolean zero_boundary;
  double *edges[2]; /* [box] basis at coordinates 0 and 1, where the boundary is zeroed */
  double *box;      /* [box, box] scratch */
  double *along;    /* [box] scratch */
} Part;

struct _PisdReference
{
  PisdRepresentation *representation;
  double *joint; /* [n_joint] scratch */
  guint n_parts;
  Part parts[PISD_MAX_FIELDS];
};

static double
square_norm (const double *z, const double *scale, const double *minus, guint n)
{
  double sum = 0.0;

  for (guint i = 0; i < n; i++)
    {
      double d = scale[i] * (z[i] - (minus != NULL ? minus[i] : 0.0));

      sum += d * d;
    }
  return sum;
}

/* Square norms of the truth and of what the kept modes leave out, frame by frame. */
static void
fill_norms (Part *part, const PisdField *truth)
{
  guint n = part->modes->n;

  for (guint frame = 0; frame < part->n_frames; frame++)
    {
      PisdField view = pisd_field_get_frame (truth, frame);
      double norm = pisd_field_norm (&view);

      part->norm[frame] = norm;
      part->outside[frame] =
          norm * norm
          - square_norm (part->coefficients + frame * n, part->scale + frame * n, NULL, n);
    }
}

static void
part_init (Part *part, PisdRepresentation *representation, guint field, const PisdInstance *truth)
{
  PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const PisdFieldInfo *info = &pisd_operator_get (problem)->fields[field];
  const PisdField *t = pisd_instance_get_field (truth, info->id);
  g_autofree double *z = g_new (double, pisd_representation_get_n_joint (representation));
  guint box;

  part->modes = pisd_representation_get_modes (representation, field);
  part->scale = pisd_representation_get_scale (representation, field);
  part->offset = pisd_representation_get_offset (representation, field, NULL);
  pisd_representation_encode (representation, t, field, z);
  part->n_frames = info->n_frames;
  part->coefficients =
      g_memdup2 (z + part->offset, (gsize) info->n_frames * part->modes->n * sizeof (double));
  fill_norms (part, t);
  part->zero_boundary = info->zero_boundary && info->basis == PISD_BASIS_COSINE;
  box = part->modes->support.box;
  part->box = g_new (double, box *box);
  part->along = g_new (double, box);
  for (guint e = 0; e < G_N_ELEMENTS (part->edges); e++)
    {
      part->edges[e] = g_new (double, box);
      pisd_basis_evaluate (info->basis, box, e, part->edges[e]);
    }
}

PisdReference *
pisd_reference_new (PisdRepresentation *representation, const PisdInstance *truth)
{
  PisdReference *self = g_new0 (PisdReference, 1);

  self->representation = representation;
  self->joint = g_new (double, pisd_representation_get_n_joint (representation));
  self->n_parts =
      pisd_operator_get (pisd_representation_get_equation (representation)->problem)->n_fields;
  for (guint f = 0; f < self->n_parts; f++)
    part_init (&self->parts[f], representation, f, truth);
  return self;
}

void
pisd_reference_free (PisdReference *self)
{
  if (self == NULL)
    return;
  for (guint f = 0; f < self->n_parts; f++)
    {
      Part *part = &self->parts[f];

      g_free (part->coefficients);
      g_free (part->edges[0]);
      g_free (part->edges[1]);
      g_free (part->box);
      g_free (part->along);
    }
  g_free (self->joint);
  g_free (self);
}

/* Square norm of the field's boundary nodes.  The basis is orthonormal along an edge, so an edge's
 * norm is that of its coefficients, X' e for rows and X e for columns; the corners, counted twice,
 * are taken off once. */
static double
boundary_energy (Part *part, const double *z, const double *scale)
{
  guint n = part->modes->support.box;
  double sum = 0.0;

  pisd_modes_unpack (part->modes, z, scale, part->box);
  for (guint e = 0; e < 2; e++)
    {
      cblas_dgemv (CblasRowMajor, CblasTrans, n, n, 1.0, part->box, n, part->edges[e], 1, 0.0,
                   part->along, 1);
      sum += cblas_ddot (n, part->along, 1, part->along, 1);
      for (guint other = 0; other < 2; other++)
        {
          double corner = cblas_ddot (n, part->along, 1, part->edges[other], 1);

          sum -= corner * corner;
        }
      cblas_dgemv (CblasRowMajor, CblasNoTrans, n, n, 1.0, part->box, n, part->edges[e], 1, 0.0,
                   part->along, 1);
      sum += cblas_ddot (n, part->along, 1, part->along, 1);
    }
  return sum;
}

/* A zeroed boundary costs the estimate nothing there, the truth being zero too; the difference in
 * coefficients counts it, so it is taken off. */
static double
frame_error (Part *part, const double *joint, guint frame)
{
  gsize offset = (gsize) frame * part->modes->n;
  const double *own = joint + part->offset + offset, *scale = part->scale + offset;
  double square =
      square_norm (own, scale, part->coefficients + offset, part->modes->n) + part->outside[frame];

  if (part->zero_boundary)
    square -= boundary_energy (part, own, scale);
  return sqrt (MAX (0.0, square)) / part->norm[frame];
}

void
pisd_reference_fill_errors (PisdReference *self, const double *z, guint field, double *errors)
{
  Part *part = &self->parts[field];

  pisd_representation_expand (self->representation, z, self->joint);
  for (guint frame = 0; frame < part->n_frames; frame++)
    errors[frame] = frame_error (part, self->joint, frame);
}

double
pisd_reference_error (PisdReference *self, const double *z, guint field)
{
  Part *part = &self->parts[field];

  pisd_representation_expand (self->representation, z, self->joint);
  return frame_error (part, self->joint, part->n_frames - 1);
}
