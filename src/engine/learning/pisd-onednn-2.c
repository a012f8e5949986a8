/* oneDNN, version 2: a convolution is described first, and its implementations are listed.
 *
 * Winograd's algorithm where the library has it for a size, else the direct one. */
#include "pisd-onednn.h"

#include <string.h>

PisdOnednnLayout *
pisd_onednn_layout_new (const dnnl_dims_t dims, dnnl_format_tag_t tag)
{
  PisdOnednnLayout *layout = g_new (PisdOnednnLayout, 1);

  PISD_ONEDNN_CHECK (dnnl_memory_desc_init_by_tag (layout, 4, dims, dnnl_f32, tag));
  return layout;
}

void
pisd_onednn_layout_free (PisdOnednnLayout *layout)
{
  g_free (layout);
}

static void
describe (const PisdOnednnConvolution *self,
          dnnl_prop_kind_t kind,
          dnnl_alg_kind_t algorithm,
          dnnl_convolution_desc_t *desc)
{
  const dnnl_dims_t strides = { 1, 1 }, padding = { 0, 0 };

  if (kind == dnnl_backward_weights)
    PISD_ONEDNN_CHECK (dnnl_convolution_backward_weights_desc_init (
        desc, algorithm, self->x, self->weights, NULL, self->y, strides, padding, padding));
  else
    PISD_ONEDNN_CHECK (dnnl_convolution_forward_desc_init (
        desc, kind, algorithm, self->x, self->weights, NULL, self->y, strides, padding, padding));
}

/* Winograd's algorithm on tiles of 4 x 4 nodes needs 36 products where the direct one has 144, that
 * on tiles of 2 x 2 still 64; the library offers the smaller tiles first where a batch is small. */
static gboolean
has_large_tiles (const_dnnl_primitive_desc_t desc)
{
  const char *name = "";

  PISD_ONEDNN_CHECK (dnnl_primitive_desc_query (desc, dnnl_query_impl_info_str, 0, &name));
  return strstr (name, "wino_4x3") != NULL;
}

/* Of those that the library has for an algorithm the one with the largest tiles, else its first;
 * NULL where it has none. */
static dnnl_primitive_desc_t
choose (const PisdOnednnConvolution *self,
        dnnl_alg_kind_t algorithm,
        const_dnnl_primitive_attr_t attributes,
        const_dnnl_primitive_desc_t hint)
{
  dnnl_convolution_desc_t desc;
  dnnl_primitive_desc_iterator_t offers;
  dnnl_primitive_desc_t first, offer;

  describe (self, self->kind, algorithm, &desc);
  if (dnnl_primitive_desc_iterator_create (&offers, &desc, attributes, self->engine, hint)
      != dnnl_success)
    return NULL;
  first = dnnl_primitive_desc_iterator_fetch (offers);
  for (offer = first; offer != NULL && !has_large_tiles (offer);)
    {
      if (offer != first)
        dnnl_primitive_desc_destroy (offer);
      offer = dnnl_primitive_desc_iterator_next (offers) == dnnl_success
                  ? dnnl_primitive_desc_iterator_fetch (offers)
                  : NULL;
    }
  dnnl_primitive_desc_iterator_destroy (offers);
  if (offer == NULL)
    return first;
  if (offer != first)
    dnnl_primitive_desc_destroy (first);
  return offer;
}

/* What the library wants to know of the convolution whose derivative is asked for. */
static dnnl_primitive_desc_t
describe_forward (const PisdOnednnConvolution *self)
{
  dnnl_convolution_desc_t desc;
  dnnl_primitive_desc_t forward;

  describe (self, dnnl_forward_training, dnnl_convolution_direct, &desc);
  PISD_ONEDNN_CHECK (dnnl_primitive_desc_create (&forward, &desc, NULL, self->engine, NULL));
  return forward;
}

dnnl_primitive_desc_t
pisd_onednn_find (const PisdOnednnConvolution *self, const_dnnl_primitive_attr_t attributes)
{
  dnnl_primitive_desc_t found, hint = NULL;

  if (self->kind == dnnl_backward_weights)
    hint = describe_forward (self);
  found = choose (self, dnnl_convolution_winograd, attributes, hint);
  if (found == NULL)
    found = choose (self, dnnl_convolution_direct, attributes, hint);
  if (hint != NULL)
    dnnl_primitive_desc_destroy (hint);
  pisd_onednn_check (found == NULL ? dnnl_unimplemented : dnnl_success, "convolution");
  return found;
}
