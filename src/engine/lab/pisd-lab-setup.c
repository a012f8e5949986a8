#include "pisd-lab-setup.h"

#include <math.h>

#include "pisd-error.h"
#include "pisd-number.h"

#define TRAIN_STEPS 3000
#define SAMPLING_STEPS 50
#define POINT_SAMPLES 2000
#define PICTURE_SAMPLES 500
#define REGRESSION_STEPS 20000
#define MOST_POINTS 5000
#define MOST_PICTURES 500
#define MOST_TRAIN 10000000
#define MOST_STEPS 100000000
#define MOST_SAMPLES 100000
/* Both together keep a training below a gigabyte. */
#define MOST_WIDTH 512
#define MOST_BATCH 4096
#define MOST_HIDDEN 8
#define MOST_GUIDANCE 10
#define MOST_LEAD 2

typedef enum
{
  CHOICE, /* an enumeration */
  COUNT,  /* guint */
  NUMBER, /* double */
  SEED,   /* guint64 */
  TEXT
} Type;

typedef struct
{
  PisdLab lab;
  const char *key;
  Type type;
  gboolean is_of_plan; /* the regression's, where the offset counts from */
  gsize offset;
  double low, high; /* of numbers; of a choice how many there are is `high` */
  const char *(*get_name) (guint choice);
  /* What is done with a text, or after a value was set; NULL: nothing more. */
  gboolean (*apply) (PisdLabSetup *setup, const char *text, GError **error);
  guint lead; /* what brings the usual for others is set before those that lead less */
} Row;

/* Names. */

static const char *
get_data (guint id)
{
  return pisd_lab_data_get_name (id);
}

static const char *
get_answer (guint is_so)
{
  return is_so ? "yes" : "no";
}

static const char *
get_process (guint id)
{
  return pisd_process_get_name (id);
}

static const char *
get_prediction (guint id)
{
  return pisd_prediction_get_name (id);
}

static const char *
get_weight (guint id)
{
  return pisd_weight_get_name (id);
}

static const char *
get_network (guint id)
{
  return pisd_diffuser_kind_get_name (id);
}

static const char *
get_latent (guint id)
{
  return pisd_latent_get_name (id);
}

static const char *
get_variance (guint id)
{
  return pisd_variance_get_name (id);
}

static const char *
get_rule (guint id)
{
  return pisd_sample_rule_get_name (id);
}

static const char *
get_method (guint id)
{
  return pisd_descent_get_traits (id)->name;
}

static const char *
get_activation (guint id)
{
  return pisd_activation_get_traits (id)->name;
}

/* What follows from a value. */

static gboolean
use_data (PisdLabSetup *setup, const char *text, GError **error)
{
  if (setup->data == PISD_LAB_DRAWN)
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            "data: got `%s`, expected what needs no drawing", text);
  pisd_lab_setup_take_data (setup, setup->data);
  return TRUE;
}

guint
pisd_lab_setup_get_most_samples (PisdLabDataId data)
{
  return pisd_lab_data_is_picture (data) ? MOST_PICTURES : MOST_POINTS;
}

static gboolean
use_network (PisdLabSetup *setup, const char *text, GError **error)
{
  pisd_diffuser_plan_set_kind (&setup->diffuser, setup->data, setup->diffuser.kind);
  return TRUE;
}

static gboolean
use_features (PisdLabSetup *setup, const char *text, GError **error)
{
  return setup->diffuser.n_features % 2 == 0
         || pisd_error_fail (
             error, PISD_ERROR_RANGE,
             "features: got `%u`, expected as many sines as cosines: an even number",
             setup->diffuser.n_features);
}

static gboolean
renew_plan (PisdLabSetup *setup, const char *target, PisdDescent method, GError **error)
{
  PisdRegressionPlan *plan = pisd_regression_plan_new (target, method, error);

  if (plan == NULL)
    return FALSE;
  plan->seed = 1;
  pisd_regression_plan_free (setup->regression);
  setup->regression = plan;
  return TRUE;
}

static gboolean
use_target (PisdLabSetup *setup, const char *text, GError **error)
{
  return renew_plan (setup, text, setup->regression->method, error);
}

static gboolean
use_method (PisdLabSetup *setup, const char *text, GError **error)
{
  g_autofree char *target = g_strdup (setup->regression->target_name);

  return renew_plan (setup, target, setup->regression->method, error);
}

static gboolean
use_widths (PisdLabSetup *setup, const char *text, GError **error)
{
  return pisd_regression_plan_set_widths (setup->regression, text, error);
}

#define OF_SETUP(member) FALSE, offsetof (PisdLabSetup, member)
#define OF_PLAN(member) TRUE, offsetof (PisdRegressionPlan, member)

static const Row rows[] = {
  { PISD_LAB_DIFFUSION, "data", CHOICE, OF_SETUP (data), 0, PISD_N_LAB_DATA, get_data, use_data,
    MOST_LEAD },
  { PISD_LAB_DIFFUSION, "network", CHOICE, OF_SETUP (diffuser.kind), 0, PISD_N_DIFFUSERS,
    get_network, use_network, 1 },
  { PISD_LAB_DIFFUSION, "exact", CHOICE, OF_SETUP (is_exact), 0, 2, get_answer },
  { PISD_LAB_DIFFUSION, "schedule", CHOICE, OF_SETUP (diffuser.process), 0, PISD_N_PROCESSES,
    get_process },
  { PISD_LAB_DIFFUSION, "times", COUNT, OF_SETUP (diffuser.n_times), PISD_PROCESS_LEAST_STEPS,
    PISD_PROCESS_MOST_STEPS },
  { PISD_LAB_DIFFUSION, "predict", CHOICE, OF_SETUP (diffuser.prediction), 0, PISD_N_PREDICTIONS,
    get_prediction },
  { PISD_LAB_DIFFUSION, "weight", CHOICE, OF_SETUP (diffuser.weight), 0, PISD_N_WEIGHTS,
    get_weight },
  { PISD_LAB_DIFFUSION, "learned-variance", CHOICE, OF_SETUP (diffuser.learns_variance), 0, 2,
    get_answer },
  { PISD_LAB_DIFFUSION, "latents", COUNT, OF_SETUP (diffuser.n_latents), 0, G_MAXUINT32 },
  { PISD_LAB_DIFFUSION, "latent", CHOICE, OF_SETUP (diffuser.latent), 0, PISD_N_LATENTS,
    get_latent },
  { PISD_LAB_DIFFUSION, "width", COUNT, OF_SETUP (diffuser.width), 1, MOST_WIDTH },
  { PISD_LAB_DIFFUSION, "layers", COUNT, OF_SETUP (diffuser.n_hidden), 1, MOST_HIDDEN },
  { PISD_LAB_DIFFUSION, "features", COUNT, OF_SETUP (diffuser.n_features), 2,
    PISD_DIFFUSER_MOST_FEATURES, NULL, use_features },
  { PISD_LAB_DIFFUSION, "activation", CHOICE, OF_SETUP (diffuser.activation), 0, PISD_N_ACTIVATIONS,
    get_activation },
  { PISD_LAB_DIFFUSION, "batch", COUNT, OF_SETUP (diffuser.batch), 1, MOST_BATCH },
  { PISD_LAB_DIFFUSION, "rate", NUMBER, OF_SETUP (diffuser.rate), 0, 1 },
  { PISD_LAB_DIFFUSION, "drop", NUMBER, OF_SETUP (diffuser.drop), 0, 1 },
  { PISD_LAB_DIFFUSION, "train", COUNT, OF_SETUP (n_train), 1, MOST_TRAIN },
  { PISD_LAB_DIFFUSION, "rule", CHOICE, OF_SETUP (rule), 0, PISD_N_SAMPLE_RULES, get_rule },
  { PISD_LAB_DIFFUSION, "variance", CHOICE, OF_SETUP (variance), 0, PISD_N_VARIANCES,
    get_variance },
  { PISD_LAB_DIFFUSION, "steps", COUNT, OF_SETUP (n_sampling), 1, PISD_PROCESS_MOST_STEPS },
  { PISD_LAB_DIFFUSION, "eta", NUMBER, OF_SETUP (eta), 0, 1 },
  { PISD_LAB_DIFFUSION, "guidance", NUMBER, OF_SETUP (guidance), 0, MOST_GUIDANCE },
  { PISD_LAB_DIFFUSION, "samples", COUNT, OF_SETUP (n_samples), 10, MOST_SAMPLES },
  { PISD_LAB_DIFFUSION, "seed", SEED, OF_SETUP (diffuser.seed), 0, G_MAXINT32 },
  { PISD_LAB_TRAINING, "target", TEXT, OF_PLAN (target_name), 0, 0, NULL, use_target, MOST_LEAD },
  { PISD_LAB_TRAINING, "method", CHOICE, OF_PLAN (method), 0, PISD_N_DESCENTS, get_method,
    use_method, MOST_LEAD },
  { PISD_LAB_TRAINING, "network", TEXT, OF_PLAN (widths), 0, 0, NULL, use_widths },
  { PISD_LAB_TRAINING, "activation", CHOICE, OF_PLAN (activation), 0, PISD_N_ACTIVATIONS,
    get_activation },
  { PISD_LAB_TRAINING, "rate", NUMBER, OF_PLAN (rate), 0, G_MAXDOUBLE },
  { PISD_LAB_TRAINING, "batch", COUNT, OF_PLAN (batch), 0, G_MAXUINT32 },
  { PISD_LAB_TRAINING, "weight-decay", NUMBER, OF_PLAN (decay), 0, G_MAXDOUBLE },
  { PISD_LAB_TRAINING, "points", COUNT, OF_PLAN (n_points), 1, PISD_REGRESSION_MAX_POINTS },
  { PISD_LAB_TRAINING, "tolerance", NUMBER, OF_PLAN (tolerance), 0, G_MAXDOUBLE },
  { PISD_LAB_TRAINING, "until", NUMBER, OF_PLAN (end), 0, G_MAXDOUBLE },
  { PISD_LAB_TRAINING, "steps", COUNT, OF_SETUP (n_steps), 1, MOST_STEPS },
  { PISD_LAB_TRAINING, "seed", SEED, OF_PLAN (seed), 0, G_MAXINT32 },
};

static const Row *
find (PisdLab lab, const char *key)
{
  for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
    if (rows[k].lab == lab && g_str_equal (rows[k].key, key))
      return &rows[k];
  return NULL;
}

static gpointer
get_place (const PisdLabSetup *setup, const Row *row)
{
  return (char *) (row->is_of_plan ? (gconstpointer) setup->regression : setup) + row->offset;
}

void
pisd_lab_setup_take_data (PisdLabSetup *setup, PisdLabDataId data)
{
  g_return_if_fail (setup != NULL && data < PISD_N_LAB_DATA);

  setup->data = data;
  pisd_diffuser_plan_init (&setup->diffuser, data);
  setup->n_samples = pisd_lab_data_is_picture (data) ? PICTURE_SAMPLES : POINT_SAMPLES;
}

PisdLabSetup *
pisd_lab_setup_new (PisdLab lab)
{
  PisdLabSetup *self = g_new0 (PisdLabSetup, 1);

  self->lab = lab;
  self->n_train = TRAIN_STEPS;
  self->rule = PISD_SAMPLE_DDIM;
  self->n_sampling = SAMPLING_STEPS;
  self->n_steps = REGRESSION_STEPS;
  use_data (self, "", NULL);
  renew_plan (self, "p1", PISD_DESCENT_ADAM, NULL);
  return self;
}

void
pisd_lab_setup_free (PisdLabSetup *setup)
{
  if (setup == NULL)
    return;
  pisd_regression_plan_free (setup->regression);
  g_free (setup);
}

gboolean
pisd_lab_setup_has_key (PisdLab lab, const char *key)
{
  return find (lab, key) != NULL;
}

static gboolean
find_choice (const Row *row, const char *name, guint *choice, GError **error)
{
  g_autoptr (GString) all = g_string_new (NULL);
  g_autofree char *got = pisd_error_escape (name);

  for (*choice = 0; *choice < row->high; (*choice)++)
    {
      if (g_str_equal (row->get_name (*choice), name))
        return TRUE;
      g_string_append_printf (all, "%s%s", *choice > 0 ? ", " : "", row->get_name (*choice));
    }
  return pisd_error_fail (error, PISD_ERROR_UNKNOWN, "%s: got `%s`, expected one of %s", row->key,
                          got, all->str);
}

static gboolean
refuse_number (const Row *row, const char *text, GError **error)
{
  g_autofree char *got = pisd_error_escape (text);

  if (row->high == G_MAXDOUBLE)
    return pisd_error_fail (error, PISD_ERROR_RANGE, "%s: got `%s`, expected a number from %g on",
                            row->key, got, row->low);
  return pisd_error_fail (error, PISD_ERROR_RANGE, "%s: got `%s`, expected a %s from %g to %g",
                          row->key, got, row->type == NUMBER ? "number" : "whole number", row->low,
                          row->high);
}

static gboolean
set_number (const Row *row, gpointer place, const char *text, GError **error)
{
  double value;

  if (!pisd_number_parse (text, &value) || value < row->low || value > row->high
      || (row->type != NUMBER && value != floor (value)))
    return refuse_number (row, text, error);
  if (row->type == NUMBER)
    *(double *) place = value;
  else if (row->type == SEED)
    *(guint64 *) place = (guint64) value;
  else
    *(guint *) place = (guint) value;
  return TRUE;
}

gboolean
pisd_lab_setup_set (PisdLabSetup *setup, const char *key, const char *text, GError **error)
{
  const Row *row;
  guint choice;

  g_return_val_if_fail (setup != NULL && key != NULL && text != NULL, FALSE);

  row = find (setup->lab, key);
  g_return_val_if_fail (row != NULL, FALSE);

  if (row->type == CHOICE)
    {
      if (!find_choice (row, text, &choice, error))
        return FALSE;
      *(guint *) get_place (setup, row) = choice;
    }
  else if (row->type != TEXT && !set_number (row, get_place (setup, row), text, error))
    return FALSE;
  return row->apply == NULL || row->apply (setup, text, error);
}

gboolean
pisd_lab_setup_set_all (PisdLabSetup *setup,
                        guint n,
                        const PisdLabValue *values,
                        guint *wrong,
                        GError **error)
{
  g_return_val_if_fail (setup != NULL && wrong != NULL, FALSE);

  for (guint left = MOST_LEAD + 1; left > 0; left--)
    for (*wrong = 0; *wrong < n; (*wrong)++)
      {
        const PisdLabValue *value = &values[*wrong];

        if (value->text != NULL && find (setup->lab, value->key)->lead == left - 1
            && !pisd_lab_setup_set (setup, value->key, value->text, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
check_diffusion (const PisdLabSetup *setup, GError **error)
{
  const guint most = pisd_lab_data_get_dimension (setup->data);

  if (setup->n_sampling > setup->diffuser.n_times)
    return pisd_error_fail (error, PISD_ERROR_RANGE, "steps: got %u, expected at most times, %u",
                            setup->n_sampling, setup->diffuser.n_times);
  if (setup->diffuser.n_latents > most)
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "latents: got %u, expected at most the numbers of a sample, %u",
                            setup->diffuser.n_latents, most);
  if (setup->is_exact && !pisd_lab_data_is_mixture (setup->data))
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "exact: got yes for %s, expected ring or mixture",
                            pisd_lab_data_get_name (setup->data));
  if (setup->variance == PISD_VARIANCE_LEARNED && !setup->diffuser.learns_variance)
    return pisd_error_fail (error, PISD_ERROR_RANGE,
                            "variance: got learned, expected learned-variance too");
  return pisd_diffuser_plan_check (&setup->diffuser, setup->data, error);
}

gboolean
pisd_lab_setup_check (const PisdLabSetup *setup, GError **error)
{
  g_return_val_if_fail (setup != NULL, FALSE);

  return setup->lab == PISD_LAB_TRAINING ? pisd_regression_plan_check (setup->regression, error)
                                         : check_diffusion (setup, error);
}

double
pisd_lab_setup_get (const PisdLabSetup *setup, const char *key)
{
  const Row *row;

  g_return_val_if_fail (setup != NULL && key != NULL, NAN);

  row = find (setup->lab, key);
  if (row == NULL || row->type == TEXT)
    return NAN;
  if (row->type == NUMBER)
    return *(const double *) get_place (setup, row);
  if (row->type == SEED)
    return *(const guint64 *) get_place (setup, row);
  return *(const guint *) get_place (setup, row);
}

gboolean
pisd_lab_setup_find_choice (PisdLab lab,
                            const char *key,
                            const char *name,
                            guint *choice,
                            GError **error)
{
  const Row *row = find (lab, key);
  g_autofree char *got = pisd_error_escape (key);

  if (row != NULL && row->type == CHOICE)
    return find_choice (row, name, choice, error);
  return pisd_error_fail (error, PISD_ERROR_FORMAT, "got `%s`, expected a setting with choices",
                          got);
}
