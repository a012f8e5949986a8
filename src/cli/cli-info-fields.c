#include "cli-info-fields.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-instance.h"
#include "pisd-npz.h"
#include "pisd-settings.h"
#include "pisd-solver.h"

static gboolean
has_frames (const GPtrArray *arrays, const char *name, guint n_frames)
{
  for (guint i = 0; i < arrays->len; i++)
    {
      const PisdArray *array = g_ptr_array_index (arrays, i);

      if (g_str_equal (array->name, name))
        return pisd_instance_npz_has_frames (array, n_frames);
    }
  return FALSE;
}

/* The exponent e of the largest value: 2^(e - 1) <= max |f| < 2^e; 0 for a field of zeros. */
static int
find_exponent (const PisdField *field)
{
  int exponent;

  frexp (pisd_field_get_largest (field), &exponent);
  return exponent;
}

/* f 2^-e, which has squares where those of f would leave the range of numbers. */
static PisdField *
dup_scaled (const PisdField *field, int exponent)
{
  PisdField *scaled = pisd_field_dup (field);
  gsize n = pisd_field_get_n (field);

  for (gsize i = 0; i < n; i++)
    scaled->data[i] = ldexp (field->data[i], -exponent);
  return scaled;
}

/* |f|, which may be larger than the largest double */
static long double
find_norm (const PisdField *field)
{
  int exponent = find_exponent (field);
  g_autoptr (PisdField) scaled = dup_scaled (field, exponent);

  return ldexpl (pisd_field_norm (scaled), exponent);
}

double
cli_unsigned_zero (double value)
{
  return value == 0 ? 0 : value;
}

static void
print_field (const char *name, const PisdField *field)
{
  double min, max;

  if (!pisd_field_get_range (field, &min, &max))
    {
      printf ("%s: no finite value\n", name);
      return;
    }
  if (min == 0 && max == 0 && pisd_field_is_finite (field))
    {
      printf ("%s: 0 everywhere\n", name);
      return;
    }
  printf ("%s: %.6g to %.6g", name, cli_unsigned_zero (min), cli_unsigned_zero (max));
  if (pisd_field_is_finite (field))
    printf (", norm %.6Lg\n", find_norm (field));
  else
    printf (", with values that are not finite\n");
}

static PisdEquation
get_standard_equation (PisdProblemId problem)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = problem;
  return pisd_settings_get_equation (&settings);
}

static void
print_residual (PisdProblemId problem, PisdField *const *fields)
{
  const PisdOperator *row = pisd_operator_get (problem);
  const PisdEquation equation = get_standard_equation (problem);
  g_autoptr (PisdSolver) solver = pisd_solver_new (&equation);

  printf ("residual as %s", row->name);
  for (guint c = 0; c < row->n_constants; c++)
    printf (" %s %s = %g", c == 0 ? "with" : "and", row->constants[c].key, equation.constants[c]);
  printf (": 5-point %.3g, spectral %.3g of the source\n",
          pisd_solver_relative_residual (solver, PISD_DIFFERENCES, fields),
          pisd_solver_relative_residual (solver, PISD_SPECTRAL, fields));
}

static gboolean
is_zero_inside (const PisdField *field)
{
  g_autoptr (PisdField) inside = pisd_field_dup (field);

  pisd_field_zero_boundary (inside);
  return pisd_field_norm (inside) == 0;
}

/* Residuals are parts of the source: both fields may be scaled alike. */
static void
print_residuals (const PisdField *a, const PisdField *u)
{
  int exponent = MAX (find_exponent (a), find_exponent (u));
  g_autoptr (PisdField) scaled_a = dup_scaled (a, exponent);
  g_autoptr (PisdField) scaled_u = dup_scaled (u, exponent);
  PisdField *const fields[] = { scaled_a, scaled_u };

  if (!pisd_field_is_finite (a) || !pisd_field_is_finite (u))
    return;
  if (is_zero_inside (scaled_a))
    {
      printf ("residual: none, the source is zero\n");
      return;
    }
  for (guint id = 0; id < pisd_operator_get_n (); id++)
    if (pisd_operator_get (id)->whole == NULL)
      print_residual (id, fields);
}

static PisdField *
dup_field (const PisdArray *array)
{
  PisdField *field = pisd_field_new (PISD_GRID, PISD_GRID);

  memcpy (field->data, array->data, sizeof (double) * PISD_GRID * PISD_GRID);
  return field;
}

static gboolean
describe_pair (PisdInput *input, GError **error)
{
  const char *const names[] = { "a", "u", NULL };
  g_autoptr (GPtrArray) arrays = pisd_npz_read_from (input, names, PISD_GRID * PISD_GRID, error);
  g_autoptr (PisdField) a = NULL;
  g_autoptr (PisdField) u = NULL;

  if (arrays == NULL)
    return FALSE;
  a = dup_field (g_ptr_array_index (arrays, 0));
  u = dup_field (g_ptr_array_index (arrays, 1));
  print_field ("a", a);
  print_field ("u", u);
  print_residuals (a, u);
  return TRUE;
}

/* A flow: one whole of several frames, or its first and its last one. */

static void
print_frames (const PisdOperator *row, PisdField *const *fields)
{
  guint field, frame;

  for (guint n = 0; n < pisd_operator_count_frames (row); n++)
    {
      g_autofree char *name = NULL;
      PisdField view;

      pisd_operator_get_frame (row, n, &field, &frame);
      name = pisd_field_info_dup_symbol (&row->fields[field], frame);
      view = pisd_field_get_frame (fields[field], frame);
      print_field (name, &view);
    }
}

static gboolean
holds_flow (const PisdOperator *row, const GPtrArray *arrays)
{
  const guint n = pisd_operator_count_frames (row);
  g_autofree char *first = NULL;

  if (row->whole == NULL)
    return FALSE;
  first = g_strconcat (row->whole, "0", NULL);
  return has_frames (arrays, row->whole, n) || has_frames (arrays, first, 1);
}

/* "read as navier-stokes with viscosity = 0.001: the last frame is 0.049 % away from the flow that
 * the first one begins" */
static gboolean
describe_flow (PisdProblemId id, PisdInput *input, GError **error)
{
  const PisdOperator *row = pisd_operator_get (id);
  const PisdEquation equation = get_standard_equation (id);
  g_autoptr (PisdInstance) flow = pisd_instance_new_from_npz (&equation, input, error);
  double mismatch;

  if (flow == NULL)
    return FALSE;
  print_frames (row, pisd_instance_get_fields (flow));
  printf ("read as %s", row->name);
  for (guint c = 0; c < row->n_constants; c++)
    printf (" %s %s = %g", c == 0 ? "with" : "and", row->constants[c].key, equation.constants[c]);
  mismatch = pisd_instance_get_mismatch (flow);
  if (isfinite (mismatch))
    printf (": the last frame is %.3g %% away from the flow that the first one begins%s",
            100 * mismatch,
            pisd_instance_looks_transposed (flow) ? ", and not if both are transposed" : "");
  printf ("\n");
  return TRUE;
}

/* Files of other people: what their arrays are at best under every equation that they fit, or,
 * where they fit none, under each. */

/* NULL: it can be none, or was not to be read. */
static PisdReading *
find_best (PisdProblemId id, PisdArrays *arrays, const PisdReadingWish *wish)
{
  const PisdEquation equation = get_standard_equation (id);
  g_autoptr (GPtrArray) readings = pisd_reading_guess (arrays, &equation, wish, NULL);

  return readings != NULL ? pisd_reading_dup (g_ptr_array_index (readings, 0)) : NULL;
}

/* "as poisson: a = "f", u = "phi", [y, x]: 4.2e-05 of the equation is left" */
static void
print_reading (PisdProblemId id, const PisdReading *reading)
{
  g_autofree char *text = pisd_reading_dup_text (reading, id);

  printf ("as %s: %s: ", pisd_operator_get (id)->name, text);
  if (isnan (reading->residual))
    printf ("nothing to compare\n");
  else
    printf ("%.3g of the equation is left%s\n", reading->residual,
            reading->residual > PISD_READING_LARGE ? ", so it is none" : "");
}

static gboolean
describe_readings (PisdArrays *arrays, const PisdReadingWish *wish, GError **error)
{
  g_autoptr (GPtrArray) best = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_reading_free);
  gboolean has_good = FALSE;

  for (guint id = 0; id < pisd_operator_get_n (); id++)
    {
      PisdReading *reading = find_best (id, arrays, wish);

      has_good = has_good || (reading != NULL && reading->residual <= PISD_READING_LARGE);
      g_ptr_array_add (best, reading);
    }
  for (guint id = 0; id < best->len; id++)
    {
      const PisdReading *reading = g_ptr_array_index (best, id);

      if (reading != NULL && (!has_good || reading->residual <= PISD_READING_LARGE))
        print_reading (id, reading);
    }
  return TRUE;
}

/* As an equation of one frame a field, or of several; nothing where no equation has such arrays. */
static gboolean
describe_truth (PisdArrays *file, const PisdReadingWish *wish, GError **error)
{
  const GPtrArray *arrays = pisd_arrays_get_list (file);
  PisdInput *input = pisd_arrays_get_input (file);

  if (!pisd_arrays_is_npz (file) || pisd_reading_wish_is_any (wish))
    return describe_readings (file, wish, error);
  if (has_frames (arrays, "a", 1) && has_frames (arrays, "u", 1))
    return describe_pair (input, error);
  for (guint id = 0; id < pisd_operator_get_n (); id++)
    if (holds_flow (pisd_operator_get (id), arrays))
      return describe_flow (id, input, error);
  return describe_readings (file, wish, error);
}

/* A name may hold anything: only one without blanks and controls stands without quotes. */
static char *
dup_shown_name (const char *name)
{
  g_autofree char *escaped = pisd_error_escape (name);

  if (g_str_equal (escaped, name) && strpbrk (name, " :\"") == NULL)
    return g_steal_pointer (&escaped);
  return pisd_error_quote (name);
}

static void
print_array (const PisdArray *array)
{
  g_autofree char *name = dup_shown_name (array->name);
  g_autofree char *shape = pisd_array_dup_shape (array);

  if (array->unreadable == NULL)
    printf ("%s: %s\n", name, shape);
  else
    printf ("%s: not readable here: %s\n", name, array->unreadable);
}

/* Whoever wrote the archive may have written anything. */
static void
print_name (const char *name)
{
  g_autofree char *escaped = pisd_error_escape (name);

  printf ("called: %s\n", escaped);
}

gboolean
cli_info_describe_fields (PisdInput *input, const PisdReadingWish *wish, GError **error)
{
  g_autoptr (PisdArrays) file = pisd_arrays_new (input, error);
  const GPtrArray *arrays;
  g_autofree char *comment = NULL;

  if (file == NULL)
    return FALSE;
  arrays = pisd_arrays_get_list (file);
  printf ("%s: %s, %u array%s\n", pisd_input_get_name (input), pisd_arrays_get_format (file),
          arrays->len, arrays->len == 1 ? "" : "s");
  comment = pisd_arrays_is_npz (file) ? pisd_npz_dup_comment (input) : NULL;
  if (comment != NULL)
    print_name (comment);
  for (guint i = 0; i < arrays->len; i++)
    print_array (g_ptr_array_index (arrays, i));
  return describe_truth (file, wish, error);
}
