#include "pisd-content.h"

#include <glib/gi18n.h>

#include "pisd-learned-latent.h"
#include "pisd-edit-prior.h"
#include "pisd-edit-truth.h"
#include "pisd-error.h"
#include "pisd-scenario-weights.h"
#include "pisd-sensors-arrays.h"
#include "pisd-setup-load.h"

/* One of the six is there: the one that was read. */
struct _PisdContent
{
  PisdEquation equation; /* that it was read for */
  char *path;            /* whole */
  char *warning;         /* NULL: none */
  PisdInstance *instance;
  PisdFileQuestion *question;
  PisdSensors *sensors;
  PisdScenario *scenario;
  PisdWeights *weights;
  PisdLesson *lesson;
};

static gboolean
read_fields (PisdContent *content, PisdInput *input, GError **error)
{
  g_autoptr (PisdArrays) arrays = pisd_arrays_new (input, error);
  g_autoptr (GError) reason = NULL;
  gboolean is_named;

  if (arrays == NULL)
    return FALSE;
  if (!pisd_instance_npz_is_own (&content->equation, arrays, &is_named))
    {
      content->question = pisd_file_question_new (input, &content->equation, &reason);
      if (content->question != NULL)
        return TRUE;
    }
  /* Our names with arrays that are no fields at all: what ours are is said. */
  if (reason == NULL || (is_named && pisd_input_check (input, NULL)))
    content->instance = pisd_instance_new_from_npz (&content->equation, input, error);
  else
    g_propagate_error (error, g_steal_pointer (&reason));
  return content->instance != NULL;
}

static gboolean
read_sensors (PisdContent *content, PisdInput *input, GError **error)
{
  content->sensors = pisd_sensors_load_from (content->equation.problem, input, error);
  return content->sensors != NULL;
}

static gboolean
read_weights (PisdContent *content, PisdInput *input, GError **error)
{
  content->weights = pisd_weights_load_from (input, error);
  return content->weights != NULL;
}

static gboolean
read_lesson (PisdContent *content, PisdInput *input, GError **error)
{
  content->lesson = pisd_lesson_load (input, g_get_language_names (), error);
  return content->lesson != NULL;
}

/* Of what is no whole scenario. */
static gboolean (*const readers[PISD_N_FILE_KINDS]) (PisdContent *, PisdInput *, GError **) = {
  [PISD_FILE_KIND_FIELDS] = read_fields,
  [PISD_FILE_KIND_SENSORS] = read_sensors,
  [PISD_FILE_KIND_WEIGHTS] = read_weights,
  [PISD_FILE_KIND_LESSON] = read_lesson,
};

static gboolean
read_kind (PisdContent *content, PisdInput *input, PisdFileKind kind, GError **error)
{
  if (!pisd_setup_is_kind (kind))
    return readers[kind](content, input, error);
  content->scenario = pisd_setup_load_from (input, kind, error);
  return content->scenario != NULL;
}

/* Whoever was told to stop has not found out what it is. */
static gboolean
find_kind (PisdInput *input, PisdFileKind *kind, GError **error)
{
  g_autofree char *name = NULL;

  if (pisd_file_kind_recognise (input, kind))
    return TRUE;
  if (!pisd_input_check (input, error))
    return FALSE;
  name = pisd_error_escape_base (pisd_input_get_path (input));
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN,
               _ ("%s: this kind of file cannot be opened; expected true fields (.npz, .npy, "
                  ".mat, .h5), sensors (.csv, or arrays), a scenario (.pisd), a picture with its "
                  "set-up (.png), a lesson (.lesson) or weights of a learned prior (.safetensors)"),
               name);
  return FALSE;
}

/* What the fits of settings ask of weights is read here, by whoever may take their time. */
static void
look_at_weights (const PisdContent *content)
{
  const char *path = content->weights != NULL    ? content->path
                     : content->scenario != NULL ? content->scenario->weights_path
                                                 : NULL;
  PisdLearnedLatent latent;

  if (path != NULL)
    pisd_learned_latent_find (content->equation.problem, path, &latent);
}

PisdContent *
pisd_content_read (PisdInput *input, const PisdEquation *equation, GError **error)
{
  g_autoptr (PisdContent) content = NULL;
  PisdFileKind kind;

  g_return_val_if_fail (input != NULL && equation != NULL, NULL);

  if (!find_kind (input, &kind, error))
    return NULL;
  content = g_new0 (PisdContent, 1);
  content->equation = *equation;
  content->path = g_canonicalize_filename (pisd_input_get_path (input), NULL);
  if (!read_kind (content, input, kind, error))
    return NULL;
  look_at_weights (content);
  if (content->scenario != NULL)
    content->warning = pisd_scenario_dup_weights_warning (content->scenario, content->path);
  return g_steal_pointer (&content);
}

void
pisd_content_free (PisdContent *content)
{
  if (content == NULL)
    return;
  g_free (content->path);
  g_free (content->warning);
  g_clear_pointer (&content->instance, pisd_instance_unref);
  g_clear_pointer (&content->question, pisd_file_question_unref);
  pisd_sensors_free (content->sensors);
  pisd_scenario_free (content->scenario);
  pisd_weights_free (content->weights);
  pisd_lesson_free (content->lesson);
  g_free (content);
}

gboolean
pisd_content_fits (const PisdContent *content, const PisdScenario *scenario)
{
  const PisdEquation now = pisd_settings_get_equation (&scenario->settings);

  return pisd_content_is_whole (content) || content->weights != NULL || content->lesson != NULL
         || pisd_equation_equal (&content->equation, &now);
}

gboolean
pisd_content_is_whole (const PisdContent *content)
{
  return content->scenario != NULL;
}

const char *
pisd_content_get_warning (const PisdContent *content)
{
  return content->warning;
}

PisdFileQuestion *
pisd_content_get_question (const PisdContent *content)
{
  return content->question;
}

PisdContent *
pisd_content_new_for_answer (const PisdFileQuestion *question,
                             const char *path,
                             const PisdReading *reading,
                             PisdCancel *cancel,
                             GError **error)
{
  PisdInstance *instance = pisd_file_question_answer (question, reading, cancel, error);
  PisdContent *content;

  if (instance == NULL)
    return NULL;
  content = g_new0 (PisdContent, 1);
  content->equation = *pisd_file_question_get_equation (question);
  content->path = g_canonicalize_filename (path, NULL);
  content->instance = instance;
  return content;
}

PisdLesson *
pisd_content_take_lesson (PisdContent *content)
{
  return g_steal_pointer (&content->lesson);
}

PisdScenario *
pisd_content_dup_scenario (const PisdContent *content, const PisdScenario *scenario, GError **error)
{
  g_autoptr (PisdScenario) copy = NULL;

  g_return_val_if_fail (pisd_content_fits (content, scenario), NULL);

  if (content->scenario != NULL)
    return pisd_scenario_dup (content->scenario);
  copy = pisd_scenario_dup (scenario);
  if (content->weights != NULL
      && !pisd_edit_set_weights (copy, content->weights, content->path, error))
    return NULL;
  if (content->instance != NULL)
    pisd_edit_set_truth (copy, content->instance, content->path);
  else if (content->sensors != NULL)
    pisd_edit_set_sensors (copy, content->sensors);
  return g_steal_pointer (&copy);
}
