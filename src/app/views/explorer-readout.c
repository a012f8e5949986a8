#include "explorer-readout.h"

#include <glib/gi18n.h>

#include "explorer-number.h"

/* How much is said, as there is room: the place stands in the views' titles too, and the first
 * values are those that a person looks for. */
typedef struct
{
  int n_digits;
  gboolean has_place;
  guint n_values;
} Detail;

static const Detail details[] = {
  { 4, TRUE, 5 }, { 3, TRUE, 5 }, { 2, TRUE, 5 }, { 2, FALSE, 5 }, { 3, FALSE, 3 }, { 2, FALSE, 3 },
};

static gboolean
has_sensor (const ExplorerShown *shown, const PisdFieldInfo *info, guint frame, int i, int j)
{
  const PisdSensors *sensors = explorer_shown_get_scenario (shown)->sensors;
  const double h = pisd_field_info_get_spacing (info);

  return pisd_sensors_find (sensors, info, frame, j * h, i * h, 0.5 * h) >= 0;
}

typedef struct
{
  int i, j;
} Place;

static void
append_value (GString *text,
              const char *label,
              const PisdField *field,
              guint frame,
              const Place *place,
              int n_digits)
{
  g_autofree char *number = NULL;

  if (field == NULL)
    return;
  number = explorer_number_format_digits (
      pisd_field_get_value (field, frame, (guint) place->i, (guint) place->j), n_digits);
  g_string_append_printf (text, "  %s\u00a0%s", label, number);
}

static void
append_row (GString *text,
            const ExplorerFieldRow *row,
            const ExplorerShown *shown,
            const Place *place,
            const Detail *detail)
{
  const PisdField *mean, *sd;
  const gboolean has_spread = explorer_shown_get_moments (shown, row->index, &mean, &sd, NULL);
  g_autofree char *symbol = pisd_field_info_dup_symbol (row->info, row->frame);
  const struct
  {
    const char *label;
    const PisdField *field;
  } values[] = {
    { explorer_shown_is_noisy (shown) ? _ ("noisy") : _ ("estimate"),
      row->has_estimate ? row->estimate : NULL },
    { _ ("truth"), explorer_shown_get_truth (shown, row->info->id) },
    { _ ("error"), row->has_error ? row->error : NULL },
    { explorer_shown_is_exact_of_another (shown) ? _ ("Gaussian") : _ ("exact"),
      shown->exact == NULL ? NULL : shown->exact->mean[row->index] },
    { _ ("spread"), has_spread ? sd : NULL },
  };

  g_string_append (text, symbol);
  for (guint k = 0; k < MIN (detail->n_values, G_N_ELEMENTS (values)); k++)
    append_value (text, values[k].label, values[k].field, row->frame, place, detail->n_digits);
  if (has_sensor (shown, row->info, row->frame, place->i, place->j))
    g_string_append_printf (text, "  %s", _ ("sensor"));
}

static void
append_place (GString *text, const PisdFieldInfo *info, const Place *place)
{
  const double h = pisd_field_info_get_spacing (info);

  g_string_append_printf (text, "   │   x\u00a0%.3f  y\u00a0%.3f", place->j * h, place->i * h);
}

/* The place stands behind the first field's values, so that those of all begin alike. */
static char *
dup_text (const ExplorerFieldRows *rows,
          const ExplorerShown *shown,
          const Place *place,
          const Detail *detail)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < rows->n; k++)
    {
      if (k > 0)
        g_string_append_c (text, '\n');
      append_row (text, &rows->items[k], shown, place, detail);
      if (k == 0 && detail->has_place)
        append_place (text, rows->items[k].info, place);
    }
  return g_string_free (text, FALSE);
}

static gboolean
fits (GtkInscription *line, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (line), text);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width <= gtk_widget_get_width (GTK_WIDGET (line));
}

/* FALSE: the same is said already, in the same room and type. */
static gboolean
is_news (GtkInscription *line, const char *text)
{
  static const char key[] = "explorer-readout-said";
  GtkWidget *widget = GTK_WIDGET (line);
  g_autofree char *said =
      g_strdup_printf ("%d %u %s", gtk_widget_get_width (widget),
                       pango_context_get_serial (gtk_widget_get_pango_context (widget)), text);

  if (g_strcmp0 (said, g_object_get_data (G_OBJECT (line), key)) == 0)
    return FALSE;
  g_object_set_data_full (G_OBJECT (line), key, g_steal_pointer (&said), g_free);
  return TRUE;
}

/* As much as there is room for. */
static void
show_fitting (GtkInscription *line,
              const ExplorerFieldRows *rows,
              const ExplorerShown *shown,
              const Place *place)
{
  g_autofree char *text = dup_text (rows, shown, place, &details[0]);

  if (!is_news (line, text))
    return;
  for (guint k = 1; k < G_N_ELEMENTS (details) && !fits (line, text); k++)
    {
      g_free (text);
      text = dup_text (rows, shown, place, &details[k]);
    }
  gtk_inscription_set_text (line, text);
  gtk_widget_remove_css_class (GTK_WIDGET (line), "dim-label");
}

void
explorer_readout_show (GtkInscription *line,
                       const ExplorerFieldRows *rows,
                       const ExplorerShown *shown)
{
  const Place place = { rows->cross_i, rows->cross_j };
  const char *hint = _ ("Point at a field to read its values; click to place a sensor");

  if (place.i >= 0)
    {
      show_fitting (line, rows, shown, &place);
      return;
    }
  if (!is_news (line, hint))
    return;
  gtk_inscription_set_text (line, hint);
  gtk_widget_add_css_class (GTK_WIDGET (line), "dim-label");
}

void
explorer_readout_set_lines (GtkInscription *line, guint n)
{
  gtk_inscription_set_min_lines (line, n);
  gtk_inscription_set_nat_lines (line, n);
}
