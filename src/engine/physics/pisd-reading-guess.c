#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-instance-private.h"
#include "pisd-reading-axes.h"
#include "pisd-solver.h"

#define S PISD_GRID
/* Arrays that are looked at where nobody names one. */
#define MOST_ARRAYS 8
/* A factor that is so near to one is one. */
#define SAME_FACTOR 1e-3

/* A field that was read once, and the flow that it begins, serve many readings. */
typedef struct
{
  guint number, field;
  PisdSlice slice;
  PisdField *data;
  gboolean is_solved;
  PisdField *end; /* last frame of the flow; NULL: it begins none */
} Kept;

static void
kept_free (gpointer data)
{
  Kept *kept = data;

  pisd_field_free (kept->data);
  pisd_field_free (kept->end);
  g_free (kept);
}

typedef struct
{
  PisdArrays *arrays;
  const PisdEquation *equation;
  const PisdOperator *row;
  const PisdReadingWish *wish;
  PisdSolver *solver;
  GPtrArray *kept; /* of Kept */
} Guess;

static Kept *
load (Guess *self, const PisdReading *reading, guint field, GError **error)
{
  PisdField *data;
  Kept *kept;

  for (guint k = 0; k < self->kept->len; k++)
    {
      kept = g_ptr_array_index (self->kept, k);
      if (kept->number == reading->numbers[field] && kept->field == field
          && memcmp (&kept->slice, &reading->slices[field], sizeof kept->slice) == 0)
        return kept;
    }
  data = pisd_reading_load (reading, self->arrays, self->row, field, error);
  if (data == NULL)
    return NULL;
  kept = g_new0 (Kept, 1);
  *kept = (Kept){
    .number = reading->numbers[field], .field = field, .slice = reading->slices[field], .data = data
  };
  g_ptr_array_add (self->kept, kept);
  return kept;
}

/* |r_u + c r_a| / |r_u|: r is linear, r (a, u) = r_u + r_a; of all c the best one, unless it is
 * given, is -<r_u, r_a> / <r_a, r_a>. */
static double
fit_factor (const PisdField *r_u, const PisdField *r_a, double *factor)
{
  const gsize n = pisd_field_get_n (r_u);
  double uu = 0, ua = 0, aa = 0, rest = 0, c;

  for (gsize p = 0; p < n; p++)
    {
      uu += r_u->data[p] * r_u->data[p];
      ua += r_u->data[p] * r_a->data[p];
      aa += r_a->data[p] * r_a->data[p];
    }
  if (!(uu > 0) || !(aa > 0))
    return NAN;
  c = isnan (*factor) ? -ua / aa : *factor;
  if (isnan (*factor) && fabs (fabs (c) - 1) < SAME_FACTOR)
    c = c > 0 ? 1 : -1;
  *factor = c;
  for (gsize p = 0; p < n; p++)
    rest += (r_u->data[p] + c * r_a->data[p]) * (r_u->data[p] + c * r_a->data[p]);
  return sqrt (rest / uu);
}

/* By differences and by exact derivatives: the better of the two. */
static void
measure_linear (Guess *self, PisdReading *reading, const PisdField *a, const PisdField *u)
{
  g_autoptr (PisdField) zero = pisd_field_new (S, S);
  g_autoptr (PisdField) source = pisd_field_dup (a);
  g_autoptr (PisdField) solution = pisd_field_dup (u);
  g_autoptr (PisdField) r_a = pisd_field_new (S, S);
  g_autoptr (PisdField) r_u = pisd_field_new (S, S);
  PisdField *const of_a[] = { source, zero }, *const of_u[] = { zero, solution };

  for (guint d = 0; d < PISD_N_DISCRETISATIONS; d++)
    {
      double factor = self->wish->factor, residual;

      if (self->row->is_spectral && d != PISD_SPECTRAL)
        continue;
      pisd_solver_residual (self->solver, d, of_a, r_a);
      pisd_solver_residual (self->solver, d, of_u, r_u);
      residual = fit_factor (r_u, r_a, &factor);
      if (isnan (residual) || residual >= reading->residual)
        continue;
      reading->residual = residual;
      reading->factor = factor;
    }
}

static PisdField *
dup_frame (const PisdField *frame, double factor)
{
  PisdField *copy = pisd_field_dup (frame);

  for (gsize p = 0; p < pisd_field_get_n (copy); p++)
    copy->data[p] *= factor;
  pisd_instance_remove_mean (copy, PISD_INSTANCE_LEAST_MEAN);
  return copy;
}

/* The last frame of the flow that a field begins. */
static const PisdField *
solve_flow (Guess *self, Kept *first, double factor)
{
  g_autoptr (PisdInstance) solved = NULL;
  g_autoptr (PisdField) begin = NULL;
  PisdField frame;

  if (first->is_solved)
    return first->end;
  solved = pisd_instance_new (self->equation);
  begin = dup_frame (first->data, factor);
  first->is_solved = TRUE;
  if (!pisd_instance_set_source (
          solved, begin, pisd_input_get_cancel (pisd_arrays_get_input (self->arrays)), NULL))
    return NULL;
  frame = pisd_field_get_last_frame (solved->fields[1]);
  first->end = pisd_field_dup (&frame);
  return first->end;
}

/* FALSE: it was stopped. */
static gboolean
measure_flow (Guess *self, PisdReading *reading, Kept *first, const PisdField *last, GError **error)
{
  const PisdField *solved = solve_flow (self, first, reading->factor);
  g_autoptr (PisdField) end = NULL;

  if (solved == NULL)
    return pisd_input_check (pisd_arrays_get_input (self->arrays), error);
  end = dup_frame (last, reading->factor);
  reading->residual = pisd_field_relative_error (solved, end);
  return TRUE;
}

static gboolean
measure (Guess *self, PisdReading *reading, GError **error)
{
  Kept *a = load (self, reading, 0, error);
  const Kept *u = a != NULL && reading->names[1] != NULL ? load (self, reading, 1, error) : NULL;

  if (a == NULL || (u == NULL && reading->names[1] != NULL))
    return FALSE;
  reading->factor = isnan (self->wish->factor) ? 1 : self->wish->factor;
  if (u == NULL || !pisd_field_is_finite (a->data) || !pisd_field_is_finite (u->data)
      || (self->row->linear == NULL && self->row->flow == NULL))
    return TRUE;
  if (self->row->flow != NULL)
    return measure_flow (self, reading, a, u->data, error);
  reading->residual = INFINITY;
  measure_linear (self, reading, a->data, u->data);
  if (isinf (reading->residual))
    reading->residual = NAN;
  return TRUE;
}

/* "data[1]" is the array "data" or one of that very name. */
static gboolean
matches (const char *wanted, const char *name)
{
  const gsize n = strlen (name);

  return wanted != NULL
         && (g_str_equal (wanted, name) || (strncmp (wanted, name, n) == 0 && wanted[n] == '['));
}

static GArray *
find_axes (const Guess *self)
{
  const GPtrArray *list = pisd_arrays_get_list (self->arrays);
  const PisdReadingWish *wish = self->wish;
  GArray *all = g_array_new (FALSE, FALSE, sizeof (PisdReadingAxes));
  guint n_left = wish->names[0] == NULL || wish->names[1] == NULL ? MOST_ARRAYS : 0;

  for (guint k = 0; k < list->len; k++)
    {
      const PisdArray *array = g_ptr_array_index (list, k);
      const gboolean is_named =
          matches (wish->names[0], array->name) || matches (wish->names[1], array->name);
      PisdReadingAxes axes;

      if ((!is_named && n_left == 0) || !pisd_reading_axes_init (&axes, k, array))
        continue;
      n_left -= !is_named;
      g_array_append_val (all, axes);
    }
  return all;
}

/* Whether it is what was wished for, as far as that can be seen without the data. */
static gboolean
is_wished (const PisdReading *reading, const PisdReadingWish *wish)
{
  for (guint k = 0; k < 2; k++)
    if (wish->names[k] != NULL && g_strcmp0 (wish->names[k], reading->names[k]) != 0)
      return FALSE;
  return wish->order < 0 || reading->is_xy == (wish->order == 1);
}

static GPtrArray *
list_readings (const Guess *self)
{
  g_autoptr (GArray) axes = find_axes (self);
  GPtrArray *all = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_reading_free);
  const PisdReadingAxes *items = (const PisdReadingAxes *) axes->data;
  const gsize index = (gsize) MAX (self->wish->index, 0);

  for (guint i = 0; i < axes->len; i++)
    for (guint j = 0; j < axes->len; j++)
      pisd_reading_axes_pair (&items[i], &items[j], self->row, index, all);
  for (guint i = 0; i < axes->len && self->wish->names[0] != NULL && self->wish->names[1] == NULL;
       i++)
    pisd_reading_axes_alone (&items[i], index, all);
  for (guint k = all->len; k-- > 0;)
    if (!is_wished (g_ptr_array_index (all, k), self->wish))
      g_ptr_array_remove_index (all, k);
  return all;
}

/* Figures that differ by rounding alone are equal. */
static gboolean
is_as_good (const PisdReading *a, const PisdReading *b)
{
  if (isnan (a->residual) || isnan (b->residual))
    return isnan (a->residual) && isnan (b->residual);
  return fabs (a->residual - b->residual) <= 1e-3 * fmax (a->residual, b->residual) + 1e-8;
}

/* The two orders of one reading stand one behind the other. */
static void
mark_open (GPtrArray *readings)
{
  for (guint k = 0; k + 1 < readings->len; k++)
    {
      PisdReading *a = g_ptr_array_index (readings, k), *b = g_ptr_array_index (readings, k + 1);

      if (a->is_xy || !b->is_xy || g_strcmp0 (a->names[0], b->names[0]) != 0
          || g_strcmp0 (a->names[1], b->names[1]) != 0)
        continue;
      a->is_open = b->is_open = is_as_good (a, b);
    }
}

/* Of what is as good the order of the list decides. */
static int
compare (gconstpointer p, gconstpointer q)
{
  const PisdReading *a = *(PisdReading *const *) p, *b = *(PisdReading *const *) q;
  const gboolean has_a = !isnan (a->residual), has_b = !isnan (b->residual);

  if (!has_a || !has_b)
    return (int) has_b - (int) has_a;
  if (is_as_good (a, b))
    return 0;
  return a->residual < b->residual ? -1 : 1;
}

#define MAX_NAMED 8 /* arrays that a message lists */

static char *
dup_arrays (const GPtrArray *list)
{
  GString *names = g_string_new (list->len == 0 ? _ ("no arrays") : NULL);

  for (guint i = 0; i < MIN (list->len, MAX_NAMED); i++)
    {
      const PisdArray *array = g_ptr_array_index (list, i);
      g_autofree char *quoted = pisd_error_quote (array->name);
      g_autofree char *shape = pisd_array_dup_shape (array);

      g_string_append_printf (names, "%s%s (%s)", i > 0 ? ", " : "", quoted,
                              array->unreadable == NULL ? shape : array->unreadable);
    }
  return g_string_free (names, FALSE);
}

static gboolean
fail_arrays (const Guess *self, GError **error)
{
  const GPtrArray *list = pisd_arrays_get_list (self->arrays);
  g_autofree char *names = dup_arrays (list);
  const char *file = pisd_input_get_name (pisd_arrays_get_input (self->arrays));

  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("%s: got %s, expected square fields of one size for %s, as they were "
                             "asked for"),
                          file, names, self->row->name);
}

static gboolean
check_index (const Guess *self, const GPtrArray *readings, GError **error)
{
  gsize n = 0;

  for (guint k = 0; k < readings->len; k++)
    {
      const PisdReading *reading = g_ptr_array_index (readings, k);

      n = MAX (n, reading->n_cases);
    }
  if (self->wish->index < 0 || (gsize) self->wish->index < MAX (n, 1))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_RANGE, _ ("%s: case: got %zu, expected 0 to %zu"),
                          pisd_input_get_name (pisd_arrays_get_input (self->arrays)),
                          (gsize) self->wish->index, MAX (n, 1) - 1);
}

/* Cases of other arrays may be fewer. */
static void
drop_beyond (GPtrArray *readings, gsize index)
{
  for (guint k = readings->len; k-- > 0;)
    {
      const PisdReading *reading = g_ptr_array_index (readings, k);

      if (reading->n_cases > 0 && index >= reading->n_cases)
        g_ptr_array_remove_index (readings, k);
    }
}

static gboolean
guess (Guess *self, GPtrArray *readings, GError **error)
{
  if (readings->len == 0)
    return fail_arrays (self, error);
  if (!check_index (self, readings, error))
    return FALSE;
  drop_beyond (readings, (gsize) MAX (self->wish->index, 0));
  for (guint k = 0; k < readings->len; k++)
    if (!measure (self, g_ptr_array_index (readings, k), error)
        || !pisd_input_check (pisd_arrays_get_input (self->arrays), error))
      return FALSE;
  mark_open (readings);
  g_ptr_array_sort (readings, compare);
  return TRUE;
}

GPtrArray *
pisd_reading_guess (PisdArrays *arrays,
                    const PisdEquation *equation,
                    const PisdReadingWish *wish,
                    GError **error)
{
  g_auto (PisdReadingWish) none = { 0 };
  Guess self = { arrays, equation, pisd_operator_get (equation->problem), wish, NULL, NULL };
  g_autoptr (GPtrArray) readings = NULL;
  gboolean good;

  g_return_val_if_fail (arrays != NULL && equation != NULL, NULL);

  if (!pisd_equation_check (equation, error))
    return NULL;
  pisd_reading_wish_init (&none);
  if (wish == NULL)
    self.wish = &none;
  self.solver = pisd_solver_new (equation);
  self.kept = g_ptr_array_new_with_free_func (kept_free);
  readings = list_readings (&self);
  good = guess (&self, readings, error);
  pisd_solver_free (self.solver);
  g_ptr_array_unref (self.kept);
  return good ? g_steal_pointer (&readings) : NULL;
}

/* Who names both arrays, or field 0, knows what they are. */
static const PisdReading *
find_good (const GPtrArray *readings, const PisdReadingWish *wish)
{
  const PisdReading *best = g_ptr_array_index (readings, 0);
  const gboolean is_named = wish != NULL && wish->names[0] != NULL;

  if (best->residual <= PISD_READING_LARGE || (is_named && wish->names[1] != NULL))
    return best;
  for (guint k = 0; k < readings->len && is_named; k++)
    if (((const PisdReading *) g_ptr_array_index (readings, k))->names[1] == NULL)
      return g_ptr_array_index (readings, k);
  return NULL;
}

PisdReading *
pisd_reading_choose (PisdArrays *arrays,
                     const PisdEquation *equation,
                     const PisdReadingWish *wish,
                     GError **error)
{
  g_autoptr (GPtrArray) readings = pisd_reading_guess (arrays, equation, wish, error);
  const PisdReading *good = readings != NULL ? find_good (readings, wish) : NULL;
  g_autofree char *text = NULL;

  if (readings == NULL || good != NULL)
    return pisd_reading_dup (good);
  good = g_ptr_array_index (readings, 0);
  text = pisd_reading_dup_text (good, equation->problem);
  pisd_error_fail (error, PISD_ERROR_FORMAT,
                   _ ("%s: no arrays fit %s: of the best (%s) %.2g of the equation is left, "
                      "expected at most %g; say which arrays they are"),
                   pisd_input_get_name (pisd_arrays_get_input (arrays)),
                   pisd_operator_get (equation->problem)->name, text, good->residual,
                   PISD_READING_LARGE);
  return NULL;
}
