/* One drag of the brush, from button down to button up.  What it does depends on the tool:
 * sensors are painted or erased along the way, or the one that the one-node brush is pressed on
 * is carried along; a line is drawn anew from its start at every move; a drawn source is what it
 * was plus the bump's largest value along the way, so that a slow stroke is not a higher one. */
#pragma once

#include "explorer-brush.h"
#include "explorer-session.h"

G_BEGIN_DECLS

typedef struct _ExplorerStroke ExplorerStroke;

/* Begins an edit of the session, of one frame of a field.  erase: with the right button. */
ExplorerStroke *explorer_stroke_new (ExplorerSession *session,
                                     ExplorerBrush *brush,
                                     PisdFieldId field,
                                     guint frame,
                                     gboolean erase);
void explorer_stroke_move (ExplorerStroke *stroke, int i, int j);
/* Ends the edit: one undo step; NULL is fine. */
void explorer_stroke_free (ExplorerStroke *stroke);
/* Ends it too, with everything as it was when it began. */
void explorer_stroke_cancel (ExplorerStroke *stroke);

G_END_DECLS
