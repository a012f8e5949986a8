/* The orthonormal bases on the grid, and planned transforms between n x n coefficients and the
 * grid.
 *
 *   cosine (DCT-II)  mode j at node i: sqrt ((j ? 2 : 1) / S) cos (pi j (i + 1/2) / S), and
 *                    beyond the nodes with i = (S - 1) x, x in [0, 1]
 *   sine (DST-I)     index k stands for mode k + 1: sqrt (2 / (S - 1)) sin (pi (k + 1) x), 0 on the
 *                    boundary nodes
 *   periodic (DFT)   indices 0, 1, 2, 3, ... stand for 1, cos, sin of 2 pi x, cos, sin of 4 pi x,
 *                    ..., each times sqrt (2 / S), the constant and the last cosine times
 *                    sqrt (1 / S)
 *
 * Shapes:  S = PISD_GRID nodes an axis.
 * Threads: transforms have scratch space, one a thread; tables are immutable.
 * Source:  FFTW's REDFT10, RODFT00 and R2HC, made orthonormal. */
#pragma once

#include "pisd-support.h"

G_BEGIN_DECLS

/* Two-dimensional orthonormal bases, products of one-dimensional ones. */
typedef enum
{
  PISD_BASIS_COSINE,   /* DCT-II: modes 0 .. S-1 on all S nodes */
  PISD_BASIS_SINE,     /* DST-I: modes 1 .. S-2 (index 0 .. S-3) on the S-2 interior nodes */
  PISD_BASIS_PERIODIC, /* DFT: S real modes on all S nodes */
  PISD_N_BASES
} PisdBasis;

/* Modes of the full basis: S - 2 for sine, else S. */
guint pisd_basis_get_n_modes (PisdBasis basis);
/* Whether its first mode is a constant. */
gboolean pisd_basis_has_constant (PisdBasis basis);
/* Coordinate of node i: i / S of a periodic field, else i / (S - 1); the distance of two of them,
 * and how many such distances make a unit. */
double pisd_basis_get_node (PisdBasis basis, guint i);
double pisd_basis_get_spacing (PisdBasis basis);
guint pisd_basis_get_n_spacings (PisdBasis basis);
/* "cosine", "sine", "periodic" */
const char *pisd_basis_get_name (PisdBasis basis);
/* Whether coordinate 1 is 0 again. */
gboolean pisd_basis_is_periodic (PisdBasis basis);
/* The node nearest to a coordinate in [0, 1]; TRUE if it is that node's, up to 1e-9. */
gboolean pisd_basis_find_node (PisdBasis basis, double position, guint *index);
/* Wave number of the mode with that index: half periods on the unit length, whole ones of a
 * periodic field. */
guint pisd_basis_get_wave_number (PisdBasis basis, guint index);
/* The first n_modes basis functions at a position in [0, 1].  out: [n_modes]. */
void pisd_basis_evaluate (PisdBasis basis, guint n_modes, double position, double *out);

/* The same, from a table where the position is a node: without a cosine, and exact to the last
 * bit of the argument.
 * Threads: immutable. */
typedef struct _PisdBasisTable PisdBasisTable;

PisdBasisTable *pisd_basis_table_new (PisdBasis basis);
void pisd_basis_table_free (PisdBasisTable *table); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdBasisTable, pisd_basis_table_free)
void pisd_basis_table_evaluate (const PisdBasisTable *table,
                                guint n_modes,
                                double position,
                                double *out);

typedef struct _PisdTransform PisdTransform;

typedef enum
{
  PISD_TRANSFORM_AUTO,   /* the faster one, as `pisd bench transforms` measures it */
  PISD_TRANSFORM_MATRIX, /* two matrix products */
  PISD_TRANSFORM_FFTW    /* planned DCT-II / DST-I / DFT (FFTW_ESTIMATE) */
} PisdTransformMethod;

/* Two-dimensional transform of the n_modes x n_modes lowest modes; one a thread (scratch inside).
 */
PisdTransform *pisd_transform_new (PisdBasis basis, guint n_modes, PisdTransformMethod method);
/* The same on a support with strips: coefficients [box, box], entries outside the support are not
 * read by the matrix method and left as they are by its analysis. */
PisdTransform *pisd_transform_new_on (PisdBasis basis,
                                      const PisdSupport *support,
                                      PisdTransformMethod method);
void pisd_transform_free (PisdTransform *transform); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdTransform, pisd_transform_free)

/* coefficients: [n_modes, n_modes] (ky, kx); grid: [S, S]; the sine basis writes zeros on the
 * boundary. */
void pisd_transform_synthesize (PisdTransform *transform, const double *coefficients, double *grid);
/* The adjoint of synthesis (and, the basis being orthonormal, its left inverse). */
void pisd_transform_analyze (PisdTransform *transform, const double *grid, double *coefficients);

G_END_DECLS
