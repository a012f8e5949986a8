#include "explorer-connect.h"

#include <glib/gi18n.h>

#include "explorer-background.h"
#include "pisd-edit-prior.h"
#include "pisd-error.h"
#include "pisd-local-socket.h"
#include "pisd-model-note.h"

struct _ExplorerConnect
{
  AdwWindow parent_instance;

  GtkWidget *entry;
  GtkWidget *sockets;
  GtkWidget *status;
  GtkWidget *open;

  PisdScenario *scenario;
  GStrv names; /* of the rows */
  GTask *task;
  PisdCancel *cancel; /* of the task */
  gboolean is_known;  /* the model of the entry has answered */
};

enum
{
  SIGNAL_CONNECTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerConnect, explorer_connect, ADW_TYPE_WINDOW)

/* What a model is asked for: copies, as the window may go while it is waited for. */
typedef struct
{
  PisdScenario *scenario;
  char *name;
  PisdCancel *cancel;
  PisdModelNote *note;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  pisd_scenario_free (question->scenario);
  pisd_cancel_unref (question->cancel);
  pisd_model_note_free (question->note);
  g_free (question->name);
  g_free (question);
}

static gboolean
question_run (gpointer data, GError **error)
{
  Question *question = data;

  if (!pisd_edit_set_socket (question->scenario, question->name, error))
    return FALSE;
  question->note =
      pisd_model_note_new (question->name, &question->scenario->settings, question->cancel, error);
  return question->note != NULL;
}

static const char *
get_name (ExplorerConnect *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

static void
say (ExplorerConnect *self, const char *text)
{
  gtk_label_set_text (GTK_LABEL (self->status), text);
}

/* Enter takes a model that has answered, so that the button has the focus then. */
static void
on_asked (gpointer data, GTask *task)
{
  ExplorerConnect *self = data;
  const Question *question = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (task != self->task)
    return;
  self->is_known = g_task_propagate_boolean (task, &error);
  if (self->is_known)
    text = g_strdup_printf ("%s\n%s", question->note->title, question->note->story);
  say (self, text != NULL ? text : error->message);
  if (self->is_known)
    gtk_widget_grab_focus (self->open);
  explorer_background_forget (&self->task, &self->cancel);
}

static void
ask (ExplorerConnect *self)
{
  Question *question = g_new0 (Question, 1);

  explorer_background_forget (&self->task, &self->cancel);
  self->cancel = pisd_cancel_new ();
  question->scenario = pisd_scenario_dup (self->scenario);
  question->name = g_strdup (get_name (self));
  question->cancel = pisd_cancel_ref (self->cancel);
  say (self, _ ("The model is asked what it is…"));
  self->task = explorer_background_start (self, question, question_free, question_run, on_asked);
}

/* Another name is another model, of which nothing is known. */
static void
on_typed (ExplorerConnect *self)
{
  explorer_background_forget (&self->task, &self->cancel);
  self->is_known = FALSE;
  gtk_widget_set_sensitive (self->open, *get_name (self) != '\0');
  say (self, "");
}

/* A model that has answered is taken; others are asked first. */
static void
on_open (ExplorerConnect *self)
{
  if (!self->is_known)
    {
      if (*get_name (self) != '\0' && self->task == NULL)
        ask (self);
      return;
    }
  g_object_ref (self);
  g_signal_emit (self, signals[SIGNAL_CONNECTED], 0, get_name (self));
  gtk_window_destroy (GTK_WINDOW (self));
  g_object_unref (self);
}

static void
ask_for (ExplorerConnect *self, const char *name)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), name);
  if (!self->is_known && self->task == NULL)
    ask (self);
}

static void
on_socket (ExplorerConnect *self, GtkListBoxRow *row)
{
  ask_for (self, self->names[gtk_list_box_row_get_index (row)]);
}

/* Closed: nothing is asked any more.  Whoever asks still holds the dialog, maybe for longer than
 * the window before which it stands is there. */
static void
explorer_connect_unmap (GtkWidget *widget)
{
  ExplorerConnect *self = EXPLORER_CONNECT (widget);

  explorer_background_forget (&self->task, &self->cancel);
  gtk_window_set_transient_for (GTK_WINDOW (self), NULL);
  GTK_WIDGET_CLASS (explorer_connect_parent_class)->unmap (widget);
}

static void
explorer_connect_dispose (GObject *object)
{
  ExplorerConnect *self = EXPLORER_CONNECT (object);

  explorer_background_forget (&self->task, &self->cancel);
  gtk_widget_dispose_template (GTK_WIDGET (self), EXPLORER_TYPE_CONNECT);
  G_OBJECT_CLASS (explorer_connect_parent_class)->dispose (object);
}

static void
explorer_connect_finalize (GObject *object)
{
  ExplorerConnect *self = EXPLORER_CONNECT (object);

  pisd_scenario_free (self->scenario);
  g_strfreev (self->names);
  G_OBJECT_CLASS (explorer_connect_parent_class)->finalize (object);
}

static void
explorer_connect_class_init (ExplorerConnectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = explorer_connect_dispose;
  object_class->finalize = explorer_connect_finalize;
  widget_class->unmap = explorer_connect_unmap;
  signals[SIGNAL_CONNECTED] =
      g_signal_new ("connected", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-connect.ui");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_bind_template_child (widget_class, ExplorerConnect, entry);
  gtk_widget_class_bind_template_child (widget_class, ExplorerConnect, sockets);
  gtk_widget_class_bind_template_child (widget_class, ExplorerConnect, status);
  gtk_widget_class_bind_template_child (widget_class, ExplorerConnect, open);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_socket);
  gtk_widget_class_bind_template_callback (widget_class, gtk_window_close);
}

static void
explorer_connect_init (ExplorerConnect *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Around the name in a row, in pixels. */
#define MARGIN 8

static GtkWidget *
new_row (const char *name)
{
  g_autofree char *shown = pisd_error_escape (name);
  GtkWidget *label = gtk_label_new (shown), *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, MARGIN);
  gtk_widget_set_margin_top (label, MARGIN);
  gtk_widget_set_margin_bottom (label, MARGIN);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_MIDDLE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, shown, -1);
  return row;
}

static void
list_sockets (ExplorerConnect *self)
{
  g_autofree char *folder = pisd_error_escape (g_get_user_runtime_dir ());
  g_autofree char *none = g_strdup_printf (_ ("No model’s socket (pisd-NAME) is in %s"), folder);
  GtkWidget *label = gtk_label_new (none);

  self->names = pisd_local_socket_list ();
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_list_box_set_placeholder (GTK_LIST_BOX (self->sockets), label);
  for (guint k = 0; self->names[k] != NULL; k++)
    gtk_list_box_append (GTK_LIST_BOX (self->sockets), new_row (self->names[k]));
}

GtkWidget *
explorer_connect_new (GtkWindow *parent, const PisdScenario *scenario)
{
  ExplorerConnect *self =
      g_object_new (EXPLORER_TYPE_CONNECT, "application", gtk_window_get_application (parent),
                    "transient-for", parent, "modal", TRUE, "destroy-with-parent", TRUE, NULL);

  self->scenario = pisd_scenario_dup (scenario);
  list_sockets (self);
  gtk_widget_grab_focus (self->entry);
  if (scenario->socket_name != NULL)
    ask_for (self, scenario->socket_name);
  return GTK_WIDGET (self);
}
