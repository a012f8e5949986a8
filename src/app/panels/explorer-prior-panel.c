#include "explorer-prior-panel.h"

#include <glib/gi18n.h>

#include "explorer-background.h"
#include "explorer-log-slider.h"
#include "explorer-prior-fit.h"
#include "explorer-setting-row.h"
#include "pisd-file-stamp.h"
#include "pisd-number.h"
#include "pisd-weights-note.h"

/* The ends of the slider of the class weight, and what it is without one. */
#define CLASS_WEIGHT "class-weight"
#define LEAST_CLASS_WEIGHT 0.1
#define LARGEST_CLASS_WEIGHT 10
#define USUAL_CLASS_WEIGHT 1

struct _ExplorerPriorPanel
{
  ExplorerPanel parent_instance;

  GtkWidget *prior_row;
  GtkWidget *family_row;
  GtkWidget *weights_row;
  GtkWidget *own_button;
  GtkWidget *socket_row;
  GtkWidget *socket_entry;
  GtkWidget *mean_row;
  GtkWidget *class_row; /* NULL: there is no such setting */
  GtkWidget *fit_row;

  char *noted;         /* path and problem of the weights that are told; NULL: none are */
  PisdFileStamp stamp; /* of the file that is told; zero: of none */
  GTask *reading;      /* what is to be told; NULL: nothing is read */
};

G_DEFINE_FINAL_TYPE (ExplorerPriorPanel, explorer_prior_panel, EXPLORER_TYPE_PANEL)

static gboolean
is_learned (const PisdSettings *settings)
{
  return pisd_method_get_prior (settings->prior)->is_learned;
}

/* What is typed or opened may hold anything. */
static void
tell_weights (ExplorerPriorPanel *self, const char *text, const char *details)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->weights_row), escaped);
  gtk_widget_set_tooltip_text (self->weights_row, details);
}

/* A file is read beside the window: it may be large, and the disk slow. */
typedef struct
{
  char *path; /* NULL: the program's own */
  PisdProblemId problem;
  PisdWeightsNote *note;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_free (reading->path);
  pisd_weights_note_free (reading->note);
  g_free (reading);
}

static gboolean
reading_run (gpointer data, GError **error)
{
  Reading *reading = data;

  reading->note = pisd_weights_note_new (reading->path, reading->problem, error);
  return reading->note != NULL;
}

static void
on_read (gpointer data, GTask *task)
{
  ExplorerPriorPanel *self = data;
  const Reading *reading = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (task != self->reading) /* others are told by now, or the panel has gone */
    return;
  if (g_task_propagate_boolean (task, &error))
    text = g_strdup_printf ("%s: %s", reading->note->title, reading->note->story);
  tell_weights (self, text != NULL ? text : error->message,
                text != NULL ? reading->note->details : NULL);
  g_clear_object (&self->reading);
}

static void
read_weights (ExplorerPriorPanel *self, const PisdScenario *scenario)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->path = g_strdup (scenario->weights_path);
  reading->problem = scenario->settings.problem;
  tell_weights (self, "…", NULL);
  g_clear_object (&self->reading);
  self->reading = explorer_background_start (self, reading, reading_free, reading_run, on_read);
}

/* Whether other weights are to be told than those that are, or their file has changed. */
static gboolean
is_news (ExplorerPriorPanel *self, const PisdScenario *scenario)
{
  const char *path = scenario->weights_path == NULL ? "" : scenario->weights_path;
  g_autofree char *now = g_strdup_printf ("%d %s", scenario->settings.problem, path);
  PisdFileStamp stamp;

  pisd_file_stamp_init (&stamp, path);
  if (g_strcmp0 (now, self->noted) == 0 && pisd_file_stamp_equal (&stamp, &self->stamp))
    return FALSE;
  g_free (self->noted);
  self->noted = g_steal_pointer (&now);
  self->stamp = stamp;
  return TRUE;
}

static void
show_weights (ExplorerPriorPanel *self, const PisdScenario *scenario)
{
  gtk_widget_set_visible (self->weights_row, is_learned (&scenario->settings));
  gtk_widget_set_visible (self->own_button, scenario->weights_path != NULL);
  if (is_learned (&scenario->settings) && is_news (self, scenario))
    read_weights (self, scenario);
}

static void
show_socket (ExplorerPriorPanel *self, const PisdScenario *scenario)
{
  const char *name = scenario->socket_name == NULL ? "" : scenario->socket_name;

  gtk_widget_set_visible (self->socket_row,
                          pisd_method_get_prior (scenario->settings.prior)->is_elsewhere);
  if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->socket_entry)), name))
    gtk_editable_set_text (GTK_EDITABLE (self->socket_entry), name);
}

/* Only a network has one, it does nothing where any class is expected, and there is none where all
 * random fields are of one family. */
static void
show_class_weight (ExplorerPriorPanel *self, const PisdSettings *settings, gboolean has_classes)
{
  const PisdSettingInfo *info = pisd_settings_find (CLASS_WEIGHT);

  if (self->class_row == NULL)
    return;
  gtk_widget_set_visible (self->class_row, has_classes && is_learned (settings)
                                               && settings->prior_family != PISD_FAMILY_ANY);
  explorer_log_slider_set_value (EXPLORER_LOG_SLIDER (self->class_row),
                                 G_STRUCT_MEMBER (double, settings, info->offset));
}

static void
explorer_prior_panel_update (ExplorerPanel *panel, guint changed)
{
  ExplorerPriorPanel *self = EXPLORER_PRIOR_PANEL (panel);
  const PisdScenario *scenario = explorer_panel_get_scenario (panel);
  const PisdOperator *problem = explorer_panel_get_problem (panel);
  const gboolean has_classes = pisd_operator_has_family (problem, PISD_FAMILY_ANY);

  if (!(changed & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SETTINGS)))
    return;
  gtk_widget_set_visible (self->family_row, has_classes);
  gtk_widget_set_visible (self->mean_row, !pisd_basis_is_periodic (problem->fields[0].basis)
                                              && !is_learned (&scenario->settings));
  show_weights (self, scenario);
  show_socket (self, scenario);
  show_class_weight (self, &scenario->settings, has_classes);
  explorer_prior_fit_update (EXPLORER_PRIOR_FIT (self->fit_row));
}

static void
explorer_prior_panel_bind (ExplorerPanel *panel)
{
  explorer_prior_fit_set_session (EXPLORER_PRIOR_FIT (EXPLORER_PRIOR_PANEL (panel)->fit_row),
                                  explorer_panel_get_session (panel));
}

static void
on_own_clicked (ExplorerPanel *panel)
{
  explorer_session_use_own_weights (explorer_panel_get_session (panel));
}

/* At Enter, and where the entry loses the focus. */
static void
on_socket_named (ExplorerPriorPanel *self)
{
  ExplorerPanel *panel = EXPLORER_PANEL (self);
  const PisdScenario *scenario = explorer_panel_get_scenario (panel);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->socket_entry));
  const char *name = text[0] != '\0' ? text : NULL;

  if (pisd_method_get_prior (scenario->settings.prior)->is_elsewhere
      && g_strcmp0 (name, scenario->socket_name) != 0)
    explorer_session_set_socket (explorer_panel_get_session (panel), name);
}

/* Where an edit is refused the slider goes back. */
static void
on_class_weight_changed (ExplorerPanel *panel, double value)
{
  char text[PISD_NUMBER_SIZE];

  if (!explorer_panel_is_edited (panel))
    return;
  explorer_session_set_setting (explorer_panel_get_session (panel), CLASS_WEIGHT,
                                pisd_number_format (value, text));
  explorer_panel_refresh (panel);
}

/* The session says what it expected. */
static void
on_class_weight_refused (ExplorerPanel *panel, const char *text)
{
  if (explorer_panel_is_edited (panel))
    explorer_session_set_setting (explorer_panel_get_session (panel), CLASS_WEIGHT, text);
}

static void
add_class_weight (ExplorerPriorPanel *self)
{
  const PisdSettingInfo *info = pisd_settings_find (CLASS_WEIGHT);

  if (info == NULL)
    return;
  self->class_row = g_object_new (
      EXPLORER_TYPE_LOG_SLIDER, "title", _ (info->title), "tooltip-text",
      _ ("How much the network listens to the family: with 0 it expects any of them, with 1 this "
         "one, and with more it exaggerates what sets this one apart."),
      "lower", (double) LEAST_CLASS_WEIGHT, "upper", (double) LARGEST_CLASS_WEIGHT, "zero", TRUE,
      "preset", (double) USUAL_CLASS_WEIGHT, NULL);
  g_signal_connect_object (self->class_row, "changed", G_CALLBACK (on_class_weight_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->class_row, "refused", G_CALLBACK (on_class_weight_refused), self,
                           G_CONNECT_SWAPPED);
  explorer_panel_insert_after (EXPLORER_PANEL (self), self->class_row, self->family_row);
}

static void
explorer_prior_panel_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_PRIOR_PANEL (object)->reading);
  G_OBJECT_CLASS (explorer_prior_panel_parent_class)->dispose (object);
}

static void
explorer_prior_panel_finalize (GObject *object)
{
  g_free (EXPLORER_PRIOR_PANEL (object)->noted);
  G_OBJECT_CLASS (explorer_prior_panel_parent_class)->finalize (object);
}

static void
explorer_prior_panel_class_init (ExplorerPriorPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_prior_panel_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_prior_panel_finalize;
  EXPLORER_PANEL_CLASS (klass)->bind = explorer_prior_panel_bind;
  EXPLORER_PANEL_CLASS (klass)->update = explorer_prior_panel_update;
  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-prior-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, prior_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, family_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, weights_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, own_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, socket_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, socket_entry);
  gtk_widget_class_bind_template_child (widget_class, ExplorerPriorPanel, mean_row);
  gtk_widget_class_bind_template_callback (widget_class, on_own_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_socket_named);
}

static void
explorer_prior_panel_init (ExplorerPriorPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_class_weight (self);
  self->fit_row = explorer_prior_fit_new ();
  explorer_panel_insert_after (EXPLORER_PANEL (self), self->fit_row, self->mean_row);
}
