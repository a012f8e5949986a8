#include "explorer-files.h"

#include <glib/gi18n.h>

#include "pisd-error.h"

static const struct
{
  const char *title;
  const char *patterns[3];
  gboolean (*open) (ExplorerSession *session, const char *path);
} rows[] = {
  [EXPLORER_FILE_TRUTH] = { N_ ("Open True Fields"), { "*.npz" }, explorer_session_open_truth },
  [EXPLORER_FILE_SENSORS] = { N_ ("Open Sensors"), { "*.csv" }, explorer_session_open_sensors },
  [EXPLORER_FILE_SCENARIO] = { N_ ("Open Scenario"),
                               { "*.pisd", "*.ini" },
                               explorer_session_open_scenario },
};

gboolean
explorer_files_find (const char *path, ExplorerFile *kind)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    for (guint p = 0; rows[k].patterns[p] != NULL; p++)
      if (g_pattern_match_simple (rows[k].patterns[p], lower))
        {
          *kind = k;
          return TRUE;
        }
  return FALSE;
}

gboolean
explorer_files_open (ExplorerSession *session, const char *path, GError **error)
{
  ExplorerFile kind;

  if (!explorer_files_find (path, &kind))
    {
      g_autofree char *name = g_path_get_basename (path);

      g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                   _ ("%s: this kind of file cannot be opened; expected .npz (true fields), .csv "
                      "(sensors) or .pisd (scenario)"),
                   name);
      return FALSE;
    }
  return rows[kind].open (session, path);
}

const char *
explorer_files_get_title (ExplorerFile kind)
{
  return _ (rows[kind].title);
}

const char *const *
explorer_files_get_patterns (ExplorerFile kind)
{
  return rows[kind].patterns;
}

typedef struct
{
  ExplorerFilesChosen chosen;
  gpointer data;
} Question;

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  const Question *question = data;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  path = file == NULL ? NULL : g_file_get_path (file);
  if (path != NULL)
    question->chosen (path, question->data);
}

static void
add_filter (GtkFileChooser *chooser, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  g_autofree char *name = g_strjoinv (", ", (char **) patterns);

  gtk_file_filter_set_name (filter, name);
  for (guint k = 0; patterns[k] != NULL; k++)
    gtk_file_filter_add_pattern (filter, patterns[k]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
free_question (gpointer data, GClosure *closure)
{
  g_free (data);
}

GtkNativeDialog *
explorer_files_ask (GtkWindow *parent,
                    const char *title,
                    const char *name,
                    const char *const *patterns,
                    ExplorerFilesChosen chosen,
                    gpointer data)
{
  const gboolean save = name != NULL;
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
      title, parent, save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
      save ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));
  Question *question = g_new (Question, 1);

  *question = (Question){ chosen, data };
  if (save)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  add_filter (GTK_FILE_CHOOSER (native), patterns);
  g_signal_connect_data (native, "response", G_CALLBACK (on_response), question, free_question, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
  return GTK_NATIVE_DIALOG (native);
}
