#include "explorer-diffusion-pane.h"

#include <math.h>

#include "explorer-lab-title.h"
#include "explorer-type.h"

struct _ExplorerDiffusionPane
{
  ExplorerCharts parent_instance;

  char *title;
  ExplorerDiffusionDraw draw;
  gboolean has_readout;
  gpointer owner;
};

G_DEFINE_FINAL_TYPE (ExplorerDiffusionPane, explorer_diffusion_pane, EXPLORER_TYPE_CHARTS)

PisdBox
explorer_diffusion_pane_get_box (ExplorerDiffusionPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const PisdBox whole = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  return explorer_lab_title_get_rest (&whole, explorer_type_get_scale (widget));
}

static void
explorer_diffusion_pane_paint (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerDiffusionPane *self = EXPLORER_DIFFUSION_PANE (charts);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const PisdPalette *palette = explorer_charts_get_palette (charts);
  const PisdBox box = explorer_diffusion_pane_get_box (self);
  const PisdBox top = { 0.0, 0.0, box.width, box.height };

  if (isnan (x))
    explorer_lab_title_draw (cr, &top, palette, type, self->title);
  if (isnan (x) || self->has_readout)
    self->draw (self->owner, cr, &box, palette, type, x);
}

static void
explorer_diffusion_pane_finalize (GObject *object)
{
  g_free (EXPLORER_DIFFUSION_PANE (object)->title);
  G_OBJECT_CLASS (explorer_diffusion_pane_parent_class)->finalize (object);
}

static void
explorer_diffusion_pane_class_init (ExplorerDiffusionPaneClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = explorer_diffusion_pane_finalize;
  charts_class->smallest_width = EXPLORER_LAB_TITLE_LEAST_WIDTH;
  charts_class->draw = explorer_diffusion_pane_paint;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "diffusionpane");
}

static void
explorer_diffusion_pane_init (ExplorerDiffusionPane *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

GtkWidget *
explorer_diffusion_pane_new (const ExplorerDiffusionPicture *picture, gpointer owner)
{
  ExplorerDiffusionPane *self = g_object_new (EXPLORER_TYPE_DIFFUSION_PANE, NULL);

  self->title = g_strdup (picture->title);
  self->draw = picture->draw;
  self->has_readout = picture->has_readout;
  self->owner = owner;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  picture->title, -1);
  return GTK_WIDGET (self);
}

void
explorer_diffusion_pane_draw (ExplorerDiffusionPane *self, cairo_t *cr, const PisdBox *box)
{
  const PisdPalette *palette = explorer_charts_get_palette (EXPLORER_CHARTS (self));
  const PisdBox picture = explorer_lab_title_get_rest (box, 1.0);

  explorer_lab_title_draw (cr, box, palette, 1.0, self->title);
  self->draw (self->owner, cr, &picture, palette, 1.0, NAN);
}
