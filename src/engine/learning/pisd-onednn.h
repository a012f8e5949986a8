/* What oneDNN's versions 2 and 3 call differently: how a layout is described, and how one of the
 * library's implementations of a convolution is found.
 *
 * A failure of the library, which only a caller's mistake or a lack of memory can cause, ends the
 * program.
 *
 * Threads: the library's. */
#pragma once

#include <dnnl.h>
#include <glib.h>

G_BEGIN_DECLS

/* How an array lies in memory.  Both versions take layouts by address. */
#if DNNL_VERSION_MAJOR == 2
typedef dnnl_memory_desc_t PisdOnednnLayout;
#else
typedef struct dnnl_memory_desc PisdOnednnLayout;
#endif

/* Of single-precision numbers in four dimensions. */
PisdOnednnLayout *pisd_onednn_layout_new (const dnnl_dims_t dims, dnnl_format_tag_t tag);
void pisd_onednn_layout_free (PisdOnednnLayout *layout); /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdOnednnLayout, pisd_onednn_layout_free)

/* A convolution without strides and padding, or the derivative of its weights, where kind is
 * dnnl_backward_weights. */
typedef struct
{
  dnnl_engine_t engine;
  dnnl_prop_kind_t kind;
  const PisdOnednnLayout *x, *weights, *y;
} PisdOnednnConvolution;

/* The quickest implementation that the library has; the caller destroys it. */
dnnl_primitive_desc_t pisd_onednn_find (const PisdOnednnConvolution *convolution,
                                        const_dnnl_primitive_attr_t attributes);

static inline void
pisd_onednn_check (dnnl_status_t status, const char *what)
{
  if (G_UNLIKELY (status != dnnl_success))
    g_error ("oneDNN: %s failed with status %d", what, status);
}

#define PISD_ONEDNN_CHECK(call) pisd_onednn_check ((call), #call)

G_END_DECLS
