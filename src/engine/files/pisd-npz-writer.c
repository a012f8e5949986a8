#include "pisd-npz-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zip.h>

#include "pisd-error.h"
#include "pisd-npy.h"
#include "pisd-npz.h"
#include "pisd-save.h"

/* A member to be written. */
typedef struct
{
  char *name;
  GByteArray *npy;
} Blob;

struct _PisdNpzWriter
{
  GPtrArray *blobs; /* of Blob */
  GError *error;    /* the first of an array that was added; NULL: none */
  char *comment;    /* NULL: none */
};

static void
blob_free (gpointer data)
{
  Blob *blob = data;

  g_free (blob->name);
  g_byte_array_unref (blob->npy);
  g_free (blob);
}

PisdNpzWriter *
pisd_npz_writer_new (void)
{
  PisdNpzWriter *writer = g_new0 (PisdNpzWriter, 1);

  writer->blobs = g_ptr_array_new_with_free_func (blob_free);
  return writer;
}

void
pisd_npz_writer_free (PisdNpzWriter *writer)
{
  if (writer == NULL)
    return;

  g_ptr_array_unref (writer->blobs);
  g_clear_error (&writer->error);
  g_free (writer->comment);
  g_free (writer);
}

void
pisd_npz_writer_add (PisdNpzWriter *writer,
                     const char *name,
                     guint n_dimensions,
                     const gsize *shape,
                     const double *data)
{
  GByteArray *npy;
  Blob *blob;

  g_return_if_fail (writer != NULL && name != NULL);

  if (writer->error != NULL)
    return;
  npy = pisd_npy_format (n_dimensions, shape, data, &writer->error);
  if (npy == NULL)
    {
      g_prefix_error (&writer->error, "`%s`: ", name);
      return;
    }
  blob = g_new (Blob, 1);
  blob->name = g_strconcat (name, PISD_NPZ_SUFFIX, NULL);
  blob->npy = npy;
  g_ptr_array_add (writer->blobs, blob);
}

void
pisd_npz_writer_set_comment (PisdNpzWriter *writer, const char *comment)
{
  g_return_if_fail (writer != NULL && comment != NULL);

  g_free (writer->comment);
  writer->comment = g_strdup (comment);
}

/* Adds one member.  The date is fixed, so that the same arrays give the same file. */
static gboolean
add_blob (zip_t *archive, const Blob *blob)
{
  const zip_uint16_t midnight = 0, first_of_1980 = 1 << 5 | 1;
  zip_source_t *source = zip_source_buffer (archive, blob->npy->data, blob->npy->len, 0);
  zip_int64_t index;

  if (source == NULL)
    return FALSE;
  index = zip_file_add (archive, blob->name, source, ZIP_FL_OVERWRITE | ZIP_FL_ENC_UTF_8);
  if (index < 0)
    {
      zip_source_free (source);
      return FALSE;
    }
  return zip_set_file_compression (archive, index, ZIP_CM_DEFLATE, 1) == 0
         && zip_file_set_dostime (archive, index, midnight, first_of_1980, 0) == 0;
}

static gboolean
add_all (zip_t *archive, const PisdNpzWriter *writer)
{
  for (guint i = 0; i < writer->blobs->len; i++)
    if (!add_blob (archive, writer->blobs->pdata[i]))
      return FALSE;
  return writer->comment == NULL
         || zip_set_archive_comment (archive, writer->comment,
                                     (zip_uint16_t) strlen (writer->comment))
                == 0;
}

/* Writes all members into `buffer`, a growing source of libzip. */
static gboolean
write_archive (const PisdNpzWriter *writer, zip_source_t *buffer, zip_error_t *reason)
{
  zip_t *archive;

  zip_source_keep (buffer); /* the archive takes one reference */
  archive = zip_open_from_source (buffer, ZIP_TRUNCATE, reason);
  if (archive == NULL)
    {
      zip_source_free (buffer);
      return FALSE;
    }

  if (add_all (archive, writer) && zip_close (archive) == 0)
    return TRUE;
  zip_error_set (reason, zip_error_code_zip (zip_get_error (archive)), 0);
  zip_discard (archive);
  return FALSE;
}

/* The bytes of a written source. */
static char *
dup_buffer (zip_source_t *buffer, gsize *size)
{
  g_autofree char *bytes = NULL;
  zip_stat_t info;
  gboolean ok;

  if (zip_source_stat (buffer, &info) != 0 || !(info.valid & ZIP_STAT_SIZE)
      || zip_source_open (buffer) != 0)
    return NULL;

  *size = info.size;
  bytes = g_malloc (info.size);
  ok = zip_source_read (buffer, bytes, info.size) == (zip_int64_t) info.size;
  zip_source_close (buffer);
  return ok ? g_steal_pointer (&bytes) : NULL;
}

static void
fail (const char *path, zip_error_t *reason, GError **error)
{
  g_autofree char *name = pisd_error_escape (path);

  g_set_error (error, PISD_ERROR, PISD_ERROR_IO, _ ("%s: cannot be packed: %s"), name,
               zip_error_strerror (reason));
}

/* FALSE where an array could not be taken. */
static gboolean
check_added (const PisdNpzWriter *writer, const char *path, GError **error)
{
  g_autofree char *name = pisd_error_escape (path);

  if (writer->error == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_error_copy (writer->error), "%s: ", name);
  return FALSE;
}

gboolean
pisd_npz_writer_save (PisdNpzWriter *writer, const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  zip_source_t *buffer;
  zip_error_t reason;
  gsize size;

  g_return_val_if_fail (writer != NULL && path != NULL, FALSE);
  g_return_val_if_fail (writer->blobs->len > 0 || writer->error != NULL, FALSE);

  if (!check_added (writer, path, error))
    return FALSE;
  zip_error_init (&reason);
  buffer = zip_source_buffer_create (NULL, 0, 0, &reason);
  if (buffer != NULL && write_archive (writer, buffer, &reason))
    bytes = dup_buffer (buffer, &size);
  zip_source_free (buffer);
  if (bytes == NULL)
    fail (path, &reason, error);
  zip_error_fini (&reason);

  return bytes != NULL && pisd_save_bytes (path, bytes, size, error);
}
