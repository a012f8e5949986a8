#include "explorer-files.h"

#include <glib/gi18n.h>

static const char *const titles[PISD_N_FILE_KINDS] = {
  [PISD_FILE_KIND_FIELDS] = N_ ("Open True Fields"),
  [PISD_FILE_KIND_SENSORS] = N_ ("Open Sensors"),
  [PISD_FILE_KIND_SCENARIO] = N_ ("Open Scenario"),
  [PISD_FILE_KIND_LESSON] = N_ ("Open a Lesson"),
  [PISD_FILE_KIND_PICTURE] = N_ ("Open Picture with Its Set-Up"),
  [PISD_FILE_KIND_WEIGHTS] = N_ ("Open Network Weights"),
};

const char *
explorer_files_get_title (PisdFileKind kind)
{
  return _ (titles[kind]);
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
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

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
  static const char *const any[] = { "*", NULL };
  g_autofree char *endings = g_strjoinv (", ", (char **) patterns);
  const gboolean save = name != NULL;
  GtkFileChooserNative *native = gtk_file_chooser_native_new (
      title, parent, save ? GTK_FILE_CHOOSER_ACTION_SAVE : GTK_FILE_CHOOSER_ACTION_OPEN,
      save ? _ ("_Save") : _ ("_Open"), _ ("_Cancel"));
  Question *question = g_new (Question, 1);

  *question = (Question){ chosen, data };
  if (save)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (native), name);
  add_filter (GTK_FILE_CHOOSER (native), endings, patterns);
  if (!save)
    add_filter (GTK_FILE_CHOOSER (native), _ ("All files"), any);
  g_signal_connect_data (native, "response", G_CALLBACK (on_response), question, free_question, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (native), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (native));
  return GTK_NATIVE_DIALOG (native);
}
