#include "pisd-reference.h"

#include <cblas.h>
#include <math.h>

#include "pisd-basis.h"

typedef struct
{
  gsize offset;
  const PisdModes *modes;
  const double *scale;
  double *coefficients; /* [modes] of the truth, scaled like z */
  double outside;       /* square norm of the truth outside the kept modes */
  double norm;          /* of the truth */
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
  part->coefficients = g_memdup2 (z + part->offset, part->modes->n * sizeof (double));
  part->norm = pisd_field_norm (t);
  part->outside =
      part->norm * part->norm - square_norm (part->coefficients, part->scale, NULL, part->modes->n);
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
boundary_energy (Part *part, const double *z)
{
  guint n = part->modes->support.box;
  double sum = 0.0;

  pisd_modes_unpack (part->modes, z, part->scale, part->box);
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
double
pisd_reference_error (PisdReference *self, const double *z, guint field)
{
  Part *part = &self->parts[field];
  const double *own = self->joint + part->offset;
  double square;

  pisd_representation_expand (self->representation, z, self->joint);
  square = square_norm (own, part->scale, part->coefficients, part->modes->n) + part->outside;
  if (part->zero_boundary)
    square -= boundary_energy (part, own);
  return sqrt (MAX (0.0, square)) / part->norm;
}
