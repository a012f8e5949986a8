#include <string.h>

#include "pisd-element-type.h"

static const float f4 = -2.5f;
static const double f8 = 1e-300;
static const gint32 i4 = G_MININT32;
static const gint64 i8 = -(G_GINT64_CONSTANT (1) << 52);
static const gint8 i1 = -3;
static const gint16 i2 = -300;
static const guint16 u2 = 65535;
static const guint32 u4 = 4000000000u;
static const guint64 u8 = G_GUINT64_CONSTANT (1) << 60;
static const guint8 u1 = 255, b1 = 2;

static const struct
{
  const char *code, *name;
  const void *bytes;
  guint size;
  double value;
} rows[] = {
  { "f4", "float32", &f4, 4, -2.5 },  { "f8", "float64", &f8, 8, 1e-300 },
  { "i4", "int32", &i4, 4, -0x1p31 }, { "i8", "int64", &i8, 8, -0x1p52 },
  { "i1", "int8", &i1, 1, -3 },       { "i2", "int16", &i2, 2, -300 },
  { "u2", "uint16", &u2, 2, 65535 },  { "u4", "uint32", &u4, 4, 4e9 },
  { "u8", "uint64", &u8, 8, 0x1p60 }, { "u1", "uint8", &u1, 1, 255 },
  { "b1", "bool", &b1, 1, 1 },
};

/* A code with any order or none, and the name alone, stand for one type. */
static void
test_find (void)
{
  static const char *const orders[] = { "", "<", ">", "=", "|" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PisdElementType *type = pisd_element_type_find (rows[i].name);

      g_assert_nonnull (type);
      for (guint k = 0; k < G_N_ELEMENTS (orders); k++)
        {
          g_autofree char *descr = g_strconcat (orders[k], rows[i].code, NULL);

          g_assert_true (pisd_element_type_find (descr) == type);
        }
    }
}

static void
test_strangers (void)
{
  static const char *const descrs[] = { "",    "<",     "f",        "f88",  "<float64",
                                        "<c8", "float", "float64 ", "<<f8", "*f8" };

  for (guint i = 0; i < G_N_ELEMENTS (descrs); i++)
    g_assert_null (pisd_element_type_find (descrs[i]));
}

static void
test_load (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const PisdElementType *type = pisd_element_type_find (rows[i].code);

      g_assert_cmpuint (type->size, ==, rows[i].size);
      g_assert_cmpfloat (type->load (rows[i].bytes), ==, rows[i].value);
    }
}

/* The same bytes the other way round, which they are told of. */
static void
test_swapped (void)
{
  const PisdElementType *type = pisd_element_type_find ("i2");
  const guint16 turned = GUINT16_SWAP_LE_BE ((guint16) i2);

  g_assert_cmpfloat (pisd_element_type_load (type, TRUE, (const guint8 *) &turned), ==, i2);
  g_assert_cmpfloat (pisd_element_type_load (type, FALSE, (const guint8 *) &i2), ==, i2);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/files/element-type/find", test_find);
  g_test_add_func ("/files/element-type/strangers", test_strangers);
  g_test_add_func ("/files/element-type/load", test_load);
  g_test_add_func ("/files/element-type/swapped", test_swapped);
  return g_test_run ();
}
