#include "pisd-flow-pool.h"

#include <stdatomic.h>

#define FIRST 32

struct _PisdFlowPool
{
  _Atomic (float *) flows[PISD_FLOW_POOL_MOST]; /* set once */
};

PisdFlowPool *
pisd_flow_pool_new (void)
{
  return g_new0 (PisdFlowPool, 1);
}

void
pisd_flow_pool_free (PisdFlowPool *self)
{
  if (self == NULL)
    return;
  for (guint i = 0; i < PISD_FLOW_POOL_MOST; i++)
    g_free (atomic_load (&self->flows[i]));
  g_free (self);
}

guint
pisd_flow_pool_count (guint64 index)
{
  return MIN (FIRST + index / PISD_FLOW_POOL_USES, PISD_FLOW_POOL_MOST);
}

const float *
pisd_flow_pool_get (PisdFlowPool *self, guint number)
{
  return atomic_load (&self->flows[number]);
}

const float *
pisd_flow_pool_take (PisdFlowPool *self, guint number, float *flow)
{
  float *old = NULL;

  if (atomic_compare_exchange_strong (&self->flows[number], &old, flow))
    return flow;
  g_free (flow);
  return old;
}
