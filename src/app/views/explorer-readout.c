#include "explorer-readout.h"

#include <glib/gi18n.h>

#include "explorer-number.h"

#define DIGITS 4

/* Between two nodes. */
static const double h = 1.0 / (PISD_GRID - 1);

static gboolean
has_sensor (const ExplorerShown *shown, PisdFieldId field, int i, int j)
{
  const PisdSensors *sensors = explorer_shown_get_scenario (shown)->sensors;

  return pisd_sensors_find (sensors, field, j * h, i * h, 0.5 * h) >= 0;
}

static void
append_value (GString *text, const char *label, const PisdField *field, int i, int j)
{
  g_autofree char *number = NULL;

  if (field == NULL)
    return;
  number = explorer_number_format_digits (field->data[(gsize) i * field->nx + (gsize) j], DIGITS);
  g_string_append_printf (text, "  %s\u00a0%s", label, number);
}

static void
append_row (GString *text, const ExplorerFieldRow *row, const ExplorerShown *shown, int i, int j)
{
  const PisdField *mean, *sd;
  const gboolean has_spread = explorer_shown_get_moments (shown, row->index, &mean, &sd, NULL);
  const struct
  {
    const char *label;
    const PisdField *field;
  } values[] = {
    { explorer_shown_is_noisy (shown) ? _ ("noisy") : _ ("estimate"),
      row->has_estimate ? row->estimate : NULL },
    { _ ("truth"), explorer_shown_get_truth (shown, row->info->id) },
    { _ ("error"), row->has_error ? row->error : NULL },
    { _ ("exact"), shown->exact == NULL ? NULL : shown->exact->mean[row->index] },
    { _ ("spread"), has_spread ? sd : NULL },
  };

  g_string_append_printf (text, "   │   %s", row->info->name);
  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    append_value (text, values[k].label, values[k].field, i, j);
  if (has_sensor (shown, row->info->id, i, j))
    g_string_append_printf (text, "  %s", _ ("sensor"));
}

void
explorer_readout_show (GtkInscription *line,
                       const ExplorerFieldRows *rows,
                       const ExplorerShown *shown,
                       int i,
                       int j)
{
  GString *text;

  if (i < 0)
    {
      gtk_inscription_set_text (line,
                                _ ("Point at a field to read its values; click to place a sensor"));
      gtk_widget_add_css_class (GTK_WIDGET (line), "dim-label");
      return;
    }
  text = g_string_new (NULL);
  g_string_append_printf (text, "x\u00a0%.3f  y\u00a0%.3f", j * h, i * h);
  for (guint k = 0; k < rows->n; k++)
    append_row (text, &rows->items[k], shown, i, j);
  gtk_inscription_set_text (line, text->str);
  gtk_widget_remove_css_class (GTK_WIDGET (line), "dim-label");
  g_string_free (text, TRUE);
}
