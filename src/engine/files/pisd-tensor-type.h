/* The kinds of numbers in safetensors files, of which this program reads some.
 *
 * Source  the format's description at huggingface/safetensors */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *name;                  /* "F16" */
  guint size;                        /* bytes of one */
  float (*load) (const void *bytes); /* little-endian; NULL: not read here */
} PisdTensorType;

/* NULL: the format has none of that name. */
const PisdTensorType *pisd_tensor_type_find (const char *name);

G_END_DECLS
