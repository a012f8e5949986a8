#include "explorer-sensors-panel.h"

#include <glib/gi18n.h>

#include "explorer-entry.h"
#include "explorer-number.h"
#include "explorer-spin.h"

struct _ExplorerSensorsPanel
{
  ExplorerPanel parent_instance;

  GtkWidget *count_row;
  GtkWidget *clear_button;
  GtkWidget *radius;
  GtkWidget *noise;
  GtkWidget *all_frames_row;
  GtkWidget *all_frames;
  GtkWidget *field_row;
  GtkStringList *field_names;
  GtkWidget *n_random;
  GtkWidget *scatter_seed;
  GtkWidget *grid_size;
  GtkWidget *n_ring;
  GtkWidget *follow;

  ExplorerFlow *flow;
  double noise_sd; /* of sensors that are placed from now on */
};

G_DEFINE_FINAL_TYPE (ExplorerSensorsPanel, explorer_sensors_panel, EXPLORER_TYPE_PANEL)

static ExplorerSession *
get_session (ExplorerSensorsPanel *self)
{
  return explorer_panel_get_session (EXPLORER_PANEL (self));
}

/* The field whose sensors are replaced, at the moment shown. */
static const PisdFieldInfo *
get_field (ExplorerSensorsPanel *self)
{
  const PisdOperator *problem = explorer_panel_get_problem (EXPLORER_PANEL (self));
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->field_row));

  return &problem->fields[MIN (selected, problem->n_fields - 1)];
}

static void
explorer_sensors_panel_show_fields (ExplorerPanel *panel, const PisdOperator *problem)
{
  ExplorerSensorsPanel *self = EXPLORER_SENSORS_PANEL (panel);
  GtkStringList *names = self->field_names;

  gtk_string_list_splice (names, 0, g_list_model_get_n_items (G_LIST_MODEL (names)), NULL);
  for (guint k = 0; k < problem->n_fields; k++)
    {
      const PisdFieldInfo *info = &problem->fields[k];
      /* Translators: the field of the moment that the views show */
      g_autofree char *shown = g_strdup_printf (_ ("%s shown"), _ (info->title));

      gtk_string_list_append (names, info->n_frames > 1 ? shown : _ (info->title));
    }
  gtk_widget_set_visible (self->all_frames_row, problem->fields[0].symbol != NULL);
}

/* "w(0): 12, w(5/9): 30", each on a line of its own; NULL: the fields' numbers say it all. */
static char *
dup_frame_counts (const PisdOperator *problem, const PisdSensors *sensors)
{
  GString *text;

  if (problem->fields[0].symbol == NULL)
    return NULL;
  text = g_string_new (NULL);
  for (guint f = 0; f < problem->n_fields; f++)
    for (guint n = 0; n < problem->fields[f].n_frames; n++)
      {
        const guint count = pisd_sensors_count_on (sensors, &problem->fields[f], n);
        g_autofree char *symbol = pisd_field_info_dup_symbol (&problem->fields[f], n);

        if (count > 0)
          g_string_append_printf (text, "%s%s: %u", text->len > 0 ? "\n" : "", symbol, count);
      }
  return g_string_free (text, FALSE);
}

static void
explorer_sensors_panel_update (ExplorerPanel *panel, guint changed)
{
  ExplorerSensorsPanel *self = EXPLORER_SENSORS_PANEL (panel);
  const PisdScenario *scenario = explorer_panel_get_scenario (panel);
  g_autofree char *total = pisd_name_dup_total (scenario->sensors);
  g_autofree char *fields = pisd_name_dup_counts (scenario);
  g_autofree char *frames =
      dup_frame_counts (explorer_panel_get_problem (panel), scenario->sensors);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->count_row), total);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->count_row), fields);
  if (g_strcmp0 (frames, gtk_widget_get_tooltip_text (self->count_row)) != 0)
    gtk_widget_set_tooltip_text (self->count_row, frames); /* each lays the side bar out anew */
  gtk_widget_set_sensitive (self->clear_button, scenario->sensors->n > 0);
}

static void
on_clear_clicked (ExplorerSensorsPanel *self)
{
  explorer_session_clear_sensors (get_session (self));
}

static void
show_noise (ExplorerSensorsPanel *self)
{
  g_autofree char *text = explorer_number_format (self->noise_sd);

  gtk_editable_set_text (GTK_EDITABLE (self->noise), text);
  explorer_entry_mark (self->noise, FALSE);
}

static void
on_noise_activate (ExplorerSensorsPanel *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->noise));
  g_autofree char *message = NULL;
  double sd;

  if (explorer_number_parse (text, &sd) && sd >= 0)
    {
      self->noise_sd = sd;
      explorer_session_set_noise_sd (get_session (self), sd);
      show_noise (self);
      return;
    }
  message = g_strdup_printf (_ ("Noise: got “%s”, expected a number of at least 0"), text);
  explorer_entry_refuse (self->noise, message);
}

/* What was refused has been said at Enter. */
static void
on_noise_leave (ExplorerSensorsPanel *self)
{
  if (!gtk_widget_has_css_class (self->noise, "error"))
    on_noise_activate (self);
  show_noise (self);
}

/* FALSE where what is typed is refused. */
static gboolean
take_count (GtkWidget *spin, guint *count)
{
  const gboolean good = explorer_spin_take (spin);

  *count = (guint) gtk_spin_button_get_value (GTK_SPIN_BUTTON (spin));
  return good;
}

static void
on_scatter_clicked (ExplorerSensorsPanel *self)
{
  const PisdFieldInfo *field = get_field (self);
  guint n, seed;

  if (take_count (self->n_random, &n) && take_count (self->scatter_seed, &seed))
    explorer_session_scatter (get_session (self), field->id,
                              explorer_flow_find_frame (self->flow, field), n, seed);
}

static void
on_scatter_next_clicked (ExplorerSensorsPanel *self)
{
  gtk_spin_button_spin (GTK_SPIN_BUTTON (self->scatter_seed), GTK_SPIN_STEP_FORWARD, 1);
  on_scatter_clicked (self);
}

/* "8 × 8", "8x8", "8 8"; one number stands for both. */
static gboolean
parse_grid_size (const char *text, guint *n_rows, guint *n_columns)
{
  g_auto (GStrv) words = g_regex_split_simple ("[^0-9]+", text, 0, 0);
  guint64 numbers[2] = { 0, 0 };
  guint n = 0;

  for (guint k = 0; words[k] != NULL; k++)
    if (words[k][0] != '\0')
      {
        if (n == 2 || !g_ascii_string_to_unsigned (words[k], 10, 1, PISD_GRID, &numbers[n], NULL))
          return FALSE;
        n++;
      }
  if (n == 0)
    return FALSE;
  *n_rows = (guint) numbers[0];
  *n_columns = (guint) numbers[n - 1];
  return TRUE;
}

static void
on_grid_clicked (ExplorerSensorsPanel *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->grid_size));
  const PisdFieldInfo *field = get_field (self);
  g_autofree char *message = NULL;
  guint n_rows, n_columns;

  if (parse_grid_size (text, &n_rows, &n_columns))
    {
      explorer_entry_mark (self->grid_size, FALSE);
      explorer_session_place_grid (get_session (self), field->id,
                                   explorer_flow_find_frame (self->flow, field), n_rows, n_columns);
      return;
    }
  message = g_strdup_printf (_ ("Grid: got “%s”, expected rows × columns, each from 1 to %d"), text,
                             PISD_GRID);
  explorer_entry_refuse (self->grid_size, message);
}

static void
on_ring_clicked (ExplorerSensorsPanel *self)
{
  const PisdFieldInfo *field = get_field (self);
  guint n;

  if (take_count (self->n_ring, &n))
    explorer_session_place_ring (get_session (self), field->id,
                                 explorer_flow_find_frame (self->flow, field), n);
}

static void
on_all_frames_changed (ExplorerSensorsPanel *self)
{
  explorer_session_set_all_frames (get_session (self),
                                   gtk_switch_get_active (GTK_SWITCH (self->all_frames)));
}

static void
explorer_sensors_panel_bind (ExplorerPanel *panel)
{
  ExplorerSensorsPanel *self = EXPLORER_SENSORS_PANEL (panel);
  ExplorerPreferences *preferences = explorer_panel_get_preferences (panel);
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_return_if_fail (self->flow != NULL);
  g_object_bind_property (explorer_panel_get_brush (panel), "radius", self->radius, "value", flags);
  g_object_bind_property (preferences, "follow", self->follow, "active", flags);
}

static void
explorer_sensors_panel_dispose (GObject *object)
{
  g_clear_object (&EXPLORER_SENSORS_PANEL (object)->flow);
  G_OBJECT_CLASS (explorer_sensors_panel_parent_class)->dispose (object);
}

static void
explorer_sensors_panel_class_init (ExplorerSensorsPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ExplorerPanelClass *panel_class = EXPLORER_PANEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_sensors_panel_dispose;
  panel_class->bind = explorer_sensors_panel_bind;
  panel_class->show_fields = explorer_sensors_panel_show_fields;
  panel_class->update = explorer_sensors_panel_update;

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-sensors-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, count_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, clear_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, radius);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, noise);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, all_frames_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, all_frames);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, field_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, field_names);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, n_random);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, scatter_seed);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, grid_size);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, n_ring);
  gtk_widget_class_bind_template_child (widget_class, ExplorerSensorsPanel, follow);
  gtk_widget_class_bind_template_callback (widget_class, on_clear_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_noise_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_noise_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_all_frames_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_scatter_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_scatter_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_grid_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_ring_clicked);
}

static void
explorer_sensors_panel_init (ExplorerSensorsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  explorer_spin_install (self->radius);
  explorer_spin_install (self->n_random);
  explorer_spin_install (self->scatter_seed);
  explorer_spin_install (self->n_ring);
}

void
explorer_sensors_panel_set_flow (ExplorerSensorsPanel *self, ExplorerFlow *flow)
{
  g_return_if_fail (EXPLORER_IS_SENSORS_PANEL (self) && self->flow == NULL);
  self->flow = g_object_ref (flow);
}
