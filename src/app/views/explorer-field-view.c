#include "explorer-field-view.h"

#include "explorer-field-hand.h"
#include "explorer-field-lens.h"
#include "explorer-field-paint.h"
#include "explorer-picker.h"

#define SMALLEST_WIDTH 100
#define SMALLEST_HEIGHT 88

struct _ExplorerFieldView
{
  GtkWidget parent_instance;

  ExplorerFieldPicture picture; /* what is shown */
  ExplorerFieldHand hand;       /* what is done */
  ExplorerFieldLens lens;       /* and to how it is seen */
  GtkWidget *picker;            /* in the heading; NULL: none */
  PisdPanel beside;             /* as the panel of the picture points to */
};

/* What it says, with so many numbers of one type. */
static const struct
{
  const char *name;
  guint n;
  GType type;
} signals[] = {
  { "stroke-begin", 1, G_TYPE_BOOLEAN },
  { "stroke", 2, G_TYPE_INT },
  { "stroke-end", 0, G_TYPE_NONE },
  { "measure", 4, G_TYPE_INT },
  { "hover", 2, G_TYPE_INT },
  { "brush-resize", 1, G_TYPE_INT },
  { "pick", 0, G_TYPE_NONE },
  { "maximize", 0, G_TYPE_NONE },
  { "zoom", 3, G_TYPE_DOUBLE },
  { "pan", 2, G_TYPE_DOUBLE },
  { "divide", 1, G_TYPE_DOUBLE },
};

G_DEFINE_FINAL_TYPE (ExplorerFieldView, explorer_field_view, GTK_TYPE_WIDGET)

static void
get_layout (ExplorerFieldView *self, PisdPanelLayout *layout)
{
  explorer_field_picture_get_layout (&self->picture, gtk_widget_get_width (GTK_WIDGET (self)),
                                     gtk_widget_get_height (GTK_WIDGET (self)), layout);
}

static void
explorer_field_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerFieldView *self = EXPLORER_FIELD_VIEW (widget);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (
      0.0f, 0.0f, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  PisdPanelLayout layout;
  cairo_t *cr;

  get_layout (self, &layout);
  if (layout.heat.width < 1.0 || layout.heat.height < 1.0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  explorer_field_picture_draw (&self->picture, cr, &layout, widget);
  explorer_field_hand_draw (&self->hand, cr, &layout);
  cairo_destroy (cr);
  if (self->picker != NULL)
    gtk_widget_snapshot_child (widget, self->picker, snapshot);
}

static void
explorer_field_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ExplorerFieldView *self = EXPLORER_FIELD_VIEW (widget);
  PisdPanelLayout layout;

  if (self->picker == NULL)
    return;
  explorer_field_picture_make_room (&self->picture, width, height);
  get_layout (self, &layout);
  explorer_picker_allocate (self->picker, &layout.heat, self->picture.is_crowded);
}

static void
explorer_field_view_measure (GtkWidget *widget,
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

/* Above the field, where less than the whole title stands. */
static gboolean
explorer_field_view_query_tooltip (GtkWidget *widget,
                                   int x,
                                   int y,
                                   gboolean keyboard,
                                   GtkTooltip *tooltip)
{
  ExplorerFieldView *self = EXPLORER_FIELD_VIEW (widget);
  PisdPanelLayout layout;

  get_layout (self, &layout);
  if (keyboard || y >= layout.heat.y)
    return FALSE;
  if (!self->picture.is_small && !self->picture.is_cut && !explorer_field_view_cuts_title (self))
    return FALSE;
  gtk_tooltip_set_text (tooltip, self->picture.title);
  return TRUE;
}

static void
explorer_field_view_state_flags_changed (GtkWidget *widget, GtkStateFlags old_flags)
{
  gtk_widget_queue_draw (widget); /* the focus ring */
  GTK_WIDGET_CLASS (explorer_field_view_parent_class)->state_flags_changed (widget, old_flags);
}

static void
explorer_field_view_unmap (GtkWidget *widget)
{
  explorer_field_hand_end_stroke (&EXPLORER_FIELD_VIEW (widget)->hand);
  GTK_WIDGET_CLASS (explorer_field_view_parent_class)->unmap (widget);
}

static void
explorer_field_view_dispose (GObject *object)
{
  g_clear_pointer (&EXPLORER_FIELD_VIEW (object)->picker, gtk_widget_unparent);
  G_OBJECT_CLASS (explorer_field_view_parent_class)->dispose (object);
}

static void
explorer_field_view_finalize (GObject *object)
{
  ExplorerFieldView *self = EXPLORER_FIELD_VIEW (object);

  explorer_field_picture_clear (&self->picture);
  G_OBJECT_CLASS (explorer_field_view_parent_class)->finalize (object);
}

static void
install_signals (GType type)
{
  for (guint k = 0; k < G_N_ELEMENTS (signals); k++)
    {
      GType types[] = { signals[k].type, signals[k].type, signals[k].type, signals[k].type };

      g_signal_newv (signals[k].name, type, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL, G_TYPE_NONE,
                     signals[k].n, types);
    }
}

static void
explorer_field_view_class_init (ExplorerFieldViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->dispose = explorer_field_view_dispose;
  object_class->finalize = explorer_field_view_finalize;
  widget_class->size_allocate = explorer_field_view_size_allocate;
  widget_class->snapshot = explorer_field_view_snapshot;
  widget_class->measure = explorer_field_view_measure;
  widget_class->unmap = explorer_field_view_unmap;
  widget_class->query_tooltip = explorer_field_view_query_tooltip;
  widget_class->state_flags_changed = explorer_field_view_state_flags_changed;

  install_signals (type);
  gtk_widget_class_set_css_name (widget_class, "fieldview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
explorer_field_view_init (ExplorerFieldView *self)
{
  explorer_field_picture_init (&self->picture);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  explorer_field_hand_init (&self->hand, GTK_WIDGET (self), &self->picture);
  explorer_field_lens_init (&self->lens, GTK_WIDGET (self), &self->picture);
}

GtkWidget *
explorer_field_view_new (void)
{
  return g_object_new (EXPLORER_TYPE_FIELD_VIEW, NULL);
}

/* What is shown */

void
explorer_field_view_set_title (ExplorerFieldView *self, const char *title, const char *brief)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && title != NULL && brief != NULL);

  if (!explorer_field_picture_set_title (&self->picture, title, brief))
    return;
  if (explorer_field_picture_make_room (&self->picture, gtk_widget_get_width (GTK_WIDGET (self)),
                                        gtk_widget_get_height (GTK_WIDGET (self))))
    gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

const char *
explorer_field_view_get_title (ExplorerFieldView *self)
{
  g_return_val_if_fail (EXPLORER_IS_FIELD_VIEW (self), NULL);

  return explorer_field_picture_get_title (&self->picture);
}

gboolean
explorer_field_view_cuts_title (ExplorerFieldView *self)
{
  PisdPanelLayout layout;

  g_return_val_if_fail (EXPLORER_IS_FIELD_VIEW (self), FALSE);

  get_layout (self, &layout);
  return pisd_panel_cuts_title (&layout, explorer_field_view_get_title (self));
}

void
explorer_field_view_set_field (ExplorerFieldView *self, const PisdField *field, const char *note)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  if (!explorer_field_picture_set_field (&self->picture, field, note))
    return;
  explorer_field_hand_set_crosshair (&self->hand, self->hand.cross_i, self->hand.cross_j);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_mark (ExplorerFieldView *self, const char *mark)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  if (!explorer_field_picture_set_mark (&self->picture, mark))
    return;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  mark != NULL ? mark : "", -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_colors (ExplorerFieldView *self, PisdColormap map, double min, double max)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));
  g_return_if_fail ((guint) map < PISD_N_COLORMAPS);

  if (explorer_field_picture_set_colors (&self->picture, map, min, max))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_sensors (ExplorerFieldView *self,
                                 const PisdSensors *sensors,
                                 const PisdFieldInfo *info,
                                 guint frame)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  explorer_field_picture_set_sensors (&self->picture, sensors, info, frame);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_show_sensors (ExplorerFieldView *self, gboolean show)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  explorer_field_picture_set_show_sensors (&self->picture, show);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_flow (ExplorerFieldView *self, PisdFlow flow)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && flow < PISD_N_FLOWS);

  explorer_field_picture_set_flow (&self->picture, flow);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_brush (ExplorerFieldView *self,
                               gboolean editable,
                               gboolean erasing,
                               int radius)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));
  g_return_if_fail (radius >= 0);

  if (!editable)
    explorer_field_hand_end_stroke (&self->hand);
  self->hand.editable = editable;
  self->hand.erasing = erasing;
  self->hand.radius = radius;
  if (self->picture.beside == NULL)
    gtk_widget_set_cursor_from_name (GTK_WIDGET (self), editable ? "crosshair" : NULL);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_crosshair (ExplorerFieldView *self, int i, int j)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  explorer_field_hand_set_crosshair (&self->hand, i, j);
}

void
explorer_field_view_set_palette (ExplorerFieldView *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && palette != NULL);

  explorer_field_picture_set_palette (&self->picture, palette);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_type (ExplorerFieldView *self, double type, gboolean is_small)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && type > 0.0);

  if (explorer_field_picture_set_type (&self->picture, type, is_small))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_picker_clicked (ExplorerFieldView *self)
{
  g_signal_emit_by_name (self, "pick");
}

void
explorer_field_view_add_picker (ExplorerFieldView *self)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && self->picker == NULL);

  self->picker = explorer_picker_new ();
  g_signal_connect_object (self->picker, "clicked", G_CALLBACK (on_picker_clicked), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_set_parent (self->picker, GTK_WIDGET (self));
  self->picture.has_picker = TRUE;
}

GtkWidget *
explorer_field_view_get_picker (ExplorerFieldView *self)
{
  g_return_val_if_fail (EXPLORER_IS_FIELD_VIEW (self), NULL);
  return self->picker;
}

void
explorer_field_view_set_window (ExplorerFieldView *self, const PisdWindow *window)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && window != NULL);

  if (explorer_field_picture_set_window (&self->picture, window))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_field_view_set_modes (ExplorerFieldView *self, gboolean of_modes, PisdBasis basis)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self));

  if (explorer_field_picture_set_modes (&self->picture, of_modes, basis))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
explorer_field_view_is_of_modes (ExplorerFieldView *self)
{
  g_return_val_if_fail (EXPLORER_IS_FIELD_VIEW (self), FALSE);
  return self->picture.of_modes;
}

void
explorer_field_view_set_beside (ExplorerFieldView *self, const PisdPanel *panel, double divider)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && divider >= 0.0 && divider <= 1.0);

  if (explorer_field_picture_set_beside (&self->picture, panel) || self->picture.divider != divider)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  self->picture.divider = divider;
}

gboolean
explorer_field_view_is_led_by_keys (ExplorerFieldView *self)
{
  g_return_val_if_fail (EXPLORER_IS_FIELD_VIEW (self), FALSE);
  return self->hand.by_keys;
}

void
explorer_field_view_get_place (ExplorerFieldView *self, double *x, double *y)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && x != NULL && y != NULL);

  *x = (self->hand.cross_j + 0.5) / explorer_field_picture_get_nx (&self->picture);
  *y = (self->hand.cross_i + 0.5) / explorer_field_picture_get_ny (&self->picture);
  if (self->hand.cross_i >= 0)
    return;
  *x = self->picture.window.x + 0.5 * self->picture.window.side;
  *y = self->picture.window.y + 0.5 * self->picture.window.side;
  if (self->picture.window.side <= 0.0)
    *x = *y = 0.5;
}

void
explorer_field_view_get_panel (ExplorerFieldView *self, PisdPanel *panel)
{
  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && panel != NULL);

  explorer_field_picture_get_panel (&self->picture, &self->beside, panel);
}

void
explorer_field_view_get_boxes (ExplorerFieldView *self, PisdBox *heat, PisdBox *whole)
{
  PisdPanelLayout layout;

  get_layout (self, &layout);
  *heat = layout.heat;
  *whole = pisd_window_get_whole (&self->picture.window, &layout.heat);
}

void
explorer_field_view_get_node_position (ExplorerFieldView *self, int i, int j, double *x, double *y)
{
  PisdPanelLayout layout;
  PisdBox node;

  g_return_if_fail (EXPLORER_IS_FIELD_VIEW (self) && x != NULL && y != NULL);

  get_layout (self, &layout);
  node = explorer_field_picture_get_node_box (&self->picture, &layout, i, j);
  *x = node.x + 0.5 * node.width;
  *y = node.y + 0.5 * node.height;
}
