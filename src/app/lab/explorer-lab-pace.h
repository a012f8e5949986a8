/* How often a lab's window shows what has come of a training: drawing must not take its time.  A
 * picture that took long is followed by some times as long a rest.
 *
 * Units:   microseconds.
 * Threads: main thread only. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct
{
  gint64 drawn_at; /* the last picture; 0: none yet */
  gint64 cost;     /* what it took; 0: not yet known */
  guint rest;      /* times that */
} ExplorerLabPace;

/* Whether the next picture may be made. */
gboolean explorer_lab_pace_is_due (const ExplorerLabPace *pace, gint64 now);
/* It is made now; what it took is known after the frame's paint. */
void explorer_lab_pace_begin (ExplorerLabPace *pace, gint64 now);
/* Once, before the window is realized: of its frames.  The pace is a part of the window. */
void explorer_lab_pace_watch (ExplorerLabPace *pace, GtkWidget *window);

/* Labels that say the same are not set, which would lay out the window anew. */
void explorer_lab_set_text (GtkWidget *label, const char *text);

G_END_DECLS
