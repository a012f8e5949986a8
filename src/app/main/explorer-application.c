#include "explorer-application.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "explorer-popovers.h"
#include "explorer-preferences.h"
#include "explorer-toplevels.h"
#include "explorer-window.h"
#include "pisd-translations.h"

#define APPLICATION_ID "io.github.pisd.Explorer"
#define SESSIONS "pisd-explorer/sessions"
#define KEEP_DELAY 3000 /* milliseconds from an edit to the file */
#define SHORTCUTS "/io/github/pisd/Explorer/shortcuts.ui"

struct _ExplorerApplication
{
  AdwApplication parent_instance;
  ExplorerPreferences *preferences;
};

G_DEFINE_FINAL_TYPE (ExplorerApplication, explorer_application, ADW_TYPE_APPLICATION)

static ExplorerWindow *
new_window (ExplorerApplication *self)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), SESSIONS, NULL);
  ExplorerWindow *window =
      EXPLORER_WINDOW (explorer_window_new (ADW_APPLICATION (self), self->preferences));

  explorer_window_keep_session (window, folder, KEEP_DELAY);
  return window;
}

static void
explorer_application_activate (GApplication *application)
{
  ExplorerApplication *self = EXPLORER_APPLICATION (application);
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    {
      window = GTK_WINDOW (new_window (self));
      explorer_window_open_first (EXPLORER_WINDOW (window));
    }
  gtk_window_present (window);
}

/* All files of one command line go to one window: a truth and its sensors belong together. */
static void
explorer_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  ExplorerWindow *window = new_window (EXPLORER_APPLICATION (application));

  if (!explorer_window_open_files (window, files, n_files))
    explorer_window_open_first (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
action_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  adw_show_about_window (
      gtk_application_get_active_window (GTK_APPLICATION (data)), "application-name",
      _ ("PISD Explorer"), "application-icon", APPLICATION_ID, "version", PISD_VERSION,
      "developer-name", _ ("The PISD Explorer authors"), "license-type", GTK_LICENSE_MIT_X11,
      "comments",
      _ ("Shows how a whole physical field emerges from a few measured points, after "
         "“Physics-informed diffusion models in spectral space” (Gallon, von Wurstemberger, "
         "Cheridito, "
         "Jentzen)"),
      "website", "https://arxiv.org/abs/2602.09708", "translator-credits",
      /* Translators: your names, one a line */
      _ ("translator-credits"), NULL);
}

static void
action_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GList *windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (data)));

  for (GList *link = windows; link != NULL; link = link->next)
    gtk_window_close (link->data);
  g_list_free (windows);
}

/* GTK makes the window of the shortcuts with every other window where its file has the name that
 * GTK looks for; it takes as long as a panel and is made when it is first asked for. */
static void
action_show_shortcuts (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplicationWindow *window = data;
  g_autoptr (GtkBuilder) builder = NULL;

  if (gtk_application_window_get_help_overlay (window) == NULL)
    {
      builder = gtk_builder_new_from_resource (SHORTCUTS);
      gtk_application_window_set_help_overlay (
          window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
    }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

static void
explorer_application_window_added (GtkApplication *application, GtkWindow *window)
{
  static const GActionEntry entries[] = { { "show-help-overlay", action_show_shortcuts } };

  GTK_APPLICATION_CLASS (explorer_application_parent_class)->window_added (application, window);
  if (GTK_IS_APPLICATION_WINDOW (window))
    g_action_map_add_action_entries (G_ACTION_MAP (window), entries, G_N_ELEMENTS (entries),
                                     window);
}

static void
explorer_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = { { "about", action_about }, { "quit", action_quit } };
  static const char *const quit[] = { "<Ctrl>q", NULL };
  static const char *const close[] = { "<Ctrl>w", NULL };
  static const char *const shortcuts[] = { "<Ctrl>F1", "<Ctrl>question", NULL };
  GtkApplication *self = GTK_APPLICATION (application);

  G_APPLICATION_CLASS (explorer_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), entries, G_N_ELEMENTS (entries), self);
  gtk_application_set_accels_for_action (self, "app.quit", quit);
  gtk_application_set_accels_for_action (self, "window.close", close);
  gtk_application_set_accels_for_action (self, "win.show-help-overlay", shortcuts);
  gtk_window_set_default_icon_name (APPLICATION_ID);
  explorer_toplevels_watch ();
  explorer_popovers_watch ();
  EXPLORER_APPLICATION (self)->preferences = explorer_preferences_new ();
}

static void
explorer_application_finalize (GObject *object)
{
  g_clear_object (&EXPLORER_APPLICATION (object)->preferences);
  G_OBJECT_CLASS (explorer_application_parent_class)->finalize (object);
}

static void
explorer_application_class_init (ExplorerApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = explorer_application_finalize;
  application_class->startup = explorer_application_startup;
  application_class->activate = explorer_application_activate;
  application_class->open = explorer_application_open;
  GTK_APPLICATION_CLASS (klass)->window_added = explorer_application_window_added;
}

static void
explorer_application_init (ExplorerApplication *self)
{
}

ExplorerApplication *
explorer_application_new (void)
{
  return g_object_new (EXPLORER_TYPE_APPLICATION, "application-id", APPLICATION_ID,
                       "resource-base-path", "/io/github/pisd/Explorer", "flags",
                       G_APPLICATION_HANDLES_OPEN | G_APPLICATION_NON_UNIQUE, NULL);
}

void
explorer_application_init_locale (void)
{
  setlocale (LC_ALL, "");
  pisd_translations_bind ();
}
