/* Which kind of file it is: the one recogniser of every command and the window.
 *
 * Content decides, whatever the name ends in; only where it says nothing, as in an empty file, the
 * ending tells what the file was meant to be, so that its reader can say what is wrong.
 */
#pragma once

#include "pisd-input.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_FILE_KIND_FIELDS,   /* arrays: NPZ, NumPy, MATLAB, HDF5 */
  PISD_FILE_KIND_LESSON,   /* a text that begins with [lesson] */
  PISD_FILE_KIND_PICTURE,  /* a PNG that carries a set-up */
  PISD_FILE_KIND_SETUP,    /* a set-up as text */
  PISD_FILE_KIND_SCENARIO, /* a GKeyFile text */
  PISD_FILE_KIND_SENSORS,  /* a CSV table, or arrays of N numbers */
  PISD_FILE_KIND_WEIGHTS,  /* a safetensors file */
  PISD_N_FILE_KINDS
} PisdFileKind;

/* FALSE if it is none of them. */
gboolean pisd_file_kind_recognise (PisdInput *input, PisdFileKind *kind);
/* "*.npz", NULL-terminated: what the names of such files usually are; none: any name. */
const char *const *pisd_file_kind_get_patterns (PisdFileKind kind);

G_END_DECLS
