#include "pisd-element-type.h"

#include <string.h>

/* Each reads one element whose bytes are in the machine's order. */
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

static const PisdElementType element_types[] = {
  { "f4", "float32", 4, load_f4 }, { "f8", "float64", 8, load_f8 }, { "i4", "int32", 4, load_i4 },
  { "i8", "int64", 8, load_i8 },   { "u1", "uint8", 1, load_u1 },   { "b1", "bool", 1, load_b1 },
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
