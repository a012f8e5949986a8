#include "pisd-reference.h"

#include "pisd-test.h"

#define S PISD_GRID

typedef struct
{
  const char *path;
  PisdProblemId problem;
  PisdModeSet mode_set;
  double mean_sd;
} Case;

static const Case cases[] = {
  { "poisson-square", PISD_PROBLEM_POISSON, PISD_MODES_SQUARE },
  { "helmholtz-square", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE },
  { "poisson-hyperbolic", PISD_PROBLEM_POISSON, PISD_MODES_HYPERBOLIC },
  { "helmholtz-hyperbolic", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_HYPERBOLIC },
  { "with-a-mean", PISD_PROBLEM_HELMHOLTZ, PISD_MODES_SQUARE, 0.7 },
};

static PisdRepresentation *
case_representation (const Case *c)
{
  PisdSettings settings = test_settings (c->problem, c->mode_set, 20);

  settings.mean_sd = c->mean_sd;
  return pisd_representation_new (&settings, NULL);
}

/* In coefficients as on the grid, for a far and for a near estimate. */
static void
test_error (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (PisdRepresentation) r = case_representation (c);
  g_autoptr (PisdInstance) truth =
      pisd_instance_new_random (TEST_EQUATION (c->problem, 3.0), PISD_FAMILY_INCLUSIONS, 4, NULL);
  g_autoptr (PisdReference) reference = pisd_reference_new (r, truth);
  const PisdOperator *info = pisd_operator_get (c->problem);
  g_autofree double *far = test_random (pisd_representation_get_n (r), 1);
  g_autofree double *near = test_random (pisd_representation_get_n (r), 2);
  g_autoptr (PisdField) decoded = pisd_field_new (S, S);

  for (guint f = 0; f < info->n_fields; f++)
    {
      const PisdField *t = pisd_instance_get_field (truth, info->fields[f].id);

      pisd_representation_encode (r, t, f, near);
      pisd_representation_decode (r, far, f, decoded);
      test_assert_close (pisd_reference_error (reference, far, f)
                             / pisd_field_relative_error (decoded, t),
                         1.0, 1e-10);
      pisd_representation_decode (r, near, f, decoded);
      test_assert_close (pisd_reference_error (reference, near, f)
                             / pisd_field_relative_error (decoded, t),
                         1.0, 1e-6);
    }
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = { { "error", test_error } };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/reference", checks, cases);
  return g_test_run ();
}
