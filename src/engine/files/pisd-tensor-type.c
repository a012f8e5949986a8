#include "pisd-tensor-type.h"

#include <string.h>

#include "pisd-half.h"

static float
load_f32 (const void *bytes)
{
  guint32 bits;
  float value;

  memcpy (&bits, bytes, sizeof bits);
  bits = GUINT32_FROM_LE (bits);
  memcpy (&value, &bits, sizeof value);
  return value;
}

static guint16
load_16 (const void *bytes)
{
  guint16 bits;

  memcpy (&bits, bytes, sizeof bits);
  return GUINT16_FROM_LE (bits);
}

static float
load_f16 (const void *bytes)
{
  return pisd_half_to_float (load_16 (bytes));
}

static float
load_bf16 (const void *bytes)
{
  return pisd_half_brain_to_float (load_16 (bytes));
}

static const PisdTensorType types[] = {
  { "F32", 4, load_f32 }, { "F16", 2, load_f16 }, { "BF16", 2, load_bf16 }, { "F64", 8, NULL },
  { "I64", 8, NULL },     { "U64", 8, NULL },     { "I32", 4, NULL },       { "U32", 4, NULL },
  { "I16", 2, NULL },     { "U16", 2, NULL },     { "I8", 1, NULL },        { "U8", 1, NULL },
  { "F8_E4M3", 1, NULL }, { "F8_E5M2", 1, NULL }, { "BOOL", 1, NULL },
};

const PisdTensorType *
pisd_tensor_type_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].name, name))
      return &types[i];
  return NULL;
}
