#include "pisd-draw-curves.h"

#include <glib/gi18n-lib.h>
#include <math.h>

G_STATIC_ASSERT (PISD_CURVE_SIGMA == PISD_N_TERMS);

/* Measures at scale 1. */
static const double loss_width = 1.4;
static const double error_width = 2.1;
static const double sigma_width = 1.1;

/* What the curves after the losses are. */
static gboolean
is_error (PisdCurve curve)
{
  return curve > PISD_CURVE_SIGMA;
}

/* The index of the field that the curve belongs to, or -1. */
static int
get_field (PisdCurve curve)
{
  if (is_error (curve))
    return (int) (curve - PISD_CURVE_ERROR (0));
  return curve < PISD_CURVE_EQUATION ? (int) curve : -1;
}

char *
pisd_curves_dup_title (const PisdCurves *curves, PisdCurve curve)
{
  int field = get_field (curve);
  const PisdFieldInfo *info;
  g_autofree char *symbol = NULL;

  g_return_val_if_fail (curves != NULL && curve < PISD_N_CURVES, NULL);

  if (field < 0)
    return g_strdup (curve == PISD_CURVE_SIGMA ? _ ("σ") : _ ("loss PDE"));
  if (curves->equation == NULL || (guint) field >= curves->equation->n_fields)
    return NULL;
  info = &curves->equation->fields[field];
  symbol =
      pisd_field_info_dup_symbol (info, is_error (curve) ? info->n_frames - 1 : PISD_FRAME_ANY);
  return g_strdup_printf (is_error (curve) ? _ ("error %s") : _ ("loss %s"), symbol);
}

PisdAxis
pisd_curve_get_axis (PisdCurve curve)
{
  return is_error (curve) ? PISD_AXIS_RIGHT : PISD_AXIS_LEFT;
}

static const PisdInk *
get_ink (PisdCurve curve, const PisdPalette *palette)
{
  guint field = (guint) MAX (get_field (curve), 0) % PISD_PALETTE_FIELDS;

  if (is_error (curve))
    return &palette->error[field];
  if (curve == PISD_CURVE_SIGMA)
    return &palette->sigma;
  return curve == PISD_CURVE_EQUATION ? &palette->equation : &palette->loss[field];
}

/* Lines are told apart without their colours: those of further fields have long dashes, the
 * equation's is dotted, sigma's has short dashes. */
static void
set_dashes (PisdLine *line, PisdCurve curve, double scale)
{
  static const double sigma[] = { 5.0, 3.5 }, equation[] = { 2.5, 2.0 }, further[] = { 11.0, 3.0 };
  const double *dashes = NULL;

  if (curve == PISD_CURVE_SIGMA)
    dashes = sigma;
  else if (curve == PISD_CURVE_EQUATION)
    dashes = equation;
  else if (get_field (curve) > 0)
    dashes = further;
  if (dashes == NULL)
    return;
  line->on = dashes[0] * scale;
  line->off = dashes[1] * scale;
}

PisdLine
pisd_curve_get_line (PisdCurve curve, const PisdPalette *palette, double scale)
{
  PisdLine line = { .on = 0.0 };

  g_return_val_if_fail (palette != NULL && curve < PISD_N_CURVES, line);

  line.ink = *get_ink (curve, palette);
  line.width = (is_error (curve) ? error_width : loss_width) * scale * palette->weight;
  if (curve == PISD_CURVE_SIGMA)
    line.width = sigma_width * scale * palette->weight;
  set_dashes (&line, curve, scale);
  return line;
}

PisdCurves *
pisd_curves_new (void)
{
  PisdCurves *curves = g_new0 (PisdCurves, 1);

  curves->last = -1;
  return curves;
}

PisdCurves *
pisd_curves_dup (const PisdCurves *curves)
{
  PisdCurves *copy = g_memdup2 (curves, sizeof *curves);
  const gsize n = (gsize) curves->n_steps + 1;

  copy->known = g_memdup2 (curves->known, n * sizeof *curves->known);
  copy->marked = g_memdup2 (curves->marked, n * sizeof *curves->marked);
  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      copy->values[c] = g_memdup2 (curves->values[c], n * sizeof *curves->values[c]);
      copy->logs[c] = g_memdup2 (curves->logs[c], n * sizeof *curves->logs[c]);
    }
  return copy;
}

static void
clear_arrays (PisdCurves *curves)
{
  g_clear_pointer (&curves->known, g_free);
  g_clear_pointer (&curves->marked, g_free);
  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      g_clear_pointer (&curves->values[c], g_free);
      g_clear_pointer (&curves->logs[c], g_free);
      curves->present[c] = FALSE;
    }
}

void
pisd_curves_free (PisdCurves *curves)
{
  if (curves == NULL)
    return;
  clear_arrays (curves);
  g_free (curves);
}

static double *
new_unknown (gsize n)
{
  double *array = g_new (double, n);

  for (gsize k = 0; k < n; k++)
    array[k] = NAN;
  return array;
}

void
pisd_curves_start (PisdCurves *curves, const PisdOperator *equation, guint n_steps)
{
  gsize n = (gsize) n_steps + 1;

  g_return_if_fail (curves != NULL && equation != NULL);

  clear_arrays (curves);
  curves->equation = equation;
  curves->n_steps = n_steps;
  curves->n_known = 0;
  curves->last = -1;
  curves->known = g_new0 (guint8, n);
  curves->marked = g_new0 (guint8, n);
  for (guint c = 0; c < PISD_N_CURVES; c++)
    {
      curves->values[c] = new_unknown (n);
      curves->logs[c] = new_unknown (n);
    }
}

static double
get_frame_value (const PisdFrame *frame, PisdCurve curve)
{
  if (curve < PISD_CURVE_SIGMA)
    return frame->losses[curve];
  return curve == PISD_CURVE_SIGMA ? frame->sigma : 100.0 * frame->errors[get_field (curve)];
}

static void
add_value (PisdCurves *curves, PisdCurve c, guint step, double value)
{
  double log_value;

  curves->values[c][step] = value;
  curves->logs[c][step] = NAN;
  if (!isfinite (value) || value <= 0.0)
    return;
  log_value = log10 (value);
  curves->logs[c][step] = log_value;
  curves->min[c] = curves->present[c] ? MIN (curves->min[c], log_value) : log_value;
  curves->max[c] = curves->present[c] ? MAX (curves->max[c], log_value) : log_value;
  curves->present[c] = TRUE;
}

void
pisd_curves_add_frame (PisdCurves *curves, const PisdFrame *frame)
{
  g_return_if_fail (curves != NULL && frame != NULL);
  g_return_if_fail (curves->known != NULL && frame->step <= curves->n_steps);

  for (PisdCurve c = 0; c < PISD_N_CURVES; c++)
    add_value (curves, c, frame->step, get_frame_value (frame, c));
  curves->known[frame->step] = TRUE;
  curves->marked[frame->step] = frame->parameters_changed != FALSE;
  curves->last = MAX (curves->last, (int) frame->step);
  while (curves->n_known <= curves->n_steps && curves->known[curves->n_known])
    curves->n_known++;
}

gboolean
pisd_curves_is_shown (const PisdCurves *curves, PisdCurve curve, guint step)
{
  return curves->present[curve] && !curves->hidden[curve] && !isnan (curves->values[curve][step]);
}
