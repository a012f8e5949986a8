#include "explorer-runs.h"

#include <glib/gi18n.h>

#include "explorer-keys.h"
#include "explorer-palette.h"
#include "explorer-runs-picture.h"
#include "explorer-runs-row.h"

/* Runs side by side where nobody has chosen: the shown one and the one before. */
#define USUAL_BESIDE 2

struct _ExplorerRuns
{
  AdwWindow parent_instance;

  GtkWidget *list;
  GtkWidget *memory;
  GtkWidget *view;
  GtkWidget *branch;

  ExplorerSession *session;
  ExplorerFlow *flow;
  ExplorerRunsPicture *picture;
  const PisdComparison *drawn;
  GArray *beside;      /* ids of guint; the newest choice last */
  gboolean has_chosen; /* which of them: else the newest are shown */
  guint step;          /* of the shown run */
  guint tick;          /* draws what has come, once a picture */
};

enum
{
  STEP_SELECTED,
  BRANCH,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerRuns, explorer_runs, ADW_TYPE_WINDOW)

/* Side by side. */

static int
find_beside (ExplorerRuns *self, guint id)
{
  for (guint k = 0; k < self->beside->len; k++)
    if (g_array_index (self->beside, guint, k) == id)
      return (int) k;
  return -1;
}

/* The shown run and the newest of the others, until somebody chooses. */
static void
choose_usual (ExplorerRuns *self)
{
  const GPtrArray *runs = explorer_session_get_runs (self->session);
  const ExplorerRun *shown = explorer_session_get_shown_run (self->session);

  if (self->has_chosen)
    return;
  g_array_set_size (self->beside, 0);
  if (shown != NULL)
    g_array_append_val (self->beside, shown->id);
  for (guint k = runs->len; k-- > 0 && self->beside->len < USUAL_BESIDE;)
    {
      const ExplorerRun *run = g_ptr_array_index (runs, k);

      if (run != shown)
        g_array_append_val (self->beside, run->id);
    }
}

static guint
get_n_steps (ExplorerRuns *self)
{
  const PisdSettings *run = explorer_session_get_run_settings (self->session);

  return run == NULL ? 1 : run->steps;
}

static void
draw (ExplorerRuns *self)
{
  self->drawn = explorer_runs_picture_update (
      self->picture, (const guint *) (gpointer) self->beside->data, self->beside->len,
      (double) self->step / get_n_steps (self), explorer_flow_get_time (self->flow));
  explorer_compare_view_show (EXPLORER_COMPARE_VIEW (self->view), self->drawn);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  ExplorerRuns *self = EXPLORER_RUNS (widget);

  self->tick = 0;
  draw (self);
  return G_SOURCE_REMOVE;
}

static void
draw_soon (ExplorerRuns *self)
{
  if (self->tick == 0)
    self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* The list. */

static void
show_memory (ExplorerRuns *self)
{
  const guint n = explorer_session_get_runs (self->session)->len;
  const double mega = 1024.0 * 1024.0;
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u run, %.0f of %.0f MB", "%u runs, %.0f of %.0f MB", n), n,
                       (double) explorer_session_get_runs_bytes (self->session) / mega,
                       (double) explorer_session_get_runs_limit (self->session) / mega);

  gtk_label_set_text (GTK_LABEL (self->memory), text);
}

/* Runs that were dropped take no place beside others. */
static void
forget_gone (ExplorerRuns *self)
{
  for (guint k = self->beside->len; k-- > 0;)
    if (explorer_session_find_run (self->session, g_array_index (self->beside, guint, k)) == NULL)
      g_array_remove_index (self->beside, k);
}

static void
on_row_beside (ExplorerRuns *self, gboolean beside, ExplorerRunsRow *row)
{
  const guint id = explorer_runs_row_get_id (row);
  int index;

  self->has_chosen = TRUE;
  forget_gone (self);
  index = find_beside (self, id);
  if (!beside && index >= 0)
    g_array_remove_index (self->beside, (guint) index);
  else if (beside && index < 0)
    g_array_append_val (self->beside, id);
  if (self->beside->len > EXPLORER_RUNS_MOST)
    g_array_remove_index (self->beside, 0);
  g_signal_emit_by_name (self->session, "runs-changed");
}

static void
on_row_pinned (ExplorerRuns *self, gboolean is_pinned, ExplorerRunsRow *row)
{
  explorer_session_pin_run (self->session, explorer_runs_row_get_id (row), is_pinned);
}

static void
on_row_drop (ExplorerRuns *self, ExplorerRunsRow *row)
{
  explorer_session_drop_run (self->session, explorer_runs_row_get_id (row));
}

static GtkWidget *
add_row (ExplorerRuns *self)
{
  GtkWidget *row = explorer_runs_row_new ();

  g_signal_connect_swapped (row, "shown-beside", G_CALLBACK (on_row_beside), self);
  g_signal_connect_swapped (row, "pinned", G_CALLBACK (on_row_pinned), self);
  g_signal_connect_swapped (row, "drop", G_CALLBACK (on_row_drop), self);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

/* Rows stay where they are and only show another run, so that the focus stays too. */
static void
show_runs (ExplorerRuns *self)
{
  const GPtrArray *runs = explorer_session_get_runs (self->session);
  const ExplorerRun *shown = explorer_session_get_shown_run (self->session);
  GtkListBox *list = GTK_LIST_BOX (self->list);
  GtkListBoxRow *left;

  choose_usual (self);
  for (guint k = 0; k < runs->len; k++)
    {
      const ExplorerRun *run = g_ptr_array_index (runs, runs->len - 1 - k);
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (list, (int) k);

      explorer_runs_row_show (EXPLORER_RUNS_ROW (row != NULL ? GTK_WIDGET (row) : add_row (self)),
                              run, run == shown,
                              run == shown && explorer_session_is_running (self->session),
                              find_beside (self, run->id) >= 0);
    }
  while ((left = gtk_list_box_get_row_at_index (list, (int) runs->len)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (left));
  show_memory (self);
  draw_soon (self);
}

static void
on_row_activated (ExplorerRuns *self, GtkListBoxRow *row)
{
  explorer_session_show_run (self->session, explorer_runs_row_get_id (EXPLORER_RUNS_ROW (row)));
}

static ExplorerRunsRow *
get_row (ExplorerRuns *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  while (focus != NULL && !EXPLORER_IS_RUNS_ROW (focus))
    focus = gtk_widget_get_parent (focus);
  return focus != NULL ? EXPLORER_RUNS_ROW (focus) : NULL;
}

/* Keys of the row that has the focus. */
static gboolean
on_key (ExplorerRuns *self, guint key, guint code, GdkModifierType state)
{
  ExplorerRunsRow *row = get_row (self);

  if (row == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    on_row_drop (self, row);
  else if (key == GDK_KEY_p)
    explorer_runs_row_toggle_pin (row);
  else if (key == GDK_KEY_b)
    explorer_runs_row_toggle_beside (row);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* The scrubber. */

static void
update_branch (ExplorerRuns *self)
{
  g_autofree char *label = g_strdup_printf (_ ("_Branch at Step %u"), self->step);

  gtk_button_set_label (GTK_BUTTON (self->branch), label);
  gtk_widget_set_sensitive (self->branch, explorer_session_can_branch (self->session, self->step));
}

void
explorer_runs_show_step (ExplorerRuns *self, guint step)
{
  g_return_if_fail (EXPLORER_IS_RUNS (self));
  self->step = step;
  update_branch (self);
  draw_soon (self);
}

static void
on_fraction_selected (ExplorerRuns *self, double fraction)
{
  g_signal_emit (self, signals[STEP_SELECTED], 0, (guint) (fraction * get_n_steps (self) + 0.5));
}

static void
on_branch_clicked (ExplorerRuns *self)
{
  g_signal_emit (self, signals[BRANCH], 0);
}

static void
on_drop_all_clicked (ExplorerRuns *self)
{
  explorer_session_drop_runs (self->session);
}

/* Life. */

static void
on_style_changed (ExplorerRuns *self)
{
  explorer_charts_set_palette (EXPLORER_CHARTS (self->view), explorer_palette_get ());
}

static void
explorer_runs_dispose (GObject *object)
{
  ExplorerRuns *self = EXPLORER_RUNS (object);

  if (self->view != NULL)
    explorer_compare_view_show (EXPLORER_COMPARE_VIEW (self->view), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_RUNS);
  g_clear_pointer (&self->picture, explorer_runs_picture_free);
  g_clear_pointer (&self->beside, g_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->flow);
  G_OBJECT_CLASS (explorer_runs_parent_class)->dispose (object);
}

static void
explorer_runs_class_init (ExplorerRunsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_runs_dispose;
  signals[STEP_SELECTED] = g_signal_new ("step-selected", EXPLORER_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[BRANCH] = g_signal_new ("branch", EXPLORER_TYPE_RUNS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 0);
  g_type_ensure (EXPLORER_TYPE_COMPARE_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-runs.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerRuns, list);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRuns, memory);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRuns, view);
  gtk_widget_class_bind_template_child (widget_class, ExplorerRuns, branch);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_branch_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_drop_all_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_fraction_selected);
  explorer_keys_bind_close (widget_class, "window.close");
}

static void
explorer_runs_init (ExplorerRuns *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->beside = g_array_new (FALSE, FALSE, sizeof (guint));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (self->list, keys);
  explorer_palette_watch (G_OBJECT (self), G_CALLBACK (on_style_changed));
  on_style_changed (self);
}

GtkWidget *
explorer_runs_new (GtkApplication *application, ExplorerSession *session, ExplorerFlow *flow)
{
  ExplorerRuns *self = g_object_new (EXPLORER_TYPE_RUNS, "application", application, NULL);
  static const char *const names[] = { "runs-changed", "run-finished" };

  self->session = g_object_ref (session);
  self->flow = g_object_ref (flow);
  self->picture = explorer_runs_picture_new (session);
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    g_signal_connect_object (session, names[k], G_CALLBACK (show_runs), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "frame", G_CALLBACK (draw_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "scenario-changed", G_CALLBACK (draw_soon), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (flow, "notify::frame", G_CALLBACK (draw_soon), self, G_CONNECT_SWAPPED);
  show_runs (self);
  update_branch (self);
  return GTK_WIDGET (self);
}

GtkListBox *
explorer_runs_get_list (ExplorerRuns *self)
{
  return GTK_LIST_BOX (self->list);
}

ExplorerCompareView *
explorer_runs_get_view (ExplorerRuns *self)
{
  return EXPLORER_COMPARE_VIEW (self->view);
}

const PisdComparison *
explorer_runs_get_comparison (ExplorerRuns *self)
{
  return self->drawn;
}

const char *
explorer_runs_get_memory (ExplorerRuns *self)
{
  return gtk_label_get_text (GTK_LABEL (self->memory));
}
