#include "pisd-reverse.h"

#include <math.h>

#define MOST_SNR 5.0

static const char *const prediction_names[PISD_N_PREDICTIONS] = {
  [PISD_PREDICT_NOISE] = "noise",
  [PISD_PREDICT_X0] = "x0",
  [PISD_PREDICT_V] = "v",
};

static const char *const weight_names[PISD_N_WEIGHTS] = {
  [PISD_WEIGHT_UNIFORM] = "uniform",
  [PISD_WEIGHT_MIN_SNR] = "min-snr",
};

/* 1 - abar_t / abar_s = (rest_t - rest_s) / abar_s */
double
pisd_reverse_get_beta (const PisdProcess *process, guint s, guint t)
{
  g_return_val_if_fail (process != NULL && s < t && t <= process->n_steps, NAN);

  return (process->rest[t] - process->rest[s]) / process->abar[s];
}

static double
get_variance (const PisdProcess *process, guint s, guint t)
{
  return pisd_reverse_get_beta (process, s, t) * process->rest[s] / process->rest[t];
}

PisdReverse
pisd_reverse_get (const PisdProcess *process, guint s, guint t, double eta)
{
  PisdReverse step;
  double noise;

  g_return_val_if_fail (process != NULL && s < t && t <= process->n_steps, (PisdReverse){ 0 });
  g_return_val_if_fail (eta >= 0.0 && eta <= 1.0, (PisdReverse){ 0 });

  step.sd = eta * sqrt (get_variance (process, s, t));
  /* sqrt (1 - abar_s - sd^2) n with n = (x_t - sqrt (abar_t) x0) / sqrt (1 - abar_t) */
  noise = sqrt (MAX (process->rest[s] - step.sd * step.sd, 0.0) / process->rest[t]);
  step.x = noise;
  step.x0 = sqrt (process->abar[s]) - noise * sqrt (process->abar[t]);
  return step;
}

void
pisd_reverse_get_log_variances (const PisdProcess *process,
                                guint s,
                                guint t,
                                double *low,
                                double *high)
{
  g_return_if_fail (process != NULL && low != NULL && high != NULL);

  *high = log (pisd_reverse_get_beta (process, s, t));
  if (s > 0)
    *low = log (get_variance (process, s, t));
  else
    *low = t < process->n_steps ? log (get_variance (process, t, t + 1)) : *high;
  *low = MIN (*low, *high);
}

const char *
pisd_prediction_get_name (PisdPrediction id)
{
  g_return_val_if_fail (id < PISD_N_PREDICTIONS, NULL);

  return prediction_names[id];
}

PisdPredictionTarget
pisd_prediction_get_target (PisdPrediction id, const PisdProcess *process, guint t)
{
  g_return_val_if_fail (process != NULL && t <= process->n_steps, (PisdPredictionTarget){ 0 });

  switch (id)
    {
    case PISD_PREDICT_NOISE:
      return (PisdPredictionTarget){ 1.0, 0.0 };
    case PISD_PREDICT_X0:
      return (PisdPredictionTarget){ 0.0, 1.0 };
    case PISD_PREDICT_V:
      return (PisdPredictionTarget){ sqrt (process->abar[t]), -sqrt (process->rest[t]) };
    case PISD_N_PREDICTIONS:
    default:
      g_return_val_if_reached ((PisdPredictionTarget){ 0 });
    }
}

PisdPredictionEstimate
pisd_prediction_get_estimate (PisdPrediction id, const PisdProcess *process, guint t)
{
  double a, b;

  g_return_val_if_fail (process != NULL && t > 0, (PisdPredictionEstimate){ 0 });
  g_return_val_if_fail (t <= process->n_steps, (PisdPredictionEstimate){ 0 });

  a = sqrt (process->abar[t]);
  b = sqrt (process->rest[t]);
  switch (id)
    {
    case PISD_PREDICT_NOISE: /* x0 = (x - b n) / a */
      return (PisdPredictionEstimate){ 1.0 / a, -b / a };
    case PISD_PREDICT_X0:
      return (PisdPredictionEstimate){ 0.0, 1.0 };
    case PISD_PREDICT_V: /* x0 = a x - b v */
      return (PisdPredictionEstimate){ a, -b };
    case PISD_N_PREDICTIONS:
    default:
      g_return_val_if_reached ((PisdPredictionEstimate){ 0 });
    }
}

const char *
pisd_weight_get_name (PisdWeight id)
{
  g_return_val_if_fail (id < PISD_N_WEIGHTS, NULL);

  return weight_names[id];
}

/* An error e of what is predicted is one of output e of x0, so that the loss of x0 is
 * output^2 times its own. */
double
pisd_weight_get (PisdWeight id, PisdPrediction prediction, const PisdProcess *process, guint t)
{
  double output;

  if (id == PISD_WEIGHT_UNIFORM)
    return 1.0;
  output = pisd_prediction_get_estimate (prediction, process, t).output;
  return MIN (pisd_process_get_snr (process, t), MOST_SNR) * output * output;
}
