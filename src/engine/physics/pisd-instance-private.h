/* What pisd-instance and pisd-instance-npz share. */
#pragma once

#include "pisd-instance.h"

G_BEGIN_DECLS

struct _PisdInstance
{
  gint ref_count;
  PisdEquation equation;
  gboolean is_random; /* made of `family`, `law` and `seed` */
  PisdFamily family;
  PisdLaw law; /* the benchmark's, unless it is a random field of another one */
  guint64 seed;
  gboolean is_solved; /* pisd_instance_new_from_source() made it */
  double mismatch;    /* of a file's last frame, relative; NaN: nothing to compare */
  gboolean looks_transposed;
  PisdReading *reading; /* of a file of other people; NULL: none */
  double lost_mean;     /* the largest that a frame had and the equation's have not */
  guint n_fields;
  PisdField *fields[PISD_MAX_FIELDS];
};

/* The mean of a frame of a file, of its root mean square: what is less is rounding, in single
 * precision too. */
#define PISD_INSTANCE_LEAST_MEAN 1e-7

/* Zeros. */
PisdInstance *pisd_instance_new (const PisdEquation *equation);
/* Where the mean is larger than `least` times the root mean square: the flow of a vorticity with a
 * mean has no place on a torus.  Returns what was taken away. */
double pisd_instance_remove_mean (PisdField *field, double least);
/* Field 0, copied, with what the equation asks of it, and the fields that it determines. */
gboolean pisd_instance_set_source (PisdInstance *instance,
                                   const PisdField *source,
                                   PisdCancel *cancel,
                                   GError **error);
/* [S, S] of one frame, [n_frames, S, S] of several; the number of dimensions. */
guint pisd_instance_fill_shape (guint n_frames, gsize shape[3]);

G_END_DECLS
