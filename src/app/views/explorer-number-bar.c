#include "explorer-number-bar.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-fields.h"
#include "explorer-number.h"

#define SPACING 8
#define MARGIN_SIDE 12
#define MARGIN_TOP 4

/* field: which one, for numbers of which each field has its own. */
typedef char *(*Format) (const ExplorerNumberBarData *data, guint field);

static char *
format_step (const ExplorerNumberBarData *data, guint field)
{
  if (data->frame == NULL || (data->is_mean && data->n_samples > 1))
    return g_strdup ("–");
  return g_strdup_printf ("%u\u00a0/\u00a0%u", data->frame->step, data->frame->n_steps);
}

static char *
format_sigma (const ExplorerNumberBarData *data, guint field)
{
  if (data->frame == NULL || (data->is_mean && data->n_samples > 1))
    return g_strdup ("–");
  return g_strdup_printf ("%.3g", data->frame->sigma);
}

/* "19.5 % · exact 5.4 %", or what the posterior expects where the truth is of another kind than
 * the prior. */
static char *
format_error (const ExplorerNumberBarData *data, guint field)
{
  g_autofree char *percent = explorer_number_format_percent (data->errors[field]);
  g_autofree char *exact = explorer_number_format_percent (data->exact[field]);
  g_autofree char *expected = explorer_number_format_percent (data->expected[field]);

  if (!isnan (data->expected[field]))
    return g_strdup_printf (_ ("%s · expected %s"), percent, expected);
  if (!isnan (data->exact[field]))
    return g_strdup_printf (_ ("%s · exact %s"), percent, exact);
  return g_steal_pointer (&percent);
}

/* "1.02 | 0.97" */
static char *
format_standardized (const ExplorerNumberBarData *data, guint field)
{
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < data->problem->n_fields; k++)
    {
      if (!isnan (data->calibration[k]))
        g_string_append_printf (text, "%s%.3g", text->len > 0 ? "\u00a0| " : "",
                                data->calibration[k]);
    }
  if (text->len == 0)
    g_string_append (text, "–");
  return g_string_free (text, FALSE);
}

static char *
format_residual (const ExplorerNumberBarData *data, guint field)
{
  if (data->is_mean || data->frame == NULL)
    return explorer_number_format_percent (data->result == NULL ? NAN
                                                                : data->result->residual_spectral);
  return explorer_number_format_percent (data->frame->residual);
}

static char *
format_truth_residual (const ExplorerNumberBarData *data, guint field)
{
  return explorer_number_format_percent (
      data->result == NULL ? NAN : data->result->truth_residual_spectral);
}

static char *
format_finite_difference (const ExplorerNumberBarData *data, guint field)
{
  g_autofree char *estimate = NULL;
  g_autofree char *truth = NULL;

  if (data->result == NULL)
    return g_strdup ("–");
  estimate = explorer_number_format_percent (data->result->residual_fd);
  truth = explorer_number_format_percent (data->result->truth_residual_fd);
  return g_strdup_printf ("%s\u00a0| %s", estimate, truth);
}

/* One row a kind of number. */
typedef struct
{
  const char *name, *title, *tooltip; /* with %s for the field, where each has its own */
  Format format;
  int width;        /* characters kept free, so that nothing moves while numbers change */
  gboolean fields;  /* one a field */
  gboolean samples; /* of several samples only */
} Kind;

static const Kind kinds[] = {
  { "step", N_ ("Step"),
    N_ ("Step i of N: shown is the frame with the state x at σᵢ and its denoised estimate "
        "D(x, σᵢ)"),
    format_step, 9 },
  { "sigma", N_ ("Noise σ"), N_ ("Noise level of the state x = z + σ n, n ~ N(0, I)"), format_sigma,
    7 },
  { "error-%s", N_ ("Error %s"),
    N_ ("‖D − truth‖ / ‖truth‖ of %s over the whole field. Belongs to D, not to x. "
        "Exact: the same of the exact posterior mean for these sensors and this truth; on average "
        "over such truths no estimate has a smaller one. Expected: the error that the posterior "
        "itself expects, where the truth is of another kind than the prior."),
    format_error, 23, .fields = TRUE },
  { "standardized", N_ ("Error / spread"),
    N_ ("Root mean square over the nodes of (truth − mean) / s, one number a field, with s the "
        "standard deviation of the samples at the node, corrected for their number, which is four "
        "at least. Near 1 the spread tells the error as it is; above 1 the samples are too sure of "
        "themselves."),
    format_standardized, 12, .samples = TRUE },
  { "residual", N_ ("Residual"),
    N_ ("‖∆u (+ k²u) − a‖ / ‖a‖ with the spectral Laplacian. Belongs to D, not to x. "
        "A low residual alone proves nothing: shrinking a field lowers it. "
        "Compare it with the truth’s own."),
    format_residual, 7 },
  { "truth-residual", N_ ("of the truth"),
    N_ ("The same of the true fields: what the spectral Laplacian makes of fields that solve the "
        "five-point equation. Known when the run has finished."),
    format_truth_residual, 9 },
  { "finite-difference", N_ ("Five-point"),
    N_ ("‖r‖ / ‖a‖ with the five-point Laplacian: the result | the truth. "
        "Known when the run has finished."),
    format_finite_difference, 15 },
};

typedef struct
{
  const Kind *kind;
  guint field;
  char *name; /* "error-a" */
  GtkWidget *box, *value;
  gboolean fits; /* there is room for it */
} Number;

struct _ExplorerNumberBar
{
  GtkWidget parent_instance;

  GArray *numbers; /* of Number, from left to right */
  const PisdOperator *problem;
};

G_DEFINE_FINAL_TYPE (ExplorerNumberBar, explorer_number_bar, GTK_TYPE_WIDGET)

static Number *
get_number (ExplorerNumberBar *self, guint k)
{
  return &g_array_index (self->numbers, Number, k);
}

/* As many numbers from the left as fit with their smallest widths share the room. */

static int
get_least_width (GtkWidget *box)
{
  int least;

  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  return least;
}

static void
explorer_number_bar_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline)
{
  ExplorerNumberBar *self = EXPLORER_NUMBER_BAR (widget);
  const gboolean across = orientation == GTK_ORIENTATION_HORIZONTAL;
  int largest = 0, sum = 0;

  for (guint k = 0; k < self->numbers->len; k++)
    {
      int least;

      gtk_widget_measure (get_number (self, k)->box, orientation, -1, &least, NULL, NULL, NULL);
      largest = MAX (largest, least);
      sum += least + SPACING;
    }
  *minimum = largest + 2 * (across ? MARGIN_SIDE : MARGIN_TOP);
  *natural = across ? MAX (*minimum, sum + 2 * MARGIN_SIDE) : *minimum;
}

/* Returns how many fit; `room`: what is left over. */
static guint
choose_numbers (ExplorerNumberBar *self, int *room)
{
  gboolean full = FALSE;
  guint n = 0;

  for (guint k = 0; k < self->numbers->len; k++)
    {
      Number *number = get_number (self, k);
      const int least = get_least_width (number->box) + SPACING;

      number->fits = FALSE;
      if (!gtk_widget_get_visible (number->box))
        continue;
      full = full || (n > 0 && *room < least);
      if (full)
        continue;
      number->fits = TRUE;
      *room -= least;
      n++;
    }
  *room = MAX (0, *room);
  return n;
}

static void
explorer_number_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ExplorerNumberBar *self = EXPLORER_NUMBER_BAR (widget);
  int room = width - 2 * MARGIN_SIDE + SPACING; /* each with a gap after it */
  const guint n = choose_numbers (self, &room);
  int x = MARGIN_SIDE;

  for (guint k = 0; k < self->numbers->len; k++)
    {
      const Number *number = get_number (self, k);
      GtkAllocation box = { x, MARGIN_TOP, 0, MAX (1, height - 2 * MARGIN_TOP) };

      gtk_widget_set_child_visible (number->box, number->fits);
      if (!number->fits)
        continue;
      box.width = get_least_width (number->box) + room / (int) n;
      gtk_widget_size_allocate (number->box, &box, -1);
      x += box.width + SPACING;
    }
}

static void
explorer_number_bar_dispose (GObject *object)
{
  g_array_set_size (EXPLORER_NUMBER_BAR (object)->numbers, 0);
  G_OBJECT_CLASS (explorer_number_bar_parent_class)->dispose (object);
}

static void
explorer_number_bar_finalize (GObject *object)
{
  g_array_unref (EXPLORER_NUMBER_BAR (object)->numbers);
  G_OBJECT_CLASS (explorer_number_bar_parent_class)->finalize (object);
}

static void
explorer_number_bar_class_init (ExplorerNumberBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = explorer_number_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_number_bar_finalize;
  widget_class->measure = explorer_number_bar_measure;
  widget_class->size_allocate = explorer_number_bar_size_allocate;
}

static void
clear_number (gpointer data)
{
  Number *number = data;

  g_free (number->name);
  gtk_widget_unparent (number->box);
}

static void
explorer_number_bar_init (ExplorerNumberBar *self)
{
  self->numbers = g_array_new (FALSE, TRUE, sizeof (Number));
  g_array_set_clear_func (self->numbers, clear_number);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numbers");
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

/* The value is no label: new text in a label measures the whole window again, and values change
 * with every frame. */
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

/* `words` may hold one %s, for the name of the field. */
static char *
dup_words (const char *words, const char *field)
{
  g_auto (GStrv) parts = g_strsplit (words, "%s", -1);

  return g_strjoinv (field, parts);
}

static void
add_number (ExplorerNumberBar *self, const Kind *kind, guint field)
{
  const char *name = self->problem->fields[field].name;
  g_autofree char *title = dup_words (_ (kind->title), name);
  g_autofree char *tooltip = dup_words (_ (kind->tooltip), name);
  GtkWidget *label = new_label (title, "number-title");
  const Number number = { .kind = kind,
                          .field = field,
                          .name = dup_words (kind->name, name),
                          .box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                          .value = new_value (kind->width) };

  gtk_box_append (GTK_BOX (number.box), label);
  gtk_box_append (GTK_BOX (number.box), number.value);
  gtk_widget_set_tooltip_text (number.box, tooltip);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (number.value),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_widget_set_parent (number.box, GTK_WIDGET (self));
  g_array_append_val (self->numbers, number);
}

static void
set_problem (ExplorerNumberBar *self, const PisdOperator *problem)
{
  const gboolean fits = explorer_fields_equal (self->problem, problem);

  self->problem = problem;
  if (fits)
    return;
  g_array_set_size (self->numbers, 0);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint field = 0; field < (kinds[k].fields ? problem->n_fields : 1); field++)
      add_number (self, &kinds[k], field);
}

void
explorer_number_bar_show (ExplorerNumberBar *self, const ExplorerNumberBarData *data)
{
  g_return_if_fail (EXPLORER_IS_NUMBER_BAR (self) && data->problem != NULL);
  set_problem (self, data->problem);
  if (data->is_other)
    gtk_widget_add_css_class (GTK_WIDGET (self), "of-another-setup");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "of-another-setup");
  for (guint k = 0; k < self->numbers->len; k++)
    {
      const Number *number = get_number (self, k);
      g_autofree char *text = number->kind->format (data, number->field);

      gtk_inscription_set_text (GTK_INSCRIPTION (number->value), text);
      gtk_widget_set_visible (number->box, !number->kind->samples || data->n_samples > 1);
    }
}

const char *
explorer_number_bar_get_text (ExplorerNumberBar *self, const char *name)
{
  for (guint k = 0; k < self->numbers->len; k++)
    if (g_str_equal (get_number (self, k)->name, name))
      return gtk_inscription_get_text (GTK_INSCRIPTION (get_number (self, k)->value));
  return NULL;
}
