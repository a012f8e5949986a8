#include "explorer-sweep-axis.h"

#include <glib/gi18n.h>

struct _ExplorerSweepAxis
{
  GtkBox parent_instance;

  GtkWidget *choice, *entry;
  PisdScenario *scenario;
  GStrv keys;       /* in the order of the choices; "" stands for no axis */
  char *suggestion; /* what the entry was given last */
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ExplorerSweepAxis, explorer_sweep_axis, GTK_TYPE_BOX)

static const char *
get_key (ExplorerSweepAxis *self)
{
  const guint chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  return self->keys == NULL || chosen == GTK_INVALID_LIST_POSITION ? "" : self->keys[chosen];
}

static void
suggest (ExplorerSweepAxis *self)
{
  const char *key = get_key (self);

  g_free (self->suggestion);
  self->suggestion = *key != '\0' ? pisd_sweep_suggest (self->scenario, key) : g_strdup ("");
  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), self->suggestion);
  self->updating = FALSE;
  gtk_widget_set_sensitive (self->entry, *key != '\0');
}

static void
on_chosen (ExplorerSweepAxis *self)
{
  if (!self->updating)
    suggest (self);
}

/* What was wrong is being mended. */
static void
on_typed (ExplorerSweepAxis *self)
{
  explorer_sweep_axis_set_error (self, NULL);
}

static void
explorer_sweep_axis_dispose (GObject *object)
{
  ExplorerSweepAxis *self = EXPLORER_SWEEP_AXIS (object);

  g_clear_pointer (&self->scenario, pisd_scenario_free);
  g_clear_pointer (&self->keys, g_strfreev);
  g_clear_pointer (&self->suggestion, g_free);
  G_OBJECT_CLASS (explorer_sweep_axis_parent_class)->dispose (object);
}

static void
explorer_sweep_axis_class_init (ExplorerSweepAxisClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = explorer_sweep_axis_dispose;
}

static void
explorer_sweep_axis_init (ExplorerSweepAxis *self)
{
  self->choice = gtk_drop_down_new (NULL, NULL);
  self->entry = gtk_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  gtk_entry_set_activates_default (GTK_ENTRY (self->entry), TRUE);
  gtk_widget_set_tooltip_text (self->entry,
                               _ ("Values with commas between them, or a range: 0.1..10/4 are four "
                                  "values from 0.1 to 10"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is varied"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Its values"), -1);
  gtk_box_append (GTK_BOX (self), self->choice);
  gtk_box_append (GTK_BOX (self), self->entry);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (on_chosen), self);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_typed), self);
}

static GtkStringList *
new_list (const GStrv keys)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  for (guint k = 0; keys[k] != NULL; k++)
    gtk_string_list_append (list, *keys[k] == '\0' ? _ ("Nothing") : pisd_sweep_get_word (keys[k]));
  return list;
}

static GStrv
list_keys (const PisdScenario *scenario, gboolean optional)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) keys = pisd_sweep_list_keys (scenario);

  if (optional)
    g_strv_builder_add (builder, "");
  g_strv_builder_addv (builder, (const char **) keys);
  return g_strv_builder_end (builder);
}

static guint
find_key (const GStrv keys, const char *key)
{
  for (guint k = 0; keys[k] != NULL; k++)
    if (g_str_equal (keys[k], key))
      return k;
  return 0;
}

static void
offer (ExplorerSweepAxis *self, GStrv keys, const char *chosen)
{
  g_autoptr (GtkStringList) list = new_list (keys);

  self->updating = TRUE;
  g_strfreev (self->keys);
  self->keys = g_strdupv (keys);
  gtk_drop_down_set_model (GTK_DROP_DOWN (self->choice), G_LIST_MODEL (list));
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), find_key (keys, chosen));
  self->updating = FALSE;
}

static gboolean
has_keys (ExplorerSweepAxis *self, const GStrv keys)
{
  return self->keys != NULL
         && g_strv_equal ((const char *const *) self->keys, (const char *const *) keys);
}

void
explorer_sweep_axis_set_scenario (ExplorerSweepAxis *self,
                                  const PisdScenario *scenario,
                                  const char *key,
                                  gboolean optional)
{
  g_auto (GStrv) keys = list_keys (scenario, optional);
  const gboolean is_known =
      self->keys != NULL && g_strv_contains ((const char *const *) keys, get_key (self));
  g_autofree char *chosen = g_strdup (is_known ? get_key (self) : key);
  const gboolean is_suggested =
      g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)), self->suggestion) == 0;

  pisd_scenario_free (self->scenario);
  self->scenario = pisd_scenario_dup (scenario);
  if (!has_keys (self, keys)) /* a list that is open stays as it is */
    offer (self, keys, chosen);
  if (!is_known || is_suggested)
    suggest (self);
}

char *
explorer_sweep_axis_dup_text (ExplorerSweepAxis *self)
{
  const char *key = get_key (self);

  if (*key == '\0')
    return NULL;
  return g_strconcat (key, "=", gtk_editable_get_text (GTK_EDITABLE (self->entry)), NULL);
}

void
explorer_sweep_axis_set_error (ExplorerSweepAxis *self, const char *message)
{
  if (message != NULL)
    gtk_widget_add_css_class (self->entry, "error");
  else
    gtk_widget_remove_css_class (self->entry, "error");
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_STATE_INVALID,
      message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

void
explorer_sweep_axis_choose (ExplorerSweepAxis *self, const char *key)
{
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice), find_key (self->keys, key));
}

GtkEditable *
explorer_sweep_axis_get_entry (ExplorerSweepAxis *self)
{
  return GTK_EDITABLE (self->entry);
}
