#include "explorer-run-choice.h"

#include <glib/gi18n.h>

#define IDS "ids"
/* Of a name, which its tooltip has whole. */
#define MOST_CHARS 26

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MOST_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MOST_CHARS);
  gtk_list_item_set_child (item, label);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *label = gtk_list_item_get_child (item);
  const char *name = gtk_string_object_get_string (gtk_list_item_get_item (item));

  gtk_label_set_text (GTK_LABEL (label), name);
  gtk_widget_set_tooltip_text (label, name);
}

GtkWidget *
explorer_run_choice_new (void)
{
  GtkWidget *choice = gtk_drop_down_new (NULL, NULL);
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_drop_down_set_factory (GTK_DROP_DOWN (choice), factory);
  gtk_widget_set_tooltip_text (choice,
                               _ ("The run that stands right of the line (R: the one before it)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Run right of the line"), -1);
  return choice;
}

static void
append (GtkStringList *names, GArray *ids, guint id, char *name)
{
  gtk_string_list_take (names, name);
  g_array_append_val (ids, id);
}

/* The newest first, as in the window of the runs. */
static void
append_runs (GtkStringList *names, GArray *ids, ExplorerSession *session)
{
  const GPtrArray *runs = explorer_session_get_runs (session);

  for (guint k = runs->len; k-- > 0;)
    {
      const ExplorerRun *run = g_ptr_array_index (runs, k);
      g_autofree char *name = explorer_run_dup_name (run, FALSE);

      if (explorer_session_shares_equation (session, run))
        append (names, ids, run->id, g_strdup_printf ("%u  %s", run->id, name));
    }
}

static guint
find (const GArray *ids, guint id)
{
  for (guint k = 0; k < ids->len; k++)
    if (g_array_index (ids, guint, k) == id)
      return k;
  return GTK_INVALID_LIST_POSITION;
}

void
explorer_run_choice_fill (GtkWidget *choice, ExplorerSession *session, guint chosen)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (guint));

  append (names, ids, 0, g_strdup (_ ("The run shown")));
  append_runs (names, ids, session);
  if (find (ids, chosen) == GTK_INVALID_LIST_POSITION)
    append (names, ids, chosen, g_strdup_printf (_ ("Run %u is gone"), chosen));
  g_object_set_data_full (G_OBJECT (choice), IDS, ids, (GDestroyNotify) g_array_unref);
  gtk_drop_down_set_model (GTK_DROP_DOWN (choice), G_LIST_MODEL (names));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (choice), find (ids, chosen));
}

guint
explorer_run_choice_get (GtkWidget *choice)
{
  const GArray *ids = g_object_get_data (G_OBJECT (choice), IDS);
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (choice));

  return selected < ids->len ? g_array_index (ids, guint, selected) : 0;
}
