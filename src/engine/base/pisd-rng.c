#include "pisd-rng.h"

#include <math.h>

#define PHILOX_ROUNDS 10

void
pisd_philox4x32 (const guint32 counter[4], const guint32 key[2], guint32 out[4])
{
  guint32 c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
  guint32 k0 = key[0], k1 = key[1];

  for (int round = 0; round < PHILOX_ROUNDS; round++)
    {
      guint64 p0 = (guint64) 0xD2511F53u * c0;
      guint64 p1 = (guint64) 0xCD9E8D57u * c2;
      guint32 n0 = (guint32) (p1 >> 32) ^ c1 ^ k0;
      guint32 n2 = (guint32) (p0 >> 32) ^ c3 ^ k1;

      c0 = n0;
      c1 = (guint32) p1;
      c2 = n2;
      c3 = (guint32) p0;
      k0 += 0x9E3779B9u;
      k1 += 0xBB67AE85u;
    }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/* The 128 bits at an address. */
static void
draw (guint64 seed, PisdStream stream, guint32 lane, guint64 block, guint32 out[4])
{
  const guint32 counter[4] = { (guint32) block, (guint32) (block >> 32), lane, (guint32) stream };
  const guint32 key[2] = { (guint32) seed, (guint32) (seed >> 32) };

  pisd_philox4x32 (counter, key, out);
}

/* 53 bits, centred in their cell: never 0, never 1. */
static double
to_uniform (guint32 high, guint32 low)
{
  guint64 bits = (((guint64) high << 32) | low) >> 11;

  return ((double) bits + 0.5) * 0x1p-53;
}

double
pisd_rng_uniform (guint64 seed, PisdStream stream, guint32 lane, guint64 index)
{
  guint32 r[4];

  draw (seed, stream, lane, index / 2, r);
  return index % 2 == 0 ? to_uniform (r[0], r[1]) : to_uniform (r[2], r[3]);
}

/* Box and Muller: one block gives the normals 2 b and 2 b + 1. */
static void
normal_pair (guint64 seed, PisdStream stream, guint32 lane, guint64 block, double out[2])
{
  guint32 r[4];
  double radius, angle;

  draw (seed, stream, lane, block, r);
  radius = sqrt (-2.0 * log (to_uniform (r[0], r[1])));
  angle = 2.0 * G_PI * to_uniform (r[2], r[3]);
  out[0] = radius * cos (angle);
  out[1] = radius * sin (angle);
}

void
pisd_rng_fill_normal (guint64 seed,
                      PisdStream stream,
                      guint32 lane,
                      guint64 first,
                      gsize n,
                      double *out)
{
  double pair[2];
  gsize i = 0;

  while (i < n)
    {
      guint64 index = first + i;

      normal_pair (seed, stream, lane, index / 2, pair);
      if (index % 2 == 1)
        {
          out[i++] = pair[1];
          continue;
        }
      out[i++] = pair[0];
      if (i < n)
        out[i++] = pair[1];
    }
}

/* Fisher and Yates, forward: entry i takes a uniform choice among the n - i that are left. */
void
pisd_rng_choose (guint64 seed, PisdStream stream, guint32 lane, guint n, guint count, guint *out)
{
  guint *order;

  g_return_if_fail (count <= n);

  order = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    order[i] = i;
  for (guint i = 0; i < count; i++)
    {
      guint j = i + (guint) (pisd_rng_uniform (seed, stream, lane, i) * (n - i));
      guint chosen = order[j];

      order[j] = order[i];
      order[i] = chosen;
      out[i] = chosen;
    }
  g_free (order);
}
