#include "pisd-test.h"

/* Published known-answer vectors of Philox4x32-10 (Random123, kat_vectors). */
static void
test_philox_vectors (void)
{
  static const struct
  {
    guint32 counter[4], key[2], out[4];
  } vectors[] = {
    { { 0, 0, 0, 0 }, { 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
    { { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
      { 0xffffffff, 0xffffffff },
      { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
    { { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
      { 0xa4093822, 0x299f31d0 },
      { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
  };

  for (guint v = 0; v < G_N_ELEMENTS (vectors); v++)
    {
      guint32 out[4];

      pisd_philox4x32 (vectors[v].counter, vectors[v].key, out);
      for (guint i = 0; i < 4; i++)
        g_assert_cmphex (out[i], ==, vectors[v].out[i]);
    }
}

/* A value depends on its address alone: any window into the stream shows the same numbers. */
static void
test_addressing (void)
{
  double all[64], part[17];

  pisd_rng_fill_normal (9, PISD_STREAM_STATE, 3, 0, 64, all);
  for (guint first = 0; first < 20; first++)
    {
      pisd_rng_fill_normal (9, PISD_STREAM_STATE, 3, first, 17, part);
      for (guint i = 0; i < 17; i++)
        g_assert_cmpfloat (part[i], ==, all[first + i]);
    }
  pisd_rng_fill_normal (9, PISD_STREAM_STATE, 4, 0, 17, part);
  g_assert_cmpfloat (part[0], !=, all[0]);
  pisd_rng_fill_normal (10, PISD_STREAM_STATE, 3, 0, 17, part);
  g_assert_cmpfloat (part[0], !=, all[0]);
}

/* First four moments within five standard errors. */
static void
test_normal_moments (void)
{
  const gsize n = 200000;
  g_autofree double *v = test_random (n, 0);
  const double expected[] = { 0.0, 1.0, 0.0, 3.0 }, variance[] = { 1.0, 2.0, 15.0, 96.0 };
  double sum[4] = { 0 };

  for (gsize i = 0; i < n; i++)
    for (guint p = 0; p < 4; p++)
      sum[p] += pow (v[i], p + 1);
  for (guint p = 0; p < 4; p++)
    test_assert_close (sum[p] / n, expected[p], 5.0 * sqrt (variance[p] / n));
}

static void
test_uniform_range (void)
{
  double sum = 0.0;

  for (guint i = 0; i < 100000; i++)
    {
      double u = pisd_rng_uniform (3, PISD_STREAM_TEST, 0, i);

      g_assert_true (u > 0.0 && u < 1.0);
      sum += u;
    }
  test_assert_close (sum / 100000, 0.5, 5.0 * sqrt (1.0 / 12.0 / 100000));
}

static void
test_choose_distinct (void)
{
  guint some[300], fewer[200];
  gboolean seen[512] = { FALSE };

  pisd_rng_choose (4, PISD_STREAM_SITES, 0, 512, 300, some);
  for (guint i = 0; i < 300; i++)
    {
      g_assert_cmpuint (some[i], <, 512);
      g_assert_false (seen[some[i]]);
      seen[some[i]] = TRUE;
    }
  pisd_rng_choose (4, PISD_STREAM_SITES, 0, 512, 200, fewer);
  g_assert_cmpmem (fewer, sizeof fewer, some, sizeof fewer);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/rng/philox-vectors", test_philox_vectors);
  g_test_add_func ("/engine/rng/addressing", test_addressing);
  g_test_add_func ("/engine/rng/normal-moments", test_normal_moments);
  g_test_add_func ("/engine/rng/uniform-range", test_uniform_range);
  g_test_add_func ("/engine/rng/choose-distinct", test_choose_distinct);
  return g_test_run ();
}
