/* What the axes of an array can be: two of space, and others.  Inside pisd-reading alone. */
#pragma once

#include "pisd-reading.h"

G_BEGIN_DECLS

typedef struct
{
  guint number;
  const PisdArray *array;
  guint first;  /* the two axes of space are this one and the next */
  guint n_rest; /* the others that are longer than one */
  guint rest[PISD_ARRAY_MAX_DIMENSIONS];
} PisdReadingAxes;

/* FALSE: it can be no field. */
gboolean pisd_reading_axes_init (PisdReadingAxes *self, guint number, const PisdArray *array);
/* Every way in which the two arrays, which may be one, are field 0 and the solution, appended to
 * `readings`: names, slices, order and cases, and nothing that has to be read. */
void pisd_reading_axes_pair (const PisdReadingAxes *a,
                             const PisdReadingAxes *u,
                             const PisdOperator *row,
                             gsize index,
                             GPtrArray *readings);
/* The array as field 0 alone. */
void pisd_reading_axes_alone (const PisdReadingAxes *a, gsize index, GPtrArray *readings);

G_END_DECLS
