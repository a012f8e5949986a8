/* A true pair of fields: what the sensors read and errors are measured against.  Immutable after
 * it is made, counted references, safe to share between threads. */
#pragma once

#include "pisd-field.h"
#include "pisd-grf.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

typedef struct _PisdInstance PisdInstance;

/* A random source of that family and its exact solution.  Errors: PISD_ERROR_RESONANCE. */
PisdInstance *pisd_instance_new_random (PisdProblemId problem,
                                        double wavenumber,
                                        PisdFamily family,
                                        guint64 seed,
                                        GError **error);
/* A given source [PISD_GRID, PISD_GRID] (copied, its boundary zeroed where the problem says so) and
 * its exact solution.  Errors: PISD_ERROR_RESONANCE, PISD_ERROR_NUMERIC. */
PisdInstance *pisd_instance_new_from_source (PisdProblemId problem,
                                             double wavenumber,
                                             const PisdField *source,
                                             GError **error);
/* Arrays `a` and `u` of an NPZ file, as they stand.  Errors: PISD_ERROR_IO, FORMAT, SHAPE, RANGE,
 * each naming the file. */
PisdInstance *pisd_instance_new_from_npz (PisdProblemId problem,
                                          double wavenumber,
                                          const char *path,
                                          GError **error);
PisdInstance *pisd_instance_ref (PisdInstance *instance);
void pisd_instance_unref (PisdInstance *instance); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInstance, pisd_instance_unref)

PisdProblemId pisd_instance_get_problem (const PisdInstance *instance);
double pisd_instance_get_wavenumber (const PisdInstance *instance);
/* Borrowed; NULL if the problem has no such field. */
const PisdField *pisd_instance_get_field (const PisdInstance *instance, PisdFieldId field);
/* Writes the fields as NPZ, atomically. */
gboolean pisd_instance_save_npz (const PisdInstance *instance, const char *path, GError **error);

G_END_DECLS
