/* Latents of several frames: representation, sensors, errors, prior and whole runs of the flow. */
#include "pisd-basis.h"
#include "pisd-half-plane.h"
#include "pisd-npz.h"
#include "pisd-denoiser.h"
#include "pisd-loss.h"
#include "pisd-observation.h"
#include "pisd-reference.h"
#include "pisd-report.h"
#include "pisd-run.h"
#include "pisd-solver.h"
#include "pisd-test-files.h"
#include "pisd-test-flow.h"

#define S PISD_GRID
#define N_LATER 9

static PisdProblemId id;

static PisdSettings
flow_settings (PisdSpace space, guint modes)
{
  PisdSettings settings;

  pisd_settings_init_default (&settings);
  settings.problem = id;
  settings.space = space;
  settings.modes = modes;
  return settings;
}

static PisdInstance *
flow (void)
{
  return pisd_instance_new_random (TEST_EQUATION (id, 1e-3), PISD_FAMILY_GRF, 5, NULL);
}

/* Frame after frame: modes of one, a part of all; the mean is no mode. */
static void
test_layout (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 16);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  gsize n;

  g_assert_cmpuint (pisd_representation_get_modes (r, 0)->n, ==, 255);
  g_assert_cmpuint (pisd_representation_get_modes (r, 1)->n, ==, 255);
  g_assert_cmpuint (pisd_representation_get_offset (r, 1, &n), ==, 255);
  g_assert_cmpuint (n, ==, N_LATER * 255);
  g_assert_cmpuint (pisd_representation_get_n (r), ==, 10 * 255);
}

/* Later frames have their own scales, smaller the longer eddies fade. */
static void
test_scales (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 32);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  const double *scale = pisd_representation_get_scale (r, 1);
  guint n = pisd_representation_get_modes (r, 1)->n;

  for (guint i = 0; i < N_LATER * n; i++)
    g_assert_cmpfloat (scale[i], >, 0.0);
  g_assert_cmpfloat (scale[n - 1], <, 0.7 * pisd_representation_get_scale (r, 0)[n - 1]);
  g_assert_cmpfloat (scale[N_LATER * n - 1], <, 0.1 * scale[n - 1]);
  g_assert_cmpfloat (pisd_representation_get_tail_variance (r, 1), <,
                     0.05 * pisd_representation_get_tail_variance (r, 0));
}

static void
test_round_trip (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 16);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  gsize n = pisd_representation_get_n (r), n_u, u = pisd_representation_get_offset (r, 1, &n_u);
  g_autofree double *z = test_random (n, 1), *back = g_new0 (double, n);
  g_autofree float *narrow = g_new (float, n);
  g_autoptr (PisdField) field = pisd_field_new (N_LATER * S, S);
  g_autoptr (PisdField) other = pisd_field_new (N_LATER * S, S);

  pisd_representation_decode (r, z, 1, field);
  pisd_representation_encode (r, field, 1, back);
  test_assert_below (test_difference (back + u, z + u, n_u), 1e-10);
  for (gsize i = 0; i < n; i++)
    narrow[i] = (float) z[i];
  pisd_representation_decode_float (r, narrow, 1, other);
  test_assert_below (pisd_field_relative_error (other, field), 1e-6);
}

static void
add_sensor (PisdSensors *sensors, PisdFieldId field, double t, double y, double x)
{
  const PisdSensor s = { .field = field, .x = x, .y = y, .t = t };

  pisd_sensors_add (sensors, &s);
}

/* A sensor reads the frame nearest to its time: on nodes, the decoded field's. */
static void
test_observation (void)
{
  static const struct
  {
    double t;
    guint frame, i, j;
  } places[] = { { 1.0, 8, 3, 100 },
                 { 0.35, 2, 64, 0 },
                 { 0.0, 0, 127, 127 },
                 { 0.34, 2, 64, 0 },
                 { 5 / 9.0, 4, 10, 20 } };
  static const guint order[] = { 2, 1, 3, 4, 0 }; /* from frame to frame */
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 16);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  gsize n = pisd_representation_get_n (r), n_u, u = pisd_representation_get_offset (r, 1, &n_u);
  g_autofree double *z = test_random (n, 1), *back = g_new (double, n_u);
  g_autofree double *v = test_random (G_N_ELEMENTS (places), 2);
  g_autoptr (PisdField) field = pisd_field_new (N_LATER * S, S);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdObservation) h = NULL;
  double read[G_N_ELEMENTS (places)];

  for (guint s = 0; s < G_N_ELEMENTS (places); s++)
    add_sensor (sensors, PISD_FIELD_U, places[s].t,
                pisd_basis_get_node (PISD_BASIS_PERIODIC, places[s].i),
                pisd_basis_get_node (PISD_BASIS_PERIODIC, places[s].j));
  add_sensor (sensors, PISD_FIELD_A, 0.0, 0.5, 0.5);
  h = pisd_observation_new (r, 1, sensors);
  g_assert_cmpuint (pisd_observation_get_n (h), ==, G_N_ELEMENTS (places));
  pisd_observation_apply (h, z + u, read);
  pisd_representation_decode (r, z, 1, field);
  for (guint s = 0; s < G_N_ELEMENTS (places); s++)
    {
      guint p = order[s];

      test_assert_close (read[s],
                         field->data[(places[p].frame * S + places[p].i) * S + places[p].j], 1e-12);
    }
  pisd_observation_apply_adjoint (h, v, back);
  test_assert_close (test_dot (read, v, G_N_ELEMENTS (places)) / test_dot (z + u, back, n_u), 1.0,
                     1e-11);
}

/* Errors of every frame are those of the decoded field; that of a field is its last frame's. */
static void
test_errors (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 16);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdInstance) truth = flow ();
  g_autoptr (PisdReference) reference = pisd_reference_new (r, truth);
  const PisdField *t = pisd_instance_get_field (truth, PISD_FIELD_U);
  g_autofree double *z = test_random (pisd_representation_get_n (r), 1);
  g_autoptr (PisdField) field = pisd_field_new (N_LATER * S, S);
  double errors[N_LATER];

  pisd_representation_decode (r, z, 1, field);
  pisd_reference_fill_errors (reference, z, 1, errors);
  for (guint n = 0; n < N_LATER; n++)
    {
      PisdField made = { S, S, field->data + n * S * S },
                true_frame = { S, S, t->data + n * S * S };

      test_assert_close (errors[n] / pisd_field_relative_error (&made, &true_frame), 1.0, 1e-10);
    }
  g_assert_cmpfloat (pisd_reference_error (reference, z, 1), ==, errors[N_LATER - 1]);
}

/* A decoupled latent's later frames are nearly what the equation's own solver makes of it, and the
 * transpose of their derivative is that of the frames themselves. */
static void
test_decoupled (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_DECOUPLED, 20);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSolver) solver = pisd_solver_new (pisd_representation_get_equation (r));
  gsize n = pisd_representation_get_n (r), n_joint = pisd_representation_get_n_joint (r);
  g_autofree double *z = test_random (n, 1), *d = test_random (n, 2), *v = test_random (n_joint, 3);
  g_autofree double *joint = g_new (double, n_joint), *moved = g_new (double, n_joint);
  g_autofree double *g = g_new (double, n);
  g_autoptr (PisdField) first = pisd_field_new (S, S), later = pisd_field_new (N_LATER * S, S);
  g_autoptr (PisdField) sketched = pisd_field_new (N_LATER * S, S);
  PisdField *const fields[] = { first, later };
  const double step = 1e-5;

  g_assert_cmpuint (n, ==, 399);
  g_assert_cmpuint (n_joint, ==, 3990);
  pisd_representation_decode (r, z, 0, first);
  pisd_solver_complete (solver, fields);
  pisd_representation_decode (r, z, 1, sketched);
  test_assert_below (pisd_field_relative_error (sketched, later), 1e-3);

  /* (F (z + h d) - F (z - h d)) / 2 h . v = d . F' (z)* v */
  for (gsize i = 0; i < n; i++)
    g[i] = z[i] + step * d[i];
  pisd_representation_expand (r, g, moved);
  for (gsize i = 0; i < n; i++)
    g[i] = z[i] - step * d[i];
  pisd_representation_expand (r, g, joint);
  for (gsize i = 0; i < n_joint; i++)
    moved[i] = (moved[i] - joint[i]) / (2.0 * step);
  pisd_representation_expand (r, z, joint);
  pisd_representation_expand_adjoint (r, v, g);
  test_assert_close (test_dot (moved, v, n_joint) / test_dot (d, g, n), 1.0, 1e-6);
}

/* Noise, which is faster than any flow, has a picture too, and what is no number has none. */
static void
test_noise (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_DECOUPLED, 20);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  gsize n = pisd_representation_get_n (r);
  g_autofree double *z = test_random (n, 1);
  g_autoptr (PisdField) later = pisd_field_new (N_LATER * S, S);

  for (gsize i = 0; i < n; i++)
    z[i] *= 80.0;
  pisd_representation_decode (r, z, 1, later);
  g_assert_true (pisd_field_is_finite (later));
  g_assert_cmpfloat (pisd_field_norm (later), >, 0.0);
  z[3] = NAN;
  pisd_representation_decode (r, z, 1, later);
  g_assert_true (isnan (later->data[0]));
}

/* Sensors on both fields, three frames and with noise on some. */
static PisdSensors *
flow_sensors (void)
{
  PisdSensors *sensors = pisd_sensors_new ();

  for (guint i = 0; i < 30; i++)
    {
      const PisdSensor s = { .field = i % 2 ? PISD_FIELD_A : PISD_FIELD_U,
                             .x = i % 7 / 7.0,
                             .y = i / 31.0,
                             .t = i % 2 ? 0.0 : i % 3 / 2.0,
                             .value = 0.1 * i,
                             .sd = i % 5 * 0.01 };

      pisd_sensors_add (sensors, &s);
    }
  return sensors;
}

typedef struct
{
  const char *name;
  PisdSpace space;
  PisdLossForm form;
} LossCase;

static const LossCase loss_cases[] = {
  { "joint-squared", PISD_SPACE_JOINT, PISD_LOSS_SQUARED },
  { "joint-norm", PISD_SPACE_JOINT, PISD_LOSS_NORM },
  { "decoupled-squared", PISD_SPACE_DECOUPLED, PISD_LOSS_SQUARED },
};

static double
weighted_loss (PisdLoss *loss, const double *m, double *gradient)
{
  const double zeta[PISD_N_TERMS] = { 0.3, 2.0, 0.05 };
  double values[PISD_N_TERMS], shares[PISD_N_TERMS], sum = 0.0;

  pisd_loss_evaluate (loss, m, zeta, values, shares, gradient);
  for (guint t = 0; t < PISD_N_TERMS; t++)
    sum += zeta[t] * values[t];
  return sum;
}

/* Along a line through all modes of all frames: by differences and by the gradient. */
static void
test_gradient (gconstpointer data)
{
  const LossCase *c = data;
  PisdSettings settings = flow_settings (c->space, 10);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSensors) sensors = flow_sensors ();
  g_autoptr (PisdLoss) loss = pisd_loss_new (r, sensors, c->form);
  gsize n = pisd_representation_get_n (r);
  g_autofree double *m = test_random (n, 1), *d = test_random (n, 2), *x = g_new (double, n);
  g_autofree double *gradient = g_new (double, n);
  const double step = 1e-4;
  double plus, minus;

  for (gsize i = 0; i < n; i++)
    x[i] = m[i] + step * d[i];
  plus = weighted_loss (loss, x, NULL);
  for (gsize i = 0; i < n; i++)
    x[i] = m[i] - step * d[i];
  minus = weighted_loss (loss, x, NULL);
  weighted_loss (loss, m, gradient);
  test_assert_close ((plus - minus) / (2.0 * step) / test_dot (gradient, d, n), 1.0, 1e-5);
}

/* In modes what is left of the equation is what is left of it on the grid, of the modes that a
 * latent knows of. */
static void
test_equation (void)
{
  enum
  {
    SIDE = 11
  };
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 10);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdSensors) sensors = pisd_sensors_new ();
  g_autoptr (PisdLoss) loss = pisd_loss_new (r, sensors, PISD_LOSS_SQUARED);
  g_autoptr (PisdSolver) solver = pisd_solver_new (pisd_representation_get_equation (r));
  g_autoptr (PisdTransform) transform =
      pisd_transform_new (PISD_BASIS_PERIODIC, S, PISD_TRANSFORM_AUTO);
  g_autoptr (PisdField) a = pisd_field_new (S, S), u = pisd_field_new (N_LATER * S, S);
  g_autoptr (PisdField) left = pisd_field_new (N_LATER * S, S);
  PisdField *const fields[] = { a, u };
  g_autofree double *m = test_random (pisd_representation_get_n (r), 1);
  g_autofree double *box = g_new (double, S *S);
  const double zeta[PISD_N_TERMS] = { 0.0 };
  double values[PISD_N_TERMS], shares[PISD_N_TERMS], low[SIDE * SIDE], sum = 0.0;

  pisd_loss_evaluate (loss, m, zeta, values, shares, NULL);
  for (guint f = 0; f < 2; f++)
    pisd_representation_decode (r, m, f, fields[f]);
  pisd_solver_residual (solver, PISD_SPECTRAL, fields, left);
  for (guint n = 0; n < N_LATER; n++)
    {
      pisd_transform_analyze (transform, left->data + n * S * S, box);
      pisd_periodic_resize (S, box, SIDE, low);
      sum += test_dot (low, low, SIDE * SIDE);
    }
  test_assert_close (values[PISD_TERM_PDE] / sum, 1.0, 1e-10);
  test_assert_close (pisd_loss_get_relative_residual (loss) / sqrt (sum / N_LATER)
                         * test_norm (a->data, S * S),
                     1.0, 1e-10);
}

static PisdDenoiser *
flow_denoiser (PisdRepresentation *r)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdPrior) prior = pisd_prior_new (PISD_PRIOR_GAUSSIAN, r, 0, NULL, &error);

  g_assert_no_error (error);
  return pisd_denoiser_new (prior, r);
}

/* J of one mode in all frames: [10, 10]. */
static void
fill_jacobian (PisdDenoiser *denoiser, gsize n, guint mode, double sigma, double j[10][10])
{
  g_autofree double *v = g_new0 (double, n), *out = g_new (double, n);
  gsize n_modes = n / 10;

  for (guint a = 0; a < 10; a++)
    {
      double inside = 0.0;

      v[a * n_modes + mode] = 1.0;
      pisd_denoiser_vjp (denoiser, sigma, v, v, out);
      for (guint b = 0; b < 10; b++)
        {
          j[a][b] = out[b * n_modes + mode];
          inside += j[a][b] * j[a][b];
        }
      /* Other modes have no part in it. */
      test_assert_close (inside / test_dot (out, out, n), 1.0, 1e-12);
      v[a * n_modes + mode] = 0.0;
    }
}

/* J (sigma) = C (C + sigma^2 I)^-1 for one C: symmetric, and from one noise level to another
 * (sigma^2 - sigma'^2) J J' = sigma^2 J - sigma'^2 J'. */
static void
test_jacobian (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 8);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdDenoiser) denoiser = flow_denoiser (r);
  gsize n = pisd_representation_get_n (r);
  double j[10][10], k[10][10];

  for (guint mode = 0; mode < n / 10; mode += 7)
    {
      fill_jacobian (denoiser, n, mode, 0.5, j);
      fill_jacobian (denoiser, n, mode, 2.0, k);
      for (guint a = 0; a < 10; a++)
        for (guint b = 0; b < 10; b++)
          {
            double product = 0.0;

            for (guint c = 0; c < 10; c++)
              product += j[a][c] * k[c][b];
            test_assert_close (j[a][b], j[b][a], 1e-12);
            test_assert_close ((0.25 - 4.0) * product, 0.25 * j[a][b] - 4.0 * k[a][b], 1e-12);
          }
    }
}

/* Of flows that it has not seen the denoiser's error is what its covariance promises, sigma^2 times
 * the trace of J, and m moves with x as J says. */
static void
test_promise (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 12);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdDenoiser) denoiser = flow_denoiser (r);
  gsize n = pisd_representation_get_n (r);
  g_autofree double *z = g_new (double, n), *x = g_new (double, n), *m = g_new (double, n);
  enum
  {
    N_FLOWS = 12
  };
  PisdInstance *flows[N_FLOWS];

  for (guint i = 0; i < N_FLOWS; i++)
    flows[i] = pisd_instance_new_random (TEST_EQUATION (id, 1e-3), PISD_FAMILY_GRF, 500 + i, NULL);
  for (double sigma = 0.1; sigma < 3.0; sigma *= 4.0)
    {
      double error = 0.0, promise = 0.0;

      for (guint i = 0; i < N_FLOWS; i++)
        {
          g_autofree double *noise = test_random (n, i);

          for (guint f = 0; f < 2; f++)
            pisd_representation_encode (r, pisd_instance_get_fields (flows[i])[f], f, z);
          for (gsize k = 0; k < n; k++)
            x[k] = z[k] + sigma * noise[k];
          pisd_denoiser_denoise (denoiser, sigma, x, m);
          for (gsize k = 0; k < n; k++)
            error += (m[k] - z[k]) * (m[k] - z[k]) / N_FLOWS;
        }
      /* Random vectors of ones and minus ones: v . J v is the trace on average. */
      for (guint i = 0; i < 40; i++)
        {
          g_autofree double *v = test_random (n, 100 + i);

          for (gsize k = 0; k < n; k++)
            v[k] = v[k] > 0.0 ? 1.0 : -1.0;
          pisd_denoiser_vjp (denoiser, sigma, x, v, m);
          promise += sigma * sigma * test_dot (v, m, n) / 40;
        }
      test_assert_close (error / promise, 1.0, 0.1);
    }
  for (guint i = 0; i < N_FLOWS; i++)
    pisd_instance_unref (flows[i]);
}

/* Samples without guidance have the spread of flows, frame by frame, and their mean. */
static void
test_samples (void)
{
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  g_autoptr (PisdResult) result = NULL;
  double flows[N_LATER] = { 0.0 }, drawn[N_LATER] = { 0.0 };
  const guint n = 30;

  scenario->settings = flow_settings (PISD_SPACE_JOINT, 20);
  pisd_settings_apply_preset (&scenario->settings, PISD_GUIDANCE_NONE, PISD_TASK_FORWARD, FALSE);
  scenario->settings.steps = 40;
  scenario->settings.samples = n;
  result = pisd_run (scenario, NULL, 0, NULL, NULL, NULL);
  g_assert_nonnull (result);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PisdInstance) truth =
          pisd_instance_new_random (TEST_EQUATION (id, 1e-3), PISD_FAMILY_GRF, 700 + i, NULL);
      const double *later = pisd_instance_get_fields (truth)[1]->data;
      const double *sample = pisd_result_get_sample (result, 1, i);

      for (guint f = 0; f < N_LATER; f++)
        {
          flows[f] += test_dot (later + f * S * S, later + f * S * S, S * S) / n;
          drawn[f] += test_dot (sample + f * S * S, sample + f * S * S, S * S) / n;
        }
    }
  for (guint f = 0; f < N_LATER; f++)
    test_assert_close (sqrt (drawn[f] / flows[f]), 1.0, 0.12);
}

/* Presets of flows are their own: the authors' where w (0) is read, and sensible everywhere. */
static void
test_presets (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 32);

  for (guint guidance = 0; guidance < PISD_GUIDANCE_SECOND_ORDER; guidance++)
    for (guint task = 0; task < PISD_N_TASKS; task++)
      {
        pisd_settings_apply_preset (&settings, guidance, task, TRUE);
        g_assert_true (pisd_settings_check (&settings, NULL));
        g_assert_cmpint (settings.space, ==, PISD_SPACE_JOINT);
        g_assert_cmpint (settings.mode_set, ==, PISD_MODES_SQUARE);
      }
  pisd_settings_apply_preset (&settings, PISD_GUIDANCE_PISD, PISD_TASK_FORWARD, TRUE);
  g_assert_cmpuint (settings.steps, ==, 1000);
  g_assert_cmpfloat (settings.parameters.beta1, ==, 0.97);
  g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_PDE], ==, 1e-4);
  g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_OBS (1)], ==, 0.0);
  pisd_settings_apply_preset (&settings, PISD_GUIDANCE_PISD, PISD_TASK_INVERSE, TRUE);
  g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_OBS (0)], ==, 0.0);
  g_assert_cmpfloat (settings.parameters.zeta[PISD_TERM_OBS (1)], >, 0.0);
}

/* What is not offered is refused, with what is. */
static void
test_refused (void)
{
  PisdSettings settings = flow_settings (PISD_SPACE_JOINT, 16);
  g_autoptr (GError) error = NULL;

  g_assert_true (pisd_settings_check (&settings, &error));
  settings.guidance = PISD_GUIDANCE_SECOND_ORDER;
  settings.sampler = PISD_SAMPLER_HEUN;
  g_assert_false (pisd_settings_check (&settings, &error));
  g_assert_error (error, PISD_ERROR, PISD_ERROR_RANGE);
  g_assert_cmpstr (error->message, ==,
                   "guidance: got second-order with space joint and covariance gaussian for "
                   "navier-stokes, which is not linear, expected decoupled and gaussian");
  settings.space = PISD_SPACE_DECOUPLED;
  g_assert_true (pisd_settings_check (&settings, NULL));
  settings.covariance = PISD_COVARIANCE_JACOBIAN;
  g_assert_false (pisd_settings_check (&settings, NULL));
}

static PisdScenario *
flow_scenario (PisdGuidanceId guidance, PisdSpace space)
{
  PisdScenario *scenario = pisd_scenario_new ();

  scenario->settings = flow_settings (space, 12);
  scenario->settings.guidance = guidance;
  scenario->settings.sampler = PISD_SAMPLER_EULER;
  scenario->settings.steps = 30;
  scenario->settings.samples = 2;
  scenario->instance = flow ();
  for (guint i = 0; i < 60; i++)
    add_sensor (scenario->sensors, i % 2 ? PISD_FIELD_A : PISD_FIELD_U, i % 3 ? 1.0 : 0.5,
                i % 8 / 8.0, i / 60.0);
  return scenario;
}

/* Sensors and equation together say more of the beginning than sensors on the end alone. */
static void
test_guidance (void)
{
  g_autoptr (PisdScenario) scenario = flow_scenario (PISD_GUIDANCE_PISD, PISD_SPACE_JOINT);
  const double *last =
      pisd_instance_get_fields (scenario->instance)[1]->data + (N_LATER - 1) * S * S;
  guint nodes[400];
  double errors[2];

  pisd_settings_apply_preset (&scenario->settings, PISD_GUIDANCE_PISD, PISD_TASK_INVERSE, TRUE);
  scenario->settings.modes = 16;
  scenario->settings.steps = 200;
  scenario->settings.samples = 1;
  pisd_sensors_clear (scenario->sensors);
  pisd_rng_choose (1, PISD_STREAM_TEST, 1, S * S, G_N_ELEMENTS (nodes), nodes);
  for (guint i = 0; i < G_N_ELEMENTS (nodes); i++)
    {
      const PisdSensor sensor = { .field = PISD_FIELD_U,
                                  .y = pisd_basis_get_node (PISD_BASIS_PERIODIC, nodes[i] / S),
                                  .x = pisd_basis_get_node (PISD_BASIS_PERIODIC, nodes[i] % S),
                                  .t = 1.0,
                                  .value = last[nodes[i]] };

      pisd_sensors_add (scenario->sensors, &sensor);
    }
  for (guint with = 0; with < 2; with++)
    {
      g_autoptr (PisdResult) result = NULL;

      if (!with)
        scenario->settings.parameters.zeta[PISD_TERM_PDE] = 0.0;
      else
        pisd_settings_apply_preset (&scenario->settings, PISD_GUIDANCE_PISD, PISD_TASK_INVERSE,
                                    FALSE);
      result = pisd_run (scenario, NULL, 1, NULL, NULL, NULL);
      g_assert_nonnull (result);
      errors[with] = result->errors[0];
    }
  test_assert_below (errors[1], 0.12);
  test_assert_below (errors[1], 0.5 * errors[0]);
}

/* All frames in the result, its files and its numbers. */
static void
test_run (gconstpointer data)
{
  static const char *const names[] = { "w_mean", "w_samples", "u_sd", NULL };
  g_autoptr (PisdScenario) scenario = flow_scenario (PISD_GUIDANCE_NONE, GPOINTER_TO_UINT (data));
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "run.npz", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdResult) result = pisd_run (scenario, NULL, 1, NULL, NULL, &error);
  g_autoptr (GPtrArray) arrays = NULL;
  const PisdArray *mean, *samples;

  g_assert_no_error (error);
  g_assert_cmpuint (result->mean[1]->ny, ==, N_LATER * S);
  g_assert_cmpfloat (result->errors[1], ==, result->frame_errors[1][N_LATER - 1]);
  for (guint n = 0; n < N_LATER; n++)
    g_assert_true (isfinite (result->frame_errors[1][n]));
  g_assert_true (pisd_result_save_npz (result, scenario->sensors, NULL, path, &error));
  g_assert_no_error (error);
  arrays = pisd_npz_read (path, names, 20 * S * S, &error);
  g_assert_no_error (error);
  mean = g_ptr_array_index (arrays, 0);
  samples = g_ptr_array_index (arrays, 1);
  g_assert_cmpuint (mean->n_dimensions, ==, 3);
  g_assert_cmpuint (samples->n_dimensions, ==, 4);
  g_assert_cmpuint (samples->shape[1], ==, 10);
  for (guint p = 0; p < 10 * S * S; p += 997)
    test_assert_close (mean->data[p], 0.5 * (samples->data[p] + samples->data[10 * S * S + p]),
                       1e-12);
  g_assert_cmpfloat (mean->data[S * S + 5], ==, result->mean[1]->data[5]);
  test_directory_remove (directory);
}

int
main (int argc, char **argv)
{
  static const TestCheck loss_checks[] = { { "gradient", test_gradient } };

  id = test_flow_get_problem ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/engine/frames/layout", test_layout);
  g_test_add_func ("/engine/frames/scales", test_scales);
  g_test_add_func ("/engine/frames/round-trip", test_round_trip);
  g_test_add_func ("/engine/frames/observation", test_observation);
  g_test_add_func ("/engine/frames/errors", test_errors);
  g_test_add_func ("/engine/frames/decoupled", test_decoupled);
  g_test_add_func ("/engine/frames/noise", test_noise);
  test_add_cases ("/engine/frames", loss_checks, loss_cases);
  g_test_add_func ("/engine/frames/equation", test_equation);
  g_test_add_func ("/engine/frames/jacobian", test_jacobian);
  g_test_add_func ("/engine/frames/promise", test_promise);
  g_test_add_func ("/engine/frames/samples", test_samples);
  g_test_add_func ("/engine/frames/guidance", test_guidance);
  g_test_add_func ("/engine/frames/presets", test_presets);
  g_test_add_func ("/engine/frames/refused", test_refused);
  g_test_add_data_func ("/engine/frames/run/joint", GUINT_TO_POINTER (PISD_SPACE_JOINT), test_run);
  g_test_add_data_func ("/engine/frames/run/decoupled", GUINT_TO_POINTER (PISD_SPACE_DECOUPLED),
                        test_run);
  return g_test_run ();
}
