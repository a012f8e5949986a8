#include "explorer-inspect-charts.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-type.h"

/* With type of the usual size. */
#define SMALLEST_WIDTH 280.0

struct _ExplorerInspectShells
{
  ExplorerCharts parent_instance;

  ExplorerInspection *inspection; /* NULL: none */
  guint field;
};

G_DEFINE_FINAL_TYPE (ExplorerInspectShells, explorer_inspect_shells, EXPLORER_TYPE_CHARTS)

static const char *
get_note (ExplorerInspectShells *self)
{
  if (self->inspection == NULL)
    return NULL;
  if (self->inspection->shells[self->field] == NULL)
    return _ ("The latent has no modes of this field: it follows from the other one");
  return self->inspection->inspection->source == PISD_UPDATE_UNKNOWN
             ? _ ("The update of this step is not known: it is in closed form")
             : _ ("Nothing pulls at these modes");
}

/* All is drawn from what is kept. */
static void
explorer_inspect_shells_fill (ExplorerCharts *charts)
{
}

static void
explorer_inspect_shells_draw (ExplorerCharts *charts, cairo_t *cr, double x)
{
  ExplorerInspectShells *self = EXPLORER_INSPECT_SHELLS (charts);
  const PisdInspectionShells *shells =
      self->inspection != NULL ? self->inspection->shells[self->field] : NULL;
  const PisdInspectionKind kind =
      self->inspection != NULL ? self->inspection->inspection->kind : PISD_INSPECTION_NOTHING;
  const PisdPalette *palette = explorer_charts_get_palette (charts);
  const double type = explorer_type_get_scale (GTK_WIDGET (self));
  const PisdBox box = { 0.0, 0.0, gtk_widget_get_width (GTK_WIDGET (self)),
                        gtk_widget_get_height (GTK_WIDGET (self)) };

  if (isnan (x))
    pisd_draw_inspection_shells (cr, &box, palette, shells, kind, get_note (self), type);
  else
    pisd_draw_inspection_shells_readout (cr, &box, palette, shells, kind, type, x);
}

static void
explorer_inspect_shells_dispose (GObject *object)
{
  g_clear_pointer (&EXPLORER_INSPECT_SHELLS (object)->inspection, explorer_inspection_unref);
  G_OBJECT_CLASS (explorer_inspect_shells_parent_class)->dispose (object);
}

static void
explorer_inspect_shells_class_init (ExplorerInspectShellsClass *klass)
{
  ExplorerChartsClass *charts_class = EXPLORER_CHARTS_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_inspect_shells_dispose;
  charts_class->smallest_width = SMALLEST_WIDTH;
  charts_class->fill = explorer_inspect_shells_fill;
  charts_class->draw = explorer_inspect_shells_draw;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "inspectshells");
}

static void
explorer_inspect_shells_init (ExplorerInspectShells *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Effective step by wave number"), -1);
}

void
explorer_inspect_shells_show (ExplorerInspectShells *self,
                              ExplorerInspection *inspection,
                              guint field)
{
  g_return_if_fail (EXPLORER_IS_INSPECT_SHELLS (self) && field < PISD_MAX_FIELDS);
  if (inspection != NULL)
    explorer_inspection_ref (inspection);
  explorer_inspection_unref (self->inspection);
  self->inspection = inspection;
  self->field = field;
  explorer_charts_update (EXPLORER_CHARTS (self));
}
