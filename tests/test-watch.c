/* Values at single nodes from step to step are those of the whole decoded field. */
#include "pisd-watch.h"

#include "pisd-test.h"

#define N_NODES 3

static const PisdWatchNode nodes[N_NODES] = { { 64, 3 }, { 5, 127 }, { 64, 90 } };

typedef struct
{
  const char *name;
  PisdProblemId problem;
  PisdSpace space;
  PisdModeSet set;
  guint modes;
  double tolerance; /* of the field's largest value: of what lies beyond the kept modes */
} Case;

static const Case cases[] = {
  { "joint", PISD_PROBLEM_POISSON, PISD_SPACE_JOINT, PISD_MODES_HYPERBOLIC, 16, 1e-12 },
  { "flow", PISD_PROBLEM_NAVIER_STOKES, PISD_SPACE_JOINT, PISD_MODES_SQUARE, 9, 1e-12 },
  { "decoupled", PISD_PROBLEM_POISSON, PISD_SPACE_DECOUPLED, PISD_MODES_SQUARE, 20, 5e-3 },
};

static PisdFrame *
new_frame (gsize n, guint step)
{
  PisdFrame *frame = pisd_frame_new (n);

  for (gsize k = 0; k < n; k++)
    frame->denoised[k] = (float) sin (1.7 * (double) k + step);
  return frame;
}

static void
check_step (const PisdWatch *watch, guint step, const PisdField *field, double tolerance)
{
  const double largest = pisd_field_get_largest (field);

  for (guint f = 0; f < pisd_field_count_frames (field); f++)
    for (guint k = 0; k < N_NODES; k++)
      {
        const gsize at = ((gsize) f * PISD_GRID + nodes[k].i) * PISD_GRID + nodes[k].j;

        g_assert_cmpfloat_with_epsilon (pisd_watch_get (watch, step, f, k), field->data[at],
                                        tolerance * largest);
      }
}

static void
test_values (gconstpointer data)
{
  const Case *c = data;
  PisdSettings settings = test_settings (c->problem, c->set, c->modes);
  g_autoptr (PisdRepresentation) r = NULL;

  settings.space = c->space;
  if (c->problem == PISD_PROBLEM_NAVIER_STOKES)
    settings.constants[0] = 1e-3;
  r = pisd_representation_new (&settings, NULL);
  for (guint field = 0; field < 2; field++)
    {
      g_autoptr (PisdWatch) watch = pisd_watch_new (r, field, N_NODES, nodes);
      g_autoptr (PisdField) whole =
          pisd_field_info_new_field (&pisd_operator_get (c->problem)->fields[field]);

      for (guint step = 0; step < 2; step++)
        {
          g_autoptr (PisdFrame) frame = new_frame (pisd_representation_get_n (r), step);

          pisd_watch_add (watch, frame);
          pisd_representation_decode_float (r, frame->denoised, field, whole);
          check_step (watch, step, whole, c->tolerance);
        }
      g_assert_cmpuint (pisd_watch_get_n_steps (watch), ==, 2);
    }
}

/* A frame of another run's length is no step. */
static void
test_other_length (void)
{
  PisdSettings settings = test_settings (PISD_PROBLEM_POISSON, PISD_MODES_SQUARE, 8);
  g_autoptr (PisdRepresentation) r = pisd_representation_new (&settings, NULL);
  g_autoptr (PisdWatch) watch = pisd_watch_new (r, 0, N_NODES, nodes);
  g_autoptr (PisdFrame) frame = new_frame (pisd_representation_get_n (r) + 1, 0);

  pisd_watch_add (watch, frame);
  g_assert_cmpuint (pisd_watch_get_n_steps (watch), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      g_autofree char *path = g_strdup_printf ("/run/watch/values/%s", cases[k].name);

      g_test_add_data_func (path, &cases[k], test_values);
    }
  g_test_add_func ("/run/watch/other-length", test_other_length);
  return g_test_run ();
}
