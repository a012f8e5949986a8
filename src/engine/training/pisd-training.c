#include "pisd-training.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-parallel.h"
#include "pisd-safetensors-writer.h"
#include "pisd-safetensors.h"
#include "pisd-training-errors.h"

#define PARTS PISD_TRAINING_PARTS
/* Keys of a saved state's metadata. */
#define FORMAT "format"
#define FORMAT_NAME "pisd-checkpoint"
#define FORMAT_VERSION "1"
#define VERSION "format_version"
#define PLAN "plan"
#define STEP "step"
#define STEPS "steps"

struct _PisdTraining
{
  PisdTrainingPlan plan;
  PisdTrainingLatents *latents;
  PisdTrainingCrew *crew;
  PisdAdam *adam;
  float *gradients; /* [PARTS, n_parameters] */
  double losses[PARTS];
  PisdErrorTable *errors; /* of the parameters as they are; or NULL */
};

PisdTraining *
pisd_training_new (const PisdTrainingPlan *plan,
                   guint n_threads,
                   PisdCancel *cancel,
                   GError **error)
{
  gsize n = pisd_network_get_n_parameters (&plan->shape);
  g_autofree float *parameters = g_new (float, n);
  g_autoptr (PisdTraining) self = g_new0 (PisdTraining, 1);

  g_return_val_if_fail (plan->batch > 0 && plan->batch % PARTS == 0, NULL);

  self->plan = *plan;
  self->latents = pisd_training_latents_new (&self->plan, n_threads, cancel, error);
  if (self->latents == NULL)
    return NULL;
  self->crew = pisd_training_crew_new (&self->plan, self->latents, plan->batch / PARTS, n_threads);
  pisd_network_initialise (&plan->shape, plan->seed, parameters);
  self->adam = pisd_adam_new (n, parameters);
  self->gradients = g_new (float, PARTS *n);
  return g_steal_pointer (&self);
}

void
pisd_training_free (PisdTraining *self)
{
  if (self == NULL)
    return;
  pisd_training_crew_free (self->crew);
  pisd_training_latents_free (self->latents);
  pisd_adam_free (self->adam);
  pisd_error_table_free (self->errors);
  g_free (self->gradients);
  g_free (self);
}

const PisdTrainingPlan *
pisd_training_get_plan (const PisdTraining *self)
{
  return &self->plan;
}

void
pisd_training_set_n_steps (PisdTraining *self, guint64 n_steps)
{
  self->plan.n_steps = n_steps;
}

guint64
pisd_training_get_step (const PisdTraining *self)
{
  return self->adam->n_steps;
}

const PisdAdam *
pisd_training_get_state (const PisdTraining *self)
{
  return self->adam;
}

static void
step_part (guint number, gpointer data)
{
  PisdTraining *self = data;
  guint64 first = self->adam->n_steps * self->plan.batch + number * (self->plan.batch / PARTS);
  PisdTrainingPart *part = pisd_training_crew_take (self->crew);

  self->losses[number] =
      pisd_training_part_step (part, first, self->gradients + number * self->adam->n);
  pisd_training_crew_give (self->crew, part);
}

/* The first part's gradient becomes the sum of all, in the order of the parts. */
static void
add_parts (PisdTraining *self)
{
  gsize n = self->adam->n;

  for (guint p = 1; p < PARTS; p++)
    for (gsize i = 0; i < n; i++)
      self->gradients[i] += self->gradients[p * n + i];
}

/* The table of the parameters as they are becomes that one; NULL: nothing is known of them. */
static void
take_errors (PisdTraining *self, PisdErrorTable *errors)
{
  pisd_training_crew_set_errors (self->crew, errors);
  pisd_error_table_free (self->errors);
  self->errors = errors;
}

gboolean
pisd_training_step (PisdTraining *self, PisdCancel *cancel, PisdTrainingReport *report)
{
  take_errors (self, NULL);
  pisd_training_crew_set_parameters (self->crew, self->adam->parameters);
  if (!pisd_parallel (PARTS, pisd_training_crew_get_n (self->crew), cancel, step_part, self))
    return FALSE;
  add_parts (self);
  report->loss = 0.0;
  for (guint p = 0; p < PARTS; p++)
    report->loss += self->losses[p];
  report->rate = pisd_training_plan_get_rate (&self->plan, self->adam->n_steps);
  report->norm = pisd_adam_step (self->adam, self->gradients, report->rate, self->plan.limit,
                                 self->plan.decay);
  return TRUE;
}

PisdValidation *
pisd_training_new_validation (PisdTraining *self, guint n_fields, guint n_draws, PisdCancel *cancel)
{
  pisd_training_crew_set_parameters (self->crew, self->adam->average);
  return pisd_validation_new (&self->plan, self->crew, self->plan.batch / PARTS, n_fields, n_draws,
                              cancel);
}

gboolean
pisd_training_validate (PisdTraining *self,
                        PisdValidation *validation,
                        PisdCancel *cancel,
                        PisdValidationRow *rows)
{
  pisd_training_crew_set_parameters (self->crew, self->adam->average);
  return pisd_validation_measure (validation, cancel, rows);
}

void
pisd_training_set_parameters (PisdTraining *self,
                              const float *parameters,
                              const PisdErrorTable *errors)
{
  gsize size = self->adam->n * sizeof *parameters;

  memcpy (self->adam->parameters, parameters, size);
  memcpy (self->adam->average, parameters, size);
  take_errors (self, pisd_error_table_dup (errors));
}

const PisdErrorTable *
pisd_training_get_errors (const PisdTraining *self)
{
  return self->errors;
}

gboolean
pisd_training_measure_errors (PisdTraining *self, guint n_fields, PisdCancel *cancel)
{
  guint batch = self->plan.batch / PARTS;
  PisdErrorTable *errors;

  pisd_training_crew_set_parameters (self->crew, self->adam->average);
  errors = pisd_training_errors_measure (&self->plan, self->crew, batch,
                                         (n_fields + batch - 1) / batch * batch, cancel);
  if (errors == NULL)
    return FALSE;
  take_errors (self, errors);
  return TRUE;
}

/* The arrays of a state, by name. */
#define N_ARRAYS 4
static const char *const array_names[N_ARRAYS] = { "parameters", "average", "mean", "square" };

static void
get_arrays (const PisdAdam *adam, float *arrays[N_ARRAYS])
{
  arrays[0] = adam->parameters;
  arrays[1] = adam->average;
  arrays[2] = adam->mean;
  arrays[3] = adam->square;
}

gboolean
pisd_training_save (const PisdTraining *self, const char *path, GError **error)
{
  g_autoptr (PisdSafetensorsWriter) writer = pisd_safetensors_writer_new ();
  g_autofree char *plan = pisd_training_plan_dup_text (&self->plan);
  float *arrays[N_ARRAYS];

  get_arrays (self->adam, arrays);
  pisd_safetensors_writer_describe (writer, FORMAT, FORMAT_NAME);
  pisd_safetensors_writer_describe (writer, VERSION, FORMAT_VERSION);
  pisd_safetensors_writer_describe (writer, PLAN, plan);
  pisd_safetensors_writer_describe_count (writer, STEP, self->adam->n_steps);
  pisd_safetensors_writer_describe_count (writer, STEPS, self->plan.n_steps);
  for (guint a = 0; a < N_ARRAYS; a++)
    pisd_safetensors_writer_add (writer, array_names[a], PISD_TENSOR_F32, 1, &self->adam->n,
                                 arrays[a]);
  return pisd_safetensors_writer_save (writer, path, error);
}

static gboolean
require (const PisdSafetensors *file, const char *key, const char *expected, GError **error)
{
  const char *text = pisd_safetensors_get_metadata (file, key);
  g_autofree char *escaped = text != NULL ? pisd_error_escape (text) : NULL;

  if (g_strcmp0 (text, expected) == 0)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT, _ ("metadata: `%s`: got `%s`, expected `%s`"),
                          key, escaped != NULL ? escaped : _ ("none"), expected);
}

static gboolean
read_count (const PisdSafetensors *file, const char *key, guint64 *value, GError **error)
{
  const char *text = pisd_safetensors_get_metadata (file, key);

  if (text != NULL && g_ascii_string_to_unsigned (text, 10, 0, G_MAXINT64, value, NULL))
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_FORMAT,
                          _ ("metadata: `%s`: got none that is a whole number, expected one"), key);
}

static gboolean
read_description (const PisdTraining *self,
                  const PisdSafetensors *file,
                  guint64 *step,
                  guint64 *n_steps,
                  GError **error)
{
  g_autofree char *plan = pisd_training_plan_dup_text (&self->plan);

  return require (file, FORMAT, FORMAT_NAME, error)
         && require (file, VERSION, FORMAT_VERSION, error) && require (file, PLAN, plan, error)
         && read_count (file, STEP, step, error) && read_count (file, STEPS, n_steps, error);
}

/* Into a state of its own, which takes the old one's place once all of it is there. */
static PisdAdam *
read_state (const PisdTraining *self, const PisdSafetensors *file, GError **error)
{
  g_autoptr (PisdAdam) adam = pisd_adam_new (self->adam->n, self->adam->parameters);
  float *arrays[N_ARRAYS];

  get_arrays (adam, arrays);
  for (guint a = 0; a < N_ARRAYS; a++)
    if (!pisd_safetensors_load (file, array_names[a], 1, &adam->n, arrays[a], error))
      return NULL;
  return g_steal_pointer (&adam);
}

gboolean
pisd_training_restore_from (PisdTraining *self, PisdInput *input, GError **error)
{
  g_autoptr (PisdSafetensors) file = pisd_safetensors_read_from (input, error);
  guint64 step, n_steps;
  PisdAdam *adam;

  if (file == NULL)
    return FALSE;
  if (!read_description (self, file, &step, &n_steps, error))
    {
      g_prefix_error (error, "%s: ", pisd_input_get_name (input));
      return FALSE;
    }
  adam = read_state (self, file, error);
  if (adam == NULL)
    return FALSE;
  take_errors (self, NULL);
  pisd_adam_free (self->adam);
  self->adam = adam;
  self->adam->n_steps = step;
  self->plan.n_steps = n_steps;
  return TRUE;
}

PisdWeights *
pisd_training_dup_weights (const PisdTraining *self)
{
  g_auto (GStrv) families = pisd_training_plan_dup_families (&self->plan);
  g_autofree char *plan = pisd_training_plan_dup_text (&self->plan);
  g_autofree char *step = g_strdup_printf ("%" G_GUINT64_FORMAT, self->adam->n_steps);
  PisdWeights *weights =
      pisd_weights_new (&self->plan.shape, &self->plan.settings, (const char *const *) families);

  memcpy (weights->parameters, self->adam->average, self->adam->n * sizeof (float));
  pisd_weights_describe (weights, "version", PISD_VERSION);
  pisd_weights_describe (weights, PLAN, plan);
  pisd_weights_describe (weights, STEPS, step);
  weights->errors = pisd_error_table_dup (self->errors);
  return weights;
}
