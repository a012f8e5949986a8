/* oneDNN, version 3: a convolution is described by what carries it out, the quickest first.
 *
 * Of Winograd's algorithm nothing is left in it on these machines; its direct one is asked for. */
#include "pisd-onednn.h"

static const dnnl_dims_t strides = { 1, 1 }, none = { 0, 0 };

PisdOnednnLayout *
pisd_onednn_layout_new (const dnnl_dims_t dims, dnnl_format_tag_t tag)
{
  dnnl_memory_desc_t layout;

  PISD_ONEDNN_CHECK (dnnl_memory_desc_create_with_tag (&layout, 4, dims, dnnl_f32, tag));
  return layout;
}

void
pisd_onednn_layout_free (PisdOnednnLayout *layout)
{
  if (layout != NULL)
    dnnl_memory_desc_destroy (layout);
}

static dnnl_primitive_desc_t
find_forward (const PisdOnednnConvolution *self,
              dnnl_prop_kind_t kind,
              const_dnnl_primitive_attr_t attributes)
{
  dnnl_primitive_desc_t found;

  PISD_ONEDNN_CHECK (dnnl_convolution_forward_primitive_desc_create (
      &found, self->engine, kind, dnnl_convolution_direct, self->x, self->weights, NULL, self->y,
      strides, none, none, none, attributes));
  return found;
}

dnnl_primitive_desc_t
pisd_onednn_find (const PisdOnednnConvolution *self, const_dnnl_primitive_attr_t attributes)
{
  dnnl_primitive_desc_t found, forward;

  if (self->kind != dnnl_backward_weights)
    return find_forward (self, self->kind, attributes);
  forward = find_forward (self, dnnl_forward_training, NULL);
  PISD_ONEDNN_CHECK (dnnl_convolution_backward_weights_primitive_desc_create (
      &found, self->engine, dnnl_convolution_direct, self->x, self->weights, NULL, self->y, strides,
      none, none, none, forward, attributes));
  dnnl_primitive_desc_destroy (forward);
  return found;
}
