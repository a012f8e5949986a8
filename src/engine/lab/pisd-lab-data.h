/* What diffusion models are shown: points in the plane and small pictures with labels, standardised
 * to mean 0 and variance 1 with one shift and one scale for all coordinates of pictures, or a shift
 * a coordinate of points.
 *
 * One row of a table a data set.  Sample i of a seed depends on (seed, i) alone.
 *
 * Shapes:  samples [n, dimension]; a picture is [side, side], row 0 at the top.
 * Threads: constant once it is made: any. */
#pragma once

#include "pisd-cancel.h"
#include "pisd-drawing.h"
#include "pisd-plane-mixture.h"
#include "pisd-rng.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_LAB_MOONS,
  PISD_LAB_SPIRAL,
  PISD_LAB_BOARD,
  PISD_LAB_RING,
  PISD_LAB_MIXTURE,
  PISD_LAB_DRAWN, /* by hand */
  PISD_LAB_DIGITS_8,
  PISD_LAB_DIGITS_16,
  PISD_LAB_FIELDS, /* random sources of the elliptic equations, learned from a stock, which is
                      turned and takes either sign */
  PISD_N_LAB_DATA
} PisdLabDataId;

/* Lanes of PISD_STREAM_DIFFUSION. */
enum
{
  PISD_LANE_UNIFORMS, /* of data */
  PISD_LANE_NORMALS,
  PISD_LANE_TRAINING_NOISE,
  PISD_LANE_TRAINING_TIMES,
  PISD_LANE_TRAINING_LABELS, /* which are dropped */
  PISD_LANE_BOUND,
  PISD_LANE_SAMPLES = 16 /* plus the sample's number */
};

/* Samples from this number on are those that no training has seen: of fields, which else come from
 * a stock, new ones. */
#define PISD_LAB_FRESH (G_GUINT64_CONSTANT (1) << 40)

/* "moons", "spiral", "checkerboard", "ring", "mixture", "drawn", "digits-8", "digits-16",
 * "fields" */
const char *pisd_lab_data_get_name (PisdLabDataId id);
gboolean pisd_lab_data_is_picture (PisdLabDataId id);
/* Numbers of a sample. */
guint pisd_lab_data_get_dimension (PisdLabDataId id);
/* Whether its density, and with it the best denoiser, is known. */
gboolean pisd_lab_data_is_mixture (PisdLabDataId id);

typedef struct
{
  PisdLabDataId id;
  guint dimension;
  guint side; /* of pictures; 0: points */
  guint n_labels;
  double shift[2], scale;   /* x = (raw - shift) / scale; of pictures both shifts are equal */
  gboolean is_mixture;      /* its density is known: */
  PisdPlaneMixture mixture; /* standardised */
  PisdDrawing *strokes;     /* of what is drawn; else NULL */
  double *stock;            /* of fields; else NULL */
} PisdLabData;

/* strokes: copied; NULL where nothing is drawn. */
PisdLabData *pisd_lab_data_new (PisdLabDataId id, const PisdDrawing *strokes, PisdCancel *cancel);
void pisd_lab_data_free (PisdLabData *data); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdLabData, pisd_lab_data_free)

/* Samples number first, first + 1, ...; labels: [n], NULL: not wanted. */
void pisd_lab_data_draw (const PisdLabData *data,
                         guint64 seed,
                         guint64 first,
                         gsize n,
                         double *x,
                         guint *labels);
/* A table of samples: "label,x0,x1, ..." and a row each; labels NULL: without that column. */
GBytes *pisd_lab_data_make_csv (const PisdLabData *data,
                                gsize n,
                                const double *x,
                                const guint *labels);

G_END_DECLS
