/* An immutable snapshot of one diffusion step: what the worker hands to whoever watches.
 *
 * Frame i of a run of N steps holds the state x at noise level sigma_i and the denoised estimate
 * D(x, sigma_i) that step i starts from; frame N holds the result (sigma 0, D = x).  Coefficients
 * are kept in single precision, 31 kB at 2 x 44 x 44; PisdResult keeps the result in double.
 *
 * Threads: immutable once published; counted references. */
#pragma once

#include "pisd-settings.h"

G_BEGIN_DECLS

typedef struct
{
  guint run_id;
  guint step;    /* 0 .. n_steps */
  guint n_steps; /* N */
  double sigma;
  gsize n;
  float *state;                /* [n] x */
  float *denoised;             /* [n] D(x, sigma) */
  double losses[PISD_N_TERMS]; /* at D, unweighted, in the method's own definition; NaN = no such
                                  term */
  double
      shares[PISD_N_TERMS]; /* of the weighted gradient: |zeta g_t| / sum |zeta g|, 0 without one */
  double errors[PISD_MAX_FIELDS]; /* relative L2 of the last frame of D against the truth, by field
                                     index; NaN = unknown */
  double frame_errors[PISD_MAX_FIELDS][PISD_MAX_FRAMES]; /* of every frame of a field */
  double residual; /* |residual of D| / |source of D|, with the Laplacian that the guidance
                      penalises */
  PisdGuidanceParameters
      parameters;              /* in force in the step that led here (frame 0: at the start) */
  gboolean parameters_changed; /* they differ from those of the step before */
  /* What became NaN or infinite here: NULL, or a static string naming the term ("state", "obs_a",
   * ...). */
  const char *broken;

  /*< private >*/
  gint ref_count;
  gpointer owner; /* frame whose arrays these are; NULL: they are its own */
} PisdFrame;

PisdFrame *pisd_frame_new (gsize n); /* arrays zero, numbers NaN or 0, one reference */
/* The same step as one of another run, which has it in common: it shares the arrays. */
PisdFrame *pisd_frame_new_shared (PisdFrame *frame, guint run_id);
/* Bytes of what is its own. */
gsize pisd_frame_get_bytes (const PisdFrame *frame);
PisdFrame *pisd_frame_ref (PisdFrame *frame);
void pisd_frame_unref (PisdFrame *frame); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFrame, pisd_frame_unref)

G_END_DECLS
