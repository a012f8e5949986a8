/* What the files of the grid share.
 *
 * explorer-view-grid.c         class, models, what is shown, strokes
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
  ExplorerBrush *brush;
  ExplorerPreferences *preferences;
  const PisdPalette *palette;

  ExplorerFieldRows rows;
  ExplorerShown shown;
  PisdRangeMode last_mode;
  gboolean chrome;        /* FALSE: for a lecture */
  gboolean was_noisy;     /* as the columns were told when they were last laid out */
  ExplorerStroke *stroke; /* under way, or NULL */
  guint mark_delay;       /* timeout, 0: none */
};

/* Marks what is of another set-up now, and not a moment later. */
void explorer_view_grid_show_mark (ExplorerViewGrid *self);

G_END_DECLS
