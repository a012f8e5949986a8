/* A trained network in a file: its parameters, what it is for, and how it was made.
 *
 * File     safetensors, F16 (F32 is read too), one tensor of the network's own name each, and an
 *          error table where its errors were measured; metadata: those of PISD_WEIGHTS_FORMAT,
 *          problem, space, modes, families and the network's shape, and whatever else was described
 * Refused  wrong shapes and types, missing and unknown tensors, NaN, a hash that is wrong or
 *          missing, a version from the future, and, by pisd_weights_check(), another problem's
 * Errors   PISD_ERROR_FORMAT, SHAPE, RANGE, NUMERIC: file, where, got, expected
 * Threads  immutable once it is read */
#pragma once

#include "pisd-error-table.h"
#include "pisd-input.h"
#include "pisd-network.h"
#include "pisd-safetensors-writer.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

#define PISD_WEIGHTS_FORMAT "pisd-weights"
#define PISD_WEIGHTS_VERSION 1

typedef struct
{
  PisdNetworkShape shape;
  float *parameters;      /* [pisd_network_get_n_parameters (shape)] */
  char *problem;          /* as the setting of that name */
  char *space;            /* as the setting of that name */
  guint modes;            /* K */
  GStrv families;         /* [n_labels] by label */
  PisdErrorTable *errors; /* NULL: not measured */

  /*< private >*/
  GPtrArray *keys, *texts; /* of what else was described */
} PisdWeights;

/* For settings' problem, space and modes; parameters zero.  families: NULL-terminated, copied. */
PisdWeights *pisd_weights_new (const PisdNetworkShape *shape,
                               const PisdSettings *settings,
                               const char *const *families);
void pisd_weights_free (PisdWeights *weights); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdWeights, pisd_weights_free)

PisdWeights *pisd_weights_load_from (PisdInput *input, GError **error);
/* Whether they are for these settings' problem, or one that shares its latents, for their space and
 * modes.  `name`: of the file. */
gboolean pisd_weights_check (const PisdWeights *weights,
                             const char *name,
                             const PisdSettings *settings,
                             GError **error);

/* What the file says of how they were made; a key again says something else. */
void pisd_weights_describe (PisdWeights *weights, const char *key, const char *text);
/* Metadata, of that format's name, and tensors. */
void pisd_weights_write (const PisdWeights *weights,
                         const char *format,
                         PisdTensorFormat type,
                         PisdSafetensorsWriter *writer);
/* As F16, atomically. */
gboolean pisd_weights_save (const PisdWeights *weights, const char *path, GError **error);

G_END_DECLS
