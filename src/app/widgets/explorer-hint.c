#include "explorer-hint.h"

struct _ExplorerHint
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
  GtkWidget *remedy;
};

G_DEFINE_FINAL_TYPE (ExplorerHint, explorer_hint, GTK_TYPE_WIDGET)

enum
{
  PROP_TEXT = 1,
  PROP_REMEDY,
  PROP_ACTION,
  N_PROPS
};

static void
explorer_hint_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ExplorerHint *self = EXPLORER_HINT (object);
  const char *text = g_value_get_string (value);

  switch (id)
    {
    case PROP_TEXT:
      gtk_label_set_label (GTK_LABEL (self->label), text);
      break;
    case PROP_REMEDY:
      gtk_button_set_label (GTK_BUTTON (self->remedy), text);
      gtk_widget_set_visible (self->remedy, *text != '\0');
      break;
    case PROP_ACTION:
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->remedy), text);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_hint_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_HINT);
  G_OBJECT_CLASS (explorer_hint_parent_class)->dispose (object);
}

static guint toggled;

static void
explorer_hint_class_init (ExplorerHintClass *klass)
{
  static const char *const names[N_PROPS] = { NULL, "text", "remedy", "action" };
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_hint_dispose;
  G_OBJECT_CLASS (klass)->set_property = explorer_hint_set_property;
  for (guint k = PROP_TEXT; k < N_PROPS; k++)
    g_object_class_install_property (G_OBJECT_CLASS (klass), k,
                                     g_param_spec_string (names[k], NULL, NULL, "", flags));
  toggled = g_signal_new ("toggled", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                          NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-hint.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerHint, revealer);
  gtk_widget_class_bind_template_child (widget_class, ExplorerHint, label);
  gtk_widget_class_bind_template_child (widget_class, ExplorerHint, remedy);
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
  g_signal_emit (self, toggled, 0);
}

void
explorer_hint_hide (ExplorerHint *self)
{
  g_return_if_fail (EXPLORER_IS_HINT (self));
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
  g_signal_emit (self, toggled, 0);
}

void
explorer_hint_give_way (ExplorerHint *self, gboolean gives_way)
{
  g_return_if_fail (EXPLORER_IS_HINT (self));
  gtk_widget_set_opacity (GTK_WIDGET (self), gives_way ? 0.0 : 1.0);
}

gboolean
explorer_hint_is_shown (ExplorerHint *self)
{
  g_return_val_if_fail (EXPLORER_IS_HINT (self), FALSE);
  return gtk_revealer_get_reveal_child (GTK_REVEALER (self->revealer));
}
