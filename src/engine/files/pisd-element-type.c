#include "pisd-element-type.h"

#include <string.h>

/* Reads one element whose bytes are in the machine's order. */
#define LOADER(name, type)                      \
  static double load_##name (const void *bytes) \
  {                                             \
    type value;                                 \
                                                \
    memcpy (&value, bytes, sizeof value);       \
    return (double) value;                      \
  }

LOADER (f4, float)
LOADER (f8, double)
LOADER (i1, gint8)
LOADER (i2, gint16)
LOADER (i4, gint32)
LOADER (i8, gint64)
LOADER (u1, guint8)
LOADER (u2, guint16)
LOADER (u4, guint32)
LOADER (u8, guint64)

static double
load_b1 (const void *bytes)
{
  return *(const guint8 *) bytes != 0;
}

static const PisdElementType element_types[] = {
  { "f4", "float32", 4, load_f4 }, { "f8", "float64", 8, load_f8 }, { "i1", "int8", 1, load_i1 },
  { "i2", "int16", 2, load_i2 },   { "i4", "int32", 4, load_i4 },   { "i8", "int64", 8, load_i8 },
  { "u1", "uint8", 1, load_u1 },   { "u2", "uint16", 2, load_u2 },  { "u4", "uint32", 4, load_u4 },
  { "u8", "uint64", 8, load_u8 },  { "b1", "bool", 1, load_b1 },
};

const PisdElementType *
pisd_element_type_find (const char *descr)
{
  gboolean has_order;
  const char *code;

  g_return_val_if_fail (descr != NULL, NULL);

  has_order = descr[0] != '\0' && strchr ("<>=|", descr[0]) != NULL;
  code = has_order ? descr + 1 : descr;
  for (guint i = 0; i < G_N_ELEMENTS (element_types); i++)
    {
      const PisdElementType *type = &element_types[i];

      if (g_str_equal (type->code, code) || (!has_order && g_str_equal (type->name, code)))
        return type;
    }
  return NULL;
}

double
pisd_element_type_load (const PisdElementType *type, gboolean is_swapped, const guint8 *bytes)
{
  guint8 turned[sizeof (double)];

  if (!is_swapped)
    return type->load (bytes);
  for (guint i = 0; i < type->size; i++)
    turned[i] = bytes[type->size - 1 - i];
  return type->load (turned);
}
