/* The moments of a flow along a line: ticks, times, how many sensors each has, the knob at the one
 * shown.
 *
 * Units: pixels of the widget; the type's size is 1 for the usual one. */
#pragma once

#include "pisd-draw.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

/* With type of the usual size. */
#define EXPLORER_FLOW_MARKS_HEIGHT 42.0

typedef struct
{
  const PisdFieldInfo *info;
  guint frame; /* of that field */
  guint n_sensors;
  gboolean can_choose; /* it is none of another field's */
} ExplorerMoment;

typedef struct
{
  ExplorerMoment moments[PISD_MAX_FIELDS * PISD_MAX_FRAMES];
  guint n;
  const ExplorerMoment *shown; /* NULL: none */
  const PisdPalette *palette;
  gboolean has_focus;

  double type;
  double left, width, y; /* of the line */
  double first, last;    /* times at its ends */
} ExplorerFlowMarks;

/* Where things are in a widget of that size. */
void explorer_flow_marks_lay_out (ExplorerFlowMarks *marks,
                                  double width,
                                  double height,
                                  double type);
double explorer_moment_get_time (const ExplorerMoment *moment);
double explorer_flow_marks_get_x (const ExplorerFlowMarks *marks, const ExplorerMoment *moment);
/* The moment nearest to a place, of all or of those that can be chosen; NULL: there is none. */
const ExplorerMoment *explorer_flow_marks_find (const ExplorerFlowMarks *marks,
                                                double x,
                                                gboolean to_choose);
void explorer_flow_marks_draw (const ExplorerFlowMarks *marks, cairo_t *cr);

G_END_DECLS
