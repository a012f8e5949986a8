#include "explorer-sweep-sheet.h"

#include <math.h>

#include "explorer-layer.h"
#include "explorer-type.h"

#define SMALLEST_WIDTH 480
#define SMALLEST_HEIGHT 300

struct _ExplorerSweepSheet
{
  GtkWidget parent_instance;

  PisdSweepQueue *queue; /* NULL: nothing to show */
  guint field;
  const PisdPalette *palette;
  PisdSheetLayout layout; /* as last drawn */
  ExplorerLayer layer;
  int selected;
};

enum
{
  SELECTED,
  ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ExplorerSweepSheet, explorer_sweep_sheet, GTK_TYPE_WIDGET)

void
explorer_sheet_init (ExplorerSheet *self, PisdSweepQueue *queue, guint field)
{
  const PisdSweep *sweep = pisd_sweep_queue_get_sweep (queue);
  const guint n = pisd_sweep_get_n_cells (sweep);

  self->cells = g_new (PisdSheetCell, n);
  self->sheet = (PisdSheet){ .n_axes = sweep->n_axes,
                             .cells = self->cells,
                             .limit = pisd_sweep_queue_get_limit (queue, field) };
  for (guint a = 0; a < sweep->n_axes; a++)
    self->sheet.axes[a] =
        (PisdSheetAxis){ pisd_sweep_get_word (sweep->axes[a].key), sweep->axes[a].n,
                         (const char *const *) sweep->axes[a].values };
  for (guint k = 0; k < n; k++)
    {
      const PisdCell *cell = pisd_sweep_queue_get_cell (queue, k);

      self->cells[k] = (PisdSheetCell){ cell != NULL ? cell->means[field] : NULL,
                                        pisd_sweep_queue_get_remark (queue, k),
                                        cell != NULL ? cell->errors[field] : NAN };
    }
}

void
explorer_sheet_clear (ExplorerSheet *self)
{
  g_clear_pointer (&self->cells, g_free);
}

/* What is shown. */

static void
forget_layer (ExplorerSweepSheet *self)
{
  explorer_layer_forget (&self->layer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
update_layer (ExplorerSweepSheet *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const PisdBox box = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  cairo_t *cr = explorer_layer_begin (&self->layer, widget);
  ExplorerSheet sheet;

  if (cr == NULL)
    return;
  explorer_sheet_init (&sheet, self->queue, self->field);
  pisd_sheet_layout_init (&self->layout, &sheet.sheet, &box, explorer_type_get_scale (widget));
  pisd_draw_sheet (cr, &self->layout, self->palette, &sheet.sheet, self->selected);
  explorer_sheet_clear (&sheet);
  cairo_destroy (cr);
}

static void
explorer_sweep_sheet_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerSweepSheet *self = EXPLORER_SWEEP_SHEET (widget);
  const graphene_rect_t bounds =
      GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  cairo_t *cr;

  if (self->queue == NULL || bounds.size.width < 1 || bounds.size.height < 1)
    return;
  update_layer (self);
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_layer_paint (&self->layer, cr);
  cairo_destroy (cr);
}

static void
explorer_sweep_sheet_measure (GtkWidget *widget,
                              GtkOrientation orientation,
                              int for_size,
                              int *minimum,
                              int *natural,
                              int *minimum_baseline,
                              int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? SMALLEST_WIDTH : SMALLEST_HEIGHT;
  *natural = *minimum;
}

static void
explorer_sweep_sheet_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (explorer_sweep_sheet_parent_class)->css_changed (widget, change);
  forget_layer (EXPLORER_SWEEP_SHEET (widget)); /* the size of the type */
}

/* Pointer and keys. */

static void
select_cell (ExplorerSweepSheet *self, int cell)
{
  if (cell == self->selected)
    return;
  self->selected = cell;
  forget_layer (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
on_pressed (ExplorerSweepSheet *self, int n_press, double x, double y)
{
  if (self->queue == NULL)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  select_cell (self, pisd_sheet_layout_find (&self->layout, x, y));
  if (n_press == 2 && self->selected >= 0)
    g_signal_emit (self, signals[ACTIVATED], 0);
}

/* From one cell to the one beside it; the first key begins at the first one. */
static gboolean
move (ExplorerSweepSheet *self, int by)
{
  const int n = (int) self->layout.n_cells;
  const int to = self->selected < 0 ? 0 : self->selected + by;

  if (to >= 0 && to < n)
    select_cell (self, to);
  return TRUE;
}

static gboolean
on_key (ExplorerSweepSheet *self, guint keyval, guint keycode, GdkModifierType state)
{
  const int row = (int) self->layout.n_columns;

  if (self->queue == NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  switch (keyval)
    {
    case GDK_KEY_Left:
      return move (self, -1);
    case GDK_KEY_Right:
      return move (self, 1);
    case GDK_KEY_Up:
      return move (self, -row);
    case GDK_KEY_Down:
      return move (self, row);
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
      if (self->selected >= 0)
        g_signal_emit (self, signals[ACTIVATED], 0);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
add_controllers (ExplorerSweepSheet *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *key = gtk_event_controller_key_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  g_signal_connect_swapped (key, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  gtk_widget_add_controller (GTK_WIDGET (self), key);
}

static void
explorer_sweep_sheet_dispose (GObject *object)
{
  ExplorerSweepSheet *self = EXPLORER_SWEEP_SHEET (object);

  explorer_layer_forget (&self->layer);
  self->queue = NULL;
  G_OBJECT_CLASS (explorer_sweep_sheet_parent_class)->dispose (object);
}

static void
explorer_sweep_sheet_class_init (ExplorerSweepSheetClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_sweep_sheet_dispose;
  widget_class->snapshot = explorer_sweep_sheet_snapshot;
  widget_class->measure = explorer_sweep_sheet_measure;
  widget_class->css_changed = explorer_sweep_sheet_css_changed;
  for (guint k = 0; k < N_SIGNALS; k++)
    signals[k] = g_signal_new (k == SELECTED ? "selected" : "activated", EXPLORER_TYPE_SWEEP_SHEET,
                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
explorer_sweep_sheet_init (ExplorerSweepSheet *self)
{
  self->selected = -1;
  self->palette = pisd_palette_get (FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  add_controllers (self);
}

void
explorer_sweep_sheet_set_queue (ExplorerSweepSheet *self, PisdSweepQueue *queue)
{
  g_return_if_fail (EXPLORER_IS_SWEEP_SHEET (self));

  self->queue = queue;
  self->layout = (PisdSheetLayout){ 0 };
  select_cell (self, -1);
  forget_layer (self);
}

void
explorer_sweep_sheet_set_field (ExplorerSweepSheet *self, guint field)
{
  g_return_if_fail (EXPLORER_IS_SWEEP_SHEET (self));

  self->field = field;
  forget_layer (self);
}

void
explorer_sweep_sheet_set_palette (ExplorerSweepSheet *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_SWEEP_SHEET (self) && palette != NULL);

  self->palette = palette;
  forget_layer (self);
}

void
explorer_sweep_sheet_update (ExplorerSweepSheet *self)
{
  g_return_if_fail (EXPLORER_IS_SWEEP_SHEET (self));

  forget_layer (self);
}

int
explorer_sweep_sheet_get_selected (ExplorerSweepSheet *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP_SHEET (self), -1);

  return self->selected;
}

const PisdSheetLayout *
explorer_sweep_sheet_get_layout (ExplorerSweepSheet *self)
{
  g_return_val_if_fail (EXPLORER_IS_SWEEP_SHEET (self), NULL);

  return &self->layout;
}
