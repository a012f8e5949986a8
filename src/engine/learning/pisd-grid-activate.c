#include <string.h>

#include "pisd-grid-private.h"

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
PISD_LOOPS
activate_nodes (guint side,
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

PISD_VECTORS static void
activate_line (guint side,
               guint block,
               const float *restrict x,
               const float *restrict scale,
               const float *restrict shift,
               float *restrict y)
{
  PISD_RUN_LOOPS (activate_nodes, side, block, x, scale, shift, y);
}

void
pisd_grid_activate (const PisdGrid *grid,
                    const float *x,
                    const float *scale,
                    const float *shift,
                    float *y)
{
  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      activate_line (grid->side, grid->block, x + pisd_grid_dense_line (grid, p, i),
                     scale + (gsize) p * grid->block, shift + (gsize) p * grid->block,
                     y + pisd_grid_padded_line (grid, p, i));
}

/* dy = scale silu' (scale x + shift) dx */
PISD_LOOPS
jvp_nodes (guint side,
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

PISD_VECTORS static void
jvp_line (guint side,
          guint block,
          const float *restrict x,
          const float *restrict scale,
          const float *restrict shift,
          const float *restrict dx,
          float *restrict dy)
{
  PISD_RUN_LOOPS (jvp_nodes, side, block, x, scale, shift, dx, dy);
}

void
pisd_grid_activate_jvp (const PisdGrid *grid,
                        const float *x,
                        const float *scale,
                        const float *shift,
                        const float *dx,
                        float *dy)
{
  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      jvp_line (grid->side, grid->block, x + pisd_grid_dense_line (grid, p, i),
                scale + (gsize) p * grid->block, shift + (gsize) p * grid->block,
                dx + pisd_grid_dense_line (grid, p, i), dy + pisd_grid_padded_line (grid, p, i));
}

/* v becomes scale silu' (scale x + shift) v */
PISD_LOOPS
vjp_nodes (guint side,
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

PISD_VECTORS static void
vjp_line (guint side,
          guint block,
          const float *restrict x,
          const float *restrict scale,
          const float *restrict shift,
          float *restrict v)
{
  PISD_RUN_LOOPS (vjp_nodes, side, block, x, scale, shift, v);
}

/* The same, and gscale += sum silu' v x, gshift += sum silu' v */
PISD_LOOPS
vjp_nodes_with_sums (guint side,
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

PISD_VECTORS static void
vjp_line_with_sums (guint side,
                    guint block,
                    const float *restrict x,
                    const float *restrict scale,
                    const float *restrict shift,
                    float *restrict v,
                    float *restrict gscale,
                    float *restrict gshift)
{
  PISD_RUN_LOOPS (vjp_nodes_with_sums, side, block, x, scale, shift, v, gscale, gshift);
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
  for (guint p = 0; p < pisd_grid_count_planes (grid); p++)
    for (guint i = 0; i < grid->side; i++)
      {
        gsize at = pisd_grid_dense_line (grid, p, i), channel = (gsize) p * grid->block;

        if (gscale == NULL)
          vjp_line (grid->side, grid->block, x + at, scale + channel, shift + channel, v + at);
        else
          vjp_line_with_sums (grid->side, grid->block, x + at, scale + channel, shift + channel,
                              v + at, gscale + channel, gshift + channel);
      }
}
