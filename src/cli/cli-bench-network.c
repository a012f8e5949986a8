/* What one pass of a network takes of one thread, for shapes to choose from: the forward pass, its
 * transpose, which a guided step needs too, its tangent, and the gradients of training. */
#include "cli-bench.h"

#include <time.h>

#include "pisd-network.h"
#include "pisd-sort.h"

typedef struct
{
  const char *name;
  PisdNetworkShape shape;
} Shape;

/* Sources at the bundled K, and ten frames. */
static const Shape shapes[] = {
  { "a, 32 channels, 4 blocks", { 44, 2, 1, 32, 4, 1, 3, FALSE } },
  { "a, 48 channels, 4 blocks", { 44, 2, 1, 48, 4, 1, 3, FALSE } },
  { "a, 48 channels, 6 blocks", { 44, 2, 1, 48, 6, 1, 3, FALSE } },
  { "a, 64 channels, 4 blocks", { 44, 2, 1, 64, 4, 1, 3, FALSE } },
  { "a, 48 channels, 2 levels of 2 blocks", { 44, 2, 1, 48, 2, 2, 3, FALSE } },
  { "a, 64 channels, 3 levels of 1 block", { 44, 2, 1, 64, 1, 3, 3, FALSE } },
  { "w, 64 channels, 6 blocks", { 32, 20, 10, 64, 6, 1, 1, TRUE } },
  { "w, 64 channels, 2 levels of 2 blocks", { 32, 20, 10, 64, 2, 2, 1, TRUE } },
};

#define TRAINING_BATCH 16

typedef struct
{
  PisdNetworkPass *pass;
  guint batch, *label;
  float *parameters, *gradient, *sigma, *x, *y, *gx;
} Tools;

static void
tools_init (Tools *self, const PisdNetworkShape *shape, PisdBackend backend, guint batch)
{
  gsize nodes = (gsize) batch * shape->side * shape->side,
        n_parameters = pisd_network_get_n_parameters (shape);

  self->batch = batch;
  self->pass = pisd_network_pass_new (shape, backend, batch);
  self->parameters = g_new (float, n_parameters);
  self->gradient = g_new0 (float, n_parameters);
  pisd_network_initialise (shape, 1, self->parameters);
  self->label = g_new0 (guint, batch);
  self->sigma = g_new (float, batch);
  for (guint b = 0; b < batch; b++)
    self->sigma[b] = 1.0f;
  self->x = g_new0 (float, nodes * shape->n_in);
  self->gx = g_new0 (float, nodes * shape->n_in);
  self->y = g_new0 (float, nodes * shape->n_out);
  pisd_network_pass_load (self->pass, self->parameters);
}

static void
tools_clear (Tools *self)
{
  pisd_network_pass_free (self->pass);
  g_free (self->parameters);
  g_free (self->gradient);
  g_free (self->label);
  g_free (self->sigma);
  g_free (self->x);
  g_free (self->gx);
  g_free (self->y);
}

static void
forward (Tools *self)
{
  pisd_network_pass_forward (self->pass, self->x, self->sigma, self->label, self->y);
}

static void
transpose (Tools *self)
{
  pisd_network_pass_vjp (self->pass, self->y, self->gx);
}

static void
push (Tools *self)
{
  pisd_network_pass_jvp (self->pass, self->x, self->y);
}

static void
learn (Tools *self)
{
  forward (self);
  pisd_network_pass_backward (self->pass, self->y, NULL, self->gradient);
}

/* Milliseconds that this thread has computed: what others do on the machine is left out. */
static double
get_cpu_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return 1e3 * now.tv_sec + 1e-6 * now.tv_nsec;
}

/* Milliseconds of the median call a field, after one that plans. */
static double
measure (Tools *self, void (*call) (Tools *self), guint n_repeats)
{
  g_autofree double *times = g_new (double, n_repeats);

  call (self);
  for (guint i = 0; i < n_repeats; i++)
    {
      double start = get_cpu_time ();

      call (self);
      times[i] = (get_cpu_time () - start) / self->batch;
    }
  return pisd_sort_median (n_repeats, times);
}

static CliRow
measure_shape (const Shape *shape, PisdBackend backend, guint n_repeats)
{
  Tools one, many;
  double forward_time, vjp, jvp, training;

  tools_init (&one, &shape->shape, backend, 1);
  tools_init (&many, &shape->shape, backend, TRAINING_BATCH);
  forward_time = measure (&one, forward, n_repeats);
  vjp = measure (&one, transpose, n_repeats);
  jvp = measure (&one, push, n_repeats);
  training = measure (&many, learn, n_repeats);
  tools_clear (&one);
  tools_clear (&many);
  return cli_row (
      g_strdup_printf ("%s, %s", shape->name, pisd_backend_get_name (backend)), forward_time + vjp,
      "ms",
      g_strdup_printf ("forward %.3g + vjp %.3g, jvp %.3g; training %.3g a field, batch %u; %.3g "
                       "million parameters",
                       forward_time, vjp, jvp, training, TRAINING_BATCH,
                       1e-6 * pisd_network_get_n_parameters (&shape->shape)));
}

/* Whether it is one for an equation that was asked for. */
static gboolean
is_wanted (const CliBenchOptions *options, const Shape *shape)
{
  for (guint p = 0; p < pisd_operator_get_n (); p++)
    if ((options->problems >> p & 1) != 0
        && (pisd_operator_get (p)->linear == NULL) == shape->shape.is_periodic)
      return TRUE;
  return FALSE;
}

gboolean
cli_bench_network (const CliBenchOptions *options, CliTable *table, GError **error)
{
  cli_signals_begin_run (options->signals);
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    for (guint b = 0; b < PISD_N_BACKENDS; b++)
      {
        if (!cli_bench_may_go_on (options, error))
          return FALSE;
        if (pisd_backend_is_available (b) && is_wanted (options, &shapes[i]))
          cli_table_add (table, measure_shape (&shapes[i], b, options->n_repeats));
      }
  return TRUE;
}
