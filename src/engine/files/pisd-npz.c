#include "pisd-npz.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <zip.h>

#include "pisd-error.h"
#include "pisd-npy.h"

/* Arrays in an archive that pisd_npz_list_from() lists. */
#define MAX_LISTED 4096
/* Names that a message about a missing array lists. */
#define MAX_NAMED 10
/* Bytes of an array that room is made for before any of them is there. */
#define FIRST_PIECE (64 * 1024)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (zip_t, zip_discard)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (zip_file_t, zip_fclose)

/* Reads up to `size` bytes; FALSE only for a broken archive. */
static gboolean
read_some (zip_file_t *file, void *bytes, gsize size, gsize *n, GError **error)
{
  *n = 0;
  while (*n < size)
    {
      zip_int64_t got = zip_fread (file, (char *) bytes + *n, size - *n);

      if (got < 0)
        return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("cannot be inflated: %s"),
                                zip_file_strerror (file));
      if (got == 0)
        break;
      *n += got;
    }
  return TRUE;
}

/* A PisdNpyRead; `source` is the opened member. */
static gboolean
read_exactly (gpointer source, const char *what, void *bytes, gsize size, GError **error)
{
  gsize n;

  if (!read_some (source, bytes, size, &n, error))
    return FALSE;
  if (n < size)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: got %zu bytes, expected %zu"), what,
                            n, size);
  return TRUE;
}

static gboolean
check_limit (const PisdNpyHeader *header, gsize max_elements, GError **error)
{
  if (header->n <= max_elements)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_LIMIT, _ ("got %zu elements, expected at most %zu"),
                          header->n, max_elements);
}

/* The bytes of a member, in room that grows with what comes: a header may claim any number of them.
 */
static guint8 *
read_raw (zip_file_t *file, gsize size, GError **error)
{
  g_autofree guint8 *raw = g_malloc (1);
  gsize n = 0;

  while (n < size)
    {
      const gsize more = MIN (size - n, MAX (n, FIRST_PIECE));
      gsize got;

      raw = g_realloc (raw, n + more);
      if (!read_some (file, raw + n, more, &got, error))
        return NULL;
      n += got;
      if (got == more)
        continue;
      pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: got %zu bytes, expected %zu"), _ ("data"),
                       n, size);
      return NULL;
    }
  return g_steal_pointer (&raw);
}

/* The elements, which must be all that is left; reading to the end also checks the member's CRC. */
static double *
read_data (zip_file_t *file, const PisdNpyHeader *header, GError **error)
{
  gsize size = header->n * pisd_npy_get_element_size (header);
  g_autofree guint8 *raw = read_raw (file, size, error);
  double *data;
  gsize n_left;
  guint8 more;

  if (raw == NULL || !read_some (file, &more, 1, &n_left, error))
    return NULL;
  if (n_left > 0)
    {
      pisd_error_fail (error, PISD_ERROR_FORMAT,
                       _ ("data: got more than the %zu bytes of its shape"), size);
      return NULL;
    }

  data = g_new (double, MAX (header->n, 1));
  pisd_npy_convert (header, raw, data);
  return data;
}

/* Of a member, the header, and the data unless `array` is to have none. */
typedef struct
{
  gboolean with_data;
  gsize max_elements;
} Wanted;

static PisdArray *
read_member (zip_t *archive, const char *name, zip_uint64_t index, Wanted wanted, GError **error)
{
  g_autoptr (zip_file_t) file = zip_fopen_index (archive, index, 0);
  g_autoptr (PisdArray) array = NULL;
  PisdNpyHeader header;

  if (file == NULL)
    {
      pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("cannot be opened: %s"),
                       zip_strerror (archive));
      return NULL;
    }
  if (!pisd_npy_read_header (read_exactly, file, &header, error))
    return NULL;

  array = pisd_array_new (name, header.n_dimensions, header.shape);
  if (!wanted.with_data)
    return g_steal_pointer (&array);
  if (!check_limit (&header, wanted.max_elements, error))
    return NULL;
  array->data = read_data (file, &header, error);
  return array->data != NULL ? g_steal_pointer (&array) : NULL;
}

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

/* `input` has to outlive the archive. */
static zip_t *
open_archive (PisdInput *input, GError **error)
{
  zip_source_t *source;
  zip_t *archive = NULL;
  zip_error_t reason;

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

/* The array's name of a member, or NULL if it is not one. */
static char *
dup_array_name (zip_t *archive, zip_uint64_t index)
{
  const char *name = zip_get_name (archive, index, 0);

  if (name == NULL || !g_str_has_suffix (name, PISD_NPZ_SUFFIX))
    return NULL;
  return g_strndup (name, strlen (name) - strlen (PISD_NPZ_SUFFIX));
}

/* "a", "u" */
static char *
dup_name_list (zip_t *archive)
{
  zip_int64_t n = zip_get_num_entries (archive, 0);
  GString *list = g_string_new (NULL);
  guint n_named = 0;

  for (zip_int64_t i = 0; i < n && n_named <= MAX_NAMED; i++)
    {
      g_autofree char *name = dup_array_name (archive, i);
      g_autofree char *quoted = name != NULL ? pisd_error_quote (name) : NULL;

      if (quoted == NULL)
        continue;
      g_string_append (list, n_named > 0 ? ", " : "");
      g_string_append (list, n_named < MAX_NAMED ? quoted : "...");
      n_named++;
    }
  if (n_named == 0)
    g_string_assign (list, "no arrays");
  return g_string_free (list, FALSE);
}

static PisdArray *
read_named (zip_t *archive, PisdInput *input, const char *name, gsize max_elements, GError **error)
{
  const char *file = pisd_input_get_name (input);
  g_autofree char *member_name = g_strconcat (name, PISD_NPZ_SUFFIX, NULL);
  g_autofree char *quoted = pisd_error_quote (name);
  zip_int64_t index = zip_name_locate (archive, member_name, 0);
  g_autoptr (GError) failure = NULL;
  PisdArray *array;

  if (!pisd_input_check (input, error))
    return NULL;
  if (index < 0)
    {
      g_autofree char *list = dup_name_list (archive);

      pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("%s: array %s is missing: got %s, expected %s"),
                       file, quoted, list, quoted);
      return NULL;
    }
  array = read_member (archive, name, index, (Wanted){ TRUE, max_elements }, &failure);
  if (array == NULL && pisd_input_check (input, error))
    g_propagate_prefixed_error (error, g_steal_pointer (&failure), _ ("%s: array %s: "), file,
                                quoted);
  return array;
}

GPtrArray *
pisd_npz_read_from (PisdInput *input, const char *const *names, gsize max_elements, GError **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (zip_t) archive = NULL;

  g_return_val_if_fail (input != NULL && names != NULL, NULL);
  g_return_val_if_fail (max_elements <= G_MAXSIZE / sizeof (double), NULL);

  archive = open_archive (input, error);
  if (archive == NULL)
    return NULL;

  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      PisdArray *array = read_named (archive, input, names[i], max_elements, error);

      if (array == NULL)
        return NULL;
      g_ptr_array_add (arrays, array);
    }
  return g_steal_pointer (&arrays);
}

GPtrArray *
pisd_npz_read (const char *path, const char *const *names, gsize max_elements, GError **error)
{
  g_autoptr (PisdInput) input = NULL;

  input = pisd_input_open (path, NULL, error);
  return input != NULL ? pisd_npz_read_from (input, names, max_elements, error) : NULL;
}

/* Bytes of a member can only be passed over by being read. */
static gboolean
skip (gpointer source, guint64 n, GError **error)
{
  guint8 block[4096];

  for (; n > 0; n -= MIN (n, sizeof block))
    if (!read_exactly (source, _ ("data"), block, MIN (n, sizeof block), error))
      return FALSE;
  return TRUE;
}

gboolean
pisd_npz_read_slice (PisdInput *input,
                     const char *name,
                     const PisdSlice *slice,
                     double *out,
                     GError **error)
{
  g_autofree char *member = g_strconcat (name, PISD_NPZ_SUFFIX, NULL);
  g_autoptr (zip_t) archive = open_archive (input, error);
  g_autoptr (zip_file_t) file = NULL;

  if (archive == NULL)
    return FALSE;
  file = zip_fopen (archive, member, 0);
  if (file == NULL)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("cannot be opened: %s"),
                            zip_strerror (archive));
  return pisd_npy_read_slice (&(PisdSliceSource){ read_exactly, skip, file }, slice, out, error);
}

/* A member as an array without data; with the reason instead where its header is not for us. */
static PisdArray *
describe_member (zip_t *archive, const char *name, zip_uint64_t index)
{
  g_autoptr (GError) reason = NULL;
  PisdArray *array;

  array = read_member (archive, name, index, (Wanted){ FALSE, 0 }, &reason);
  if (array != NULL)
    return array;

  array = pisd_array_new (name, 0, NULL);
  array->unreadable = g_strdup (reason->message);
  return array;
}

GPtrArray *
pisd_npz_list_from (PisdInput *input, GError **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (zip_t) archive = NULL;
  zip_int64_t n;

  g_return_val_if_fail (input != NULL, NULL);

  archive = open_archive (input, error);
  if (archive == NULL)
    return NULL;

  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  n = zip_get_num_entries (archive, 0);
  for (zip_int64_t i = 0; i < n; i++)
    {
      g_autofree char *name = dup_array_name (archive, i);

      if (!pisd_input_check (input, error))
        return NULL;
      if (name == NULL)
        continue;
      if (arrays->len == MAX_LISTED)
        {
          pisd_error_fail (error, PISD_ERROR_LIMIT,
                           _ ("%s: got more than %d arrays, expected at most %d"),
                           pisd_input_get_name (input), MAX_LISTED, MAX_LISTED);
          return NULL;
        }
      g_ptr_array_add (arrays, describe_member (archive, name, i));
    }
  return pisd_input_check (input, error) ? g_steal_pointer (&arrays) : NULL;
}

char *
pisd_npz_dup_comment (PisdInput *input)
{
  g_autoptr (zip_t) archive = NULL;
  const char *comment;
  int length;

  g_return_val_if_fail (input != NULL, NULL);

  archive = open_archive (input, NULL);
  if (archive == NULL)
    return NULL;
  comment = zip_get_archive_comment (archive, &length, 0);
  return comment == NULL || length == 0 ? NULL : g_strndup (comment, (gsize) length);
}
