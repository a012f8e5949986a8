/* Counter-based random numbers: every value has an address, (seed, stream, lane, index), and is
 * computed from it alone, so that drawing more sensors never shifts the noise.
 *
 * Threads: any.
 * Source:  Salmon et al., Parallel random numbers: as easy as 1, 2, 3 (SC 2011), Philox4x32-10. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a value is used for.  The numbers are part of the file format: never renumber. */
typedef enum
{
  PISD_STREAM_SOURCE = 1,    /* coefficients of a random source field */
  PISD_STREAM_SHAPES = 2,    /* inclusions and blobs */
  PISD_STREAM_SITES = 3,     /* random sensor positions; lane = field + PISD_SITES_LANES frame */
  PISD_STREAM_READING = 4,   /* measurement noise; lane = field */
  PISD_STREAM_STATE = 5,     /* initial noise of a sample; lane = sample */
  PISD_STREAM_STEP = 6,      /* noise added during a run; lane = sample */
  PISD_STREAM_TAIL = 7,      /* coefficients beyond the kept modes; lane = sample */
  PISD_STREAM_TEST = 8,      /* test vectors */
  PISD_STREAM_WEIGHTS = 9,   /* what a network begins with; lane = tensor */
  PISD_STREAM_TRAINING = 10, /* what is drawn for a network's training */
  PISD_STREAM_LAWS = 11,     /* coefficients of random fields of another law than the benchmark's */
  PISD_STREAM_DIFFUSION = 13 /* of the diffusion lab; lanes in pisd-lab-data.h */
} PisdStream;

/* Frames of one field are that many lanes apart, counted from the last one. */
#define PISD_SITES_LANES 16

/* For tests against published vectors: the bare bijection, ten rounds. */
void pisd_philox4x32 (const guint32 counter[4], const guint32 key[2], guint32 out[4]);

/* Uniform on the open interval (0, 1), 53 bits. */
double pisd_rng_uniform (guint64 seed, PisdStream stream, guint32 lane, guint64 index);

/* `n` independent standard normals at indices first, first + 1, ...  `out`: [n]. */
void pisd_rng_fill_normal (guint64 seed,
                           PisdStream stream,
                           guint32 lane,
                           guint64 first,
                           gsize n,
                           double *out);

/* The first `count` entries of a random permutation of 0 .. n-1.  `out`: [count], count <= n. */
void pisd_rng_choose (guint64 seed,
                      PisdStream stream,
                      guint32 lane,
                      guint n,
                      guint count,
                      guint *out);

G_END_DECLS
