#include "pisd-linear-map.h"

#include <cblas.h>
#include <string.h>

#include "pisd-basis.h"

#define S PISD_GRID
#define N_BLOCKS 4 /* parity pairs (y, x) */

/* One side of the map: where its modes lie in four boxes, one a parity pair, each of half the side.
 */
typedef struct
{
  const PisdModes *modes;
  PisdSupport half;
  guint *place;  /* [modes] index into `boxes` */
  double *boxes; /* [N_BLOCKS, half.box, half.box] */
} Side;

struct _PisdLinearMap
{
  Side a, u;
  double *t1[2];   /* by parity: [u.half.box, a.half.box] */
  double *inverse; /* [u modes] 1 / eigenvalue */
  double *scratch; /* of products with t1 */
  double *line;    /* [N_BLOCKS + 1, u.half.box, a.half.box] scratch of fill_rows() */
};

static guint
half_of (guint n)
{
  return (n + 1) / 2;
}

static void
side_init (Side *side, const PisdModes *modes)
{
  const PisdSupport *s = &modes->support;
  guint h = half_of (s->box);

  side->modes = modes;
  side->half = (PisdSupport){ .box = h, .block = half_of (s->block), .width = half_of (s->width) };
  side->place = g_new (guint, modes->n);
  side->boxes = g_new0 (double, N_BLOCKS *h *h);
  for (guint i = 0; i < modes->n; i++)
    {
      guint pair = 2 * (modes->ky[i] % 2) + modes->kx[i] % 2;

      side->place[i] = pair * h * h + (modes->ky[i] / 2) * h + modes->kx[i] / 2;
    }
}

static void
side_clear (Side *side)
{
  g_free (side->place);
  g_free (side->boxes);
}

/* T1[k, j] = sum over nodes of field 1's mode k times field 0's mode j.  Modes are even or odd
 * about the middle by their index, in every basis: entries of mixed parity vanish and are not
 * even stored. */
static void
fill_t1 (PisdLinearMap *self, const PisdFieldInfo *from, const PisdFieldInfo *to)
{
  guint na = self->a.modes->support.box, nu = self->u.modes->support.box;
  guint ha = self->a.half.box, hu = self->u.half.box;
  g_autofree double *rows_a = g_new (double, S *na);
  g_autofree double *rows_u = g_new (double, S *nu);
  g_autofree double *t1 = g_new (double, nu *na);
  g_autoptr (PisdBasisTable) table_a = pisd_basis_table_new (from->basis);
  g_autoptr (PisdBasisTable) table_u = pisd_basis_table_new (to->basis);

  for (guint i = 0; i < S; i++)
    {
      pisd_basis_table_evaluate (table_a, na, (double) i / (S - 1), rows_a + i * na);
      pisd_basis_table_evaluate (table_u, nu, (double) i / (S - 1), rows_u + i * nu);
    }
  cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, nu, na, S, 1.0, rows_u, nu, rows_a, na, 0.0,
               t1, na);
  for (guint p = 0; p < 2; p++)
    {
      self->t1[p] = g_new0 (double, hu *ha);
      for (guint k = p; k < nu; k += 2)
        for (guint j = p; j < na; j += 2)
          self->t1[p][(k / 2) * ha + j / 2] = t1[k * na + j];
    }
}

PisdLinearMap *
pisd_linear_map_new (const PisdEquation *equation, const PisdModes *a, const PisdModes *u)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  PisdLinearMap *self = g_new0 (PisdLinearMap, 1);
  guint hu;

  side_init (&self->a, a);
  side_init (&self->u, u);
  hu = self->u.half.box;
  self->inverse = g_new (double, u->n);
  self->scratch = g_new (double, pisd_support_get_scratch (&self->a.half, hu, hu));
  self->line = g_new (double, (N_BLOCKS + 1) * hu * self->a.half.box);
  fill_t1 (self, &row->fields[0], &row->fields[1]);
  pisd_equation_fill_eigenvalues (equation, PISD_DIFFERENCES, u->n, u->ky, u->kx, self->inverse);
  for (guint i = 0; i < u->n; i++)
    self->inverse[i] = 1.0 / self->inverse[i];
  return self;
}

void
pisd_linear_map_free (PisdLinearMap *self)
{
  if (self == NULL)
    return;
  side_clear (&self->a);
  side_clear (&self->u);
  g_free (self->t1[0]);
  g_free (self->t1[1]);
  g_free (self->inverse);
  g_free (self->scratch);
  g_free (self->line);
  g_free (self);
}

/* Products leave entries in the boxes that no mode stands for: they start from zeros. */
static void
clear_boxes (Side *side)
{
  memset (side->boxes, 0, sizeof (double) * N_BLOCKS * side->half.box * side->half.box);
}

/* boxes of u = M boxes of a M', block by block; m: by parity, shaped as t1. */
static void
change_basis (PisdLinearMap *self, double *const m[2])
{
  guint ha = self->a.half.box, hu = self->u.half.box;

  for (guint b = 0; b < N_BLOCKS; b++)
    pisd_support_multiply (&self->a.half, m[b / 2], hu, m[b % 2], hu, self->a.boxes + b * ha * ha,
                           self->u.boxes + b * hu * hu, self->scratch);
}

void
pisd_linear_map_apply (PisdLinearMap *self,
                       const double *a,
                       const double *scale_a,
                       const double *scale_u,
                       double *u)
{
  clear_boxes (&self->a);
  for (guint i = 0; i < self->a.modes->n; i++)
    self->a.boxes[self->a.place[i]] = scale_a[i] * a[i];
  change_basis (self, self->t1);
  for (guint i = 0; i < self->u.modes->n; i++)
    u[i] = scale_u[i] * self->inverse[i] * self->u.boxes[self->u.place[i]];
}

void
pisd_linear_map_apply_adjoint (PisdLinearMap *self,
                               const double *u,
                               const double *scale_u,
                               const double *scale_a,
                               double *a)
{
  guint ha = self->a.half.box, hu = self->u.half.box;

  clear_boxes (&self->u);
  for (guint i = 0; i < self->u.modes->n; i++)
    self->u.boxes[self->u.place[i]] = scale_u[i] * self->inverse[i] * u[i];
  for (guint b = 0; b < N_BLOCKS; b++)
    pisd_support_multiply_adjoint (&self->a.half, self->t1[b / 2], hu, self->t1[b % 2], hu,
                                   self->u.boxes + b * hu * hu, self->a.boxes + b * ha * ha,
                                   self->scratch);
  for (guint i = 0; i < self->a.modes->n; i++)
    a[i] = scale_a[i] * self->a.boxes[self->a.place[i]];
}

/* line[b][l, m] = sum_k inverse[k, l] y[k] T1[k, m], by parity pair. */
static void
multiply_line (PisdLinearMap *self, const double *y)
{
  guint ha = self->a.half.box, hu = self->u.half.box, nu = self->u.modes->support.box;

  clear_boxes (&self->u);
  for (guint i = 0; i < self->u.modes->n; i++)
    self->u.boxes[self->u.place[i]] = self->inverse[i];
  for (guint b = 0; b < N_BLOCKS; b++)
    {
      double *box = self->u.boxes + b * hu * hu;

      for (guint k = 0; 2 * k + b / 2 < nu; k++)
        cblas_dscal (hu, y[2 * k + b / 2], box + k * hu, 1);
      cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, hu, ha, hu, 1.0, box, hu,
                   self->t1[b / 2], ha, 0.0, self->line + b * hu * ha, ha);
    }
}

/* Boxes of a: [m, n] = sum_l line[l, m] x[l] T1[l, n]. */
static void
multiply_place (PisdLinearMap *self, const double *x)
{
  guint ha = self->a.half.box, hu = self->u.half.box, nu = self->u.modes->support.box;
  double *scaled = self->line + N_BLOCKS * hu * ha;

  for (guint px = 0; px < 2; px++)
    {
      memcpy (scaled, self->t1[px], sizeof (double) * hu * ha);
      for (guint l = 0; 2 * l + px < nu; l++)
        cblas_dscal (ha, x[2 * l + px], scaled + l * ha, 1);
      for (guint b = px; b < N_BLOCKS; b += 2)
        cblas_dgemm (CblasRowMajor, CblasTrans, CblasNoTrans, ha, ha, hu, 1.0,
                     self->line + b * hu * ha, ha, scaled, ha, 0.0, self->a.boxes + b * ha * ha,
                     ha);
    }
}

void
pisd_linear_map_fill_rows (PisdLinearMap *self,
                           const double *y,
                           const double *const *x,
                           guint n,
                           const double *scale_a,
                           double *rows)
{
  guint n_a = self->a.modes->n;

  multiply_line (self, y);
  for (guint i = 0; i < n; i++)
    {
      double *row = rows + (gsize) i * n_a;

      multiply_place (self, x[i]);
      for (guint j = 0; j < n_a; j++)
        row[j] = scale_a[j] * self->a.boxes[self->a.place[j]];
    }
}

double
pisd_linear_map_get_entry (const PisdLinearMap *self, guint u_index, guint a_index)
{
  const PisdModes *a = self->a.modes, *u = self->u.modes;
  guint ha = self->a.half.box;
  guint py = a->ky[a_index] % 2, px = a->kx[a_index] % 2;

  if (u->ky[u_index] % 2 != py || u->kx[u_index] % 2 != px)
    return 0.0;
  return self->inverse[u_index] * self->t1[py][(u->ky[u_index] / 2) * ha + a->ky[a_index] / 2]
         * self->t1[px][(u->kx[u_index] / 2) * ha + a->kx[a_index] / 2];
}

void
pisd_linear_map_fill_parts (const PisdLinearMap *self, double *overlap, double *inverse)
{
  guint na = self->a.modes->support.box, nu = self->u.modes->support.box, ha = self->a.half.box;

  for (guint k = 0; k < nu; k++)
    for (guint j = 0; j < na; j++)
      overlap[k * na + j] = k % 2 == j % 2 ? self->t1[k % 2][(k / 2) * ha + j / 2] : 0.0;
  memcpy (inverse, self->inverse, sizeof (double) * self->u.modes->n);
}

void
pisd_linear_map_propagate_variance (PisdLinearMap *self, const double *sd_a, double *variance_u)
{
  guint n = self->u.half.box * self->a.half.box;
  g_autofree double *even = g_new (double, n);
  g_autofree double *odd = g_new (double, n);
  double *const squares[2] = { even, odd };

  for (guint p = 0; p < 2; p++)
    for (guint i = 0; i < n; i++)
      squares[p][i] = self->t1[p][i] * self->t1[p][i];
  clear_boxes (&self->a);
  for (guint i = 0; i < self->a.modes->n; i++)
    self->a.boxes[self->a.place[i]] = sd_a[i] * sd_a[i];
  change_basis (self, squares);
  for (guint i = 0; i < self->u.modes->n; i++)
    variance_u[i] = self->inverse[i] * self->inverse[i] * self->u.boxes[self->u.place[i]];
}
