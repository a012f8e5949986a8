#include "pisd-operator.h"

static void
test_names (void)
{
  PisdProblemId found = PISD_N_PROBLEMS;

  for (guint id = 0; id < PISD_N_PROBLEMS; id++)
    {
      const PisdOperator *info = pisd_operator_get (id);

      g_assert_cmpint (info->id, ==, id);
      g_assert_true (pisd_problem_from_name (info->name, &found));
      g_assert_cmpint (found, ==, id);
    }
  g_assert_false (pisd_problem_from_name ("Poisson", &found));
  g_assert_false (pisd_problem_from_name ("", &found));
  g_assert_cmpint (found, ==, PISD_N_PROBLEMS - 1);
}

static void
test_fields (void)
{
  for (guint id = 0; id < PISD_N_PROBLEMS; id++)
    {
      g_assert_cmpint (pisd_problem_find_field (id, PISD_FIELD_A)->basis, ==, PISD_BASIS_COSINE);
      g_assert_cmpint (pisd_problem_find_field (id, PISD_FIELD_U)->basis, ==, PISD_BASIS_SINE);
      g_assert_null (pisd_problem_find_field (id, PISD_FIELD_W));
    }
  g_assert_false (pisd_problem_find_field (PISD_PROBLEM_POISSON, PISD_FIELD_A)->zero_boundary);
  g_assert_true (pisd_problem_find_field (PISD_PROBLEM_HELMHOLTZ, PISD_FIELD_A)->zero_boundary);
  g_assert_false (pisd_operator_get (PISD_PROBLEM_POISSON)->has_wavenumber);
  g_assert_true (pisd_operator_get (PISD_PROBLEM_HELMHOLTZ)->has_wavenumber);
}

/* The names that files use, and the numbers of the `sensors` array. */
static void
test_field_names (void)
{
  const char *const names[] = { "a", "u", "w" };
  PisdFieldId field;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_cmpstr (pisd_field_id_get_name (i), ==, names[i]);
      g_assert_true (pisd_field_id_from_name (names[i], &field));
      g_assert_cmpint (field, ==, i);
    }
  g_assert_false (pisd_field_id_from_name ("v", &field));
  g_assert_false (pisd_field_id_from_name ("", &field));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/maths/problem/names", test_names);
  g_test_add_func ("/maths/problem/fields", test_fields);
  g_test_add_func ("/maths/problem/field-names", test_field_names);
  return g_test_run ();
}
