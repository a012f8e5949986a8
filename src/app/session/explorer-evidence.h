/* How likely the readings of a session are under its prior, and the prior that fits them: computed
 * on a thread of GLib's pool.
 *
 * The log evidence follows every change while somebody wants it, one computation at a time, the
 * newest scenario next.  A fit is given up where the scenario changes under it.
 * Signals: "changed" ()   there is another value, or none any more, or a fit has begun or ended
 * Threads: main thread only; the worker has copies. */
#pragma once

#include "explorer-session.h"
#include "pisd-prior-fit.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_EVIDENCE (explorer_evidence_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerEvidence, explorer_evidence, EXPLORER, EVIDENCE, GObject)

/* What was computed of a scenario. */
typedef struct
{
  PisdEvidenceValue value;
  guint n_used, n_sites; /* readings */
} ExplorerEvidenceAnswer;

ExplorerEvidence *explorer_evidence_new (ExplorerSession *session);
void explorer_evidence_set_wanted (ExplorerEvidence *self, gboolean wanted);
/* Borrowed; NULL: not known (yet). */
const ExplorerEvidenceAnswer *explorer_evidence_get (ExplorerEvidence *self);
/* Why there is none, translated, borrowed; NULL: there is one, or it is being computed. */
const char *explorer_evidence_get_note (ExplorerEvidence *self);

/* Begins a fit, whose result becomes the session's prior in one level of undo; "failed" of the
 * session says what is wrong. */
void explorer_evidence_fit (ExplorerEvidence *self);
void explorer_evidence_stop (ExplorerEvidence *self);
gboolean explorer_evidence_is_fitting (ExplorerEvidence *self);
/* How often the fit that is under way has linearised a flow. */
guint explorer_evidence_count_linearised (ExplorerEvidence *self);
/* The newest fit, as long as the scenario is what it has made of it; borrowed, NULL: none. */
const PisdPriorFit *explorer_evidence_get_fit (ExplorerEvidence *self);

G_END_DECLS
