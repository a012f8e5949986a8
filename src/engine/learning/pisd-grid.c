#include "pisd-grid.h"

#include <string.h>

#include "pisd-clones.h"

#define VECTORS PISD_CLONES ("avx512f", "avx2", "default")

void
pisd_grid_init (PisdGrid *grid, guint batch, guint n_channels, guint block, guint side)
{
  grid->batch = batch;
  grid->n_channels = n_channels;
  grid->n_groups = (n_channels + block - 1) / block;
  grid->block = block;
  grid->side = side;
}

gsize
pisd_grid_get_n_channels (const PisdGrid *grid)
{
  return (gsize) grid->batch * grid->n_groups * grid->block;
}

gsize
pisd_grid_get_n (const PisdGrid *grid)
{
  return pisd_grid_get_n_channels (grid) * grid->side * grid->side;
}

gsize
pisd_grid_get_n_padded (const PisdGrid *grid)
{
  return pisd_grid_get_n_channels (grid) * (grid->side + 2) * (grid->side + 2);
}

/* One block of one field is a plane. */
static guint
count_planes (const PisdGrid *grid)
{
  return grid->batch * grid->n_groups;
}

static gsize
dense_line (const PisdGrid *grid, guint plane, guint line)
{
  return ((gsize) plane * grid->side + line) * grid->side * grid->block;
}

/* Of the first node inside the halo. */
static gsize
padded_line (const PisdGrid *grid, guint plane, guint line)
{
  gsize padded = grid->side + 2;

  return ((plane * padded + line + 1) * padded + 1) * grid->block;
}

/* Where node 0 of a channel of a field lies in a dense array. */
static gsize
find_channel (const PisdGrid *grid, guint field, guint channel)
{
  return dense_line (grid, field * grid->n_groups + channel / grid->block, 0)
         + channel % grid->block;
}

void
pisd_grid_pack (const PisdGrid *grid, const float *x, float *dense)
{
  gsize n_nodes = (gsize) grid->side * grid->side;

  for (guint b = 0; b < grid->batch; b++)
    for (guint c = 0; c < grid->n_channels; c++, x += n_nodes)
      {
        float *to = dense + find_channel (grid, b, c);

        for (gsize i = 0; i < n_nodes; i++)
          to[i * grid->block] = x[i];
      }
}

void
pisd_grid_unpack (const PisdGrid *grid, const float *dense, const float *bias, float *x)
{
  gsize n_nodes = (gsize) grid->side * grid->side;

  for (guint b = 0; b < grid->batch; b++)
    for (guint c = 0; c < grid->n_channels; c++, x += n_nodes)
      {
        const float *from = dense + find_channel (grid, b, c);
        float added = bias != NULL ? bias[c] : 0.0f;

        for (gsize i = 0; i < n_nodes; i++)
          x[i] = from[i * grid->block] + added;
      }
}

void
pisd_grid_pad (const PisdGrid *grid, const float *dense, float *padded)
{
  gsize n = (gsize) grid->side * grid->block;

  for (guint p = 0; p < count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      memcpy (padded + padded_line (grid, p, i), dense + dense_line (grid, p, i),
              n * sizeof (float));
}

void
pisd_grid_wrap (const PisdGrid *grid, float *padded)
{
  gsize node = grid->block, line = (grid->side + 2) * node, last = grid->side * node;

  for (guint p = 0; p < count_planes (grid); p++)
    {
      float *plane = padded + p * (grid->side + 2) * line;

      for (guint i = 1; i <= grid->side; i++)
        {
          float *at = plane + i * line;

          memcpy (at, at + last, node * sizeof (float));
          memcpy (at + last + node, at + node, node * sizeof (float));
        }
      memcpy (plane, plane + grid->side * line, line * sizeof (float));
      memcpy (plane + (grid->side + 1) * line, plane + line, line * sizeof (float));
    }
}

/* The bits of 1.0f; a power of two adds its exponent to theirs. */
#define ONE_BITS 0x3f800000

/* exp (x) = 2^n exp (r), n = round (x / ln 2), by a polynomial for |r| <= ln 2 / 2; relative error
 * below 2e-7.  Written so that a compiler does it for a whole vector at once. */
static inline float
exponential (float x)
{
  const float log2_e = 1.44269504f, ln2_high = 0.693359375f, ln2_low = -2.12194440e-4f;
  const float magic = 12582912.0f; /* adding it rounds to whole numbers */
  float n, r, p;
  union
  {
    gint32 i;
    float f;
  } power;

  x = x < -87.0f ? -87.0f : x;
  x = x > 87.0f ? 87.0f : x;
  n = (x * log2_e + magic) - magic;
  r = x - n * ln2_high - n * ln2_low;
  p = 1.0f / 720.0f;
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  power.i = (gint32) n * (1 << 23) + ONE_BITS;
  return p * power.f;
}

/* 1 / (1 + exp (-p)) */
static inline float
sigmoid (float p)
{
  return 1.0f / (1.0f + exponential (-p));
}

/* d silu / dp = s (1 + p (1 - s)), s = sigmoid (p) */
static inline float
slope (float p)
{
  float s = sigmoid (p);

  return s * (1.0f + p * (1.0f - s));
}

/* A line of nodes: y = silu (scale x + shift) */
VECTORS static void
activate_line (guint side,
               guint block,
               const float *restrict x,
               const float *restrict scale,
               const float *restrict shift,
               float *restrict y)
{
  for (guint j = 0; j < side; j++, x += block, y += block)
    for (guint c = 0; c < block; c++)
      {
        float p = scale[c] * x[c] + shift[c];

        y[c] = p * sigmoid (p);
      }
}

void
pisd_grid_activate (const PisdGrid *grid,
                    const float *x,
                    const float *scale,
                    const float *shift,
                    float *y)
{
  for (guint p = 0; p < count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      activate_line (grid->side, grid->block, x + dense_line (grid, p, i),
                     scale + (gsize) p * grid->block, shift + (gsize) p * grid->block,
                     y + padded_line (grid, p, i));
}

/* dy = scale silu' (scale x + shift) dx */
VECTORS static void
jvp_line (guint side,
          guint block,
          const float *restrict x,
          const float *restrict scale,
          const float *restrict shift,
          const float *restrict dx,
          float *restrict dy)
{
  for (guint j = 0; j < side; j++, x += block, dx += block, dy += block)
    for (guint c = 0; c < block; c++)
      dy[c] = scale[c] * slope (scale[c] * x[c] + shift[c]) * dx[c];
}

void
pisd_grid_activate_jvp (const PisdGrid *grid,
                        const float *x,
                        const float *scale,
                        const float *shift,
                        const float *dx,
                        float *dy)
{
  for (guint p = 0; p < count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      jvp_line (grid->side, grid->block, x + dense_line (grid, p, i),
                scale + (gsize) p * grid->block, shift + (gsize) p * grid->block,
                dx + dense_line (grid, p, i), dy + padded_line (grid, p, i));
}

/* v becomes scale silu' (scale x + shift) v */
VECTORS static void
vjp_line (guint side,
          guint block,
          const float *restrict x,
          const float *restrict scale,
          const float *restrict shift,
          float *restrict v)
{
  for (guint j = 0; j < side; j++, x += block, v += block)
    for (guint c = 0; c < block; c++)
      v[c] *= scale[c] * slope (scale[c] * x[c] + shift[c]);
}

/* The same, and gscale += sum silu' v x, gshift += sum silu' v */
VECTORS static void
vjp_line_with_sums (guint side,
                    guint block,
                    const float *restrict x,
                    const float *restrict scale,
                    const float *restrict shift,
                    float *restrict v,
                    float *restrict gscale,
                    float *restrict gshift)
{
  for (guint j = 0; j < side; j++, x += block, v += block)
    for (guint c = 0; c < block; c++)
      {
        float g = slope (scale[c] * x[c] + shift[c]) * v[c];

        gscale[c] += g * x[c];
        gshift[c] += g;
        v[c] = scale[c] * g;
      }
}

void
pisd_grid_activate_vjp (const PisdGrid *grid,
                        const float *x,
                        const float *scale,
                        const float *shift,
                        float *v,
                        float *gscale,
                        float *gshift)
{
  if (gscale != NULL)
    {
      memset (gscale, 0, pisd_grid_get_n_channels (grid) * sizeof (float));
      memset (gshift, 0, pisd_grid_get_n_channels (grid) * sizeof (float));
    }
  for (guint p = 0; p < count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      {
        gsize at = dense_line (grid, p, i), channel = (gsize) p * grid->block;

        if (gscale == NULL)
          vjp_line (grid->side, grid->block, x + at, scale + channel, shift + channel, v + at);
        else
          vjp_line_with_sums (grid->side, grid->block, x + at, scale + channel, shift + channel,
                              v + at, gscale + channel, gshift + channel);
      }
}

/* y += x + bias */
VECTORS static void
add_line (guint side,
          guint block,
          const float *restrict x,
          const float *restrict bias,
          float *restrict y)
{
  for (guint j = 0; j < side; j++, x += block, y += block)
    for (guint c = 0; c < block; c++)
      y[c] += x[c] + bias[c];
}

void
pisd_grid_add (const PisdGrid *grid, const float *x, const float *bias, float *y)
{
  for (guint p = 0; p < count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      {
        gsize at = dense_line (grid, p, i);

        add_line (grid->side, grid->block, x + at, bias + (gsize) p * grid->block, y + at);
      }
}

void
pisd_grid_add_bias (const PisdGrid *grid, const float *bias, float *y)
{
  gsize n_nodes = (gsize) grid->side * grid->side;

  for (guint p = 0; p < count_planes (grid); p++, bias += grid->block)
    for (gsize i = 0; i < n_nodes; i++, y += grid->block)
      for (guint c = 0; c < grid->block; c++)
        y[c] += bias[c];
}

/* sum += v */
VECTORS static void
sum_line (guint side, guint block, const float *restrict v, float *restrict sum)
{
  for (guint j = 0; j < side; j++, v += block)
    for (guint c = 0; c < block; c++)
      sum[c] += v[c];
}

void
pisd_grid_add_sums (const PisdGrid *grid, const float *v, float *sums)
{
  for (guint p = 0; p < count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      sum_line (grid->side, grid->block, v + dense_line (grid, p, i),
                sums + (gsize) (p % grid->n_groups) * grid->block);
}

void
pisd_grid_gather (const PisdGrid *coarse, float factor, const float *fine, float *result)
{
  guint block = coarse->block, wide = 2 * coarse->side;

  for (gsize line = 0; line < (gsize) count_planes (coarse) * coarse->side; line++)
    {
      const float *upper = fine + 2 * line * wide * block, *lower = upper + wide * block;
      float *to = result + line * coarse->side * block;

      for (guint j = 0; j < coarse->side; j++, upper += 2 * block, lower += 2 * block, to += block)
        for (guint c = 0; c < block; c++)
          to[c] = factor * (upper[c] + upper[block + c] + lower[c] + lower[block + c]);
    }
}

/* To a line of the fine grid from one of the coarse one. */
static void
spread_line (guint side, guint block, float factor, const float *from, float *to)
{
  for (guint j = 0; j < side; j++, from += block, to += 2 * block)
    for (guint c = 0; c < block; c++)
      {
        to[c] += factor * from[c];
        to[block + c] += factor * from[c];
      }
}

void
pisd_grid_spread (const PisdGrid *coarse, float factor, const float *from, float *fine)
{
  guint block = coarse->block, wide = 2 * coarse->side;

  for (gsize line = 0; line < (gsize) count_planes (coarse) * coarse->side; line++)
    for (guint half = 0; half < 2; half++)
      spread_line (coarse->side, block, factor, from + line * coarse->side * block,
                   fine + (2 * line + half) * wide * block);
}
