/* Frames of the protocol that a model in another process speaks (tools/pisd-bridge/PROTOCOL.md):
 * a header of PISD_MODEL_HEADER bytes and a payload of `length` bytes, all little-endian.
 *
 *   0  "PISM"     4  version     6  type      8  rows     12  columns
 *   16  number of the question   24  length
 *
 * Numbers of a payload are doubles.  What is unpacked was checked against what was expected before
 * a byte of the payload is read, so that a length in a frame never makes memory.
 *
 * Errors:  PISD_ERROR_FORMAT (no such frame, another version, not an answer to the question), SHAPE
 *          (rows, columns, length), NUMERIC (NaN or infinity).
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define PISD_MODEL_VERSION 1
#define PISD_MODEL_HEADER 32
/* Bytes of a text in a payload, at most: the model's name, or what it says is wrong. */
#define PISD_MODEL_MOST_TEXT 1000

typedef enum
{
  PISD_MODEL_HELLO = 1,    /* what the latents are; answered by READY */
  PISD_MODEL_READY = 2,    /* the model's name */
  PISD_MODEL_DENOISE = 3,  /* sigma [rows], x [rows, columns]; answered by DENOISED */
  PISD_MODEL_DENOISED = 4, /* D (x, sigma) [rows, columns] */
  PISD_MODEL_VJP = 5,      /* sigma [rows], x and v [rows, columns]; answered by PRODUCT */
  PISD_MODEL_PRODUCT = 6,  /* (dD/dx)' v [rows, columns] */
  PISD_MODEL_ERROR = 7     /* in place of any answer: what is wrong, as a text */
} PisdModelFrameType;

typedef struct
{
  guint16 version, type;
  guint32 rows, columns;
  guint64 number, length;
} PisdModelFrame;

void pisd_model_frame_pack (const PisdModelFrame *frame, guint8 bytes[PISD_MODEL_HEADER]);
/* As it stands there, whatever it is. */
void pisd_model_frame_take (const guint8 bytes[PISD_MODEL_HEADER], PisdModelFrame *frame);
/* The answer to a question: of the type, number, rows, columns and length that are expected, or an
 * ERROR with a text; of READY, rows (the most that it takes at once) are only not 0, and the length
 * is that of a text. */
gboolean pisd_model_frame_unpack (const guint8 bytes[PISD_MODEL_HEADER],
                                  const PisdModelFrame *expected,
                                  PisdModelFrame *frame,
                                  GError **error);

void pisd_model_put_numbers (const double *numbers, gsize n, guint8 *bytes);
/* Number `i` is that of mode i % columns of row i / columns, which an error names; numbers may be
 * changed where it fails. */
gboolean pisd_model_take_numbers (const guint8 *bytes,
                                  gsize n,
                                  gsize columns,
                                  double *numbers,
                                  GError **error);

G_END_DECLS
