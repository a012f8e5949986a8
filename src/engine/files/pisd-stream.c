#include "pisd-stream.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"

#define BLOCK (64 * 1024)

struct _PisdStream
{
  PisdInput *input;
  guint64 at, end;             /* of what is read next, and of what may be read */
  GConverter *inflater;        /* NULL: bytes as they stand */
  guint8 *packed;              /* [BLOCK] */
  gsize packed_at, packed_end; /* of what waits in there */
  gboolean is_over;
};

PisdStream *
pisd_stream_new (PisdInput *input, guint64 offset)
{
  PisdStream *self = g_new0 (PisdStream, 1);

  self->input = input;
  self->at = offset;
  self->end = G_MAXUINT64;
  return self;
}

PisdStream *
pisd_stream_new_inflated (PisdInput *input, guint64 offset, guint64 size)
{
  PisdStream *self = pisd_stream_new (input, offset);

  self->end = offset + MIN (size, G_MAXUINT64 - offset);
  self->inflater = G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB));
  self->packed = g_malloc (BLOCK);
  return self;
}

void
pisd_stream_free (PisdStream *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->inflater);
  g_free (self->packed);
  g_free (self);
}

/* More packed bytes behind those that wait, which are moved to the front. */
static gboolean
fill (PisdStream *self, GError **error)
{
  const gsize n_left = self->packed_end - self->packed_at;
  gsize n;

  memmove (self->packed, self->packed + self->packed_at, n_left);
  self->packed_at = 0;
  self->packed_end = n_left;
  if (!pisd_input_read_at (self->input, self->at, self->packed + n_left,
                           MIN (BLOCK - n_left, self->end - self->at), &n, error))
    return FALSE;
  self->at += n;
  self->packed_end += n;
  return TRUE;
}

/* Some of the bytes; 0 at the end of them. */
static gboolean
inflate (PisdStream *self, guint8 *bytes, gsize size, gsize *n, GError **error)
{
  g_autoptr (GError) reason = NULL;
  GConverterResult result;
  gsize n_read = 0;

  *n = 0;
  if (self->is_over)
    return TRUE;
  if (!fill (self, error))
    return FALSE;
  result = g_converter_convert (
      self->inflater, self->packed + self->packed_at, self->packed_end - self->packed_at, bytes,
      size, self->at == self->end ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &n_read, n,
      &reason);
  self->packed_at += n_read;
  self->is_over = result == G_CONVERTER_FINISHED;
  if (result == G_CONVERTER_ERROR)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("cannot be inflated: %s"),
                            reason->message);
  return TRUE;
}

static gboolean
read_some (PisdStream *self, guint8 *bytes, gsize size, gsize *n, GError **error)
{
  if (self->inflater != NULL)
    return inflate (self, bytes, size, n, error);
  if (!pisd_input_read_at (self->input, self->at, bytes, size, n, error))
    return FALSE;
  self->at += *n;
  return TRUE;
}

gboolean
pisd_stream_read (gpointer data, const char *what, void *bytes, gsize size, GError **error)
{
  PisdStream *self = data;
  gsize n = 0, got = 1;

  while (n < size && got > 0)
    {
      if (!read_some (self, (guint8 *) bytes + n, size - n, &got, error))
        return FALSE;
      n += got;
    }
  return n == size
         || pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: got %zu bytes, expected %zu"), what,
                             n, size);
}

gboolean
pisd_stream_skip (gpointer data, guint64 n, GError **error)
{
  PisdStream *self = data;
  g_autofree guint8 *block = NULL;

  if (self->inflater == NULL)
    {
      self->at += MIN (n, G_MAXUINT64 - self->at);
      return pisd_input_check (self->input, error);
    }
  block = g_malloc (BLOCK);
  for (gsize part; n > 0; n -= part)
    {
      part = MIN (n, BLOCK);
      if (!pisd_stream_read (self, _ ("data"), block, part, error))
        return FALSE;
    }
  return TRUE;
}
