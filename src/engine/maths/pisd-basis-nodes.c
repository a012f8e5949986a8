/* Where the nodes of the grid lie, part of pisd-basis.h. */
#include "pisd-basis.h"

#include <math.h>

#include "pisd-field.h"

#define S PISD_GRID
#define ON_NODE 1e-9

/* The last node of a periodic field is its first one again. */
guint
pisd_basis_get_n_spacings (PisdBasis basis)
{
  return basis == PISD_BASIS_PERIODIC ? S : S - 1;
}

double
pisd_basis_get_spacing (PisdBasis basis)
{
  return 1.0 / pisd_basis_get_n_spacings (basis);
}

double
pisd_basis_get_node (PisdBasis basis, guint i)
{
  return (double) i / pisd_basis_get_n_spacings (basis);
}

const char *
pisd_basis_get_name (PisdBasis basis)
{
  static const char *const names[PISD_N_BASES] = {
    [PISD_BASIS_COSINE] = "cosine",
    [PISD_BASIS_SINE] = "sine",
    [PISD_BASIS_PERIODIC] = "periodic",
  };

  return names[basis];
}

gboolean
pisd_basis_is_periodic (PisdBasis basis)
{
  return basis == PISD_BASIS_PERIODIC;
}

/* i = rint (n x) with n spacings, modulo S: at x = 1 a periodic field is at node 0 again. */
gboolean
pisd_basis_find_node (PisdBasis basis, double position, guint *index)
{
  const double n = pisd_basis_get_n_spacings (basis);
  const double node = CLAMP (rint (position * n), 0.0, n);

  *index = (guint) node % S;
  return fabs (position - node / n) <= ON_NODE;
}
