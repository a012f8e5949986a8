#include "pisd-draw-ticks.h"
#include "pisd-draw-text.h"

#include <math.h>

/* Two decades of steps: from any power of ten below the right step the search ends inside. */
static const int step_mantissas[] = { 1, 2, 5, 10, 20, 50, 100 };

/* A tick may lie outside the range by this fraction of a step: rounding must not drop the end of an
 * axis. */
static const double slack = 1e-9;

/* Labels of more than this many decimals, or this many digits, share an exponent instead. */
static const int most_decimals = 2;
static const int most_digits = 4;

/* mantissa * 10^exponent with one rounding for the powers that a double holds exactly. */
static double
scale_by_power (double mantissa, int exponent)
{
  if (exponent < 0)
    return mantissa / pow (10.0, -exponent);
  return mantissa * pow (10.0, exponent);
}

static int
get_decade (double value)
{
  return (int) floor (log10 (fabs (value)) + 1e-12);
}

/* Decides between plain numbers and a common exponent for ticks of step s * 10^step_decade. */
static void
choose_format (PisdTicks *ticks, double min, double max, int step_decade)
{
  double largest = MAX (fabs (min), fabs (max));
  int decade = largest > 0.0 ? get_decade (largest) : 0;

  ticks->exponent = 0;
  if ((decade < 0 && -step_decade > most_decimals) || decade >= most_digits)
    ticks->exponent = decade;
  ticks->decimals = (guint) MAX (0, ticks->exponent - step_decade);
}

static void
init_single (PisdTicks *ticks, double value)
{
  ticks->n = 1;
  ticks->values[0] = value;
  choose_format (ticks, value, value, value == 0.0 ? 0 : get_decade (value) - 1);
}

/* The multiples of mantissa * 10^decade in the range, as many as there is room for; returns how
 * many there are. */
static double
add_multiples (PisdTicks *ticks, double min, double max, int mantissa, int decade)
{
  double step = scale_by_power (mantissa, decade);
  double first = ceil (min / step - slack);
  double last = floor (max / step + slack);

  ticks->n = 0;
  for (double k = first; k <= last && ticks->n < PISD_MAX_TICKS; k += 1.0)
    ticks->values[ticks->n++] = scale_by_power (k * mantissa, decade) + 0.0; /* no −0 */
  return last - first + 1.0;
}

void
pisd_ticks_init_linear (PisdTicks *ticks, double min, double max, guint n_most)
{
  int decade;

  g_return_if_fail (ticks != NULL);
  g_return_if_fail (n_most >= 3 && n_most <= 20);

  *ticks = (PisdTicks){ 0 };
  if (!isfinite (min) || !isfinite (max) || !isfinite (max - min) || max < min)
    return;
  if (max == min)
    {
      init_single (ticks, min);
      return;
    }
  decade = get_decade ((max - min) / n_most);
  for (guint m = 0; m < G_N_ELEMENTS (step_mantissas); m++)
    {
      double n = add_multiples (ticks, min, max, step_mantissas[m], decade);

      if (n > n_most)
        continue;
      if (n < 2.0 && m > 0)
        add_multiples (ticks, min, max, step_mantissas[--m], decade);
      choose_format (ticks, min, max, get_decade (scale_by_power (step_mantissas[m], decade)));
      return;
    }
}

static guint
add_log_ticks (PisdTicks *ticks,
               double min,
               double max,
               guint n_most,
               const int *mantissas,
               int stride)
{
  int last = get_decade (max);
  guint n = 0;

  for (int decade = get_decade (min); decade <= last; decade++)
    for (int m = 0; mantissas[m] != 0; m++)
      {
        double value = scale_by_power (mantissas[m], decade);

        if (decade % stride != 0 || value < min * (1.0 - slack) || value > max * (1.0 + slack))
          continue;
        if (n < n_most)
          ticks->values[n] = value;
        n++;
      }
  ticks->n = n;
  return n;
}

void
pisd_ticks_init_log (PisdTicks *ticks, double min, double max, guint n_most)
{
  static const int one_two_five[] = { 1, 2, 5, 0 };
  static const int one[] = { 1, 0 };

  g_return_if_fail (ticks != NULL);
  g_return_if_fail (min > 0.0 && max > min && isfinite (max));
  g_return_if_fail (n_most >= 2 && n_most <= PISD_MAX_TICKS);

  *ticks = (PisdTicks){ 0 };
  if (add_log_ticks (ticks, min, max, n_most, one_two_five, 1) <= n_most)
    return;
  for (int stride = 1; add_log_ticks (ticks, min, max, n_most, one, stride) > n_most; stride++)
    ;
}

char *
pisd_ticks_dup_label (const PisdTicks *ticks, guint index)
{
  double value;

  g_return_val_if_fail (ticks != NULL && index < ticks->n, NULL);

  value = scale_by_power (ticks->values[index], -ticks->exponent);
  return pisd_number_take_with_minus (g_strdup_printf ("%.*f", (int) ticks->decimals, value));
}

static char *
dup_superscript (int exponent)
{
  g_autofree char *text = pisd_number_take_with_minus (g_strdup_printf ("%d", exponent));

  return g_strdup_printf (PISD_SUPERSCRIPT ("%s"), text);
}

char *
pisd_ticks_dup_factor (const PisdTicks *ticks)
{
  g_autofree char *power = NULL;

  g_return_val_if_fail (ticks != NULL, NULL);

  if (ticks->exponent == 0)
    return NULL;
  power = dup_superscript (ticks->exponent);
  return g_strconcat ("\u00d710", power, NULL);
}

char *
pisd_ticks_dup_power (double value)
{
  int decade = get_decade (value);
  int mantissa = (int) lround (scale_by_power (value, -decade));
  g_autofree char *power = dup_superscript (decade);

  if (mantissa == 1)
    return g_strconcat ("10", power, NULL);
  return g_strdup_printf ("%d\u00b710%s", mantissa, power);
}

double
pisd_ticks_round_down (double value)
{
  static const int mantissas[] = { 5, 2, 1 };
  int decade = get_decade (value);

  for (guint m = 0; m < G_N_ELEMENTS (mantissas); m++)
    if (scale_by_power (mantissas[m], decade) <= value * (1.0 + slack))
      return scale_by_power (mantissas[m], decade);
  return scale_by_power (1, decade);
}

double
pisd_ticks_round_up (double value)
{
  static const int mantissas[] = { 1, 2, 5 };
  int decade = get_decade (value);

  for (guint m = 0; m < G_N_ELEMENTS (mantissas); m++)
    if (scale_by_power (mantissas[m], decade) >= value * (1.0 - slack))
      return scale_by_power (mantissas[m], decade);
  return scale_by_power (10, decade);
}
