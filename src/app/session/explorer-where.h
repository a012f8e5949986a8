/* Where one more sensor would help most, for the sensors as they are right now: computed anew after
 * every change on a thread of GLib's pool, while somebody wants it.
 *
 * One piece of work at a time: the map, the places of the best sensors where they are asked for,
 * then what more sensors leave, placed in each of the ways.  What has changed meanwhile is taken
 * together into the next map (the newest wins), which one moved sensor makes of the map before.
 * Sensors have the noise of those that are placed from now on.  More than EXPLORER_EXACT_QUICK
 * sensors are left out.
 *
 * Signals: "changed" ()    there is another answer, or none any more, or work has begun
 * Threads: main thread only; the worker has copies. */
#pragma once

#include "explorer-session.h"
#include "explorer-where-work.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_WHERE (explorer_where_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerWhere, explorer_where, EXPLORER, WHERE, GObject)

/* In place of a field's index: the one that has most sensors. */
#define EXPLORER_WHERE_ANY PISD_MAX_FIELDS

typedef struct
{
  PisdQuestion question;
  guint n_sensors;
  PisdField *map; /* part of what is left of the variance that one more sensor would take */
  double left;    /* of the variance aimed at, which is 1 under the prior */
  int best;       /* y * PISD_GRID + x; -1: no sensor would help */
  double *curves[PISD_N_PLACINGS]; /* [EXPLORER_WHERE_CURVE] left by 1, 2, ... more; NULL: not known
                                      yet */
} ExplorerWhereAnswer;

ExplorerWhere *explorer_where_new (ExplorerSession *session);
/* What is computed for nobody stops. */
void explorer_where_set_wanted (ExplorerWhere *self, gboolean wanted);
gboolean explorer_where_is_wanted (ExplorerWhere *self);
/* Index of the sensor's field, or EXPLORER_WHERE_ANY, which it is again after another equation. */
void explorer_where_ask_field (ExplorerWhere *self, guint field);
/* What is to be learned: a field's index or PISD_AIM_ALL. */
void explorer_where_ask_target (ExplorerWhere *self, guint target);
/* What is asked of the scenario as it is. */
void explorer_where_get_question (ExplorerWhere *self, PisdQuestion *question);
/* The newest answer, which may be one of sensors before the last change; borrowed, NULL: none. */
const ExplorerWhereAnswer *explorer_where_get (ExplorerWhere *self);
/* Why there is none, in a few translated words, owned; NULL: there is one, or nobody wants it. */
char *explorer_where_dup_note (ExplorerWhere *self);
/* Puts the best n as one edit, once they are found; another edit before that, or 0, and none is
 * put. */
void explorer_where_place (ExplorerWhere *self, guint n);
gboolean explorer_where_is_placing (ExplorerWhere *self);
/* Ends what is being computed, within 300 ms; the next change begins anew. */
void explorer_where_stop (ExplorerWhere *self);

/* For tests: the map is of the sensors as they are, ... */
gboolean explorer_where_is_current (ExplorerWhere *self);
/* ... and nothing is left to be computed. */
gboolean explorer_where_is_complete (ExplorerWhere *self);
/* For tests: a worker is under way, also one that was told to stop. */
gboolean explorer_where_is_busy (ExplorerWhere *self);

G_END_DECLS
