#include "pisd-factors.h"

#include <cblas.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-axes.h"
#include "pisd-budget.h"
#include "pisd-error.h"
#include "pisd-factoring.h"
#include "pisd-memory.h"

/* How often, and how long in microseconds, memory is waited for that somebody else holds. */
#define MOST_WAITS 25
#define WAIT 20000
#define WORTH_WAITING ((gsize) 256 * 1024 * 1024)

/* y_i = value - offset and R_i = variance + that of the level: later sites read what is left
 * beside their offset. */
static void
fill_readings (PisdFactors *f, PisdLinearisation *linearisation)
{
  guint first = f->n - (linearisation != NULL ? linearisation->n : 0);

  f->linearisation = linearisation != NULL ? pisd_linearisation_ref (linearisation) : NULL;
  f->y = g_new (double, f->n);
  f->variance = g_new (double, f->n);
  for (guint i = 0; i < f->n; i++)
    {
      f->y[i] = f->sites[i].value;
      f->variance[i] = f->sites[i].variance;
    }
  for (guint i = first; i < f->n; i++)
    {
      f->y[i] -= linearisation->offset[i - first];
      f->variance[i] += linearisation->variance[i - first];
    }
}

/* All but the prior and the sites, which are there.  s_k is the prior's deviation of mode k,
 * first of the kept modes and then of the tail's. */
static void
fill_unfilled (PisdFactors *f, PisdLinearisation *linearisation)
{
  const PisdRandomOps *random = pisd_operator_get (f->equation.problem)->random;

  f->all = pisd_modes_new_completed (f->kept, PISD_GRID);
  f->tail = pisd_modes_new_rest (f->all, f->kept->n);
  f->scale = g_new (double, f->all->n);
  for (guint i = 0; i < f->all->n; i++)
    f->scale[i] = random->scale (f->all->ky[i], f->all->kx[i], &f->source);
  fill_readings (f, linearisation);
  f->v = g_new (double, f->n);
  f->wy = g_new (double, f->n);
  f->discarded = g_new (double, f->n);
  f->prior = g_new (double, f->n);
  f->by_modes = pisd_budget_goes_by_modes (f->n, f->kept->n);
}

static PisdFactors *
factors_new_unfilled (const PisdRepresentation *representation,
                      const PisdSensors *sensors,
                      PisdLinearisation *linearisation)
{
  PisdFactors *f = g_new0 (PisdFactors, 1);

  f->equation = *pisd_representation_get_equation (representation);
  f->source = *pisd_representation_get_prior (representation);
  f->scaled = pisd_representation_get_normaliser (representation)->prior;
  for (guint k = 0; k < pisd_operator_get (f->equation.problem)->n_fields; k++)
    f->node_sd[k] = sqrt (pisd_representation_get_kept_variance (representation, k)
                          + pisd_representation_get_tail_variance (representation, k));
  f->kept = pisd_modes_dup (pisd_representation_get_modes (representation, 0));
  f->noise_sd = pisd_representation_get_noise_sd (representation);
  f->sites = pisd_sites_new_noisy (f->equation.problem, sensors, f->noise_sd, &f->n);
  fill_unfilled (f, linearisation);
  if (!pisd_source_prior_equal (&f->source, &f->scaled))
    {
      f->ratio = g_new (double, f->kept->n);
      pisd_representation_fill_ratio (representation, f->ratio);
    }
  return f;
}

/* Of the same prior as others. */
static PisdFactors *
factors_new_alike (const PisdFactors *prior,
                   const PisdSite *sites,
                   guint n,
                   PisdLinearisation *linearisation)
{
  PisdFactors *f = g_new0 (PisdFactors, 1);

  f->equation = prior->equation;
  f->source = prior->source;
  f->scaled = prior->scaled;
  f->noise_sd = prior->noise_sd;
  f->ratio = g_memdup2 (prior->ratio, prior->ratio != NULL ? sizeof (double) * prior->kept->n : 0);
  memcpy (f->node_sd, prior->node_sd, sizeof f->node_sd);
  f->kept = pisd_modes_dup (prior->kept);
  f->n = n;
  f->sites = g_memdup2 (sites, sizeof *sites * n);
  fill_unfilled (f, linearisation);
  return f;
}

static gboolean
fits_representation (const PisdFactors *f, const PisdRepresentation *representation)
{
  return pisd_equation_equal (&f->equation, pisd_representation_get_equation (representation))
         && pisd_source_prior_equal (&f->source, pisd_representation_get_prior (representation))
         && pisd_source_prior_equal (&f->scaled,
                                     &pisd_representation_get_normaliser (representation)->prior)
         && pisd_modes_equal (f->kept, pisd_representation_get_modes (representation, 0));
}

static gboolean
stopped (PisdCancel *cancel, GError **error)
{
  return pisd_cancel_check (cancel, "exact posterior", error)
         && pisd_error_fail (error, PISD_ERROR_NUMERIC,
                             _ ("exact posterior: got a covariance that is no number, expected a "
                                "finite one"));
}

void
pisd_factors_free (PisdFactors *f)
{
  if (f == NULL)
    return;
  g_free (f->sites);
  pisd_modes_free (f->kept);
  pisd_modes_free (f->tail);
  pisd_modes_free (f->all);
  g_free (f->scale);
  g_free (f->ratio);
  pisd_linearisation_unref (f->linearisation);
  g_free (f->y);
  g_free (f->variance);
  g_free (f->v);
  g_free (f->wy);
  g_free (f->discarded);
  g_free (f->prior);
  pisd_memory_free (f->a);
  pisd_memory_free (f->e);
  pisd_triangle_free (f->g);
  pisd_triangle_free (f->l);
  pisd_memory_free (f->w);
  pisd_axes_free (f->axes);
  pisd_triangle_free (f->l_tail);
  g_free (f);
}

gboolean
pisd_factors_fit (const PisdFactors *f,
                  const PisdRepresentation *representation,
                  const PisdSensors *sensors)
{
  g_autofree PisdSite *sites = NULL;
  guint n;

  if (!fits_representation (f, representation))
    return FALSE;
  sites = pisd_sites_new_noisy (f->equation.problem, sensors,
                                pisd_representation_get_noise_sd (representation), &n);
  if (n != f->n)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (pisd_site_compare (&sites[i], &f->sites[i]) != 0 || sites[i].value != f->sites[i].value
        || sites[i].variance != f->sites[i].variance)
      return FALSE;
  return TRUE;
}

/* Those of the uses that something is still to be made for. */
static PisdFactorsUses
find_missing (const PisdFactors *f, PisdFactorsUses uses)
{
  if (f->l != NULL)
    uses &= ~(guint) PISD_FACTORS_MEAN;
  if (f->w != NULL || f->axes != NULL)
    uses &= ~(guint) PISD_FACTORS_STEPS;
  if (f->l_tail != NULL)
    uses &= ~(guint) PISD_FACTORS_TAIL;
  return uses;
}

/* Bytes of the rows that entries with later sites are products of. */
static gsize
count_rows (const PisdFactors *f)
{
  if (f->linearisation == NULL)
    return 0;
  return pisd_linearisation_get_bytes (&f->linearisation->level, f->n);
}

/* Whether they fit into memory.  What another thread holds may be given back at any moment, as that
 * of an answer that was stopped for this one. */
static gboolean
allow (const PisdFactors *f, PisdFactorsUses uses, PisdCancel *cancel, GError **error)
{
  guint n_waits = pisd_memory_get_used () > WORTH_WAITING ? MOST_WAITS : 0;
  gsize rows = count_rows (f);

  for (guint i = 0; i < n_waits && !pisd_budget_check (f->n, f->kept->n, uses, rows, 0, NULL); i++)
    {
      if (!pisd_cancel_check (cancel, "exact posterior", error))
        return FALSE;
      g_usleep (WAIT);
    }
  return pisd_budget_check (f->n, f->kept->n, uses, rows, 0, error);
}

gboolean
pisd_factors_prepare (PisdFactors *f,
                      PisdFactorsUses uses,
                      guint n_threads,
                      PisdCancel *cancel,
                      GError **error)
{
  PisdFactorsUses missing = f->n > 0 ? find_missing (f, uses) : 0;

  if (missing == 0)
    return TRUE;
  if (!allow (f, missing, cancel, error))
    return FALSE;
  return pisd_factoring_make (f, missing, (PisdEffort){ n_threads, cancel })
         || stopped (cancel, error);
}

/* Takes over the reference to factors that nothing is made of yet. */
static PisdFactors *
make_first (PisdFactors *unfilled,
            const PisdFactors *from,
            PisdFactorsUses uses,
            PisdEffort effort,
            GError **error)
{
  g_autoptr (PisdFactors) f = unfilled;

  if (!allow (f, uses, effort.cancel, error))
    return NULL;
  if (f->n == 0
      || (pisd_factoring_fill (f, from, uses, effort) && pisd_factoring_make (f, uses, effort))
      || stopped (effort.cancel, error))
    return g_steal_pointer (&f);
  return NULL;
}

PisdFactors *
pisd_factors_new (const PisdFactors *from,
                  const PisdRepresentation *representation,
                  const PisdSensors *sensors,
                  PisdLinearisation *linearisation,
                  PisdFactorsUses uses,
                  guint n_threads,
                  PisdCancel *cancel,
                  GError **error)
{
  if (from != NULL && !fits_representation (from, representation))
    from = NULL;
  return make_first (factors_new_unfilled (representation, sensors, linearisation), from, uses,
                     (PisdEffort){ n_threads, cancel }, error);
}

PisdFactors *
pisd_factors_new_at (const PisdFactors *prior,
                     const PisdFactors *from,
                     const PisdSite *sites,
                     guint n,
                     PisdLinearisation *linearisation,
                     PisdFactorsUses uses,
                     guint n_threads,
                     PisdCancel *cancel,
                     GError **error)
{
  return make_first (factors_new_alike (prior, sites, n, linearisation), from, uses,
                     (PisdEffort){ n_threads, cancel }, error);
}

/* z = [H T]' q with q = G^-1 y: one system in the readings' space gives all modes, kept or not. */
gboolean
pisd_factors_get_mean (const PisdFactors *f, PisdCancel *cancel, double *z)
{
  g_autofree double *q = g_memdup2 (f->y, sizeof (double) * f->n);
  g_autoptr (PisdReadings) readings = NULL;

  memset (z, 0, sizeof (double) * f->all->n);
  if (f->n == 0)
    return TRUE;
  if (!pisd_factors_solve (f->l, q, cancel))
    return FALSE;
  readings = pisd_readings_new (&f->equation, f->all, f->scale, f->sites, f->n, f->linearisation);
  pisd_readings_apply_adjoint (readings, q, z);
  return TRUE;
}

/* W = Q' L^-1 is dense: n^2 multiply-adds, in this direction and in the other. */
void
pisd_factors_multiply_w (const PisdFactors *f, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasNoTrans, f->n, f->n, 1.0, f->w, f->n, in, 1, 0.0, out, 1);
}

void
pisd_factors_multiply_w_adjoint (const PisdFactors *f, const double *in, double *out)
{
  cblas_dgemv (CblasRowMajor, CblasTrans, f->n, f->n, 1.0, f->w, f->n, in, 1, 0.0, out, 1);
}

/* x = F^-T (F^-1 x) */
gboolean
pisd_factors_solve (const PisdTriangle *factor, double *x, PisdCancel *cancel)
{
  return pisd_triangle_solve (factor, x, cancel)
         && pisd_triangle_solve_transposed (factor, x, cancel);
}
