#include "pisd-npz-writer.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zip.h>

#include "pisd-error.h"
#include "pisd-mat.h"
#include "pisd-npy.h"
#include "pisd-npz.h"
#include "pisd-save.h"

/* A member to be written. */
typedef struct
{
  char *name;
  GByteArray *npy;
  guint n_dimensions;
  gsize shape[PISD_ARRAY_MAX_DIMENSIONS];
  gboolean is_marked;
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
  blob = g_new0 (Blob, 1);
  blob->n_dimensions = n_dimensions;
  for (guint d = 0; d < n_dimensions; d++)
    blob->shape[d] = shape[d];
  blob->name = g_strconcat (name, PISD_NPZ_SUFFIX, NULL);
  blob->npy = npy;
  g_ptr_array_add (writer->blobs, blob);
}

void
pisd_npz_writer_mark (PisdNpzWriter *writer)
{
  g_return_if_fail (writer != NULL);

  if (writer->blobs->len > 0)
    ((Blob *) writer->blobs->pdata[writer->blobs->len - 1])->is_marked = TRUE;
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

/* Behind the header. */
static const double *
get_data (const Blob *blob)
{
  gsize n = 0;

  pisd_shape_count (blob->n_dimensions, blob->shape, &n);
  return (const double *) (blob->npy->data + blob->npy->len - n * sizeof (double));
}

static GByteArray *
format_mat (const PisdNpzWriter *writer, GError **error)
{
  g_autoptr (GByteArray) file = pisd_mat_format_header ();

  for (guint i = 0; i < writer->blobs->len; i++)
    {
      const Blob *blob = writer->blobs->pdata[i];
      g_autofree char *name =
          g_strndup (blob->name, strlen (blob->name) - strlen (PISD_NPZ_SUFFIX));
      PisdArray array = { .name = name,
                          .n_dimensions = blob->n_dimensions,
                          .data = (double *) get_data (blob) };

      memcpy (array.shape, blob->shape, sizeof array.shape);
      if (!pisd_mat_format_array (file, &array, error))
        return NULL;
    }
  return g_steal_pointer (&file);
}

/* Of several arrays of one shape the number is the first axis. */
static GByteArray *
join (const PisdNpzWriter *writer, const Blob *first, guint n_marked, GError **error)
{
  gsize shape[PISD_ARRAY_MAX_DIMENSIONS] = { n_marked }, n = 0, at = 0;
  g_autofree double *all = NULL;

  for (guint d = 0; d < first->n_dimensions; d++)
    shape[d + 1] = first->shape[d];
  pisd_shape_count (first->n_dimensions, first->shape, &n);
  all = g_new (double, n_marked *n);
  for (guint i = 0; i < writer->blobs->len; i++)
    {
      const Blob *blob = writer->blobs->pdata[i];

      if (!blob->is_marked)
        continue;
      memcpy (all + at, get_data (blob), n * sizeof (double));
      at += n;
    }
  return pisd_npy_format (first->n_dimensions + 1, shape, all, error);
}

static gboolean
is_alike (const Blob *a, const Blob *b)
{
  return a->n_dimensions == b->n_dimensions && memcmp (a->shape, b->shape, sizeof a->shape) == 0;
}

static GByteArray *
format_npy (const PisdNpzWriter *writer, GError **error)
{
  const Blob *first = NULL;
  guint n = 0;

  for (guint i = 0; i < writer->blobs->len; i++)
    {
      const Blob *blob = writer->blobs->pdata[i];

      if (!blob->is_marked && writer->blobs->len > 1)
        continue;
      if (first == NULL)
        first = blob;
      n += is_alike (first, blob) ? 1 : 2 * writer->blobs->len;
    }
  if (n == 1)
    return g_byte_array_ref (first->npy);
  if (n > 1 && n <= writer->blobs->len && first->n_dimensions < PISD_ARRAY_MAX_DIMENSIONS)
    return join (writer, first, n, error);
  pisd_error_fail (error, PISD_ERROR_SHAPE,
                   _ ("got %u arrays, a .npy file has one: expected a name in .npz or .mat"),
                   writer->blobs->len);
  return NULL;
}

/* Formats beside the archive, by what a file's name ends in. */
static const struct
{
  const char *suffix;
  GByteArray *(*format) (const PisdNpzWriter *writer, GError **error);
} forms[] = { { ".mat", format_mat }, { ".npy", format_npy } };

static gboolean
save_form (const PisdNpzWriter *writer, guint form, const char *path, GError **error)
{
  g_autoptr (GByteArray) file = forms[form].format (writer, error);
  g_autofree char *name = NULL;

  if (file != NULL)
    return pisd_save_bytes (path, file->data, file->len, error);
  name = pisd_error_escape (path);
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

static gboolean
save_archive (PisdNpzWriter *writer, const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  zip_source_t *buffer;
  zip_error_t reason;
  gsize size;

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

gboolean
pisd_npz_writer_save (PisdNpzWriter *writer, const char *path, GError **error)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (writer != NULL && path != NULL, FALSE);
  g_return_val_if_fail (writer->blobs->len > 0 || writer->error != NULL, FALSE);

  if (!check_added (writer, path, error))
    return FALSE;
  lower = g_ascii_strdown (path, -1);
  for (guint k = 0; k < G_N_ELEMENTS (forms); k++)
    if (g_str_has_suffix (lower, forms[k].suffix))
      return save_form (writer, k, path, error);
  return save_archive (writer, path, error);
}
