#include "pisd-settings.h"

#include <string.h>

#include "pisd-law-setting.h"

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

PisdSchedule
pisd_settings_get_schedule (const PisdSettings *settings)
{
  return (PisdSchedule){ settings->schedule, settings->sigma_min, settings->sigma_max,
                         settings->rho };
}

gboolean
pisd_settings_use_sampler (const PisdSettings *settings, PisdSamplerUses uses)
{
  return pisd_method_get (settings->guidance)->makes_steps
         && (pisd_method_get_sampler (settings->sampler)->uses & uses) != 0;
}

static PisdLawOf
get_law_of (const PisdSettings *settings)
{
  return pisd_operator_get (settings->problem)->random->law_of;
}

const PisdLaw *
pisd_settings_get_instance_law (const PisdSettings *settings)
{
  return get_law_of (settings) == PISD_LAW_OF_FLOWS ? &settings->instance_flow_law
                                                    : &settings->instance_law;
}

const PisdLaw *
pisd_settings_get_prior_law (const PisdSettings *settings)
{
  return get_law_of (settings) == PISD_LAW_OF_FLOWS ? &settings->prior_flow_law
                                                    : &settings->prior_law;
}

PisdSourcePrior
pisd_settings_get_source_prior (const PisdSettings *settings)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);

  if (!pisd_method_get_prior (settings->prior)->is_learned)
    return (PisdSourcePrior){ settings->prior_family, settings->mean_sd,
                              *pisd_settings_get_prior_law (settings) };
  return (PisdSourcePrior){ settings->prior_family,
                            row->random->get_mean_sd (settings->prior_family),
                            row->random->benchmark };
}

void
pisd_settings_make_gaussian (PisdSettings *settings)
{
  const PisdSourcePrior prior = pisd_settings_get_source_prior (settings);

  settings->prior = PISD_PRIOR_GAUSSIAN;
  settings->prior_family = prior.family;
  settings->mean_sd = prior.mean_sd;
  *(PisdLaw *) pisd_settings_get_prior_law (settings) = prior.law;
}

gboolean
pisd_settings_have_amplitude (const PisdSettings *settings)
{
  return !pisd_method_get_prior (settings->prior)->is_learned
         && pisd_operator_get (settings->problem)->random->fill_slopes != NULL;
}

gboolean
pisd_settings_have_law (const PisdSettings *settings)
{
  return pisd_settings_have_amplitude (settings) && settings->prior_family == PISD_FAMILY_GRF;
}

gboolean
pisd_settings_have_instance_law (const PisdSettings *settings)
{
  return settings->family == PISD_FAMILY_GRF
         && pisd_operator_get (settings->problem)->random->sample_law != NULL;
}

void
pisd_settings_drop_laws (PisdSettings *settings)
{
  for (guint i = 0; i < PISD_N_LAW_SETTINGS; i++)
    {
      const PisdLawSetting *law = pisd_law_setting_get (i);

      if (!pisd_law_setting_may (law, settings))
        G_STRUCT_MEMBER (double, settings, pisd_settings_find (law->key)->offset) =
            pisd_law_setting_get_standard (law);
    }
}

PisdSourcePrior
pisd_settings_get_scaled_prior (const PisdSettings *settings)
{
  const PisdOperator *row = pisd_operator_get (settings->problem);

  if (!pisd_method_get_prior (settings->prior)->is_learned)
    return pisd_settings_get_source_prior (settings);
  return (PisdSourcePrior){ PISD_FAMILY_ANY, row->random->get_mean_sd (PISD_FAMILY_ANY),
                            row->random->benchmark };
}

gboolean
pisd_settings_same_equation (const PisdSettings *a, const PisdSettings *b)
{
  const PisdEquation p = pisd_settings_get_equation (a), q = pisd_settings_get_equation (b);

  return pisd_equation_equal (&p, &q);
}

gboolean
pisd_settings_same_source_prior (const PisdSettings *a, const PisdSettings *b)
{
  const PisdSourcePrior p = pisd_settings_get_source_prior (a),
                        q = pisd_settings_get_source_prior (b);

  return pisd_source_prior_equal (&p, &q) && a->noise_sd == b->noise_sd;
}

gboolean
pisd_settings_same_latent (const PisdSettings *a, const PisdSettings *b)
{
  const PisdSourcePrior p = pisd_settings_get_scaled_prior (a),
                        q = pisd_settings_get_scaled_prior (b);

  return pisd_settings_same_equation (a, b) && pisd_settings_same_source_prior (a, b)
         && pisd_source_prior_equal (&p, &q) && a->space == b->space && a->mode_set == b->mode_set
         && a->modes == b->modes;
}

gboolean
pisd_settings_share_latent (PisdProblemId a, PisdProblemId b, PisdSpace space)
{
  return a == b
         || (pisd_method_get_space (space)->obeys_equation
             && pisd_operator_get (a)->random == pisd_operator_get (b)->random);
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
  settings->prior_family = PISD_FAMILY_GRF;
  settings->class_weight = 1.0;
  settings->instance_law = settings->prior_law = (PisdLaw) PISD_LAW_BENCHMARK;
  settings->instance_flow_law = settings->prior_flow_law = (PisdLaw) PISD_LAW_BENCHMARK_FLOWS;
  settings->guidance = PISD_GUIDANCE_PISD;
  settings->samples = 1;
  settings->seed = 1;
  settings->modes = 44;
  settings->model_wait = 60.0;
  pisd_settings_apply_preset (settings, PISD_GUIDANCE_PISD, PISD_TASK_FORWARD, FALSE);
  settings->steps = 300;
  settings->mode_set = PISD_MODES_SQUARE;
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
pisd_settings_need_systems (const PisdSettings *settings)
{
  return pisd_settings_need_conditioning (settings)
         && !pisd_method_get_prior (settings->prior)->is_gaussian;
}

gboolean
pisd_settings_allow_exact (const PisdSettings *settings)
{
  g_return_val_if_fail (settings != NULL, FALSE);

  return pisd_method_get_space (settings->space)->obeys_equation
         && pisd_method_get_covariance (settings->covariance)->allows_exact
         && pisd_method_get_prior (settings->prior)->is_gaussian;
}
