/* What can be saved from the window, each kind with its dialog's words and its writer. */
#pragma once

#include "explorer-timeline.h"
#include "explorer-view-grid.h"
#include "pisd-cancel.h"
#include "pisd-draw-paper.h"

G_BEGIN_DECLS

typedef enum
{
  EXPLORER_EXPORT_PICTURE, /* all views and the curves, as PNG, SVG or PDF by the ending */
  EXPLORER_EXPORT_FLOW,    /* all views at every moment of the flow, as GIF or PNG files */
  EXPLORER_EXPORT_STEPS,   /* all views and the curves, along the steps of the run */
  EXPLORER_EXPORT_RESULT,  /* NPZ of the finished run */
  EXPLORER_EXPORT_SENSORS, /* CSV that the program reads */
  EXPLORER_EXPORT_SCENARIO,
  EXPLORER_N_EXPORTS
} ExplorerExport;

const char *explorer_export_get_title (ExplorerExport kind); /* translated */
const char *explorer_export_get_name (ExplorerExport kind);  /* suggested file name */
const char *const *explorer_export_get_patterns (ExplorerExport kind);
/* `path` with the ending that it lacks; that of a sequence of files is the first one's. */
char *explorer_export_dup_path (ExplorerExport kind, const char *path);
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
/* The size of a picture that is saved; without it, what its panels take. */
void explorer_saving_set_paper (ExplorerSaving *saving, const PisdPaper *paper);
void explorer_saving_free (ExplorerSaving *saving); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerSaving, explorer_saving_free)
/* What stops the writing of a film; borrowed, NULL: other kinds are written to their ends. */
PisdCancel *explorer_saving_get_cancel (const ExplorerSaving *saving);
/* Any thread.  Errors: PISD_ERROR_IO, PISD_ERROR_UNKNOWN (ending), PISD_ERROR_CANCELLED. */
gboolean explorer_saving_write (const ExplorerSaving *saving, const char *path, GError **error);

G_END_DECLS
