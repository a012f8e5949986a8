#include "explorer-number-kinds.h"

#include <glib/gi18n.h>
#include <math.h>

#include "explorer-number.h"

#define MOST_RATIO 1000.0

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

/* ", 14×": how many times the exact one; nothing where the two are equal or worlds apart. */
static char *
dup_ratio (double error, double exact)
{
  const double ratio = error / exact;

  if (!(ratio >= 1.05 && ratio < MOST_RATIO))
    return g_strdup ("");
  return g_strdup_printf (ratio < 9.95 ? ", %.1f\u00d7" : ", %.0f\u00d7", ratio);
}

/* "19.5 %, exact 5.4 %, 3.6×", or what the posterior expects where the truth is of another kind
 * than the prior. */
static char *
format_error (const ExplorerNumberBarData *data, guint field)
{
  const double error = data->errors[field], exact = data->exact[field];
  g_autofree char *percent = explorer_number_format_percent (error);
  g_autofree char *other = NULL;
  g_autofree char *ratio = NULL;

  if (!isnan (data->expected[field]))
    {
      other = explorer_number_format_percent (data->expected[field]);
      return g_strdup_printf (_ ("%s, expected %s"), percent, other);
    }
  if (isnan (exact))
    return g_steal_pointer (&percent);
  other = explorer_number_format_percent (exact);
  if (data->is_exact_of_another) /* Translators: errors of the estimate and of the Gaussian prior */
    return g_strdup_printf (_ ("%s, Gaussian %s"), percent, other);
  ratio = dup_ratio (error, exact);
  return g_strdup_printf (_ ("%s, exact %s%s"), percent, other, ratio);
}

/* "5/9: 2.9 %, exact 2.8 %" */
static char *
format_error_then (const ExplorerNumberBarData *data, guint field)
{
  const PisdFieldInfo *info = &data->problem->fields[field];
  g_autofree char *time = pisd_field_info_dup_time (info, data->moments[field]);
  g_autofree char *percent = explorer_number_format_percent (data->errors_then[field]);
  g_autofree char *exact = NULL;

  if (isnan (data->exact_then[field]))
    return g_strdup_printf ("%s: %s", time, percent);
  exact = explorer_number_format_percent (data->exact_then[field]);
  /* Translators: a time, the error of the estimate, the error of the exact mean */
  return g_strdup_printf (data->is_exact_of_another ? _ ("%s: %s, Gaussian %s")
                                                    : _ ("%s: %s, exact %s"),
                          time, percent, exact);
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

/* "10.3 % (truth 3.1 %)"; the truth's is known when the run has finished. */
static char *
format_residual (const ExplorerNumberBarData *data, guint field)
{
  const gboolean is_frame = !data->is_mean && data->frame != NULL;
  const double of_result = data->result == NULL ? NAN : data->result->residual_spectral;
  const double of_truth = data->result == NULL ? NAN : data->result->truth_residual_spectral;
  g_autofree char *estimate =
      explorer_number_format_percent (is_frame ? data->frame->residual : of_result);
  g_autofree char *truth = explorer_number_format_percent (of_truth);

  if (isnan (of_truth))
    return g_steal_pointer (&estimate);
  return g_strdup_printf (_ ("%s (truth %s)"), estimate, truth);
}

/* What the tooltip says of the residual beside its formula; NULL: nothing yet. */
static char *
dup_differences (const ExplorerNumberBarData *data)
{
  g_autofree char *estimate = NULL;
  g_autofree char *truth = NULL;

  if (data->result == NULL || isnan (data->result->residual_fd))
    return NULL;
  estimate = explorer_number_format_percent (data->result->residual_fd);
  truth = explorer_number_format_percent (data->result->truth_residual_fd);
  return g_strdup_printf (
      _ ("By differences (the five-point Laplacian) it is %s, that of the truth %s."), estimate,
      truth);
}

static const ExplorerNumberKind kinds[] = {
  { "step", N_ ("Step"),
    N_ ("Step i of N: shown is the frame with the state x at σᵢ and its denoised estimate "
        "D(x, σᵢ)"),
    format_step, 3 },
  { "sigma", N_ ("Noise σ"), N_ ("Noise level of the state x = z + σ n, n ~ N(0, I)"), format_sigma,
    4 },
  { "error-%s", N_ ("Error of %s"),
    N_ ("‖D − truth‖ / ‖truth‖ of %s over the whole field. Belongs to D, not to x. "
        "Exact: the same of the exact posterior mean for these sensors and this truth, and how "
        "many times as large the estimate’s is; on average over such truths no estimate has a "
        "smaller one. Expected: the error that the posterior itself expects, where the truth is "
        "of another kind than the prior. Gaussian: the error of the exact posterior mean under "
        "the Gaussian prior, where the estimate’s prior is learned and knows more than that."),
    format_error, 0, .fields = TRUE },
  { "error-then-%s", N_ ("Error of %s"),
    N_ ("The same of the moment that the views show. Choose another one on the time line below "
        "them."),
    format_error_then, 2, .fields = TRUE, .moments = TRUE },
  { "residual", N_ ("Equation residual"),
    N_ ("‖∆u (+ k²u) − a‖ / ‖a‖ with the spectral Laplacian. Belongs to D, not to x. "
        "A low residual alone proves nothing: shrinking a field lowers it. Compare it with the "
        "truth’s own, which the spectral Laplacian makes of fields that solve the five-point "
        "equation; it is known when the run has finished."),
    format_residual, 1, .dup_remark = dup_differences,
    .tooltip_of_flow =
        N_ ("What is left of the equation between neighbouring frames, as a rate, over the size of "
            "w(0). Belongs to D, not to x. A low residual alone proves nothing: shrinking a field "
            "lowers it.") },
  { "standardized", N_ ("Error / spread"),
    N_ ("Root mean square over the nodes of (truth − mean) / s, one number a field, with s the "
        "standard deviation of the samples at the node, corrected for their number, which is four "
        "at least. Near 1 the spread tells the error as it is; above 1 the samples are too sure of "
        "themselves."),
    format_standardized, 2, .samples = TRUE },
};

guint
explorer_number_kinds_get_n (void)
{
  return G_N_ELEMENTS (kinds);
}

const ExplorerNumberKind *
explorer_number_kinds_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (kinds), NULL);
  return &kinds[index];
}

char *
explorer_number_kind_dup_longest (const ExplorerNumberKind *kind,
                                  const PisdOperator *problem,
                                  guint field)
{
  const PisdFrame frame = { .step = 8888, .n_steps = 8888, .sigma = 8.88e-5, .residual = 0.888 };
  const PisdResult result = { .truth_residual_spectral = 0.0888 };
  ExplorerNumberBarData data = { .problem = problem, .frame = &frame, .result = &result };

  for (guint k = 0; k < PISD_MAX_FIELDS; k++)
    {
      data.errors[k] = 0.888;
      data.exact[k] = 0.00444; /* 200 times */
      data.expected[k] = NAN;
      data.calibration[k] = 0.888;
      data.errors_then[k] = 0.888;
      data.exact_then[k] = 0.444;
    }
  return kind->format (&data, field);
}

char *
explorer_number_kind_dup_words (const char *words, const char *field)
{
  g_auto (GStrv) parts = g_strsplit (words, "%s", -1);

  return g_strjoinv (field, parts);
}
