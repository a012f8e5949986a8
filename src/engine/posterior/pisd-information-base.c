#include "pisd-information-private.h"

#include <cblas.h>
#include <string.h>

#include "pisd-budget.h"
#include "pisd-memory.h"
#include "pisd-parallel.h"

#define S PISD_GRID
#define N_NODES (S * S)
#define HALF (S / 2)
/* Readings that one thread takes at a time, and nodes. */
#define FILL 64
#define ROWS 256
/* Covariances of nodes with the readings take no more than this at a time, twice. */
#define CROSS_BYTES (128.0 * 1024.0 * 1024.0)

/* The prior's part. */

typedef struct
{
  const PisdFactors *f;
  const PisdQuestion *question;
  PisdInformationPrior *prior;
} PriorWork;

/* The same at all nodes that reflections and the exchange of the axes take to one another. */
static void
spread (double *out, guint i, guint j, double value)
{
  const guint rows[] = { i, S - 1 - i }, columns[] = { j, S - 1 - j };

  for (guint a = 0; a < 2; a++)
    for (guint b = 0; b < 2; b++)
      {
        out[rows[a] * S + columns[b]] = value;
        out[columns[b] * S + rows[a]] = value;
      }
}

/* Row i of the octant of nodes. */
static void
prior_block (guint i, gpointer data)
{
  PriorWork *work = data;
  const PisdFactors *f = work->f;
  const PisdFieldInfo *info =
      &pisd_operator_get (f->equation.problem)->fields[work->question->field];
  const guint n = HALF - i, n_modes = f->all->n;
  g_autofree PisdSite *sites = g_new0 (PisdSite, n);
  g_autoptr (PisdAim) aim = pisd_aim_new (f, work->question->target);
  g_autoptr (PisdReadings) readings = NULL;
  double *rows = pisd_memory_new ((gsize) n * n_modes);

  for (guint j = 0; j < n; j++)
    sites[j] = (PisdSite){ .field = info->id,
                           .x = pisd_field_info_get_node (info, i + j),
                           .y = pisd_field_info_get_node (info, i) };
  readings = pisd_readings_new (&f->equation, f->all, f->scale, sites, n, NULL);
  pisd_readings_fill_rows (readings, 0, n, rows);
  for (guint j = 0; j < n; j++)
    {
      const double *row = rows + (gsize) j * n_modes;

      spread (work->prior->variance, i, i + j, cblas_ddot (n_modes, row, 1, row, 1));
      spread (work->prior->square, i, i + j, pisd_aim_get_square (aim, row));
    }
  pisd_memory_free (rows);
}

/* A periodic field is the same everywhere: M is s^2 over their sum, and a node has the mean. */
static void
fill_periodic (const PisdFactors *f, PisdInformationPrior *prior)
{
  double sum = 0.0, fourth = 0.0;

  for (guint k = 0; k < f->all->n; k++)
    {
      const double square = f->scale[k] * f->scale[k];

      sum += square;
      fourth += square * square;
    }
  for (guint s = 0; s < N_NODES; s++)
    {
      prior->variance[s] = sum / N_NODES;
      prior->square[s] = fourth / sum / N_NODES;
    }
}

static void
prior_unref (PisdInformationPrior *prior)
{
  if (prior == NULL || !g_atomic_int_dec_and_test (&prior->ref_count))
    return;
  pisd_memory_free (prior->variance);
  pisd_memory_free (prior->square);
  g_free (prior);
}

/* NULL: cancelled. */
static PisdInformationPrior *
prior_new (const PisdFactors *f, const PisdQuestion *question, guint n_threads, PisdCancel *cancel)
{
  PisdInformationPrior *prior = g_new0 (PisdInformationPrior, 1);
  PriorWork work = { f, question, prior };

  prior->ref_count = 1;
  prior->variance = pisd_memory_new (N_NODES);
  prior->square = pisd_memory_new (N_NODES);
  if (pisd_operator_get (f->equation.problem)->fields[0].basis == PISD_BASIS_PERIODIC)
    fill_periodic (f, prior);
  else if (!pisd_parallel (HALF, n_threads, cancel, prior_block, &work))
    g_clear_pointer (&prior, prior_unref);
  return prior;
}

/* What the readings explain. */

/* Some nodes' covariances with the readings, c = K r, and the same of what is aimed at,
 * d = K M r. */
typedef struct
{
  const PisdFactors *f;
  const PisdQuestion *question;
  guint first, n_nodes;
  double *c, *d;             /* [n_nodes, n] */
  double *q;                 /* [n, n] K M K'; then half of Q = L^-1 K M K' L^-T, lower */
  double *variance, *square; /* [N_NODES] */
  PisdCancel *cancel;
} Work;

/* Readings first to first + m - 1 seen from the nodes, and with the first nodes from all
 * readings. */
static void
cross_block (guint block, gpointer data)
{
  Work *work = data;
  const PisdFactors *f = work->f;
  const guint first = block * FILL, m = MIN (FILL, f->n - first), n_modes = f->all->n;
  g_autoptr (PisdReadings) readings =
      pisd_readings_new (&f->equation, f->all, f->scale, f->sites, f->n, f->linearisation);
  g_autoptr (PisdAim) aim = pisd_aim_new (f, work->question->target);
  double *rows = pisd_memory_new ((gsize) m * n_modes), *weighed = pisd_memory_new (n_modes),
         *nodes = pisd_memory_new (N_NODES);

  pisd_readings_fill_rows (readings, first, m, rows);
  for (guint i = 0; i < m && !pisd_cancel_look (work->cancel); i++)
    {
      const double *row = rows + (gsize) i * n_modes;

      pisd_aim_synthesize (aim, work->question->field, row, nodes);
      cblas_dcopy ((int) work->n_nodes, nodes + work->first, 1, work->c + first + i, (int) f->n);
      pisd_aim_apply (aim, row, weighed);
      pisd_aim_synthesize (aim, work->question->field, weighed, nodes);
      cblas_dcopy ((int) work->n_nodes, nodes + work->first, 1, work->d + first + i, (int) f->n);
      if (work->first == 0)
        pisd_readings_apply (readings, weighed, work->q + (gsize) (first + i) * f->n);
    }
  pisd_memory_free (rows);
  pisd_memory_free (weighed);
  pisd_memory_free (nodes);
}

/* With v = L^-1 c: r' C r = r' r - v'v, |B C r|^2 = r' M r + 2 v' (T v - L^-1 d), where T is the
 * lower half of Q, T + T' = Q. */
static void
node_block (guint block, gpointer data)
{
  Work *work = data;
  const PisdFactors *f = work->f;
  const guint first = block * ROWS, m = MIN (ROWS, work->n_nodes - first), n = f->n;
  double *c = work->c + (gsize) first * n, *d = work->d + (gsize) first * n;
  double *y = pisd_memory_new ((gsize) m * n);

  if (pisd_triangle_divide_transposed (f->l, m, n, n, c, work->cancel)
      && pisd_triangle_divide_transposed (f->l, m, n, n, d, work->cancel))
    {
      memcpy (y, c, sizeof (double) * m * n);
      cblas_dtrmm (CblasRowMajor, CblasRight, CblasLower, CblasNoTrans, CblasNonUnit, (int) m,
                   (int) n, 1.0, work->q, (int) n, y, (int) n);
      for (guint s = 0; s < m; s++)
        {
          const gsize node = work->first + first + s, at = (gsize) s * n;

          work->variance[node] -= cblas_ddot ((int) n, c + at, 1, c + at, 1);
          work->square[node] += 2.0
                                * (cblas_ddot ((int) n, c + at, 1, y + at, 1)
                                   - cblas_ddot ((int) n, c + at, 1, d + at, 1));
        }
    }
  pisd_memory_free (y);
}

static void
transpose (double *q, guint n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        const double held = q[(gsize) i * n + j];

        q[(gsize) i * n + j] = q[(gsize) j * n + i];
        q[(gsize) j * n + i] = held;
      }
}

/* Q from K M K', which is symmetric: rows by L, then what were columns; and what Q leaves.
 * FALSE: cancelled. */
static gboolean
reduce_products (Work *work, double *left)
{
  const PisdFactors *f = work->f;
  const guint n = f->n;

  if (!pisd_triangle_divide_transposed (f->l, n, n, n, work->q, work->cancel))
    return FALSE;
  transpose (work->q, n);
  if (!pisd_triangle_divide_transposed (f->l, n, n, n, work->q, work->cancel))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      *left -= work->q[(gsize) i * n + i];
      work->q[(gsize) i * n + i] *= 0.5;
    }
  return TRUE;
}

/* Nodes that are taken at a time. */
static guint
count_nodes (guint n)
{
  const guint most = (guint) MIN (N_NODES, CROSS_BYTES / sizeof (double) / n);

  return MAX (ROWS, most / ROWS * ROWS);
}

static gboolean
explain_nodes (Work *work, guint n_threads, double *left)
{
  const guint n = work->f->n, n_nodes = count_nodes (n);
  gboolean good = TRUE;

  work->c = pisd_memory_new ((gsize) n_nodes * n);
  work->d = pisd_memory_new ((gsize) n_nodes * n);
  for (work->first = 0; good && work->first < N_NODES; work->first += n_nodes)
    {
      work->n_nodes = MIN (n_nodes, N_NODES - work->first);
      good = pisd_parallel (pisd_parallel_count_blocks (n, FILL), n_threads, work->cancel,
                            cross_block, work)
             && (work->first > 0 || reduce_products (work, left))
             && pisd_parallel (pisd_parallel_count_blocks (work->n_nodes, ROWS), n_threads,
                               work->cancel, node_block, work)
             && !pisd_cancel_look (work->cancel);
    }
  pisd_memory_free (work->c);
  pisd_memory_free (work->d);
  return good;
}

/* FALSE: cancelled. */
static gboolean
explain (PisdInformationBase *self, guint n_threads, PisdCancel *cancel)
{
  const PisdFactors *f = self->f;
  Work work = { .f = f,
                .question = &self->question,
                .variance = self->variance,
                .square = self->square,
                .cancel = cancel };
  gboolean good;

  if (f->n == 0)
    return TRUE;
  work.q = pisd_memory_new ((gsize) f->n * f->n);
  good = explain_nodes (&work, n_threads, &self->left);
  pisd_memory_free (work.q);
  return good;
}

/* Whether what explains n readings fits beside their factors: Q, c and d of some nodes, and y of a
 * block of them a thread. */
static gboolean
allow (const PisdRepresentation *representation,
       const PisdSensors *sensors,
       PisdLinearisation *linearisation,
       guint n_threads,
       GError **error)
{
  const PisdProblemId problem = pisd_representation_get_equation (representation)->problem;
  const guint n_blocks = n_threads > 0 ? n_threads : g_get_num_processors ();
  guint n;
  G_GNUC_UNUSED g_autofree PisdSite *sites = pisd_sites_new (problem, sensors, &n);
  gsize bytes = 0;

  if (n > 0)
    bytes = sizeof (double) * n * (n + 2 * (gsize) count_nodes (n) + (gsize) n_blocks * ROWS);
  if (linearisation != NULL)
    bytes += pisd_linearisation_get_bytes (&linearisation->level, n);
  return pisd_budget_check (n, pisd_representation_get_modes (representation, 0)->n,
                            PISD_FACTORS_MEAN, bytes, 0, error);
}

static gboolean
shares_prior (const PisdInformationBase *from,
              const PisdQuestion *question,
              const PisdRepresentation *representation)
{
  return from != NULL && from->question.field == question->field
         && from->question.target == question->target
         && pisd_information_base_fits (from, representation);
}

PisdInformationBase *
pisd_information_base_new (const PisdInformationBase *from,
                           const PisdQuestion *question,
                           const PisdRepresentation *representation,
                           const PisdSensors *sensors,
                           PisdLinearisation *linearisation,
                           guint n_threads,
                           PisdCancel *cancel,
                           GError **error)
{
  g_autoptr (PisdInformationBase) self = g_new0 (PisdInformationBase, 1);

  self->ref_count = 1;
  self->question = *question;
  self->left = 1.0;
  if (!allow (representation, sensors, linearisation, n_threads, error))
    return NULL;
  self->f = pisd_factors_new (NULL, representation, sensors, linearisation, PISD_FACTORS_MEAN,
                              n_threads, cancel, error);
  if (self->f == NULL)
    return NULL;
  if (shares_prior (from, question, representation))
    {
      self->prior = from->prior;
      g_atomic_int_inc (&self->prior->ref_count);
    }
  else
    self->prior = prior_new (self->f, question, n_threads, cancel);
  if (self->prior != NULL)
    {
      self->variance = pisd_memory_dup (self->prior->variance, N_NODES);
      self->square = pisd_memory_dup (self->prior->square, N_NODES);
    }
  if (self->prior == NULL || !explain (self, n_threads, cancel))
    {
      pisd_cancel_check (cancel, "where to measure next", error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

PisdInformationBase *
pisd_information_base_ref (PisdInformationBase *self)
{
  g_atomic_int_inc (&self->ref_count);
  return self;
}

void
pisd_information_base_unref (PisdInformationBase *self)
{
  if (self == NULL || !g_atomic_int_dec_and_test (&self->ref_count))
    return;
  pisd_factors_free (self->f);
  prior_unref (self->prior);
  pisd_memory_free (self->variance);
  pisd_memory_free (self->square);
  g_free (self);
}

gboolean
pisd_information_base_fits (const PisdInformationBase *self,
                            const PisdRepresentation *representation)
{
  const PisdEquation *equation = pisd_representation_get_equation (representation);

  return pisd_equation_equal (&self->f->equation, equation)
         && pisd_source_prior_equal (&self->f->source,
                                     pisd_representation_get_prior (representation));
}
