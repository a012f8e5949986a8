#include "pisd-sort.h"

#include <stdlib.h>

static int
compare (const void *a, const void *b)
{
  const double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

void
pisd_sort (gsize n, double *values)
{
  qsort (values, n, sizeof *values, compare);
}

double
pisd_sort_median (gsize n, double *values)
{
  g_return_val_if_fail (n > 0, 0.0);

  pisd_sort (n, values);
  return n % 2 == 1 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
}
