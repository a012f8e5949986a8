/* What the files of the grid share.
 *
 * explorer-view-grid.c         class, models, what is shown
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
  gboolean is_pointed; /* the pointer is on a view */
  ExplorerShown shown;
  PisdRangeMode last_mode;
  gboolean chrome;        /* FALSE: for a lecture */
  gboolean was_noisy;     /* as the columns were told when they were last laid out */
  PisdPriorId prior;      /* as the titles of the exact answer say */
  gboolean shows_drawn;   /* what is drawn stands for the truth */
  ExplorerStroke *stroke; /* under way, or NULL */
  guint mark_delay;       /* timeout, 0: none */
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
/* Marks what is of another set-up now, and not a moment later. */
void explorer_view_grid_show_mark (ExplorerViewGrid *self);

G_END_DECLS
