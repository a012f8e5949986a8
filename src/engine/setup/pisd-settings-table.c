/* The table of all settings, part of pisd-settings.h. */
#include "pisd-settings.h"

#include <glib/gi18n-lib.h>

/* Choices come from the tables of what they choose. */

static PisdChoice
get_problem (guint value)
{
  const PisdOperator *info = value < pisd_operator_get_n () ? pisd_operator_get (value) : NULL;

  return info != NULL ? (PisdChoice){ info->name, info->title } : (PisdChoice){ NULL };
}

static PisdChoice
get_prior_family (guint value)
{
  static const char *const titles[PISD_N_FAMILIES + 1] = {
    [PISD_FAMILY_GRF] = N_ ("Random field"),
    [PISD_FAMILY_INCLUSIONS] = N_ ("Inclusions"),
    [PISD_FAMILY_BLOBS] = N_ ("Blobs"),
    [PISD_FAMILY_ANY] = N_ ("Any of them"),
  };

  return value <= PISD_FAMILY_ANY ? (PisdChoice){ pisd_family_get_name (value), titles[value] }
                                  : (PisdChoice){ NULL };
}

/* A truth is of one family. */
static PisdChoice
get_family (guint value)
{
  return value < PISD_N_FAMILIES ? get_prior_family (value) : (PisdChoice){ NULL };
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
get_schedule (guint value)
{
  return value < PISD_N_SCHEDULES ? pisd_method_get_schedule (value)->choice : (PisdChoice){ NULL };
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
#define CHOICE(key, member, get_choice, title, help) \
  { key, PISD_SETTING_CHOICE, AT (member), 0, 0, "", title, help, get_choice, FALSE }
#define SEED(key, member, title, help) \
  { key, PISD_SETTING_SEED, AT (member), 0, 0, "", title, help, NULL, FALSE }
#define UINT(key, member, minimum, maximum, title, help) \
  { key, PISD_SETTING_UINT, AT (member), minimum, maximum, "", title, help, NULL, FALSE }
#define DOUBLE(key, member, minimum, maximum, title, help) \
  { key, PISD_SETTING_DOUBLE, AT (member), minimum, maximum, "", title, help, NULL, FALSE }
#define LIVE(key, member, minimum, maximum, unit, title, help) \
  { key, PISD_SETTING_DOUBLE, AT (parameters.member), minimum, maximum, unit, title, help, NULL, \
    TRUE }

#define COURSE_HELP \
  N_ ("Factor of that weight over the run: fraction:factor at some points, empty = 1")

/* Stand for the rows that are made from the table of equations. */
#define KEY_CONSTANTS "(constants)"
#define KEY_WEIGHTS "(weights)"
#define KEY_COURSES "(courses)"

static const PisdSettingInfo rows[] = {
  CHOICE ("problem", problem, get_problem, N_ ("Problem"), N_ ("The equation")),
  { KEY_CONSTANTS },
  CHOICE ("family", family, get_family, N_ ("Source"), N_ ("Family of the random source")),
  SEED ("instance-seed", instance_seed, N_ ("Source seed"), N_ ("Seed of the random source")),
  DOUBLE ("instance-amplitude", instance_law.amplitude, 1e-6, 1e6, N_ ("Amplitude of the source"),
          N_ ("Random field: of its values, 1 = the benchmark's")),
  DOUBLE ("instance-tau", instance_law.tau, 0.1, 100, N_ ("τ of the source"),
          N_ ("Random field: 1/τ is its length, 3 = the benchmark's")),
  DOUBLE ("instance-alpha", instance_law.alpha, 1.05, 6, N_ ("Smoothness α of the source"),
          N_ ("Random field: how fast its modes decay, 2 = the benchmark's")),
  DOUBLE ("instance-flow-amplitude", instance_flow_law.amplitude, 1e-6, 1e3,
          N_ ("Amplitude of the flow"),
          N_ ("Random flow: of its vorticity at the beginning, 1 = the benchmark's")),
  DOUBLE ("instance-flow-tau", instance_flow_law.tau, 0.1, 100, N_ ("τ of the flow"),
          N_ ("Random flow: 1/τ is its length, 7 = the benchmark's")),
  DOUBLE ("instance-flow-alpha", instance_flow_law.alpha, 1.05, 6, N_ ("Smoothness α of the flow"),
          N_ ("Random flow: how fast its modes decay, 2.5 = the benchmark's")),
  CHOICE ("prior", prior, get_prior, N_ ("Prior"), N_ ("What the denoiser knows of the fields")),
  CHOICE ("prior-family", prior_family, get_prior_family, N_ ("Family of the prior"),
          N_ ("Family of sources that the prior expects")),
  DOUBLE ("class-weight", class_weight, 0, 10, N_ ("Class weight"),
          N_ ("Learned prior: 0 = any family, 1 = its own, above 1 = more of it than it has")),
  { "model-wait", PISD_SETTING_DOUBLE, AT (model_wait), 0.1, 86400, "s",
    N_ ("Patience with a model"),
    N_ ("Prior of another process: how long it may say nothing, or be away"), NULL,
    FALSE },
  DOUBLE ("mean-sd", mean_sd, 0, 1e6, N_ ("Unknown mean ±"),
          N_ ("Standard deviation of the source's unknown mean, 0 = the mean is zero")),
  DOUBLE ("prior-amplitude", prior_law.amplitude, 1e-6, 1e6, N_ ("Amplitude"),
          N_ ("Gaussian prior: factor of the field's values, 1 = the benchmark's")),
  DOUBLE ("prior-tau", prior_law.tau, 0.1, 100, N_ ("Inverse length τ"),
          N_ ("Gaussian prior: values hang together over a length of 1/τ, 3 = the benchmark's")),
  DOUBLE ("prior-alpha", prior_law.alpha, 1.05, 6, N_ ("Smoothness α"),
          N_ ("Gaussian prior: how fast modes decay, 2 = the benchmark's")),
  DOUBLE ("prior-flow-amplitude", prior_flow_law.amplitude, 1e-6, 1e3, N_ ("Amplitude"),
          N_ ("Gaussian prior of a flow: factor of its vorticity, 1 = the benchmark's")),
  DOUBLE ("prior-flow-tau", prior_flow_law.tau, 0.1, 100, N_ ("Inverse length τ"),
          N_ ("Gaussian prior of a flow: values hang together over 1/τ, 7 = the benchmark's")),
  DOUBLE ("prior-flow-alpha", prior_flow_law.alpha, 1.05, 6, N_ ("Smoothness α"),
          N_ ("Gaussian prior of a flow: how fast modes decay, 2.5 = the benchmark's")),
  DOUBLE ("noise-sd", noise_sd, 0, 1e6, N_ ("Unknown noise ±"),
          N_ ("Noise that every reading may have beside its sensor's own, 0 = none")),
  CHOICE ("guidance", guidance, get_guidance, N_ ("Method"),
          N_ ("How measurements and equation pull at the sample")),
  CHOICE ("space", space, get_space, N_ ("Latent"),
          N_ ("What the latent holds: modes of a and u, or of a alone")),
  CHOICE ("covariance", covariance, get_covariance, N_ ("Covariance"),
          N_ ("Second order: covariance of the clean latent given the state")),
  DOUBLE ("pde-sd", pde_sd, 0, 1e3, N_ ("Allowed residual"),
          N_ ("Second order, joint: noise of the equation's rows, 0 = hard")),
  CHOICE ("sampler", sampler, get_sampler, N_ ("Integrator"),
          N_ ("How one noise level leads to the next")),
  DOUBLE ("eta", eta, 0, 1, N_ ("Fresh noise η"),
          N_ ("DDIM: share of DDPM's fresh noise, 0 = none")),
  DOUBLE ("churn", churn.amount, 0, 1e4, N_ ("Churn S"),
          N_ ("Euler, Heun: noise added before each of N steps, S/N of its level, 0 = none")),
  DOUBLE ("churn-min", churn.from, 0, 1e6, N_ ("Churn from σ"),
          N_ ("Lowest noise level that churn raises")),
  DOUBLE ("churn-max", churn.to, 0, 1e6, N_ ("Churn up to σ"),
          N_ ("Highest noise level that churn raises")),
  DOUBLE ("churn-noise", churn.noise, 0.5, 2, N_ ("Strength of churn"),
          N_ ("Standard deviation of churn's noise, 1 = what the level says")),
  UINT ("steps", steps, 1, 10000, N_ ("Steps"), N_ ("Number of diffusion steps")),
  UINT ("samples", samples, 1, 10000, N_ ("Samples"), N_ ("Number of samples drawn")),
  SEED ("seed", seed, N_ ("Noise seed"), N_ ("Seed of the sampler's noise")),
  CHOICE ("mode-set", mode_set, get_mode_set, N_ ("Modes"),
          N_ ("Shape of the set of kept modes")),
  UINT ("modes", modes, PISD_MODES_LEAST, 64, N_ ("Size K"),
        N_ ("Kept modes K in each direction")),
  CHOICE ("schedule", schedule, get_schedule, N_ ("Noise schedule"),
          N_ ("Which noise levels a run goes through")),
  DOUBLE ("sigma-min", sigma_min, 1e-6, 1e3, N_ ("Smallest noise level σ"),
          N_ ("Lowest noise level above zero")),
  DOUBLE ("sigma-max", sigma_max, 1e-6, 1e6, N_ ("Largest noise level σ"),
          N_ ("Noise level of the first step")),
  DOUBLE ("rho", rho, 1, 20, N_ ("Step spacing ρ"),
          N_ ("How strongly steps crowd at low noise")),
  { KEY_WEIGHTS },
  LIVE ("zeta-pde", zeta[PISD_TERM_PDE], 0, 1e9, "", N_ ("Weight of equation"),
        N_ ("Weight of the equation's residual")),
  { KEY_COURSES },
  { "course-pde", PISD_SETTING_COURSE, AT (parameters.courses[PISD_TERM_PDE]), 0, 0, "",
    N_ ("Weight of equation"), COURSE_HELP, NULL, TRUE },
  LIVE ("rate-low", rate_low, 1e-9, 1e3, "", N_ ("Step size, low modes"),
        N_ ("Adam step size at low frequencies")),
  LIVE ("rate-high", rate_high, 0, 1e3, "", N_ ("Step size, high modes"),
        N_ ("Adam step size at high frequencies")),
  LIVE ("cutoff", cutoff, 0, PISD_GRID, "modes", N_ ("Crossover between low and high k"),
        N_ ("Mode index where the step size changes over")),
  LIVE ("beta1", beta1, 0, 0.999999, "", N_ ("Adam β₁"), N_ ("Adam decay of the mean gradient")),
  LIVE ("beta2", beta2, 0, 0.999999, "", N_ ("Adam β₂"),
        N_ ("Adam decay of the mean squared gradient")),
  LIVE ("late-start", late_start, 0, 1, "", N_ ("Equation starts at"),
        N_ ("DPS: fraction of the steps after which the equation joins")),
  LIVE ("late-factor", late_factor, 0, 1e3, "", N_ ("Sensor weight after that, times"),
        N_ ("DPS: what sensor weights are then multiplied by")),
};

#undef AT
#undef CHOICE
#undef SEED
#undef UINT
#undef DOUBLE
#undef LIVE
/* clang-format on */

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
        constant->title,
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
        row->fields[f].weight_title,
        row->fields[f].weight_help,
        NULL,
        TRUE,
      };

      if (find_info (table, key) == NULL)
        g_array_append_val (table, info);
    }
}

/* One course a weight. */
static void
add_courses (GArray *table, const PisdOperator *row, guint *slot)
{
  for (guint f = 0; f < row->n_fields; f++)
    {
      g_autofree char *key = g_strconcat ("course-obs-", row->fields[f].name, NULL);
      const PisdSettingInfo info = {
        g_intern_string (key),
        PISD_SETTING_COURSE,
        G_STRUCT_OFFSET (PisdSettings, parameters.courses)
            + PISD_TERM_OBS (f) * sizeof (PisdCourse),
        0,
        0,
        "",
        row->fields[f].weight_title,
        COURSE_HELP,
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
  else if (g_str_equal (info->key, KEY_COURSES))
    add = add_courses;
  else
    g_array_append_val (table, *info);
  for (guint p = 0; add != NULL && p < pisd_operator_get_n (); p++)
    add (table, pisd_operator_get (p), &slot);
}

/* All settings: the rows above, completed from the table of equations when they are first asked
 * for, and constant from then on. */
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

const PisdSettingInfo *
pisd_setting_find_course (PisdTerm term)
{
  const gsize offset =
      G_STRUCT_OFFSET (PisdSettings, parameters.courses) + term * sizeof (PisdCourse);

  g_return_val_if_fail (term < PISD_N_TERMS, NULL);

  for (guint i = 0; i < get_table ()->len; i++)
    if (g_array_index (get_table (), PisdSettingInfo, i).offset == offset)
      return &g_array_index (get_table (), PisdSettingInfo, i);
  return NULL;
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

const char *
pisd_setting_get_word (const PisdSettingInfo *info, PisdWords words)
{
  return words == PISD_WORDS_TITLES ? _ (info->title) : info->key;
}

const char *
pisd_choice_get_word (const PisdChoice *choice, PisdWords words)
{
  return words == PISD_WORDS_TITLES && choice->title != NULL ? _ (choice->title) : choice->name;
}

char *
pisd_setting_dup_families (const PisdSettingInfo *info, const PisdOperator *row, PisdWords words)
{
  GString *names = g_string_new (NULL);

  for (guint value = 0; info->get_choice (value).name != NULL; value++)
    {
      const PisdChoice choice = info->get_choice (value);

      if (pisd_operator_has_family (row, value))
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "",
                                pisd_choice_get_word (&choice, words));
    }
  return g_string_free (names, FALSE);
}
