#include "explorer-spin.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "explorer-entry.h"
#include "explorer-number.h"
#include "explorer-wheel.h"

/* The title of the row that the spin button stands in. */
static const char *
get_title (GtkWidget *spin)
{
  GtkWidget *row = gtk_widget_get_ancestor (spin, ADW_TYPE_PREFERENCES_ROW);

  return row == NULL ? "" : adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row));
}

/* A number of the range; a whole one where the button has no decimals. */
static gboolean
parse (GtkWidget *spin, double *value)
{
  double minimum, maximum;

  gtk_spin_button_get_range (GTK_SPIN_BUTTON (spin), &minimum, &maximum);
  return explorer_number_parse (gtk_editable_get_text (GTK_EDITABLE (spin)), value)
         && *value >= minimum && *value <= maximum
         && (gtk_spin_button_get_digits (GTK_SPIN_BUTTON (spin)) > 0
             || *value == (double) (gint64) *value);
}

static void
refuse (GtkWidget *spin)
{
  double minimum, maximum;
  g_autofree char *least = NULL;
  g_autofree char *most = NULL;
  g_autofree char *message = NULL;

  gtk_spin_button_get_range (GTK_SPIN_BUTTON (spin), &minimum, &maximum);
  least = explorer_number_format (minimum);
  most = explorer_number_format (maximum);
  /* Translators: title of a setting, what was typed, smallest and largest number */
  message = g_strdup_printf (_ ("%s: got “%s”, expected a number from %s to %s"), get_title (spin),
                             gtk_editable_get_text (GTK_EDITABLE (spin)), least, most);
  explorer_entry_refuse (spin, message);
}

/* GTK's own reading would clamp the number, and read "abc" as the smallest.  After a refusal the
 * old number is back, and the mark stays until the next number or until the focus leaves. */
static int
on_input (GtkSpinButton *spin, double *value)
{
  if (!parse (GTK_WIDGET (spin), value))
    {
      refuse (GTK_WIDGET (spin));
      return GTK_INPUT_ERROR;
    }
  explorer_entry_mark (GTK_WIDGET (spin), FALSE);
  return TRUE;
}

static void
on_leave (GtkWidget *spin)
{
  explorer_entry_mark (spin, FALSE);
}

gboolean
explorer_spin_take (GtkWidget *spin)
{
  double value;
  const gboolean good = parse (spin, &value);

  gtk_spin_button_update (GTK_SPIN_BUTTON (spin));
  return good;
}

void
explorer_spin_install (GtkWidget *spin)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_spin_button_set_update_policy (GTK_SPIN_BUTTON (spin), GTK_UPDATE_IF_VALID);
  g_signal_connect (spin, "input", G_CALLBACK (on_input), NULL);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_leave), spin, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (spin, focus);
  explorer_wheel_only_with_focus (spin);
}
