/* What the panels of the side bar have in common: the models that they show and edit, one place
 * where they hear what has changed, and rows that are made for the fields of the problem.
 *
 * Properties:
 *   "session" (ExplorerSession, read)   rows of settings in a template bind to it
 * Threads: main thread only. */
#pragma once

#include <adwaita.h>

#include "explorer-brush.h"
#include "explorer-preferences.h"
#include "explorer-session.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PANEL (explorer_panel_get_type ())
G_DECLARE_DERIVABLE_TYPE (ExplorerPanel, explorer_panel, EXPLORER, PANEL, AdwPreferencesGroup)

/* Each may be NULL.  The template of a final class is disposed of here. */
struct _ExplorerPanelClass
{
  AdwPreferencesGroupClass parent_class;

  /* The models are known: called once. */
  void (*bind) (ExplorerPanel *self);
  /* The fields of the problem are others than before: called before the first update, too. */
  void (*show_fields) (ExplorerPanel *self, const PisdOperator *problem);
  /* The scenario has changed; `changed` holds PisdChange bits. */
  void (*update) (ExplorerPanel *self, guint changed);
};

/* Called once, with all three. */
void explorer_panel_set_models (ExplorerPanel *self,
                                ExplorerSession *session,
                                ExplorerBrush *brush,
                                ExplorerPreferences *preferences);
/* The models are borrowed, and NULL before they are set and after dispose. */
ExplorerSession *explorer_panel_get_session (ExplorerPanel *self);
ExplorerBrush *explorer_panel_get_brush (ExplorerPanel *self);
ExplorerPreferences *explorer_panel_get_preferences (ExplorerPanel *self);
/* The scenario of the session, which must be set. */
const PisdScenario *explorer_panel_get_scenario (ExplorerPanel *self);
const PisdOperator *explorer_panel_get_problem (ExplorerPanel *self);
/* Whether a widget's signal is a person's: FALSE without models and while the panel itself moves
 * its widgets. */
gboolean explorer_panel_is_edited (ExplorerPanel *self);
/* Shows everything anew, so that widgets go back where an edit was refused. */
void explorer_panel_refresh (ExplorerPanel *self);
/* An expander row is unfolded, and folded, as the preference of that name says and remembers.  From
 * bind() on. */
void explorer_panel_remember_unfolded (ExplorerPanel *self, GtkWidget *row, const char *name);
/* Puts a row that no template knows below another one of the panel. */
void explorer_panel_insert_after (ExplorerPanel *self, GtkWidget *row, GtkWidget *sibling);

G_END_DECLS
