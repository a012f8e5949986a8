/* How good a network is, mode by mode and noise level by noise level, and what follows from it.
 *
 *   gain    g = E [F t] / E [F^2], between 0 and 1: by that much the network's output F is to be
 *           believed where t = (z - D_linear) / c_out is what it should have been
 *   ratio   E [(g F - t)^2] / E [t^2], at most about 1: mean squared error of
 *           D_linear + c_out g F over that of the linear denoiser
 *
 * Between levels both are linear in the logarithm of the level, beyond the ends those of the ends.
 *
 * Shapes:  [n_labels + 1, n_levels, n_frames, side, side], indices ky, kx.
 * File:    tensors `error.gain` and `error.ratio` and the metadata's `error_levels`, of a network's
 *          weights.
 * Errors:  PISD_ERROR_FORMAT, SHAPE, RANGE, NUMERIC: where, got, expected.
 * Threads: immutable once it is filled.
 * Source:  src/DESIGN.md, "The learned prior". */
#pragma once

#include "pisd-network.h"
#include "pisd-safetensors-writer.h"
#include "pisd-safetensors.h"

G_BEGIN_DECLS

typedef struct
{
  guint n_labels, n_levels, n_frames, side; /* n_labels: "any" included */
  double *levels;                           /* [n_levels] ascending */
  float *gain, *ratio;
} PisdErrorTable;

/* Of a network's shape; all gains and ratios 1.  levels: copied. */
PisdErrorTable *pisd_error_table_new (const PisdNetworkShape *shape,
                                      guint n_levels,
                                      const double *levels);
PisdErrorTable *pisd_error_table_dup (const PisdErrorTable *table); /* NULL of NULL */
void pisd_error_table_free (PisdErrorTable *table);                 /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdErrorTable, pisd_error_table_free)

/* Numbers of one label at one level. */
gsize pisd_error_table_count_modes (const PisdErrorTable *table);

/* At any noise level; out: [n_frames, side, side]. */
void pisd_error_table_get_gain (const PisdErrorTable *table,
                                guint label,
                                double sigma,
                                double *out);
void pisd_error_table_get_ratio (const PisdErrorTable *table,
                                 guint label,
                                 double sigma,
                                 double *out);

/* How many tensors of such a table a file has, by its metadata. */
guint pisd_error_table_count_tensors (const PisdSafetensors *file);
/* `name`: of the file.  NULL without an error where the file has none. */
PisdErrorTable *pisd_error_table_load (const PisdSafetensors *file,
                                       const char *name,
                                       const PisdNetworkShape *shape,
                                       GError **error);
void pisd_error_table_write (const PisdErrorTable *table, PisdSafetensorsWriter *writer);
/* Whether a key of the metadata is the table's. */
gboolean pisd_error_table_has_key (const char *key);

G_END_DECLS
