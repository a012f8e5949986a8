/* The fields that field 0 determines, part of pisd-representation.h. */
#include "pisd-representation-private.h"

#include <string.h>

#define A 0 /* index of the field that determines the others */
#define U 1 /* index of a linear equation's solution */

/* The other fields by the solver, encoded; a latent that was expanded just before is known. */
static void
expand_by_solver (PisdRepresentation *self, const double *z, double *joint)
{
  gsize size = sizeof (double) * self->parts[A].n;

  if (!self->is_expanded || memcmp (z, self->expanded, size) != 0)
    {
      pisd_representation_decode (self, z, A, self->fields[A]);
      pisd_solver_sketch (self->solver, self->fields);
      memcpy (self->expanded, z, size);
      memcpy (self->expansion, z, size);
      for (guint f = U; f < self->n_parts; f++)
        pisd_representation_encode (self, self->fields[f], f, self->expansion);
      self->is_expanded = TRUE;
    }
  memcpy (joint, self->expansion, sizeof (double) * pisd_representation_get_n_joint (self));
}

void
pisd_representation_expand (PisdRepresentation *self, const double *z, double *joint)
{
  if (self->decoupled && self->map == NULL)
    {
      expand_by_solver (self, z, joint);
      return;
    }
  memcpy (joint, z, sizeof (double) * pisd_representation_get_n (self));
  if (self->decoupled)
    pisd_representation_solve (self, z, joint + self->parts[A].n);
}

/* z = the transpose of encode, solve and decode at the newest expansion. */
static void
pull_back_by_solver (PisdRepresentation *self, const double *joint, double *z)
{
  for (guint f = U; f < self->n_parts; f++)
    pisd_representation_synthesize_frames (&self->parts[f],
                                           joint + pisd_representation_get_offset (self, f, NULL),
                                           self->parts[f].inverse, self->fields[f]->data);
  pisd_solver_sketch_vjp (self->solver, self->fields);
  pisd_representation_analyze (self, A, self->fields[A]->data, NULL, z);
}

void
pisd_representation_expand_adjoint (PisdRepresentation *self, const double *joint, double *z)
{
  gsize n_a = self->parts[A].n;

  if (!self->decoupled)
    {
      memcpy (z, joint, sizeof (double) * pisd_representation_get_n (self));
      return;
    }
  if (self->map != NULL)
    pisd_representation_solve_adjoint (self, joint + n_a, z);
  else
    pull_back_by_solver (self, joint, z);
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

void
pisd_representation_fill_solve_parts (const PisdRepresentation *self,
                                      double *overlap,
                                      double *inverse)
{
  pisd_linear_map_fill_parts (self->map, overlap, inverse);
}
