#include "explorer-saver.h"

#include "explorer-background.h"
#include "pisd-error.h"

typedef struct
{
  char *path;
  ExplorerWrite write;
  gpointer content;
  GDestroyNotify free;
  PisdCancel *cancel; /* NULL: it is written to its end */
} Work;

struct _ExplorerSaver
{
  GObject parent_instance;

  GQueue waiting;     /* of Work */
  char *writing;      /* name of the file that is written now; NULL: none */
  PisdCancel *cancel; /* of the same; NULL: none */
};

G_DEFINE_FINAL_TYPE (ExplorerSaver, explorer_saver, G_TYPE_OBJECT)

enum
{
  PROP_WRITING = 1,
  N_PROPS
};

enum
{
  SIGNAL_SAVED,
  SIGNAL_FAILED,
  N_SIGNALS
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
work_free (gpointer data)
{
  Work *work = data;

  work->free (work->content);
  pisd_cancel_unref (work->cancel);
  g_free (work->path);
  g_free (work);
}

static gboolean
write_file (gpointer data, GError **error)
{
  const Work *work = data;

  return work->write (work->content, work->path, error);
}

static void on_written (gpointer data, GTask *task);

static void
write_next (ExplorerSaver *self)
{
  Work *work = g_queue_pop_head (&self->waiting);
  g_autoptr (GTask) task = NULL;

  g_clear_pointer (&self->writing, g_free);
  g_clear_pointer (&self->cancel, pisd_cancel_unref);
  if (work != NULL)
    {
      self->cancel = work->cancel == NULL ? NULL : pisd_cancel_ref (work->cancel);
      self->writing = pisd_error_escape_base (work->path);
      task = explorer_background_start (self, work, work_free, write_file, on_written);
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WRITING]);
}

/* It may have outlived its window. */
static void
on_written (gpointer data, GTask *task)
{
  ExplorerSaver *self = data;
  g_autoptr (GError) error = NULL;

  if (g_task_propagate_boolean (task, &error))
    g_signal_emit (self, signals[SIGNAL_SAVED], 0, self->writing);
  else if (!g_error_matches (error, PISD_ERROR, PISD_ERROR_CANCELLED))
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
  write_next (self);
}

static void
explorer_saver_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_WRITING)
    g_value_set_string (value, EXPLORER_SAVER (object)->writing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_saver_class_init (ExplorerSaverClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_saver_get_property;
  properties[PROP_WRITING] =
      g_param_spec_string ("writing", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[SIGNAL_SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
explorer_saver_init (ExplorerSaver *self)
{
  g_queue_init (&self->waiting);
}

ExplorerSaver *
explorer_saver_new (void)
{
  return g_object_new (EXPLORER_TYPE_SAVER, NULL);
}

void
explorer_saver_save (ExplorerSaver *self,
                     const char *path,
                     ExplorerWrite write,
                     gpointer content,
                     GDestroyNotify free,
                     PisdCancel *cancel)
{
  Work *work;

  g_return_if_fail (EXPLORER_IS_SAVER (self) && path != NULL);
  work = g_new (Work, 1);
  *work = (Work){ g_strdup (path), write, content, free,
                  cancel == NULL ? NULL : pisd_cancel_ref (cancel) };
  g_queue_push_tail (&self->waiting, work);
  if (self->writing == NULL)
    write_next (self);
}

/* FALSE: it cannot, or it has been asked before. */
static gboolean
ask_to_stop (PisdCancel *cancel)
{
  if (cancel == NULL || pisd_cancel_look (cancel))
    return FALSE;
  pisd_cancel_trigger (cancel);
  return TRUE;
}

gboolean
explorer_saver_stop (ExplorerSaver *self)
{
  gboolean stops;

  g_return_val_if_fail (EXPLORER_IS_SAVER (self), FALSE);
  stops = ask_to_stop (self->cancel);
  for (GList *link = self->waiting.head; link != NULL; link = link->next)
    stops = ask_to_stop (((Work *) link->data)->cancel) || stops;
  return stops;
}

const char *
explorer_saver_get_writing (ExplorerSaver *self)
{
  g_return_val_if_fail (EXPLORER_IS_SAVER (self), NULL);
  return self->writing;
}
