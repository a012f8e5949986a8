#include "pisd-array.h"

#include <string.h>

PisdArray *
pisd_array_new (const char *name, guint n_dimensions, const gsize *shape)
{
  PisdArray *array;

  g_return_val_if_fail (name != NULL && n_dimensions <= PISD_ARRAY_MAX_DIMENSIONS, NULL);

  array = g_new0 (PisdArray, 1);
  array->name = g_strdup (name);
  array->n_dimensions = n_dimensions;
  if (n_dimensions > 0)
    memcpy (array->shape, shape, n_dimensions * sizeof *shape);
  return array;
}

void
pisd_array_free (PisdArray *array)
{
  if (array == NULL)
    return;

  g_free (array->name);
  g_free (array->data);
  g_free (array->unreadable);
  g_free (array);
}

gsize
pisd_array_get_n (const PisdArray *array)
{
  gsize n = 0;

  g_return_val_if_fail (array != NULL, 0);

  return pisd_shape_count (array->n_dimensions, array->shape, &n) ? n : 0;
}

char *
pisd_array_dup_shape (const PisdArray *array)
{
  g_return_val_if_fail (array != NULL, NULL);

  return pisd_shape_dup_text (array->n_dimensions, array->shape);
}

char *
pisd_shape_dup_text (guint n_dimensions, const gsize *shape)
{
  GString *text = g_string_new (n_dimensions == 0 ? "scalar" : NULL);

  for (guint i = 0; i < n_dimensions; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? "x" : "", shape[i]);
  return g_string_free (text, FALSE);
}

/* n = s0 s1 s2 ... */
gboolean
pisd_shape_count (guint n_dimensions, const gsize *shape, gsize *n)
{
  gsize product = 1;

  for (guint d = 0; d < n_dimensions; d++)
    if (!g_size_checked_mul (&product, product, shape[d]))
      return FALSE;
  *n = product;
  return TRUE;
}

/* In C order the last index varies fastest, in Fortran order the first:
 * index = i0 + s0 (i1 + s1 (i2 + ...)). */
gsize
pisd_shape_fortran_index (guint n_dimensions, const gsize *shape, gsize c)
{
  gsize index = 0;

  for (guint d = n_dimensions; d-- > 0;)
    {
      gsize stride = 1;

      for (guint e = 0; e < d; e++)
        stride *= shape[e];
      index += stride * (c % shape[d]);
      c /= shape[d];
    }
  return index;
}
