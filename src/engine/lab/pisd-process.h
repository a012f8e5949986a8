/* The forward process of diffusion in T discrete steps, which keeps the variance:
 *
 *   x_t = sqrt (abar_t) x_0 + sqrt (1 - abar_t) n,  abar_t = (1 - beta_1) ... (1 - beta_t),
 *
 * with n standard normal and abar_0 = 1.
 *
 * One row of a table a schedule.  linear, cosine and edm are those of pisd-schedule.h by
 * abar = 1 / (1 + sigma^2); T of their steps are equally far apart in their own time.  sigmoid is
 *   abar (s) = (sigmoid (3) - sigmoid (6 s - 3)) / (sigmoid (3) - sigmoid (-3)),  s = t / T.
 *
 * Shapes:  arrays [n_steps + 1], entry t belongs to time t.
 * Threads: any, once it is made.
 * Source:  Ho et al. 2020 (DDPM), equation 4; Jabri et al. 2022 (arXiv 2212.11972), algorithm 1. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PISD_PROCESS_LINEAR,
  PISD_PROCESS_COSINE,
  PISD_PROCESS_SIGMOID,
  PISD_PROCESS_EDM,
  PISD_N_PROCESSES
} PisdProcessId;

#define PISD_PROCESS_LEAST_STEPS 10
#define PISD_PROCESS_MOST_STEPS 1000

typedef struct
{
  PisdProcessId id;
  guint n_steps; /* T */
  double *abar;
  double *rest; /* 1 - abar, without the loss of digits of that difference */
  double *beta; /* beta_0 = 0 */
} PisdProcess;

/* "linear", "cosine", "sigmoid", "edm" */
const char *pisd_process_get_name (PisdProcessId id);

/* n_steps > 0. */
PisdProcess *pisd_process_new (PisdProcessId id, guint n_steps);
PisdProcess *pisd_process_dup (const PisdProcess *process);
void pisd_process_free (PisdProcess *process); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdProcess, pisd_process_free)

/* sqrt ((1 - abar) / abar): the noise level of x_t / sqrt (abar_t). */
double pisd_process_get_sigma (const PisdProcess *process, guint t);
/* abar / (1 - abar), the signal-to-noise ratio; infinite at t = 0. */
double pisd_process_get_snr (const PisdProcess *process, guint t);

/* What a state x_t is: out = sqrt (abar_t) x0 + sqrt (1 - abar_t) noise; all [n]. */
void pisd_process_carry (const PisdProcess *process,
                         guint t,
                         gsize n,
                         const double *x0,
                         const double *noise,
                         double *out);

/* The times of a run of n steps, falling from T to 0, as equally far apart as whole times are.
 * out: [n + 1], 1 <= n <= T. */
void pisd_process_fill_times (const PisdProcess *process, guint n, guint *out);

G_END_DECLS
