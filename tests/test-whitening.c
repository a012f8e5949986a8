/* The grids that a network works on: white noise stays white, nothing is lost, transposes are
 * transposes. */
#include "pisd-test.h"

#include "pisd-error.h"
#include "pisd-whitening.h"

#define K 12

typedef struct
{
  const char *name;
  PisdProblemId problem;
  PisdSpace space;
  guint n_frames;
} Case;

static const Case cases[] = {
  { "decoupled", PISD_PROBLEM_POISSON, PISD_SPACE_DECOUPLED, 1 },
  { "joint", PISD_PROBLEM_HELMHOLTZ, PISD_SPACE_JOINT, 2 },
  { "frames", PISD_PROBLEM_NAVIER_STOKES, PISD_SPACE_JOINT, 10 },
};

typedef struct
{
  PisdRepresentation *representation;
  PisdWhitening *whitening;
  gsize n, n_out;
} Fixture;

static Fixture
fixture_new (const Case *c)
{
  PisdSettings settings = test_settings (c->problem, PISD_MODES_SQUARE, K);
  Fixture self;

  settings.space = c->space;
  self.representation = pisd_representation_new (&settings, NULL);
  g_assert_nonnull (self.representation);
  self.whitening = pisd_whitening_new (self.representation, NULL);
  self.n = pisd_representation_get_n (self.representation);
  self.n_out = (gsize) c->n_frames * K * K;
  g_assert_cmpuint (pisd_whitening_get_side (self.whitening), ==, K);
  g_assert_cmpuint (pisd_whitening_get_n_out (self.whitening), ==, c->n_frames);
  g_assert_cmpuint (pisd_whitening_get_n_in (self.whitening), ==, 2 * c->n_frames);
  return self;
}

static void
fixture_clear (Fixture *self)
{
  pisd_whitening_free (self->whitening);
  pisd_representation_free (self->representation);
}

static double *
widen (const float *from, gsize n)
{
  double *to = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    to[i] = from[i];
  return to;
}

static float *
narrow (const double *from, gsize n)
{
  float *to = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    to[i] = from[i];
  return to;
}

/* |grid| = |z|, and back again z. */
static void
test_orthonormal (gconstpointer data)
{
  Fixture f = fixture_new (data);
  g_autofree double *z = test_random (f.n, 1);
  g_autofree double *back = g_new (double, f.n);
  g_autofree float *grid = g_new (float, f.n_out);
  g_autofree double *wide = NULL;

  pisd_whitening_fill_output (f.whitening, z, grid);
  wide = widen (grid, f.n_out);
  test_assert_close (test_norm (wide, f.n_out) / test_norm (z, f.n), 1.0, 1e-6);
  pisd_whitening_read_output (f.whitening, grid, back);
  test_assert_below (test_difference (back, z, f.n), 1e-6);
  fixture_clear (&f);
}

/* The first half of the input is the whitened grid times the factor, each grid of the second half
 * has on average root mean square `factor` for a latent of unit variance. */
static void
test_input (gconstpointer data)
{
  Fixture f = fixture_new (data);
  g_autofree double *z = test_random (f.n, 2);
  g_autofree float *grid = g_new (float, f.n_out);
  g_autofree float *input = g_new (float, 2 * f.n_out);
  double sum = 0.0;

  pisd_whitening_fill_output (f.whitening, z, grid);
  pisd_whitening_fill_input (f.whitening, 0.5, z, input);
  for (gsize i = 0; i < f.n_out; i++)
    test_assert_close (input[i], 0.5 * grid[i], 1e-6);
  for (guint draw = 0; draw < 20; draw++)
    {
      g_autofree double *other = test_random (f.n, 10 + draw);
      g_autofree double *wide = NULL;

      pisd_whitening_fill_input (f.whitening, 0.5, other, input);
      wide = widen (input + f.n_out, f.n_out);
      sum += test_dot (wide, wide, f.n_out) / f.n_out / 20.0;
    }
  test_assert_close (sqrt (sum), 0.5, 0.12);
  fixture_clear (&f);
}

/* <input (x), v> = <x, vjp (v)>, and <output (z), v> = <z, read (v)>. */
static void
test_transposes (gconstpointer data)
{
  Fixture f = fixture_new (data);
  g_autofree double *x = test_random (f.n, 3), *v = test_random (2 * f.n_out, 4);
  g_autofree float *v_float = narrow (v, 2 * f.n_out);
  g_autofree float *input = g_new (float, 2 * f.n_out);
  g_autofree double *gradient = g_new0 (double, f.n);
  g_autofree double *wide = NULL;
  double got, expected;

  pisd_whitening_fill_input (f.whitening, 0.3, x, input);
  wide = widen (input, 2 * f.n_out);
  pisd_whitening_add_input_vjp (f.whitening, 0.3, v_float, gradient);
  got = test_dot (gradient, x, f.n);
  expected = test_dot (wide, v, 2 * f.n_out);
  test_assert_close (got, expected, 1e-5 * test_norm (v, 2 * f.n_out) * test_norm (x, f.n));

  pisd_whitening_fill_output (f.whitening, x, input);
  g_free (wide);
  wide = widen (input, f.n_out);
  pisd_whitening_read_output (f.whitening, v_float, gradient);
  test_assert_close (test_dot (gradient, x, f.n), test_dot (wide, v, f.n_out),
                     1e-5 * test_norm (v, f.n_out) * test_norm (x, f.n));
  fixture_clear (&f);
}

/* The field's own grid is the field: of a smooth cosine field at the points (i + 1/2) / K. */
static void
test_natural (void)
{
  Fixture f = fixture_new (&cases[0]);
  const PisdModes *modes = pisd_representation_get_modes (f.representation, 0);
  const double *scale = pisd_representation_get_scale (f.representation, 0);
  g_autofree double *z = g_new0 (double, f.n);
  g_autofree float *input = g_new (float, 2 * f.n_out);
  const float *natural = input + f.n_out;

  for (gsize i = 0; i < f.n; i++)
    z[i] = modes->ky[i] == 0 && modes->kx[i] == 1 ? 1.0 / scale[i] : 0.0;
  pisd_whitening_fill_input (f.whitening, 1.0, z, input);
  for (guint j = 0; j < K; j++)
    test_assert_close (natural[j] / natural[0], cos (G_PI * (j + 0.5) / K) / cos (G_PI * 0.5 / K),
                       1e-5);
  fixture_clear (&f);
}

static void
test_cross (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_HYPERBOLIC, K);
  g_autoptr (PisdRepresentation) representation = pisd_representation_new (&settings, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (pisd_whitening_new (representation, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
}

int
main (int argc, char **argv)
{
  static const TestCheck checks[] = {
    { "orthonormal", test_orthonormal },
    { "input", test_input },
    { "transposes", test_transposes },
  };

  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/learning/whitening", checks, cases);
  g_test_add_func ("/learning/whitening/natural", test_natural);
  g_test_add_func ("/learning/whitening/cross", test_cross);
  return g_test_run ();
}
