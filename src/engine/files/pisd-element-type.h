/* The kinds of numbers in NumPy's arrays that this program reads, each turned into a double.
 *
 * Source  numpy.dtype's one-letter codes and names
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For a message. */
#define PISD_ELEMENT_TYPE_LIST "float32, float64, int8 to int64, uint8 to uint64 or bool"

typedef struct
{
  const char *code;                   /* as in descr, after the byte order */
  const char *name;                   /* NumPy's, which may stand there instead */
  guint size;                         /* bytes */
  double (*load) (const void *bytes); /* one element, its bytes in the machine's order */
} PisdElementType;

/* The type that a header's descr names: a byte order (<, >, = or |) and a code, or a code or name
 * alone.  NULL if it is none of ours. */
const PisdElementType *pisd_element_type_find (const char *descr);
/* One element, in the machine's order or the other one. */
double pisd_element_type_load (const PisdElementType *type,
                               gboolean is_swapped,
                               const guint8 *bytes);

G_END_DECLS
