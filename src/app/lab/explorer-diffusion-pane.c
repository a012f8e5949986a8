#include "explorer-diffusion-pane.h"

#include <math.h>

#include "explorer-type.h"
#include "pisd-draw-text.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 250.0
#define TITLE_HEIGHT 24.0
#define TITLE_SIZE 13.0
#define MARGIN 8.0

struct _ExplorerDiffusionPane
{
  ExplorerCharts parent_instance;

  char *title;
  ExplorerDiffusionDraw draw;
  gboolean has_readout;
  gpointer owner;
};

G_DEFINE_FINAL_TYPE (ExplorerDiffusionPane, explorer_diffusion_pane, EXPLORER_TYPE_CHARTS)

static PisdBox
get_picture (const PisdBox *box, double type)
{
  const double title = TITLE_HEIGHT * type;

  return (PisdBox){ box->x, box->y + title, box->width, MAX (box->height - title, 1.0) };
}

PisdBox
explorer_diffusion_pane_get_box (ExplorerDiffusionPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const PisdBox whole = { 0.0, 0.0, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };

  return get_picture (&whole, explorer_type_get_scale (widget));
}

static void
draw_title (ExplorerDiffusionPane *self, cairo_t *cr, const PisdBox *box, double type)
{
  const PisdTextStyle style = {
    .size = TITLE_SIZE * type,
    .bold = TRUE,
    .ink = &explorer_charts_get_palette (EXPLORER_CHARTS (self))->text,
    .max_width = box->width - 2.0 * MARGIN,
  };

  pisd_draw_fitted_text (cr, box->x + MARGIN, box->y + 0.5 * TITLE_HEIGHT * type, &style, 0.7,
                         self->title);
}

static void
explorer_diffusion_pane_fill (ExplorerCharts *charts)
{
}

static void
explorer_diffusion_pane_paint (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerDiffusionPane *self = EXPLORER_DIFFUSION_PANE (charts);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const PisdBox box = explorer_diffusion_pane_get_box (self);
  const PisdBox top = { 0.0, 0.0, box.width, box.height };

  if (isnan (x))
    draw_title (self, cr, &top, type);
  if (isnan (x) || self->has_readout)
    self->draw (self->owner, cr, &box, explorer_charts_get_palette (charts), type, x);
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
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_diffusion_pane_fill;
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
  const PisdBox picture = get_picture (box, 1.0);

  draw_title (self, cr, box, 1.0);
  self->draw (self->owner, cr, &picture, explorer_charts_get_palette (EXPLORER_CHARTS (self)), 1.0,
              NAN);
}
