/* The table behind diffusers: one row a kind of network. */
#pragma once

#include "pisd-diffuser.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;
  guint block; /* states that a backward pass can follow, at most */
  gpointer (*network_new) (const PisdDiffuserShape *shape, const PisdProcess *process);
  GDestroyNotify network_free;
  gsize (*get_n_parameters) (gconstpointer network);
  double (*count_work) (gconstpointer network);
  void (*fill) (gconstpointer network, guint64 seed, double *parameters);
  void (*embed) (gconstpointer network, guint t, double *out);
  gpointer (*pass_new) (gconstpointer network, gsize most);
  GDestroyNotify pass_free;
  const double *(*forward) (gpointer pass,
                            const double *parameters,
                            gsize n,
                            const double *x,
                            const guint *times,
                            const guint *labels);
  void (*backward) (gpointer pass,
                    const double *parameters,
                    const double *weights,
                    double *gradient);
} PisdDiffuserOps;

extern const PisdDiffuserOps pisd_diffuser_perceptron;
extern const PisdDiffuserOps pisd_diffuser_convolution;

/* Numbers that the network says of a state. */
guint pisd_diffuser_shape_get_n_out (const PisdDiffuserShape *shape);

G_END_DECLS
