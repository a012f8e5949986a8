#include "pisd-frames-prior.h"

#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-lapack.h"
#include "pisd-parallel.h"
#include "pisd-solver.h"

#define S PISD_GRID
#define N_DRAWS PISD_FRAMES_PRIOR_DRAWS
/* Draws that one thread makes with one set of tools. */
#define BLOCK 4
#define FIRST_SEED G_GUINT64_CONSTANT (0x7072696f72000000) /* nobody's instance */
/* A mean is told from chance from some three standard errors on. */
#define MEAN_THRESHOLD 9.0

/* Modes that share a covariance.  Row e of `vectors` is its eigenvector e. */
typedef struct
{
  guint n;
  guint *index;    /* [n] into a frame's modes */
  double *vectors; /* [n_frames, n_frames] */
  double *values;  /* [n_frames] eigenvalues, >= 0 */
} Class;

struct _PisdFramesPrior
{
  PisdEquation equation;
  PisdSourcePrior prior;
  PisdNormaliser *normaliser;
  PisdModes *modes; /* of a frame */
  guint n_frames;   /* of all fields */
  double *mean;     /* [n_frames, modes] */
  GArray *classes;  /* of Class */
};

/* What makes and encodes draws; one a block. */
typedef struct
{
  const PisdOperator *row;
  PisdSolver *solver;
  PisdField *fields[PISD_MAX_FIELDS];
  PisdTransform *transform;
  double *box; /* of the modes, scratch */
  double *ones;
} Tools;

/* What all blocks have in common. */
typedef struct
{
  const PisdFramesPrior *prior;
  double *draws; /* [N_DRAWS, n_frames, modes] scaled */
} Fit;

static void
tools_init (Tools *tools, const PisdFramesPrior *prior)
{
  const PisdModes *modes = prior->modes;

  tools->row = pisd_operator_get (prior->equation.problem);
  tools->solver = pisd_solver_new (&prior->equation);
  for (guint f = 0; f < tools->row->n_fields; f++)
    tools->fields[f] = pisd_field_info_new_field (&tools->row->fields[f]);
  tools->transform =
      pisd_transform_new_on (tools->row->fields[0].basis, &modes->support, PISD_TRANSFORM_AUTO);
  tools->box = g_new (double, modes->support.box * modes->support.box);
  tools->ones = g_new (double, modes->n);
  for (guint i = 0; i < modes->n; i++)
    tools->ones[i] = 1.0;
}

static void
tools_clear (Tools *tools)
{
  pisd_solver_free (tools->solver);
  for (guint f = 0; f < tools->row->n_fields; f++)
    pisd_field_free (tools->fields[f]);
  pisd_transform_free (tools->transform);
  g_free (tools->box);
  g_free (tools->ones);
}

/* One instance's latent, by the quick solver. */
static void
make_draw (const PisdFramesPrior *prior, Tools *tools, guint draw, double *z)
{
  const PisdModes *modes = prior->modes;

  pisd_random_sample (tools->row->random, PISD_FAMILY_GRF, &prior->prior.law, FIRST_SEED + draw,
                      tools->fields[0]);
  pisd_solver_sketch (tools->solver, tools->fields);
  for (guint f = 0; f < tools->row->n_fields; f++)
    for (guint frame = 0; frame < tools->row->fields[f].n_frames; frame++, z += modes->n)
      {
        const double *scale = prior->normaliser->scale[f] + frame * modes->n;

        pisd_transform_analyze (tools->transform, tools->fields[f]->data + frame * S * S,
                                tools->box);
        pisd_modes_pack (modes, tools->box, tools->ones, z);
        for (guint i = 0; i < modes->n; i++)
          z[i] /= scale[i];
      }
}

static void
make_block (guint block, gpointer data)
{
  Fit *fit = data;
  gsize n = (gsize) fit->prior->n_frames * fit->prior->modes->n;
  Tools tools;

  tools_init (&tools, fit->prior);
  for (guint i = block * BLOCK; i < MIN ((block + 1) * BLOCK, N_DRAWS); i++)
    make_draw (fit->prior, &tools, i, fit->draws + i * n);
  tools_clear (&tools);
}

/* The sample mean, drawn to zero by what chance makes of it: times max (0, 1 - 9 / t^2), t its size
 * in standard errors. */
static void
fill_mean (PisdFramesPrior *self, const double *draws)
{
  gsize n = (gsize) self->n_frames * self->modes->n;

  for (gsize i = 0; i < n; i++)
    {
      double sum = 0.0, squares = 0.0, mean, variance;

      for (guint d = 0; d < N_DRAWS; d++)
        {
          sum += draws[d * n + i];
          squares += draws[d * n + i] * draws[d * n + i];
        }
      mean = sum / N_DRAWS;
      variance = (squares / N_DRAWS - mean * mean) / N_DRAWS;
      if (mean * mean > MEAN_THRESHOLD * variance)
        self->mean[i] = mean * (1.0 - MEAN_THRESHOLD * variance / (mean * mean));
    }
}

/* The same for all modes of a class: its wave numbers without sign and order. */
static guint
find_key (const PisdFramesPrior *self, guint mode)
{
  PisdBasis basis = pisd_operator_get (self->equation.problem)->fields[0].basis;
  guint y = pisd_basis_get_wave_number (basis, self->modes->ky[mode]);
  guint x = pisd_basis_get_wave_number (basis, self->modes->kx[mode]);

  return MAX (y, x) * 2 * S + MIN (y, x);
}

static void
collect_classes (PisdFramesPrior *self)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->modes->n; i++)
    {
      gpointer key = GUINT_TO_POINTER (find_key (self, i));
      guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, key));
      Class *class, new = { 0 };

      if (number == 0)
        {
          g_array_append_val (self->classes, new);
          number = self->classes->len;
          g_hash_table_insert (numbers, key, GUINT_TO_POINTER (number));
        }
      class = &g_array_index (self->classes, Class, number - 1);
      class->index = g_renew (guint, class->index, class->n + 1);
      class->index[class->n++] = i;
    }
}

/* vectors = sum over draws and modes of (z - mu) (z - mu)' / (N n) */
static void
fill_covariance (const PisdFramesPrior *self, const double *draws, Class *class)
{
  guint n = self->n_frames, n_modes = self->modes->n;
  g_autofree double *d = g_new (double, n);

  for (guint s = 0; s < N_DRAWS; s++)
    for (guint k = 0; k < class->n; k++)
      {
        const double *z = draws + (gsize) s * n * n_modes + class->index[k];
        const double *mean = self->mean + class->index[k];

        for (guint i = 0; i < n; i++)
          d[i] = z[i * n_modes] - mean[i * n_modes];
        for (guint i = 0; i < n; i++)
          for (guint j = 0; j < n; j++)
            class->vectors[i * n + j] += d[i] * d[j] / (N_DRAWS * class->n);
      }
}

static void
class_init (const PisdFramesPrior *self, const double *draws, Class *class)
{
  guint n = self->n_frames;

  class->vectors = g_new0 (double, n *n);
  class->values = g_new (double, n);
  fill_covariance (self, draws, class);
  pisd_lapack_eigen (n, class->vectors, class->values, 1, NULL);
  for (guint i = 0; i < n; i++)
    class->values[i] = MAX (0.0, class->values[i]);
}

/* One basis for all fields, with the same modes. */
static gboolean
check_bases (const PisdRepresentation *representation, const PisdOperator *row, GError **error)
{
  for (guint f = 1; f < row->n_fields; f++)
    if (row->fields[f].basis != row->fields[0].basis
        || !pisd_modes_equal (pisd_representation_get_modes (representation, f),
                              pisd_representation_get_modes (representation, 0)))
      {
        g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
                     "prior: %s is not linear and its fields have different bases, expected one "
                     "basis",
                     row->name);
        return FALSE;
      }
  return TRUE;
}

static PisdFramesPrior *
frames_prior_alloc (const PisdRepresentation *representation, const PisdOperator *row)
{
  PisdFramesPrior *self = g_new0 (PisdFramesPrior, 1);

  self->equation = *pisd_representation_get_equation (representation);
  self->prior = *pisd_representation_get_prior (representation);
  self->normaliser = pisd_normaliser_ref (pisd_representation_get_normaliser (representation));
  self->modes = pisd_modes_dup (pisd_representation_get_modes (representation, 0));
  self->n_frames = pisd_operator_count_frames (row);
  self->mean = g_new0 (double, (gsize) self->n_frames * self->modes->n);
  self->classes = g_array_new (FALSE, FALSE, sizeof (Class));
  return self;
}

PisdFramesPrior *
pisd_frames_prior_new (const PisdRepresentation *representation,
                       guint n_threads,
                       PisdCancel *cancel,
                       GError **error)
{
  const PisdOperator *row =
      pisd_operator_get (pisd_representation_get_equation (representation)->problem);
  g_autoptr (PisdFramesPrior) self = NULL;
  g_autofree double *draws = NULL;
  Fit fit;

  if (!check_bases (representation, row, error))
    return NULL;
  self = frames_prior_alloc (representation, row);
  draws = g_new (double, (gsize) N_DRAWS * self->n_frames * self->modes->n);
  fit = (Fit){ self, draws };
  if (!pisd_parallel (pisd_parallel_count_blocks (N_DRAWS, BLOCK), n_threads, cancel, make_block,
                      &fit))
    {
      pisd_cancel_check (cancel, "prior", error);
      return NULL;
    }
  fill_mean (self, draws);
  collect_classes (self);
  for (guint c = 0; c < self->classes->len; c++)
    class_init (self, draws, &g_array_index (self->classes, Class, c));
  return g_steal_pointer (&self);
}

void
pisd_frames_prior_free (PisdFramesPrior *self)
{
  if (self == NULL)
    return;
  for (guint c = 0; c < self->classes->len; c++)
    {
      Class *class = &g_array_index (self->classes, Class, c);

      g_free (class->index);
      g_free (class->vectors);
      g_free (class->values);
    }
  g_array_unref (self->classes);
  pisd_normaliser_unref (self->normaliser);
  pisd_modes_free (self->modes);
  g_free (self->mean);
  g_free (self);
}

/* Scales depend on equation, modes and the source's prior alone. */
gboolean
pisd_frames_prior_fits (const PisdFramesPrior *self, const PisdRepresentation *representation)
{
  return pisd_equation_equal (&self->equation, pisd_representation_get_equation (representation))
         && pisd_source_prior_equal (&self->prior, pisd_representation_get_prior (representation))
         && pisd_modes_equal (self->modes, pisd_representation_get_modes (representation, 0));
}

const double *
pisd_frames_prior_get_mean (const PisdFramesPrior *self)
{
  return self->mean;
}

guint
pisd_frames_prior_count_classes (const PisdFramesPrior *self)
{
  return self->classes->len;
}

guint
pisd_frames_prior_count_frames (const PisdFramesPrior *self)
{
  return self->n_frames;
}

/* C = V' diag (w) V */
static void
fill_from_eigen (guint n, const Class *class, double *covariance)
{
  memset (covariance, 0, sizeof (double) * n * n);
  for (guint e = 0; e < n; e++)
    for (guint i = 0; i < n; i++)
      for (guint j = 0; j < n; j++)
        covariance[i * n + j] +=
            class->values[e] * class->vectors[e * n + i] * class->vectors[e * n + j];
}

void
pisd_frames_prior_fill_tables (const PisdFramesPrior *self, double *mode_class, double *covariance)
{
  guint n = self->n_frames;

  for (guint c = 0; c < self->classes->len; c++)
    {
      const Class *class = &g_array_index (self->classes, Class, c);

      for (guint k = 0; k < class->n; k++)
        mode_class[class->index[k]] = c;
      fill_from_eigen (n, class, covariance + (gsize) c * n * n);
    }
}

/* out = matrix in or its transpose: [n, n] on [n, columns] */
static void
rotate (guint n,
        const double *matrix,
        gboolean transposed,
        guint columns,
        const double *in,
        double *out)
{
  memset (out, 0, sizeof (double) * n * columns);
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      {
        double a = transposed ? matrix[j * n + i] : matrix[i * n + j];

        for (guint c = 0; c < columns; c++)
          out[i * columns + c] += a * in[j * columns + c];
      }
}

/* V' diag (w / (w + sigma^2)) V on the class's modes. */
static void
shrink_class (const PisdFramesPrior *self,
              const Class *class,
              double sigma,
              const double *x,
              double *m,
              double *gathered,
              double *rotated)
{
  guint n = self->n_frames, n_modes = self->modes->n, columns = class->n;

  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < columns; c++)
      gathered[i * columns + c] = x[i * n_modes + class->index[c]];
  rotate (n, class->vectors, FALSE, columns, gathered, rotated);
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < columns; c++)
      rotated[i * columns + c] *= class->values[i] / (class->values[i] + sigma * sigma);
  rotate (n, class->vectors, TRUE, columns, rotated, gathered);
  for (guint i = 0; i < n; i++)
    for (guint c = 0; c < columns; c++)
      m[i * n_modes + class->index[c]] = gathered[i * columns + c];
}

void
pisd_frames_prior_shrink (const PisdFramesPrior *self,
                          double sigma,
                          const double *x,
                          double *m,
                          double *scratch)
{
  for (guint c = 0; c < self->classes->len; c++)
    shrink_class (self, &g_array_index (self->classes, Class, c), sigma, x, m, scratch,
                  scratch + self->n_frames * self->modes->n);
}
