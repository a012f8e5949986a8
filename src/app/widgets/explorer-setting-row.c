#include "explorer-setting-row.h"

#include <glib/gi18n.h>

#include "explorer-choice.h"
#include "explorer-entry.h"
#include "explorer-number.h"

struct _ExplorerSettingRow
{
  AdwActionRow parent_instance;

  GtkWidget *entry;  /* NULL: it is a choice */
  GtkWidget *choice; /* NULL: it is none */

  char *key;
  const PisdSettingInfo *info;
  ExplorerSession *session;
  gboolean updating;
};

G_DEFINE_FINAL_TYPE (ExplorerSettingRow, explorer_setting_row, ADW_TYPE_ACTION_ROW)

enum
{
  PROP_KEY = 1,
  PROP_SESSION,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Numbers in their shortest form; seeds are too large for a double. */
static char *
dup_text (ExplorerSettingRow *self)
{
  g_autofree char *text = NULL;
  PisdSettings settings;

  explorer_session_get_coming_settings (self->session, &settings);
  text = pisd_settings_dup_text (&settings, self->info);
  if (self->info->type == PISD_SETTING_DOUBLE)
    return explorer_number_format (g_ascii_strtod (text, NULL));
  return g_steal_pointer (&text);
}

static void
show_value (ExplorerSettingRow *self)
{
  g_autofree char *text = NULL;

  if (self->session == NULL || self->info == NULL)
    return;
  text = dup_text (self);
  self->updating = TRUE;
  if (self->choice != NULL)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->choice),
                                pisd_setting_find_choice (self->info, text));
  else
    {
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      explorer_entry_mark (self->entry, FALSE);
    }
  self->updating = FALSE;
}

static void
on_scenario_changed (ExplorerSettingRow *self, guint flags)
{
  if (flags & ~(guint) PISD_CHANGE_SENSORS)
    show_value (self);
}

/* What is typed becomes the setting, or the entry is marked; the session says why. */
static void
on_entry_activate (ExplorerSettingRow *self)
{
  g_autofree char *text = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *now = NULL;

  if (self->session == NULL)
    return;
  text = explorer_number_normalize (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  shown = dup_text (self);
  now = explorer_number_normalize (shown);
  if (g_str_equal (text, now))
    explorer_entry_mark (self->entry, FALSE);
  else if (explorer_session_set_setting (self->session, self->info->key, text))
    show_value (self);
  else
    explorer_entry_mark (self->entry, TRUE);
}

/* What was refused has been said at Enter. */
static void
on_entry_leave (ExplorerSettingRow *self)
{
  if (!gtk_widget_has_css_class (self->entry, "error"))
    on_entry_activate (self);
  show_value (self);
}

static void
on_choice_selected (ExplorerSettingRow *self)
{
  const guint selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->choice));

  if (self->updating || self->session == NULL || selected == GTK_INVALID_LIST_POSITION)
    return;
  explorer_session_set_setting (self->session, self->info->key,
                                self->info->get_choice (selected).name);
  show_value (self);
}

/* A row has one of the two: a choice with its list costs more than all the rest of the row. */

static GtkWidget *
new_choice (ExplorerSettingRow *self)
{
  GtkWidget *choice =
      gtk_drop_down_new (G_LIST_MODEL (explorer_choice_new_list (self->info)), NULL);

  g_signal_connect_object (choice, "notify::selected", G_CALLBACK (on_choice_selected), self,
                           G_CONNECT_SWAPPED);
  return choice;
}

static GtkWidget *
new_entry (ExplorerSettingRow *self)
{
  const gboolean is_whole = self->info->type != PISD_SETTING_DOUBLE;
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkWidget *entry = g_object_new (
      GTK_TYPE_ENTRY, "width-chars", 8, "max-width-chars", 8, "xalign", 1.0, "input-purpose",
      is_whole ? GTK_INPUT_PURPOSE_DIGITS : GTK_INPUT_PURPOSE_NUMBER, NULL);

  gtk_widget_add_css_class (entry, "numeric");
  gtk_widget_add_css_class (entry, "compact");
  g_signal_connect_object (entry, "activate", G_CALLBACK (on_entry_activate), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_entry_leave), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (entry, focus);
  return entry;
}

static void
set_key (ExplorerSettingRow *self, const char *key)
{
  self->key = g_strdup (key);
  self->info = pisd_settings_find (key);
  g_return_if_fail (self->info != NULL);
  if (self->info->type == PISD_SETTING_CHOICE)
    self->choice = new_choice (self);
  else
    self->entry = new_entry (self);
}

static void
set_session (ExplorerSettingRow *self, ExplorerSession *session)
{
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (self->session, self);
  g_set_object (&self->session, session);
  if (session == NULL)
    return;
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (on_scenario_changed), self,
                           G_CONNECT_SWAPPED);
  show_value (self);
}

static void
explorer_setting_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerSettingRow *self = EXPLORER_SETTING_ROW (object);

  switch (id)
    {
    case PROP_KEY:
      g_value_set_string (value, self->key);
      break;
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_setting_row_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  ExplorerSettingRow *self = EXPLORER_SETTING_ROW (object);

  switch (id)
    {
    case PROP_KEY:
      set_key (self, g_value_get_string (value));
      break;
    case PROP_SESSION:
      set_session (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* The row's title is the setting's, and what a screen reader says of the entry. */
static void
explorer_setting_row_constructed (GObject *object)
{
  ExplorerSettingRow *self = EXPLORER_SETTING_ROW (object);
  GtkWidget *control = self->choice != NULL ? self->choice : self->entry;
  const char *title = _ (self->info->title);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  G_OBJECT_CLASS (explorer_setting_row_parent_class)->constructed (object);
  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), control);
}

static void
explorer_setting_row_dispose (GObject *object)
{
  ExplorerSettingRow *self = EXPLORER_SETTING_ROW (object);

  self->updating = TRUE;
  set_session (self, NULL);
  G_OBJECT_CLASS (explorer_setting_row_parent_class)->dispose (object);
}

static void
explorer_setting_row_finalize (GObject *object)
{
  g_free (EXPLORER_SETTING_ROW (object)->key);
  G_OBJECT_CLASS (explorer_setting_row_parent_class)->finalize (object);
}

static void
explorer_setting_row_class_init (ExplorerSettingRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_setting_row_get_property;
  object_class->set_property = explorer_setting_row_set_property;
  object_class->constructed = explorer_setting_row_constructed;
  object_class->dispose = explorer_setting_row_dispose;
  object_class->finalize = explorer_setting_row_finalize;
  properties[PROP_KEY] = g_param_spec_string (
      "key", NULL, NULL, NULL, G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, EXPLORER_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
explorer_setting_row_init (ExplorerSettingRow *self)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
}
