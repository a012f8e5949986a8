/* Answers of a model in another process: header and payload. */
#include <string.h>

#include "fuzz.h"
#include "pisd-model-frame.h"

#define ROWS 2
#define COLUMNS 3
#define N (ROWS * COLUMNS)
#define NUMBER 7

/* What is expected of an answer. */
static const PisdModelFrame answers[] = {
  { PISD_MODEL_VERSION, PISD_MODEL_READY, 1, COLUMNS, 0, 5 },
  { PISD_MODEL_VERSION, PISD_MODEL_DENOISED, ROWS, COLUMNS, NUMBER, N * sizeof (double) },
  { PISD_MODEL_VERSION, PISD_MODEL_PRODUCT, ROWS, COLUMNS, NUMBER, N * sizeof (double) },
};

static void
add_frame (GPtrArray *seeds, const PisdModelFrame *frame, const guint8 *payload)
{
  guint8 bytes[PISD_MODEL_HEADER + N * sizeof (double)];

  pisd_model_frame_pack (frame, bytes);
  memcpy (bytes + PISD_MODEL_HEADER, payload, frame->length);
  fuzz_add_bytes (seeds, bytes, PISD_MODEL_HEADER + frame->length);
}

static void
seed_model_frame (GPtrArray *seeds)
{
  static const double numbers[N] = { 0.0, -1.0, 1e300, 3.0, 4.0, 5.0 };
  static const PisdModelFrame failure = { PISD_MODEL_VERSION, PISD_MODEL_ERROR, 0, 0, NUMBER, 5 };
  guint8 payload[N * sizeof (double)];

  pisd_model_put_numbers (numbers, N, payload);
  add_frame (seeds, &answers[0], (const guint8 *) "model");
  add_frame (seeds, &answers[1], payload);
  add_frame (seeds, &answers[2], payload);
  add_frame (seeds, &failure, (const guint8 *) "fails");
}

/* What was let through is what was expected, written again it has the same bytes, and its payload
 * fits where the caller has made room for it. */
static void
check_frame (const guint8 *bytes, const PisdModelFrame *expected, const PisdModelFrame *frame)
{
  guint8 again[PISD_MODEL_HEADER], wanted[PISD_MODEL_HEADER];

  pisd_model_frame_pack (expected, wanted);
  pisd_model_frame_pack (frame, again);
  g_assert_cmpmem (again, sizeof again, bytes, sizeof again);
  if (frame->type == PISD_MODEL_READY || frame->type == PISD_MODEL_ERROR)
    g_assert_cmpuint (frame->length, <=, PISD_MODEL_MOST_TEXT);
  else
    g_assert_cmpmem (again, sizeof again, wanted, sizeof wanted);
}

static void
feed_numbers (const guint8 *payload)
{
  g_autoptr (GError) error = NULL;
  double numbers[N];
  const gboolean worked = pisd_model_take_numbers (payload, N, COLUMNS, numbers, &error);

  fuzz_check (worked, &error);
}

static void
feed_model_frame (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  if (size < PISD_MODEL_HEADER)
    return;
  for (guint a = 0; a < G_N_ELEMENTS (answers); a++)
    {
      g_autoptr (GError) error = NULL;
      PisdModelFrame frame;
      const gboolean worked = pisd_model_frame_unpack (data, &answers[a], &frame, &error);

      if (worked)
        check_frame (data, &answers[a], &frame);
      fuzz_check (worked, &error);
    }
  if (size >= PISD_MODEL_HEADER + N * sizeof (double))
    feed_numbers (data + PISD_MODEL_HEADER);
}

const FuzzTarget fuzz_model_frame = { "model-frame", seed_model_frame, feed_model_frame,
                                      4000,          1 << 16,          0 };
