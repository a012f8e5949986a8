/* What the files of the comparison's window share.
 *
 * explorer-compare.c         class, what is shown, actions
 * explorer-compare-parts.c   what it is made of, for others
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-compare.h"
#include "explorer-file-saving.h"
#include "explorer-toasts.h"

G_BEGIN_DECLS

struct _ExplorerCompare
{
  AdwWindow parent_instance;

  GtkWidget *heading;
  GtkWidget *caption;
  GtkWidget *overlay; /* of the toasts */
  GtkWidget *view;
  GtkWidget *fields;
  GtkWidget *scrubber;
  GtkWidget *percent;
  GtkWidget *by_fraction;
  GtkWidget *by_evaluations;
  GtkWidget *set_up;
  GtkAdjustment *fraction;

  ExplorerSession *session; /* whose set-up is compared */
  ExplorerFlow *flow;       /* whose moment is shown */
  ExplorerComparison *comparison;
  ExplorerComparePicture *picture;
  const PisdComparison *drawn;
  ExplorerToasts *toasts;
  ExplorerFileSaving *saving;
  char *stale; /* what the main window has changed since the start; NULL: nothing */
  guint tick;
  gint64 drawn_at;
};

G_END_DECLS
