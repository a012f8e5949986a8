#include "pisd-operator.h"

#include <math.h>

#define MOST_REGISTERED 4
#define MOST_DENOMINATOR 12 /* of times that are written as fractions */

#define DECLARE(NAME, object) extern const PisdOperator object;
PISD_OPERATOR_LIST (DECLARE)
#undef DECLARE

/* Rows of the list first, then those that were registered; only pisd_operator_register() writes. */
#define ROW(NAME, object) &object,
static const PisdOperator *operators[PISD_N_PROBLEMS + MOST_REGISTERED] = { PISD_OPERATOR_LIST (
    ROW) };
#undef ROW
static guint n_operators = PISD_N_PROBLEMS;

/* As in files, by PisdFieldId. */
static const struct
{
  const char *name;
  double time;
} field_ids[] = {
  [PISD_FIELD_A] = { "a", 0.0 },
  [PISD_FIELD_U] = { "u", 1.0 },
  [PISD_FIELD_W] = { "w", 0.0 },
};

guint
pisd_operator_get_n (void)
{
  return n_operators;
}

PisdProblemId
pisd_operator_register (const PisdOperator *row)
{
  g_return_val_if_fail (n_operators < G_N_ELEMENTS (operators), 0);

  operators[n_operators] = row;
  return n_operators++;
}

const PisdOperator *
pisd_operator_get (PisdProblemId problem)
{
  g_return_val_if_fail (problem < n_operators, NULL);

  return operators[problem];
}

const PisdFieldInfo *
pisd_problem_find_field (PisdProblemId problem, PisdFieldId field)
{
  const PisdOperator *row = pisd_operator_get (problem);

  for (guint i = 0; row != NULL && i < row->n_fields; i++)
    if (row->fields[i].id == field)
      return &row->fields[i];
  return NULL;
}

int
pisd_operator_find_field (const PisdOperator *row, const char *name)
{
  g_return_val_if_fail (row != NULL && name != NULL, -1);

  for (guint f = 0; f < row->n_fields; f++)
    if (g_str_equal (row->fields[f].name, name))
      return (int) f;
  return -1;
}

char *
pisd_operator_dup_field_names (const PisdOperator *row)
{
  GString *names = g_string_new (NULL);

  g_return_val_if_fail (row != NULL, NULL);

  for (guint f = 0; f < row->n_fields; f++)
    g_string_append_printf (names, "%s%s", f > 0 ? " or " : "", row->fields[f].name);
  return g_string_free (names, FALSE);
}

/* s (0, 0) > 0 under a prior whose mean has the deviation 1: where fields have no mean it is 0,
 * whatever the prior says. */
gboolean
pisd_operator_has_mean (PisdProblemId problem)
{
  const PisdSourcePrior with_mean = { PISD_FAMILY_GRF, 1.0, PISD_LAW_BENCHMARK };

  return pisd_operator_get (problem)->random->scale (0, 0, &with_mean) > 0.0;
}

/* n & (n - 1) is n without its lowest bit, and not 0 where two are set: any family says
 * something only where there are several. */
gboolean
pisd_operator_has_family (const PisdOperator *row, PisdFamily family)
{
  if (family == PISD_FAMILY_ANY)
    return (row->families & (row->families - 1)) != 0;
  return (row->families & (1u << family)) != 0;
}

gboolean
pisd_operator_has_velocity (const PisdOperator *row)
{
  for (guint f = 0; f < row->n_fields; f++)
    if (row->fields[f].is_vorticity)
      return TRUE;
  return FALSE;
}

gboolean
pisd_operator_holds_on_boundary (const PisdOperator *row)
{
  return !row->fields[row->n_fields - 1].zero_boundary;
}

/* The basis has a constant whose deviation is 0; a latent is a coefficient divided by its
 * deviation, so such a mode cannot be part of one. */
gboolean
pisd_operator_lacks_mean (const PisdOperator *row, guint field, const PisdSourcePrior *prior)
{
  return pisd_basis_has_constant (row->fields[field].basis)
         && row->random->scale (0, 0, prior) == 0.0;
}

PisdField *
pisd_field_info_new_field (const PisdFieldInfo *info)
{
  return pisd_field_new (info->n_frames * PISD_GRID, PISD_GRID);
}

/* |x - truth| / |truth| over the nodes of the last frame; those before it do not count. */
double
pisd_field_info_get_error (const PisdFieldInfo *info, const PisdField *x, const PisdField *truth)
{
  const PisdField last = pisd_field_get_last_frame (x);
  const PisdField true_last = pisd_field_get_last_frame (truth);

  return pisd_field_relative_error (&last, &true_last);
}

/* The n with the least |t_n - t|, the first one where two are as near. */
guint
pisd_field_info_find_frame (const PisdFieldInfo *info, double t)
{
  guint nearest = 0;

  for (guint n = 1; n < info->n_frames; n++)
    if (fabs (info->times[n] - t) < fabs (info->times[nearest] - t))
      nearest = n;
  return nearest;
}

/* The least number that makes whole numbers of all times; 0: none that is small. */
static guint
find_denominator (const PisdFieldInfo *info)
{
  for (guint denominator = 1; denominator <= MOST_DENOMINATOR; denominator++)
    {
      gboolean fits = TRUE;

      for (guint n = 0; n < info->n_frames; n++)
        fits = fits
               && fabs (info->times[n] * denominator - round (info->times[n] * denominator)) < 1e-9;
      if (fits)
        return denominator;
    }
  return 0;
}

char *
pisd_field_info_dup_time (const PisdFieldInfo *info, guint frame)
{
  const guint denominator = find_denominator (info);
  double t;

  g_return_val_if_fail (frame < info->n_frames, NULL);

  t = info->times[frame];
  if (denominator == 0 || t == round (t))
    return g_strdup_printf ("%.3g", t);
  return g_strdup_printf ("%.0f/%u", round (t * denominator), denominator);
}

char *
pisd_field_info_dup_symbol (const PisdFieldInfo *info, guint frame)
{
  g_autofree char *time = NULL;

  if (info->symbol == NULL)
    return g_strdup (info->name);
  if (frame == PISD_FRAME_ANY && info->n_frames > 1)
    return g_strdup_printf ("%s(t)", info->symbol);
  time = pisd_field_info_dup_time (info, frame == PISD_FRAME_ANY ? 0 : frame);
  return g_strdup_printf ("%s(%s)", info->symbol, time);
}

double
pisd_field_info_get_node (const PisdFieldInfo *info, guint i)
{
  return pisd_basis_get_node (info->basis, i);
}

gboolean
pisd_field_info_find_node (const PisdFieldInfo *info, double position, guint *index)
{
  return pisd_basis_find_node (info->basis, position, index);
}

double
pisd_field_info_get_spacing (const PisdFieldInfo *info)
{
  return pisd_basis_get_spacing (info->basis);
}

/* dx^2 + dy^2; on the periodic square d - rint (d) lies in [-1/2, 1/2] and is the way to the
 * nearest of the repeated places. */
double
pisd_field_info_get_square (const PisdFieldInfo *info, double dx, double dy)
{
  if (pisd_basis_is_periodic (info->basis))
    {
      dx -= rint (dx);
      dy -= rint (dy);
    }
  return dx * dx + dy * dy;
}

guint
pisd_operator_count_frames (const PisdOperator *row)
{
  guint n = 0;

  for (guint f = 0; f < row->n_fields; f++)
    n += row->fields[f].n_frames;
  return n;
}

/* number = frames of the fields before + frame: the frames of all fields are counted in a row. */
void
pisd_operator_get_frame (const PisdOperator *row, guint number, guint *field, guint *frame)
{
  g_return_if_fail (number < pisd_operator_count_frames (row));

  for (*field = 0; number >= row->fields[*field].n_frames; (*field)++)
    number -= row->fields[*field].n_frames;
  *frame = number;
}

static double
get_time (const PisdOperator *row, guint number)
{
  guint field, frame;

  pisd_operator_get_frame (row, number, &field, &frame);
  return row->fields[field].times[frame];
}

/* The number with the least |t - its time| among the frames of all fields, the first one where
 * two are as near. */
guint
pisd_operator_find_frame (const PisdOperator *row, double t)
{
  guint nearest = 0;

  for (guint n = 1; n < pisd_operator_count_frames (row); n++)
    if (fabs (get_time (row, n) - t) < fabs (get_time (row, nearest) - t))
      nearest = n;
  return nearest;
}

gboolean
pisd_field_id_from_name (const char *name, PisdFieldId *field)
{
  g_return_val_if_fail (name != NULL && field != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (field_ids); i++)
    if (g_str_equal (field_ids[i].name, name))
      {
        *field = i;
        return TRUE;
      }
  return FALSE;
}

const char *
pisd_field_id_get_name (PisdFieldId field)
{
  g_return_val_if_fail ((guint) field < G_N_ELEMENTS (field_ids), NULL);

  return field_ids[field].name;
}

double
pisd_field_id_get_time (PisdFieldId field)
{
  g_return_val_if_fail ((guint) field < G_N_ELEMENTS (field_ids), 0.0);

  return field_ids[field].time;
}

gboolean
pisd_equation_equal (const PisdEquation *a, const PisdEquation *b)
{
  if (a->problem != b->problem)
    return FALSE;
  for (guint i = 0; i < pisd_operator_get (a->problem)->n_constants; i++)
    if (a->constants[i] != b->constants[i])
      return FALSE;
  return TRUE;
}

gboolean
pisd_equation_check (const PisdEquation *equation, GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);

  return row->check == NULL || row->check (equation->constants, error);
}

void
pisd_equation_fill_eigenvalues (const PisdEquation *equation,
                                PisdDiscretisation discretisation,
                                guint n,
                                const guint16 *ky,
                                const guint16 *kx,
                                double *out)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);

  g_return_if_fail (row->linear != NULL);

  row->linear->fill_eigenvalues (equation->constants, discretisation, n, ky, kx, out);
}
