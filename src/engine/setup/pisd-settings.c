#include "pisd-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

/* Choices come from the tables of what they choose. */

static PisdChoice
get_problem (guint value)
{
  const PisdOperator *info = value < pisd_operator_get_n () ? pisd_operator_get (value) : NULL;

  return info != NULL ? (PisdChoice){ info->name, info->title } : (PisdChoice){ NULL };
}

static PisdChoice
get_family (guint value)
{
  return (PisdChoice){ value < PISD_N_FAMILIES ? pisd_family_get_name (value) : NULL };
}

static PisdChoice
get_guidance (guint value)
{
  return value < PISD_N_GUIDANCES ? pisd_method_get (value)->choice : (PisdChoice){ NULL };
}

static PisdChoice
get_sampler (guint value)
{
  return value < PISD_N_SAMPLERS ? pisd_method_get_sampler (value)->choice : (PisdChoice){ NULL };
}

static PisdChoice
get_prior (guint value)
{
  return value < PISD_N_PRIORS ? pisd_method_get_prior (value)->choice : (PisdChoice){ NULL };
}

static PisdChoice
get_space (guint value)
{
  return value < PISD_N_SPACES ? pisd_method_get_space (value)->choice : (PisdChoice){ NULL };
}

static PisdChoice
get_covariance (guint value)
{
  return value < PISD_N_COVARIANCES ? pisd_method_get_covariance (value)->choice
                                    : (PisdChoice){ NULL };
}

static PisdChoice
get_mode_set (guint value)
{
  static const PisdChoice choices[PISD_N_MODE_SETS] = {
    [PISD_MODES_SQUARE] = { "square", N_ ("Square") },
    [PISD_MODES_HYPERBOLIC] = { "hyperbolic", N_ ("Hyperbolic") },
  };

  return value < PISD_N_MODE_SETS ? choices[value] : (PisdChoice){ NULL };
}

/* clang-format off */
#define AT(member) G_STRUCT_OFFSET (PisdSettings, member)
#define CHOICE(key, member, get_choice, help) \
  { key, PISD_SETTING_CHOICE, AT (member), 0, 0, "", help, get_choice, FALSE }
#define SEED(key, member, help) \
  { key, PISD_SETTING_SEED, AT (member), 0, 0, "", help, NULL, FALSE }
#define UINT(key, member, minimum, maximum, unit, help) \
  { key, PISD_SETTING_UINT, AT (member), minimum, maximum, unit, help, NULL, FALSE }
#define DOUBLE(key, member, minimum, maximum, unit, help) \
  { key, PISD_SETTING_DOUBLE, AT (member), minimum, maximum, unit, help, NULL, FALSE }
#define LIVE(key, member, minimum, maximum, unit, help) \
  { key, PISD_SETTING_DOUBLE, AT (parameters.member), minimum, maximum, unit, help, NULL, TRUE }

/* Stand for the rows that are made from the table of equations. */
#define KEY_CONSTANTS "(constants)"
#define KEY_WEIGHTS "(weights)"

static const PisdSettingInfo rows[] = {
  CHOICE ("problem", problem, get_problem, N_ ("The equation")),
  { KEY_CONSTANTS },
  CHOICE ("family", family, get_family, N_ ("Family of the random source")),
  SEED ("instance-seed", instance_seed, N_ ("Seed of the random source")),
  CHOICE ("prior", prior, get_prior, N_ ("What the denoiser knows of the fields")),
  CHOICE ("guidance", guidance, get_guidance, N_ ("How measurements and equation pull at the sample")),
  CHOICE ("space", space, get_space, N_ ("What the latent holds: modes of a and u, or of a alone")),
  CHOICE ("covariance", covariance, get_covariance, N_ ("Second order: covariance of the clean latent given the state")),
  DOUBLE ("pde-sd", pde_sd, 0, 1e3, "", N_ ("Second order, joint: noise of the equation's rows, 0 = hard")),
  CHOICE ("sampler", sampler, get_sampler, N_ ("How one noise level leads to the next")),
  UINT ("steps", steps, 1, 10000, "", N_ ("Number of diffusion steps")),
  UINT ("samples", samples, 1, 10000, "", N_ ("Number of samples drawn")),
  SEED ("seed", seed, N_ ("Seed of the sampler's noise")),
  CHOICE ("mode-set", mode_set, get_mode_set, N_ ("Shape of the set of kept modes")),
  UINT ("modes", modes, PISD_MODES_LEAST, 64, "", N_ ("Kept modes K in each direction")),
  DOUBLE ("sigma-min", sigma_min, 1e-6, 1e3, "", N_ ("Lowest noise level above zero")),
  DOUBLE ("sigma-max", sigma_max, 1e-6, 1e6, "", N_ ("Noise level of the first step")),
  DOUBLE ("rho", rho, 1, 20, "", N_ ("How strongly steps crowd at low noise")),
  { KEY_WEIGHTS },
  LIVE ("zeta-pde", zeta[PISD_TERM_PDE], 0, 1e9, "", N_ ("Weight of the equation's residual")),
  LIVE ("rate-low", rate_low, 1e-9, 1e3, "", N_ ("Adam step size at low frequencies")),
  LIVE ("rate-high", rate_high, 0, 1e3, "", N_ ("Adam step size at high frequencies")),
  LIVE ("cutoff", cutoff, 0, 128, "modes", N_ ("Mode index where the step size changes over")),
  LIVE ("beta1", beta1, 0, 0.999999, "", N_ ("Adam decay of the mean gradient")),
  LIVE ("beta2", beta2, 0, 0.999999, "", N_ ("Adam decay of the mean squared gradient")),
  LIVE ("late-start", late_start, 0, 1, "", N_ ("DPS: fraction of the steps after which the equation joins")),
  LIVE ("late-factor", late_factor, 0, 1e3, "", N_ ("DPS: what sensor weights are then multiplied by")),
};

#undef AT
#undef CHOICE
#undef SEED
#undef UINT
#undef DOUBLE
#undef LIVE

/* What a guidance method starts with. The first row that fits guidance, problem and task is taken. */
#define BIT(value) (1u << (value))
#define ANY (~0u)

typedef struct
{
  PisdGuidanceId guidance;
  guint problems, tasks; /* sets of BIT (...) */
  PisdSpace space;
  PisdSamplerId sampler;
  guint steps;
  PisdModeSet mode_set;
  double sigma_min, sigma_max, rho;
  PisdGuidanceParameters parameters;
} Preset;

/* The settings of Adam are the official ones everywhere: other methods do not use them.
 *                                 zeta a, u, pde     rates      kc   betas         late */
static const Preset presets[] = {
  /* Official: PISD's configuration for Poisson and Helmholtz, forward. */
  { PISD_GUIDANCE_PISD, ANY, BIT (PISD_TASK_FORWARD),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 2000, PISD_MODES_HYPERBOLIC, 0.002, 70, 7,
    { { 0.05, 0, 5e-4 }, 0.2, 0.01, 10, 0.985, 0.98, 0.8, 0.1 } },
  /* Ours: the authors give no inverse settings.  Tuned on two instances that no benchmark uses. */
  { PISD_GUIDANCE_PISD, ANY, BIT (PISD_TASK_INVERSE),
    PISD_SPACE_JOINT, PISD_SAMPLER_EULER, 2000, PISD_MODES_HYPERBOLIC, 0.002, 70, 7,
    { { 0, 0.05, 0 }, 0.4, 0.1, 25, 0.985, 0.98, 0.8, 0.1 } },
  /* Official: DiffusionPDE's configuration for Helmholtz. */
  { PISD_GUIDANCE_DPS, BIT (PISD_PROBLEM_HELMHOLTZ), ANY,
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 2000, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0.8, 60, 1 }, 0.2, 0.01, 10, 0.985, 0.98, 0.8, 0.1 } },
  /* Official: DiffusionPDE's configuration for Poisson, which other equations take over. */
  { PISD_GUIDANCE_DPS, ANY, ANY,
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 2000, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0.8, 40, 1 }, 0.2, 0.01, 10, 0.985, 0.98, 0.8, 0.1 } },
  /* Ours: 60 exact steps; the posterior is Gaussian. */
  { PISD_GUIDANCE_SECOND_ORDER, ANY, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_EXACT, 60, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0, 0, 0 }, 0.2, 0.01, 10, 0.985, 0.98, 0.8, 0.1 } },
  /* No steps are made: one stands for the draw itself. */
  { PISD_GUIDANCE_EXACT, ANY, ANY,
    PISD_SPACE_DECOUPLED, PISD_SAMPLER_EXACT, 1, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0, 0, 0 }, 0.2, 0.01, 10, 0.985, 0.98, 0.8, 0.1 } },
  /* Ours: EDM's noise levels, nothing pulls.  Euler's 300 steps shrink the variance by 1.5 %. */
  { PISD_GUIDANCE_NONE, ANY, ANY,
    PISD_SPACE_JOINT, PISD_SAMPLER_HEUN, 300, PISD_MODES_SQUARE, 0.002, 80, 7,
    { { 0, 0, 0 }, 0.2, 0.01, 10, 0.985, 0.98, 0.8, 0.1 } },
};
/* clang-format on */

const char *
pisd_term_get_name (PisdProblemId problem, PisdTerm term)
{
  const PisdOperator *row = pisd_operator_get (problem);
  g_autofree char *name = NULL;

  if (term == PISD_TERM_PDE)
    return "pde";
  if (term >= row->n_fields)
    return NULL;
  name = g_strconcat ("obs_", row->fields[term].name, NULL);
  return g_intern_string (name);
}

/* All settings: the rows above, completed from the table of equations when they are first asked for,
 * and constant from then on.  PisdSettingInfo. */
static const PisdSettingInfo *
find_info (const GArray *table, const char *key)
{
  for (guint i = 0; i < table->len; i++)
    if (g_str_equal (g_array_index (table, PisdSettingInfo, i).key, key))
      return &g_array_index (table, PisdSettingInfo, i);
  return NULL;
}

/* One row a key: equations with a constant of the same name share it. */
static void
add_constants (GArray *table, const PisdOperator *row, guint *slot)
{
  for (guint c = 0; c < row->n_constants; c++)
    {
      const PisdConstantInfo *constant = &row->constants[c];
      const PisdSettingInfo info = {
        constant->key,
        PISD_SETTING_DOUBLE,
        G_STRUCT_OFFSET (PisdSettings, constants) + *slot * sizeof (double),
        constant->minimum,
        constant->maximum,
        "",
        constant->help,
      };

      if (find_info (table, constant->key) != NULL)
        continue;
      g_return_if_fail (*slot < PISD_MAX_CONSTANTS);
      g_array_append_val (table, info);
      ++*slot;
    }
}

/* One weight a field, by its place in the equation. */
static void
add_weights (GArray *table, const PisdOperator *row, guint *slot)
{
  for (guint f = 0; f < row->n_fields; f++)
    {
      g_autofree char *key = g_strconcat ("zeta-obs-", row->fields[f].name, NULL);
      const PisdSettingInfo info = {
        g_intern_string (key),
        PISD_SETTING_DOUBLE,
        G_STRUCT_OFFSET (PisdSettings, parameters.zeta) + PISD_TERM_OBS (f) * sizeof (double),
        0,
        1e9,
        "",
        row->fields[f].weight_help,
        NULL,
        TRUE,
      };

      if (find_info (table, key) == NULL)
        g_array_append_val (table, info);
    }
}

static void
add_rows (GArray *table, const PisdSettingInfo *info)
{
  void (*add) (GArray *, const PisdOperator *, guint *) = NULL;
  guint slot = 0;

  if (g_str_equal (info->key, KEY_CONSTANTS))
    add = add_constants;
  else if (g_str_equal (info->key, KEY_WEIGHTS))
    add = add_weights;
  else
    g_array_append_val (table, *info);
  for (guint p = 0; add != NULL && p < pisd_operator_get_n (); p++)
    add (table, pisd_operator_get (p), &slot);
}

static const GArray *
get_table (void)
{
  static GArray *table;

  if (g_once_init_enter (&table))
    {
      GArray *made = g_array_new (FALSE, FALSE, sizeof (PisdSettingInfo));

      for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
        add_rows (made, &rows[i]);
      g_once_init_leave (&table, made);
    }
  return table;
}

const PisdSettingInfo *
pisd_settings_get_infos (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = get_table ()->len;
  return (const PisdSettingInfo *) (gpointer) get_table ()->data;
}

const PisdSettingInfo *
pisd_settings_find (const char *key)
{
  g_return_val_if_fail (key != NULL, NULL);

  return find_info (get_table (), key);
}

PisdTerm
pisd_setting_get_term (const PisdSettingInfo *info)
{
  gsize first = G_STRUCT_OFFSET (PisdSettings, parameters.zeta);

  if (info->offset < first || info->offset >= first + PISD_N_TERMS * sizeof (double))
    return PISD_N_TERMS;
  return (info->offset - first) / sizeof (double);
}

/* Where the value of a constant lies in the settings. */
static double *
find_constant (PisdSettings *settings, const PisdConstantInfo *constant)
{
  return &G_STRUCT_MEMBER (double, settings, pisd_settings_find (constant->key)->offset);
}

PisdEquation
pisd_settings_get_equation (const PisdSettings *settings)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);
  PisdEquation equation = { settings->problem };

  for (guint c = 0; c < row->n_constants; c++)
    equation.constants[c] = *find_constant ((PisdSettings *) settings, &row->constants[c]);
  return equation;
}

void
pisd_settings_set_equation (PisdSettings *settings, const PisdEquation *equation)
{
  const PisdOperator *row = pisd_operator_get (equation->problem);

  settings->problem = equation->problem;
  for (guint c = 0; c < row->n_constants; c++)
    *find_constant (settings, &row->constants[c]) = equation->constants[c];
}

gboolean
pisd_settings_same_equation (const PisdSettings *a, const PisdSettings *b)
{
  const PisdEquation p = pisd_settings_get_equation (a), q = pisd_settings_get_equation (b);

  return pisd_equation_equal (&p, &q);
}

/* Leaves the settings with that problem. */
static void
set_standard_constants (PisdSettings *settings, PisdProblemId problem)
{
  const PisdOperator *row = pisd_operator_get (problem);
  PisdEquation equation = { problem };

  for (guint c = 0; c < row->n_constants; c++)
    equation.constants[c] = row->constants[c].standard;
  pisd_settings_set_equation (settings, &equation);
}

int
pisd_setting_find_choice (const PisdSettingInfo *info, const char *name)
{
  g_return_val_if_fail (info != NULL && info->get_choice != NULL && name != NULL, -1);

  for (guint value = 0; info->get_choice (value).name != NULL; value++)
    if (g_str_equal (info->get_choice (value).name, name))
      return (int) value;
  return -1;
}

char *
pisd_setting_dup_choices (const PisdSettingInfo *info, const char *separator)
{
  GString *names = g_string_new (NULL);

  g_return_val_if_fail (info != NULL && info->get_choice != NULL, g_string_free (names, FALSE));

  for (guint value = 0; info->get_choice (value).name != NULL; value++)
    g_string_append_printf (names, "%s%s", value > 0 ? separator : "",
                            info->get_choice (value).name);
  return g_string_free (names, FALSE);
}

void
pisd_settings_init_default (PisdSettings *settings)
{
  g_return_if_fail (settings != NULL);

  memset (settings, 0, sizeof *settings);
  for (guint p = pisd_operator_get_n (); p-- > 0;)
    set_standard_constants (settings, p);
  settings->family = PISD_FAMILY_GRF;
  settings->instance_seed = 1;
  settings->prior = PISD_PRIOR_GAUSSIAN;
  settings->guidance = PISD_GUIDANCE_PISD;
  settings->samples = 1;
  settings->seed = 1;
  settings->modes = 44;
  pisd_settings_apply_preset (settings, PISD_GUIDANCE_PISD, PISD_TASK_FORWARD, FALSE);
  settings->steps = 300;
  settings->mode_set = PISD_MODES_SQUARE;
}

static const Preset *
find_preset (PisdGuidanceId guidance, PisdProblemId problem, PisdTask task)
{
  for (guint i = 0; i < G_N_ELEMENTS (presets); i++)
    if (presets[i].guidance == guidance && (presets[i].problems & BIT (problem))
        && (presets[i].tasks & BIT (task)))
      return &presets[i];
  return NULL;
}

/* Weights between those of the two tasks: exactly these at the ends, and where both are equal. */
static void
blend_weights (const Preset *forward, const Preset *inverse, double share, double *zeta)
{
  for (guint t = 0; t < PISD_N_TERMS; t++)
    {
      double from = forward->parameters.zeta[t], to = inverse->parameters.zeta[t];

      zeta[t] = share < 1.0 ? from + share * (to - from) : to;
    }
}

void
pisd_settings_apply_mixture (PisdSettings *settings,
                             PisdGuidanceId guidance,
                             const PisdMixture *mixture,
                             gboolean with_steps)
{
  const Preset *forward, *inverse, *preset;

  g_return_if_fail (settings != NULL && mixture != NULL);
  g_return_if_fail (settings->problem < pisd_operator_get_n ());

  forward = find_preset (guidance, settings->problem, PISD_TASK_FORWARD);
  inverse = find_preset (guidance, settings->problem, PISD_TASK_INVERSE);
  g_return_if_fail (forward != NULL && inverse != NULL);

  preset = mixture->is_of_u ? inverse : forward;
  settings->guidance = guidance;
  settings->space = preset->space;
  settings->covariance = PISD_COVARIANCE_GAUSSIAN; /* every preset has the prior's own */
  settings->sampler = preset->sampler;
  settings->sigma_min = preset->sigma_min;
  settings->sigma_max = preset->sigma_max;
  settings->rho = preset->rho;
  settings->parameters = preset->parameters;
  blend_weights (forward, inverse, mixture->share, settings->parameters.zeta);
  if (with_steps)
    {
      settings->steps = preset->steps;
      settings->mode_set = preset->mode_set;
    }
}

void
pisd_settings_apply_preset (PisdSettings *settings,
                            PisdGuidanceId guidance,
                            PisdTask task,
                            gboolean with_steps)
{
  PisdMixture mixture;
  PisdEquation equation;

  g_return_if_fail (settings != NULL);
  g_return_if_fail ((guint) task < PISD_N_TASKS);

  equation = pisd_settings_get_equation (settings);
  pisd_mixture_init_task (&mixture, &equation, task);
  pisd_settings_apply_mixture (settings, guidance, &mixture, with_steps);
}

static gboolean
fail (GError **error, PisdError code, const char *key, const char *text, const char *expected)
{
  g_autofree char *quoted = pisd_error_quote (text);

  g_set_error (error, PISD_ERROR, code, "%s: got %s, expected %s", key, quoted, expected);
  return FALSE;
}

static gboolean
fail_range (GError **error, const PisdSettingInfo *info, const char *text)
{
  char minimum[PISD_NUMBER_SIZE], maximum[PISD_NUMBER_SIZE];

  g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE, "%s: got %s, expected %s to %s", info->key,
               text, pisd_number_format (info->minimum, minimum),
               pisd_number_format (info->maximum, maximum));
  return FALSE;
}

static gboolean
set_double (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  double value;

  if (!pisd_number_parse (text, &value))
    return fail (error, PISD_ERROR_FORMAT, info->key, text, "a number");
  if (value < info->minimum || value > info->maximum)
    return fail_range (error, info, text);

  G_STRUCT_MEMBER (double, settings, info->offset) = value;
  return TRUE;
}

static gboolean
is_whole_number (const char *text)
{
  return text[0] != '\0' && text[strspn (text, "0123456789")] == '\0';
}

static gboolean
set_uint (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  guint64 value;

  if (!is_whole_number (text))
    return fail (error, PISD_ERROR_FORMAT, info->key, text, "a whole number");
  if (!g_ascii_string_to_unsigned (text, 10, info->minimum, info->maximum, &value, NULL))
    return fail_range (error, info, text);

  G_STRUCT_MEMBER (guint, settings, info->offset) = value;
  return TRUE;
}

static gboolean
set_seed (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  guint64 value;

  if (!is_whole_number (text))
    return fail (error, PISD_ERROR_FORMAT, info->key, text, "a whole number");
  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT64, &value, NULL))
    return fail (error, PISD_ERROR_RANGE, info->key, text, "0 to 18446744073709551615");

  G_STRUCT_MEMBER (guint64, settings, info->offset) = value;
  return TRUE;
}

static gboolean
set_choice (PisdSettings *settings, const PisdSettingInfo *info, const char *text, GError **error)
{
  int value = pisd_setting_find_choice (info, text);

  if (value < 0)
    {
      g_autofree char *choices = pisd_setting_dup_choices (info, ", ");

      return fail (error, PISD_ERROR_UNKNOWN, info->key, text, choices);
    }

  G_STRUCT_MEMBER (int, settings, info->offset) = value;
  return TRUE;
}

static gboolean
fail_key (const char *key, GError **error)
{
  g_autofree char *quoted = pisd_error_quote (key);
  g_autoptr (GString) keys = g_string_new (NULL);
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (keys, "%s%s", i > 0 ? ", " : "", infos[i].key);
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "unknown setting: got %s, expected one of %s",
               quoted, keys->str);
  return FALSE;
}

gboolean
pisd_settings_set (PisdSettings *settings, const char *key, const char *text, GError **error)
{
  static gboolean (*const setters[]) (PisdSettings *, const PisdSettingInfo *, const char *,
                                      GError **) = {
    [PISD_SETTING_DOUBLE] = set_double,
    [PISD_SETTING_UINT] = set_uint,
    [PISD_SETTING_SEED] = set_seed,
    [PISD_SETTING_CHOICE] = set_choice,
  };
  const PisdSettingInfo *info;

  g_return_val_if_fail (settings != NULL && key != NULL && text != NULL, FALSE);

  info = pisd_settings_find (key);
  if (info == NULL)
    return fail_key (key, error);
  return setters[info->type](settings, info, text, error);
}

char *
pisd_settings_dup_text (const PisdSettings *settings, const PisdSettingInfo *info)
{
  char buffer[PISD_NUMBER_SIZE];

  g_return_val_if_fail (settings != NULL && info != NULL, NULL);

  switch (info->type)
    {
    case PISD_SETTING_DOUBLE:
      return g_strdup (
          pisd_number_format (G_STRUCT_MEMBER (double, settings, info->offset), buffer));
    case PISD_SETTING_UINT:
      return g_strdup_printf ("%u", G_STRUCT_MEMBER (guint, settings, info->offset));
    case PISD_SETTING_SEED:
      return g_strdup_printf ("%" G_GUINT64_FORMAT,
                              G_STRUCT_MEMBER (guint64, settings, info->offset));
    case PISD_SETTING_CHOICE:
      return g_strdup (info->get_choice (G_STRUCT_MEMBER (int, settings, info->offset)).name);
    default:
      g_return_val_if_reached (NULL);
    }
}

/* Every value within its own range, however it got there. */
static gboolean
check_ranges (const PisdSettings *settings, GError **error)
{
  const PisdSettingInfo *infos;
  guint n;

  infos = pisd_settings_get_infos (&n);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = pisd_settings_dup_text (settings, &infos[i]);
      PisdSettings scratch = *settings;

      if (!pisd_settings_set (&scratch, infos[i].key, text, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
pisd_settings_need_conditioning (const PisdSettings *settings)
{
  g_return_val_if_fail (settings != NULL, FALSE);

  return pisd_method_get (settings->guidance)->conditions
         && pisd_method_get_space (settings->space)->obeys_equation
         && pisd_method_get_covariance (settings->covariance)->closed_form;
}

gboolean
pisd_settings_allow_exact (const PisdSettings *settings)
{
  g_return_val_if_fail (settings != NULL, FALSE);

  return pisd_method_get_space (settings->space)->obeys_equation
         && pisd_method_get_covariance (settings->covariance)->allows_exact
         && pisd_method_get_prior (settings->prior)->is_gaussian;
}

/* Which choices go together. */
static gboolean
check_methods (const PisdSettings *settings, GError **error)
{
  const PisdMethod *method = pisd_method_get (settings->guidance);
  const PisdSamplerTraits *sampler = pisd_method_get_sampler (settings->sampler);
  const char *space = pisd_method_get_space (settings->space)->choice.name;
  const char *covariance = pisd_method_get_covariance (settings->covariance)->choice.name;
  gboolean allows_exact = pisd_settings_allow_exact (settings);

  if (method->draws_directly && !allows_exact)
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "guidance: got %s with space %s and covariance %s, expected decoupled and "
                   "gaussian",
                   method->choice.name, space, covariance);
      return FALSE;
    }
  if (sampler->is_exact_flow && !(allows_exact && method->conditions))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "sampler: got %s with guidance %s, space %s and covariance %s, expected "
                   "second-order, decoupled and gaussian",
                   sampler->choice.name, method->choice.name, space, covariance);
      return FALSE;
    }
  return TRUE;
}

/* A family that the equation has instances of. */
static gboolean
check_family (const PisdSettings *settings, GError **error)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);

  if (row->families & (1u << settings->family))
    return TRUE;
  g_set_error (error, PISD_ERROR, PISD_ERROR_UNKNOWN, "family: got %s, which %s does not have",
               pisd_family_get_name (settings->family), row->name);
  return FALSE;
}

gboolean
pisd_settings_check (const PisdSettings *settings, GError **error)
{
  PisdEquation equation;

  g_return_val_if_fail (settings != NULL, FALSE);

  if (!check_ranges (settings, error))
    return FALSE;

  if (settings->sigma_min >= settings->sigma_max)
    {
      char low[PISD_NUMBER_SIZE], high[PISD_NUMBER_SIZE];

      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "sigma-min: got %s, expected less than sigma-max, %s",
                   pisd_number_format (settings->sigma_min, low),
                   pisd_number_format (settings->sigma_max, high));
      return FALSE;
    }

  if (settings->mode_set == PISD_MODES_HYPERBOLIC
      && (settings->modes < PISD_MODES_LEAST_HYPERBOLIC
          || settings->modes > PISD_MODES_MOST_HYPERBOLIC))
    {
      g_set_error (error, PISD_ERROR, PISD_ERROR_RANGE,
                   "modes: got %u, expected %d to %d with mode-set hyperbolic", settings->modes,
                   PISD_MODES_LEAST_HYPERBOLIC, PISD_MODES_MOST_HYPERBOLIC);
      return FALSE;
    }

  if (!check_methods (settings, error) || !check_family (settings, error))
    return FALSE;

  equation = pisd_settings_get_equation (settings);
  return pisd_equation_check (&equation, error);
}
