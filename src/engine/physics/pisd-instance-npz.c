#include "pisd-instance-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-npz.h"

#define S PISD_GRID
/* Frames that differ by more than the first are not those of one flow, and by less than the second
 * they are. */
#define OTHER_FLOW 0.05
#define SAME_FLOW 0.01

/* Frames of fields first ... end - 1. */
static guint
count_frames (const PisdOperator *row, guint first, guint end)
{
  guint n = 0;

  for (guint f = first; f < end; f++)
    n += row->fields[f].n_frames;
  return n;
}

static gboolean
check_shape (const PisdArray *array,
             const char *name,
             const PisdOperator *row,
             guint n_frames,
             GError **error)
{
  gsize shape[3];
  guint n = pisd_instance_fill_shape (n_frames, shape);
  g_autofree char *got = pisd_array_dup_shape (array);

  if (array->n_dimensions == n && memcmp (array->shape, shape, sizeof *shape * n) == 0)
    return TRUE;
  if (n_frames == 1)
    return pisd_error_fail (error, PISD_ERROR_SHAPE, _ ("%s: `%s` is %s, %s needs %dx%d"), name,
                            array->name, got, row->name, S, S);
  return pisd_error_fail (error, PISD_ERROR_SHAPE,
                          _ ("%s: `%s` is %s, %s needs %ux%dx%d: frames come first"), name,
                          array->name, got, row->name, n_frames, S, S);
}

static gboolean
check_finite (const PisdArray *array, const char *name, guint n_frames, GError **error)
{
  for (guint p = 0; p < n_frames * S * S; p++)
    {
      guint frame = p / (S * S), y = p / S % S, x = p % S;

      if (isfinite (array->data[p]))
        continue;
      if (n_frames == 1)
        return pisd_error_fail (error, PISD_ERROR_RANGE,
                                _ ("%s: `%s`[%u, %u]: got %g, expected a finite number"), name,
                                array->name, y, x, array->data[p]);
      return pisd_error_fail (error, PISD_ERROR_RANGE,
                              _ ("%s: `%s`[%u, %u, %u]: got %g, expected a finite number"), name,
                              array->name, frame, y, x, array->data[p]);
    }
  return TRUE;
}

/* One array into the fields first ... end - 1, frame after frame. */
static gboolean
take_array (PisdInstance *self,
            guint first,
            guint end,
            const PisdArray *array,
            const char *name,
            GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);
  guint n_frames = count_frames (row, first, end);
  const double *from = array->data;

  if (!check_shape (array, name, row, n_frames, error)
      || !check_finite (array, name, n_frames, error))
    return FALSE;
  for (guint f = first; f < end; f++)
    {
      gsize n = pisd_field_get_n (self->fields[f]);

      memcpy (self->fields[f]->data, from, sizeof (double) * n);
      from += n;
    }
  return TRUE;
}

/* What the arrays of a file are. */
typedef enum
{
  FORM_FIELDS, /* one array a field, and all of it */
  FORM_WHOLE,  /* one array of all frames */
  FORM_ENDS,   /* the first frame, and perhaps the last, of the whole */
  FORM_SOURCE  /* field 0, and perhaps the last frame of field 1 */
} Form;

/* The arrays of a file that is read. */
typedef struct
{
  Form form;
  char *names[PISD_MAX_FIELDS + 1]; /* NULL-terminated, owned */
} Plan;

static void
plan_clear (Plan *plan)
{
  for (guint i = 0; i < G_N_ELEMENTS (plan->names); i++)
    g_free (plan->names[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

static const PisdArray *
find_array (const GPtrArray *arrays, const char *name)
{
  for (guint i = 0; i < arrays->len; i++)
    {
      const PisdArray *array = g_ptr_array_index (arrays, i);

      if (g_str_equal (array->name, name))
        return array;
    }
  return NULL;
}

static void
plan_fields (Plan *plan, const PisdOperator *row)
{
  plan->form = FORM_FIELDS;
  for (guint f = 0; f < row->n_fields; f++)
    plan->names[f] = g_strdup (row->fields[f].name);
}

/* Field 0 alone where there is none of the other, or its last frame alone. */
static gboolean
plan_source (Plan *plan, const PisdOperator *row, const GPtrArray *arrays)
{
  const PisdArray *u = find_array (arrays, row->fields[1].name);

  if (find_array (arrays, row->fields[0].name) == NULL)
    return FALSE;
  plan_fields (plan, row);
  if (u != NULL && u->n_dimensions != 2)
    return TRUE;
  plan->form = FORM_SOURCE;
  if (u == NULL)
    g_clear_pointer (&plan->names[1], g_free);
  return TRUE;
}

/* "w0" and "w9" */
static gboolean
plan_ends (Plan *plan, const PisdOperator *row, const GPtrArray *arrays)
{
  g_autofree char *first = g_strconcat (row->whole, "0", NULL);
  g_autofree char *last =
      g_strdup_printf ("%s%u", row->whole, pisd_operator_count_frames (row) - 1);

  if (find_array (arrays, first) == NULL)
    return FALSE;
  plan->form = FORM_ENDS;
  plan->names[0] = g_steal_pointer (&first);
  if (find_array (arrays, last) != NULL)
    plan->names[1] = g_steal_pointer (&last);
  return TRUE;
}

#define MAX_NAMED 8 /* arrays that a message lists */

/* "truth.npz: got "x", "y", expected w, or w0 and w9, or a and u for navier-stokes" */
static gboolean
fail_forms (PisdInput *input, const PisdOperator *row, const GPtrArray *arrays, GError **error)
{
  g_autoptr (GString) names = g_string_new (arrays->len == 0 ? _ ("no arrays") : NULL);

  for (guint i = 0; i < MIN (arrays->len, MAX_NAMED); i++)
    {
      const PisdArray *array = g_ptr_array_index (arrays, i);
      g_autofree char *quoted = pisd_error_quote (array->name);

      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", quoted);
    }
  return pisd_error_fail (
      error, PISD_ERROR_FORMAT, _ ("%s: got %s, expected %s, or %s0 and %s%u, or %s and %s for %s"),
      pisd_input_get_name (input), names->str, row->whole, row->whole, row->whole,
      pisd_operator_count_frames (row) - 1, row->fields[0].name, row->fields[1].name, row->name);
}

/* FALSE: none of the forms. */
static gboolean
plan_find (Plan *plan, const PisdOperator *row, const GPtrArray *arrays)
{
  if (row->whole == NULL)
    {
      plan_fields (plan, row);
      return TRUE;
    }
  if (find_array (arrays, row->whole) != NULL)
    {
      plan->form = FORM_WHOLE;
      plan->names[0] = g_strdup (row->whole);
      return TRUE;
    }
  return plan_ends (plan, row, arrays) || plan_source (plan, row, arrays);
}

static gboolean
plan_init (Plan *plan, const PisdOperator *row, PisdInput *input, GError **error)
{
  g_autoptr (GPtrArray) arrays = pisd_npz_list_from (input, error);

  *plan = (Plan){ 0 };
  return arrays != NULL
         && (plan_find (plan, row, arrays) || fail_forms (input, row, arrays, error));
}

gboolean
pisd_instance_npz_has_frames (const PisdArray *array, guint n_frames)
{
  gsize shape[3];
  const guint n = pisd_instance_fill_shape (n_frames, shape);

  return array->unreadable == NULL && array->n_dimensions == n
         && memcmp (array->shape, shape, sizeof *shape * n) == 0;
}

/* Frames of array k of the plan. */
static guint
count_planned (const PisdOperator *row, const Plan *plan, guint k)
{
  if (plan->form == FORM_WHOLE)
    return pisd_operator_count_frames (row);
  return plan->form == FORM_FIELDS ? row->fields[k].n_frames : 1;
}

gboolean
pisd_instance_npz_is_own (const PisdEquation *equation,
                          const PisdArrays *arrays,
                          gboolean *is_named)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  const GPtrArray *list = pisd_arrays_get_list (arrays);
  g_auto (Plan) plan = { 0 };
  gboolean is_own = TRUE;

  *is_named = pisd_arrays_is_npz (arrays) && plan_find (&plan, row, list);
  for (guint k = 0; *is_named && plan.names[k] != NULL; k++)
    {
      const PisdArray *array = find_array (list, plan.names[k]);

      *is_named = array != NULL;
      is_own = is_own && *is_named
               && pisd_instance_npz_has_frames (array, count_planned (row, &plan, k));
    }
  return *is_named && is_own;
}

/* x, y -> y, x */
static void
transpose (const PisdField *from, PisdField *to)
{
  for (guint i = 0; i < S; i++)
    for (guint j = 0; j < S; j++)
      to->data[j * S + i] = from->data[i * S + j];
}

/* How far the last frame of the solution that begins with `first` is from `last`, relative; NaN
 * where there is no solution. */
static double
measure_mismatch (const PisdEquation *equation,
                  const PisdField *first,
                  const PisdField *last,
                  PisdCancel *cancel)
{
  g_autoptr (PisdInstance) solved = pisd_instance_new (equation);
  PisdField frame;

  if (!pisd_instance_set_source (solved, first, cancel, NULL))
    return NAN;
  frame = pisd_field_get_last_frame (solved->fields[1]);
  return pisd_field_relative_error (&frame, last);
}

/* The equation itself says whether a file's last frame follows from its first; transposed frames
 * turn the flow around. */
static void
set_mismatch (PisdInstance *self,
              double mismatch,
              const PisdField *first,
              const PisdField *last,
              PisdCancel *cancel)
{
  g_autoptr (PisdField) other_first = pisd_field_new (S, S);
  g_autoptr (PisdField) other_last = pisd_field_new (S, S);

  self->mismatch = mismatch;
  if (!(mismatch > OTHER_FLOW))
    return;
  transpose (first, other_first);
  transpose (last, other_last);
  self->looks_transposed =
      measure_mismatch (&self->equation, other_first, other_last, cancel) < SAME_FLOW;
}

/* What the equation asks of a beginning that is not solved anew. */
static gboolean
check_beginning (const PisdInstance *self, const char *name, GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  if (row->check_source == NULL
      || row->check_source (self->equation.constants, self->fields[0], error))
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/* All frames as they stand. */
static gboolean
take_frames (PisdInstance *self,
             const Plan *plan,
             GPtrArray *arrays,
             const PisdInput *input,
             GError **error)
{
  const char *name = pisd_input_get_name (input);
  PisdCancel *cancel = pisd_input_get_cancel (input);
  const PisdOperator *row = pisd_operator_get (self->equation.problem);
  PisdField last;

  if (plan->form == FORM_WHOLE
      && !take_array (self, 0, self->n_fields, g_ptr_array_index (arrays, 0), name, error))
    return FALSE;
  for (guint f = 0; f < self->n_fields && plan->form == FORM_FIELDS; f++)
    if (!take_array (self, f, f + 1, g_ptr_array_index (arrays, f), name, error))
      return FALSE;
  if (!check_beginning (self, name, error))
    return FALSE;
  if (row->whole == NULL)
    return TRUE;
  last = pisd_field_get_last_frame (self->fields[1]);
  set_mismatch (self, measure_mismatch (&self->equation, self->fields[0], &last, cancel),
                self->fields[0], &last, cancel);
  return pisd_input_check (input, error);
}

static gboolean
check_frame (const PisdInstance *self, const PisdArray *array, const char *name, GError **error)
{
  const PisdOperator *row = pisd_operator_get (self->equation.problem);

  return check_shape (array, name, row, 1, error) && check_finite (array, name, 1, error);
}

/* The first frame, from which the others follow, and the last one to compare. */
static gboolean
take_ends (PisdInstance *self, GPtrArray *arrays, const PisdInput *input, GError **error)
{
  const char *name = pisd_input_get_name (input);
  PisdCancel *cancel = pisd_input_get_cancel (input);
  const PisdArray *first = g_ptr_array_index (arrays, 0);
  const PisdArray *last = arrays->len > 1 ? g_ptr_array_index (arrays, 1) : NULL;
  const PisdField source = { S, S, first->data };
  PisdField solved, given;

  if (!check_frame (self, first, name, error)
      || (last != NULL && !check_frame (self, last, name, error)))
    return FALSE;
  if (!pisd_instance_set_source (self, &source, cancel, error))
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }
  if (last == NULL)
    return TRUE;
  solved = pisd_field_get_last_frame (self->fields[1]);
  given = (PisdField){ S, S, last->data };
  set_mismatch (self, pisd_field_relative_error (&solved, &given), &source, &given, cancel);
  return pisd_input_check (input, error);
}

/* Where the equation's fields have no mean, frames have none: more than that of rounding is taken
 * away, in whatever form they come.  Returns the largest. */
static double
remove_means (GPtrArray *arrays)
{
  double most = 0.0;

  for (guint i = 0; i < arrays->len; i++)
    {
      PisdArray *array = g_ptr_array_index (arrays, i);
      gsize n_frames = pisd_array_get_n (array) / (S * S);

      for (gsize k = 0; k < n_frames; k++)
        {
          PisdField frame = { S, S, array->data + k * S * S };

          double mean = pisd_instance_remove_mean (&frame, PISD_INSTANCE_LEAST_MEAN);

          most = fabs (mean) > fabs (most) ? mean : most;
        }
    }
  return most;
}

PisdInstance *
pisd_instance_new_from_npz (const PisdEquation *equation, PisdInput *input, GError **error)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);
  g_autoptr (PisdInstance) self = NULL;
  g_autoptr (GPtrArray) arrays = NULL;
  g_auto (Plan) plan = { 0 };
  double lost = 0.0;
  gboolean good;

  if (!pisd_equation_check (equation, error) || !plan_init (&plan, row, input, error))
    return NULL;
  arrays = pisd_npz_read_from (input, (const char *const *) plan.names,
                               (gsize) pisd_operator_count_frames (row) * S * S, error);
  if (arrays == NULL)
    return NULL;
  if (!pisd_operator_has_mean (equation->problem))
    lost = remove_means (arrays);

  self = pisd_instance_new (equation);
  good = plan.form == FORM_FIELDS || plan.form == FORM_WHOLE
             ? take_frames (self, &plan, arrays, input, error)
             : take_ends (self, arrays, input, error);
  self->lost_mean = lost;
  return good ? g_steal_pointer (&self) : NULL;
}
