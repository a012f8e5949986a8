/* Labels at the right of a comparison's plot: each wants the height of its curve's end, none may
 * cover another. */
#include "pisd-draw-comparison-plot.h"
#include "pisd-draw-text.h"

#include <math.h>
#include <stdlib.h>

/* Measures at scale 1. */
static const double label_size = 12.5;
static const double label_height = 18.0;
static const double label_gap = 12.0;

typedef struct
{
  const PisdComparisonColumn *column;
  double x, y;  /* of the curve's end */
  double label; /* middle of the text */
  double error;
} Label;

static guint
collect_labels (const PisdComparisonLayout *layout, const PisdComparison *comparison, Label *labels)
{
  guint n = 0;

  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];
      Label label = { column, layout->plot.x + layout->plot.width, 0.0, 0.0, column->level };

      if (pisd_comparison_column_has_curve (column))
        {
          label.error = pisd_comparison_column_get_error (column, column->n_known - 1);
          label.x = pisd_comparison_layout_get_x (layout, column, column->n_known - 1);
        }
      label.y = label.label = pisd_comparison_layout_get_y (layout, label.error);
      if (column->ink >= 0 && !isnan (label.y))
        labels[n++] = label;
    }
  return n;
}

/* Every column's title with a number as wide as any. */
double
pisd_comparison_measure_labels (const PisdComparison *comparison, double scale)
{
  PisdTextStyle style = { .size = label_size * scale, .bold = TRUE };
  g_autofree char *percent = pisd_comparison_dup_percent (0.288);
  double width = 0.0;

  for (guint c = 0; c < comparison->n_columns; c++)
    {
      g_autofree char *text =
          g_markup_printf_escaped ("%s  %s", comparison->columns[c].title, percent);

      if (comparison->columns[c].ink >= 0)
        width = MAX (width, pisd_text_get_width (&style, text));
    }
  return width + (label_gap + 2.0) * scale;
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const Label *left = a, *right = b;

  return (left->y > right->y) - (left->y < right->y);
}

/* Downwards until none overlaps, then back up from the lower end. */
static void
spread_labels (const PisdComparisonLayout *layout, Label *labels, guint n)
{
  double step = label_height * layout->scale;
  double lowest = layout->plot.y + layout->plot.height - 2.0 * layout->scale;

  qsort (labels, n, sizeof *labels, compare_labels);
  for (guint k = 1; k < n; k++)
    labels[k].label = MAX (labels[k].label, labels[k - 1].label + step);
  for (guint k = n; k-- > 0;)
    {
      labels[k].label = MIN (labels[k].label, lowest);
      lowest = labels[k].label - step;
    }
}

static void
draw_leader (cairo_t *cr,
             const PisdComparisonLayout *layout,
             const PisdPalette *palette,
             const Label *label)
{
  double s = layout->scale;
  double edge = layout->plot.x + layout->plot.width;
  const double x[] = { label->x, MAX (label->x, edge), edge + (label_gap - 4.0) * s };
  const double y[] = { label->y, label->y, label->label };
  PisdLine line = { .ink = *pisd_comparison_get_ink (palette, label->column), .width = 1.0 * s };

  line.ink.a *= 0.55;
  pisd_draw_polyline (cr, &line, 0.0, palette, G_N_ELEMENTS (x), x, y);
}

static void
draw_label (cairo_t *cr,
            const PisdComparisonLayout *layout,
            const PisdPalette *palette,
            const Label *label)
{
  double s = layout->scale;
  double x = layout->plot.x + layout->plot.width + label_gap * s;
  double width = layout->area.x + layout->area.width - x;
  PisdTextStyle style = {
    .size = label_size * s, .bold = TRUE, .ink = &palette->text, .max_width = width
  };
  g_autofree char *percent = pisd_comparison_dup_percent (label->error);
  g_autofree char *text = g_strdup_printf ("%s  %s", label->column->title, percent);

  draw_leader (cr, layout, palette, label);
  if (pisd_comparison_column_has_curve (label->column))
    pisd_draw_comparison_dot (cr, layout, palette, label->column, label->x, label->y);
  pisd_draw_text (cr, x, label->label, &style, text);
}

void
pisd_draw_comparison_labels (cairo_t *cr,
                             const PisdComparisonLayout *layout,
                             const PisdPalette *palette,
                             const PisdComparison *comparison)
{
  Label labels[PISD_COMPARISON_MOST];
  guint n = collect_labels (layout, comparison, labels);

  spread_labels (layout, labels, n);
  for (guint k = 0; k < n; k++)
    draw_label (cr, layout, palette, &labels[k]);
}
