/* A request to stop, which long computations look at between their blocks.
 *
 * Everything that takes a token takes NULL too, which is never cancelled.
 * Threads: any; counted references. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _PisdCancel PisdCancel;

/* Whether to stop. */
typedef gboolean (*PisdCancelPoll) (gpointer data);

PisdCancel *pisd_cancel_new (void);
/* A token that asks as well: every look from the thread that made it calls `poll`. */
PisdCancel *pisd_cancel_new_polling (PisdCancelPoll poll, gpointer data);
PisdCancel *pisd_cancel_ref (PisdCancel *cancel);
void pisd_cancel_unref (PisdCancel *cancel); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdCancel, pisd_cancel_unref)

void pisd_cancel_trigger (PisdCancel *cancel);
/* TRUE: stop. */
gboolean pisd_cancel_look (PisdCancel *cancel);
/* FALSE, with PISD_ERROR_CANCELLED, where a look says stop.  `what` was stopped. */
gboolean pisd_cancel_check (PisdCancel *cancel, const char *what, GError **error);

G_END_DECLS
