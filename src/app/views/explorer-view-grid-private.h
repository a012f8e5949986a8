/* What the files of the grid share.
 *
 * explorer-view-grid.c         class, models, what is shown
 * explorer-view-grid-gauge.c   what is measured with, over the panes
 * explorer-view-grid-mark.c    the name of what is shown, and the mark of another set-up
 * explorer-view-grid-panes.c   what each pane shows, alone or with the others, and how large
 * explorer-view-grid-strokes.c what the pointer does on the views
 * explorer-view-grid-told.c    what it tells others of what is shown
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-field-rows.h"
#include "explorer-stroke.h"
#include "explorer-view-grid.h"

G_BEGIN_DECLS

struct _ExplorerViewGrid
{
  GtkWidget parent_instance;

  GtkWidget *readout;

  ExplorerSession *session;
  ExplorerFlow *flow;
  ExplorerBrush *brush;
  ExplorerPreferences *preferences;
  const PisdPalette *palette;

  ExplorerFieldRows rows;
  ExplorerProbe probe;
  ExplorerProbe rested; /* where the pointer was at rest last; (-1, -1): nowhere yet */
  guint rest_delay;     /* timeout since it has moved, 0: it rests, or is elsewhere */
  gboolean is_pointed;  /* the pointer is on a view */
  ExplorerColumn pointed_column;
  int only_row; /* of the pane that is shown alone; -1: all are shown */
  ExplorerColumn only_column;
  PisdWindow windows[2]; /* the part of the field that is seen; of maps of modes */
  ExplorerShown shown;
  PisdRangeMode last_mode;
  gboolean chrome;        /* FALSE: for a lecture */
  gboolean was_noisy;     /* as the columns were told when they were last laid out */
  PisdPriorId prior;      /* as the titles of the exact answer say */
  gboolean shows_drawn;   /* what is drawn stands for the truth */
  ExplorerStroke *stroke; /* under way, or NULL */
  ExplorerGauge *gauge;   /* NULL: nothing is measured */
  GskRenderNode *marks;   /* of the gauge, as they were drawn last, ... */
  GBytes *marks_key;      /* ... and what they follow from; NULL: they have changed */
  GskRenderNode *pins[EXPLORER_MOST_PINS]; /* how they look; NULL: not drawn yet */
  guint mark_delay;                        /* timeout, 0: none */
};

/* When the equation becomes another one, somebody may hear of it, and ask, before the rows are made
 * anew: FALSE then. */
gboolean explorer_view_grid_has_rows (ExplorerViewGrid *self);
void explorer_view_grid_show_readout (ExplorerViewGrid *self);
/* While the pointer is elsewhere the node of the chart is marked and read out, without the chart
 * none is. */
void explorer_view_grid_show_probe (ExplorerViewGrid *self);
/* One that reports what the pointer does on it. */
ExplorerFieldView *explorer_view_grid_new_view (ExplorerViewGrid *self);
/* Chooses and names the estimate. */
void explorer_view_grid_choose (ExplorerViewGrid *self);
/* What is shown stays, but may be of another set-up now. */
void explorer_view_grid_update_mark (ExplorerViewGrid *self);
/* Everything is shown as it is now; sensors and flow as they are chosen. */
void explorer_view_grid_update (ExplorerViewGrid *self);
void explorer_view_grid_update_overlays (ExplorerViewGrid *self);
/* Modes are no place for the brush. */
void explorer_view_grid_update_brush (ExplorerViewGrid *self);

/* The gauge. */
void explorer_view_grid_clear_gauge (ExplorerViewGrid *self);
void explorer_view_grid_draw_gauge (ExplorerViewGrid *self, GtkSnapshot *snapshot);
void explorer_view_grid_measure (ExplorerViewGrid *self,
                                 int i,
                                 int j,
                                 int to_i,
                                 int to_j,
                                 ExplorerFieldView *view);

/* Panes. */
void explorer_view_grid_connect_panes (ExplorerViewGrid *self);
void explorer_view_grid_connect_view (ExplorerViewGrid *self, GtkWidget *view);
/* What the preferences keep. */
void explorer_view_grid_read_panes (ExplorerViewGrid *self);
/* A node that keys have moved the cross-hair to is seen. */
void explorer_view_grid_reveal (ExplorerViewGrid *self, int i, int j);
/* Marks what is of another set-up now, and not a moment later. */
void explorer_view_grid_show_mark (ExplorerViewGrid *self);

G_END_DECLS
