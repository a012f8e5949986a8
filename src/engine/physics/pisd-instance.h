/* A truth: the true fields of an equation, which sensors read and errors are measured against.
 *
 * Shapes:  fields [n_frames, PISD_GRID, PISD_GRID].
 * Threads: immutable after it is made, counted references, safe to share. */
#pragma once

#include "pisd-input.h"
#include "pisd-operator.h"
#include "pisd-reading.h"

G_BEGIN_DECLS

typedef struct _PisdInstance PisdInstance;

/* A random source of that family and its exact solution.
 * Errors: as pisd_equation_check() says; PISD_ERROR_UNKNOWN where the equation has no such
 *         family. */
PisdInstance *pisd_instance_new_random (const PisdEquation *equation,
                                        PisdFamily family,
                                        guint64 seed,
                                        GError **error);
/* The same of another law than the benchmark's, in a stream of random numbers of its own: a
 * Gaussian random field, of an equation whose field 0 has laws.  The benchmark's law makes the
 * benchmark's instance.
 * Errors: as above; PISD_ERROR_UNKNOWN where the equation has no laws. */
PisdInstance *pisd_instance_new_random_law (const PisdEquation *equation,
                                            const PisdLaw *law,
                                            guint64 seed,
                                            GError **error);
/* A given source (copied, the equation's boundary rule applied) and its exact solution.
 * Errors: as pisd_equation_check() says; PISD_ERROR_NUMERIC; as the row's check_source() says;
 *         PISD_ERROR_CANCELLED. */
PisdInstance *pisd_instance_new_from_source (const PisdEquation *equation,
                                             const PisdField *source,
                                             PisdCancel *cancel,
                                             GError **error);
/* One that the former has made, from its field 0 as it is now, [PISD_GRID, PISD_GRID]: the same
 * bits.  lost_mean: what pisd_instance_get_lost_mean() said of it. */
PisdInstance *pisd_instance_new_again (const PisdEquation *equation,
                                       const double *values,
                                       double lost_mean);
/* The values of all fields as they stand, [n_frames of all, PISD_GRID, PISD_GRID].
 * Errors: as pisd_equation_check() says; PISD_ERROR_NUMERIC; as the row's check_source() says. */
PisdInstance *pisd_instance_new_from_values (const PisdEquation *equation,
                                             const double *values,
                                             GError **error);
/* The arrays of an NPZ file that are named like the fields, or the one of all of them, as they
 * stand.  Where fields are frames of one whole also the first and the last, "w0" and "w9", or the
 * first alone: then the equation is solved from it, and the last one is compared.
 * Errors: PISD_ERROR_IO, FORMAT, SHAPE, RANGE, each naming the file; PISD_ERROR_CANCELLED as the
 *         input says. */
PisdInstance *pisd_instance_new_from_npz (const PisdEquation *equation,
                                          PisdInput *input,
                                          GError **error);
/* Any file with arrays: what this program writes as above, of others what the equation says that
 * they are, or what was wished for (wish: NULL: nothing).
 * Errors: as above, and those of pisd-reading.h. */
PisdInstance *pisd_instance_new_from_file (const PisdEquation *equation,
                                           PisdInput *input,
                                           const PisdReadingWish *wish,
                                           GError **error);
/* That reading of it. */
PisdInstance *pisd_instance_new_from_reading (const PisdEquation *equation,
                                              PisdArrays *arrays,
                                              const PisdReading *reading,
                                              GError **error);
/* Whether an array has the shape of so many frames: one has no axis of its own for them. */
gboolean pisd_instance_npz_has_frames (const PisdArray *array, guint n_frames);
/* Whether the arrays are those of an NPZ file that pisd_instance_new_from_npz() reads; is_named
 * (out): whether at least their names are. */
gboolean pisd_instance_npz_is_own (const PisdEquation *equation,
                                   const PisdArrays *arrays,
                                   gboolean *is_named);
PisdInstance *pisd_instance_ref (PisdInstance *instance);
void pisd_instance_unref (PisdInstance *instance); /* NULL is fine */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdInstance, pisd_instance_unref)

const PisdEquation *pisd_instance_get_equation (const PisdInstance *instance);
/* Borrowed; NULL if the equation has no such field. */
const PisdField *pisd_instance_get_field (const PisdInstance *instance, PisdFieldId field);
/* All of them, in the equation's order; borrowed, not to be changed. */
PisdField *const *pisd_instance_get_fields (const PisdInstance *instance);
/* Whether pisd_instance_new_random() made it, and of what: it makes the same again. */
gboolean pisd_instance_is_random (const PisdInstance *instance, PisdFamily *family, guint64 *seed);
/* Whether pisd_instance_new_from_source() made it. */
gboolean pisd_instance_is_solved (const PisdInstance *instance);
/* The law of a random one; of no meaning for others. */
const PisdLaw *pisd_instance_get_law (const PisdInstance *instance);
/* How far the last frame of the file that it was read from is from the flow that its first frame
 * begins, relative; NaN: there was nothing to compare.  And whether the two agree where both are
 * transposed. */
double pisd_instance_get_mismatch (const PisdInstance *instance);
gboolean pisd_instance_looks_transposed (const PisdInstance *instance);
/* The largest mean that was taken away from a frame of what it was made from, because fields of the
 * equation have none; 0: none. */
double pisd_instance_get_lost_mean (const PisdInstance *instance);
/* How somebody else's file was read; NULL: it was none. */
const PisdReading *pisd_instance_get_reading (const PisdInstance *instance);
/* Same fields, bit for bit, of the same problem. */
gboolean pisd_instance_equal (const PisdInstance *a, const PisdInstance *b);
/* Writes the fields, atomically, as NPZ or in the format that the name asks for: see
 * pisd-npz-writer.h. */
gboolean pisd_instance_save_npz (const PisdInstance *instance, const char *path, GError **error);

G_END_DECLS
