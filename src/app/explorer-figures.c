#include "explorer-figures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"

typedef char *(*Format) (const PisdFrame *frame, const PisdResult *result);

static char *
format_step (const PisdFrame *frame, const PisdResult *result)
{
  return g_strdup_printf ("%u\u00a0/\u00a0%u", frame->step, frame->n_steps);
}

static char *
format_sigma (const PisdFrame *frame, const PisdResult *result)
{
  return explorer_number_format_digits (frame->sigma, 3);
}

static char *
format_error_a (const PisdFrame *frame, const PisdResult *result)
{
  return explorer_number_format_percent (frame->errors[0]);
}

static char *
format_error_u (const PisdFrame *frame, const PisdResult *result)
{
  return explorer_number_format_percent (frame->errors[1]);
}

static char *
format_residual (const PisdFrame *frame, const PisdResult *result)
{
  return explorer_number_format_percent (frame->residual);
}

static char *
format_truth_residual (const PisdFrame *frame, const PisdResult *result)
{
  return explorer_number_format_percent (result == NULL ? NAN : result->truth_residual_spectral);
}

static char *
format_finite_difference (const PisdFrame *frame, const PisdResult *result)
{
  g_autofree char *estimate =
      explorer_number_format_percent (result == NULL ? NAN : result->residual_fd);
  g_autofree char *truth =
      explorer_number_format_percent (result == NULL ? NAN : result->truth_residual_fd);

  if (result == NULL)
    return g_strdup ("–");
  return g_strdup_printf ("%s\u00a0| %s", estimate, truth);
}

/* One row a figure. */
static const struct
{
  const char *name, *title, *tooltip;
  Format format;
  int width; /* characters kept free, so that nothing moves while numbers change */
} rows[] = {
  { "step", N_ ("Step"),
    N_ ("Step i of N: shown is the frame with the state x at σᵢ and its denoised estimate D(x, "
        "σᵢ)"),
    format_step, 9 },
  { "sigma", N_ ("Noise σ"), N_ ("Noise level of the state x = z + σ n, n ~ N(0, I)"), format_sigma,
    7 },
  { "error-a", N_ ("Error a"),
    N_ ("‖D − truth‖ / ‖truth‖ of the source over the whole field. Belongs to D, not to x."),
    format_error_a, 7 },
  { "error-u", N_ ("Error u"),
    N_ ("‖D − truth‖ / ‖truth‖ of the solution over the whole field. Belongs to D, not to x."),
    format_error_u, 7 },
  { "residual", N_ ("Residual"),
    N_ ("‖∆u (+ k²u) − a‖ / ‖a‖ with the spectral Laplacian. Belongs to D, not to x. A low "
        "residual "
        "alone proves nothing: shrinking a field lowers it. Compare it with the truth’s own."),
    format_residual, 7 },
  { "truth-residual", N_ ("of the truth"),
    N_ ("The same of the true fields: what the spectral Laplacian makes of fields that solve the "
        "five-point equation. Known when the run has finished."),
    format_truth_residual, 9 },
  { "finite-difference", N_ ("Five-point"),
    N_ ("‖r‖ / ‖a‖ with the five-point Laplacian: the result | the truth. Known when the run has "
        "finished."),
    format_finite_difference, 15 },
};

#define N_ROWS G_N_ELEMENTS (rows)

struct _ExplorerFigures
{
  GtkWidget parent_instance;
  GtkWidget *box;
  GtkWidget *values[N_ROWS];
};

G_DEFINE_FINAL_TYPE (ExplorerFigures, explorer_figures, GTK_TYPE_WIDGET)

static void
explorer_figures_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_FIGURES);
  G_OBJECT_CLASS (explorer_figures_parent_class)->dispose (object);
}

static void
explorer_figures_class_init (ExplorerFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_figures_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pisd/Explorer/ui/explorer-figures.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerFigures, box);
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

/* Not a label: new text in a label measures the whole window again, and these change with every
 * frame. */
static GtkWidget *
new_value (int width)
{
  GtkWidget *value = gtk_inscription_new ("–");

  gtk_inscription_set_min_chars (GTK_INSCRIPTION (value), (guint) width);
  gtk_inscription_set_nat_chars (GTK_INSCRIPTION (value), (guint) width);
  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (value),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_add_css_class (value, "numeric");
  return value;
}

static GtkWidget *
new_figure (guint k, GtkWidget **value)
{
  GtkWidget *figure = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = new_label (_ (rows[k].title), "figure-title");

  *value = new_value (rows[k].width);
  gtk_widget_set_hexpand (figure, TRUE);
  gtk_box_append (GTK_BOX (figure), title);
  gtk_box_append (GTK_BOX (figure), *value);
  gtk_widget_set_tooltip_text (figure, _ (rows[k].tooltip));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (*value), GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  title, NULL, -1);
  return figure;
}

static void
explorer_figures_init (ExplorerFigures *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint k = 0; k < N_ROWS; k++)
    gtk_box_append (GTK_BOX (self->box), new_figure (k, &self->values[k]));
}

void
explorer_figures_show (ExplorerFigures *self, const PisdFrame *frame, const PisdResult *result)
{
  g_return_if_fail (EXPLORER_IS_FIGURES (self));
  for (guint k = 0; k < N_ROWS; k++)
    {
      g_autofree char *text = frame == NULL ? g_strdup ("–") : rows[k].format (frame, result);

      gtk_inscription_set_text (GTK_INSCRIPTION (self->values[k]), text);
    }
}

const char *
explorer_figures_get_text (ExplorerFigures *self, const char *name)
{
  for (guint k = 0; k < N_ROWS; k++)
    if (g_str_equal (rows[k].name, name))
      return gtk_inscription_get_text (GTK_INSCRIPTION (self->values[k]));
  return NULL;
}
