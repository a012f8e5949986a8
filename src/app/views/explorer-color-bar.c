#include "explorer-color-bar.h"

#include <math.h>
#include <string.h>

#include "explorer-layer.h"
#include "pisd-draw-panel.h"

/* Half a number reaches below an upright bar. */
#define BELOW 6.0

struct _ExplorerColorBar
{
  GtkWidget parent_instance;

  ExplorerFieldView *views[EXPLORER_COLOR_BAR_MOST];
  guint n;
  const PisdPalette *palette;
  double type;

  gboolean has_scale; /* some view shows a field */
  PisdColorScale scale;
  double marks[EXPLORER_COLOR_BAR_MOST]; /* NaN: none */
  ExplorerLayer layer;                   /* the scale without them */
};

G_DEFINE_FINAL_TYPE (ExplorerColorBar, explorer_color_bar, GTK_TYPE_WIDGET)

/* An upright bar begins where the pictures do, below their titles. */
static PisdBox
get_box (ExplorerColorBar *self)
{
  const double width = gtk_widget_get_width (GTK_WIDGET (self));
  const double height = gtk_widget_get_height (GTK_WIDGET (self));
  const double gap = PISD_COLOR_SCALE_GAP * self->type, title = PISD_PANEL_TITLE * self->type;

  if (self->scale.across)
    return (PisdBox){ 0.0, gap, width, PISD_COLOR_SCALE_HEIGHT * self->type };
  return (PisdBox){ gap, title, PISD_COLOR_SCALE_WIDTH * self->type,
                    fmax (height - title - BELOW * self->type, 0.0) };
}

/* Its words stay while marks follow the pointer. */
static void
update_layer (ExplorerColorBar *self, const PisdBox *box)
{
  cairo_t *cr = explorer_layer_begin (&self->layer, GTK_WIDGET (self));

  if (cr == NULL)
    return;
  pisd_draw_color_scale (cr, box, self->palette, &self->scale);
  cairo_destroy (cr);
}

static void
draw_anew (ExplorerColorBar *self)
{
  explorer_layer_forget (&self->layer);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
explorer_color_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  ExplorerColorBar *self = EXPLORER_COLOR_BAR (widget);
  const PisdBox box = get_box (self);
  const graphene_rect_t bounds = GRAPHENE_RECT_INIT (
      0.0f, 0.0f, (float) gtk_widget_get_width (widget), (float) gtk_widget_get_height (widget));
  cairo_t *cr;

  if (!self->has_scale || box.width < 1.0 || box.height < 1.0)
    return;
  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  update_layer (self, &box);
  explorer_layer_paint (&self->layer, cr);
  for (guint k = self->n; k > 0; k--)
    pisd_draw_color_scale_mark (cr, &box, self->palette, &self->scale, self->marks[k - 1], k > 1);
  cairo_destroy (cr);
}

static void
explorer_color_bar_finalize (GObject *object)
{
  explorer_layer_forget (&EXPLORER_COLOR_BAR (object)->layer);
  G_OBJECT_CLASS (explorer_color_bar_parent_class)->finalize (object);
}

static void
explorer_color_bar_class_init (ExplorerColorBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = explorer_color_bar_finalize;
  widget_class->snapshot = explorer_color_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "colorbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
explorer_color_bar_init (ExplorerColorBar *self)
{
  self->palette = pisd_palette_get (FALSE);
  self->type = 1.0;
  for (guint k = 0; k < EXPLORER_COLOR_BAR_MOST; k++)
    self->marks[k] = NAN;
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
explorer_color_bar_new (void)
{
  return g_object_new (EXPLORER_TYPE_COLOR_BAR, NULL);
}

void
explorer_color_bar_set_views (ExplorerColorBar *self,
                              ExplorerFieldView *const *views,
                              guint n,
                              gboolean across)
{
  g_return_if_fail (EXPLORER_IS_COLOR_BAR (self) && n <= EXPLORER_COLOR_BAR_MOST);

  for (guint k = 0; k < n; k++)
    self->views[k] = views[k];
  self->n = n;
  self->scale.across = across;
  draw_anew (self);
}

/* The scale of the first view that shows something, with arrows where any has values beyond it. */
static gboolean
get_scale (ExplorerColorBar *self, PisdColorScale *scale)
{
  gboolean found = FALSE, under = FALSE, over = FALSE;

  for (guint k = 0; k < self->n; k++)
    {
      PisdColorScale own;
      PisdPanel panel;

      explorer_field_view_get_panel (self->views[k], &panel);
      if (panel.field == NULL)
        continue;
      pisd_color_scale_init (&own, panel.map, panel.min, panel.max, panel.field);
      under = under || own.under;
      over = over || own.over;
      if (!found)
        *scale = own;
      found = TRUE;
    }
  scale->under = under;
  scale->over = over;
  scale->across = self->scale.across;
  return found;
}

static double
get_value (ExplorerFieldView *view, int i, int j)
{
  PisdPanel panel;

  explorer_field_view_get_panel (view, &panel);
  if (panel.field == NULL || i < 0 || j < 0 || i >= (int) panel.field->ny
      || j >= (int) panel.field->nx)
    return NAN;
  return panel.field->data[(gsize) i * panel.field->nx + (gsize) j];
}

static gboolean
scales_equal (const PisdColorScale *a, const PisdColorScale *b)
{
  return a->map == b->map && a->min == b->min && a->max == b->max && a->under == b->under
         && a->over == b->over && a->across == b->across;
}

void
explorer_color_bar_update (ExplorerColorBar *self, int i, int j)
{
  PisdColorScale scale = self->scale;
  double marks[EXPLORER_COLOR_BAR_MOST];
  gboolean has_scale;

  g_return_if_fail (EXPLORER_IS_COLOR_BAR (self));

  has_scale = get_scale (self, &scale);
  if (!scales_equal (&scale, &self->scale))
    explorer_layer_forget (&self->layer);
  for (guint k = 0; k < EXPLORER_COLOR_BAR_MOST; k++)
    marks[k] = k < self->n ? get_value (self->views[k], i, j) : NAN;
  if (has_scale == self->has_scale && scales_equal (&scale, &self->scale)
      && memcmp (marks, self->marks, sizeof marks) == 0)
    return;
  self->has_scale = has_scale;
  self->scale = scale;
  memcpy (self->marks, marks, sizeof marks);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
explorer_color_bar_set_palette (ExplorerColorBar *self, const PisdPalette *palette)
{
  g_return_if_fail (EXPLORER_IS_COLOR_BAR (self) && palette != NULL);

  self->palette = palette;
  draw_anew (self);
}

void
explorer_color_bar_set_type (ExplorerColorBar *self, double type)
{
  g_return_if_fail (EXPLORER_IS_COLOR_BAR (self) && type > 0.0);

  if (type == self->type)
    return;
  self->type = type;
  draw_anew (self);
}
