/* What a model in another process is told first: which equation, what a latent is, and what the
 * Gaussian prior of the settings is, as the payload of a HELLO frame.
 *
 * The payload is the length of a text (4 bytes) and 4 zeros, the text (JSON, with spaces up to a
 * multiple of 8) and tables of doubles in the order in which the text lists them, little-endian:
 *   modes    [n, 5]    field, frame, ky, kx and scale of each entry of a latent
 *   ratio    [n_0]     standard deviations of field 0's entries under the Gaussian prior
 *   overlap, inverse   of linear equations, whose latents hold both fields: what
 *                      pisd_representation_fill_solve_parts() fills
 *   mean, class, covariance
 *                      of other equations, whose latents hold all frames: what
 *                      pisd_frames_prior_fill_tables() fills
 *
 * Source: tools/pisd-bridge/PROTOCOL.md. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-representation.h"

G_BEGIN_DECLS

/* Frames have a prior that takes a second of one core.  n_threads as in pisd_parallel().
 * Errors: those of pisd_frames_prior_new(). */
GBytes *pisd_socket_hello_new (const PisdRepresentation *representation,
                               guint n_threads,
                               PisdCancel *cancel,
                               GError **error);
/* The same without the prior of frames, which all else in it determines. */
GBytes *pisd_socket_hello_new_brief (const PisdRepresentation *representation);

G_END_DECLS
