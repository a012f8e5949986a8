#include "pisd-training-start.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"
#include "pisd-safetensors-writer.h"
#include "pisd-training-latents.h"
#include "pisd-weights.h"

/* A linear denoiser as arrays: see the header. */
typedef struct
{
  PisdTrainingTools *tools;
  const PisdModes *modes; /* of a frame */
  guint n_frames, side, n_labels;
  float *scale, *jacobian, *value;
} Linear;

static void
linear_init (Linear *self, const PisdTrainingPlan *plan, const PisdTrainingLatents *latents)
{
  gsize n;

  self->tools = pisd_training_tools_new (latents);
  self->modes = pisd_representation_get_modes (self->tools->representations[0], 0);
  self->n_frames = plan->shape.n_out;
  self->side = plan->shape.side;
  self->n_labels = plan->shape.n_labels + 1;
  n = (gsize) self->n_frames * self->side * self->side;
  self->scale = g_new0 (float, n);
  self->jacobian = g_new0 (float, n * self->n_labels * self->n_frames);
  self->value = g_new0 (float, n * self->n_labels);
}

static void
linear_clear (Linear *self)
{
  pisd_training_tools_free (self->tools);
  g_free (self->scale);
  g_free (self->jacobian);
  g_free (self->value);
}

/* A latent's modes, frame by frame `stride` boxes apart, into boxes. */
static void
fill_boxes (const Linear *self, const double *z, gsize stride, float *boxes)
{
  gsize n = (gsize) self->side * self->side;

  for (guint f = 0; f < self->n_frames; f++)
    for (guint i = 0; i < self->modes->n; i++)
      boxes[f * stride * n + self->modes->ky[i] * self->side + self->modes->kx[i]] =
          z[(gsize) f * self->modes->n + i];
}

static void
fill_scale (Linear *self)
{
  const PisdRepresentation *representation = self->tools->representations[0];
  g_autofree double *z = g_new (double, self->tools->n);

  for (guint f = 0; f < pisd_representation_get_n_parts (representation); f++)
    {
      gsize n, offset = pisd_representation_get_offset (representation, f, &n);

      memcpy (z + offset, pisd_representation_get_scale (representation, f), n * sizeof (double));
    }
  fill_boxes (self, z, 1, self->scale);
}

/* All modes of one frame at once, since none tells of another one. */
static void
fill_label (Linear *self, guint label)
{
  gsize n = (gsize) self->side * self->side, n_modes = self->modes->n;
  float *jacobian = self->jacobian + label * self->n_frames * self->n_frames * n;
  g_autofree double *x = g_new0 (double, self->tools->n), *v = g_new (double, self->tools->n);
  PisdDenoiser *denoiser = self->tools->denoisers[label];

  pisd_denoiser_denoise (denoiser, 1.0, x, v);
  fill_boxes (self, v, 1, self->value + label * self->n_frames * n);
  for (guint f = 0; f < self->n_frames; f++)
    {
      memset (v, 0, self->tools->n * sizeof (double));
      for (gsize i = 0; i < n_modes; i++)
        v[f * n_modes + i] = 1.0;
      pisd_denoiser_vjp (denoiser, 1.0, x, v, v);
      fill_boxes (self, v, self->n_frames, jacobian + f * n);
    }
}

static void
describe_number (PisdSafetensorsWriter *writer, const char *key, double value)
{
  char buffer[PISD_NUMBER_SIZE];

  pisd_safetensors_writer_describe (writer, key, pisd_number_format (value, buffer));
}

static void
describe (const PisdTrainingPlan *plan, PisdSafetensorsWriter *writer)
{
  g_autofree char *text = pisd_training_plan_dup_text (plan);

  pisd_safetensors_writer_describe (writer, "version", PISD_VERSION);
  pisd_safetensors_writer_describe (writer, "plan", text);
  describe_number (writer, "rate", plan->rate);
  describe_number (writer, "limit", plan->limit);
  describe_number (writer, "dropout", plan->dropout);
  describe_number (writer, "ln_sigma_mean", plan->ln_sigma_mean);
  describe_number (writer, "ln_sigma_sd", plan->ln_sigma_sd);
  pisd_safetensors_writer_describe_count (writer, "warm_up", plan->n_warm_up);
  pisd_safetensors_writer_describe_count (writer, "batch", plan->batch);
  pisd_safetensors_writer_describe_count (writer, "seed", plan->seed);
}

static void
add_linear (const Linear *self, PisdSafetensorsWriter *writer)
{
  const gsize side = self->side, frames = self->n_frames, labels = self->n_labels;
  const gsize scale[] = { frames, side, side }, value[] = { labels, frames, side, side },
              jacobian[] = { labels, frames, frames, side, side };

  pisd_safetensors_writer_add (writer, "linear.scale", PISD_TENSOR_F32, G_N_ELEMENTS (scale), scale,
                               self->scale);
  pisd_safetensors_writer_add (writer, "linear.jacobian", PISD_TENSOR_F32, G_N_ELEMENTS (jacobian),
                               jacobian, self->jacobian);
  pisd_safetensors_writer_add (writer, "linear.value", PISD_TENSOR_F32, G_N_ELEMENTS (value), value,
                               self->value);
}

static PisdWeights *
make_weights (const PisdTrainingPlan *plan)
{
  g_auto (GStrv) families = pisd_training_plan_dup_families (plan);
  PisdWeights *weights =
      pisd_weights_new (&plan->shape, &plan->settings, (const char *const *) families);

  pisd_network_initialise (&plan->shape, plan->seed, weights->parameters);
  return weights;
}

/* Whether the linear denoiser leaves every mode on its own. */
static gboolean
check_modes (const PisdTrainingPlan *plan, GError **error)
{
  const PisdOperator *row = pisd_operator_get (plan->settings.problem);

  if (row->linear == NULL || plan->shape.n_out == 1)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_RANGE,
                          _ ("start of a training: got the joint space of %s, whose linear "
                             "denoiser mixes modes, expected the decoupled one"),
                          row->name);
}

gboolean
pisd_training_start_save (const PisdTrainingPlan *plan,
                          const char *path,
                          guint n_threads,
                          PisdCancel *cancel,
                          GError **error)
{
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
  g_autoptr (PisdTrainingLatents) latents = NULL;
  g_autoptr (PisdWeights) weights = NULL;
  Linear linear;

  if (!check_modes (plan, error))
    return FALSE;
  latents = pisd_training_latents_new (plan, n_threads, cancel, error);
  if (latents == NULL)
    return FALSE;
  linear_init (&linear, plan, latents);
  fill_scale (&linear);
  for (guint label = 0; label < linear.n_labels; label++)
    fill_label (&linear, label);
  weights = make_weights (plan);
  pisd_weights_write (weights, PISD_TRAINING_START_FORMAT, PISD_TENSOR_F32, writer);
  describe (plan, writer);
  add_linear (&linear, writer);
  linear_clear (&linear);
  return pisd_safetensors_writer_save (writer, path, error);
}
