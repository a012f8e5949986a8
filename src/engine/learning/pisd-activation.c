#include "pisd-activation.h"

#include <glib/gi18n-lib.h>

#include "pisd-activation-kernels.h"
#include "pisd-error.h"

static const PisdActivationTraits table[PISD_N_ACTIVATIONS] = {
  [PISD_ACTIVATION_LOGISTIC] = { "logistic", N_ ("Logistic"), TRUE,
                                 pisd_activation_kernel_logistic },
  [PISD_ACTIVATION_TANH] = { "tanh", "tanh", TRUE, pisd_activation_kernel_tanh },
  [PISD_ACTIVATION_SOFTPLUS] = { "softplus", "Softplus", TRUE, pisd_activation_kernel_softplus },
  [PISD_ACTIVATION_GELU] = { "gelu", "GELU", TRUE, pisd_activation_kernel_gelu },
  [PISD_ACTIVATION_SWISH] = { "swish", "Swish", TRUE, pisd_activation_kernel_swish },
  [PISD_ACTIVATION_ELU] = { "elu", "ELU", TRUE, pisd_activation_kernel_elu },
  [PISD_ACTIVATION_RELU] = { "relu", "ReLU", FALSE, pisd_activation_kernel_relu },
  [PISD_ACTIVATION_IDENTITY] = { "identity", N_ ("Identity"), TRUE,
                                 pisd_activation_kernel_identity },
};

const PisdActivationTraits *
pisd_activation_get_traits (PisdActivation activation)
{
  g_return_val_if_fail (activation < PISD_N_ACTIVATIONS, NULL);

  return &table[activation];
}

gboolean
pisd_activation_parse (const char *name, PisdActivation *activation, GError **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *quoted = NULL;

  for (guint i = 0; i < PISD_N_ACTIVATIONS; i++)
    {
      if (g_str_equal (name, table[i].name))
        {
          *activation = i;
          return TRUE;
        }
      g_string_append_printf (names, "%s%s", i == 0 ? "" : ", ", table[i].name);
    }
  quoted = pisd_error_quote (name);
  return pisd_error_fail (error, PISD_ERROR_UNKNOWN, "activation %s is not known; there are %s",
                          quoted, names->str);
}
