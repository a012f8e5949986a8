/* Reading of the public safetensors format: named arrays of numbers, and texts about them.
 *
 * Layout   8 bytes, the header's length (little-endian); a header in JSON, an object whose members
 *          are "__metadata__", an object of strings, and one object a tensor with dtype, shape
 *          and data_offsets [begin, end), counted from the header's end; the data, row-major,
 *          little-endian, which the tensors fill without holes
 * Read     F32, F16 and BF16 as floats; tensors of other types are listed
 * Refused  whatever breaks these rules: nothing is guessed; NaN and infinity where numbers are read
 * Hash     where the metadata has PISD_SAFETENSORS_HASH, the data's SHA-256, it must be true
 * Errors   PISD_ERROR_IO, FORMAT, LIMIT, SHAPE, NUMERIC: file, where, got, expected
 * Threads  immutable
 * Source   the format's description at huggingface/safetensors */
#pragma once

#include "pisd-input.h"
#include "pisd-tensor-type.h"

G_BEGIN_DECLS

#define PISD_TENSOR_MAX_DIMENSIONS 8
/* More than that is refused: bytes of the file and of its header, tensors, keys of the metadata. */
#define PISD_SAFETENSORS_MAX_SIZE (1024 * 1024 * 1024)
#define PISD_SAFETENSORS_MAX_HEADER (4 * 1024 * 1024)
#define PISD_SAFETENSORS_MAX_TENSORS 4096
#define PISD_SAFETENSORS_MAX_KEYS 1024
/* Key of the metadata: 64 hexadecimal digits. */
#define PISD_SAFETENSORS_HASH "data_sha256"

typedef struct
{
  char *name;
  const PisdTensorType *type;
  guint n_dimensions; /* 0: a scalar */
  gsize shape[PISD_TENSOR_MAX_DIMENSIONS];
  gsize n;          /* elements */
  gsize begin, end; /* bytes, from the beginning of the data */
} PisdTensor;

typedef struct _PisdSafetensors PisdSafetensors;

/* Reads the whole file and checks all but the numbers. */
PisdSafetensors *pisd_safetensors_read_from (PisdInput *input, GError **error);
void pisd_safetensors_free (PisdSafetensors *safetensors); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSafetensors, pisd_safetensors_free)

/* Whether it looks like one: eight bytes of which the last ones are 0, then "{". */
gboolean pisd_safetensors_recognise (PisdInput *input);

/* In the order of their data. */
guint pisd_safetensors_get_n_tensors (const PisdSafetensors *safetensors);
const PisdTensor *pisd_safetensors_get_tensor (const PisdSafetensors *safetensors, guint i);
/* "64x2x3x3", "scalar" */
char *pisd_tensor_dup_shape (const PisdTensor *tensor);

/* The keys in the file's order, NULL-terminated; borrowed. */
const char *const *pisd_safetensors_get_keys (const PisdSafetensors *safetensors);
/* NULL: the metadata has no such key. */
const char *pisd_safetensors_get_metadata (const PisdSafetensors *safetensors, const char *key);

/* Whether there is a tensor of that name and shape whose numbers can be read: to be asked before
 * room is made for them, as a file may claim any shape elsewhere. */
gboolean pisd_safetensors_check (const PisdSafetensors *safetensors,
                                 const char *name,
                                 guint n_dimensions,
                                 const gsize *shape,
                                 GError **error);
/* The numbers of the tensor of that name, which must have that shape, as floats.  out: [shape],
 * untouched where it fails. */
gboolean pisd_safetensors_load (const PisdSafetensors *safetensors,
                                const char *name,
                                guint n_dimensions,
                                const gsize *shape,
                                float *out,
                                GError **error);

G_END_DECLS
