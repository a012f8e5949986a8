#include "pisd-deflate.h"
#include "pisd-test.h"

#include "pisd-error.h"

#define N_LARGE 200000

/* What is hard to pack, and always the same. */
static guint8 *
make_bytes (gsize n)
{
  guint8 *bytes = g_malloc (n + 1);
  guint32 state = 1;

  for (gsize i = 0; i < n; i++)
    {
      state = state * 1664525 + 1013904223;
      bytes[i] = (guint8) (state >> 24);
    }
  return bytes;
}

static void
test_round_trip (void)
{
  static const gsize sizes[] = { 0, 1, 77, 65536, N_LARGE };

  for (guint k = 0; k < G_N_ELEMENTS (sizes); k++)
    {
      g_autofree guint8 *bytes = make_bytes (sizes[k]);
      g_autoptr (GBytes) packed = pisd_deflate (bytes, sizes[k]);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) back = pisd_inflate (g_bytes_get_data (packed, NULL),
                                              g_bytes_get_size (packed), sizes[k], "x", &error);

      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back), bytes, sizes[k]);
    }
}

static void
assert_refused (GBytes *packed, gsize size, gsize n, PisdError code, const char *needle)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_inflate (g_bytes_get_data (packed, NULL), size, n, "mail", &error));
  g_assert_error (error, PISD_ERROR, (int) code);
  g_assert_true (g_str_has_prefix (error->message, "mail: what is packed"));
  if (strstr (error->message, needle) == NULL)
    g_error ("got `%s`, expected `%s` in it", error->message, needle);
}

/* A thousandth of what would come out stands there. */
static void
test_bomb (void)
{
  g_autofree guint8 *zeros = g_malloc0 (N_LARGE);
  g_autoptr (GBytes) packed = pisd_deflate (zeros, N_LARGE);
  const gsize size = g_bytes_get_size (packed);

  g_assert_cmpuint (size, <, N_LARGE / 500);
  assert_refused (packed, size, 1000, PISD_ERROR_LIMIT, "more than 1000 bytes, expected 1000");
  assert_refused (packed, size, N_LARGE - 1, PISD_ERROR_LIMIT, "expected 199999");
  assert_refused (packed, size, N_LARGE + 1, PISD_ERROR_FORMAT, "got 200000 bytes");
}

/* What no stream of that size could hold is refused before there is room for it. */
static void
test_claims (void)
{
  g_autofree guint8 *bytes = make_bytes (300);
  g_autoptr (GBytes) packed = pisd_deflate (bytes, 300);
  const gsize size = g_bytes_get_size (packed);

  assert_refused (packed, size, size * 1032 + 1031, PISD_ERROR_FORMAT, "got 300 bytes");
  assert_refused (packed, size, size * 1032 + 1032, PISD_ERROR_FORMAT, "which cannot hold");
  assert_refused (packed, size, G_MAXSIZE / 2, PISD_ERROR_FORMAT, "which cannot hold");
}

static void
test_truncated (void)
{
  g_autofree guint8 *bytes = make_bytes (300);
  g_autoptr (GBytes) packed = pisd_deflate (bytes, 300);

  for (gsize n = 0; n < g_bytes_get_size (packed); n++)
    assert_refused (packed, n, 300, PISD_ERROR_FORMAT, "cannot be read");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/deflate/round-trip", test_round_trip);
  g_test_add_func ("/files/deflate/bomb", test_bomb);
  g_test_add_func ("/files/deflate/claims", test_claims);
  g_test_add_func ("/files/deflate/truncated", test_truncated);
  return g_test_run ();
}
