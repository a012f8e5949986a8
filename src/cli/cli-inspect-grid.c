#include "cli-inspect-grid.h"

/* A column, or, by term, one for each term of the problem. */
typedef struct
{
  const char *key, *title;
  guint digits;
  gboolean is_by_term;
  gboolean is_for_csv; /* alone */
  guint which;         /* a PisdInspected, or one of those below */
} Kind;

struct _CliInspectGrid
{
  PisdProblemId problem;
  gboolean is_whole;
  GArray *columns;    /* of CliColumn */
  GPtrArray *strings; /* theirs */
  CliGrid *grid;
};

/* What the numbers of an inspection do not hold. */
enum
{
  STEP = PISD_N_INSPECTED,
  LOSS /* of a term */
};

static const Kind kinds[] = {
  { "step", "step", 9, FALSE, FALSE, STEP },
  { "sigma", "sigma", 3, FALSE, FALSE, PISD_INSPECTED_SIGMA },
  { "zeta", "zeta", 3, TRUE, TRUE, PISD_INSPECTED_ZETA },
  { "loss", "loss", 3, TRUE, TRUE, LOSS },
  { "norm", "norm", 3, TRUE, FALSE, PISD_INSPECTED_NORM },
  { "share", "share", 3, TRUE, FALSE, PISD_INSPECTED_SHARE },
  { "total", "total", 3, FALSE, FALSE, PISD_INSPECTED_TOTAL },
  { "cosine_equation", "cos sensors, equation", 2, FALSE, FALSE, PISD_INSPECTED_COSINE_EQUATION },
  { "cosine_fields", "cos of the fields", 2, FALSE, FALSE, PISD_INSPECTED_COSINE_FIELDS },
  { "update", "update", 3, FALSE, FALSE, PISD_INSPECTED_UPDATE },
  { "cosine_update", "cos update, total", 2, FALSE, FALSE, PISD_INSPECTED_COSINE_UPDATE },
  { "update_error", "error of the update", 2, FALSE, TRUE, PISD_INSPECTED_UPDATE_ERROR },
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

static double
get_number (const PisdFrame *frame,
            const PisdInspectionNumbers *numbers,
            const Kind *kind,
            PisdTerm term)
{
  if (kind->which == STEP)
    return numbers->step;
  if (kind->which == LOSS)
    return frame->losses[term];
  return pisd_inspection_numbers_get (numbers, kind->which, term);
}

void
cli_inspect_grid_add (CliInspectGrid *self,
                      const PisdFrame *frame,
                      const PisdInspectionNumbers *numbers)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (PisdTerm t = 0; t < PISD_N_TERMS; t++)
      if (has_column (self, &kinds[k], t))
        cli_grid_add_number (self->grid, get_number (frame, numbers, &kinds[k], t));
}

CliGrid *
cli_inspect_grid_get (CliInspectGrid *self)
{
  return self->grid;
}
