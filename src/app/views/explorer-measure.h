/* What a chart that reads and measures is made of: a row of this table for each kind.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-view-grid.h"
#include "pisd-draw-marginal.h"
#include "pisd-profile.h"

G_BEGIN_DECLS

typedef struct
{
  ExplorerViewGrid *grid;
  ExplorerSession *session;
} ExplorerMeasureModels;

typedef struct
{
  const char *label; /* of the chart, for a screen reader; untranslated */
  /* What is drawn of the field of a row. */
  gpointer (*fill) (const ExplorerMeasureModels *models, const ExplorerFieldRow *row);
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

extern const ExplorerMeasureKind explorer_measure_errors;
extern const ExplorerMeasureKind explorer_measure_profile;

G_END_DECLS
