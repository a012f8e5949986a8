#include "pisd-draw-comparison.h"
#include "pisd-draw-text.h"
#include "pisd-draw-ticks.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>

/* Measures at scale 1. */
static const double left_margin = 58.0;
static const double right_margin = 178.0;
static const double top_margin = 26.0;
static const double bottom_margin = 40.0;
static const double type_size = 11.5;
static const double label_size = 12.5;
static const double label_height = 18.0;
static const double label_gap = 12.0;
static const double curve_width = 2.4;
static const double card_row = 18.0;
static const double card_padding = 9.0;

/* Errors above this many percent are off the plot: what is lost is lost. */
static const double most_percent = 1000.0;

static gboolean
has_curve (const PisdComparisonColumn *column)
{
  return column->ink >= 0 && column->errors != NULL && column->n_known > 0;
}

/* log10 of percent; NaN where there is nothing to draw. */
static double
get_log (double error)
{
  return isfinite (error) && error > 0.0 ? log10 (100.0 * error) : NAN;
}

/* Evaluations behind the estimate of a step: one for the first, none for the state at the end. */
static guint
count_evaluations (const PisdComparisonColumn *column, guint step)
{
  return MIN (column->stages * step + 1, column->stages * (column->n_steps - 1) + 1);
}

static void
extend (double value, double *min, double *max)
{
  if (isnan (value))
    return;
  *min = MIN (*min, value);
  *max = MAX (*max, value);
}

/* Rounded outwards to 1, 2, 5 times powers of ten, so that a live axis moves rarely. */
static void
choose_ends (PisdComparisonLayout *layout, const PisdComparison *comparison)
{
  double min = G_MAXDOUBLE;
  double max = -G_MAXDOUBLE;

  layout->right = 1.0;
  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];

      extend (get_log (column->level), &min, &max);
      if (!has_curve (column))
        continue;
      for (guint i = 0; i < column->n_known; i++)
        extend (get_log (column->errors[i]), &min, &max);
      layout->right = MAX (layout->right, log10 (count_evaluations (column, column->n_steps)));
    }
  if (min > max)
    {
      min = 0.0;
      max = 2.0;
    }
  max = MIN (max, log10 (most_percent));
  min = MIN (min, max - 0.01);
  layout->bottom = log10 (pisd_ticks_round_down (0.93 * pow (10.0, min)));
  layout->top = log10 (pisd_ticks_round_up (1.02 * pow (10.0, max)));
}

void
pisd_comparison_plot_init (PisdComparisonLayout *layout, const PisdComparison *comparison)
{
  double s = layout->scale;
  const PisdBox *area = &layout->area;

  layout->plot.x = round (area->x + left_margin * s);
  layout->plot.y = round (area->y + top_margin * s);
  layout->plot.width = MAX (floor (area->width - (left_margin + right_margin) * s), 1.0);
  layout->plot.height = MAX (floor (area->height - (top_margin + bottom_margin) * s), 1.0);
  choose_ends (layout, comparison);
}

double
pisd_comparison_layout_get_fraction (const PisdComparisonLayout *layout, double x)
{
  return CLAMP ((x - layout->plot.x) / layout->plot.width, 0.0, 1.0);
}

static double
get_y (const PisdComparisonLayout *layout, double value)
{
  double fraction = (value - layout->bottom) / (layout->top - layout->bottom);

  return layout->plot.y + (1.0 - CLAMP (fraction, 0.0, 1.0)) * layout->plot.height;
}

static double
get_x (const PisdComparisonLayout *layout,
       const PisdComparison *comparison,
       const PisdComparisonColumn *column,
       guint step)
{
  double fraction = (double) step / MAX (column->n_steps, 1);

  if (comparison->axis == PISD_COMPARISON_EVALUATIONS)
    fraction = log10 (count_evaluations (column, step)) / layout->right;
  return layout->plot.x + fraction * layout->plot.width;
}

/* The last step at or before x, or -1 where the method has none there. */
static int
find_step (const PisdComparisonLayout *layout,
           const PisdComparison *comparison,
           const PisdComparisonColumn *column,
           double x)
{
  double fraction = pisd_comparison_layout_get_fraction (layout, x);
  double evaluations = pow (10.0, fraction * layout->right);
  double step = round (fraction * column->n_steps);

  if (comparison->axis == PISD_COMPARISON_EVALUATIONS)
    {
      if (evaluations > 1.02 * count_evaluations (column, column->n_steps))
        return -1;
      step = MIN (floor ((evaluations - 1.0) / column->stages + 1e-9), column->n_steps);
    }
  return step < column->n_known ? (int) step : -1;
}

static double
snap (double value)
{
  return floor (value) + 0.5;
}

static void
stroke_line (cairo_t *cr, double x0, double y0, double x1, double y1)
{
  cairo_move_to (cr, x0, y0);
  cairo_line_to (cr, x1, y1);
  cairo_stroke (cr);
}

/* Three significant digits at most: 0.54 %, 5.6 %, 142 %. */
static char *
dup_percent (double error)
{
  double percent = 100.0 * error;

  if (!isfinite (percent))
    return g_strdup ("\u2013");
  if (percent >= 1e4)
    return g_strdup_printf ("%.0e\u2009%%", percent);
  return g_strdup_printf ("%.*f\u2009%%", percent < 1.0 ? 2 : percent < 30.0 ? 1 : 0, percent);
}

static void
draw_error_axis (cairo_t *cr,
                 const PisdComparisonLayout *layout,
                 const PisdPalette *palette,
                 const PisdComparison *comparison)
{
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  PisdTextStyle style = { .size = type_size * s, .ink = &palette->text, .align = 1.0 };
  PisdTextStyle title = { .size = type_size * s, .ink = &palette->faint };
  g_autofree char *text =
      g_strdup_printf (_ ("relative error of %s"), comparison->fields[comparison->field].name);
  PisdTicks ticks;

  pisd_ticks_init_log (&ticks, pow (10.0, layout->bottom), pow (10.0, layout->top),
                       (guint) CLAMP (plot->height / (16.0 * s), 2.0, 14.0));
  for (guint k = 0; k < ticks.n; k++)
    {
      double y = get_y (layout, log10 (ticks.values[k]));
      g_autofree char *label = g_strdup_printf ("%g\u2009%%", ticks.values[k]);

      pisd_ink_set_faded (cr, &palette->line, 0.75);
      stroke_line (cr, plot->x, snap (y), plot->x + plot->width, snap (y));
      pisd_draw_text (cr, plot->x - 8.0 * s, y, &style, label);
    }
  pisd_draw_text (cr, layout->area.x, layout->area.y + 9.0 * s, &title, text);
  if (comparison->remark == NULL)
    return;
  title.align = 1.0;
  title.max_width = plot->width - 80.0 * s;
  pisd_draw_text (cr, plot->x + plot->width, layout->area.y + 9.0 * s, &title, comparison->remark);
}

static void
draw_tick (cairo_t *cr,
           const PisdComparisonLayout *layout,
           const PisdPalette *palette,
           double x,
           const char *label)
{
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  PisdTextStyle style = { .size = type_size * s, .ink = &palette->text, .align = 0.5 };

  pisd_ink_set_faded (cr, &palette->line, 0.75);
  stroke_line (cr, snap (x), plot->y, snap (x), plot->y + plot->height);
  pisd_draw_text (cr, x, plot->y + plot->height + 12.0 * s, &style, label);
}

static void
draw_fraction_ticks (cairo_t *cr, const PisdComparisonLayout *layout, const PisdPalette *palette)
{
  for (guint percent = 0; percent <= 100; percent += 20)
    {
      g_autofree char *label = g_strdup_printf ("%u\u2009%%", percent);

      draw_tick (cr, layout, palette, layout->plot.x + 0.01 * percent * layout->plot.width, label);
    }
}

static void
draw_evaluation_ticks (cairo_t *cr, const PisdComparisonLayout *layout, const PisdPalette *palette)
{
  PisdTicks ticks;

  pisd_ticks_init_log (&ticks, 1.0, pow (10.0, layout->right),
                       (guint) CLAMP (layout->plot.width / (50.0 * layout->scale), 3.0, 14.0));
  for (guint k = 0; k < ticks.n; k++)
    {
      g_autofree char *label = g_strdup_printf ("%g", ticks.values[k]);

      draw_tick (cr, layout, palette,
                 layout->plot.x + log10 (ticks.values[k]) / layout->right * layout->plot.width,
                 label);
    }
}

static void
draw_run_axis (cairo_t *cr,
               const PisdComparisonLayout *layout,
               const PisdPalette *palette,
               const PisdComparison *comparison)
{
  static const struct
  {
    const char *title;
    void (*draw) (cairo_t *, const PisdComparisonLayout *, const PisdPalette *);
  } axes[PISD_N_COMPARISON_AXES] = {
    [PISD_COMPARISON_FRACTION] = { N_ ("part of each method’s run"), draw_fraction_ticks },
    [PISD_COMPARISON_EVALUATIONS] = { N_ ("evaluations of the denoiser"), draw_evaluation_ticks },
  };
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  PisdTextStyle style = { .size = type_size * s, .ink = &palette->faint, .align = 0.5 };

  axes[comparison->axis].draw (cr, layout, palette);
  pisd_draw_text (cr, plot->x + 0.5 * plot->width, plot->y + plot->height + 30.0 * s, &style,
                  _ (axes[comparison->axis].title));
}

static void
draw_curve (cairo_t *cr,
            const PisdComparisonLayout *layout,
            const PisdPalette *palette,
            const PisdComparison *comparison,
            const PisdComparisonColumn *column)
{
  gboolean drawing = FALSE;

  cairo_new_path (cr);
  for (guint i = 0; i < column->n_known; i++)
    {
      double value = get_log (column->errors[i]);
      double x = get_x (layout, comparison, column, i);

      if (!isnan (value))
        (drawing ? cairo_line_to : cairo_move_to) (cr, x, get_y (layout, value));
      drawing = !isnan (value);
    }
  /* a rim of the background keeps crossing curves apart */
  cairo_set_line_width (cr, (curve_width + 2.4) * layout->scale);
  pisd_ink_set_faded (cr, &palette->background, 0.8);
  cairo_stroke_preserve (cr);
  cairo_set_line_width (cr, curve_width * layout->scale);
  pisd_ink_set (cr, &palette->method[column->ink]);
  cairo_stroke (cr);
}

static void
draw_level (cairo_t *cr,
            const PisdComparisonLayout *layout,
            const PisdPalette *palette,
            const PisdComparisonColumn *column)
{
  const PisdBox *plot = &layout->plot;
  double s = layout->scale;
  const double dashes[] = { 7.0 * s, 4.5 * s };
  double y = get_y (layout, get_log (column->level));

  cairo_save (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0.0);
  cairo_set_line_width (cr, 1.6 * s);
  pisd_ink_set (cr, &palette->method[column->ink]);
  stroke_line (cr, plot->x, y, plot->x + plot->width, y);
  cairo_restore (cr);
}

static void
draw_dot (cairo_t *cr, double x, double y, const PisdPalette *palette, const PisdInk *ink, double s)
{
  cairo_new_path (cr);
  cairo_arc (cr, x, y, 4.0 * s, 0.0, 2.0 * G_PI);
  pisd_ink_set (cr, &palette->background);
  cairo_set_line_width (cr, 2.4 * s);
  cairo_stroke_preserve (cr);
  pisd_ink_set (cr, ink);
  cairo_fill (cr);
}

/* Labels at the right: each wants the height of its curve's end, none may cover another. */
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
      Label *label = &labels[n];

      if (has_curve (column))
        {
          label->error = column->errors[column->n_known - 1];
          label->x = get_x (layout, comparison, column, column->n_known - 1);
        }
      else
        {
          label->error = column->level;
          label->x = layout->plot.x + layout->plot.width;
        }
      if (column->ink < 0 || isnan (get_log (label->error)))
        continue;
      label->column = column;
      label->y = label->label = get_y (layout, get_log (label->error));
      n++;
    }
  return n;
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
  double lowest = layout->plot.y + layout->plot.height + 4.0 * layout->scale;

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

  cairo_move_to (cr, label->x, label->y);
  cairo_line_to (cr, MAX (label->x, edge), label->y);
  cairo_line_to (cr, edge + (label_gap - 4.0) * s, label->label);
  cairo_set_line_width (cr, 1.0 * s);
  pisd_ink_set_faded (cr, &palette->method[label->column->ink], 0.55);
  cairo_stroke (cr);
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
  g_autofree char *percent = dup_percent (label->error);
  g_autofree char *text = g_strdup_printf ("%s  %s", label->column->title, percent);

  if (has_curve (label->column))
    {
      draw_leader (cr, layout, palette, label);
      draw_dot (cr, label->x, label->y, palette, &palette->method[label->column->ink], s);
    }
  else
    draw_leader (cr, layout, palette, label);
  pisd_draw_text (cr, x, label->label, &style, text);
}

static void
draw_labels (cairo_t *cr,
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

/* The part of every run that the heatmaps show. */
static void
draw_mark (cairo_t *cr,
           const PisdComparisonLayout *layout,
           const PisdPalette *palette,
           const PisdComparison *comparison)
{
  const PisdBox *plot = &layout->plot;
  double x = plot->x + comparison->fraction * plot->width;

  if (comparison->axis == PISD_COMPARISON_FRACTION)
    {
      pisd_ink_set_faded (cr, &palette->accent, 0.8);
      cairo_set_line_width (cr, 1.5 * layout->scale);
      stroke_line (cr, x, plot->y, x, plot->y + plot->height);
    }
  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];
      guint step;

      if (!has_curve (column))
        continue;
      step = MIN ((guint) lround (comparison->fraction * column->n_steps), column->n_known - 1);
      if (isnan (get_log (column->errors[step])))
        continue;
      draw_dot (cr, get_x (layout, comparison, column, step),
                get_y (layout, get_log (column->errors[step])), palette,
                &palette->method[column->ink], layout->scale);
    }
}

void
pisd_draw_comparison_plot (cairo_t *cr,
                           const PisdComparisonLayout *layout,
                           const PisdPalette *palette,
                           const PisdComparison *comparison)
{
  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && comparison != NULL);

  cairo_save (cr);
  cairo_set_line_width (cr, 1.0);
  draw_error_axis (cr, layout, palette, comparison);
  draw_run_axis (cr, layout, palette, comparison);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  for (guint c = 0; c < comparison->n_columns; c++)
    if (has_curve (&comparison->columns[c]))
      draw_curve (cr, layout, palette, comparison, &comparison->columns[c]);
  for (guint c = 0; c < comparison->n_columns; c++)
    if (comparison->columns[c].ink >= 0 && !isnan (get_log (comparison->columns[c].level)))
      draw_level (cr, layout, palette, &comparison->columns[c]);
  draw_labels (cr, layout, palette, comparison);
  if (!isnan (comparison->fraction))
    draw_mark (cr, layout, palette, comparison);
  cairo_restore (cr);
}

/* One method in the read-out. */
typedef struct
{
  const PisdComparisonColumn *column;
  int step;
  double error;
} Row;

static guint
collect_rows (const PisdComparisonLayout *layout,
              const PisdComparison *comparison,
              double x,
              Row *rows)
{
  guint n = 0;

  for (guint c = 0; c < comparison->n_columns; c++)
    {
      const PisdComparisonColumn *column = &comparison->columns[c];

      if (column->ink < 0)
        continue;
      rows[n] = (Row){ column, -1, column->level };
      if (has_curve (column))
        {
          rows[n].step = find_step (layout, comparison, column, x);
          if (rows[n].step < 0)
            continue;
          rows[n].error = column->errors[rows[n].step];
        }
      n += isfinite (rows[n].error) ? 1 : 0;
    }
  return n;
}

static PisdBox
place_card (const PisdComparisonLayout *layout, double x, guint n_rows)
{
  double s = layout->scale;
  PisdBox card = { x + 14.0 * s, layout->plot.y + 6.0 * s, 218.0 * s,
                   (n_rows * card_row + 2.0 * card_padding - 3.0) * s };

  if (card.x + card.width > layout->plot.x + layout->plot.width)
    card.x = x - 14.0 * s - card.width;
  card.x = round (MAX (card.x, layout->area.x)) + 0.5;
  card.y = round (MIN (card.y, layout->area.y + layout->area.height - card.height)) + 0.5;
  return card;
}

static void
draw_card (cairo_t *cr, const PisdBox *card, const PisdPalette *palette, double s)
{
  double r = 6.0 * s;
  double right = card->x + card->width;
  double bottom = card->y + card->height;

  cairo_new_path (cr);
  cairo_arc (cr, right - r, card->y + r, r, -G_PI_2, 0.0);
  cairo_arc (cr, right - r, bottom - r, r, 0.0, G_PI_2);
  cairo_arc (cr, card->x + r, bottom - r, r, G_PI_2, G_PI);
  cairo_arc (cr, card->x + r, card->y + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
  pisd_ink_set_faded (cr, &palette->background, 0.95);
  cairo_fill_preserve (cr);
  pisd_ink_set_faded (cr, &palette->faint, 0.5);
  cairo_set_line_width (cr, 1.0);
  cairo_stroke (cr);
}

static void
draw_card_row (cairo_t *cr,
               const PisdBox *card,
               double y,
               const PisdPalette *palette,
               const Row *row,
               double s)
{
  double left = card->x + card_padding * s;
  double right = card->x + card->width - card_padding * s;
  PisdTextStyle name = { .size = type_size * s, .ink = &palette->text };
  PisdTextStyle step = { .size = type_size * s, .ink = &palette->faint, .align = 1.0 };
  PisdTextStyle value = {
    .size = type_size * s, .bold = TRUE, .ink = &palette->text, .align = 1.0
  };
  g_autofree char *percent = dup_percent (row->error);

  cairo_rectangle (cr, left, y - 1.75 * s, 10.0 * s, 3.5 * s);
  pisd_ink_set (cr, &palette->method[row->column->ink]);
  cairo_fill (cr);
  pisd_draw_text (cr, left + 16.0 * s, y, &name, row->column->title);
  if (row->step >= 0)
    {
      g_autofree char *text = g_strdup_printf (_ ("step %u"), (guint) row->step);

      pisd_draw_text (cr, right - 56.0 * s, y, &step, text);
    }
  pisd_draw_text (cr, right, y, &value, percent);
}

void
pisd_draw_comparison_readout (cairo_t *cr,
                              const PisdComparisonLayout *layout,
                              const PisdPalette *palette,
                              const PisdComparison *comparison,
                              double x)
{
  Row rows[PISD_COMPARISON_MOST];
  double s;
  PisdBox card;
  guint n;

  g_return_if_fail (cr != NULL && layout != NULL && palette != NULL && comparison != NULL);

  s = layout->scale;
  n = collect_rows (layout, comparison, x, rows);
  if (n == 0)
    return;
  card = place_card (layout, x, n);
  cairo_save (cr);
  cairo_set_line_width (cr, 1.0);
  pisd_ink_set_faded (cr, &palette->faint, 0.7);
  stroke_line (cr, snap (x), layout->plot.y, snap (x), layout->plot.y + layout->plot.height);
  for (guint k = 0; k < n; k++)
    if (rows[k].step >= 0)
      draw_dot (cr, get_x (layout, comparison, rows[k].column, (guint) rows[k].step),
                get_y (layout, get_log (rows[k].error)), palette,
                &palette->method[rows[k].column->ink], s);
  draw_card (cr, &card, palette, s);
  for (guint k = 0; k < n; k++)
    draw_card_row (cr, &card, card.y + (card_padding + (k + 0.42) * card_row) * s, palette,
                   &rows[k], s);
  cairo_restore (cr);
}
