/* An array of doubles with a name and a shape, as archives hold them. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_ARRAY_MAX_DIMENSIONS 5

typedef struct
{
  char *name;
  guint n_dimensions; /* 0: a scalar */
  gsize shape[PISD_ARRAY_MAX_DIMENSIONS];
  double *data;     /* [shape], C order; NULL where only the header was read */
  char *unreadable; /* why this program cannot read it; NULL where it can */
} PisdArray;

/* Data and `unreadable` are NULL. */
PisdArray *pisd_array_new (const char *name, guint n_dimensions, const gsize *shape);
void pisd_array_free (PisdArray *array); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdArray, pisd_array_free)

/* "128x128", "scalar" */
char *pisd_array_dup_shape (const PisdArray *array);
char *pisd_shape_dup_text (guint n_dimensions, const gsize *shape);
/* For tests: its elements. */
gsize pisd_array_get_n (const PisdArray *array);

/* Elements of a shape; FALSE if 64 bits cannot count them. */
gboolean pisd_shape_count (guint n_dimensions, const gsize *shape, gsize *n);
/* Position in a Fortran-ordered array of the element with C-order index `c`. */
gsize pisd_shape_fortran_index (guint n_dimensions, const gsize *shape, gsize c);

G_END_DECLS
