/* Frames of the protocol of models: bytes that do not depend on the machine, and what is not taken. */
#include "pisd-model-frame.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"

static const PisdModelFrame expected = { PISD_MODEL_VERSION, PISD_MODEL_DENOISED, 2, 3, 7, 48 };

/* Little-endian, each field at its place; what was packed is unpacked. */
static void
test_bytes (void)
{
  static const guint8 bytes[PISD_MODEL_HEADER] = { 'P', 'I', 'S', 'M', 1, 0, 4, 0, 2, 0, 0, 0, 3,
                                                   0,   0,   0,   7,   0, 0, 0, 0, 0, 0, 0, 48 };
  const PisdModelFrame large = { PISD_MODEL_VERSION, PISD_MODEL_DENOISED, 0x01020304,
                                 0x05060708,         0x1112131415161718,  0x2122232425262728 };
  guint8 packed[PISD_MODEL_HEADER];
  PisdModelFrame frame;

  pisd_model_frame_pack (&expected, packed);
  g_assert_cmpmem (packed, sizeof packed, bytes, sizeof bytes);
  pisd_model_frame_pack (&large, packed);
  g_assert_true (pisd_model_frame_unpack (packed, &large, &frame, NULL));
  g_assert_cmpuint (frame.rows, ==, large.rows);
  g_assert_cmpuint (frame.columns, ==, large.columns);
  g_assert_cmpuint (frame.number, ==, large.number);
  g_assert_cmpuint (frame.length, ==, large.length);
}

/* Every bit of a header counts: one that is turned makes it another frame, or an error of the model
 * itself. */
static void
test_flipped (void)
{
  for (guint bit = 0; bit < 8 * PISD_MODEL_HEADER; bit++)
    {
      guint8 bytes[PISD_MODEL_HEADER];
      PisdModelFrame frame;
      g_autoptr (GError) error = NULL;

      pisd_model_frame_pack (&expected, bytes);
      bytes[bit / 8] ^= 1 << bit % 8;
      g_assert_false (pisd_model_frame_unpack (bytes, &expected, &frame, &error));
      g_assert_nonnull (strstr (error->message, "expected"));
    }
}

/* NaN and infinity are named by row and mode. */
static void
test_numbers (void)
{
  double numbers[] = { 0.1, -1e300, 5e-324, 4.0, 0.0, 1.0 / 3 }, back[6];
  guint8 bytes[sizeof numbers];
  g_autoptr (GError) error = NULL;

  pisd_model_put_numbers (numbers, 6, bytes);
  g_assert_true (pisd_model_take_numbers (bytes, 6, 3, back, NULL));
  g_assert_cmpmem (back, sizeof back, numbers, sizeof numbers);
  numbers[4] = -INFINITY;
  pisd_model_put_numbers (numbers, 6, bytes);
  g_assert_false (pisd_model_take_numbers (bytes, 6, 3, back, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_NUMERIC);
  g_assert_cmpstr (error->message, ==, "row 1, mode 1: got -inf, expected a finite number");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/model-frame/bytes", test_bytes);
  g_test_add_func ("/files/model-frame/flipped", test_flipped);
  g_test_add_func ("/files/model-frame/numbers", test_numbers);
  return g_test_run ();
}
