#include "explorer-keeper.h"

#include <string.h>

#include "explorer-background.h"
#include "explorer-kept-file.h"
#include "pisd-error.h"
#include "pisd-save.h"
#include "pisd-scenario-weights.h"
#include "pisd-setup-load.h"
#include "pisd-setup-text.h"

struct _ExplorerKeeper
{
  GObject parent_instance;

  ExplorerSession *session;
  char *folder;
  guint delay;
  guint timer;            /* until the set-up is written; 0: there is nothing new */
  ExplorerKeptFile *own;  /* NULL: not begun */
  ExplorerKeptFile *lost; /* of a session that did not end regularly; NULL: none */
  PisdScenario *found;    /* what it holds; NULL: none, or it has been restored */
  char *warning;          /* of it; NULL: none */
  gboolean is_restored;   /* but the own file does not have it yet */
  gboolean is_writing;
  gboolean is_written;
  gboolean is_stale; /* edited since what is being written */
  gboolean has_ended;
};

G_DEFINE_FINAL_TYPE (ExplorerKeeper, explorer_keeper, G_TYPE_OBJECT)

enum
{
  SIGNAL_FOUND,
  SIGNAL_FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Writing. */

/* What goes to the worker. */
typedef struct
{
  PisdScenario *scenario;
  char *path;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  pisd_scenario_free (copy->scenario);
  g_free (copy->path);
  g_free (copy);
}

static gboolean
write_copy (gpointer data, GError **error)
{
  const Copy *copy = data;
  g_autofree char *text = pisd_setup_text_new (copy->scenario, error);

  return text != NULL && pisd_save_bytes (copy->path, text, strlen (text), error);
}

static void
remove_all (ExplorerKeeper *self)
{
  g_clear_pointer (&self->own, explorer_kept_file_remove);
  g_clear_pointer (&self->lost, explorer_kept_file_remove);
}

static void schedule (ExplorerKeeper *self);

/* Nobody is told that it failed: the person has asked for nothing. */
static void
on_written (gpointer owner, GTask *task)
{
  ExplorerKeeper *self = owner;
  g_autoptr (GError) error = NULL;

  self->is_writing = FALSE;
  if (!g_task_propagate_boolean (task, &error))
    g_info ("The session is not kept: %s", error->message);
  else
    self->is_written = TRUE;
  if (self->is_written && self->is_restored && !self->is_stale)
    g_clear_pointer (&self->lost, explorer_kept_file_remove);
  if (self->has_ended)
    remove_all (self);
  else if (self->is_stale)
    schedule (self);
}

/* Whether there is a file to write to. */
static gboolean
begin (ExplorerKeeper *self)
{
  g_autoptr (GError) error = NULL;

  if (self->own == NULL)
    self->own = explorer_kept_file_new (self->folder, &error);
  if (error != NULL)
    g_info ("The session is not kept: %s", error->message);
  return self->own != NULL;
}

/* A stroke that is held is no set-up yet. */
static gboolean
on_timer (gpointer data)
{
  ExplorerKeeper *self = data;
  g_autoptr (GTask) task = NULL;
  Copy *copy;

  if (explorer_session_is_editing (self->session))
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  self->is_stale = FALSE;
  if (!begin (self))
    return G_SOURCE_REMOVE;
  copy = g_new (Copy, 1);
  *copy = (Copy){ pisd_scenario_dup (explorer_session_get_scenario (self->session)),
                  g_strdup (explorer_kept_file_get_path (self->own)) };
  self->is_writing = TRUE;
  task = explorer_background_start (self, copy, copy_free, write_copy, on_written);
  return G_SOURCE_REMOVE;
}

/* One is written at a time. */
static void
schedule (ExplorerKeeper *self)
{
  if (self->has_ended || self->session == NULL)
    return;
  self->is_stale = TRUE;
  if (!self->is_writing && self->timer == 0)
    self->timer = g_timeout_add (self->delay, on_timer, self);
}

/* Looking. */

typedef struct
{
  char *folder;
  ExplorerKeptFile *file; /* out; NULL: there is none */
  PisdScenario *scenario; /* out */
  char *warning;          /* out; NULL: none */
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->folder);
  explorer_kept_file_free (search->file);
  pisd_scenario_free (search->scenario);
  g_free (search->warning);
  g_free (search);
}

static gboolean
look (gpointer data, GError **error)
{
  Search *search = data;

  search->file = explorer_kept_file_find (search->folder);
  if (search->file == NULL)
    return TRUE;
  search->scenario = pisd_setup_load (explorer_kept_file_get_path (search->file), error);
  if (search->scenario == NULL)
    return FALSE;
  search->warning = pisd_scenario_dup_weights_warning (search->scenario,
                                                       explorer_kept_file_get_path (search->file));
  return TRUE;
}

/* A newer program can read what this one does not know, and a disk may be back tomorrow. */
static gboolean
is_hopeless (const GError *error)
{
  return !g_error_matches (error, PISD_ERROR, PISD_ERROR_UNKNOWN)
         && !g_error_matches (error, PISD_ERROR, PISD_ERROR_IO);
}

static void
on_looked (gpointer owner, GTask *task)
{
  ExplorerKeeper *self = owner;
  Search *search = explorer_background_get_work (task);
  g_autoptr (GError) error = NULL;

  if (self->has_ended)
    return;
  if (!g_task_propagate_boolean (task, &error))
    {
      if (is_hopeless (error))
        g_clear_pointer (&search->file, explorer_kept_file_remove);
      g_signal_emit (self, signals[SIGNAL_FAILED], 0, error->message);
      return;
    }
  if (search->file == NULL)
    return;
  self->lost = g_steal_pointer (&search->file);
  self->found = g_steal_pointer (&search->scenario);
  self->warning = g_steal_pointer (&search->warning);
  g_signal_emit (self, signals[SIGNAL_FOUND], 0);
}

/* Its own life. */

static void
explorer_keeper_dispose (GObject *object)
{
  ExplorerKeeper *self = EXPLORER_KEEPER (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (explorer_keeper_parent_class)->dispose (object);
}

static void
explorer_keeper_finalize (GObject *object)
{
  ExplorerKeeper *self = EXPLORER_KEEPER (object);

  explorer_kept_file_free (self->own);
  explorer_kept_file_free (self->lost);
  pisd_scenario_free (self->found);
  g_free (self->warning);
  g_free (self->folder);
  G_OBJECT_CLASS (explorer_keeper_parent_class)->finalize (object);
}

static void
explorer_keeper_class_init (ExplorerKeeperClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_keeper_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_keeper_finalize;
  signals[SIGNAL_FOUND] = g_signal_new ("found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
explorer_keeper_init (ExplorerKeeper *self)
{
}

ExplorerKeeper *
explorer_keeper_new (ExplorerSession *session, const char *folder, guint delay)
{
  ExplorerKeeper *self = g_object_new (EXPLORER_TYPE_KEEPER, NULL);

  self->session = g_object_ref (session);
  self->folder = g_strdup (folder);
  self->delay = delay;
  g_signal_connect_object (session, "committed", G_CALLBACK (schedule), self, G_CONNECT_SWAPPED);
  return self;
}

void
explorer_keeper_look (ExplorerKeeper *self)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (EXPLORER_IS_KEEPER (self));
  search = g_new0 (Search, 1);
  search->folder = g_strdup (self->folder);
  task = explorer_background_start (self, search, search_free, look, on_looked);
}

gboolean
explorer_keeper_restore (ExplorerKeeper *self)
{
  g_return_val_if_fail (EXPLORER_IS_KEEPER (self), FALSE);
  if (self->found == NULL || explorer_session_is_editing (self->session))
    return FALSE;
  self->is_restored = TRUE;
  explorer_session_set_scenario (self->session, g_steal_pointer (&self->found));
  return TRUE;
}

const char *
explorer_keeper_get_warning (ExplorerKeeper *self)
{
  g_return_val_if_fail (EXPLORER_IS_KEEPER (self), NULL);
  return self->warning;
}

void
explorer_keeper_end (ExplorerKeeper *self)
{
  g_return_if_fail (EXPLORER_IS_KEEPER (self));
  self->has_ended = TRUE;
  g_clear_handle_id (&self->timer, g_source_remove);
  if (!self->is_writing)
    remove_all (self);
}

const char *
explorer_keeper_get_path (ExplorerKeeper *self)
{
  g_return_val_if_fail (EXPLORER_IS_KEEPER (self), NULL);
  return self->is_written && self->own != NULL ? explorer_kept_file_get_path (self->own) : NULL;
}
