/* The kinds of numbers above the views: how each is called, what its tooltip says and how it is
 * written. */
#pragma once

#include "pisd-run.h"

G_BEGIN_DECLS

typedef struct
{
  const PisdOperator *problem;
  const PisdFrame *frame;   /* the step shown, NULL: none */
  const PisdResult *result; /* of its run, NULL while it runs and for what is of no run */
  gboolean is_mean;         /* the estimate is a mean, not the frame: of several it has no step */
  guint n_samples;          /* of the run */
  gboolean is_other;        /* they are of another set-up than the one beside them */
  double errors[PISD_MAX_FIELDS];   /* of the estimate; NaN: not known */
  double exact[PISD_MAX_FIELDS];    /* ... of the exact posterior mean */
  double expected[PISD_MAX_FIELDS]; /* ... that the posterior expects; NaN: the exact one says it */
  gboolean is_exact_of_another;     /* explorer_shown_is_exact_of_another() */
  double calibration[PISD_MAX_FIELDS]; /* pisd_calibration() */
  guint moments[PISD_MAX_FIELDS];      /* the frame that is shown of each field, ... */
  double errors_then[PISD_MAX_FIELDS]; /* ... and the errors at it */
  double exact_then[PISD_MAX_FIELDS];
} ExplorerNumberBarData;

/* One row a kind, from left to right. */
typedef struct
{
  const char *name, *title, *tooltip; /* with %s for the field, where each has its own */
  char *(*format) (const ExplorerNumberBarData *data, guint field);
  guint rank;       /* where there is no room for all, the highest are left out first */
  gboolean fields;  /* one a field; `field` says which */
  gboolean moments; /* of fields that change with time only */
  gboolean samples; /* of several samples only */
  char *(*dup_remark) (const ExplorerNumberBarData *data); /* added to the tooltip; NULL: none */
  const char *tooltip_of_flow; /* where fields change with time; NULL: the same */
} ExplorerNumberKind;

#define EXPLORER_NUMBER_MOST_RANK 4
/* Numbers of a higher rank give way to larger pictures before a second line is begun: step and
 * noise are on the timeline too. */
#define EXPLORER_NUMBER_NEEDED_RANK 1

guint explorer_number_kinds_get_n (void);
const ExplorerNumberKind *explorer_number_kinds_get (guint index);
/* A kind's words about a field: they may hold one %s, for what it is called. */
char *explorer_number_kind_dup_words (const char *words, const char *field);
/* The longest text that a number of that kind usually has: it keeps so much room. */
char *explorer_number_kind_dup_longest (const ExplorerNumberKind *kind,
                                        const PisdOperator *problem,
                                        guint field);

G_END_DECLS
