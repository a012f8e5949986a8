/* The scaled spectral representation of an equation's fields: which modes are kept, how they are
 * scaled, and how a latent vector becomes fields again.
 *
 * A latent z is the concatenation of the fields' packed, scaled coefficients: coefficient =
 * scale * z, with the scales of a normaliser.  The frames of a field follow one another, each with
 * the same modes.
 *
 * In the joint space a latent holds the modes of every field.  In the decoupled space it holds
 * those of field 0 alone and the others are its solution: pisd_representation_expand() gives the
 * joint latent that stands for it, up to the modes beyond the kept ones, which
 * pisd_representation_decode() does include.  That solution is exact where the equation is linear,
 * and by the solver's quick way where it is not; results come from the exact one.
 *
 * Threads: the object is immutable but for its scratch space: one a thread.
 * Source:  arXiv 2602.09708, scaled spectral coefficients; src/DESIGN.md, "Spaces". */
#pragma once

#include "pisd-field.h"
#include "pisd-normaliser.h"
#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct _PisdRepresentation PisdRepresentation;

/* Reads equation, space, the Gaussian prior, noise_sd, mode_set and modes of the settings; scales
 * of the Gaussian prior, which are simulated in some 60 ms for the joint space of an equation that
 * is not linear.
 * Errors: PISD_ERROR_RANGE, RESONANCE. */
PisdRepresentation *pisd_representation_new (const PisdSettings *settings, GError **error);
/* The same with scales that are there already (kept by reference): those of another representation,
 * for another thread, or what another prior brings, as a network does.  Whether there is a mode for
 * the mean is said by their prior.  Their lengths must fit.
 * Errors: PISD_ERROR_RANGE, RESONANCE, SHAPE. */
PisdRepresentation *pisd_representation_new_scaled (const PisdSettings *settings,
                                                    PisdNormaliser *normaliser,
                                                    GError **error);
void pisd_representation_free (PisdRepresentation *representation); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdRepresentation, pisd_representation_free)

const PisdEquation *pisd_representation_get_equation (const PisdRepresentation *representation);
/* Its scales; borrowed. */
PisdNormaliser *pisd_representation_get_normaliser (const PisdRepresentation *representation);
/* The settings' Gaussian prior of field 0, which is that of the scales where these are its own. */
const PisdSourcePrior *pisd_representation_get_prior (const PisdRepresentation *representation);
/* Noise that every reading may have beside its sensor's own: what looks at readings adds it. */
double pisd_representation_get_noise_sd (const PisdRepresentation *representation);
/* Standard deviations of the latent's modes of field 0 under that prior: exactly 1 where the scales
 * are its own.  ratio: [modes of field 0]. */
void pisd_representation_fill_ratio (const PisdRepresentation *representation, double *ratio);
/* Whether the equation is: the functions at the end are for linear ones. */
gboolean pisd_representation_is_linear (const PisdRepresentation *representation);
PisdSpace pisd_representation_get_space (const PisdRepresentation *representation);
/* Length of a latent vector ... */
gsize pisd_representation_get_n (const PisdRepresentation *representation);
/* ... and of the joint latent, the same in the joint space. */
gsize pisd_representation_get_n_joint (const PisdRepresentation *representation);
/* Fields whose modes a latent holds: all, or the source alone. */
guint pisd_representation_get_n_parts (const PisdRepresentation *representation);
/* Where a field (index in the problem's table) starts in the latent, and how many modes all its
 * frames have. */
gsize pisd_representation_get_offset (const PisdRepresentation *representation,
                                      guint field,
                                      gsize *n);
/* Modes of one frame of a field; borrowed. */
const PisdModes *pisd_representation_get_modes (const PisdRepresentation *representation,
                                                guint field);
/* The basis of a field's modes. */
PisdBasis pisd_representation_get_basis (const PisdRepresentation *representation, guint field);
/* Standard deviations of a field's coefficients, [n_frames, modes]: coefficient = scale * z. */
const double *pisd_representation_get_scale (const PisdRepresentation *representation, guint field);
/* Variance at a node, averaged over nodes and frames, of what the kept modes of a field hold ... */
double pisd_representation_get_kept_variance (const PisdRepresentation *representation,
                                              guint field);
/* ... and of what the kept modes of a field leave out (grf prior). */
double pisd_representation_get_tail_variance (const PisdRepresentation *representation,
                                              guint field);

/* z: [n] latent; out: in the field's shape, the physical field with the problem's boundary rule. */
void pisd_representation_decode (PisdRepresentation *representation,
                                 const double *z,
                                 guint field,
                                 PisdField *out);
/* The same from the float coefficients that frames keep. */
void pisd_representation_decode_float (PisdRepresentation *representation,
                                       const float *z,
                                       guint field,
                                       PisdField *out);
/* The scaled kept coefficients of a gridded field into its part of the latent z: [n]. */
void pisd_representation_encode (PisdRepresentation *representation,
                                 const PisdField *f,
                                 guint field,
                                 double *z);

/* The joint latent of a latent z; a copy in the joint space.  joint: [n_joint]. */
void pisd_representation_expand (PisdRepresentation *representation,
                                 const double *z,
                                 double *joint);
/* The transpose of its derivative at the newest latent that was expanded, if nothing was decoded
 * since. */
void pisd_representation_expand_adjoint (PisdRepresentation *representation,
                                         const double *joint,
                                         double *z);

/* grid = synthesis of weight * scale * z_field, frame by frame; weight: [n_frames, modes] or NULL
 * for ones.  z_field: that field's part of a latent. */
void pisd_representation_synthesize (PisdRepresentation *representation,
                                     guint field,
                                     const double *z_field,
                                     const double *weight,
                                     double *grid);
/* The adjoint: z_field = weight * scale * analysis of grid. */
void pisd_representation_analyze (PisdRepresentation *representation,
                                  guint field,
                                  const double *grid,
                                  const double *weight,
                                  double *z_field);

/* Linear equations only, from here on.
 *
 * The equation as a map R of latents, z_u = R z_a, unscaled modes by the exact solver; and its
 * transpose.  Parity splits it: R[i, j] = 0 unless both modes have the same parity on both axes. */
void pisd_representation_solve (PisdRepresentation *representation, const double *z_a, double *z_u);
void pisd_representation_solve_adjoint (PisdRepresentation *representation,
                                        const double *z_u,
                                        double *z_a);
double pisd_representation_get_solve_entry (const PisdRepresentation *representation,
                                            guint u_index,
                                            guint a_index);
/* What it is made of: R[i, j] = inverse[i] T[ky_i, ky_j] T[kx_i, kx_j] s_a[j] / s_u[i] with the
 * scales s.
 * Shapes: overlap: T, [box of the solution's modes, box of the source's]; inverse: [modes of the
 *         solution]. */
void pisd_representation_fill_solve_parts (const PisdRepresentation *representation,
                                           double *overlap,
                                           double *inverse);

G_END_DECLS
