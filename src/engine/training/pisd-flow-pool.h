/* Flows that were simulated once and are used again, by all threads of a training.
 *
 * A flow is known by its number, and is the same one whoever simulates it and when.
 *
 * Threads: any. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The most flows, and how often each is used on average before there is another one. */
#define PISD_FLOW_POOL_MOST 4096
#define PISD_FLOW_POOL_USES 8

typedef struct _PisdFlowPool PisdFlowPool;

PisdFlowPool *pisd_flow_pool_new (void);
void pisd_flow_pool_free (PisdFlowPool *pool); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdFlowPool, pisd_flow_pool_free)

/* How many flows those before number `index` of a training may be of. */
guint pisd_flow_pool_count (guint64 index);
/* NULL: nobody has simulated it yet. */
const float *pisd_flow_pool_get (PisdFlowPool *pool, guint number);
/* Takes the flow over and returns it, or one that was there already. */
const float *pisd_flow_pool_take (PisdFlowPool *pool, guint number, float *flow);

G_END_DECLS
