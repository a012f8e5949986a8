/* The vectors of a step that was taken apart, side by side: above what each is and comes to, then
 * the vector in space and its map of modes, each with a colour bar of its own, because terms differ
 * by orders of magnitude.  Cross-hairs of a row go together.
 *
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-inspection.h"
#include "pisd-draw.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_INSPECT_PICTURES (explorer_inspect_pictures_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerInspectPictures,
                      explorer_inspect_pictures,
                      EXPLORER,
                      INSPECT_PICTURES,
                      GtkWidget)

/* Nothing of it is kept.  A frame of a field; with NULL all is empty. */
void explorer_inspect_pictures_show (ExplorerInspectPictures *self,
                                     const ExplorerInspection *inspection,
                                     guint field,
                                     guint frame);
void explorer_inspect_pictures_set_palette (ExplorerInspectPictures *self,
                                            const PisdPalette *palette);

/* For tests: what stands above a vector, and the panel in space, or of its modes; FALSE: it is not
 * shown. */
const char *explorer_inspect_pictures_get_heading (ExplorerInspectPictures *self, guint which);
gboolean explorer_inspect_pictures_get_panel (ExplorerInspectPictures *self,
                                              guint which,
                                              gboolean of_modes,
                                              PisdPanel *panel);

G_END_DECLS
