#include "explorer-instance-panel.h"

#include <glib/gi18n.h>

#include "explorer-setting-row.h"
#include "explorer-spin.h"
#include "pisd-truth.h"

struct _ExplorerInstancePanel
{
  ExplorerPanel parent_instance;

  GtkWidget *truth_row;
  GtkWidget *family_row;
  GtkWidget *seed_row;
  GtkWidget *draw_row;
  GtkWidget *empty_row;
  GtkWidget *amplitude;
  GtkWidget *width;

  GtkStringList *sources;
  PisdFamily families[PISD_N_FAMILIES]; /* as the list has them ... */
  guint n_families;                     /* ... and how many */

  GPtrArray *constants;      /* one ExplorerSettingRow a constant ... */
  const PisdOperator *shown; /* ... of this equation */
};

G_DEFINE_FINAL_TYPE (ExplorerInstancePanel, explorer_instance_panel, EXPLORER_TYPE_PANEL)

/* What stands in the list of sources beside the families, and where a truth comes from. */
static const char *const kinds[] = {
  [PISD_TRUTH_NONE] = N_ ("Not known"),
  [PISD_TRUTH_RANDOM] = N_ ("Random"),
  [PISD_TRUTH_DRAWN] = N_ ("Drawn by hand"),
  [PISD_TRUTH_FILE] = N_ ("From a file"),
};

/* What field 0 is: the source of a solution, or the beginning of a flow. */
typedef struct
{
  const char *family, *family_help, *seed, *draw, *draw_help, *empty, *drawn;
} Words;

static const Words source_words = { N_ ("Source"),
                                    N_ ("The random source a is drawn from this family."),
                                    N_ ("Source seed"),
                                    N_ ("Draw the source"),
                                    N_ ("Paint on a; the solution follows"),
                                    N_ ("Empty source"),
                                    N_ ("Source drawn by hand") };
static const Words flow_words = { N_ ("Beginning"),
                                  N_ ("The random vorticity at t = 0 is drawn from this family."),
                                  N_ ("Seed of the flow"),
                                  N_ ("Draw the beginning"),
                                  N_ ("Paint on w(0); the flow follows"),
                                  N_ ("Still fluid"),
                                  N_ ("Flow drawn by hand") };

static const Words *
get_words (const PisdOperator *problem)
{
  return problem->fields[0].symbol != NULL ? &flow_words : &source_words;
}

static char *
dup_truth_description (const PisdScenario *scenario, const PisdOperator *problem, PisdTruth kind)
{
  const Words *words = get_words (problem);
  g_autofree char *seed = NULL;

  if (kind == PISD_TRUTH_NONE)
    return g_strdup (_ ("The truth is not known"));
  if (kind == PISD_TRUTH_FILE)
    return g_path_get_basename (scenario->truth_path);
  if (kind == PISD_TRUTH_DRAWN)
    return g_strdup (_ (words->drawn));
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, scenario->settings.instance_seed);
  return g_strdup_printf (
      words == &flow_words ? _ ("Random flow, seed %s") : _ ("Random source, seed %s"), seed);
}

static void
show_truth (ExplorerInstancePanel *self, PisdTruth kind)
{
  const PisdScenario *scenario = explorer_panel_get_scenario (EXPLORER_PANEL (self));
  const PisdOperator *problem = explorer_panel_get_problem (EXPLORER_PANEL (self));
  g_autofree char *truth = dup_truth_description (scenario, problem, kind);
  g_autofree char *escaped = g_markup_escape_text (truth, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->truth_row), problem->equation);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->truth_row), escaped);
}

static void
list_families (ExplorerInstancePanel *self, const PisdOperator *problem)
{
  const PisdSettingInfo *info = pisd_settings_find ("family");

  gtk_string_list_splice (self->sources, 0, g_list_model_get_n_items (G_LIST_MODEL (self->sources)),
                          NULL);
  self->n_families = 0;
  for (PisdFamily family = 0; family < PISD_N_FAMILIES; family++)
    if (problem->families & (1u << family))
      {
        self->families[self->n_families++] = family;
        gtk_string_list_append (self->sources, _ (info->get_choice (family).title));
      }
}

static guint
find_family (ExplorerInstancePanel *self, PisdFamily family)
{
  for (guint k = 0; k < self->n_families; k++)
    if (self->families[k] == family)
      return k;
  return GTK_INVALID_LIST_POSITION;
}

/* After the families stands, where the truth is none of them, what it is.  The list itself stays:
 * GTK is in the middle of a selection when the choice of a family ends here. */
static void
show_source (ExplorerInstancePanel *self, PisdTruth kind)
{
  const PisdSettings *settings = &explorer_panel_get_scenario (EXPLORER_PANEL (self))->settings;
  const gboolean is_random = kind == PISD_TRUTH_RANDOM;
  const char *const others[] = { is_random ? NULL : _ (kinds[kind]), NULL };
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sources));

  gtk_string_list_splice (self->sources, self->n_families, n - self->n_families, others);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->family_row),
                              is_random ? find_family (self, settings->family) : self->n_families);
  gtk_widget_set_visible (self->seed_row, is_random);
}

static void
forget_constants (ExplorerInstancePanel *self)
{
  for (guint k = 0; k < self->constants->len; k++)
    gtk_list_box_remove (GTK_LIST_BOX (gtk_widget_get_parent (self->truth_row)),
                         g_ptr_array_index (self->constants, k));
  g_ptr_array_set_size (self->constants, 0);
}

static void
show_words (ExplorerInstancePanel *self, const PisdOperator *problem)
{
  const Words *words = get_words (problem);
  const struct
  {
    GtkWidget *row;
    const char *title;
  } rows[] = { { self->family_row, words->family },
               { self->seed_row, words->seed },
               { self->draw_row, words->draw },
               { self->empty_row, words->empty } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (rows[k].row), _ (rows[k].title));
  gtk_widget_set_tooltip_text (self->family_row, _ (words->family_help));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->draw_row), _ (words->draw_help));
}

/* The numbers of the equation stand below it, such as the wave number. */
static void
show_problem (ExplorerInstancePanel *self, const PisdOperator *problem)
{
  GtkWidget *above = self->truth_row;

  if (problem == self->shown)
    return;
  self->shown = problem;
  list_families (self, problem);
  show_words (self, problem);
  forget_constants (self);
  for (guint k = 0; k < problem->n_constants; k++)
    {
      const PisdConstantInfo *constant = &problem->constants[k];
      GtkWidget *row =
          g_object_new (EXPLORER_TYPE_SETTING_ROW, "key", constant->key, "title",
                        _ (constant->title), "tooltip-text", _ (constant->note), "session",
                        explorer_panel_get_session (EXPLORER_PANEL (self)), NULL);

      explorer_panel_insert_after (EXPLORER_PANEL (self), row, above);
      g_ptr_array_add (self->constants, row);
      above = row;
    }
}

static void
explorer_instance_panel_update (ExplorerPanel *panel, guint changed)
{
  ExplorerInstancePanel *self = EXPLORER_INSTANCE_PANEL (panel);
  PisdTruth kind;

  if (!(changed & (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SETTINGS)))
    return;
  kind = pisd_truth_get_kind (explorer_panel_get_scenario (panel));
  show_problem (self, explorer_panel_get_problem (panel));
  show_source (self, kind);
  show_truth (self, kind);
}

static void
choose_instance (ExplorerInstancePanel *self, PisdFamily family, guint64 seed)
{
  ExplorerPanel *panel = EXPLORER_PANEL (self);

  if (!explorer_session_set_random_instance (explorer_panel_get_session (panel), family, seed))
    explorer_panel_refresh (panel);
}

static void
on_family_selected (ExplorerInstancePanel *self)
{
  const guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->family_row));
  ExplorerPanel *panel = EXPLORER_PANEL (self);

  if (explorer_panel_is_edited (panel) && selected < self->n_families)
    choose_instance (self, self->families[selected],
                     explorer_panel_get_scenario (panel)->settings.instance_seed);
}

static void
on_next_clicked (ExplorerInstancePanel *self)
{
  const PisdSettings *settings = &explorer_panel_get_scenario (EXPLORER_PANEL (self))->settings;

  choose_instance (self, settings->family, settings->instance_seed + 1);
}

static void
on_draw_toggled (ExplorerInstancePanel *self)
{
  ExplorerBrush *brush = explorer_panel_get_brush (EXPLORER_PANEL (self));
  const gboolean draw = adw_expander_row_get_enable_expansion (ADW_EXPANDER_ROW (self->draw_row));
  const gboolean is_drawing = explorer_brush_get_tool (brush) == EXPLORER_TOOL_SOURCE;

  if (draw != is_drawing)
    explorer_brush_set_tool (brush, draw ? EXPLORER_TOOL_SOURCE : EXPLORER_TOOL_BRUSH);
}

static void
on_tool_changed (ExplorerInstancePanel *self)
{
  ExplorerBrush *brush = explorer_panel_get_brush (EXPLORER_PANEL (self));
  const gboolean draw = explorer_brush_get_tool (brush) == EXPLORER_TOOL_SOURCE;

  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self->draw_row), draw);
}

static void
on_empty_clicked (ExplorerPanel *panel)
{
  g_autoptr (PisdField) zero = pisd_field_new (PISD_GRID, PISD_GRID);

  explorer_session_set_source (explorer_panel_get_session (panel), zero);
}

static void
explorer_instance_panel_bind (ExplorerPanel *panel)
{
  ExplorerInstancePanel *self = EXPLORER_INSTANCE_PANEL (panel);
  ExplorerBrush *brush = explorer_panel_get_brush (panel);
  const GBindingFlags flags = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  g_object_bind_property (brush, "amplitude", self->amplitude, "value", flags);
  g_object_bind_property (brush, "width", self->width, "value", flags);
  g_signal_connect_object (brush, "notify::tool", G_CALLBACK (on_tool_changed), self,
                           G_CONNECT_SWAPPED);
}

static void
explorer_instance_panel_finalize (GObject *object)
{
  g_ptr_array_unref (EXPLORER_INSTANCE_PANEL (object)->constants);
  G_OBJECT_CLASS (explorer_instance_panel_parent_class)->finalize (object);
}

static void
explorer_instance_panel_class_init (ExplorerInstancePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ExplorerPanelClass *panel_class = EXPLORER_PANEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = explorer_instance_panel_finalize;
  panel_class->bind = explorer_instance_panel_bind;
  panel_class->update = explorer_instance_panel_update;

  g_type_ensure (EXPLORER_TYPE_SETTING_ROW);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-instance-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, truth_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, family_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, sources);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, seed_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, draw_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, empty_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, amplitude);
  gtk_widget_class_bind_template_child (widget_class, ExplorerInstancePanel, width);
  gtk_widget_class_bind_template_callback (widget_class, on_family_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_next_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_draw_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_empty_clicked);
}

static void
explorer_instance_panel_init (ExplorerInstancePanel *self)
{
  self->constants = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_spin_install (self->amplitude);
  explorer_spin_install (self->width);
}
