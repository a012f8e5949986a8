#include "pisd-perceptron-kernels.h"

#include "pisd-clones.h"

#define VECTORS PISD_CLONES ("avx512f", "arch=x86-64-v3", "default")
#define INLINE static inline __attribute__ ((always_inline))
#define LANES 8
#define ROWS 4

/* Eight points; the order in which they are added does not depend on the machine's vectors. */
typedef double Lanes __attribute__ ((vector_size (8 * sizeof (double)), aligned (sizeof (double))));

/* `n_rows` units times 16 points, held in registers. */
INLINE void
sum_block (guint n_rows,
           guint n_in,
           const double *weight,
           gsize stride_out,
           gsize stride_in,
           const double *bias,
           const double *x,
           double *y)
{
  Lanes sum[ROWS][2] = { { { 0.0 } } };

  for (guint r = 0; r < n_rows && bias != NULL; r++)
    sum[r][0] = sum[r][1] = sum[r][0] + bias[r];
  for (guint i = 0; i < n_in; i++, x += PISD_TILE_BLOCK)
    for (guint r = 0; r < n_rows; r++)
      {
        const double w = weight[r * stride_out + i * stride_in];

        sum[r][0] += w * *(const Lanes *) x;
        sum[r][1] += w * *(const Lanes *) (x + LANES);
      }
  for (guint r = 0; r < n_rows; r++, y += PISD_TILE_BLOCK)
    {
      *(Lanes *) y = sum[r][0];
      *(Lanes *) (y + LANES) = sum[r][1];
    }
}

VECTORS void
pisd_perceptron_kernel_sum (gsize n,
                            guint n_out,
                            guint n_in,
                            const double *weight,
                            gsize stride_out,
                            gsize stride_in,
                            const double *bias,
                            const double *x,
                            double *y)
{
  guint o = 0;

  for (; o + ROWS <= n_out; o += ROWS)
    for (gsize s = 0; s < n; s += 2 * LANES)
      sum_block (ROWS, n_in, weight + o * stride_out, stride_out, stride_in,
                 bias == NULL ? NULL : bias + o, x + s, y + o * PISD_TILE_BLOCK + s);
  for (; o < n_out; o++)
    for (gsize s = 0; s < n; s += 2 * LANES)
      sum_block (1, n_in, weight + o * stride_out, stride_out, stride_in,
                 bias == NULL ? NULL : bias + o, x + s, y + o * PISD_TILE_BLOCK + s);
}

INLINE double
add_lanes (const Lanes *v)
{
  return (((*v)[0] + (*v)[4]) + ((*v)[2] + (*v)[6])) + (((*v)[1] + (*v)[5]) + ((*v)[3] + (*v)[7]));
}

/* `n_rows` times `n_columns` sums over all points, held in registers. */
INLINE void
correlate_block (gsize n,
                 guint n_rows,
                 guint n_columns,
                 guint n_in,
                 const double *d,
                 const double *x,
                 double *weight)
{
  Lanes sum[ROWS][ROWS] = { { { 0.0 } } };

  for (gsize s = 0; s < n; s += LANES)
    for (guint r = 0; r < n_rows; r++)
      for (guint c = 0; c < n_columns; c++)
        sum[r][c] += *(const Lanes *) (d + r * PISD_TILE_BLOCK + s)
                     * *(const Lanes *) (x + c * PISD_TILE_BLOCK + s);
  for (guint r = 0; r < n_rows; r++)
    for (guint c = 0; c < n_columns; c++)
      weight[r * n_in + c] += add_lanes (&sum[r][c]);
}

/* One row of blocks: all columns, of which the last are taken one by one. */
INLINE void
correlate_rows (gsize n, guint n_rows, guint n_in, const double *d, const double *x, double *weight)
{
  guint i = 0;

  for (; i + ROWS <= n_in; i += ROWS)
    correlate_block (n, n_rows, ROWS, n_in, d, x + i * PISD_TILE_BLOCK, weight + i);
  for (; i < n_in; i++)
    correlate_block (n, n_rows, 1, n_in, d, x + i * PISD_TILE_BLOCK, weight + i);
}

VECTORS void
pisd_perceptron_kernel_correlate (gsize n,
                                  guint n_out,
                                  guint n_in,
                                  const double *d,
                                  const double *x,
                                  double *weight,
                                  double *bias)
{
  guint o = 0;

  for (; o + ROWS <= n_out; o += ROWS)
    correlate_rows (n, ROWS, n_in, d + o * PISD_TILE_BLOCK, x, weight + o * n_in);
  for (; o < n_out; o++)
    correlate_rows (n, 1, n_in, d + o * PISD_TILE_BLOCK, x, weight + o * n_in);
  for (o = 0; o < n_out; o++)
    {
      Lanes sum = { 0.0 };

      for (gsize s = 0; s < n; s += LANES)
        sum += *(const Lanes *) (d + o * PISD_TILE_BLOCK + s);
      bias[o] += add_lanes (&sum);
    }
}

VECTORS void
pisd_perceptron_kernel_scale (gsize n, guint width, const double *s, double *v)
{
  for (guint o = 0; o < width; o++, s += PISD_TILE_BLOCK, v += PISD_TILE_BLOCK)
    for (gsize i = 0; i < n; i += LANES)
      *(Lanes *) (v + i) *= *(const Lanes *) (s + i);
}
