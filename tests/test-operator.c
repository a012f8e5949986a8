#include "pisd-operator.h"

#include "pisd-test-flow.h"

static void
test_fields (void)
{
  for (guint id = 0; id < TEST_N_ELLIPTIC; id++)
    {
      g_assert_cmpint (pisd_problem_find_field (id, PISD_FIELD_A)->basis, ==, PISD_BASIS_COSINE);
      g_assert_cmpint (pisd_problem_find_field (id, PISD_FIELD_U)->basis, ==, PISD_BASIS_SINE);
      g_assert_null (pisd_problem_find_field (id, PISD_FIELD_W));
    }
  g_assert_false (pisd_problem_find_field (PISD_PROBLEM_POISSON, PISD_FIELD_A)->zero_boundary);
  g_assert_true (pisd_problem_find_field (PISD_PROBLEM_HELMHOLTZ, PISD_FIELD_A)->zero_boundary);
  g_assert_cmpint (pisd_operator_get (PISD_PROBLEM_POISSON)->n_constants, ==, 0);
  g_assert_cmpstr (pisd_operator_get (PISD_PROBLEM_HELMHOLTZ)->constants[0].key, ==, "wavenumber");
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
      g_assert_cmpfloat (pisd_field_id_get_time (field), ==, field == PISD_FIELD_U ? 1.0 : 0.0);
    }
  g_assert_false (pisd_field_id_from_name ("v", &field));
  g_assert_false (pisd_field_id_from_name ("", &field));
}

/* The nearest of several frames. */
static void
test_frames (void)
{
  static const PisdFieldInfo one = { .n_frames = 1, .times = { 0.5 } };
  static const PisdFieldInfo three = { .n_frames = 3, .times = { 0.0, 0.5, 1.0 } };

  g_assert_cmpint (pisd_field_info_find_frame (&one, 1.0), ==, 0);
  g_assert_cmpint (pisd_field_info_find_frame (&three, 0.2), ==, 0);
  g_assert_cmpint (pisd_field_info_find_frame (&three, 0.3), ==, 1);
  g_assert_cmpint (pisd_field_info_find_frame (&three, 0.9), ==, 2);
}

/* What frames are called. */
static void
test_symbols (void)
{
  static const PisdFieldInfo none = { .name = "a", .n_frames = 1 };
  static const PisdFieldInfo one = { .name = "a", .n_frames = 1, .symbol = "w" };
  static const PisdFieldInfo ninths = {
    .name = "u", .n_frames = 3, .times = { 3 / 9.0, 5 / 9.0, 1.0 }, .symbol = "w"
  };
  static const PisdFieldInfo odd = {
    .name = "u", .n_frames = 2, .times = { 0.125, 0.777 }, .symbol = "w"
  };
  static const struct
  {
    const PisdFieldInfo *info;
    guint frame;
    const char *symbol;
  } rows[] = { { &none, 0, "a" },        { &none, PISD_FRAME_ANY, "a" },
               { &one, 0, "w(0)" },      { &one, PISD_FRAME_ANY, "w(0)" },
               { &ninths, 0, "w(3/9)" }, { &ninths, 1, "w(5/9)" },
               { &ninths, 2, "w(1)" },   { &ninths, PISD_FRAME_ANY, "w(t)" },
               { &odd, 1, "w(0.777)" } };

  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    {
      g_autofree char *symbol = pisd_field_info_dup_symbol (rows[k].info, rows[k].frame);

      g_assert_cmpstr (symbol, ==, rows[k].symbol);
    }
}

/* All frames of an equation have a number, and a time one of them that is nearest. */
static void
test_all_frames (void)
{
  const PisdOperator *flow = pisd_operator_get (test_flow_get_problem ());
  guint field, frame;

  g_assert_cmpuint (pisd_operator_count_frames (pisd_operator_get (PISD_PROBLEM_POISSON)), ==, 2);
  g_assert_cmpuint (pisd_operator_count_frames (flow), ==, 10);
  pisd_operator_get_frame (flow, 0, &field, &frame);
  g_assert_cmpuint (field, ==, 0);
  g_assert_cmpuint (frame, ==, 0);
  pisd_operator_get_frame (flow, 9, &field, &frame);
  g_assert_cmpuint (field, ==, 1);
  g_assert_cmpuint (frame, ==, 8);
  g_assert_cmpuint (pisd_operator_find_frame (flow, 0.05), ==, 0);
  g_assert_cmpuint (pisd_operator_find_frame (flow, 0.06), ==, 1);
  g_assert_cmpuint (pisd_operator_find_frame (flow, 1.0), ==, 9);
}

/* A field by its name, and all names of them. */
static void
test_names (void)
{
  const PisdOperator *row = pisd_operator_get (PISD_PROBLEM_POISSON);
  g_autofree char *names = pisd_operator_dup_field_names (row);

  g_assert_cmpint (pisd_operator_find_field (row, "u"), ==, 1);
  g_assert_cmpint (pisd_operator_find_field (row, "w"), ==, -1);
  g_assert_cmpstr (names, ==, "a or u");
}

/* Steps around the edge of a periodic field are as short as any. */
static void
test_distance (void)
{
  static const PisdFieldInfo torus = { .basis = PISD_BASIS_PERIODIC };
  static const PisdFieldInfo square = { .basis = PISD_BASIS_SINE };

  test_assert_close (pisd_field_info_get_square (&torus, 0.9, -0.8), 0.01 + 0.04, 1e-15);
  test_assert_close (pisd_field_info_get_square (&square, 0.9, -0.8), 0.81 + 0.64, 1e-15);
}

/* The error of a field is that of its last frame. */
static void
test_error (void)
{
  static const PisdFieldInfo two = { .n_frames = 2, .times = { 0.0, 1.0 } };
  g_autoptr (PisdField) x = pisd_field_info_new_field (&two);
  g_autoptr (PisdField) truth = pisd_field_info_new_field (&two);

  x->data[0] = 5.0;
  x->data[PISD_GRID * PISD_GRID] = 3.0;
  truth->data[PISD_GRID * PISD_GRID] = 4.0;
  test_assert_close (pisd_field_info_get_error (&two, x, truth), 0.25, 1e-15);
}

/* Constants beyond the row's own say nothing. */
static void
test_equal (void)
{
  const PisdEquation poisson = { PISD_PROBLEM_POISSON, { 1 } }, other = { PISD_PROBLEM_POISSON };
  const PisdEquation one = { PISD_PROBLEM_HELMHOLTZ, { 1 } },
                     two = { PISD_PROBLEM_HELMHOLTZ, { 2 } };

  g_assert_true (pisd_equation_equal (&poisson, &other));
  g_assert_true (pisd_equation_equal (&one, &one));
  g_assert_false (pisd_equation_equal (&one, &two));
  g_assert_false (pisd_equation_equal (&poisson, &one));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  test_flow_get_problem ();
  g_test_add_func ("/engine/operator/fields", test_fields);
  g_test_add_func ("/engine/operator/field-names", test_field_names);
  g_test_add_func ("/engine/operator/names", test_names);
  g_test_add_func ("/engine/operator/frames", test_frames);
  g_test_add_func ("/engine/operator/symbols", test_symbols);
  g_test_add_func ("/engine/operator/frames/all", test_all_frames);
  g_test_add_func ("/engine/operator/distance", test_distance);
  g_test_add_func ("/engine/operator/error", test_error);
  g_test_add_func ("/engine/operator/equal", test_equal);
  return g_test_run ();
}
