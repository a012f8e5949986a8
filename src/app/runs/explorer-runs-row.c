#include "explorer-runs-row.h"

#include <glib/gi18n.h>
#include <math.h>

#include "pisd-draw-comparison.h"

struct _ExplorerRunsRow
{
  GtkListBoxRow parent_instance;

  GtkWidget *beside;
  GtkWidget *name;
  GtkWidget *detail;
  GtkWidget *pin;
  GtkWidget *drop;

  guint id;
  gboolean updating;
};

enum
{
  SHOWN_BESIDE,
  PINNED,
  DROP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerRunsRow, explorer_runs_row, GTK_TYPE_LIST_BOX_ROW)

static void
on_beside (ExplorerRunsRow *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[SHOWN_BESIDE], 0,
                   gtk_check_button_get_active (GTK_CHECK_BUTTON (self->beside)));
}

static void
on_pin (ExplorerRunsRow *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[PINNED], 0,
                   gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->pin)));
}

static void
on_drop (ExplorerRunsRow *self)
{
  g_signal_emit (self, signals[DROP], 0);
}

static void
explorer_runs_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_RUNS_ROW);
  G_OBJECT_CLASS (explorer_runs_row_parent_class)->dispose (object);
}

static guint
add_signal (const char *name, GType argument)
{
  return g_signal_new (name, EXPLORER_TYPE_RUNS_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, argument == G_TYPE_NONE ? 0 : 1, argument);
}

static void
explorer_runs_row_class_init (ExplorerRunsRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_runs_row_dispose;
  signals[SHOWN_BESIDE] = add_signal ("shown-beside", G_TYPE_BOOLEAN);
  signals[PINNED] = add_signal ("pinned", G_TYPE_BOOLEAN);
  signals[DROP] = add_signal ("drop", G_TYPE_NONE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-runs-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerRunsRow, beside);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRunsRow, name);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRunsRow, detail);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRunsRow, pin);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRunsRow, drop);
  gtk_widget_class_bind_template_callback (widget_class, on_beside);
  gtk_widget_class_bind_template_callback (widget_class, on_pin);
  gtk_widget_class_bind_template_callback (widget_class, on_drop);
}

static void
explorer_runs_row_init (ExplorerRunsRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
explorer_runs_row_new (void)
{
  return g_object_new (EXPLORER_TYPE_RUNS_ROW, NULL);
}

/* "a 12 %, u 3.4 %" */
static void
append_errors (GString *text, const ExplorerRun *run)
{
  const PisdOperator *info = pisd_operator_get (explorer_run_get_scenario (run)->settings.problem);

  for (guint f = 0; f < info->n_fields; f++)
    {
      const double error = explorer_run_get_error (run, f);
      g_autofree char *symbol =
          pisd_field_info_dup_symbol (&info->fields[f], info->fields[f].n_frames - 1);
      g_autofree char *percent = isnan (error) ? NULL : pisd_comparison_dup_percent (error);

      if (percent != NULL)
        g_string_append_printf (text, "%s%s\u00a0%s", text->len > 0 ? ", " : "", symbol, percent);
    }
}

/* "shown · a 12 %, u 3.4 % · 1.2 s · branch of run 2" */
static char *
dup_detail (const ExplorerRun *run, gboolean is_shown, gboolean is_running)
{
  const PisdResult *result = is_running ? NULL : explorer_job_get_result (run->job);
  GString *text = g_string_new (NULL);

  append_errors (text, run);
  if (result != NULL)
    g_string_append_printf (text, _ (" · %.2f s"), result->seconds);
  if (run->origin != 0)
    g_string_append_printf (text, _ (" · branch of run %u"), run->origin);
  if (is_shown)
    g_string_append (text, is_running ? _ (" · running") : _ (" · shown"));
  return g_string_free (text, FALSE);
}

void
explorer_runs_row_show (ExplorerRunsRow *self,
                        const ExplorerRun *run,
                        gboolean is_shown,
                        gboolean is_running,
                        gboolean is_beside)
{
  g_autofree char *detail = dup_detail (run, is_shown, is_running);
  g_autofree char *called = explorer_run_dup_name (run, is_running);
  g_autofree char *name = g_strdup_printf ("%u  %s", run->id, called);

  self->updating = TRUE;
  self->id = run->id;
  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->detail), detail);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (self->beside), is_beside);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->pin), run->is_pinned);
  gtk_widget_set_sensitive (self->drop, !is_shown);
  (is_shown ? gtk_widget_add_css_class : gtk_widget_remove_css_class) (self->name, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  self->updating = FALSE;
}

guint
explorer_runs_row_get_id (ExplorerRunsRow *self)
{
  return self->id;
}

void
explorer_runs_row_toggle_pin (ExplorerRunsRow *self)
{
  GtkToggleButton *pin = GTK_TOGGLE_BUTTON (self->pin);

  gtk_toggle_button_set_active (pin, !gtk_toggle_button_get_active (pin));
}

void
explorer_runs_row_toggle_beside (ExplorerRunsRow *self)
{
  GtkCheckButton *beside = GTK_CHECK_BUTTON (self->beside);

  gtk_check_button_set_active (beside, !gtk_check_button_get_active (beside));
}

const char *
explorer_runs_row_get_detail (ExplorerRunsRow *self)
{
  return gtk_label_get_text (GTK_LABEL (self->detail));
}
