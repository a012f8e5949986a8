#include "explorer-loader.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "explorer-background.h"
#include "pisd-error.h"
#include "pisd-lesson-bundle.h"

/* Milliseconds from one look at a stroke that is held to the next. */
#define PATIENCE 50

struct _ExplorerLoader
{
  GObject parent_instance;

  ExplorerSession *session;
  GQueue paths;               /* still to be read */
  char *reading;              /* name of the one that is read now; NULL: none */
  GTask *task;                /* that reads it */
  guint wait;                 /* for the end of a stroke: it has been read */
  PisdFileQuestion *question; /* that waits for an answer; NULL: none */
  PisdLesson *lesson;         /* that was read last and is not taken; NULL: none */
  int number;                 /* of it */
  guint n_workers;
};

G_DEFINE_FINAL_TYPE (ExplorerLoader, explorer_loader, G_TYPE_OBJECT)

enum
{
  PROP_READING = 1,
  N_PROPS
};

enum
{
  SIGNAL_FAILED,
  SIGNAL_WARNED,
  SIGNAL_LESSON,
  SIGNAL_QUESTION,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What goes to the worker and comes back. */
typedef struct
{
  char *path;
  PisdEquation equation;
  int number; /* of a lesson that comes with the program */
  PisdCancel *cancel;
  PisdInput *input;           /* NULL: not open yet */
  PisdFileQuestion *question; /* that is answered; NULL: there is a file to be read */
  PisdReading *answer;
  PisdContent *content; /* out; NULL on failure */
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->path);
  pisd_cancel_unref (work->cancel);
  pisd_input_free (work->input);
  pisd_content_free (work->content);
  pisd_file_question_unref (work->question);
  pisd_reading_free (work->answer);
  g_free (work);
}

/* What is neither a file nor a pipe has no end, or no content; a path that leads nowhere is
 * reported by whoever opens it. */
static gboolean
check_type (const char *path, GError **error)
{
  g_autofree char *name = NULL;
  GStatBuf info;

  if (g_stat (path, &info) != 0 || S_ISREG (info.st_mode) || S_ISFIFO (info.st_mode))
    return TRUE;
  name = pisd_error_escape_base (path);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               _ ("%s: this is a folder or device, not a file"), name);
  return FALSE;
}

static gboolean
open_input (Work *work, GError **error)
{
  if (!check_type (work->path, error))
    return FALSE;
  work->input = pisd_input_open (work->path, work->cancel, error);
  return work->input != NULL;
}

static gboolean
read_file (gpointer data, GError **error)
{
  Work *work = data;

  if (work->question != NULL)
    work->content =
        pisd_content_new_for_answer (work->question, work->path, work->answer, work->cancel, error);
  else if (work->input != NULL || open_input (work, error))
    work->content = pisd_content_read (work->input, &work->equation, error);
  return work->content != NULL;
}

static void
set_reading (ExplorerLoader *self, const char *path)
{
  if (path == NULL && self->reading == NULL)
    return;
  g_clear_pointer (&self->reading, g_free);
  if (path != NULL)
    self->reading = pisd_error_escape_base (path);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READING]);
}

static void on_read (gpointer data, GTask *task);

static void
start (ExplorerLoader *self, Work *work)
{
  work->equation =
      pisd_settings_get_equation (&explorer_session_get_scenario (self->session)->settings);
  self->n_workers++;
  self->task = explorer_background_start (self, work, work_free, read_file, on_read);
}

static void
read_next (ExplorerLoader *self)
{
  Work *work;

  if (g_queue_is_empty (&self->paths))
    {
      set_reading (self, NULL);
      return;
    }
  work = g_new0 (Work, 1);
  work->path = g_queue_pop_head (&self->paths);
  work->number = EXPLORER_LOADER_NO_NUMBER;
  work->cancel = pisd_cancel_new ();
  start (self, work);
  set_reading (self, work->path);
}

/* The same bytes, for the equation as it is now. */
static void
read_again (ExplorerLoader *self, Work *before)
{
  Work *work = g_new0 (Work, 1);

  work->path = g_strdup (before->path);
  work->number = before->number;
  work->cancel = pisd_cancel_ref (before->cancel);
  work->input = g_steal_pointer (&before->input);
  start (self, work);
}

/* FALSE: it is none. */
static gboolean
take_lesson (ExplorerLoader *self, Work *work)
{
  PisdLesson *lesson = pisd_content_take_lesson (work->content);

  if (lesson == NULL)
    return FALSE;
  pisd_lesson_free (self->lesson);
  self->lesson = lesson;
  self->number = work->number;
  g_signal_emit (self, signals[SIGNAL_LESSON], 0);
  return TRUE;
}

/* FALSE: there is nothing to ask.  The task stays until there is an answer. */
static gboolean
ask (ExplorerLoader *self)
{
  const Work *work = explorer_background_get_work (self->task);
  PisdFileQuestion *question = pisd_content_get_question (work->content);

  if (question == NULL
      || !pisd_content_fits (work->content, explorer_session_get_scenario (self->session)))
    return FALSE;
  self->question = pisd_file_question_ref (question);
  g_signal_emit (self, signals[SIGNAL_QUESTION], 0);
  return TRUE;
}

/* What is no lesson goes into the session; then what there is to be said of it. */
static void
take_whole (ExplorerLoader *self, Work *work)
{
  const char *warning = pisd_content_get_warning (work->content);

  if (take_lesson (self, work))
    return;
  explorer_session_take_content (self->session, work->content);
  if (warning != NULL)
    g_signal_emit (self, signals[SIGNAL_WARNED], 0, warning);
}

static void
take_content (ExplorerLoader *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (ask (self))
    return;
  task = g_steal_pointer (&self->task);
  work = explorer_background_get_work (task);
  if (!pisd_content_fits (work->content, explorer_session_get_scenario (self->session)))
    {
      read_again (self, work);
      return;
    }
  take_whole (self, work);
  read_next (self);
}

static gboolean
on_wait (gpointer data)
{
  ExplorerLoader *self = data;

  if (explorer_session_is_editing (self->session))
    return G_SOURCE_CONTINUE;
  self->wait = 0;
  take_content (self);
  return G_SOURCE_REMOVE;
}

/* Of the file that is wanted. */
static void
take_result (ExplorerLoader *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (self->task, &error))
    {
      g_clear_object (&self->task);
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
      read_next (self);
    }
  else if (explorer_session_is_editing (self->session))
    self->wait = g_timeout_add (PATIENCE, on_wait, self);
  else
    take_content (self);
}

static void
on_read (gpointer data, GTask *task)
{
  ExplorerLoader *self = data;

  self->n_workers--;
  if (task == self->task)
    take_result (self);
}

/* The worker hears that it is to stop, and whatever it has read is dropped. */
static void
forget (ExplorerLoader *self)
{
  if (self->task != NULL)
    pisd_cancel_trigger (((Work *) explorer_background_get_work (self->task))->cancel);
  g_clear_object (&self->task);
  if (self->question != NULL)
    {
      g_clear_pointer (&self->question, pisd_file_question_unref);
      g_signal_emit (self, signals[SIGNAL_QUESTION], 0);
    }
  g_clear_handle_id (&self->wait, g_source_remove);
  g_queue_clear_full (&self->paths, g_free);
}

static void
explorer_loader_dispose (GObject *object)
{
  ExplorerLoader *self = EXPLORER_LOADER (object);

  forget (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_loader_parent_class)->dispose (object);
}

static void
explorer_loader_finalize (GObject *object)
{
  g_free (EXPLORER_LOADER (object)->reading);
  pisd_lesson_free (EXPLORER_LOADER (object)->lesson);
  G_OBJECT_CLASS (explorer_loader_parent_class)->finalize (object);
}

static void
explorer_loader_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_READING)
    g_value_set_string (value, EXPLORER_LOADER (object)->reading);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_loader_class_init (ExplorerLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_loader_get_property;
  object_class->dispose = explorer_loader_dispose;
  object_class->finalize = explorer_loader_finalize;
  properties[PROP_READING] =
      g_param_spec_string ("reading", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_WARNED] = g_signal_new ("warned", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_LESSON] = g_signal_new ("lesson", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_QUESTION] = g_signal_new ("question", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
explorer_loader_init (ExplorerLoader *self)
{
  g_queue_init (&self->paths);
}

ExplorerLoader *
explorer_loader_new (ExplorerSession *session)
{
  ExplorerLoader *self = g_object_new (EXPLORER_TYPE_LOADER, NULL);

  self->session = g_object_ref (session);
  return self;
}

void
explorer_loader_open (ExplorerLoader *self, const char *const *paths)
{
  g_return_if_fail (EXPLORER_IS_LOADER (self) && paths != NULL);
  forget (self);
  for (guint k = 0; paths[k] != NULL; k++)
    g_queue_push_tail (&self->paths, g_strdup (paths[k]));
  read_next (self);
}

void
explorer_loader_open_lesson (ExplorerLoader *self, guint number)
{
  Work *work;

  g_return_if_fail (EXPLORER_IS_LOADER (self) && number < pisd_lesson_bundle_get_n ());
  forget (self);
  work = g_new0 (Work, 1);
  work->input = pisd_lesson_bundle_open (number);
  work->path = g_strdup (pisd_input_get_path (work->input));
  work->number = (int) number;
  work->cancel = pisd_cancel_new ();
  start (self, work);
  set_reading (self, work->path);
}

PisdFileQuestion *
explorer_loader_get_question (ExplorerLoader *self)
{
  g_return_val_if_fail (EXPLORER_IS_LOADER (self), NULL);
  return self->question;
}

void
explorer_loader_answer (ExplorerLoader *self, const PisdReading *reading)
{
  g_autoptr (GTask) asked = NULL;
  Work *work;

  g_return_if_fail (EXPLORER_IS_LOADER (self) && self->question != NULL);
  asked = g_steal_pointer (&self->task);
  if (reading == NULL)
    {
      g_clear_pointer (&self->question, pisd_file_question_unref);
      read_next (self);
      return;
    }
  work = g_new0 (Work, 1);
  work->path = g_strdup (((Work *) explorer_background_get_work (asked))->path);
  work->number = EXPLORER_LOADER_NO_NUMBER;
  work->cancel = pisd_cancel_new ();
  work->question = g_steal_pointer (&self->question);
  work->answer = pisd_reading_dup (reading);
  start (self, work);
}

PisdLesson *
explorer_loader_take_lesson (ExplorerLoader *self, int *number)
{
  g_return_val_if_fail (EXPLORER_IS_LOADER (self) && number != NULL, NULL);
  *number = self->number;
  return g_steal_pointer (&self->lesson);
}

void
explorer_loader_open_bytes (ExplorerLoader *self, const char *name, GBytes *bytes)
{
  Work *work;

  g_return_if_fail (EXPLORER_IS_LOADER (self) && name != NULL && bytes != NULL);
  forget (self);
  work = g_new0 (Work, 1);
  work->path = g_strdup (name);
  work->number = EXPLORER_LOADER_NO_NUMBER;
  work->cancel = pisd_cancel_new ();
  work->input = pisd_input_new_for_bytes (name, bytes);
  start (self, work);
  set_reading (self, name);
}

gboolean
explorer_loader_stop (ExplorerLoader *self)
{
  g_return_val_if_fail (EXPLORER_IS_LOADER (self), FALSE);
  if (self->reading == NULL)
    return FALSE;
  forget (self);
  set_reading (self, NULL);
  return TRUE;
}

const char *
explorer_loader_get_reading (ExplorerLoader *self)
{
  g_return_val_if_fail (EXPLORER_IS_LOADER (self), NULL);
  return self->reading;
}

gboolean
explorer_loader_is_at_work (ExplorerLoader *self)
{
  g_return_val_if_fail (EXPLORER_IS_LOADER (self), FALSE);
  return self->n_workers > 0;
}
