#include "pisd-watch.h"

#include "pisd-places.h"

struct _PisdWatch
{
  PisdRepresentation *representation;
  const PisdFieldInfo *info;
  guint field;
  guint n_nodes, n_frames;
  guint n_modes; /* of a frame */
  const PisdModes *modes;
  PisdPlaces *places;
  gboolean *is_zero;   /* [n_nodes] on the boundary of a field that is 0 there */
  double *z, *joint;   /* a latent, and the joint one */
  double *box, *found; /* coefficients of a frame; [n_nodes] */
  GArray *values;      /* of double, [steps, n_frames, n_nodes] */
};

static void
add_places (PisdWatch *self, PisdBasis basis, const PisdWatchNode *nodes)
{
  self->places = pisd_places_new (basis, &self->modes->support, self->n_nodes);
  self->is_zero = g_new (gboolean, self->n_nodes);
  for (guint k = 0; k < self->n_nodes; k++)
    {
      const double y = pisd_basis_get_node (basis, nodes[k].i);
      const double x = pisd_basis_get_node (basis, nodes[k].j);

      pisd_places_add (self->places, y, x);
      self->is_zero[k] = self->info->zero_boundary && pisd_grid_is_boundary (y, x);
    }
}

PisdWatch *
pisd_watch_new (PisdRepresentation *representation,
                guint field,
                guint n_nodes,
                const PisdWatchNode *nodes)
{
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  PisdWatch *self = g_new0 (PisdWatch, 1);

  self->representation = representation;
  self->info = &pisd_operator_get (equation->problem)->fields[field];
  self->field = field;
  self->n_nodes = n_nodes;
  self->n_frames = self->info->n_frames;
  self->modes = pisd_representation_get_modes (representation, field);
  self->n_modes = self->modes->n;
  add_places (self, pisd_representation_get_basis (representation, field), nodes);
  self->z = g_new (double, pisd_representation_get_n (representation));
  self->joint = g_new (double, pisd_representation_get_n_joint (representation));
  self->box = g_new (double, (gsize) self->modes->support.box * self->modes->support.box);
  self->found = g_new (double, n_nodes);
  self->values = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
pisd_watch_free (PisdWatch *self)
{
  if (self == NULL)
    return;
  pisd_places_free (self->places);
  g_free (self->is_zero);
  g_free (self->z);
  g_free (self->joint);
  g_free (self->box);
  g_free (self->found);
  g_array_unref (self->values);
  g_free (self);
}

/* The field's part of the joint latent; the first field has it in any space. */
static const double *
expand (PisdWatch *self, const PisdFrame *frame)
{
  gsize offset = 0;

  for (gsize k = 0; k < frame->n; k++)
    self->z[k] = frame->denoised[k];
  if (self->field < pisd_representation_get_n_parts (self->representation))
    return self->z + pisd_representation_get_offset (self->representation, self->field, NULL);
  for (guint k = 0; k < self->field; k++)
    {
      gsize n;

      pisd_representation_get_offset (self->representation, k, &n);
      offset += n;
    }
  pisd_representation_expand (self->representation, self->z, self->joint);
  return self->joint + offset;
}

void
pisd_watch_add (PisdWatch *self, const PisdFrame *frame)
{
  const double *scale = pisd_representation_get_scale (self->representation, self->field);
  const double *z;

  g_return_if_fail (self != NULL && frame != NULL);

  if (frame->n != pisd_representation_get_n (self->representation))
    return;
  z = expand (self, frame);
  for (guint f = 0; f < self->n_frames; f++)
    {
      pisd_modes_unpack (self->modes, z + (gsize) f * self->n_modes,
                         scale + (gsize) f * self->n_modes, self->box);
      pisd_places_apply (self->places, self->box, self->found);
      for (guint k = 0; k < self->n_nodes; k++)
        if (self->is_zero[k])
          self->found[k] = 0.0;
      g_array_append_vals (self->values, self->found, self->n_nodes);
    }
}

guint
pisd_watch_get_n_steps (const PisdWatch *self)
{
  return self->values->len / (self->n_frames * self->n_nodes);
}

double
pisd_watch_get (const PisdWatch *self, guint step, guint frame, guint node)
{
  g_return_val_if_fail (step < pisd_watch_get_n_steps (self), 0.0);
  return g_array_index (self->values, double,
                        (step * self->n_frames + frame) * self->n_nodes + node);
}
