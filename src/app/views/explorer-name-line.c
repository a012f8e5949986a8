#include "explorer-name-line.h"

#include <glib/gi18n.h>

struct _ExplorerNameLine
{
  GtkWidget parent_instance;

  GtkWidget *name;
  GtkWidget *mark;
  GtkWidget *mark_words;
  GtkWidget *file;
  GtkWidget *file_words;
};

G_DEFINE_FINAL_TYPE (ExplorerNameLine, explorer_name_line, GTK_TYPE_WIDGET)

static void
explorer_name_line_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_NAME_LINE);
  G_OBJECT_CLASS (explorer_name_line_parent_class)->dispose (object);
}

static void
explorer_name_line_class_init (ExplorerNameLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_name_line_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-name-line.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerNameLine, name);
  gtk_widget_class_bind_template_child (widget_class, ExplorerNameLine, mark);
  gtk_widget_class_bind_template_child (widget_class, ExplorerNameLine, mark_words);
  gtk_widget_class_bind_template_child (widget_class, ExplorerNameLine, file);
  gtk_widget_class_bind_template_child (widget_class, ExplorerNameLine, file_words);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
explorer_name_line_init (ExplorerNameLine *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_name_line_show (self, NULL, NULL);
}

void
explorer_name_line_show (ExplorerNameLine *self, const char *name, const char *mark)
{
  g_autofree char *words = NULL;

  g_return_if_fail (EXPLORER_IS_NAME_LINE (self));

  gtk_label_set_text (GTK_LABEL (self->name), name != NULL ? name : _ ("No estimate yet"));
  gtk_widget_set_visible (self->mark, mark != NULL);
  if (mark == NULL)
    return;
  /* Translators: "Sensors changed, run again" */
  words = g_strdup_printf (_ ("%s, run again"), mark);
  gtk_label_set_text (GTK_LABEL (self->mark_words), words);
}

void
explorer_name_line_show_file (ExplorerNameLine *self, const char *reading, const char *writing)
{
  g_autofree char *words = NULL;

  g_return_if_fail (EXPLORER_IS_NAME_LINE (self));

  gtk_widget_set_visible (self->file, reading != NULL || writing != NULL);
  if (reading != NULL)
    /* Translators: the name of a file */
    words = g_strdup_printf (_ ("Reading %s, Esc stops"), reading);
  else if (writing != NULL)
    /* Translators: the name of a file */
    words = g_strdup_printf (_ ("Writing %s"), writing);
  if (words != NULL)
    gtk_label_set_text (GTK_LABEL (self->file_words), words);
}
