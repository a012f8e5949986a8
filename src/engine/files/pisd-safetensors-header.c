#include "pisd-safetensors-header.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-array.h"
#include "pisd-error.h"

#define METADATA "__metadata__"

/* What is left to read, and where the header begins. */
typedef struct
{
  const char *start, *at, *end;
} Cursor;

static gboolean
fail_at (const Cursor *c, const char *expected, GError **error)
{
  g_autofree char *letter = NULL;
  g_autofree char *got = NULL;
  gsize position = c->at - c->start;

  if (c->at == c->end)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("header, byte %zu: got its end, expected %s"), position, expected);
  letter = g_strndup (c->at, g_utf8_next_char (c->at) - c->at);
  got = pisd_error_escape (letter);
  return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("header, byte %zu: got `%s`, expected %s"),
                          position, got, expected);
}

static void
skip_spaces (Cursor *c)
{
  while (c->at < c->end && strchr (" \t\n\r", *c->at) != NULL && *c->at != '\0')
    c->at++;
}

static gboolean
looks_at (Cursor *c, char sign)
{
  skip_spaces (c);
  return c->at < c->end && *c->at == sign;
}

static gboolean
take (Cursor *c, char sign, GError **error)
{
  char expected[] = { '`', sign, '`', '\0' };

  if (!looks_at (c, sign))
    return fail_at (c, expected, error);
  c->at++;
  return TRUE;
}

/* After one member: `,` and another one, or the closing sign. */
static gboolean
take_next (Cursor *c, char closing, gboolean *is_last, GError **error)
{
  char expected[] = "`,` or ` `";

  *is_last = looks_at (c, closing);
  if (*is_last || looks_at (c, ','))
    {
      c->at++;
      return TRUE;
    }
  expected[8] = closing;
  return fail_at (c, expected, error);
}

/* Four hexadecimal digits. */
static gboolean
take_unit (Cursor *c, gunichar *unit, GError **error)
{
  *unit = 0;
  for (guint i = 0; i < 4; i++)
    {
      if (c->at == c->end || !g_ascii_isxdigit (*c->at))
        return fail_at (c, _ ("a hexadecimal digit"), error);
      *unit = 16 * *unit + g_ascii_xdigit_value (*c->at++);
    }
  return TRUE;
}

/* The character behind `\u`, which may be two units of UTF-16. */
static gboolean
take_unicode (Cursor *c, GString *text, GError **error)
{
  gunichar first, second;

  if (!take_unit (c, &first, error))
    return FALSE;
  if (first >= 0xd800 && first < 0xdc00)
    {
      if (c->end - c->at < 2 || c->at[0] != '\\' || c->at[1] != 'u')
        return fail_at (c, _ ("the second half of a character"), error);
      c->at += 2;
      if (!take_unit (c, &second, error))
        return FALSE;
      first = second >= 0xdc00 && second < 0xe000
                  ? 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00)
                  : 0;
    }
  if (first == 0 || !g_unichar_validate (first))
    return fail_at (c, _ ("a character other than that"), error);
  g_string_append_unichar (text, first);
  return TRUE;
}

static gboolean
take_escape (Cursor *c, GString *text, GError **error)
{
  static const char signs[] = "\"\\/bfnrt", meanings[] = "\"\\/\b\f\n\r\t";
  const char *found;

  if (c->at == c->end)
    return fail_at (c, _ ("an escaped character"), error);
  if (*c->at == 'u')
    {
      c->at++;
      return take_unicode (c, text, error);
    }
  found = *c->at != '\0' ? strchr (signs, *c->at) : NULL;
  if (found == NULL)
    return fail_at (c, _ ("an escaped character"), error);
  g_string_append_c (text, meanings[found - signs]);
  c->at++;
  return TRUE;
}

/* The rest of a string behind its opening quote. */
static gboolean
take_characters (Cursor *c, GString *text, GError **error)
{
  while (c->at < c->end && *c->at != '"')
    {
      if ((guchar) *c->at < 0x20)
        return fail_at (c, _ ("a printable character"), error);
      if (*c->at != '\\')
        {
          g_string_append_c (text, *c->at++);
          continue;
        }
      c->at++;
      if (!take_escape (c, text, error))
        return FALSE;
    }
  return take (c, '"', error);
}

static char *
take_string (Cursor *c, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (!take (c, '"', error) || !take_characters (c, text, error))
    return NULL;
  return g_strdup (text->str);
}

/* A whole number that is not negative. */
static gboolean
take_number (Cursor *c, gsize *value, GError **error)
{
  skip_spaces (c);
  if (c->at == c->end || !g_ascii_isdigit (*c->at))
    return fail_at (c, _ ("a whole number"), error);
  *value = 0;
  while (c->at < c->end && g_ascii_isdigit (*c->at))
    {
      gsize digit = g_ascii_digit_value (*c->at);

      if (!g_size_checked_mul (value, *value, 10) || !g_size_checked_add (value, *value, digit))
        return fail_at (c, _ ("the end of a number that has 64 bits"), error);
      c->at++;
    }
  return TRUE;
}

/* An array of at most `max` numbers. */
static gboolean
take_numbers (Cursor *c, guint max, gsize *values, guint *n, GError **error)
{
  gboolean is_last = FALSE;

  *n = 0;
  if (!take (c, '[', error))
    return FALSE;
  if (looks_at (c, ']'))
    return take (c, ']', error);
  while (!is_last)
    {
      if (*n == max)
        return fail_at (c, _ ("`]`: so many numbers are too many"), error);
      if (!take_number (c, &values[*n], error) || !take_next (c, ']', &is_last, error))
        return FALSE;
      ++*n;
    }
  return TRUE;
}

/* One member of a tensor's object. */
typedef enum
{
  PART_TYPE = 1,
  PART_SHAPE = 2,
  PART_OFFSETS = 4,
  PARTS_ALL = 7
} Part;

static gboolean
take_type (Cursor *c, PisdTensor *tensor, GError **error)
{
  g_autofree char *name = take_string (c, error);
  g_autofree char *quoted = NULL;

  if (name == NULL)
    return FALSE;
  tensor->type = pisd_tensor_type_find (name);
  if (tensor->type != NULL)
    return TRUE;
  quoted = pisd_error_quote (name);
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("dtype: got %s, expected F32, F16, BF16 or another one of the format"),
                          quoted);
}

static gboolean
take_offsets (Cursor *c, PisdTensor *tensor, GError **error)
{
  gsize offsets[2];
  guint n;

  if (!take_numbers (c, 2, offsets, &n, error))
    return FALSE;
  if (n != 2)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("data_offsets: got %u numbers, expected 2"), n);
  tensor->begin = offsets[0];
  tensor->end = offsets[1];
  return TRUE;
}

static gboolean
take_part (Cursor *c, PisdTensor *tensor, guint *parts, GError **error)
{
  g_autofree char *key = take_string (c, error);
  g_autofree char *quoted = key != NULL ? pisd_error_quote (key) : NULL;
  guint part;

  if (key == NULL || !take (c, ':', error))
    return FALSE;
  part = g_str_equal (key, "dtype")          ? PART_TYPE
         : g_str_equal (key, "shape")        ? PART_SHAPE
         : g_str_equal (key, "data_offsets") ? PART_OFFSETS
                                             : 0;
  if (part == 0)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("got the member %s, expected dtype, shape and data_offsets"),
                            quoted);
  if ((*parts & part) != 0)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("got the member %s twice, expected it once"), quoted);
  *parts |= part;
  if (part == PART_TYPE)
    return take_type (c, tensor, error);
  if (part == PART_OFFSETS)
    return take_offsets (c, tensor, error);
  return take_numbers (c, PISD_TENSOR_MAX_DIMENSIONS, tensor->shape, &tensor->n_dimensions, error);
}

/* The bytes that shape and type need are those between the offsets. */
static gboolean
check_size (PisdTensor *tensor, GError **error)
{
  g_autofree char *shape = NULL;
  gsize size;

  if (tensor->end < tensor->begin)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("data_offsets: got the end %zu, expected at least the beginning "
                               "%zu"),
                            tensor->end, tensor->begin);
  if (!pisd_shape_count (tensor->n_dimensions, tensor->shape, &tensor->n)
      || !g_size_checked_mul (&size, tensor->n, tensor->type->size))
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("shape: got more elements than 64 bits count"));
  if (size == tensor->end - tensor->begin)
    return TRUE;
  shape = pisd_tensor_dup_shape (tensor);
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("data_offsets: got %zu bytes, expected the %zu of %s numbers %s"),
                          tensor->end - tensor->begin, size, shape, tensor->type->name);
}

static gboolean
take_tensor (Cursor *c, PisdTensor *tensor, GError **error)
{
  gboolean is_last = FALSE;
  guint parts = 0;

  if (!take (c, '{', error))
    return FALSE;
  while (!is_last)
    if (!take_part (c, tensor, &parts, error) || !take_next (c, '}', &is_last, error))
      return FALSE;
  if (parts != PARTS_ALL)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("got no %s, expected dtype, shape and data_offsets"),
                            !(parts & PART_TYPE)    ? "dtype"
                            : !(parts & PART_SHAPE) ? "shape"
                                                    : "data_offsets");
  return check_size (tensor, error);
}

static gboolean
take_pair (Cursor *c, PisdSafetensorsHeader *header, GError **error)
{
  g_autofree char *key = take_string (c, error);
  g_autofree char *value = NULL;

  if (key == NULL)
    return FALSE;
  if (g_ptr_array_find_with_equal_func (header->keys, key, g_str_equal, NULL))
    {
      g_autofree char *quoted = pisd_error_quote (key);

      return pisd_error_fail (error, PISD_ERROR_FORMAT,
                              _ ("got the key %s twice, expected it once"), quoted);
    }
  value = take (c, ':', error) ? take_string (c, error) : NULL;
  if (value == NULL)
    return FALSE;
  if (header->keys->len == PISD_SAFETENSORS_MAX_KEYS)
    return pisd_error_fail (error, PISD_ERROR_LIMIT, _ ("got more, expected at most %d keys"),
                            PISD_SAFETENSORS_MAX_KEYS);
  g_ptr_array_add (header->keys, g_steal_pointer (&key));
  g_ptr_array_add (header->values, g_steal_pointer (&value));
  return TRUE;
}

static gboolean
take_metadata (Cursor *c, PisdSafetensorsHeader *header, GError **error)
{
  gboolean is_last;

  if (!take (c, '{', error))
    return FALSE;
  is_last = looks_at (c, '}');
  if (is_last)
    c->at++;
  while (!is_last)
    if (!take_pair (c, header, error) || !take_next (c, '}', &is_last, error))
      return FALSE;
  return TRUE;
}

static void
tensor_free (gpointer data)
{
  PisdTensor *tensor = data;

  g_free (tensor->name);
  g_free (tensor);
}

static gboolean
take_member (Cursor *c, PisdSafetensorsHeader *header, GHashTable *names, GError **error)
{
  g_autofree char *name = take_string (c, error);
  g_autofree char *quoted = name != NULL ? pisd_error_quote (name) : NULL;
  PisdTensor *tensor;

  if (name == NULL || !take (c, ':', error))
    return FALSE;
  if (!g_hash_table_add (names, g_strdup (name)))
    return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("got the name %s twice, expected it once"),
                            quoted);
  if (g_hash_table_size (names) > PISD_SAFETENSORS_MAX_TENSORS)
    return pisd_error_fail (error, PISD_ERROR_LIMIT, _ ("got more, expected at most %d tensors"),
                            PISD_SAFETENSORS_MAX_TENSORS);
  if (g_str_equal (name, METADATA))
    return take_metadata (c, header, error);
  tensor = g_new0 (PisdTensor, 1);
  tensor->name = g_steal_pointer (&name);
  g_ptr_array_add (header->tensors, tensor);
  if (take_tensor (c, tensor, error))
    return TRUE;
  g_prefix_error (error, _ ("tensor %s: "), quoted);
  return FALSE;
}

static gboolean
take_header (Cursor *c, PisdSafetensorsHeader *header, GError **error)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gboolean is_last;

  if (!take (c, '{', error))
    return FALSE;
  is_last = looks_at (c, '}');
  if (is_last)
    c->at++;
  while (!is_last)
    if (!take_member (c, header, names, error) || !take_next (c, '}', &is_last, error))
      return FALSE;
  skip_spaces (c);
  return c->at == c->end || fail_at (c, _ ("the header's end"), error);
}

gboolean
pisd_safetensors_header_parse (const char *text,
                               gsize size,
                               PisdSafetensorsHeader *header,
                               GError **error)
{
  Cursor c = { text, text, text + size };
  const char *bad;

  header->tensors = g_ptr_array_new_with_free_func (tensor_free);
  header->keys = g_ptr_array_new_with_free_func (g_free);
  header->values = g_ptr_array_new_with_free_func (g_free);
  if (!g_utf8_validate_len (text, size, &bad))
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("header, byte %zu: got a byte that is not UTF-8, expected a text"),
                            (gsize) (bad - text));
  return take_header (&c, header, error);
}

void
pisd_safetensors_header_clear (PisdSafetensorsHeader *header)
{
  g_clear_pointer (&header->tensors, g_ptr_array_unref);
  g_clear_pointer (&header->keys, g_ptr_array_unref);
  g_clear_pointer (&header->values, g_ptr_array_unref);
}
