#include "pisd-npz.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-npy.h"
#include "pisd-npz-archive.h"

/* Arrays in an archive that pisd_npz_list_from() lists. */
#define MAX_LISTED 4096
/* Names that a message about a missing array lists. */
#define MAX_NAMED 10
/* Bytes of an array that room is made for before any of them is there. */
#define FIRST_PIECE (64 * 1024)

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

  archive = pisd_npz_archive_open (input, error);
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

/* The member that pisd_npz_list_from() lists as that number: two may have one name. */
static zip_file_t *
open_listed (zip_t *archive, guint number, GError **error)
{
  const zip_int64_t n = zip_get_num_entries (archive, 0);
  zip_file_t *file;
  guint k = 0;

  for (zip_int64_t i = 0; i < n; i++)
    {
      g_autofree char *name = dup_array_name (archive, i);

      if (name == NULL || k++ < number)
        continue;
      file = zip_fopen_index (archive, i, 0);
      if (file == NULL)
        pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("cannot be opened: %s"),
                         zip_strerror (archive));
      return file;
    }
  pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("got %u arrays, expected more than %u"), k, number);
  return NULL;
}

gboolean
pisd_npz_read_slice (PisdInput *input,
                     const PisdArray *listed,
                     guint number,
                     const PisdSlice *slice,
                     double *out,
                     GError **error)
{
  g_autoptr (zip_t) archive = pisd_npz_archive_open (input, error);
  g_autoptr (zip_file_t) file = archive != NULL ? open_listed (archive, number, error) : NULL;

  return file != NULL
         && pisd_npy_read_slice (&(PisdSliceSource){ read_exactly, skip, file }, listed, slice, out,
                                 error);
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

  archive = pisd_npz_archive_open (input, error);
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

  archive = pisd_npz_archive_open (input, NULL);
  if (archive == NULL)
    return NULL;
  comment = zip_get_archive_comment (archive, &length, 0);
  return comment == NULL || length == 0 ? NULL : g_strndup (comment, (gsize) length);
}
