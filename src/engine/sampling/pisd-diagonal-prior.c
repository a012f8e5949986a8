#include "pisd-diagonal-prior.h"

struct _PisdDiagonalPrior
{
  PisdEquation equation;
  PisdSourcePrior prior, scaled; /* of field 0, and whose the scales are */
  PisdModes *modes;
  double *squares; /* [modes] r^2 */
};

static gboolean
has_own_scales (const PisdRepresentation *representation)
{
  return pisd_source_prior_equal (pisd_representation_get_prior (representation),
                                  &pisd_representation_get_normaliser (representation)->prior);
}

PisdDiagonalPrior *
pisd_diagonal_prior_new (const PisdRepresentation *representation)
{
  PisdDiagonalPrior *self;

  if (has_own_scales (representation))
    return NULL;
  self = g_new0 (PisdDiagonalPrior, 1);
  self->equation = *pisd_representation_get_equation (representation);
  self->prior = *pisd_representation_get_prior (representation);
  self->scaled = pisd_representation_get_normaliser (representation)->prior;
  self->modes = pisd_modes_dup (pisd_representation_get_modes (representation, 0));
  self->squares = g_new (double, self->modes->n);
  pisd_representation_fill_ratio (representation, self->squares);
  for (guint i = 0; i < self->modes->n; i++)
    self->squares[i] *= self->squares[i];
  return self;
}

void
pisd_diagonal_prior_free (PisdDiagonalPrior *self)
{
  if (self == NULL)
    return;
  pisd_modes_free (self->modes);
  g_free (self->squares);
  g_free (self);
}

gboolean
pisd_diagonal_prior_fits (const PisdDiagonalPrior *self, const PisdRepresentation *representation)
{
  if (self == NULL)
    return has_own_scales (representation);
  return pisd_equation_equal (&self->equation, pisd_representation_get_equation (representation))
         && pisd_source_prior_equal (&self->prior, pisd_representation_get_prior (representation))
         && pisd_source_prior_equal (&self->scaled,
                                     &pisd_representation_get_normaliser (representation)->prior)
         && pisd_modes_equal (self->modes, pisd_representation_get_modes (representation, 0));
}

/* m = r^2 / (r^2 + sigma^2) x, the mean of a normal of deviation r given it with noise sigma. */
void
pisd_diagonal_prior_denoise (const PisdDiagonalPrior *self,
                             double sigma,
                             const double *x,
                             double *m)
{
  for (guint i = 0; i < self->modes->n; i++)
    m[i] = self->squares[i] / (self->squares[i] + sigma * sigma) * x[i];
}
