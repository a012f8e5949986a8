#include "explorer-prior-samples.h"

#include <glib/gi18n.h>

#include "pisd-color-range.h"
#include "pisd-draw.h"
#include "pisd-prior-draw.h"

#define N_FIELDS 3
/* Pixels, of a picture at least and between two of them. */
#define SMALLEST 72
#define GAP 6.0

struct _ExplorerPriorSamples
{
  GtkButton parent_instance;

  GtkWidget *area;
  GtkWidget *label;
  gboolean has_settings;
  PisdSettings settings;
  guint number; /* of the first field */
  double limit;
  PisdField *fields[N_FIELDS];
};

G_DEFINE_FINAL_TYPE (ExplorerPriorSamples, explorer_prior_samples, GTK_TYPE_BUTTON)

static void
draw (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const ExplorerPriorSamples *self = data;
  const double side = MIN ((width - (N_FIELDS - 1) * GAP) / N_FIELDS, height);
  const double left = 0.5 * (width - N_FIELDS * side - (N_FIELDS - 1) * GAP);

  if (!self->has_settings || side < 1.0)
    return;
  for (guint k = 0; k < N_FIELDS; k++)
    {
      const PisdBox box = { left + k * (side + GAP), 0.5 * (height - side), side, side };

      pisd_draw_heatmap (cr, &box, self->fields[k], PISD_COLORMAP_DIVERGING, -self->limit,
                         self->limit);
    }
}

static void
fill (ExplorerPriorSamples *self)
{
  g_autofree char *text = NULL;

  self->limit = 0.0;
  for (guint k = 0; k < N_FIELDS; k++)
    {
      pisd_prior_draw (&self->settings, self->number + k, self->fields[k]);
      self->limit = MAX (self->limit, pisd_field_get_largest (self->fields[k]));
    }
  text = g_strdup_printf (_ ("Fields of this prior, −%.3g to %.3g"), self->limit, self->limit);
  gtk_label_set_text (GTK_LABEL (self->label), text);
  gtk_widget_queue_draw (self->area);
}

static void
explorer_prior_samples_clicked (GtkButton *button)
{
  ExplorerPriorSamples *self = EXPLORER_PRIOR_SAMPLES (button);

  self->number += N_FIELDS;
  if (self->has_settings)
    fill (self);
}

static void
explorer_prior_samples_finalize (GObject *object)
{
  for (guint k = 0; k < N_FIELDS; k++)
    pisd_field_free (EXPLORER_PRIOR_SAMPLES (object)->fields[k]);
  G_OBJECT_CLASS (explorer_prior_samples_parent_class)->finalize (object);
}

static void
explorer_prior_samples_class_init (ExplorerPriorSamplesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = explorer_prior_samples_finalize;
  GTK_BUTTON_CLASS (klass)->clicked = explorer_prior_samples_clicked;
}

static void
explorer_prior_samples_init (ExplorerPriorSamples *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  for (guint k = 0; k < N_FIELDS; k++)
    self->fields[k] = pisd_field_new (PISD_GRID, PISD_GRID);
  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), SMALLEST);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area),
                                      N_FIELDS * SMALLEST + (N_FIELDS - 1) * (int) GAP);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw, self, NULL);
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_add_css_class (self->label, "caption");
  gtk_box_append (GTK_BOX (box), self->area);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_button_set_child (GTK_BUTTON (self), box);
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), _ ("Draw other fields of this prior"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Draw other fields of this prior"), -1);
}

GtkWidget *
explorer_prior_samples_new (void)
{
  return g_object_new (EXPLORER_TYPE_PRIOR_SAMPLES, NULL);
}

/* Whether both draw the same fields. */
static gboolean
look_alike (const PisdSettings *a, const PisdSettings *b)
{
  return pisd_settings_same_equation (a, b) && pisd_settings_same_source_prior (a, b);
}

void
explorer_prior_samples_set_settings (ExplorerPriorSamples *self, const PisdSettings *settings)
{
  g_return_if_fail (EXPLORER_IS_PRIOR_SAMPLES (self) && settings != NULL);

  if (self->has_settings && look_alike (&self->settings, settings))
    return;
  self->settings = *settings;
  self->has_settings = TRUE;
  fill (self);
}

guint
explorer_prior_samples_get_number (ExplorerPriorSamples *self)
{
  g_return_val_if_fail (EXPLORER_IS_PRIOR_SAMPLES (self), 0);
  return self->number;
}

double
explorer_prior_samples_get_limit (ExplorerPriorSamples *self)
{
  g_return_val_if_fail (EXPLORER_IS_PRIOR_SAMPLES (self), 0.0);
  return self->limit;
}
