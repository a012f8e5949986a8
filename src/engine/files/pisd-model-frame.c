#include "pisd-model-frame.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"

#define MAGIC "PISM"
#define MAGIC_SIZE 4

static void
put (guint8 *bytes, guint64 value, guint n)
{
  for (guint i = 0; i < n; i++)
    bytes[i] = (guint8) (value >> (8 * i));
}

static guint64
take (const guint8 *bytes, guint n)
{
  guint64 value = 0;

  for (guint i = n; i-- > 0;)
    value = value << 8 | bytes[i];
  return value;
}

void
pisd_model_frame_pack (const PisdModelFrame *frame, guint8 bytes[PISD_MODEL_HEADER])
{
  memcpy (bytes, MAGIC, MAGIC_SIZE);
  put (bytes + 4, frame->version, 2);
  put (bytes + 6, frame->type, 2);
  put (bytes + 8, frame->rows, 4);
  put (bytes + 12, frame->columns, 4);
  put (bytes + 16, frame->number, 8);
  put (bytes + 24, frame->length, 8);
}

static gboolean
fail_magic (const guint8 *bytes, GError **error)
{
  g_autofree char *got = g_strndup ((const char *) bytes, MAGIC_SIZE);
  g_autofree char *quoted = pisd_error_quote (got);

  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("beginning of a frame: got %s, expected \"%s\""), quoted, MAGIC);
}

/* "columns: got 200, expected 199" */
static gboolean
fail_number (const char *what, guint64 got, const char *expected, PisdError code, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, got);

  return pisd_error_fail (error, code, _ ("%s: got %s, expected %s"), what, number, expected);
}

static gboolean
check_field (const char *what, guint64 got, guint64 expected, PisdError code, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GUINT64_FORMAT, expected);

  return got == expected || fail_number (what, got, number, code, error);
}

static gboolean
check_text (const PisdModelFrame *frame, GError **error)
{
  return frame->length <= PISD_MODEL_MOST_TEXT
         || fail_number (_ ("bytes of a text"), frame->length,
                         "0 - " G_STRINGIFY (PISD_MODEL_MOST_TEXT), PISD_ERROR_SHAPE, error);
}

static gboolean
check_ready (const PisdModelFrame *frame, GError **error)
{
  return (frame->rows > 0
          || pisd_error_fail (error, PISD_ERROR_SHAPE,
                              _ ("rows at once: got 0, expected 1 or more")))
         && check_text (frame, error);
}

void
pisd_model_frame_take (const guint8 bytes[PISD_MODEL_HEADER], PisdModelFrame *frame)
{
  *frame = (PisdModelFrame){ take (bytes + 4, 2),  take (bytes + 6, 2),  take (bytes + 8, 4),
                             take (bytes + 12, 4), take (bytes + 16, 8), take (bytes + 24, 8) };
}

gboolean
pisd_model_frame_unpack (const guint8 bytes[PISD_MODEL_HEADER],
                         const PisdModelFrame *expected,
                         PisdModelFrame *frame,
                         GError **error)
{
  pisd_model_frame_take (bytes, frame);
  if (memcmp (bytes, MAGIC, MAGIC_SIZE) != 0)
    return fail_magic (bytes, error);
  if (!check_field (_ ("version of the protocol"), frame->version, expected->version,
                    PISD_ERROR_FORMAT, error))
    return FALSE;
  if (frame->type == PISD_MODEL_ERROR)
    return check_text (frame, error);
  if (!check_field (_ ("type of a frame"), frame->type, expected->type, PISD_ERROR_FORMAT, error)
      || !check_field (_ ("number of an answer"), frame->number, expected->number,
                       PISD_ERROR_FORMAT, error)
      || !check_field (_ ("columns"), frame->columns, expected->columns, PISD_ERROR_SHAPE, error))
    return FALSE;
  if (frame->type == PISD_MODEL_READY)
    return check_ready (frame, error);
  return check_field (_ ("rows"), frame->rows, expected->rows, PISD_ERROR_SHAPE, error)
         && check_field (_ ("length of a frame"), frame->length, expected->length, PISD_ERROR_SHAPE,
                         error);
}

void
pisd_model_put_numbers (const double *numbers, gsize n, guint8 *bytes)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, &numbers[i], sizeof bits);
      bits = GUINT64_TO_LE (bits);
      memcpy (bytes + i * sizeof bits, &bits, sizeof bits);
    }
}

gboolean
pisd_model_take_numbers (const guint8 *bytes,
                         gsize n,
                         gsize columns,
                         double *numbers,
                         GError **error)
{
  for (gsize i = 0; i < n; i++)
    {
      guint64 bits;

      memcpy (&bits, bytes + i * sizeof bits, sizeof bits);
      bits = GUINT64_FROM_LE (bits);
      memcpy (&numbers[i], &bits, sizeof bits);
      if (!isfinite (numbers[i]))
        return pisd_error_fail (error, PISD_ERROR_NUMERIC,
                                _ ("row %zu, mode %zu: got %g, expected a finite number"),
                                i / columns, i % columns, numbers[i]);
    }
  return TRUE;
}
