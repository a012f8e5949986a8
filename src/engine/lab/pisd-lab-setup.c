#include "pisd-lab-setup.h"

#include <math.h>

#include "pisd-error.h"
#include "pisd-number.h"

#define TRAIN_STEPS 3000
#define SAMPLING_STEPS 50
#define POINT_SAMPLES 2000
#define PICTURE_SAMPLES 500
#define REGRESSION_STEPS 20000
#define MOST_STEPS 10000000
#define MOST_POINTS 5000
#define MOST_PICTURES 500
#define MOST_WIDTH 512
#define MOST_HIDDEN 8

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
  gboolean leads;
  /* What is done with a text, or after a value was set; NULL: nothing more. */
  gboolean (*apply) (PisdLabSetup *setup, const char *text, GError **error);
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

/* What follows from a choice. */

static gboolean
use_data (PisdLabSetup *setup, const char *text, GError **error)
{
  if (setup->data == PISD_LAB_DRAWN)
    return pisd_error_fail (error, PISD_ERROR_UNKNOWN,
                            "data: got `%s`, expected what needs no drawing", text);
  pisd_diffuser_plan_init (&setup->diffuser, setup->data);
  setup->diffuser.seed = 1;
  setup->n_samples = pisd_lab_data_is_picture (setup->data) ? PICTURE_SAMPLES : POINT_SAMPLES;
  return TRUE;
}

guint
pisd_lab_setup_get_most_samples (PisdLabDataId data)
{
  return pisd_lab_data_is_picture (data) ? MOST_PICTURES : MOST_POINTS;
}

/* The data are known by then. */
static gboolean
check_samples (PisdLabSetup *setup, const char *text, GError **error)
{
  const guint most = pisd_lab_setup_get_most_samples (setup->data);

  return setup->n_samples <= most
         || pisd_error_fail (error, PISD_ERROR_RANGE, "samples: got %u, expected at most %u of %s",
                             setup->n_samples, most, pisd_lab_data_get_name (setup->data));
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
  { PISD_LAB_DIFFUSION, "data", CHOICE, OF_SETUP (data), 0, PISD_N_LAB_DATA, get_data, TRUE,
    use_data },
  { PISD_LAB_DIFFUSION, "exact", CHOICE, OF_SETUP (is_exact), 0, 2, get_answer, FALSE, NULL },
  { PISD_LAB_DIFFUSION, "schedule", CHOICE, OF_SETUP (diffuser.process), 0, PISD_N_PROCESSES,
    get_process, FALSE, NULL },
  { PISD_LAB_DIFFUSION, "times", COUNT, OF_SETUP (diffuser.n_times), PISD_PROCESS_LEAST_STEPS,
    PISD_PROCESS_MOST_STEPS, NULL, FALSE, NULL },
  { PISD_LAB_DIFFUSION, "predict", CHOICE, OF_SETUP (diffuser.prediction), 0, PISD_N_PREDICTIONS,
    get_prediction, FALSE, NULL },
  { PISD_LAB_DIFFUSION, "width", COUNT, OF_SETUP (diffuser.width), 1, MOST_WIDTH, NULL, FALSE,
    NULL },
  { PISD_LAB_DIFFUSION, "layers", COUNT, OF_SETUP (diffuser.n_hidden), 1, MOST_HIDDEN, NULL, FALSE,
    NULL },
  { PISD_LAB_DIFFUSION, "train", COUNT, OF_SETUP (n_train), 1, MOST_STEPS, NULL, FALSE, NULL },
  { PISD_LAB_DIFFUSION, "rule", CHOICE, OF_SETUP (rule), 0, PISD_N_SAMPLE_RULES, get_rule, FALSE,
    NULL },
  { PISD_LAB_DIFFUSION, "steps", COUNT, OF_SETUP (n_sampling), 1, PISD_PROCESS_MOST_STEPS, NULL,
    FALSE, NULL },
  { PISD_LAB_DIFFUSION, "eta", NUMBER, OF_SETUP (eta), 0, 1, NULL, FALSE, NULL },
  { PISD_LAB_DIFFUSION, "samples", COUNT, OF_SETUP (n_samples), 10, MOST_POINTS, NULL, FALSE,
    check_samples },
  { PISD_LAB_DIFFUSION, "seed", SEED, OF_SETUP (diffuser.seed), 0, G_MAXINT32, NULL, FALSE, NULL },
  { PISD_LAB_TRAINING, "target", TEXT, OF_PLAN (target_name), 0, 0, NULL, TRUE, use_target },
  { PISD_LAB_TRAINING, "method", CHOICE, OF_PLAN (method), 0, PISD_N_DESCENTS, get_method, TRUE,
    use_method },
  { PISD_LAB_TRAINING, "network", TEXT, OF_PLAN (widths), 0, 0, NULL, FALSE, use_widths },
  { PISD_LAB_TRAINING, "activation", CHOICE, OF_PLAN (activation), 0, PISD_N_ACTIVATIONS,
    get_activation, FALSE, NULL },
  { PISD_LAB_TRAINING, "rate", NUMBER, OF_PLAN (rate), 0, G_MAXDOUBLE, NULL, FALSE, NULL },
  { PISD_LAB_TRAINING, "batch", COUNT, OF_PLAN (batch), 0, G_MAXUINT32, NULL, FALSE, NULL },
  { PISD_LAB_TRAINING, "weight-decay", NUMBER, OF_PLAN (decay), 0, G_MAXDOUBLE, NULL, FALSE, NULL },
  { PISD_LAB_TRAINING, "points", COUNT, OF_PLAN (n_points), 1, PISD_REGRESSION_MAX_POINTS, NULL,
    FALSE, NULL },
  { PISD_LAB_TRAINING, "until", NUMBER, OF_PLAN (end), 0, G_MAXDOUBLE, NULL, FALSE, NULL },
  { PISD_LAB_TRAINING, "steps", COUNT, OF_SETUP (n_steps), 1, MOST_STEPS, NULL, FALSE, NULL },
  { PISD_LAB_TRAINING, "seed", SEED, OF_PLAN (seed), 0, G_MAXINT32, NULL, FALSE, NULL },
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

gboolean
pisd_lab_setup_leads (PisdLab lab, const char *key)
{
  const Row *row = find (lab, key);

  return row != NULL && row->leads;
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
set_number (const Row *row, gpointer place, const char *text, GError **error)
{
  const gboolean is_whole = row->type != NUMBER;
  g_autofree char *got = pisd_error_escape (text);
  double value;

  if (!pisd_number_parse (text, &value) || value < row->low || value > row->high
      || (is_whole && value != floor (value)))
    return pisd_error_fail (error, PISD_ERROR_RANGE, "%s: got `%s`, expected a %s from %g to %g",
                            row->key, got, is_whole ? "whole number" : "number", row->low,
                            row->high);
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
pisd_lab_setup_check (const PisdLabSetup *setup, GError **error)
{
  g_return_val_if_fail (setup != NULL, FALSE);

  if (setup->lab == PISD_LAB_TRAINING)
    return pisd_regression_plan_check (setup->regression, error);
  if (setup->n_sampling > setup->diffuser.n_times)
    return pisd_error_fail (error, PISD_ERROR_RANGE, "steps: got %u, expected at most times, %u",
                            setup->n_sampling, setup->diffuser.n_times);
  return !setup->is_exact || pisd_lab_data_is_mixture (setup->data)
         || pisd_error_fail (error, PISD_ERROR_RANGE,
                             "exact: got yes for %s, expected ring or mixture",
                             pisd_lab_data_get_name (setup->data));
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
