#include "pisd-npy.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"

#define VERSION_SIZE 2
/* NumPy's own headers have 118 bytes; a longer one than this is no header. */
#define MAX_HEADER (64 * 1024)
#define HEADER_ALIGNMENT 64

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
fail_token (const Cursor *cursor, const char *expected, GError **error)
{
  g_autofree char *quoted = quote_rest (cursor);

  return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("header: got %s, expected %s"), quoted,
                          expected);
}

static gboolean
fail_type (const char *got, GError **error)
{
  return pisd_error_fail_got (error, PISD_ERROR_SHAPE, _ ("element type"), got,
                              PISD_ELEMENT_TYPE_LIST);
}

static gboolean
parse_descr (Cursor *cursor, PisdNpyHeader *header, GError **error)
{
  g_autofree char *descr = NULL;
  char foreign = G_BYTE_ORDER == G_LITTLE_ENDIAN ? '>' : '<';

  if (accept (cursor, '['))
    return fail_type (_ ("a structured type"), error);
  descr = parse_string (cursor);
  if (descr == NULL)
    return fail_token (cursor, _ ("an element type in quotes"), error);

  header->type = pisd_element_type_find (descr);
  if (header->type == NULL)
    return fail_type (descr, error);
  header->swapped = descr[0] == foreign && header->type->size > 1;
  return TRUE;
}

static gboolean
parse_order (Cursor *cursor, PisdNpyHeader *header, GError **error)
{
  header->fortran_order = accept_word (cursor, "True");
  if (!header->fortran_order && !accept_word (cursor, "False"))
    return fail_token (cursor, _ ("fortran_order True or False"), error);
  return TRUE;
}

static gboolean
parse_length (Cursor *cursor, gsize *length, GError **error)
{
  gsize value = 0;

  skip_blanks (cursor);
  if (cursor->p == cursor->end || !g_ascii_isdigit (*cursor->p))
    return fail_token (cursor, _ ("a length in the shape"), error);

  for (; cursor->p < cursor->end && g_ascii_isdigit (*cursor->p); cursor->p++)
    if (!g_size_checked_mul (&value, value, 10)
        || !g_size_checked_add (&value, value, *cursor->p - '0'))
      return pisd_error_fail (error, PISD_ERROR_LIMIT, _ ("shape: got a length beyond 64 bits"));
  /* Python 2 wrote long integers with a letter behind them. */
  if (cursor->p < cursor->end && *cursor->p == 'L')
    cursor->p++;
  *length = value;
  return TRUE;
}

/* (), (n,), (n, m), (n, m,), ... */
static gboolean
parse_shape (Cursor *cursor, PisdNpyHeader *header, GError **error)
{
  gboolean comma = TRUE;

  if (!accept (cursor, '('))
    return fail_token (cursor, _ ("a shape in parentheses"), error);
  while (!accept (cursor, ')'))
    {
      if (!comma)
        return fail_token (cursor, _ ("a comma in the shape"), error);
      if (header->n_dimensions == PISD_ARRAY_MAX_DIMENSIONS)
        return pisd_error_fail (error, PISD_ERROR_SHAPE,
                                _ ("shape: got more than %d dimensions, expected at most %d"),
                                PISD_ARRAY_MAX_DIMENSIONS, PISD_ARRAY_MAX_DIMENSIONS);
      if (!parse_length (cursor, &header->shape[header->n_dimensions++], error))
        return FALSE;
      comma = accept (cursor, ',');
    }

  /* Python reads (3) as a number, not as a tuple. */
  if (header->n_dimensions == 1 && !comma)
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("shape: got a number, expected a tuple"));
  return TRUE;
}

typedef struct
{
  const char *key;
  gboolean (*parse) (Cursor *cursor, PisdNpyHeader *header, GError **error);
} Entry;

static const Entry entries[] = {
  { "descr", parse_descr },
  { "fortran_order", parse_order },
  { "shape", parse_shape },
};
#define ALL_ENTRIES ((1u << G_N_ELEMENTS (entries)) - 1)

/* One "key: value"; `seen` is the set of keys read so far. */
static gboolean
parse_entry (Cursor *cursor, PisdNpyHeader *header, guint *seen, GError **error)
{
  Cursor start = *cursor;
  g_autofree char *key = parse_string (cursor);

  for (guint i = 0; key != NULL && i < G_N_ELEMENTS (entries); i++)
    if (g_str_equal (entries[i].key, key) && !(*seen & (1u << i)))
      {
        *seen |= 1u << i;
        if (!accept (cursor, ':'))
          return fail_token (cursor, _ ("a colon"), error);
        return entries[i].parse (cursor, header, error);
      }
  return fail_token (&start, _ ("keys descr, fortran_order, shape, each once"), error);
}

static gboolean
parse_dictionary (Cursor cursor, PisdNpyHeader *header, GError **error)
{
  gboolean comma = TRUE;
  guint seen = 0;

  if (!accept (&cursor, '{'))
    return fail_token (&cursor, _ ("a dictionary"), error);
  while (!accept (&cursor, '}'))
    {
      if (!comma)
        return fail_token (&cursor, _ ("a comma"), error);
      if (!parse_entry (&cursor, header, &seen, error))
        return FALSE;
      comma = accept (&cursor, ',');
    }

  skip_blanks (&cursor);
  if (cursor.p != cursor.end)
    return fail_token (&cursor, _ ("nothing behind the dictionary"), error);
  if (seen != ALL_ENTRIES)
    return pisd_error_fail (
        error, PISD_ERROR_FORMAT,
        _ ("header: got a part of it, expected keys descr, fortran_order, shape"));
  return TRUE;
}

gboolean
pisd_npy_parse_header (const char *text, gsize size, PisdNpyHeader *header, GError **error)
{
  g_return_val_if_fail (text != NULL && header != NULL, FALSE);

  memset (header, 0, sizeof *header);
  if (!parse_dictionary ((Cursor){ text, text + size }, header, error))
    return FALSE;
  return pisd_shape_count (header->n_dimensions, header->shape, &header->n)
         || pisd_error_fail (error, PISD_ERROR_LIMIT,
                             _ ("shape: got more elements than 64 bits can count"));
}

static gboolean
check_version (const guint8 *prefix, GError **error)
{
  const guint8 *version = prefix + PISD_NPY_MAGIC_SIZE;

  if (memcmp (prefix, PISD_NPY_MAGIC, PISD_NPY_MAGIC_SIZE) != 0)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("got other bytes, expected a NumPy array"));
  if (version[0] < 1 || version[0] > 3 || version[1] != 0)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("format version: got %u.%u, expected 1.0, 2.0 or 3.0"), version[0],
                            version[1]);
  return TRUE;
}

/* Magic, version, length of the header: 2 bytes in version 1, 4 in versions 2 and 3. */
static gboolean
read_prefix (PisdNpyRead read, gpointer source, gsize *header_size, GError **error)
{
  guint8 prefix[PISD_NPY_MAGIC_SIZE + VERSION_SIZE], length[4] = { 0 };

  if (!read (source, _ ("prefix"), prefix, sizeof prefix, error) || !check_version (prefix, error)
      || !read (source, _ ("prefix"), length, prefix[PISD_NPY_MAGIC_SIZE] == 1 ? 2 : 4, error))
    return FALSE;

  *header_size = length[0] | length[1] << 8 | length[2] << 16 | (gsize) length[3] << 24;
  if (*header_size > MAX_HEADER)
    return pisd_error_fail (error, PISD_ERROR_LIMIT,
                            _ ("header: got %zu bytes, expected at most %d"), *header_size,
                            MAX_HEADER);
  return TRUE;
}

gboolean
pisd_npy_read_header (PisdNpyRead read, gpointer source, PisdNpyHeader *header, GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0;

  g_return_val_if_fail (read != NULL && header != NULL, FALSE);

  if (!read_prefix (read, source, &size, error))
    return FALSE;
  text = g_malloc (size + 1);
  return read (source, _ ("header"), text, size, error)
         && pisd_npy_parse_header (text, size, header, error);
}

gsize
pisd_npy_get_element_size (const PisdNpyHeader *header)
{
  g_return_val_if_fail (header != NULL, 0);

  return header->type->size;
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

void
pisd_npy_convert (const PisdNpyHeader *header, guint8 *raw, double *out)
{
  guint size = header->type->size;

  for (gsize i = 0; i < header->n && header->swapped; i++)
    swap_bytes (raw + i * size, size);
  for (gsize i = 0; i < header->n; i++)
    {
      gsize source = i;

      if (header->fortran_order)
        source = pisd_shape_fortran_index (header->n_dimensions, header->shape, i);
      out[i] = header->type->load (raw + source * size);
    }
}

/* The dictionary as NumPy writes it, padded so that the data starts at a multiple of 64. */
static GString *
make_header (const char *code, guint n_dimensions, const gsize *shape)
{
  GString *header = g_string_new ("{'descr': '");
  gsize prefix = PISD_NPY_MAGIC_SIZE + VERSION_SIZE + 2;

  g_string_append_c (header, G_BYTE_ORDER == G_LITTLE_ENDIAN ? '<' : '>');
  g_string_append (header, code);
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

GByteArray *
pisd_npy_format_header (const char *code, guint n_dimensions, const gsize *shape)
{
  g_autoptr (GString) header = make_header (code, n_dimensions, shape);
  const guint8 length[2] = { header->len & 0xff, header->len >> 8 };
  GByteArray *npy = g_byte_array_new ();

  g_byte_array_append (npy, (const guint8 *) PISD_NPY_MAGIC "\x01\x00",
                       PISD_NPY_MAGIC_SIZE + VERSION_SIZE);
  g_byte_array_append (npy, length, sizeof length);
  g_byte_array_append (npy, (const guint8 *) header->str, header->len);
  return npy;
}

GByteArray *
pisd_npy_format (guint n_dimensions, const gsize *shape, const double *data, GError **error)
{
  GByteArray *npy;
  gsize n = 0;

  g_return_val_if_fail (n_dimensions <= PISD_ARRAY_MAX_DIMENSIONS, NULL);
  g_return_val_if_fail (pisd_shape_count (n_dimensions, shape, &n), NULL);
  g_return_val_if_fail (data != NULL || n == 0, NULL);

  if (n > PISD_NPY_MOST_NUMBERS)
    {
      pisd_error_fail (error, PISD_ERROR_LIMIT, _ ("shape: got %zu numbers, expected at most %zu"),
                       n, PISD_NPY_MOST_NUMBERS);
      return NULL;
    }
  npy = pisd_npy_format_header ("f8", n_dimensions, shape);
  if (n > 0)
    g_byte_array_append (npy, (const guint8 *) data, (guint) (n * sizeof *data));
  return npy;
}
