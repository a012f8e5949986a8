#include "explorer-where-panel.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-color-bar.h"
#include "explorer-palette.h"
#include "explorer-spin.h"
#include "explorer-where-chart.h"
#include "pisd-color-range.h"

/* Of logarithmic colours, below the largest value. */
#define DECADES 3.0

struct _ExplorerWherePanel
{
  ExplorerPanel parent_instance;

  GtkWidget *shown;
  GtkWidget *field_row;
  GtkStringList *field_names;
  GtkWidget *target_row;
  GtkStringList *target_names;
  GtkWidget *map_row;
  GtkWidget *map_box;
  GtkWidget *best_row;
  GtkWidget *logarithmic_row;
  GtkWidget *logarithmic;
  GtkWidget *place_row;
  GtkWidget *n_best;
  GtkWidget *place_button;
  GtkWidget *chart_row;
  GtkWidget *chart;
  ExplorerFieldView *view;
  ExplorerColorBar *bar;

  ExplorerWhere *where;
  PisdField *map;       /* percents, or their logarithms */
  gboolean is_pointing; /* the cross-hair is not at the best place */
  gboolean erases;      /* the stroke under way */
};

G_DEFINE_FINAL_TYPE (ExplorerWherePanel, explorer_where_panel, EXPLORER_TYPE_PANEL)

static const PisdFieldInfo *
get_field (ExplorerWherePanel *self)
{
  PisdQuestion question;

  explorer_where_get_question (self->where, &question);
  return &explorer_panel_get_problem (EXPLORER_PANEL (self))->fields[question.field];
}

static gboolean
is_logarithmic (ExplorerWherePanel *self)
{
  return gtk_switch_get_active (GTK_SWITCH (self->logarithmic));
}

/* The map. */

static void
show_title (ExplorerWherePanel *self)
{
  const PisdFieldInfo *info = get_field (self);
  g_autofree char *symbol = pisd_field_info_dup_symbol (info, 0);
  g_autofree char *title = g_strdup_printf (is_logarithmic (self)
                                                /* Translators: a field's name; log10 of percents */
                                                ? _ ("Gain of one more on %s, log₁₀ %%")
                                                : _ ("Gain of one more on %s, %%"),
                                            symbol);

  explorer_field_view_set_title (self->view, title, title);
}

/* Percents of the variance that is left. */
static void
fill_map (ExplorerWherePanel *self, const PisdField *share)
{
  for (guint k = 0; k < PISD_GRID * PISD_GRID; k++)
    {
      const double percent = 100.0 * share->data[k];

      self->map->data[k] = is_logarithmic (self) ? log10 (percent) : percent;
    }
}

static void
show_colors (ExplorerWherePanel *self, double most)
{
  const double top = most > 0.0 ? most : 1.0;

  if (is_logarithmic (self))
    explorer_field_view_set_colors (self->view, PISD_COLORMAP_VIRIDIS, log10 (top) - DECADES,
                                    log10 (top));
  else
    explorer_field_view_set_colors (self->view, PISD_COLORMAP_VIRIDIS, 0.0, top);
}

static void
show_cross (ExplorerWherePanel *self, const ExplorerWhereAnswer *answer)
{
  if (self->is_pointing)
    return;
  explorer_field_view_set_crosshair (self->view, -1, -1);
  explorer_color_bar_update (self->bar, -1, -1);
  if (answer == NULL || answer->best < 0)
    return;
  explorer_field_view_set_crosshair (self->view, answer->best / PISD_GRID,
                                     answer->best % PISD_GRID);
  explorer_color_bar_update (self->bar, answer->best / PISD_GRID, answer->best % PISD_GRID);
}

static void
show_map (ExplorerWherePanel *self)
{
  const ExplorerWhereAnswer *answer = explorer_where_get (self->where);
  const PisdScenario *scenario = explorer_panel_get_scenario (EXPLORER_PANEL (self));
  g_autofree char *note = explorer_where_dup_note (self->where);

  show_title (self);
  explorer_field_view_set_sensors (self->view, scenario->sensors, get_field (self), 0);
  if (answer != NULL)
    {
      fill_map (self, answer->map);
      show_colors (self, 100.0 * pisd_field_get_largest (answer->map));
    }
  explorer_field_view_set_field (self->view, answer != NULL ? self->map : NULL,
                                 note != NULL ? note : "");
  show_cross (self, answer);
}

/* Words. */

static char *
dup_best (ExplorerWherePanel *self, const ExplorerWhereAnswer *answer)
{
  const PisdFieldInfo *info = get_field (self);
  const guint best = (guint) answer->best;

  if (answer->best < 0)
    return g_strdup (_ ("No further sensor would help"));
  /* Translators: the best place of one more sensor */
  return g_strdup_printf (_ ("Best: x %.3f, y %.3f"),
                          pisd_field_info_get_node (info, best % PISD_GRID),
                          pisd_field_info_get_node (info, best / PISD_GRID));
}

static char *
dup_gain (const ExplorerWhereAnswer *answer)
{
  const double now = 100.0 * sqrt (answer->left);
  const double share = answer->best < 0 ? 0.0 : answer->map->data[answer->best];
  const double then = now * sqrt (fmax (0.0, 1.0 - share));

  if (answer->best < 0)
    return g_strdup_printf (_ ("Expected error %.3g %%"), now);
  return g_strdup_printf (_ ("Expected error %.4g %%, then %.4g %%"), now, then);
}

static void
show_words (ExplorerWherePanel *self)
{
  const ExplorerWhereAnswer *answer = explorer_where_get (self->where);
  g_autofree char *note = explorer_where_dup_note (self->where);
  g_autofree char *title = answer != NULL ? dup_best (self, answer) : g_strdup (note);
  g_autofree char *subtitle = answer != NULL ? dup_gain (answer) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->best_row), title != NULL ? title : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->best_row), subtitle != NULL ? subtitle : "");
}

/* Rows. */

static void
show_rows (ExplorerWherePanel *self)
{
  const gboolean wanted = explorer_where_is_wanted (self->where);
  const gboolean linear = explorer_panel_get_problem (EXPLORER_PANEL (self))->linear != NULL;
  GtkWidget *rows[] = { self->map_row, self->best_row, self->logarithmic_row, self->place_row,
                        self->chart_row };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    gtk_widget_set_visible (rows[k], wanted);
  gtk_widget_set_visible (self->field_row, wanted && linear);
  gtk_widget_set_visible (self->target_row, wanted && linear);
}

static void
show_placing (ExplorerWherePanel *self)
{
  const ExplorerWhereAnswer *answer = explorer_where_get (self->where);
  const gboolean placing = explorer_where_is_placing (self->where);

  gtk_button_set_label (GTK_BUTTON (self->place_button), placing ? _ ("Stop") : _ ("Place"));
  gtk_widget_set_sensitive (self->place_button, placing || (answer != NULL && answer->best >= 0));
}

static void
show_question (ExplorerWherePanel *self)
{
  PisdQuestion question;

  if (explorer_panel_get_problem (EXPLORER_PANEL (self))->linear == NULL)
    return;
  explorer_where_get_question (self->where, &question);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->field_row), question.field);
  adw_combo_row_set_selected (ADW_COMBO_ROW (self->target_row),
                              question.target == PISD_AIM_ALL ? 0 : question.target + 1);
}

static void
show_answer (ExplorerWherePanel *self)
{
  if (explorer_panel_get_session (EXPLORER_PANEL (self)) == NULL)
    return;
  if (explorer_where_is_wanted (self->where))
    {
      show_map (self);
      show_words (self);
    }
  show_placing (self);
}

static void
explorer_where_panel_show_fields (ExplorerPanel *panel, const PisdOperator *problem)
{
  ExplorerWherePanel *self = EXPLORER_WHERE_PANEL (panel);
  const char *titles[PISD_MAX_FIELDS + 1] = { NULL };
  GtkStringList *targets = self->target_names;

  for (guint k = 0; k < problem->n_fields; k++)
    titles[k] = _ (problem->fields[k].title);
  gtk_string_list_splice (self->field_names, 0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->field_names)), titles);
  gtk_string_list_splice (targets, 0, g_list_model_get_n_items (G_LIST_MODEL (targets)), titles);
  gtk_string_list_splice (targets, 0, 0, (const char *[]){ _ ("All fields"), NULL });
}

static void
explorer_where_panel_update (ExplorerPanel *panel, guint changed)
{
  ExplorerWherePanel *self = EXPLORER_WHERE_PANEL (panel);

  show_rows (self);
  show_question (self);
  show_answer (self);
}

/* What a person does. */

static void
on_shown_changed (ExplorerWherePanel *self)
{
  explorer_where_set_wanted (self->where, gtk_switch_get_active (GTK_SWITCH (self->shown)));
  explorer_panel_refresh (EXPLORER_PANEL (self));
}

/* What is selected in a row; GTK_INVALID_LIST_POSITION: nobody did it. */
static guint
get_selected (ExplorerWherePanel *self, GtkWidget *row)
{
  if (self->where == NULL || !explorer_panel_is_edited (EXPLORER_PANEL (self)))
    return GTK_INVALID_LIST_POSITION;
  return adw_combo_row_get_selected (ADW_COMBO_ROW (row));
}

static void
on_field_changed (ExplorerWherePanel *self)
{
  const guint selected = get_selected (self, self->field_row);

  if (selected != GTK_INVALID_LIST_POSITION)
    explorer_where_ask_field (self->where, selected);
}

/* All fields come first. */
static void
on_target_changed (ExplorerWherePanel *self)
{
  const guint selected = get_selected (self, self->target_row);

  if (selected != GTK_INVALID_LIST_POSITION)
    explorer_where_ask_target (self->where, selected == 0 ? PISD_AIM_ALL : selected - 1);
}

static void
on_logarithmic_changed (ExplorerWherePanel *self)
{
  if (self->where != NULL)
    show_answer (self);
}

static void
on_place_clicked (ExplorerWherePanel *self)
{
  if (explorer_where_is_placing (self->where))
    explorer_where_place (self->where, 0);
  else if (explorer_spin_take (self->n_best))
    explorer_where_place (self->where,
                          (guint) gtk_spin_button_get_value (GTK_SPIN_BUTTON (self->n_best)));
}

static void
on_hover (ExplorerWherePanel *self, int i, int j)
{
  self->is_pointing = i >= 0;
  if (self->is_pointing)
    explorer_color_bar_update (self->bar, i, j);
  else
    show_cross (self, explorer_where_get (self->where));
}

/* One sensor a node, whatever the tool of the views is. */
static void
on_stroke (ExplorerWherePanel *self, int i, int j)
{
  explorer_session_paint (explorer_panel_get_session (EXPLORER_PANEL (self)), get_field (self)->id,
                          0, i, j, 0, self->erases);
}

static void
on_stroke_begin (ExplorerWherePanel *self, gboolean erase)
{
  self->erases = erase;
  explorer_session_begin_edit (explorer_panel_get_session (EXPLORER_PANEL (self)));
}

static void
on_stroke_end (ExplorerWherePanel *self)
{
  ExplorerSession *session = explorer_panel_get_session (EXPLORER_PANEL (self));

  if (session != NULL && explorer_session_is_editing (session))
    explorer_session_end_edit (session);
}

/* Life. */

static void
explorer_where_panel_dispose (GObject *object)
{
  ExplorerWherePanel *self = EXPLORER_WHERE_PANEL (object);

  if (self->where != NULL)
    g_signal_handlers_disconnect_by_data (self->where, self);
  g_clear_object (&self->where);
  g_clear_pointer (&self->map, pisd_field_free);
  G_OBJECT_CLASS (explorer_where_panel_parent_class)->dispose (object);
}

static void
explorer_where_panel_class_init (ExplorerWherePanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  ExplorerPanelClass *panel_class = EXPLORER_PANEL_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_where_panel_dispose;
  panel_class->show_fields = explorer_where_panel_show_fields;
  panel_class->update = explorer_where_panel_update;
  g_type_ensure (EXPLORER_TYPE_WHERE_CHART);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-where-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, shown);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, field_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, field_names);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, target_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, target_names);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, map_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, map_box);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, best_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, logarithmic_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, logarithmic);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, place_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, n_best);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, place_button);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, chart_row);
  gtk_widget_class_bind_template_child (widget_class, ExplorerWherePanel, chart);
  gtk_widget_class_bind_template_callback (widget_class, on_shown_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_field_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_target_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_logarithmic_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_place_clicked);
}

static void
add_map (ExplorerWherePanel *self)
{
  static const struct
  {
    const char *name;
    GCallback handler;
  } handlers[] = { { "hover", G_CALLBACK (on_hover) },
                   { "stroke-begin", G_CALLBACK (on_stroke_begin) },
                   { "stroke", G_CALLBACK (on_stroke) },
                   { "stroke-end", G_CALLBACK (on_stroke_end) } };

  self->map = pisd_field_new (PISD_GRID, PISD_GRID);
  self->view = EXPLORER_FIELD_VIEW (explorer_field_view_new ());
  self->bar = EXPLORER_COLOR_BAR (explorer_color_bar_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->view), -1, 284);
  gtk_widget_set_size_request (GTK_WIDGET (self->bar), -1, 44);
  gtk_box_append (GTK_BOX (self->map_box), GTK_WIDGET (self->view));
  gtk_box_append (GTK_BOX (self->map_box), GTK_WIDGET (self->bar));
  explorer_color_bar_set_views (self->bar, &self->view, 1, TRUE);
  explorer_field_view_set_brush (self->view, TRUE, FALSE, 0);
  for (guint k = 0; k < G_N_ELEMENTS (handlers); k++)
    g_signal_connect_object (self->view, handlers[k].name, handlers[k].handler, self,
                             G_CONNECT_SWAPPED);
}

static void
on_palette_changed (ExplorerWherePanel *self)
{
  const PisdPalette *palette = explorer_palette_get ();

  explorer_field_view_set_palette (self->view, palette);
  explorer_color_bar_set_palette (self->bar, palette);
  explorer_charts_set_palette (EXPLORER_CHARTS (self->chart), palette);
}

static void
explorer_where_panel_init (ExplorerWherePanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_spin_install (self->n_best);
  add_map (self);
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_palette_changed));
  on_palette_changed (self);
}

void
explorer_where_panel_set_where (ExplorerWherePanel *self, ExplorerWhere *where)
{
  g_return_if_fail (EXPLORER_IS_WHERE_PANEL (self) && self->where == NULL);
  self->where = g_object_ref (where);
  explorer_where_chart_set_where (EXPLORER_WHERE_CHART (self->chart), where);
  g_signal_connect_object (where, "changed", G_CALLBACK (show_answer), self, G_CONNECT_SWAPPED);
}

ExplorerFieldView *
explorer_where_panel_get_view (ExplorerWherePanel *self)
{
  g_return_val_if_fail (EXPLORER_IS_WHERE_PANEL (self), NULL);
  return self->view;
}
