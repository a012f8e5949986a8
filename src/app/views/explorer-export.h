/* What can be saved from the window, each kind with its dialog's words and its writer. */
#pragma once

#include "explorer-timeline.h"
#include "explorer-view-grid.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_EXPORT_PICTURE, /* all views and the curves, as PNG, SVG or PDF by the ending */
  EXPLORER_EXPORT_RESULT,  /* NPZ of the finished run */
  EXPLORER_EXPORT_SENSORS, /* CSV that the program reads */
  EXPLORER_EXPORT_SCENARIO,
  EXPLORER_N_EXPORTS
} ExplorerExport;

const char *explorer_export_get_title (ExplorerExport kind); /* translated */
const char *explorer_export_get_name (ExplorerExport kind);  /* suggested file name */
const char *const *explorer_export_get_patterns (ExplorerExport kind);
/* For tests: what a saved picture says above its fields. */
char *explorer_export_dup_caption (ExplorerSession *session, ExplorerViewGrid *grid);

/* What is to be saved, as it is now: a copy, which is written while the window goes on. */
typedef struct _ExplorerSaving ExplorerSaving;

/* Errors: PISD_ERROR_UNKNOWN (there is nothing to save yet). */
ExplorerSaving *explorer_saving_new (ExplorerExport kind,
                                     ExplorerSession *session,
                                     ExplorerViewGrid *grid,
                                     ExplorerTimeline *timeline,
                                     const PisdPalette *palette,
                                     GError **error);
void explorer_saving_free (ExplorerSaving *saving); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerSaving, explorer_saving_free)
/* Any thread.  Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending). */
gboolean explorer_saving_write (const ExplorerSaving *saving, const char *path, GError **error);

G_END_DECLS
