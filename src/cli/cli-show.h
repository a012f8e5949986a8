/* What the columns of a figure show where they are chosen, by the keys of the window's panes:
 * "estimate,error:modes,residual". */
#pragma once

#include "pisd-draw.h"
#include "pisd-exact.h"
#include "pisd-inspector.h"
#include "pisd-quantity.h"
#include "pisd-run.h"

G_BEGIN_DECLS

/* Most columns of a figure. */
#define CLI_MAX_SHOW 8

typedef struct
{
  guint n; /* 0: the usual ones */
  PisdPick picks[CLI_MAX_SHOW];
} CliShow;

/* What there is to choose from. */
typedef struct
{
  const PisdResult *result;
  const PisdScenario *scenario;
  const PisdExact *exact;           /* NULL: not known */
  PisdFlow flow;                    /* over vorticities */
  PisdField *const *estimates;      /* by field; NULL, or of a field: the result's means */
  PisdField *const *states;         /* likewise; NULL: not known */
  PisdInspector *inspector;         /* of a step's guidance; NULL: nothing is known of it */
  const PisdInspection *inspection; /* likewise */
  GPtrArray *fields, *titles;       /* keep what panels borrow */
} CliShown;

/* Errors: of the command line, for what there is not, and for guidance, which `pisd inspect`
 * shows. */
gboolean cli_show_parse (const char *text, PisdProblemId problem, CliShow *show, GError **error);
/* One frame of a field, by its number among all of the equation's.  Where there is nothing to show
 * the panel says so. */
PisdPanel cli_show_make_panel (const CliShown *shown, const PisdPick *pick, guint number);

G_END_DECLS
