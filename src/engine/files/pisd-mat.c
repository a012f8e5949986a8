#include "pisd-mat.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-stream.h"

/* What stands before the variables: text, version, byte order. */
#define VERSION_AT 124
#define HEADER_SIZE (VERSION_AT + 4)
#define VERSION 0x0100
#define TAG_SIZE 8
#define ALIGNMENT 8
/* Variables that are listed, and bytes of a name. */
#define MAX_LISTED 4096
#define MAX_NAME 4096

/* Kinds of data elements. */
enum
{
  TYPE_INT8 = 1,
  TYPE_INT32 = 5,
  TYPE_UINT32 = 6,
  TYPE_DOUBLE = 9,
  TYPE_MATRIX = 14,
  TYPE_COMPRESSED = 15
};

/* Classes of arrays: numbers have those between the first two. */
enum
{
  CLASS_DOUBLE = 6,
  CLASS_UINT64 = 15,
  CLASS_OPAQUE = 17 /* objects: a string, table or datetime; it has a name and no shape */
};

#define FLAG_COMPLEX 0x0800

/* How numbers are stored, by the kind of their data element. */
static const char *const type_codes[] = {
  [1] = "i1", [2] = "u1", [3] = "i2", [4] = "u2",  [5] = "i4",
  [6] = "u4", [7] = "f4", [9] = "f8", [12] = "i8", [13] = "u8",
};

gboolean
pisd_mat_recognise (PisdInput *input)
{
  guint8 bytes[4];
  gsize n;

  if (!pisd_input_read_at (input, VERSION_AT, bytes, sizeof bytes, &n, NULL) || n < sizeof bytes)
    return FALSE;
  return memcmp (bytes, "\x00\x01IM", 4) == 0 || memcmp (bytes, "\x01\x00MI", 4) == 0;
}

/* The machine that wrote it had the bytes of a number the other way round. */
static gboolean
find_swapped (PisdInput *input, gboolean *is_swapped, GError **error)
{
  g_autoptr (PisdStream) stream = pisd_stream_new (input, VERSION_AT);
  guint16 version = 0;

  if (!pisd_stream_read (stream, _ ("header"), &version, sizeof version, error))
    return FALSE;
  *is_swapped = version != VERSION;
  return TRUE;
}

/* The next variable, or an element in it. */
typedef struct
{
  guint32 type, size;
  guint8 small[4]; /* the data, where they stand in the tag */
  gboolean is_small;
} Tag;

typedef struct
{
  PisdStream *stream;
  gboolean is_swapped;
} Reader;

/* Four bytes of kind and four of size; or, of up to four bytes of data, two and two and these. */
static gboolean
read_tag (const Reader *reader, Tag *tag, GError **error)
{
  guint8 bytes[TAG_SIZE];
  guint32 first;

  if (!pisd_stream_read (reader->stream, _ ("element"), bytes, sizeof bytes, error))
    return FALSE;
  memcpy (&first, bytes, 4);
  memcpy (&tag->size, bytes + 4, 4);
  memcpy (tag->small, bytes + 4, 4);
  if (reader->is_swapped)
    {
      first = GUINT32_SWAP_LE_BE (first);
      tag->size = GUINT32_SWAP_LE_BE (tag->size);
    }
  tag->is_small = first >> 16 != 0;
  tag->type = first & (tag->is_small ? 0xffff : 0xffffffff);
  if (tag->is_small)
    tag->size = first >> 16;
  return !tag->is_small || tag->size <= sizeof tag->small
         || pisd_error_fail (error, PISD_ERROR_FORMAT,
                             _ ("element: got %u bytes in a tag, expected at most 4"), tag->size);
}

/* A whole element of a kind that is expected, of `size` bytes at least and `max` at most. */
static gboolean
read_element (const Reader *reader,
              const char *what,
              guint32 type,
              guint32 size,
              guint32 max,
              GByteArray *data,
              GError **error)
{
  Tag tag;

  if (!read_tag (reader, &tag, error))
    return FALSE;
  if (tag.type != type || tag.size < size || tag.size > max)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("%s: got kind %u of %u bytes, expected kind %u of %u to %u"), what,
                            tag.type, tag.size, type, size, max);
  g_byte_array_set_size (data, tag.size);
  if (tag.is_small)
    {
      memcpy (data->data, tag.small, tag.size);
      return TRUE;
    }
  return pisd_stream_read (reader->stream, what, data->data, tag.size, error)
         && pisd_stream_skip (reader->stream, -tag.size % ALIGNMENT, error);
}

static guint32
get_number (const Reader *reader, const GByteArray *data, guint at)
{
  guint32 value;

  memcpy (&value, data->data + 4 * at, 4);
  return reader->is_swapped ? GUINT32_SWAP_LE_BE (value) : value;
}

/* What stands before a variable's numbers. */
typedef struct
{
  char *name;
  guint32 class, flags;
  gboolean is_small; /* its numbers stand in their tag: too few for a slice */
  PisdSliceLayout layout;
} Variable;

static void
variable_clear (Variable *self)
{
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Variable, variable_clear)

static gboolean
read_shape (const Reader *reader, Variable *variable, GByteArray *data, GError **error)
{
  PisdSliceLayout *layout = &variable->layout;
  guint n;

  if (!read_element (reader, _ ("shape"), TYPE_INT32, 8, 4 * 64, data, error))
    return FALSE;
  n = data->len / 4;
  layout->n_dimensions = MIN (n, PISD_ARRAY_MAX_DIMENSIONS);
  for (guint d = 0; d < layout->n_dimensions; d++)
    layout->shape[d] = get_number (reader, data, d);
  /* The name follows, and a message needs it. */
  if (n > PISD_ARRAY_MAX_DIMENSIONS)
    layout->n_dimensions = 0;
  return TRUE;
}

static gboolean
read_variable (const Reader *reader, Variable *variable, GError **error)
{
  g_autoptr (GByteArray) data = g_byte_array_new ();

  if (!read_element (reader, _ ("flags"), TYPE_UINT32, 8, 8, data, error))
    return FALSE;
  variable->class = get_number (reader, data, 0) & 0xff;
  variable->flags = get_number (reader, data, 0);
  if ((variable->class != CLASS_OPAQUE && !read_shape (reader, variable, data, error))
      || !read_element (reader, _ ("name"), TYPE_INT8, 0, MAX_NAME, data, error))
    return FALSE;
  variable->name = g_strndup ((const char *) data->data, data->len);
  variable->layout.is_fortran = TRUE;
  variable->layout.is_swapped = reader->is_swapped;
  return TRUE;
}

static gboolean
check_kind (const Variable *variable, GError **error)
{
  if (variable->class < CLASS_DOUBLE || variable->class > CLASS_UINT64)
    return pisd_error_fail (
        error, PISD_ERROR_SHAPE,
        _ ("got text, cells, a structure, an object or a sparse matrix, expected "
           "an array of numbers"));
  if ((variable->flags & FLAG_COMPLEX) != 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("got complex numbers, expected real ones"));
  if (variable->layout.n_dimensions == 0)
    return pisd_error_fail (error, PISD_ERROR_SHAPE,
                            _ ("shape: got more than %d dimensions, expected at most %d"),
                            PISD_ARRAY_MAX_DIMENSIONS, PISD_ARRAY_MAX_DIMENSIONS);
  return TRUE;
}

/* The tag of the numbers says how they are stored, which need not be the variable's class. */
static gboolean
read_storage (const Reader *reader, Variable *variable, GError **error)
{
  PisdSliceLayout *layout = &variable->layout;
  const char *code;
  gsize size;
  Tag tag;

  if (!read_tag (reader, &tag, error))
    return FALSE;
  code = tag.type < G_N_ELEMENTS (type_codes) ? type_codes[tag.type] : NULL;
  if (code == NULL)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("data: got kind %u, expected numbers"),
                            tag.type);
  layout->type = pisd_element_type_find (code);
  if (!pisd_shape_count (layout->n_dimensions, layout->shape, &size)
      || !g_size_checked_mul (&size, size, layout->type->size) || size != tag.size)
    return pisd_error_fail (error, PISD_ERROR_FORMAT,
                            _ ("data: got %u bytes, which are not those of the shape"), tag.size);
  variable->is_small = tag.is_small;
  return TRUE;
}

/* One variable of the file: its bytes begin at `at`. */
typedef struct
{
  guint64 at;
  Tag tag;
} Place;

/* FALSE without an error: the file ends here. */
static gboolean
find_place (PisdInput *input, gboolean is_swapped, guint64 at, Place *place, GError **error)
{
  g_autoptr (PisdStream) stream = pisd_stream_new (input, at);
  const Reader reader = { stream, is_swapped };
  const guint64 size = pisd_input_get_size (input);

  if (at >= size || !read_tag (&reader, &place->tag, error))
    return FALSE;
  place->at = at + TAG_SIZE;
  if (!place->tag.is_small && place->tag.size <= size - MIN (size, place->at))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("variable: got %u bytes where the file has %zu: it was cut off"),
                          place->tag.size, (gsize) (size - MIN (size, place->at)));
}

/* Positioned behind the variable's own tag; NULL: it is no variable. */
static PisdStream *
open_place (PisdInput *input, gboolean is_swapped, const Place *place, GError **error)
{
  g_autoptr (PisdStream) stream = NULL;
  Tag tag = place->tag;

  if (tag.type == TYPE_MATRIX)
    return pisd_stream_new (input, place->at);
  if (tag.type == TYPE_COMPRESSED)
    {
      stream = pisd_stream_new_inflated (input, place->at, tag.size);
      if (!read_tag (&(Reader){ stream, is_swapped }, &tag, error))
        return NULL;
      if (tag.type == TYPE_MATRIX)
        return g_steal_pointer (&stream);
    }
  pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("variable: got kind %u, expected %u or %u"),
                   tag.type, TYPE_MATRIX, TYPE_COMPRESSED);
  return NULL;
}

/* A variable that has no name yet cannot be listed. */
static PisdArray *
describe_place (PisdInput *input, gboolean is_swapped, const Place *place, GError **error)
{
  g_autoptr (PisdStream) stream = open_place (input, is_swapped, place, error);
  const Reader reader = { stream, is_swapped };
  g_auto (Variable) variable = { 0 };
  g_autoptr (GError) reason = NULL;
  PisdArray *array;

  if (stream == NULL || !read_variable (&reader, &variable, error))
    return NULL;
  if (check_kind (&variable, &reason) && read_storage (&reader, &variable, &reason))
    return pisd_array_new (variable.name, variable.layout.n_dimensions, variable.layout.shape);
  array = pisd_array_new (variable.name, 0, NULL);
  array->unreadable = g_strdup (reason->message);
  return array;
}

GPtrArray *
pisd_mat_list (PisdInput *input, GError **error)
{
  g_autoptr (GPtrArray) arrays = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_array_free);
  g_autoptr (GError) reason = NULL;
  gboolean is_swapped;
  Place place = { 0 };

  if (!find_swapped (input, &is_swapped, error))
    return NULL;
  for (guint64 at = HEADER_SIZE; find_place (input, is_swapped, at, &place, &reason);
       at = place.at + place.tag.size)
    {
      PisdArray *array;

      if (arrays->len == MAX_LISTED)
        pisd_error_fail (&reason, PISD_ERROR_LIMIT,
                         _ ("got more than %d arrays, expected at most %d"), MAX_LISTED,
                         MAX_LISTED);
      array = reason == NULL ? describe_place (input, is_swapped, &place, &reason) : NULL;
      if (array == NULL)
        break;
      g_ptr_array_add (arrays, array);
    }
  if (reason == NULL)
    return g_steal_pointer (&arrays);
  g_propagate_error (error, g_steal_pointer (&reason));
  return NULL;
}

static gboolean
find_listed (PisdInput *input, gboolean is_swapped, guint number, Place *place, GError **error)
{
  g_autoptr (GError) reason = NULL;

  for (guint k = 0; k <= number; k++)
    if (!find_place (input, is_swapped, place->at + place->tag.size, place, &reason))
      {
        if (reason == NULL)
          return pisd_error_fail (error, PISD_ERROR_FORMAT,
                                  _ ("got %u arrays, expected more than %u"), k, number);
        g_propagate_error (error, g_steal_pointer (&reason));
        return FALSE;
      }
  return TRUE;
}

gboolean
pisd_mat_read_slice (PisdInput *input,
                     const PisdArray *listed,
                     guint number,
                     const PisdSlice *slice,
                     double *out,
                     GError **error)
{
  g_autoptr (PisdStream) stream = NULL;
  g_auto (Variable) variable = { 0 };
  gboolean is_swapped;
  Reader reader;
  Place place = { .at = HEADER_SIZE };

  if (!find_swapped (input, &is_swapped, error))
    return FALSE;
  if (!find_listed (input, is_swapped, number, &place, error))
    return FALSE;
  stream = open_place (input, is_swapped, &place, error);
  if (stream == NULL)
    return FALSE;
  reader = (Reader){ stream, is_swapped };
  if (!read_variable (&reader, &variable, error) || !check_kind (&variable, error)
      || !read_storage (&reader, &variable, error))
    return FALSE;
  if (variable.is_small)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("data: got a few bytes, expected a field"));
  return pisd_slice_check_again (slice, listed, variable.layout.n_dimensions, variable.layout.shape,
                                 error)
         && pisd_slice_read (slice, &variable.layout,
                             &(PisdSliceSource){ pisd_stream_read, pisd_stream_skip, stream }, out,
                             error);
}
