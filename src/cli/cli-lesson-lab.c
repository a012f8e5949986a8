#include "cli-lesson-lab.h"

#include <glib/gi18n.h>

#include "pisd-draw-diffusion-look.h"
#include "pisd-draw-training-look.h"

/* In points, before the picture is made as wide as a page. */
#define WIDTH 720.0
#define PLANES_HEIGHT 250.0 /* squares and their titles */
#define ROW_HEIGHT 190.0    /* of charts */
/* Loss, norm and gradient. */
#define N_CHARTS 3

struct _CliLessonLab
{
  PisdLabRun *run;
  char *caption;
  PisdHandoutPicture picture;
  /* Diffusion. */
  PisdDiffusionSamples samples;
  PisdDiffusionLook *diffusion;
  /* Training. */
  PisdRegressionRuns *runs;
  const PisdRegressionLog *logs[1];
  PisdTrainingLook *look;
  PisdTrainingFigure training;
};

static void
draw_diffusion (cairo_t *cr, const PisdBox *box, gconstpointer data)
{
  pisd_draw_diffusion (cr, box, pisd_palette_get (FALSE), data);
}

static void
draw_training (cairo_t *cr, const PisdBox *box, gconstpointer data)
{
  pisd_draw_training_figure (cr, box, pisd_palette_get (FALSE), data, N_CHARTS);
}

/* "DDIM, 3 steps" */
static char *
dup_rule (const PisdLabSetup *setup)
{
  static const char *const titles[PISD_N_SAMPLE_RULES] = { "DDPM", "DDIM", "Heun" };

  return g_strdup_printf (ngettext ("%s, %u step", "%s, %u steps", setup->n_sampling),
                          titles[setup->rule], setup->n_sampling);
}

static void
prepare_diffusion (CliLessonLab *self, const PisdLabSetup *setup)
{
  const PisdLabRun *run = self->run;

  self->samples = (PisdDiffusionSamples){ .data = run->data,
                                          .seed = setup->diffuser.seed,
                                          .n = run->n,
                                          .samples = run->samples,
                                          .labels = run->labels,
                                          .n_paths = run->n_paths,
                                          .n_stops = run->n_stops,
                                          .paths = run->paths };
  self->diffusion = pisd_diffusion_look_new (&self->samples);
  self->caption = dup_rule (setup);
  self->picture = (PisdHandoutPicture){ .width = WIDTH,
                                        .height = PLANES_HEIGHT,
                                        .draw = draw_diffusion,
                                        .data = pisd_diffusion_look_get_figure (self->diffusion),
                                        .caption = self->caption };
}

static gboolean
prepare_training (CliLessonLab *self, const PisdLabSetup *setup, GError **error)
{
  self->runs =
      pisd_regression_runs_new (setup->regression, 1, &setup->regression->activation, 1, error);
  if (self->runs == NULL)
    return FALSE;
  self->logs[0] = self->run->log;
  self->look = pisd_training_look_new (self->runs);
  pisd_training_look_update (self->look, self->logs);
  self->training.courses = pisd_training_look_get_courses (self->look);
  self->training.function = pisd_training_look_get_function (self->look);
  self->training.panels = pisd_training_look_get_panels (self->look);
  self->caption = pisd_regression_runs_dup_caption (self->runs);
  self->picture = (PisdHandoutPicture){ .width = WIDTH,
                                        .height = pisd_training_figure_get_height (
                                            &self->training, N_CHARTS, ROW_HEIGHT),
                                        .draw = draw_training,
                                        .data = &self->training,
                                        .caption = self->caption };
  return TRUE;
}

CliLessonLab *
cli_lesson_lab_new (const PisdLabSetup *setup, PisdLabRun *run, GError **error)
{
  CliLessonLab *self = g_new0 (CliLessonLab, 1);
  gboolean good = TRUE;

  self->run = pisd_lab_run_ref (run);
  if (setup->lab == PISD_LAB_DIFFUSION)
    prepare_diffusion (self, setup);
  else
    good = prepare_training (self, setup, error);
  if (!good)
    g_clear_pointer (&self, cli_lesson_lab_free);
  return self;
}

void
cli_lesson_lab_free (CliLessonLab *lab)
{
  if (lab == NULL)
    return;
  pisd_diffusion_look_free (lab->diffusion);
  pisd_training_look_free (lab->look);
  pisd_regression_runs_free (lab->runs);
  pisd_lab_run_unref (lab->run);
  g_free (lab->caption);
  g_free (lab);
}

const PisdHandoutPicture *
cli_lesson_lab_get_picture (const CliLessonLab *lab)
{
  g_return_val_if_fail (lab != NULL, NULL);

  return &lab->picture;
}
