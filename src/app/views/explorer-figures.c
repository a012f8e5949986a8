#include "explorer-figures.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"

#define SPACING 8
#define MARGIN_SIDE 12
#define MARGIN_TOP 4

typedef char *(*Format) (const ExplorerFiguresData *data);

static char *
format_step (const ExplorerFiguresData *data)
{
  if (data->frame == NULL || data->is_mean)
    return g_strdup ("–");
  return g_strdup_printf ("%u\u00a0/\u00a0%u", data->frame->step, data->frame->n_steps);
}

static char *
format_sigma (const ExplorerFiguresData *data)
{
  if (data->frame == NULL || data->is_mean)
    return g_strdup ("–");
  return explorer_number_format_digits (data->frame->sigma, 3);
}

/* "19.5 % · floor 5.4 %" */
static char *
format_error (const ExplorerFiguresData *data, guint field)
{
  g_autofree char *percent = explorer_number_format_percent (data->errors[field]);
  g_autofree char *floor = NULL;

  if (isnan (data->floors[field]))
    return g_steal_pointer (&percent);
  floor = explorer_number_format_percent (data->floors[field]);
  return g_strdup_printf (_ ("%s · floor %s"), percent, floor);
}

static char *
format_error_a (const ExplorerFiguresData *data)
{
  return format_error (data, 0);
}

static char *
format_error_u (const ExplorerFiguresData *data)
{
  return format_error (data, 1);
}

/* "1.02 | 0.97" */
static char *
format_standardized (const ExplorerFiguresData *data)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    {
      g_autofree char *number = explorer_number_format_digits (data->calibration[k], 3);

      if (!isnan (data->calibration[k]))
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\u00a0| " : "", number);
    }
  if (text->len == 0)
    g_string_append (text, "–");
  return g_string_free (text, FALSE);
}

static char *
format_residual (const ExplorerFiguresData *data)
{
  if (data->is_mean || data->frame == NULL)
    return explorer_number_format_percent (data->result == NULL ? NAN
                                                                : data->result->residual_spectral);
  return explorer_number_format_percent (data->frame->residual);
}

static char *
format_truth_residual (const ExplorerFiguresData *data)
{
  return explorer_number_format_percent (
      data->result == NULL ? NAN : data->result->truth_residual_spectral);
}

static char *
format_finite_difference (const ExplorerFiguresData *data)
{
  g_autofree char *estimate = NULL;
  g_autofree char *truth = NULL;

  if (data->result == NULL)
    return g_strdup ("–");
  estimate = explorer_number_format_percent (data->result->residual_fd);
  truth = explorer_number_format_percent (data->result->truth_residual_fd);
  return g_strdup_printf ("%s\u00a0| %s", estimate, truth);
}

/* One row a figure. */
static const struct
{
  const char *name, *title, *tooltip;
  Format format;
  int width;        /* characters kept free, so that nothing moves while numbers change */
  gboolean samples; /* of several samples only */
} rows[] = {
  { "step", N_ ("Step"),
    N_ ("Step i of N: shown is the frame with the state x at σᵢ and its denoised estimate D(x, "
        "σᵢ)"),
    format_step, 9 },
  { "sigma", N_ ("Noise σ"), N_ ("Noise level of the state x = z + σ n, n ~ N(0, I)"), format_sigma,
    7 },
  { "error-a", N_ ("Error a"),
    N_ ("‖D − truth‖ / ‖truth‖ of the source over the whole field. Belongs to D, not to x. Floor: "
        "the "
        "same of the exact posterior mean for these sensors; no estimate from prior and readings "
        "has "
        "a smaller expected one."),
    format_error_a, 21 },
  { "error-u", N_ ("Error u"),
    N_ ("‖D − truth‖ / ‖truth‖ of the solution over the whole field. Belongs to D, not to x. "
        "Floor: "
        "the same of the exact posterior mean for these sensors; no estimate from prior and "
        "readings "
        "has a smaller expected one."),
    format_error_u, 21 },
  { "standardized", N_ ("Error / spread"),
    N_ ("Root mean square over the nodes of (truth − mean) / s: a | u, with s the standard "
        "deviation "
        "of the samples at the node. Near 1 the spread tells the error as it is; above 1 the "
        "samples "
        "are too sure of themselves."),
    format_standardized, 12, TRUE },
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
  GtkWidget *figures[N_ROWS];
  GtkWidget *values[N_ROWS];
};

G_DEFINE_FINAL_TYPE (ExplorerFigures, explorer_figures, GTK_TYPE_WIDGET)

/* As many figures from the left as fit with their smallest widths share the room. */

static int
get_least_width (GtkWidget *figure)
{
  int least;

  gtk_widget_measure (figure, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static void
explorer_figures_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  ExplorerFigures *self = EXPLORER_FIGURES (widget);
  const gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int largest = 0, sum = 0;

  for (guint k = 0; k < N_ROWS; k++)
    {
      int least;

      gtk_widget_measure (self->figures[k], orientation, -1, &least, NULL, NULL, NULL);
      largest = MAX (largest, least);
      sum += least + SPACING;
    }
  *minimum = largest + 2 * (across ? MARGIN_SIDE : MARGIN_TOP);
  *natural = across ? MAX (*minimum, sum + 2 * MARGIN_SIDE) : *minimum;
}

/* Returns how many fit; `room`: what is left over. */
static guint
choose_figures (ExplorerFigures *self, gboolean shown[N_ROWS], int *room)
{
  gboolean full = FALSE;
  guint n = 0;

  for (guint k = 0; k < N_ROWS; k++)
    {
      const int least = get_least_width (self->figures[k]) + SPACING;

      shown[k] = FALSE;
      if (!gtk_widget_get_visible (self->figures[k]))
        continue;
      full = full || (n > 0 && *room < least);
      if (full)
        continue;
      shown[k] = TRUE;
      *room -= least;
      n++;
    }
  *room = MAX (0, *room);
  return n;
}

static void
explorer_figures_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ExplorerFigures *self = EXPLORER_FIGURES (widget);
  int room = width - 2 * MARGIN_SIDE + SPACING; /* each with a gap after it */
  gboolean shown[N_ROWS];
  const guint n = choose_figures (self, shown, &room);
  int x = MARGIN_SIDE;

  for (guint k = 0; k < N_ROWS; k++)
    {
      GtkAllocation box = { x, MARGIN_TOP, 0, MAX (1, height - 2 * MARGIN_TOP) };

      gtk_widget_set_child_visible (self->figures[k], shown[k]);
      if (!shown[k])
        continue;
      box.width = get_least_width (self->figures[k]) + room / (int) n;
      gtk_widget_size_allocate (self->figures[k], &box, -1);
      x += box.width + SPACING;
    }
}

static void
explorer_figures_dispose (GObject *object)
{
  ExplorerFigures *self = EXPLORER_FIGURES (object);

  for (guint k = 0; k < N_ROWS; k++)
    g_clear_pointer (&self->figures[k], gtk_widget_unparent);
  G_OBJECT_CLASS (explorer_figures_parent_class)->dispose (object);
}

static void
explorer_figures_class_init (ExplorerFiguresClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_figures_dispose;
  widget_class->measure = explorer_figures_measure;
  widget_class->size_allocate = explorer_figures_size_allocate;
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
  gtk_widget_add_css_class (GTK_WIDGET (self), "figures");
  for (guint k = 0; k < N_ROWS; k++)
    {
      self->figures[k] = new_figure (k, &self->values[k]);
      gtk_widget_set_visible (self->figures[k], !rows[k].samples);
      gtk_widget_set_parent (self->figures[k], GTK_WIDGET (self));
    }
}

void
explorer_figures_show (ExplorerFigures *self, const ExplorerFiguresData *data)
{
  g_return_if_fail (EXPLORER_IS_FIGURES (self));
  for (guint k = 0; k < N_ROWS; k++)
    {
      g_autofree char *text = rows[k].format (data);

      gtk_inscription_set_text (GTK_INSCRIPTION (self->values[k]), text);
      gtk_widget_set_visible (self->figures[k], !rows[k].samples || data->n_samples > 1);
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
