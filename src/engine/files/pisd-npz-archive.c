#include "pisd-npz-archive.h"

#include <glib/gi18n-lib.h>

#include "pisd-error.h"

/* Causes that lie with the system and not with the archive's bytes. */
static gboolean
is_system_error (int code)
{
  return code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_SEEK || code == ZIP_ER_NOENT
         || code == ZIP_ER_OPNOTSUPP || code == ZIP_ER_MEMORY;
}

/* Hands a file on to the archive, piece by piece, as long as nobody asks to stop: a list of a
 * million members takes a second to be read. */
typedef struct
{
  PisdInput *input;
  zip_source_t *file;
} Layer;

static zip_int64_t
read_layer (Layer *layer, void *data, zip_uint64_t length)
{
  if (!pisd_input_check (layer->input, NULL))
    {
      zip_error_set (zip_source_error (layer->file), ZIP_ER_CANCELLED, 0);
      return -1;
    }
  return zip_source_read (layer->file, data, length);
}

/* A zip_source_callback. */
static zip_int64_t
do_layer (void *data, void *bytes, zip_uint64_t length, zip_source_cmd_t command)
{
  Layer *layer = data;
  const zip_source_args_seek_t *seek;

  switch (command)
    {
    case ZIP_SOURCE_SUPPORTS:
      return zip_source_make_command_bitmap (ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE,
                                             ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
                                             ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL,
                                             ZIP_SOURCE_ACCEPT_EMPTY, ZIP_SOURCE_SUPPORTS, -1);
    case ZIP_SOURCE_OPEN:
      return zip_source_open (layer->file);
    case ZIP_SOURCE_READ:
      return read_layer (layer, bytes, length);
    case ZIP_SOURCE_CLOSE:
      return zip_source_close (layer->file);
    case ZIP_SOURCE_STAT:
      return zip_source_stat (layer->file, bytes) < 0 ? -1 : (zip_int64_t) sizeof (zip_stat_t);
    case ZIP_SOURCE_ERROR:
      return zip_error_to_data (zip_source_error (layer->file), bytes, length);
    case ZIP_SOURCE_SEEK:
      seek = ZIP_SOURCE_GET_ARGS (zip_source_args_seek_t, bytes, length,
                                  zip_source_error (layer->file));
      return seek == NULL ? -1 : zip_source_seek (layer->file, seek->offset, seek->whence);
    case ZIP_SOURCE_TELL:
      return zip_source_tell (layer->file);
    case ZIP_SOURCE_ACCEPT_EMPTY: /* a file without a byte is no archive */
      return 0;
    case ZIP_SOURCE_FREE:
      zip_source_free (layer->file);
      g_free (layer);
      return 0;
    default:
      return -1;
    }
}

/* The bytes of a pipe, which the archive keeps a reference to, or a stream, which it closes. */
static zip_source_t *
make_file (PisdInput *input, zip_error_t *reason)
{
  FILE *stream = pisd_input_dup_stream (input);
  g_autoptr (GBytes) bytes = NULL;
  gconstpointer data;
  zip_source_t *source;
  gsize size;

  if (stream == NULL)
    {
      bytes = pisd_input_read (input, PISD_INPUT_MAX_PIPE, NULL, NULL);
      data = g_bytes_get_data (bytes, &size);
      return zip_source_buffer_create (data, size, 0, reason);
    }

  source = zip_source_filep_create (stream, 0, -1, reason);
  if (source == NULL)
    fclose (stream);
  return source;
}

static zip_source_t *
make_source (PisdInput *input, zip_error_t *reason)
{
  zip_source_t *file = make_file (input, reason), *source;
  Layer *layer;

  if (file == NULL)
    return NULL;
  layer = g_new (Layer, 1);
  *layer = (Layer){ input, file };
  source = zip_source_function_create (do_layer, layer, reason);
  if (source == NULL)
    {
      zip_source_free (file);
      g_free (layer);
    }
  return source;
}

zip_t *
pisd_npz_archive_open (PisdInput *input, GError **error)
{
  zip_source_t *source;
  zip_t *archive = NULL;
  zip_error_t reason;

  g_return_val_if_fail (input != NULL, NULL);

  zip_error_init (&reason);
  source = make_source (input, &reason);
  if (source != NULL)
    archive = zip_open_from_source (source, ZIP_RDONLY, &reason);
  if (archive == NULL)
    {
      zip_source_free (source);
      if (!pisd_input_check (input, error))
        {
          zip_error_fini (&reason);
          return NULL;
        }
      pisd_error_fail (
          error, is_system_error (zip_error_code_zip (&reason)) ? PISD_ERROR_IO : PISD_ERROR_FORMAT,
          _ ("%s: cannot be opened as an NPZ archive: %s"), pisd_input_get_name (input),
          zip_error_strerror (&reason));
    }
  zip_error_fini (&reason);
  return archive;
}
