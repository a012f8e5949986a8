/* A scalar field on a regular grid, row-major [y, x]. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The benchmark's grid: PISD_GRID x PISD_GRID nodes. */
#define PISD_GRID 128

typedef struct
{
  guint ny, nx;
  double *data; /* [ny * nx], node (i, j) at data[i * nx + j] */
} PisdField;

PisdField *pisd_field_new (guint ny, guint nx); /* zeros */
PisdField *pisd_field_dup (const PisdField *field);
void pisd_field_copy (const PisdField *from, PisdField *to); /* same shape */
void pisd_field_free (PisdField *field);                     /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdField, pisd_field_free)

gsize pisd_field_get_n (const PisdField *field);
/* A field may be square frames one below the other: how many there are, and frame n, whose data are
 * the field's own, not to be freed, and gone with it. */
guint pisd_field_count_frames (const PisdField *field);
PisdField pisd_field_get_frame (const PisdField *field, guint n);
PisdField pisd_field_get_last_frame (const PisdField *field);
/* At node (i, j) of a frame; NaN without a field. */
double pisd_field_get_value (const PisdField *field, guint frame, guint i, guint j);
gboolean pisd_field_is_finite (const PisdField *field);
/* Of any numbers. */
gboolean pisd_all_finite (gsize n, const double *x);
/* Smallest and largest finite value; FALSE (outputs 0) if there is none. */
gboolean pisd_field_get_range (const PisdField *field, double *min, double *max);
/* The largest magnitude of the finite values; 0 without a field or where it has none. */
double pisd_field_get_largest (const PisdField *field);
double pisd_field_norm (const PisdField *field); /* Euclidean */
/* ||x - truth|| / ||truth||, the benchmark's error; NaN where the truth is zero. */
double pisd_field_relative_error (const PisdField *x, const PisdField *truth);
void pisd_field_zero_boundary (PisdField *field);

/* Whether a place lies where a coordinate is 0 or 1, up to the rounding of a decimal file. */
gboolean pisd_grid_is_boundary (double y, double x);

G_END_DECLS
