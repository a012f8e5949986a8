/* What a chart that reads and measures is made of: a row of this table for each kind.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-spread.h"
#include "explorer-view-grid.h"
#include "pisd-draw-marginal.h"
#include "pisd-profile.h"
#include "pisd-shells.h"
#include "pisd-watch.h"

G_BEGIN_DECLS

typedef struct
{
  ExplorerViewGrid *grid;
  ExplorerSession *session;
  ExplorerSpread *spread;
  ExplorerGauge *gauge;
} ExplorerMeasureModels;

typedef struct
{
  const char *label;      /* of the chart, for a screen reader; untranslated */
  gboolean follows_probe; /* it is of the node pointed at */
  /* What is drawn of the field of a row.  last: what was drawn of it before, which is freed then;
   * NULL: nothing, or something else. */
  gpointer (*fill) (const ExplorerMeasureModels *models,
                    const ExplorerFieldRow *row,
                    gpointer last);
  /* Whether the next picture has more of it; NULL: never. */
  gboolean (*is_partial) (gconstpointer content);
  /* The chart where x is NaN, else what is over it there. */
  void (*draw) (gconstpointer content,
                cairo_t *cr,
                const PisdBox *box,
                const PisdPalette *palette,
                double type,
                double x);
  void (*free) (gpointer content);
} ExplorerMeasureKind;

/* The true field of a row; NULL: it is not known. */
const PisdField *explorer_measure_get_truth (const ExplorerMeasureModels *models,
                                             const ExplorerFieldRow *row);

/* The standardised errors of all nodes. */
typedef struct
{
  PisdMarginal *errors; /* NULL: there are none */
  const char *note;     /* why not; translated */
  char *place;          /* below the axis */
  char *counted;        /* in the legend */
} ExplorerMeasureErrors;

/* What stands along the line. */
typedef struct
{
  PisdProfile *profile; /* NULL: there is none */
  char *symbol;         /* of the field */
} ExplorerMeasureProfile;

/* Power by wave number, of k = 0, 1, ... */
typedef struct
{
  PisdShells *shells;
  guint n;                  /* shells */
  double *truth, *estimate; /* [n]; NULL: not known; likewise below */
  double *low, *high;       /* [n] where most samples lie ... */
  guint run_id, n_samples;  /* ... of that run */
  guint frame;
  const PisdFieldInfo *info;
  char *axis; /* below it */
} ExplorerMeasureSpectrum;

/* Values at the pinned nodes: rows of arrays are pins. */
typedef struct
{
  guint run_id;
  const PisdFieldInfo *info;
  char *symbol;
  guint n; /* pins */
  PisdWatchNode nodes[EXPLORER_MOST_PINS];
  PisdWatch *watch; /* NULL: no run yet */
  gboolean is_partial;
  guint n_steps;
  double *steps;           /* [n_steps] */
  double *values, *truth;  /* [n, n_steps] at the moment shown; truth NULL: not known */
  double last, step, time; /* of the run; shown */
  gboolean has_exact;
  double mean[EXPLORER_MOST_PINS], sd[EXPLORER_MOST_PINS]; /* of the exact posterior */
  double *time_values, *time_truth;                        /* [n, n_frames] NULL: not known */
  double *time_low, *time_high;                            /* likewise */
} ExplorerMeasurePins;

extern const ExplorerMeasureKind explorer_measure_errors;
extern const ExplorerMeasureKind explorer_measure_profile;
extern const ExplorerMeasureKind explorer_measure_spectrum;
extern const ExplorerMeasureKind explorer_measure_pins;

G_END_DECLS
