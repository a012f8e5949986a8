#include "pisd-support.h"

#include "pisd-test.h"

#define M 9
#define Q 7
#define N 12

/* Places of one line, lines of one place, a line with none. */
static const guint lines[N] = { 0, 0, 5, 1, 8, 8, 2, 8, 3, 4, 5, 0 };
static const guint columns[N] = { 0, 1, 0, 3, 2, 6, 4, 6, 0, 5, 5, 0 };

static const PisdSupport supports[] = { { 20, 20, 0 }, { 20, 11, 4 }, { 20, 19, 1 }, { 1, 1, 0 } };

static gboolean
inside (const PisdSupport *s, guint i, guint j)
{
  return (i < s->block && j < s->block) || j < s->width || i < s->width;
}

static double *
random_box (const PisdSupport *s, guint lane)
{
  double *x = test_random (s->box * s->box, lane);

  for (guint i = 0; i < s->box; i++)
    for (guint j = 0; j < s->box; j++)
      if (!inside (s, i, j))
        x[i * s->box + j] = 0.0;
  return x;
}

static double
entry (const PisdSupport *s, const double *p, guint a, const double *q, guint b, const double *x)
{
  double sum = 0.0;

  for (guint i = 0; i < s->box; i++)
    for (guint j = 0; j < s->box; j++)
      sum += p[a * s->box + i] * x[i * s->box + j] * q[b * s->box + j];
  return sum;
}

/* Against plain loops over the whole box, and the adjoints against <P X Q', Y> = <X, P' Y Q>. */
static void
test_products (gconstpointer data)
{
  const PisdSupport *s = data;
  g_autofree double *p = test_random (M * s->box, 1);
  g_autofree double *q = test_random (M * s->box, 2);
  g_autofree double *x = random_box (s, 3);
  g_autofree double *y = test_random (M * Q, 4);
  g_autofree double *back = random_box (s, 5);
  g_autofree double *scratch = g_new (double, pisd_support_get_scratch (s, M, M));
  g_autofree double *z = test_random (N, 7);
  double out[M * Q], rows[N];

  pisd_support_multiply (s, p, M, q, Q, x, out, scratch);
  for (guint a = 0; a < M; a++)
    for (guint b = 0; b < Q; b++)
      test_assert_close (out[a * Q + b], entry (s, p, a, q, b, x), 1e-12);
  pisd_support_multiply_adjoint (s, p, M, q, Q, y, back, scratch);
  test_assert_close (test_dot (out, y, M * Q), test_dot (x, back, s->box * s->box), 1e-10);

  pisd_support_multiply_rows (s, p, M, q, lines, columns, N, x, rows, scratch);
  for (guint a = 0; a < N; a++)
    test_assert_close (rows[a], entry (s, p, lines[a], q, columns[a], x), 1e-12);
  pisd_support_multiply_rows_adjoint (s, p, M, q, lines, columns, N, z, back, scratch);
  test_assert_close (test_dot (rows, z, N), test_dot (x, back, s->box * s->box), 1e-10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (supports); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/support/products/%u-%u-%u", supports[i].box,
                                               supports[i].block, supports[i].width);

      g_test_add_data_func (path, &supports[i], test_products);
    }
  return g_test_run ();
}
