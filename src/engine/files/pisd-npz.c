#include "pisd-npz.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "pisd-error.h"
#include "pisd-save.h"

#define MAGIC "\x93NUMPY"
#define MAGIC_SIZE 6
/* NumPy's own headers have 118 bytes; a longer one than this is no header. */
#define MAX_HEADER (64 * 1024)
#define HEADER_ALIGNMENT 64
/* Arrays in an archive that pisd_npz_list() lists. */
#define MAX_LISTED 4096
/* Names that a message about a missing array lists. */
#define MAX_NAMED 10
#define SUFFIX ".npy"

gsize
pisd_array_get_n (const PisdArray *array)
{
  gsize n = 1;

  g_return_val_if_fail (array != NULL, 0);

  for (guint i = 0; i < array->n_dimensions; i++)
    n *= array->shape[i];
  return n;
}

char *
pisd_array_dup_shape (const PisdArray *array)
{
  g_autoptr (GString) text = NULL;

  g_return_val_if_fail (array != NULL, NULL);

  if (array->n_dimensions == 0)
    return g_strdup ("scalar");

  text = g_string_new (NULL);
  for (guint i = 0; i < array->n_dimensions; i++)
    g_string_append_printf (text, "%s%" G_GSIZE_FORMAT, i > 0 ? "x" : "", array->shape[i]);
  return g_strdup (text->str);
}

void
pisd_array_free (PisdArray *array)
{
  if (array == NULL)
    return;

  g_free (array->name);
  g_free (array->data);
  g_free (array);
}

/* Element types.  `load` reads one element whose bytes are in the machine's order. */
static double
load_f4 (const void *bytes)
{
  float value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

static double
load_f8 (const void *bytes)
{
  double value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

static double
load_i4 (const void *bytes)
{
  gint32 value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

static double
load_i8 (const void *bytes)
{
  gint64 value;

  memcpy (&value, bytes, sizeof value);
  return value;
}

static double
load_u1 (const void *bytes)
{
  return *(const guint8 *) bytes;
}

static double
load_b1 (const void *bytes)
{
  return *(const guint8 *) bytes != 0;
}

typedef struct
{
  const char *code; /* as in descr, after the byte order */
  guint size;
  double (*load) (const void *bytes);
} ElementType;

static const ElementType element_types[] = {
  { "f4", 4, load_f4 }, { "f8", 8, load_f8 }, { "i4", 4, load_i4 },
  { "i8", 8, load_i8 }, { "u1", 1, load_u1 }, { "b1", 1, load_b1 },
};
#define ELEMENT_TYPE_LIST "float32, float64, int32, int64, uint8 or bool"

/* What the header of a .npy member says. */
typedef struct
{
  const ElementType *type;
  gboolean swapped; /* bytes are not in the machine's order */
  gboolean fortran_order;
  guint n_dimensions;
  gsize shape[PISD_NPZ_MAX_DIMENSIONS];
  gsize n; /* elements */
} Header;

/* A member of an archive that is being read; `path` and `name` for messages. */
typedef struct
{
  const char *path;
  const char *name;
  zip_file_t *file;
} Member;

G_GNUC_PRINTF (4, 5)
static gboolean
fail (const Member *member, GError **error, PisdError code, const char *format, ...)
{
  g_autofree char *message = NULL;
  g_autofree char *quoted = pisd_error_quote (member->name);
  va_list args;

  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, PISD_ERROR, code, "%s: array %s: %s", member->path, quoted, message);
  return FALSE;
}

/* The header's dictionary: a cursor over its text, which is not terminated by NUL. */
typedef struct
{
  const char *p, *end;
} Cursor;

static void
skip_blanks (Cursor *cursor)
{
  while (cursor->p < cursor->end && strchr (" \t\r\n", *cursor->p) != NULL && *cursor->p != '\0')
    cursor->p++;
}

/* Whether the next token is this character; it is then passed over. */
static gboolean
accept (Cursor *cursor, char c)
{
  skip_blanks (cursor);
  if (cursor->p == cursor->end || *cursor->p != c)
    return FALSE;

  cursor->p++;
  return TRUE;
}

static gboolean
accept_word (Cursor *cursor, const char *word)
{
  gsize n = strlen (word);

  skip_blanks (cursor);
  if ((gsize) (cursor->end - cursor->p) < n || memcmp (cursor->p, word, n) != 0)
    return FALSE;

  cursor->p += n;
  return TRUE;
}

/* A string in either kind of quotes, without escapes; NULL if there is none. */
static char *
parse_string (Cursor *cursor)
{
  const char *close;
  char *text;
  char quote;

  skip_blanks (cursor);
  if (cursor->p == cursor->end || (*cursor->p != '\'' && *cursor->p != '"'))
    return NULL;

  quote = *cursor->p++;
  close = memchr (cursor->p, quote, cursor->end - cursor->p);
  if (close == NULL || memchr (cursor->p, '\\', close - cursor->p) != NULL
      || memchr (cursor->p, '\0', close - cursor->p) != NULL)
    return NULL;

  text = g_strndup (cursor->p, close - cursor->p);
  cursor->p = close + 1;
  return text;
}

/* What follows at the cursor, for a message. */
static char *
quote_rest (const Cursor *cursor)
{
  g_autofree char *rest = g_strndup (cursor->p, cursor->end - cursor->p);

  g_strchomp (rest);
  return pisd_error_quote (rest);
}

static gboolean
fail_token (const Member *member, const Cursor *cursor, const char *expected, GError **error)
{
  g_autofree char *quoted = quote_rest (cursor);

  return fail (member, error, PISD_ERROR_FORMAT, "header: got %s, expected %s", quoted, expected);
}

static gboolean
fail_type (const Member *member, const char *got, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (got);

  return fail (member, error, PISD_ERROR_SHAPE, "element type: got %s, expected %s", quoted,
               ELEMENT_TYPE_LIST);
}

static const ElementType *
find_type (const char *code)
{
  for (guint i = 0; i < G_N_ELEMENTS (element_types); i++)
    if (g_str_equal (element_types[i].code, code))
      return &element_types[i];
  return NULL;
}

static gboolean
parse_descr (const Member *member, Cursor *cursor, Header *header, GError **error)
{
  g_autofree char *descr = NULL;
  char foreign = G_BYTE_ORDER == G_LITTLE_ENDIAN ? '>' : '<';

  if (accept (cursor, '['))
    return fail_type (member, "a structured type", error);
  descr = parse_string (cursor);
  if (descr == NULL)
    return fail_token (member, cursor, "an element type in quotes", error);
  if (descr[0] == '\0' || strchr ("<>=|", descr[0]) == NULL)
    return fail_type (member, descr, error);

  header->type = find_type (descr + 1);
  if (header->type == NULL || (descr[0] == '|' && header->type->size > 1))
    return fail_type (member, descr, error);
  header->swapped = descr[0] == foreign && header->type->size > 1;
  return TRUE;
}

static gboolean
parse_order (const Member *member, Cursor *cursor, Header *header, GError **error)
{
  header->fortran_order = accept_word (cursor, "True");
  if (!header->fortran_order && !accept_word (cursor, "False"))
    return fail_token (member, cursor, "fortran_order True or False", error);
  return TRUE;
}

static gboolean
parse_length (const Member *member, Cursor *cursor, gsize *length, GError **error)
{
  gsize value = 0;

  skip_blanks (cursor);
  if (cursor->p == cursor->end || !g_ascii_isdigit (*cursor->p))
    return fail_token (member, cursor, "a length in the shape", error);

  for (; cursor->p < cursor->end && g_ascii_isdigit (*cursor->p); cursor->p++)
    if (!g_size_checked_mul (&value, value, 10)
        || !g_size_checked_add (&value, value, *cursor->p - '0'))
      return fail (member, error, PISD_ERROR_LIMIT, "shape: got a length beyond 64 bits");
  *length = value;
  return TRUE;
}

/* (), (n,), (n, m), (n, m,), ... */
static gboolean
parse_shape (const Member *member, Cursor *cursor, Header *header, GError **error)
{
  gboolean comma = TRUE;

  if (!accept (cursor, '('))
    return fail_token (member, cursor, "a shape in parentheses", error);
  while (!accept (cursor, ')'))
    {
      if (!comma)
        return fail_token (member, cursor, "a comma in the shape", error);
      if (header->n_dimensions == PISD_NPZ_MAX_DIMENSIONS)
        return fail (member, error, PISD_ERROR_SHAPE,
                     "shape: got more than %d dimensions, expected at most %d",
                     PISD_NPZ_MAX_DIMENSIONS, PISD_NPZ_MAX_DIMENSIONS);
      if (!parse_length (member, cursor, &header->shape[header->n_dimensions++], error))
        return FALSE;
      comma = accept (cursor, ',');
    }

  /* Python reads (3) as a number, not as a tuple. */
  if (header->n_dimensions == 1 && !comma)
    return fail (member, error, PISD_ERROR_FORMAT, "shape: got a number, expected a tuple");
  return TRUE;
}

typedef struct
{
  const char *key;
  gboolean (*parse) (const Member *member, Cursor *cursor, Header *header, GError **error);
} Entry;

static const Entry entries[] = {
  { "descr", parse_descr },
  { "fortran_order", parse_order },
  { "shape", parse_shape },
};
#define ALL_ENTRIES ((1u << G_N_ELEMENTS (entries)) - 1)

/* One "key: value"; `seen` is the set of keys read so far. */
static gboolean
parse_entry (const Member *member, Cursor *cursor, Header *header, guint *seen, GError **error)
{
  Cursor start = *cursor;
  g_autofree char *key = parse_string (cursor);

  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (entries); i++)
    if (g_str_equal (entries[i].key, key) && !(*seen & (1u << i)))
      {
        *seen |= 1u << i;
        if (!accept (cursor, ':'))
          return fail_token (member, cursor, "a colon", error);
        return entries[i].parse (member, cursor, header, error);
      }
  return fail_token (member, &start, "keys descr, fortran_order, shape, each once", error);
}

static gboolean
parse_dictionary (const Member *member, Cursor cursor, Header *header, GError **error)
{
  gboolean comma = TRUE;
  guint seen = 0;

  if (!accept (&cursor, '{'))
    return fail_token (member, &cursor, "a dictionary", error);
  while (!accept (&cursor, '}'))
    {
      if (!comma)
        return fail_token (member, &cursor, "a comma", error);
      if (!parse_entry (member, &cursor, header, &seen, error))
        return FALSE;
      comma = accept (&cursor, ',');
    }

  skip_blanks (&cursor);
  if (cursor.p != cursor.end)
    return fail_token (member, &cursor, "nothing behind the dictionary", error);
  if (seen != ALL_ENTRIES)
    return fail (member, error, PISD_ERROR_FORMAT,
                 "header: got a part of it, expected keys descr, fortran_order, shape");
  return TRUE;
}

static gboolean
count_elements (const Member *member, Header *header, GError **error)
{
  header->n = 1;
  for (guint i = 0; i < header->n_dimensions; i++)
    if (!g_size_checked_mul (&header->n, header->n, header->shape[i]))
      return fail (member, error, PISD_ERROR_LIMIT,
                   "shape: got more elements than 64 bits can count");
  return TRUE;
}

/* Reads up to `size` bytes; FALSE only for a broken archive. */
static gboolean
read_some (const Member *member, void *bytes, gsize size, gsize *n, GError **error)
{
  *n = 0;
  while (*n < size)
    {
      zip_int64_t got = zip_fread (member->file, (char *) bytes + *n, size - *n);

      if (got < 0)
        return fail (member, error, PISD_ERROR_FORMAT, "cannot be inflated: %s",
                     zip_file_strerror (member->file));
      if (got == 0)
        break;
      *n += got;
    }
  return TRUE;
}

static gboolean
read_exactly (const Member *member, const char *what, void *bytes, gsize size, GError **error)
{
  gsize n;

  if (!read_some (member, bytes, size, &n, error))
    return FALSE;
  if (n < size)
    return fail (member, error, PISD_ERROR_FORMAT,
                 "%s: got %" G_GSIZE_FORMAT " bytes, expected %" G_GSIZE_FORMAT, what, n, size);
  return TRUE;
}

/* Magic, version, length of the header: 2 bytes in version 1, 4 in versions 2 and 3. */
static gboolean
read_prefix (const Member *member, gsize *header_size, GError **error)
{
  guint8 prefix[MAGIC_SIZE + 2], length[4] = { 0 };
  guint version;

  if (!read_exactly (member, "prefix", prefix, sizeof prefix, error))
    return FALSE;
  version = prefix[MAGIC_SIZE];
  if (memcmp (prefix, MAGIC, MAGIC_SIZE) != 0)
    return fail (member, error, PISD_ERROR_FORMAT, "got other bytes, expected a NumPy array");
  if (version < 1 || version > 3 || prefix[MAGIC_SIZE + 1] != 0)
    return fail (member, error, PISD_ERROR_FORMAT,
                 "format version: got %u.%u, expected 1.0, 2.0 or 3.0", version,
                 prefix[MAGIC_SIZE + 1]);
  if (!read_exactly (member, "prefix", length, version == 1 ? 2 : 4, error))
    return FALSE;

  *header_size = length[0] | length[1] << 8 | length[2] << 16 | (gsize) length[3] << 24;
  if (*header_size > MAX_HEADER)
    return fail (member, error, PISD_ERROR_LIMIT,
                 "header: got %" G_GSIZE_FORMAT " bytes, expected at most %d", *header_size,
                 MAX_HEADER);
  return TRUE;
}

static gboolean
read_header (const Member *member, Header *header, GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0;

  memset (header, 0, sizeof *header);
  if (!read_prefix (member, &size, error))
    return FALSE;
  text = g_malloc (size + 1);
  if (!read_exactly (member, "header", text, size, error))
    return FALSE;
  return parse_dictionary (member, (Cursor){ text, text + size }, header, error)
         && count_elements (member, header, error);
}

/* Position in a Fortran-ordered array of the element with C-order index `c`. */
static gsize
fortran_index (const Header *header, gsize c)
{
  gsize index = 0;

  /* C order: the last index varies fastest; Fortran: index = i0 + s0 (i1 + s1 (i2 + ...)). */
  for (guint d = header->n_dimensions; d-- > 0;)
    {
      gsize stride = 1;

      for (guint e = 0; e < d; e++)
        stride *= header->shape[e];
      index += stride * (c % header->shape[d]);
      c /= header->shape[d];
    }
  return index;
}

static void
swap_bytes (guint8 *bytes, guint size)
{
  for (guint i = 0; i < size / 2; i++)
    {
      guint8 byte = bytes[i];

      bytes[i] = bytes[size - 1 - i];
      bytes[size - 1 - i] = byte;
    }
}

static void
convert (const Header *header, guint8 *raw, double *out)
{
  guint size = header->type->size;

  for (gsize i = 0; i < header->n && header->swapped; i++)
    swap_bytes (raw + i * size, size);
  for (gsize i = 0; i < header->n; i++)
    {
      gsize source = header->fortran_order ? fortran_index (header, i) : i;

      out[i] = header->type->load (raw + source * size);
    }
}

static gboolean
check_limit (const Member *member, const Header *header, gsize max_elements, GError **error)
{
  if (header->n <= max_elements)
    return TRUE;
  return fail (member, error, PISD_ERROR_LIMIT,
               "got %" G_GSIZE_FORMAT " elements, expected at most %" G_GSIZE_FORMAT, header->n,
               max_elements);
}

/* The elements, which must be all that is left; reading to the end also checks the member's CRC. */
static double *
read_data (const Member *member, const Header *header, GError **error)
{
  gsize size = header->n * header->type->size;
  g_autofree guint8 *raw = g_malloc (MAX (size, 1));
  double *data;
  gsize n_left;
  guint8 more;

  if (!read_exactly (member, "data", raw, size, error)
      || !read_some (member, &more, 1, &n_left, error))
    return NULL;
  if (n_left > 0)
    {
      fail (member, error, PISD_ERROR_FORMAT,
            "data: got more than the %" G_GSIZE_FORMAT " bytes of its shape", size);
      return NULL;
    }

  data = g_new (double, MAX (header->n, 1));
  convert (header, raw, data);
  return data;
}

static PisdArray *
array_from_header (const char *name, const Header *header)
{
  PisdArray *array = g_new0 (PisdArray, 1);

  array->name = g_strdup (name);
  array->n_dimensions = header->n_dimensions;
  memcpy (array->shape, header->shape, sizeof array->shape);
  return array;
}

static PisdArray *
read_opened (const Member *member, gboolean with_data, gsize max_elements, GError **error)
{
  g_autofree double *data = NULL;
  PisdArray *array;
  Header header;

  if (!read_header (member, &header, error))
    return NULL;
  if (with_data)
    {
      if (!check_limit (member, &header, max_elements, error))
        return NULL;
      data = read_data (member, &header, error);
      if (data == NULL)
        return NULL;
    }

  array = array_from_header (member->name, &header);
  array->data = g_steal_pointer (&data);
  return array;
}

static PisdArray *
read_member (zip_t *archive,
             Member member,
             zip_uint64_t index,
             gboolean with_data,
             gsize max_elements,
             GError **error)
{
  PisdArray *array;

  member.file = zip_fopen_index (archive, index, 0);
  if (member.file == NULL)
    {
      fail (&member, error, PISD_ERROR_FORMAT, "cannot be opened: %s", zip_strerror (archive));
      return NULL;
    }

  array = read_opened (&member, with_data, max_elements, error);
  zip_fclose (member.file);
  return array;
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (zip_t, zip_discard)

/* Causes that lie with the system and not with the archive's bytes. */
static gboolean
is_system_error (int code)
{
  return code == ZIP_ER_OPEN || code == ZIP_ER_READ || code == ZIP_ER_SEEK || code == ZIP_ER_NOENT
         || code == ZIP_ER_OPNOTSUPP || code == ZIP_ER_MEMORY;
}

static zip_t *
open_archive (const char *path, GError **error)
{
  zip_t *archive;
  zip_error_t reason;
  int code = 0;

  archive = zip_open (path, ZIP_RDONLY, &code);
  if (archive != NULL)
    return archive;

  zip_error_init_with_code (&reason, code);
  g_set_error (error, PISD_ERROR, is_system_error (code) ? PISD_ERROR_IO : PISD_ERROR_FORMAT,
               "%s: cannot be opened as an NPZ archive: %s", path, zip_error_strerror (&reason));
  zip_error_fini (&reason);
  return NULL;
}

/* The array's name of a member, or NULL if it is not one. */
static char *
dup_array_name (zip_t *archive, zip_uint64_t index)
{
  const char *name = zip_get_name (archive, index, 0);

  if (name == NULL || !g_str_has_suffix (name, SUFFIX))
    return NULL;
  return g_strndup (name, strlen (name) - strlen (SUFFIX));
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
read_named (zip_t *archive, const char *path, const char *name, gsize max_elements, GError **error)
{
  g_autofree char *member_name = g_strconcat (name, SUFFIX, NULL);
  zip_int64_t index = zip_name_locate (archive, member_name, 0);

  if (index < 0)
    {
      g_autofree char *list = dup_name_list (archive);

      g_set_error (error, PISD_ERROR, PISD_ERROR_FORMAT,
                   "%s: array \"%s\" is missing: got %s, expected \"%s\"", path, name, list, name);
      return NULL;
    }
  return read_member (archive, (Member){ path, name, NULL }, index, TRUE, max_elements, error);
}

GPtrArray *
pisd_npz_read (const char *path, const char *const *names, gsize max_elements, GError **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (zip_t) archive = NULL;

  g_return_val_if_fail (path != NULL && names != NULL, NULL);
  g_return_val_if_fail (max_elements <= G_MAXSIZE / sizeof (double), NULL);

  archive = open_archive (path, error);
  if (archive == NULL)
    return NULL;

  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  for (guint i = 0; names[i] != NULL; i++)
    {
      PisdArray *array = read_named (archive, path, names[i], max_elements, error);

      if (array == NULL)
        return NULL;
      g_ptr_array_add (arrays, array);
    }
  return g_steal_pointer (&arrays);
}

static gboolean
list_member (zip_t *archive, const char *path, zip_uint64_t i, GPtrArray *arrays, GError **error)
{
  g_autofree char *name = dup_array_name (archive, i);
  PisdArray *array;

  if (name == NULL)
    return TRUE;
  if (arrays->len == MAX_LISTED)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_LIMIT,
                   "%s: got more than %d arrays, expected at most %d", path, MAX_LISTED,
                   MAX_LISTED);
      return FALSE;
    }

  array = read_member (archive, (Member){ path, name, NULL }, i, FALSE, 0, error);
  if (array == NULL)
    return FALSE;
  g_ptr_array_add (arrays, array);
  return TRUE;
}

GPtrArray *
pisd_npz_list (const char *path, GError **error)
{
  g_autoptr (GPtrArray) arrays = NULL;
  g_autoptr (zip_t) archive = NULL;
  zip_int64_t n;

  g_return_val_if_fail (path != NULL, NULL);

  archive = open_archive (path, error);
  if (archive == NULL)
    return NULL;

  arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  n = zip_get_num_entries (archive, 0);
  for (zip_int64_t i = 0; i < n; i++)
    if (!list_member (archive, path, i, arrays, error))
      return NULL;
  return g_steal_pointer (&arrays);
}

/* A member to be written: the bytes of a .npy file. */
typedef struct
{
  char *name;
  char *bytes;
  gsize size;
} Blob;

struct _PisdNpzWriter
{
  GPtrArray *blobs; /* of Blob */
};

static void
blob_free (gpointer data)
{
  Blob *blob = data;

  g_free (blob->name);
  g_free (blob->bytes);
  g_free (blob);
}

PisdNpzWriter *
pisd_npz_writer_new (void)
{
  PisdNpzWriter *writer = g_new (PisdNpzWriter, 1);

  writer->blobs = g_ptr_array_new_with_free_func (blob_free);
  return writer;
}

void
pisd_npz_writer_free (PisdNpzWriter *writer)
{
  if (writer == NULL)
    return;

  g_ptr_array_unref (writer->blobs);
  g_free (writer);
}

/* The dictionary as NumPy writes it, padded so that the data starts at a multiple of 64. */
static GString *
make_header (guint n_dimensions, const gsize *shape)
{
  GString *header = g_string_new ("{'descr': '");
  gsize prefix = MAGIC_SIZE + 2 + 2;

  g_string_append (header, G_BYTE_ORDER == G_LITTLE_ENDIAN ? "<f8" : ">f8");
  g_string_append (header, "', 'fortran_order': False, 'shape': (");
  for (guint i = 0; i < n_dimensions; i++)
    g_string_append_printf (header, "%" G_GSIZE_FORMAT "%s", shape[i],
                            i + 1 < n_dimensions ? ", "
                            : n_dimensions == 1  ? ","
                                                 : "");
  g_string_append (header, "), }");
  while ((prefix + header->len + 1) % HEADER_ALIGNMENT != 0)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  return header;
}

void
pisd_npz_writer_add (PisdNpzWriter *writer,
                     const char *name,
                     guint n_dimensions,
                     const gsize *shape,
                     const double *data)
{
  g_autoptr (GString) header = NULL;
  gsize n = 1;
  Blob *blob;
  char *p;

  g_return_if_fail (writer != NULL && name != NULL);
  g_return_if_fail (n_dimensions <= PISD_NPZ_MAX_DIMENSIONS);

  for (guint i = 0; i < n_dimensions; i++)
    n *= shape[i];
  g_return_if_fail (data != NULL || n == 0);

  header = make_header (n_dimensions, shape);
  blob = g_new (Blob, 1);
  blob->name = g_strconcat (name, SUFFIX, NULL);
  blob->size = MAGIC_SIZE + 4 + header->len + n * sizeof *data;
  blob->bytes = p = g_malloc (blob->size);
  memcpy (p, MAGIC "\x01\x00", MAGIC_SIZE + 2);
  p += MAGIC_SIZE + 2;
  *p++ = header->len & 0xff;
  *p++ = header->len >> 8;
  memcpy (p, header->str, header->len);
  if (n > 0)
    memcpy (p + header->len, data, n * sizeof *data);
  g_ptr_array_add (writer->blobs, blob);
}

/* Adds one member.  The date is fixed, so that the same arrays give the same file. */
static gboolean
add_blob (zip_t *archive, const Blob *blob)
{
  const zip_uint16_t midnight = 0, first_of_1980 = 1 << 5 | 1;
  zip_source_t *source = zip_source_buffer (archive, blob->bytes, blob->size, 0);
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

  for (guint i = 0; i < writer->blobs->len; i++)
    if (!add_blob (archive, writer->blobs->pdata[i]))
      {
        zip_error_set (reason, zip_error_code_zip (zip_get_error (archive)), 0);
        zip_discard (archive);
        return FALSE;
      }
  if (zip_close (archive) != 0)
    {
      zip_error_set (reason, zip_error_code_zip (zip_get_error (archive)), 0);
      zip_discard (archive);
      return FALSE;
    }
  return TRUE;
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

gboolean
pisd_npz_writer_save (PisdNpzWriter *writer, const char *path, GError **error)
{
  g_autofree char *bytes = NULL;
  zip_source_t *buffer;
  zip_error_t reason;
  gsize size;

  g_return_val_if_fail (writer != NULL && path != NULL, FALSE);
  g_return_val_if_fail (writer->blobs->len > 0, FALSE);

  zip_error_init (&reason);
  buffer = zip_source_buffer_create (NULL, 0, 0, &reason);
  if (buffer != NULL && write_archive (writer, buffer, &reason))
    bytes = dup_buffer (buffer, &size);
  zip_source_free (buffer);
  if (bytes == NULL)
    g_set_error (error, PISD_ERROR, PISD_ERROR_IO, "%s: cannot be packed: %s", path,
                 zip_error_strerror (&reason));
  zip_error_fini (&reason);

  return bytes != NULL && pisd_save_bytes (path, bytes, size, error);
}
