/* Convolutions by oneDNN; where its versions differ stands in pisd-onednn.h.
 *
 * Channels lie in blocks of as many as the machine's vectors hold; the library itself stores what
 * does not fill one as zeros.  The library runs on OpenMP, whose teams belong to the thread that
 * asks: each thread of ours says that its own has one member. */
#include "pisd-convolution-private.h"
#include "pisd-onednn.h"

#include <omp.h>
#include <string.h>

#define N_TAPS 9

typedef struct
{
  dnnl_engine_t engine;
  dnnl_stream_t stream;
  PisdConvolutionScratch scratch;
} Means;

/* A primitive and what it is given, in the library's own order. */
typedef struct
{
  dnnl_primitive_t primitive;
  dnnl_memory_t x, weights, y, scratch;
} Call;

typedef struct
{
  Means *means;
  guint batch, side, n_in, n_out;
  guint stored_in, stored_out; /* of whole blocks */
  float *ordered;              /* [stored_out, stored_in, 3, 3] */
  dnnl_memory_t ordered_memory;
  Call forward, gradient;        /* the gradient's weights are their derivatives */
  dnnl_primitive_t pack, unpack; /* from `ordered`, and to it */
} Plan;

static void
enter (void)
{
  omp_set_num_threads (1);
}

static gpointer
means_new (void)
{
  Means *self = g_new0 (Means, 1);

  PISD_ONEDNN_CHECK (dnnl_engine_create (&self->engine, dnnl_cpu, 0));
  PISD_ONEDNN_CHECK (dnnl_stream_create (&self->stream, self->engine, dnnl_stream_default_flags));
  return self;
}

static void
means_free (gpointer means)
{
  Means *self = means;

  dnnl_stream_destroy (self->stream);
  dnnl_engine_destroy (self->engine);
  g_aligned_free (self->scratch.memory);
  g_free (self);
}

/* The library's instruction sets are sets of bits. */
static guint
get_vector (void)
{
  const guint wide = dnnl_cpu_isa_avx512_core;

  return (dnnl_get_effective_cpu_isa () & wide) == wide ? 16 : 8;
}

static guint
get_block (guint n_channels)
{
  return get_vector ();
}

static guint
round_up (guint n)
{
  guint vector = get_vector ();

  return (n + vector - 1) / vector * vector;
}

/* A grid's, padded or dense. */
static PisdOnednnLayout *
describe_grid (const Plan *self, guint n_channels, guint side)
{
  const dnnl_dims_t dims = { self->batch, n_channels, side, side };

  return pisd_onednn_layout_new (dims, get_vector () == 16 ? dnnl_nChw16c : dnnl_nChw8c);
}

static PisdOnednnLayout *
describe_weights (const Plan *self, dnnl_format_tag_t tag)
{
  const dnnl_dims_t dims = { self->stored_out, self->stored_in, 3, 3 };

  return pisd_onednn_layout_new (dims, tag);
}

/* The caller destroys it. */
static dnnl_primitive_desc_t
find_implementation (const Plan *self,
                     dnnl_prop_kind_t kind,
                     const PisdOnednnLayout *x,
                     const PisdOnednnLayout *y)
{
  g_autoptr (PisdOnednnLayout) weights = describe_weights (self, dnnl_format_tag_any);
  const PisdOnednnConvolution convolution = { self->means->engine, kind, x, weights, y };
  dnnl_primitive_attr_t attributes;
  dnnl_primitive_desc_t found;

  PISD_ONEDNN_CHECK (dnnl_primitive_attr_create (&attributes));
  PISD_ONEDNN_CHECK (
      dnnl_primitive_attr_set_scratchpad_mode (attributes, dnnl_scratchpad_mode_user));
  found = pisd_onednn_find (&convolution, attributes);
  dnnl_primitive_attr_destroy (attributes);
  return found;
}

static dnnl_memory_t
memory_new (const Plan *self, const PisdOnednnLayout *layout, void *handle)
{
  dnnl_memory_t memory;

  PISD_ONEDNN_CHECK (dnnl_memory_create (&memory, layout, self->means->engine, handle));
  return memory;
}

/* Plans one kind of call, with its own memory for weights. */
static void
plan_call (Plan *self, dnnl_prop_kind_t kind, Call *call)
{
  g_autoptr (PisdOnednnLayout) x = describe_grid (self, self->stored_in, self->side + 2);
  g_autoptr (PisdOnednnLayout) y = describe_grid (self, self->stored_out, self->side);
  dnnl_query_t which =
      kind == dnnl_backward_weights ? dnnl_query_diff_weights_md : dnnl_query_weights_md;
  dnnl_primitive_desc_t desc = find_implementation (self, kind, x, y);
  const PisdOnednnLayout *scratch =
      dnnl_primitive_desc_query_md (desc, dnnl_query_scratchpad_md, 0);

  PISD_ONEDNN_CHECK (dnnl_primitive_create (&call->primitive, desc));
  call->x = memory_new (self, x, DNNL_MEMORY_NONE);
  call->y = memory_new (self, y, DNNL_MEMORY_NONE);
  call->weights =
      memory_new (self, dnnl_primitive_desc_query_md (desc, which, 0), DNNL_MEMORY_ALLOCATE);
  call->scratch = memory_new (self, scratch, DNNL_MEMORY_NONE);
  pisd_convolution_scratch_require (&self->means->scratch,
                                    dnnl_memory_desc_get_size (scratch) / sizeof (float) + 1);
  dnnl_primitive_desc_destroy (desc);
}

static const PisdOnednnLayout *
get_layout (dnnl_memory_t memory)
{
  const PisdOnednnLayout *layout;

  PISD_ONEDNN_CHECK (dnnl_memory_get_memory_desc (memory, &layout));
  return layout;
}

static dnnl_primitive_t
plan_reorder (const Plan *self, dnnl_memory_t from, dnnl_memory_t to)
{
  dnnl_engine_t engine = self->means->engine;
  dnnl_primitive_desc_t desc;
  dnnl_primitive_t primitive;

  PISD_ONEDNN_CHECK (dnnl_reorder_primitive_desc_create (&desc, get_layout (from), engine,
                                                         get_layout (to), engine, NULL));
  PISD_ONEDNN_CHECK (dnnl_primitive_create (&primitive, desc));
  dnnl_primitive_desc_destroy (desc);
  return primitive;
}

static gpointer
plan_new (gpointer means, guint batch, guint side, guint n_in, guint n_out)
{
  Plan *self = g_new0 (Plan, 1);
  g_autoptr (PisdOnednnLayout) ordered = NULL;

  self->means = means;
  self->batch = batch;
  self->side = side;
  self->n_in = n_in;
  self->n_out = n_out;
  self->stored_in = round_up (n_in);
  self->stored_out = round_up (n_out);
  self->ordered = pisd_convolution_allocate (N_TAPS * self->stored_in * self->stored_out);
  ordered = describe_weights (self, dnnl_oihw);
  self->ordered_memory = memory_new (self, ordered, self->ordered);
  plan_call (self, dnnl_forward_inference, &self->forward);
  self->pack = plan_reorder (self, self->ordered_memory, self->forward.weights);
  return self;
}

static void
call_clear (Call *call)
{
  dnnl_primitive_destroy (call->primitive);
  dnnl_memory_destroy (call->x);
  dnnl_memory_destroy (call->y);
  dnnl_memory_destroy (call->weights);
  dnnl_memory_destroy (call->scratch);
}

static void
plan_free (gpointer plan)
{
  Plan *self = plan;

  call_clear (&self->forward);
  dnnl_primitive_destroy (self->pack);
  if (self->gradient.primitive != NULL)
    {
      call_clear (&self->gradient);
      dnnl_primitive_destroy (self->unpack);
    }
  dnnl_memory_destroy (self->ordered_memory);
  g_aligned_free (self->ordered);
  g_free (self);
}

static void
execute (const Plan *self, dnnl_primitive_t primitive, gsize n, const dnnl_exec_arg_t *arguments)
{
  PISD_ONEDNN_CHECK (dnnl_primitive_execute (primitive, self->means->stream, n, arguments));
  PISD_ONEDNN_CHECK (dnnl_stream_wait (self->means->stream));
}

static void
reorder (const Plan *self, dnnl_primitive_t primitive, dnnl_memory_t from, dnnl_memory_t to)
{
  const dnnl_exec_arg_t arguments[] = { { DNNL_ARG_FROM, from }, { DNNL_ARG_TO, to } };

  execute (self, primitive, G_N_ELEMENTS (arguments), arguments);
}

static void
load (gpointer plan, const float *weights)
{
  Plan *self = plan;
  gsize line = N_TAPS * self->n_in;

  memset (self->ordered, 0, sizeof (float) * N_TAPS * self->stored_in * self->stored_out);
  for (guint o = 0; o < self->n_out; o++)
    memcpy (self->ordered + (gsize) o * N_TAPS * self->stored_in, weights + o * line,
            line * sizeof (float));
  reorder (self, self->pack, self->ordered_memory, self->forward.weights);
}

/* The library's handles are not const; what it is given as a source it only reads. */
static void
call_bind (const Plan *self, const Call *call, const float *x, const float *y)
{
  PISD_ONEDNN_CHECK (dnnl_memory_set_data_handle (call->x, (void *) x));
  PISD_ONEDNN_CHECK (dnnl_memory_set_data_handle (call->y, (void *) y));
  PISD_ONEDNN_CHECK (dnnl_memory_set_data_handle (call->scratch, self->means->scratch.memory));
}

static void
apply (gpointer plan, const float *x, float *y)
{
  Plan *self = plan;
  const dnnl_exec_arg_t arguments[] = { { DNNL_ARG_SRC, self->forward.x },
                                        { DNNL_ARG_WEIGHTS, self->forward.weights },
                                        { DNNL_ARG_DST, self->forward.y },
                                        { DNNL_ARG_SCRATCHPAD, self->forward.scratch } };

  call_bind (self, &self->forward, x, y);
  execute (self, self->forward.primitive, G_N_ELEMENTS (arguments), arguments);
}

static void
plan_gradient (Plan *self)
{
  plan_call (self, dnnl_backward_weights, &self->gradient);
  self->unpack = plan_reorder (self, self->gradient.weights, self->ordered_memory);
}

static void
add_gradient (gpointer plan, const float *x, const float *v, float *gweights)
{
  Plan *self = plan;
  gsize line = N_TAPS * self->n_in;

  if (self->gradient.primitive == NULL)
    plan_gradient (self);
  {
    const dnnl_exec_arg_t arguments[] = { { DNNL_ARG_SRC, self->gradient.x },
                                          { DNNL_ARG_DIFF_WEIGHTS, self->gradient.weights },
                                          { DNNL_ARG_DIFF_DST, self->gradient.y },
                                          { DNNL_ARG_SCRATCHPAD, self->gradient.scratch } };

    call_bind (self, &self->gradient, x, v);
    execute (self, self->gradient.primitive, G_N_ELEMENTS (arguments), arguments);
  }
  reorder (self, self->unpack, self->gradient.weights, self->ordered_memory);
  for (guint o = 0; o < self->n_out; o++)
    for (gsize i = 0; i < line; i++)
      gweights[o * line + i] += self->ordered[(gsize) o * N_TAPS * self->stored_in + i];
}

const PisdConvolutionOps pisd_convolution_onednn = {
  means_new, means_free, get_block, enter, plan_new, plan_free, load, apply, add_gradient,
};
