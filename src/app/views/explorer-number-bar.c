#include "explorer-number-bar.h"

#include <glib/gi18n.h>

#include "explorer-fields.h"

/* Pixels. */
#define SPACING 16
#define MARGIN_SIDE 12
#define MARGIN_TOP 4
#define MOST_SPARE 60 /* between two numbers beside the spacing */

#define MOST_LINES 2

typedef struct
{
  const ExplorerNumberKind *kind;
  guint field;
  char *name;    /* "error-a" */
  char *tooltip; /* without a remark */
  GtkWidget *box, *title, *value;
  gboolean fits; /* there is room for it ... */
  int x;         /* ... there, from the left, */
  guint line;    /* ... on that line */
  int width;
} Number;

struct _ExplorerNumberBar
{
  GtkWidget parent_instance;

  GArray *numbers; /* of Number, from left to right */
  const PisdOperator *problem;
  guint n_samples;
  gboolean chrome;
};

enum
{
  PROP_CHROME = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (ExplorerNumberBar, explorer_number_bar, GTK_TYPE_WIDGET)

static Number *
get_number (ExplorerNumberBar *self, guint k)
{
  return &g_array_index (self->numbers, Number, k);
}

/* A lecture has title and value on one line. */
static void
orient (const Number *number, gboolean chrome)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (number->box),
                                  chrome ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (number->box), chrome ? 0 : SPACING);
}

/* Widths.  A number keeps its place while it changes: it has room for the longest text. */

static int
get_value_width (const Number *number, const PisdOperator *problem)
{
  g_autofree char *longest =
      explorer_number_kind_dup_longest (number->kind, problem, number->field);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (number->value, longest);
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width + 1;
}

static int
get_least_width (const Number *number, const PisdOperator *problem)
{
  const int value = get_value_width (number, problem);
  int title;

  gtk_widget_measure (number->title, GTK_ORIENTATION_HORIZONTAL, -1, &title, NULL, NULL, NULL);
  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (number->box)) == GTK_ORIENTATION_VERTICAL)
    return MAX (title, value);
  return title + value + gtk_box_get_spacing (GTK_BOX (number->box));
}

/* Lines. */

/* A lecture has the errors alone. */
static gboolean
is_wanted (ExplorerNumberBar *self, const Number *number)
{
  if (number->kind->samples && self->n_samples < 2)
    return FALSE;
  return self->chrome || (number->kind->fields && !number->kind->moments);
}

/* Puts the wanted numbers of at most that rank into lines, from left to right; returns how many
 * lines they need. */
static guint
fill_lines (ExplorerNumberBar *self, guint rank, int room)
{
  guint n_lines = 1;
  int x = 0;

  for (guint k = 0; k < self->numbers->len; k++)
    {
      Number *number = get_number (self, k);

      number->fits = is_wanted (self, number) && number->kind->rank <= rank;
      if (!number->fits)
        continue;
      if (x > 0 && x + number->width > room)
        {
          n_lines++;
          x = 0;
        }
      number->x = x;
      number->line = n_lines - 1;
      x += number->width + SPACING;
    }
  return n_lines;
}

/* One line where errors and residual have room in it; else two, and as much in
 * them as there is room for. */
static guint
arrange (ExplorerNumberBar *self, int width)
{
  const int room = width - 2 * MARGIN_SIDE;

  for (guint k = 0; k < self->numbers->len; k++)
    get_number (self, k)->width = get_least_width (get_number (self, k), self->problem);
  for (guint rank = EXPLORER_NUMBER_MOST_RANK; rank >= EXPLORER_NUMBER_NEEDED_RANK; rank--)
    if (fill_lines (self, rank, room) == 1)
      return 1;
  for (guint rank = EXPLORER_NUMBER_MOST_RANK; rank > 0; rank--)
    if (fill_lines (self, rank, room) <= MOST_LINES)
      return fill_lines (self, rank, room);
  return fill_lines (self, 0, room);
}

static int
get_line_height (ExplorerNumberBar *self)
{
  int largest = 0;

  for (guint k = 0; k < self->numbers->len; k++)
    {
      int least;

      gtk_widget_measure (get_number (self, k)->box, GTK_ORIENTATION_VERTICAL, -1, &least, NULL,
                          NULL, NULL);
      largest = MAX (largest, least);
    }
  return largest;
}

static int
get_largest_width (ExplorerNumberBar *self)
{
  int largest = 0;

  for (guint k = 0; k < self->numbers->len; k++)
    if (is_wanted (self, get_number (self, k)))
      largest = MAX (largest, get_least_width (get_number (self, k), self->problem));
  return largest + 2 * MARGIN_SIDE;
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
  guint n_lines;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = get_largest_width (self);
      return;
    }
  n_lines = arrange (self, for_size < 0 ? get_largest_width (self) : for_size);
  *minimum = *natural =
      (int) n_lines * get_line_height (self) + (int) (n_lines - 1) * SPACING / 2 + 2 * MARGIN_TOP;
}

static GtkSizeRequestMode
explorer_number_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* What is left over of a line, shared by its numbers. */
static int
get_spare (ExplorerNumberBar *self, guint line, int room)
{
  int end = 0, n = 0;

  for (guint k = 0; k < self->numbers->len; k++)
    {
      const Number *number = get_number (self, k);

      if (!number->fits || number->line != line)
        continue;
      end = number->x + number->width;
      n++;
    }
  return n < 2 ? 0 : MIN (MAX (0, room - end) / n, MOST_SPARE);
}

static void
explorer_number_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  ExplorerNumberBar *self = EXPLORER_NUMBER_BAR (widget);
  const int line_height = get_line_height (self) + SPACING / 2;
  guint line = 0;
  int place = 0;

  arrange (self, width);
  for (guint k = 0; k < self->numbers->len; k++)
    {
      const Number *number = get_number (self, k);
      const int spare = get_spare (self, number->line, width - 2 * MARGIN_SIDE);
      GtkAllocation box = { MARGIN_SIDE + number->x, MARGIN_TOP + (int) number->line * line_height,
                            MAX (1, number->width), MAX (1, line_height - SPACING / 2) };

      gtk_widget_set_child_visible (number->box, number->fits);
      if (!number->fits)
        continue;
      place = number->line == line ? place : 0;
      line = number->line;
      box.x += place++ * spare;
      gtk_widget_size_allocate (number->box, &box, -1);
    }
}

static void
set_chrome (ExplorerNumberBar *self, gboolean chrome)
{
  self->chrome = chrome;
  (chrome ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self), "lecture");
  for (guint k = 0; k < self->numbers->len; k++)
    orient (get_number (self, k), chrome);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
explorer_number_bar_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHROME)
    g_value_set_boolean (value, EXPLORER_NUMBER_BAR (object)->chrome);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_number_bar_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHROME)
    set_chrome (EXPLORER_NUMBER_BAR (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
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

  G_OBJECT_CLASS (klass)->get_property = explorer_number_bar_get_property;
  G_OBJECT_CLASS (klass)->set_property = explorer_number_bar_set_property;
  G_OBJECT_CLASS (klass)->dispose = explorer_number_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = explorer_number_bar_finalize;
  properties[PROP_CHROME] =
      g_param_spec_boolean ("chrome", NULL, NULL, TRUE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  widget_class->get_request_mode = explorer_number_bar_get_request_mode;
  widget_class->measure = explorer_number_bar_measure;
  widget_class->size_allocate = explorer_number_bar_size_allocate;
}

static void
clear_number (gpointer data)
{
  Number *number = data;

  g_free (number->name);
  g_free (number->tooltip);
  gtk_widget_unparent (number->box);
}

static void
explorer_number_bar_init (ExplorerNumberBar *self)
{
  self->chrome = TRUE;
  self->numbers = g_array_new (FALSE, TRUE, sizeof (Number));
  g_array_set_clear_func (self->numbers, clear_number);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numbers");
}

static GtkWidget *
new_title (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "number-title");
  gtk_widget_add_css_class (label, "dim-label");
  return label;
}

/* The value is no label: new text in a label measures the whole window again, and values change
 * with every frame. */
static GtkWidget *
new_value (void)
{
  GtkWidget *value = gtk_inscription_new ("–");

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (value),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  return value;
}

static void
add_number (ExplorerNumberBar *self, const ExplorerNumberKind *kind, guint field)
{
  const PisdFieldInfo *info = &self->problem->fields[field];
  g_autofree char *symbol =
      pisd_field_info_dup_symbol (info, kind->moments ? PISD_FRAME_ANY : info->n_frames - 1);
  g_autofree char *title = explorer_number_kind_dup_words (_ (kind->title), symbol);
  const char *tooltip =
      info->symbol != NULL && kind->tooltip_of_flow != NULL ? kind->tooltip_of_flow : kind->tooltip;
  const Number number = { .kind = kind,
                          .field = field,
                          .name = explorer_number_kind_dup_words (kind->name, info->name),
                          .tooltip = explorer_number_kind_dup_words (_ (tooltip), symbol),
                          .box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0),
                          .title = new_title (title),
                          .value = new_value () };

  gtk_box_append (GTK_BOX (number.box), number.title);
  gtk_box_append (GTK_BOX (number.box), number.value);
  gtk_widget_set_tooltip_text (number.box, number.tooltip);
  orient (&number, self->chrome);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (number.value),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, number.title, NULL, -1);
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
  for (guint k = 0; k < explorer_number_kinds_get_n (); k++)
    {
      const ExplorerNumberKind *kind = explorer_number_kinds_get (k);

      for (guint field = 0; field < (kind->fields ? problem->n_fields : 1); field++)
        if (!kind->moments || problem->fields[field].n_frames > 1)
          add_number (self, kind, field);
    }
}

/* The tooltip of before is not given once more: GTK would lay it out with every frame. */
static void
show_remark (const Number *number, const ExplorerNumberBarData *data)
{
  g_autofree char *remark = NULL;
  g_autofree char *tooltip = NULL;

  if (number->kind->dup_remark == NULL)
    return;
  remark = number->kind->dup_remark (data);
  tooltip = g_strconcat (number->tooltip, remark != NULL ? "\n\n" : NULL, remark, NULL);
  if (g_strcmp0 (tooltip, gtk_widget_get_tooltip_text (number->box)) != 0)
    gtk_widget_set_tooltip_text (number->box, tooltip);
}

static void
set_n_samples (ExplorerNumberBar *self, guint n_samples)
{
  const gboolean had_many = self->n_samples > 1;

  self->n_samples = n_samples;
  if (had_many != (n_samples > 1))
    gtk_widget_queue_resize (GTK_WIDGET (self));
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
  set_n_samples (self, data->n_samples);
  for (guint k = 0; k < self->numbers->len; k++)
    {
      const Number *number = get_number (self, k);
      g_autofree char *text = number->kind->format (data, number->field);

      gtk_inscription_set_text (GTK_INSCRIPTION (number->value), text);
      show_remark (number, data);
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
