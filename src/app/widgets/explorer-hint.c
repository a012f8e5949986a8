#include "explorer-hint.h"

struct _ExplorerHint
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
};

G_DEFINE_FINAL_TYPE (ExplorerHint, explorer_hint, GTK_TYPE_WIDGET)

static void
explorer_hint_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_HINT);
  G_OBJECT_CLASS (explorer_hint_parent_class)->dispose (object);
}

static void
explorer_hint_class_init (ExplorerHintClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_hint_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerHint, revealer);
  gtk_widget_class_bind_template_callback (widget_class, explorer_hint_hide);
}

static void
explorer_hint_init (ExplorerHint *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
explorer_hint_show (ExplorerHint *self)
{
  g_return_if_fail (EXPLORER_IS_HINT (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

void
explorer_hint_hide (ExplorerHint *self)
{
  g_return_if_fail (EXPLORER_IS_HINT (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

gboolean
explorer_hint_is_shown (ExplorerHint *self)
{
  g_return_val_if_fail (EXPLORER_IS_HINT (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}
