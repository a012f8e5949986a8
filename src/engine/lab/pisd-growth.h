/* What the norm of a run's parameters looks like: settling, or growing without end, and then as
 * log t or as sqrt t.
 *
 *   |theta (t)| = a + b g (t),  g = ln t or sqrt t, by least squares over t in [T/10, T]
 *
 * The theory knows two ends of a gradient flow whose loss is built from analytic (more generally
 * definable) functions: it converges to a critical point, or its norm tends to infinity while the
 * loss tends to an asymptotic critical value.  A finite run proves neither.
 * Threads: any.
 * Source:  Kranz, Gallon, Dereich and Jentzen 2025 (arXiv 2505.09572). */
#pragma once

#include "pisd-regression-log.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_GROWTH_UNDECIDED, /* too short, or neither */
  PISD_GROWTH_SETTLES,   /* as it would converge to a critical point */
  PISD_GROWTH_DIVERGES   /* as its norm would tend to infinity */
} PisdGrowthLook;

/* A fit and how well it fits: root mean square of what is left, over that of the norm's own
 * deviations; 0: exact. */
typedef struct
{
  double offset, slope, misfit;
} PisdGrowthFit;

typedef struct
{
  PisdGrowthLook look;
  guint n_rows;      /* that were fitted */
  double begin, end; /* times */
  double growth;     /* of the norm from `begin` to `end`, over the norm at the end */
  double late;       /* the same from the middle of the time on */
  double gradient;   /* |grad L| at the end over that at `begin` */
  double fallen;     /* the same over the first one of the run */
  PisdGrowthFit log, root;
} PisdGrowth;

void pisd_growth_init (PisdGrowth *growth, const PisdRegressionLog *log);
/* a + b g (t). */
double pisd_growth_get_log (const PisdGrowth *growth, double t);
double pisd_growth_get_root (const PisdGrowth *growth, double t);

G_END_DECLS
