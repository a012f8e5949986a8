/* Dense networks in double precision: y = W_L f (... f (W_1 x + b_1) ...) + b_L, with one function
 * f between the layers and none after the last.
 *
 * Shapes:  points [n, width], one row a point; parameters packed, of each layer W [out, in] and
 *          then b [out].
 * Threads: a perceptron is constant: any; a pass belongs to one thread.
 * Source:  first values after Glorot and Bengio 2010: W uniform in +- sqrt (6 / (in + out)),
 *          b = 0. */
#pragma once

#include "pisd-activation.h"

G_BEGIN_DECLS

typedef struct _PisdPerceptron PisdPerceptron;

/* widths: [n_layers + 1], that of the input first (copied); none is 0. */
PisdPerceptron *pisd_perceptron_new (guint n_layers,
                                     const guint *widths,
                                     PisdActivation activation);
void pisd_perceptron_free (PisdPerceptron *perceptron); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPerceptron, pisd_perceptron_free)

/* Weights and biases of a network of these widths: [n_layers + 1]. */
gsize pisd_perceptron_count_parameters (guint n_layers, const guint *widths);
gsize pisd_perceptron_get_n_parameters (const PisdPerceptron *perceptron);
/* Where W of a layer begins among the parameters (and, for n_layers, where they end). */
gsize pisd_perceptron_get_offset (const PisdPerceptron *perceptron, guint layer);
/* First values: the address of weight i of a layer is (seed, PISD_STREAM_WEIGHTS, layer, i). */
void pisd_perceptron_fill (const PisdPerceptron *perceptron, guint64 seed, double *parameters);

/* One thread's workspace; no pass allocates. */
typedef struct _PisdPerceptronPass PisdPerceptronPass;

/* perceptron: borrowed; most: the largest number of points. */
PisdPerceptronPass *pisd_perceptron_pass_new (const PisdPerceptron *perceptron, gsize most);
void pisd_perceptron_pass_free (PisdPerceptronPass *pass); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdPerceptronPass, pisd_perceptron_pass_free)

/* output: [n, out]. */
void pisd_perceptron_pass_forward (PisdPerceptronPass *pass,
                                   const double *parameters,
                                   gsize n,
                                   const double *input,
                                   double *output);
/* Derivatives of <weights, output>, weights [n, out], at the last forward pass and its parameters.
 * gradient [n_parameters]: they are added to what is there; input_gradient [n, in]: overwritten.
 * Either may be NULL. */
void pisd_perceptron_pass_backward (PisdPerceptronPass *pass,
                                    const double *parameters,
                                    const double *weights,
                                    double *gradient,
                                    double *input_gradient);

G_END_DECLS
