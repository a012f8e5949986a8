#include "cli-inspect-grid.h"

/* What a row is made of. */
typedef struct
{
  const PisdFrame *frame;
  const PisdInspectionNumbers *numbers;
} Row;

/* A column, or, by term, one for each term of the problem. */
typedef struct
{
  const char *key, *title;
  guint digits;
  gboolean is_by_term;
  gboolean is_for_csv; /* alone */
  double (*get) (const Row *row, PisdTerm term);
} Kind;

struct _CliInspectGrid
{
  PisdProblemId problem;
  gboolean is_whole;
  GArray *columns;    /* of CliColumn */
  GPtrArray *strings; /* theirs */
  CliGrid *grid;
};

static double
get_step (const Row *row, PisdTerm term)
{
  return row->numbers->step;
}

static double
get_sigma (const Row *row, PisdTerm term)
{
  return row->numbers->sigma;
}

static double
get_zeta (const Row *row, PisdTerm term)
{
  return row->numbers->zeta[term];
}

static double
get_loss (const Row *row, PisdTerm term)
{
  return row->frame->losses[term];
}

static double
get_norm (const Row *row, PisdTerm term)
{
  return row->numbers->norms[term];
}

static double
get_share (const Row *row, PisdTerm term)
{
  return row->numbers->shares[term];
}

static double
get_total (const Row *row, PisdTerm term)
{
  return row->numbers->total;
}

static double
get_cosine_equation (const Row *row, PisdTerm term)
{
  return row->numbers->cosine_equation;
}

static double
get_cosine_fields (const Row *row, PisdTerm term)
{
  return row->numbers->cosine_fields;
}

static double
get_update (const Row *row, PisdTerm term)
{
  return row->numbers->update;
}

static double
get_cosine_update (const Row *row, PisdTerm term)
{
  return row->numbers->cosine_update;
}

static double
get_update_error (const Row *row, PisdTerm term)
{
  return row->numbers->update_error;
}

static const Kind kinds[] = {
  { "step", "step", 9, FALSE, FALSE, get_step },
  { "sigma", "sigma", 3, FALSE, FALSE, get_sigma },
  { "zeta", "zeta", 3, TRUE, TRUE, get_zeta },
  { "loss", "loss", 3, TRUE, TRUE, get_loss },
  { "norm", "norm", 3, TRUE, FALSE, get_norm },
  { "share", "share", 3, TRUE, FALSE, get_share },
  { "total", "total", 3, FALSE, FALSE, get_total },
  { "cosine_equation", "cos sensors, equation", 2, FALSE, FALSE, get_cosine_equation },
  { "cosine_fields", "cos of the fields", 2, FALSE, FALSE, get_cosine_fields },
  { "update", "update", 3, FALSE, FALSE, get_update },
  { "cosine_update", "cos update, total", 2, FALSE, FALSE, get_cosine_update },
  { "update_error", "error of the update", 2, FALSE, TRUE, get_update_error },
};

static const char *
keep (CliInspectGrid *self, char *string)
{
  g_ptr_array_add (self->strings, string);
  return string;
}

static void
add_column (CliInspectGrid *self, const Kind *kind, const char *term)
{
  CliColumn column = { kind->key, kind->title, kind->digits };

  if (term != NULL)
    {
      column.key = keep (self, g_strdup_printf ("%s_%s", kind->key, term));
      column.title = keep (self, g_strdup_printf ("%s %s", kind->title, term));
    }
  g_array_append_val (self->columns, column);
}

/* The terms that a kind of columns has: its own, or none, which term 0 stands for. */
static gboolean
has_column (const CliInspectGrid *self, const Kind *kind, PisdTerm term)
{
  if (kind->is_for_csv && !self->is_whole)
    return FALSE;
  return kind->is_by_term ? pisd_term_get_name (self->problem, term) != NULL : term == 0;
}

CliInspectGrid *
cli_inspect_grid_new (PisdProblemId problem, gboolean is_whole)
{
  CliInspectGrid *self = g_new0 (CliInspectGrid, 1);

  self->problem = problem;
  self->is_whole = is_whole;
  self->columns = g_array_new (FALSE, FALSE, sizeof (CliColumn));
  self->strings = g_ptr_array_new_with_free_func (g_free);
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
      if (has_column (self, &kinds[k], t))
        add_column (self, &kinds[k], kinds[k].is_by_term ? pisd_term_get_name (problem, t) : NULL);
  self->grid = cli_grid_new ((const CliColumn *) self->columns->data, self->columns->len);
  return self;
}

void
cli_inspect_grid_free (CliInspectGrid *self)
{
  if (self == NULL)
    return;
  cli_grid_free (self->grid);
  g_array_unref (self->columns);
  g_ptr_array_unref (self->strings);
  g_free (self);
}

void
cli_inspect_grid_add (CliInspectGrid *self,
                      const PisdFrame *frame,
                      const PisdInspectionNumbers *numbers)
{
  const Row row = { frame, numbers };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
      if (has_column (self, &kinds[k], t))
        cli_grid_add_number (self->grid, kinds[k].get (&row, t));
}

CliGrid *
cli_inspect_grid_get (CliInspectGrid *self)
{
  return self->grid;
}
