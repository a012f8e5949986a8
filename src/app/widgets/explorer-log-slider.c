#include "explorer-log-slider.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-entry.h"
#include "explorer-number.h"
#include "explorer-wheel.h"

/* Decades to the left of the lower end that stand for 0. */
#define ZERO_ROOM 0.4
/* Digits kept of what the slider says; typed values keep all of theirs. */
#define SLIDER_DIGITS 3

struct _ExplorerLogSlider
{
  AdwPreferencesRow parent_instance;

  GtkWidget *share_label;
  GtkWidget *entry;
  GtkWidget *scale;
  GtkAdjustment *adjustment; /* log10 of the value */

  double value, preset, share, lower, upper;
  gboolean zero;
  gboolean updating; /* the slider moves because the value did */
};

G_DEFINE_FINAL_TYPE (ExplorerLogSlider, explorer_log_slider, ADW_TYPE_PREFERENCES_ROW)

enum
{
  PROP_VALUE = 1,
  PROP_PRESET,
  PROP_SHARE,
  PROP_LOWER,
  PROP_UPPER,
  PROP_ZERO,
  N_PROPS
};

static guint changed_signal, refused_signal;

static double
to_position (ExplorerLogSlider *self, double value)
{
  const double left = log10 (self->lower) - (self->zero ? ZERO_ROOM : 0);

  if (value <= 0)
    return left;
  return CLAMP (log10 (value), log10 (self->lower), log10 (self->upper));
}

static double
from_position (ExplorerLogSlider *self, double position)
{
  g_autofree char *text = NULL;
  double value = 0;

  if (self->zero && position < log10 (self->lower) - ZERO_ROOM / 2)
    return 0;
  text =
      explorer_number_format_digits (pow (10, MAX (position, log10 (self->lower))), SLIDER_DIGITS);
  explorer_number_parse (text, &value);
  return value;
}

static void
show_value (ExplorerLogSlider *self)
{
  g_autofree char *text = explorer_number_format (self->value);

  self->updating = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  explorer_entry_mark (self->entry, FALSE);
  gtk_adjustment_set_value (self->adjustment, to_position (self, self->value));
  self->updating = FALSE;
}

static void
show_range (ExplorerLogSlider *self)
{
  self->updating = TRUE;
  gtk_adjustment_set_lower (self->adjustment, to_position (self, 0));
  gtk_adjustment_set_upper (self->adjustment, log10 (self->upper));
  self->updating = FALSE;
  show_value (self);
}

static void
show_preset (ExplorerLogSlider *self)
{
  gtk_scale_clear_marks (GTK_SCALE (self->scale));
  if (!isnan (self->preset))
    gtk_scale_add_mark (GTK_SCALE (self->scale), to_position (self, self->preset), GTK_POS_BOTTOM,
                        NULL);
}

static void
choose (ExplorerLogSlider *self, double value)
{
  if (value == self->value)
    return;
  self->value = value;
  show_value (self);
  g_signal_emit (self, changed_signal, 0, value);
}

static void
on_slider_moved (ExplorerLogSlider *self)
{
  if (!self->updating)
    choose (self, from_position (self, gtk_adjustment_get_value (self->adjustment)));
}

/* What is typed becomes the value, or the entry is marked: it is no number, or whoever hears
 * "changed" has put the old value back. */
static void
on_entry_activate (ExplorerLogSlider *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  double value;

  if (explorer_number_parse (text, &value) && value >= 0)
    {
      choose (self, value);
      show_value (self);
      if (self->value == value)
        return;
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
    }
  else
    g_signal_emit (self, refused_signal, 0, text);
  explorer_entry_mark (self->entry, TRUE);
}

/* What was typed but is no number goes when the entry is left. */
static void
on_entry_leave (ExplorerLogSlider *self)
{
  if (!gtk_widget_has_css_class (self->entry, "error"))
    on_entry_activate (self);
  show_value (self);
}

static void
explorer_log_slider_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  ExplorerLogSlider *self = EXPLORER_LOG_SLIDER (object);
  const double numbers[N_PROPS] = { [PROP_VALUE] = self->value,
                                    [PROP_PRESET] = self->preset,
                                    [PROP_SHARE] = self->share,
                                    [PROP_LOWER] = self->lower,
                                    [PROP_UPPER] = self->upper };

  if (id == PROP_ZERO)
    g_value_set_boolean (value, self->zero);
  else
    g_value_set_double (value, numbers[id]);
}

static void
explorer_log_slider_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  ExplorerLogSlider *self = EXPLORER_LOG_SLIDER (object);

  switch (id)
    {
    case PROP_VALUE:
      explorer_log_slider_set_value (self, g_value_get_double (value));
      break;
    case PROP_PRESET:
      explorer_log_slider_set_preset (self, g_value_get_double (value));
      break;
    case PROP_SHARE:
      explorer_log_slider_set_share (self, g_value_get_double (value));
      break;
    case PROP_LOWER:
      self->lower = g_value_get_double (value);
      show_range (self);
      break;
    case PROP_UPPER:
      self->upper = g_value_get_double (value);
      show_range (self);
      break;
    case PROP_ZERO:
      self->zero = g_value_get_boolean (value);
      show_range (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
explorer_log_slider_dispose (GObject *object)
{
  ExplorerLogSlider *self = EXPLORER_LOG_SLIDER (object);

  if (self->adjustment != NULL)
    g_signal_handlers_disconnect_by_data (self->adjustment, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_LOG_SLIDER);
  G_OBJECT_CLASS (explorer_log_slider_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const struct
  {
    guint id;
    const char *name;
    double minimum, fallback;
  } rows[] = { { PROP_VALUE, "value", 0, 1 },
               { PROP_PRESET, "preset", 0, 1 },
               { PROP_SHARE, "share", -1, -1 },
               { PROP_LOWER, "lower", G_MINDOUBLE, 1e-3 },
               { PROP_UPPER, "upper", G_MINDOUBLE, 1e3 } };
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    g_object_class_install_property (object_class, rows[k].id,
                                     g_param_spec_double (rows[k].name, NULL, NULL, rows[k].minimum,
                                                          G_MAXDOUBLE, rows[k].fallback, flags));
  g_object_class_install_property (object_class, PROP_ZERO,
                                   g_param_spec_boolean ("zero", NULL, NULL, FALSE, flags));
}

static void
explorer_log_slider_class_init (ExplorerLogSliderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = explorer_log_slider_get_property;
  object_class->set_property = explorer_log_slider_set_property;
  object_class->dispose = explorer_log_slider_dispose;
  install_properties (object_class);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);
  refused_signal = g_signal_new ("refused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-log-slider.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerLogSlider, share_label);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLogSlider, entry);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLogSlider, scale);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLogSlider, adjustment);
  gtk_widget_class_bind_template_callback (widget_class, on_slider_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_leave);
}

static void
explorer_log_slider_init (ExplorerLogSlider *self)
{
  self->value = 1;
  self->preset = NAN;
  self->share = -1;
  self->lower = 1e-3;
  self->upper = 1e3;
  gtk_widget_init_template (GTK_WIDGET (self));
  explorer_wheel_only_with_focus (self->scale);
  show_range (self);
}

double
explorer_log_slider_get_value (ExplorerLogSlider *self)
{
  g_return_val_if_fail (EXPLORER_IS_LOG_SLIDER (self), NAN);
  return self->value;
}

void
explorer_log_slider_set_value (ExplorerLogSlider *self, double value)
{
  g_return_if_fail (EXPLORER_IS_LOG_SLIDER (self));
  if (value == self->value)
    return;
  self->value = value;
  show_value (self);
}

void
explorer_log_slider_set_preset (ExplorerLogSlider *self, double preset)
{
  g_return_if_fail (EXPLORER_IS_LOG_SLIDER (self));
  if (preset == self->preset || (isnan (preset) && isnan (self->preset)))
    return;
  self->preset = preset;
  show_preset (self);
}

void
explorer_log_slider_set_share (ExplorerLogSlider *self, double share)
{
  g_autofree char *text = NULL;

  g_return_if_fail (EXPLORER_IS_LOG_SLIDER (self));
  gtk_widget_set_visible (self->share_label, TRUE);
  if (share == self->share)
    return;
  self->share = share;
  if (share >= 0)
    text = g_strdup_printf (share < 0.0995 ? "%.1f\u00a0%%" : "%.0f\u00a0%%", 100 * share);
  gtk_inscription_set_text (GTK_INSCRIPTION (self->share_label), text);
}
