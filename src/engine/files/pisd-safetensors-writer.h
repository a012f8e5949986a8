/* Writing of safetensors files: tensors and texts are gathered, then saved as one file.
 * The same content gives the same bytes.
 *
 * Written  F32 and F16 (rounded to nearest, ties to even), little-endian, in the order in which
 *          they were added; a header whose length is a multiple of 8, so that the data are aligned;
 *          PISD_SAFETENSORS_HASH in the metadata
 * Errors   PISD_ERROR_IO; PISD_ERROR_NUMERIC for a number that is none, or none as F16
 * Threads  one at a time */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdSafetensorsWriter PisdSafetensorsWriter;

typedef enum
{
  PISD_TENSOR_F32,
  PISD_TENSOR_F16
} PisdTensorFormat;

PisdSafetensorsWriter *pisd_safetensors_writer_new (void);
void pisd_safetensors_writer_free (PisdSafetensorsWriter *writer); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdSafetensorsWriter, pisd_safetensors_writer_free)

/* A key once. */
void pisd_safetensors_writer_describe (PisdSafetensorsWriter *writer,
                                       const char *key,
                                       const char *text);
/* A whole number as its text, all digits of it. */
void pisd_safetensors_writer_describe_count (PisdSafetensorsWriter *writer,
                                             const char *key,
                                             guint64 value);
/* A name once; `data` ([shape]) is copied.  F32 before F16, so that all are aligned. */
void pisd_safetensors_writer_add (PisdSafetensorsWriter *writer,
                                  const char *name,
                                  PisdTensorFormat format,
                                  guint n_dimensions,
                                  const gsize *shape,
                                  const float *data);
/* The file's bytes; the writer is used up. */
GBytes *pisd_safetensors_writer_format (PisdSafetensorsWriter *writer, GError **error);
/* The same into a file, whole or not at all. */
gboolean pisd_safetensors_writer_save (PisdSafetensorsWriter *writer,
                                       const char *path,
                                       GError **error);

G_END_DECLS
