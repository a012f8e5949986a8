#include "pisd-information.h"

#include <cblas.h>
#include <math.h>
#include <string.h>

#include "pisd-covariance.h"
#include "pisd-information-private.h"
#include "pisd-memory.h"

#define S PISD_GRID
#define N_NODES (S * S)
/* More sensors that come and go than this are a new set. */
#define MOST_CHANGES 8
/* A sensor where less of the prior's variance than this is left reads what is known. */
#define KNOWN 1e-11
/* What is not so many times as large as the worst rounding seen may be nothing else. */
#define MOST_ROUNDING 4.0

/* One sensor more or fewer: C' = C + g g' / q. */
typedef struct
{
  double *g; /* [all modes] */
  double q;  /* below 0: one more */
} Change;

struct _PisdInformation
{
  PisdInformationBase *base;
  PisdReadings *readings; /* of the base's sites; NULL: none */
  PisdAim *aim;
  GArray *changes;  /* of Change, in their order */
  double *variance; /* [N_NODES] r' C r */
  double *square;   /* [N_NODES] |B C r|^2 */
  double left;
  gboolean *taken;          /* [N_NODES] nodes that have a sensor */
  double *readings_scratch; /* [base sites] */
  double *mg, *cmg;         /* [all modes] scratch */
};

static guint
get_n_modes (const PisdInformation *self)
{
  return self->base->f->all->n;
}

static void
clear_change (gpointer data)
{
  pisd_memory_free (((Change *) data)->g);
}

/* out = C z. */
static void
multiply_covariance (PisdInformation *self, const double *z, double *out)
{
  const PisdFactors *f = self->base->f;
  const int n = (int) get_n_modes (self);

  if (f->n > 0)
    {
      pisd_readings_apply (self->readings, z, self->readings_scratch);
      pisd_factors_solve (f->l, self->readings_scratch, NULL);
      pisd_readings_apply_adjoint (self->readings, self->readings_scratch, out);
      cblas_dscal (n, -1.0, out, 1);
      cblas_daxpy (n, 1.0, z, 1, out, 1);
    }
  else
    memcpy (out, z, sizeof (double) * n);
  for (guint k = 0; k < self->changes->len; k++)
    {
      const Change *change = &g_array_index (self->changes, Change, k);

      cblas_daxpy (n, cblas_ddot (n, change->g, 1, z, 1) / change->q, change->g, 1, out, 1);
    }
}

/* What C' = C + g g' / q does to both maps and to what is left; takes g. */
static void
take_change (PisdInformation *self, double *g, double q)
{
  const int n = (int) get_n_modes (self);
  const Change change = { g, q };
  double *k = pisd_memory_new (N_NODES), *h = pisd_memory_new (N_NODES);
  double own;

  pisd_aim_apply (self->aim, g, self->mg);
  own = cblas_ddot (n, g, 1, self->mg, 1);
  multiply_covariance (self, self->mg, self->cmg);
  pisd_aim_synthesize (self->aim, self->base->question.field, g, k);
  pisd_aim_synthesize (self->aim, self->base->question.field, self->cmg, h);
  for (guint s = 0; s < N_NODES; s++)
    {
      const double share = k[s] / q;

      self->variance[s] += k[s] * share;
      self->square[s] += share * (2.0 * h[s] + share * own);
    }
  self->left += own / q;
  g_array_append_val (self->changes, change);
  pisd_memory_free (k);
  pisd_memory_free (h);
}

/* The row of one site: [all modes], owned. */
static double *
new_row (const PisdInformation *self, const PisdSite *site)
{
  const PisdFactors *f = self->base->f;
  g_autoptr (PisdReadings) one = pisd_readings_new (&f->equation, f->all, f->scale, site, 1, NULL);
  double *row = pisd_memory_new (f->all->n);

  pisd_readings_fill_rows (one, 0, 1, row);
  return row;
}

static void
add_site (PisdInformation *self, const PisdSite *site)
{
  const int n = (int) get_n_modes (self);
  double *row = new_row (self, site), *g = pisd_memory_new (n);
  double variance;

  multiply_covariance (self, row, g);
  variance = cblas_ddot (n, row, 1, g, 1);
  if (variance > KNOWN * cblas_ddot (n, row, 1, row, 1))
    take_change (self, g, -(variance + site->variance + self->base->f->jitter));
  else
    pisd_memory_free (g);
  pisd_memory_free (row);
}

/* Without base site number j: with x = G^-1 e_j of what is left of the set, g = K' x and q = x_j.
 * `x`: [n_removed, n] of those that were removed before, in order. */
static void
remove_site (PisdInformation *self, guint j, guint n_removed, const guint *removed, double *x)
{
  const PisdFactors *f = self->base->f;
  double *now = x + (gsize) n_removed * f->n, *g = pisd_memory_new (f->all->n);

  memset (now, 0, sizeof (double) * f->n);
  now[j] = 1.0;
  pisd_factors_solve (f->l, now, NULL);
  for (guint m = 0; m < n_removed; m++)
    {
      const double *before = x + (gsize) m * f->n;

      cblas_daxpy ((int) f->n, -before[j] / before[removed[m]], before, 1, now, 1);
    }
  pisd_readings_apply_adjoint (self->readings, now, g);
  take_change (self, g, now[j]);
}

/* Sites that came and went. */
typedef struct
{
  guint n_removed, n_added;
  guint removed[MOST_CHANGES];
  PisdSite added[MOST_CHANGES];
} Difference;

/* A reading's value does not matter here. */
static gboolean
is_same (const PisdSite *p, const PisdSite *q)
{
  return pisd_site_compare (p, q) == 0 && p->variance == q->variance;
}

/* Both in the order of pisd_sites_new(); FALSE: too many. */
static gboolean
find_difference (const PisdFactors *f, const PisdSite *sites, guint n, Difference *difference)
{
  guint i = 0, j = 0;

  *difference = (Difference){ 0 };
  while (i < f->n || j < n)
    {
      const int order = i == f->n ? 1 : j == n ? -1 : pisd_site_compare (&f->sites[i], &sites[j]);

      if (order == 0 && is_same (&f->sites[i], &sites[j]))
        {
          i++;
          j++;
          continue;
        }
      if (difference->n_removed == MOST_CHANGES || difference->n_added == MOST_CHANGES)
        return FALSE;
      if (order <= 0)
        difference->removed[difference->n_removed++] = i++;
      if (order >= 0)
        difference->added[difference->n_added++] = sites[j++];
    }
  return TRUE;
}

/* Nodes of the field that sensors are on, off-grid ones beside them. */
static void
mark_sites (PisdInformation *self, const PisdSite *sites, guint n)
{
  const PisdFieldInfo *info =
      &pisd_operator_get (self->base->f->equation.problem)->fields[self->base->question.field];

  for (guint k = 0; k < n; k++)
    {
      guint i, j;

      if (sites[k].field == info->id && sites[k].frame == 0
          && pisd_field_info_find_node (info, sites[k].y, &i)
          && pisd_field_info_find_node (info, sites[k].x, &j))
        self->taken[i * S + j] = TRUE;
    }
}

static PisdInformation *
new_on (PisdInformationBase *base)
{
  const PisdFactors *f = base->f;
  PisdInformation *self = g_new0 (PisdInformation, 1);

  self->base = pisd_information_base_ref (base);
  if (f->n > 0)
    self->readings =
        pisd_readings_new (&f->equation, f->all, f->scale, f->sites, f->n, f->linearisation);
  self->aim = pisd_aim_new (f, base->question.target);
  self->changes = g_array_new (FALSE, FALSE, sizeof (Change));
  g_array_set_clear_func (self->changes, clear_change);
  self->variance = pisd_memory_dup (base->variance, N_NODES);
  self->square = pisd_memory_dup (base->square, N_NODES);
  self->left = base->left;
  self->taken = g_new0 (gboolean, N_NODES);
  self->readings_scratch = g_new (double, MAX (f->n, 1));
  self->mg = pisd_memory_new (f->all->n);
  self->cmg = pisd_memory_new (f->all->n);
  return self;
}

/* The same question under the same prior, at the same flow. */
static gboolean
can_share (const PisdInformationBase *base,
           const PisdQuestion *question,
           const PisdRepresentation *representation,
           const PisdLinearisation *linearisation)
{
  return memcmp (&base->question, question, sizeof *question) == 0
         && pisd_information_base_fits (base, representation)
         && base->f->noise_sd == pisd_representation_get_noise_sd (representation)
         && linearisation == NULL && base->f->linearisation == NULL;
}

/* NULL: there are too many changes. */
static PisdInformation *
new_updated (PisdInformationBase *base, const PisdSite *sites, guint n)
{
  PisdInformation *self;
  Difference difference;
  double *x;

  if (!find_difference (base->f, sites, n, &difference))
    return NULL;
  self = new_on (base);
  x = pisd_memory_new ((gsize) MOST_CHANGES * MAX (base->f->n, 1));
  for (guint k = 0; k < difference.n_removed; k++)
    remove_site (self, difference.removed[k], k, difference.removed, x);
  for (guint k = 0; k < difference.n_added; k++)
    add_site (self, &difference.added[k]);
  pisd_memory_free (x);
  mark_sites (self, sites, n);
  return self;
}

PisdInformation *
pisd_information_new (const PisdInformation *from,
                      const PisdQuestion *question,
                      const PisdRepresentation *representation,
                      const PisdSensors *sensors,
                      PisdLinearisation *linearisation,
                      guint n_threads,
                      PisdCancel *cancel,
                      GError **error)
{
  const PisdEquation *equation = pisd_representation_get_equation (representation);
  g_autoptr (PisdInformationBase) base = NULL;
  g_autofree PisdSite *sites = NULL;
  guint n;
  PisdInformation *self;

  g_return_val_if_fail (pisd_operator_get (equation->problem)->linear != NULL
                            || (question->field == 0 && question->target == 0),
                        NULL);

  sites = pisd_sites_new_noisy (equation->problem, sensors,
                                pisd_representation_get_noise_sd (representation), &n);
  if (from != NULL && can_share (from->base, question, representation, linearisation))
    {
      self = new_updated (from->base, sites, n);
      if (self != NULL)
        return self;
    }
  base = pisd_information_base_new (from != NULL ? from->base : NULL, question, representation,
                                    sensors, linearisation, n_threads, cancel, error);
  if (base == NULL)
    return NULL;
  self = new_on (base);
  mark_sites (self, sites, n);
  return self;
}

PisdInformation *
pisd_information_dup (const PisdInformation *self)
{
  PisdInformation *copy = new_on (self->base);

  for (guint k = 0; k < self->changes->len; k++)
    {
      Change change = g_array_index (self->changes, Change, k);

      change.g = pisd_memory_dup (change.g, get_n_modes (self));
      g_array_append_val (copy->changes, change);
    }
  memcpy (copy->variance, self->variance, sizeof (double) * N_NODES);
  memcpy (copy->square, self->square, sizeof (double) * N_NODES);
  memcpy (copy->taken, self->taken, sizeof (gboolean) * N_NODES);
  copy->left = self->left;
  return copy;
}

void
pisd_information_free (PisdInformation *self)
{
  if (self == NULL)
    return;
  pisd_readings_free (self->readings);
  pisd_aim_free (self->aim);
  g_array_unref (self->changes);
  pisd_memory_free (self->variance);
  pisd_memory_free (self->square);
  pisd_memory_free (self->mg);
  pisd_memory_free (self->cmg);
  g_free (self->taken);
  g_free (self->readings_scratch);
  pisd_information_base_unref (self->base);
  g_free (self);
}

/* Of a new sensor's reading: its own, and what every reading may have beside that. */
static double
get_noise_variance (const PisdInformation *self)
{
  const double sd = self->base->question.sd, noise_sd = self->base->f->noise_sd;

  return sd * sd + noise_sd * noise_sd;
}

/* What rounding makes of |B C r|^2, a difference of numbers as large as the prior's, over the
 * prior's: no square is below zero, and how far below the worst one lies tells of all. */
static double
find_rounding (const PisdInformation *self)
{
  double most = 0.0;

  for (guint s = 0; s < N_NODES; s++)
    if (self->base->prior->square[s] > 0.0)
      most = MAX (most, -self->square[s] / self->base->prior->square[s]);
  return MOST_ROUNDING * most;
}

/* d; where nothing is left to be learned both numbers are rounding. */
static double
get_gain (const PisdInformation *self, guint node, double rounding)
{
  const PisdInformationPrior *prior = self->base->prior;
  const double noise = get_noise_variance (self) + self->base->f->jitter;

  if (self->taken[node] || self->variance[node] <= KNOWN * prior->variance[node]
      || self->square[node] <= rounding * prior->square[node])
    return 0.0;
  return self->square[node] / (self->variance[node] + noise);
}

void
pisd_information_fill_map (const PisdInformation *self, PisdField *map)
{
  const double rounding = find_rounding (self);

  for (guint s = 0; s < N_NODES; s++)
    map->data[s] = get_gain (self, s, rounding);
}

double
pisd_information_get_left (const PisdInformation *self)
{
  return MAX (self->left, 0.0);
}

int
pisd_information_find_best (const PisdInformation *self)
{
  const double rounding = find_rounding (self);
  int best = -1;
  double most = 0.0;

  for (guint s = 0; s < N_NODES; s++)
    {
      const double gain = get_gain (self, s, rounding);

      if (gain > most)
        {
          most = gain;
          best = (int) s;
        }
    }
  return best;
}

void
pisd_information_add (PisdInformation *self, guint node)
{
  const PisdFieldInfo *info =
      &pisd_operator_get (self->base->f->equation.problem)->fields[self->base->question.field];
  const PisdSite site = {
    .field = info->id,
    .y = pisd_field_info_get_node (info, node / S),
    .x = pisd_field_info_get_node (info, node % S),
    .variance = get_noise_variance (self),
    .node = self->base->question.field == 0 ? (int) node : -1,
  };

  g_return_if_fail (node < N_NODES);

  add_site (self, &site);
  self->taken[node] = TRUE;
}
