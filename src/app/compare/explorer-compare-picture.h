/* What a comparison looks like at one moment: decoded fields, heads, curves.  The window's view
 * draws it and an export saves it.
 *
 * Threads: main thread only. */
#pragma once

#include "explorer-comparison.h"
#include "pisd-draw-comparison.h"

G_BEGIN_DECLS

typedef struct _ExplorerComparePicture ExplorerComparePicture;

ExplorerComparePicture *explorer_compare_picture_new (ExplorerComparison *comparison);
void explorer_compare_picture_free (ExplorerComparePicture *picture); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerComparePicture, explorer_compare_picture_free)

/* The moment whose frames are shown, of fields that have several. */
void explorer_compare_picture_set_time (ExplorerComparePicture *self, double t);
/* Of every run, 0 .. 1; 1 is the newest of a run that goes on. */
void explorer_compare_picture_set_fraction (ExplorerComparePicture *picture, double fraction);
void explorer_compare_picture_set_field (ExplorerComparePicture *picture, guint field);
void explorer_compare_picture_set_axis (ExplorerComparePicture *picture, PisdComparisonAxis axis);
/* Why it is of yesterday; borrowed, NULL: it is not. */
void explorer_compare_picture_set_mark (ExplorerComparePicture *picture, const char *mark);
/* Decodes what has changed; borrowed until the next call. */
const PisdComparison *explorer_compare_picture_update (ExplorerComparePicture *picture);
/* "Poisson ∆u = a · 500 sensors (a 500, u 0) · as set: PISD, 300 steps, seed 1": for captions and
 * titles. */
char *explorer_compare_picture_dup_caption (ExplorerComparePicture *picture);
/* As it is now, with its caption: what is saved while the window goes on. */
PisdComparison *explorer_compare_picture_dup (ExplorerComparePicture *picture);

G_END_DECLS
