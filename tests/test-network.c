#include "pisd-network.h"

#include <string.h>

#include "pisd-error.h"
#include "pisd-npz.h"
#include "pisd-test.h"

/* A network, its parameters, of which none is zero, and what goes through it. */
typedef struct
{
  const char *name;
  PisdNetworkShape shape;
  guint batch;
  PisdBackend backend;
} Case;

static const Case cases[] = {
  { "flat", { 10, 2, 1, 16, 2, 1, 3, FALSE }, 2, PISD_BACKEND_PLAIN },
  { "periodic", { 8, 3, 2, 32, 1, 1, 0, TRUE }, 1, PISD_BACKEND_PLAIN },
  { "levels", { 12, 4, 3, 16, 1, 3, 2, FALSE }, 3, PISD_BACKEND_PLAIN },
  { "periodic-levels", { 8, 20, 10, 16, 2, 2, 1, TRUE }, 2, PISD_BACKEND_PLAIN },
#ifdef PISD_WITH_ONEDNN
  { "flat-onednn", { 10, 2, 1, 16, 2, 1, 3, FALSE }, 2, PISD_BACKEND_ONEDNN },
  { "periodic-onednn", { 8, 3, 2, 32, 1, 1, 0, TRUE }, 1, PISD_BACKEND_ONEDNN },
  { "levels-onednn", { 12, 4, 3, 16, 1, 3, 2, FALSE }, 3, PISD_BACKEND_ONEDNN },
  { "periodic-levels-onednn", { 8, 20, 10, 16, 2, 2, 1, TRUE }, 2, PISD_BACKEND_ONEDNN },
#endif
};

typedef struct
{
  PisdNetworkPass *pass;
  gsize n_parameters, n_x, n_y;
  float *parameters, *x, *dx, *y, *v, *gx, *dy, *gradient;
  float *sigma;
  guint *label;
} Fixture;

static float *
random_floats (gsize n, guint lane, double factor)
{
  g_autofree double *v = test_random (n, lane);
  float *out = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    out[i] = factor * v[i];
  return out;
}

static double
dot (const float *a, const float *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += (double) a[i] * b[i];
  return sum;
}

/* |a - b| / |b| */
static double
difference (const float *a, const float *b, gsize n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    sum += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
  return sqrt (sum / dot (b, b, n));
}

static void
fixture_forward (Fixture *f)
{
  pisd_network_pass_load (f->pass, f->parameters);
  pisd_network_pass_forward (f->pass, f->x, f->sigma, f->label, f->y);
}

static void
fixture_init (Fixture *f, const Case *c)
{
  const PisdNetworkShape *shape = &c->shape;
  gsize nodes = (gsize) shape->side * shape->side;
  g_autofree float *noise = NULL;

  f->n_parameters = pisd_network_get_n_parameters (shape);
  f->n_x = c->batch * shape->n_in * nodes;
  f->n_y = c->batch * shape->n_out * nodes;
  f->parameters = g_new (float, f->n_parameters);
  pisd_network_initialise (shape, 5, f->parameters);
  noise = random_floats (f->n_parameters, 1, 0.1);
  for (gsize i = 0; i < f->n_parameters; i++)
    f->parameters[i] += noise[i];
  f->x = random_floats (f->n_x, 2, 1.0);
  f->dx = random_floats (f->n_x, 3, 1.0);
  f->v = random_floats (f->n_y, 4, 1.0);
  f->y = g_new (float, f->n_y);
  f->dy = g_new (float, f->n_y);
  f->gx = g_new (float, f->n_x);
  f->gradient = g_new0 (float, f->n_parameters);
  f->sigma = g_new (float, c->batch);
  f->label = g_new (guint, c->batch);
  for (guint b = 0; b < c->batch; b++)
    {
      f->sigma[b] = 0.03f + 0.9f * b;
      f->label[b] = b % (shape->n_labels + 1);
    }
  f->pass = pisd_network_pass_new (shape, c->backend, c->batch);
  fixture_forward (f);
}

static void
fixture_clear (Fixture *f)
{
  pisd_network_pass_free (f->pass);
  g_free (f->parameters);
  g_free (f->x);
  g_free (f->dx);
  g_free (f->v);
  g_free (f->y);
  g_free (f->dy);
  g_free (f->gx);
  g_free (f->gradient);
  g_free (f->sigma);
  g_free (f->label);
}

/* (F (x + h dx) - F (x - h dx)) / 2 h */
static float *
differentiate (Fixture *f, float h)
{
  g_autofree float *x = g_memdup2 (f->x, f->n_x * sizeof (float));
  g_autofree float *upper = g_new (float, f->n_y);
  float *lower = g_new (float, f->n_y);

  for (gsize i = 0; i < f->n_x; i++)
    x[i] = f->x[i] + h * f->dx[i];
  pisd_network_pass_forward (f->pass, x, f->sigma, f->label, upper);
  for (gsize i = 0; i < f->n_x; i++)
    x[i] = f->x[i] - h * f->dx[i];
  pisd_network_pass_forward (f->pass, x, f->sigma, f->label, lower);
  for (gsize i = 0; i < f->n_y; i++)
    lower[i] = (upper[i] - lower[i]) / (2.0f * h);
  return lower;
}

static void
test_jvp (gconstpointer data)
{
  Fixture f;
  g_autofree float *expected = NULL;

  fixture_init (&f, data);
  expected = differentiate (&f, 2e-3f);
  fixture_forward (&f);
  pisd_network_pass_jvp (f.pass, f.dx, f.dy);
  test_assert_below (difference (f.dy, expected, f.n_y), 1e-3);
  fixture_clear (&f);
}

/* <J dx, v> = <dx, J'v>, and the backward pass finds the same J'v. */
static void
test_vjp (gconstpointer data)
{
  Fixture f;
  g_autofree float *gx = NULL;

  fixture_init (&f, data);
  pisd_network_pass_jvp (f.pass, f.dx, f.dy);
  pisd_network_pass_vjp (f.pass, f.v, f.gx);
  test_assert_close (dot (f.dx, f.gx, f.n_x), dot (f.dy, f.v, f.n_y),
                     1e-5 * sqrt (dot (f.dy, f.dy, f.n_y) * dot (f.v, f.v, f.n_y)));
  gx = g_memdup2 (f.gx, f.n_x * sizeof (float));
  pisd_network_pass_backward (f.pass, f.v, f.gx, f.gradient);
  test_assert_below (difference (f.gx, gx, f.n_x), 1e-5);
  fixture_clear (&f);
}

/* <v, F> with a tensor's values moved by h. */
static double
measure_moved (Fixture *f, const PisdNetworkTensor *tensor, const float *direction, float h)
{
  g_autofree float *parameters = g_memdup2 (f->parameters, f->n_parameters * sizeof (float));

  for (gsize i = 0; i < tensor->n; i++)
    parameters[tensor->offset + i] += h * direction[i];
  pisd_network_pass_load (f->pass, parameters);
  pisd_network_pass_forward (f->pass, f->x, f->sigma, f->label, f->y);
  return dot (f->v, f->y, f->n_y);
}

/* Every tensor's gradient along itself, which is far from zero, and a random direction. */
static void
check_tensor (Fixture *f, const PisdNetworkTensor *tensor, guint lane)
{
  const float *gradient = f->gradient + tensor->offset;
  g_autofree float *direction = random_floats (tensor->n, lane, 1.0);
  double length = sqrt (dot (gradient, gradient, tensor->n)), slope, h = 4e-3;

  for (gsize i = 0; i < tensor->n; i++)
    direction[i] = 0.2 * direction[i] / sqrt (tensor->n) + gradient[i] / length;
  slope = (measure_moved (f, tensor, direction, h) - measure_moved (f, tensor, direction, -h))
          / (2.0 * h);
  if (fabs (slope - dot (gradient, direction, tensor->n)) > 3e-3 * length)
    g_error ("%s: slope %g, gradient %g", tensor->name, slope,
             dot (gradient, direction, tensor->n));
}

static void
test_gradient (gconstpointer data)
{
  const Case *c = data;
  Fixture f;

  fixture_init (&f, c);
  pisd_network_pass_backward (f.pass, f.v, NULL, f.gradient);
  for (guint i = 0; i < pisd_network_get_n_tensors (&c->shape); i++)
    {
      PisdNetworkTensor tensor;

      pisd_network_get_tensor (&c->shape, i, &tensor);
      check_tensor (&f, &tensor, 10 + i);
    }
  fixture_clear (&f);
}

/* Gradients add to what is there. */
static void
test_accumulate (gconstpointer data)
{
  Fixture f;
  g_autofree float *once = NULL;

  fixture_init (&f, data);
  pisd_network_pass_backward (f.pass, f.v, f.gx, f.gradient);
  once = g_memdup2 (f.gradient, f.n_parameters * sizeof (float));
  pisd_network_pass_backward (f.pass, f.v, f.gx, f.gradient);
  for (gsize i = 0; i < f.n_parameters; i++)
    once[i] *= 2.0f;
  test_assert_below (difference (f.gradient, once, f.n_parameters), 1e-6);
  fixture_clear (&f);
}

/* The other fields of a batch have no say, and what is alone comes out the same up to rounding. */
static void
test_batch (gconstpointer data)
{
  const Case *c = data;
  Case single = *c;
  Fixture f, one;
  g_autofree float *before = NULL;
  gsize n_y, n_x;

  fixture_init (&f, c);
  n_x = f.n_x / c->batch;
  n_y = f.n_y / c->batch;
  before = g_memdup2 (f.y, n_y * sizeof (float));
  for (gsize i = n_x; i < f.n_x; i++)
    f.x[i] = 10.0f * f.dx[i];
  fixture_forward (&f);
  g_assert_cmpmem (f.y, n_y * sizeof (float), before, n_y * sizeof (float));
  single.batch = 1;
  fixture_init (&one, &single);
  memcpy (one.x, f.x + f.n_x - n_x, n_x * sizeof (float));
  one.sigma[0] = f.sigma[c->batch - 1];
  one.label[0] = f.label[c->batch - 1];
  fixture_forward (&one);
  test_assert_below (difference (one.y, f.y + f.n_y - n_y, n_y), 1e-5);
  fixture_clear (&one);
  fixture_clear (&f);
}

/* Noise level and label have a say. */
static void
test_condition (gconstpointer data)
{
  const Case *c = data;
  Fixture f;
  g_autofree float *before = NULL;

  fixture_init (&f, c);
  before = g_memdup2 (f.y, f.n_y * sizeof (float));
  f.sigma[0] *= 3.0f;
  fixture_forward (&f);
  g_assert_cmpfloat (difference (f.y, before, f.n_y), >, 1e-3);
  f.sigma[0] /= 3.0f;
  f.label[0] = c->shape.n_labels - f.label[0];
  fixture_forward (&f);
  g_assert_true ((difference (f.y, before, f.n_y) > 1e-3) == (c->shape.n_labels > 0));
  fixture_clear (&f);
}

/* Where the edges meet, a shifted field gives the shifted result; else it does not. */
static void
test_shift (gconstpointer data)
{
  const Case *c = data;
  guint side = c->shape.side, step = 1u << (c->shape.n_levels - 1);
  Fixture f;
  g_autofree float *expected = NULL;
  g_autofree float *x = NULL;

  fixture_init (&f, c);
  expected = g_new (float, f.n_y);
  for (gsize i = 0; i < f.n_y; i++)
    expected[i / side * side + (i % side + step) % side] = f.y[i];
  x = g_memdup2 (f.x, f.n_x * sizeof (float));
  for (gsize i = 0; i < f.n_x; i++)
    f.x[i / side * side + (i % side + step) % side] = x[i];
  fixture_forward (&f);
  if (c->shape.is_periodic)
    test_assert_below (difference (f.y, expected, f.n_y), 1e-5);
  else
    g_assert_cmpfloat (difference (f.y, expected, f.n_y), >, 1e-2);
  fixture_clear (&f);
}

static const TestCheck checks[] = {
  { "jvp", test_jvp },           { "vjp", test_vjp },
  { "gradient", test_gradient }, { "accumulate", test_accumulate },
  { "batch", test_batch },       { "condition", test_condition },
  { "shift", test_shift },
};

/* What PyTorch makes of it: tests/data/make-network-goldens.py, whose numbers these are too. */
typedef struct
{
  const char *name;
  Case c;
} Golden;

static const Golden goldens[] = {
  { "flat", { "flat", { 8, 2, 1, 16, 1, 1, 3, TRUE }, 3, PISD_BACKEND_PLAIN } },
  { "levels", { "levels", { 8, 3, 2, 16, 1, 2, 1, FALSE }, 2, PISD_BACKEND_PLAIN } },
#ifdef PISD_WITH_ONEDNN
  { "flat-onednn", { "flat", { 8, 2, 1, 16, 1, 1, 3, TRUE }, 3, PISD_BACKEND_ONEDNN } },
  { "levels-onednn", { "levels", { 8, 3, 2, 16, 1, 2, 1, FALSE }, 2, PISD_BACKEND_ONEDNN } },
#endif
};

/* Numbers in [-1, 1), each from its place alone. */
static void
fill_hashed (gsize n, guint stream, float factor, float *out)
{
  for (gsize i = 0; i < n; i++)
    {
      guint32 h = (i + 1 + G_GUINT64_CONSTANT (1000003) * stream) * 2654435761u;

      h = (h ^ (h >> 15)) * 2246822519u;
      h ^= h >> 13;
      out[i] = (float) (h / 2147483648.0 - 1.0) * factor;
    }
}

static void
fill_golden (Fixture *f, const Case *c)
{
  for (guint i = 0; i < pisd_network_get_n_tensors (&c->shape); i++)
    {
      PisdNetworkTensor tensor;

      pisd_network_get_tensor (&c->shape, i, &tensor);
      fill_hashed (tensor.n, i,
                   tensor.rank == 1 ? 0.2f : (float) (2.0 / sqrt (tensor.n / tensor.dims[0])),
                   f->parameters + tensor.offset);
    }
  fill_hashed (f->n_x, 101, 1.0f, f->x);
  fill_hashed (f->n_x, 102, 1.0f, f->dx);
  fill_hashed (f->n_y, 103, 1.0f, f->v);
  for (guint b = 0; b < c->batch; b++)
    {
      f->sigma[b] = 0.05 * pow (4.0, b);
      f->label[b] = (b + 1) % (c->shape.n_labels + 1);
    }
}

/* Every `step`th value. */
static void
check_golden (const PisdArray *golden, const float *values, gsize n, guint step)
{
  double most = 0.0, off = 0.0;

  g_assert_cmpuint (pisd_array_get_n (golden), ==, (n + step - 1) / step);
  for (gsize i = 0; i < pisd_array_get_n (golden); i++)
    {
      most = MAX (most, fabs (golden->data[i]));
      off = MAX (off, fabs (golden->data[i] - values[i * step]));
    }
  g_test_message ("%s: off by %.3g of the largest", golden->name, off / most);
  test_assert_below (off / most, 1e-5);
}

static void
test_golden (gconstpointer data)
{
  const Golden *golden = data;
  const char *const names[] = { "y", "dy", "gx", "gradient", NULL };
  g_autofree char *file = g_strdup_printf ("network-%s.npz", golden->c.name);
  g_autofree char *path = g_build_filename (g_getenv ("PISD_TEST_DATA"), file, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) arrays = pisd_npz_read (path, names, 100000, &error);
  Fixture f;

  g_assert_no_error (error);
  fixture_init (&f, &golden->c);
  fill_golden (&f, &golden->c);
  fixture_forward (&f);
  pisd_network_pass_jvp (f.pass, f.dx, f.dy);
  pisd_network_pass_backward (f.pass, f.v, f.gx, f.gradient);
  check_golden (arrays->pdata[0], f.y, f.n_y, 1);
  check_golden (arrays->pdata[1], f.dy, f.n_y, 1);
  check_golden (arrays->pdata[2], f.gx, f.n_x, 1);
  check_golden (arrays->pdata[3], f.gradient, f.n_parameters, 3);
  fixture_clear (&f);
}

static const TestCheck golden_checks[] = { { "golden", test_golden } };

/* A new network adds nothing. */
static void
test_new (void)
{
  const Case *c = &cases[0];
  Fixture f;

  fixture_init (&f, c);
  pisd_network_initialise (&c->shape, 3, f.parameters);
  fixture_forward (&f);
  g_assert_cmpfloat (dot (f.y, f.y, f.n_y), ==, 0.0);
  fixture_clear (&f);
}

/* Tensors follow one another without a gap, each with a name of its own. */
static void
test_tensors (void)
{
  const PisdNetworkShape *shape = &cases[2].shape;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gsize end = 0;

  for (guint i = 0; i < pisd_network_get_n_tensors (shape); i++)
    {
      PisdNetworkTensor tensor;
      gsize n = 1;

      pisd_network_get_tensor (shape, i, &tensor);
      for (guint k = 0; k < tensor.rank; k++)
        n *= tensor.dims[k];
      g_assert_cmpuint (tensor.offset, ==, end);
      g_assert_cmpuint (tensor.n, ==, n);
      g_assert_true (g_hash_table_add (names, g_strdup (tensor.name)));
      end += n;
    }
  g_assert_cmpuint (end, ==, pisd_network_get_n_parameters (shape));
}

/* What is no network is refused, with its number. */
static void
test_refused (void)
{
  const struct
  {
    PisdNetworkShape shape;
    const char *message;
  } wrong[] = {
    { { 0, 2, 1, 16, 1, 1, 0, FALSE }, "w: a network's side is 0, expected 2 to 1024" },
    { { 8, 0, 1, 16, 1, 1, 0, FALSE }, "w: a network's n_in is 0, expected 1 to 1024" },
    { { 8, 2, 1, 24, 1, 1, 0, FALSE }, "w: a network's width is 24, expected a multiple of 16" },
    { { 10, 2, 1, 16, 1, 3, 0, FALSE },
      "w: a network's side is 10, with 3 levels expected a multiple of 4 and 2 at least on the "
      "last one" },
    { { 8, 2, 1, 16, 1, 7, 0, FALSE }, "w: a network's n_levels is 7, expected 1 to 6" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (pisd_network_shape_check (&wrong[i].shape, "w", &error));
      g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
      g_assert_cmpstr (error->message, ==, wrong[i].message);
    }
}

#ifdef PISD_WITH_ONEDNN
/* Both backends compute the same function and derivatives. */
static void
test_backends (gconstpointer data)
{
  Case plain = *(const Case *) data;
  Fixture f, oracle;

  fixture_init (&f, data);
  plain.backend = PISD_BACKEND_PLAIN;
  fixture_init (&oracle, &plain);
  pisd_network_pass_jvp (f.pass, f.dx, f.dy);
  pisd_network_pass_jvp (oracle.pass, oracle.dx, oracle.dy);
  pisd_network_pass_backward (f.pass, f.v, f.gx, f.gradient);
  pisd_network_pass_backward (oracle.pass, oracle.v, oracle.gx, oracle.gradient);
  test_assert_below (difference (f.y, oracle.y, f.n_y), 1e-5);
  test_assert_below (difference (f.dy, oracle.dy, f.n_y), 1e-5);
  test_assert_below (difference (f.gx, oracle.gx, f.n_x), 1e-5);
  test_assert_below (difference (f.gradient, oracle.gradient, f.n_parameters), 1e-5);
  fixture_clear (&oracle);
  fixture_clear (&f);
}

static const TestCheck backend_checks[] = { { "backends", test_backends } };
#endif

/* Threads of this process. */
static guint
count_threads (void)
{
  g_autoptr (GDir) directory = g_dir_open ("/proc/self/task", 0, NULL);
  guint n = 0;

  while (directory != NULL && g_dir_read_name (directory) != NULL)
    n++;
  return n;
}

/* How many threads a pass makes. */
static gpointer
learn_in_thread (gpointer data)
{
  const guint before = count_threads ();
  Fixture f;
  guint after;

  fixture_init (&f, data);
  pisd_network_pass_backward (f.pass, f.v, f.gx, f.gradient);
  after = count_threads ();
  fixture_clear (&f);
  return GUINT_TO_POINTER (after - before);
}

/* None, whichever thread it is planned and used in. */
static void
test_threads (void)
{
  const Case *c = &cases[G_N_ELEMENTS (cases) - 1];
  GThread *thread;

  g_assert_cmpuint (GPOINTER_TO_UINT (learn_in_thread ((gpointer) c)), ==, 0);
  thread = g_thread_new ("network", learn_in_thread, (gpointer) c);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_thread_join (thread)), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  test_add_cases ("/engine/network", checks, cases);
#ifdef PISD_WITH_ONEDNN
  test_add_cases_of ("/engine/network", backend_checks, G_N_ELEMENTS (backend_checks),
                     cases + G_N_ELEMENTS (cases) / 2, sizeof *cases, G_N_ELEMENTS (cases) / 2);
#endif
  test_add_cases ("/engine/network", golden_checks, goldens);
  g_test_add_func ("/engine/network/new", test_new);
  g_test_add_func ("/engine/network/tensors", test_tensors);
  g_test_add_func ("/engine/network/refused", test_refused);
  g_test_add_func ("/engine/network/threads", test_threads);
  return g_test_run ();
}
