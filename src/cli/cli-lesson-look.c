#include "cli-lesson-look.h"

#include <math.h>

#include "cli-show.h"
#include "pisd-inspector.h"
#include "pisd-name.h"

/* Everything that panels are made of. */
typedef struct
{
  const PisdLessonFacts *facts;
  PisdChannel *channel;
  guint n_picks;
  PisdPick picks[PISD_LESSON_MOST_PICKS];
  PisdRunCache cache;
  PisdInspector *inspector; /* NULL: no guidance is looked at */
  PisdInspection *inspection;
  PisdExact *exact;
  PisdField *estimates[PISD_MAX_FIELDS], *states[PISD_MAX_FIELDS];
  GPtrArray *fields, *titles;
} Look;

static void
look_clear (Look *self)
{
  pisd_inspection_free (self->inspection);
  pisd_inspector_free (self->inspector);
  pisd_run_cache_clear (&self->cache);
  pisd_exact_unref (self->exact);
  for (guint f = 0; f < PISD_MAX_FIELDS; f++)
    {
      pisd_field_free (self->estimates[f]);
      pisd_field_free (self->states[f]);
    }
  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->titles);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Look, look_clear)

/* Of the step, or of the nearest before it that says something. */
static void
find_picks (Look *self, const PisdLesson *lesson, guint step)
{
  for (guint k = step + 1; k-- > 0;)
    {
      const PisdLessonStep *made = pisd_lesson_get_step (lesson, k);

      if (made == NULL || made->n_picks == 0)
        continue;
      self->n_picks = made->n_picks;
      for (guint i = 0; i < made->n_picks; i++)
        self->picks[i] = made->picks[i];
      return;
    }
  self->n_picks = 2;
  self->picks[0].quantity = PISD_QUANTITY_ESTIMATE;
  self->picks[1].quantity = PISD_QUANTITY_TRUTH;
}

static gboolean
looks_at (const Look *self, gboolean (*is_such) (PisdQuantity quantity))
{
  for (guint k = 0; k < self->n_picks; k++)
    if (is_such (self->picks[k].quantity))
      return TRUE;
  return FALSE;
}

static gboolean
is_exact (PisdQuantity quantity)
{
  return quantity == PISD_QUANTITY_EXACT;
}

static gboolean
is_last (const PisdFrame *frame)
{
  return frame->step == frame->n_steps;
}

/* The mean of all samples is there at the end alone; before that, those of the sample that is
 * watched. */
static gboolean
decode (Look *self, GError **error)
{
  const PisdFrame *frame = self->facts->frame;
  const PisdOperator *problem = pisd_operator_get (self->facts->scenario->settings.problem);
  g_autoptr (PisdRepresentation) representation = NULL;

  if (frame == NULL || frame->n == 0)
    return TRUE;
  representation = pisd_representation_new (&self->facts->scenario->settings, error);
  if (representation == NULL)
    return FALSE;
  for (guint f = 0; f < problem->n_fields; f++)
    {
      self->states[f] = pisd_field_info_new_field (&problem->fields[f]);
      pisd_representation_decode_float (representation, frame->state, f, self->states[f]);
      if (is_last (frame))
        continue;
      self->estimates[f] = pisd_field_info_new_field (&problem->fields[f]);
      pisd_representation_decode_float (representation, frame->denoised, f, self->estimates[f]);
    }
  return TRUE;
}

/* The guidance of the step that begins at the frame, or that ends at the last one. */
static gboolean
inspect (Look *self, guint n_threads, PisdCancel *cancel, GError **error)
{
  const PisdScenario *scenario = self->facts->scenario;
  const guint last = pisd_channel_get_n_frames (self->channel) - 1;
  g_autoptr (PisdFrame) frame = NULL;
  g_autoptr (PisdFrame) next = NULL;
  guint step;

  if (self->facts->frame == NULL || last == 0
      || pisd_inspector_find_kind (&scenario->settings) == PISD_INSPECTION_NOTHING)
    return TRUE;
  self->inspector = pisd_inspector_new (scenario, NULL, &self->cache, n_threads, cancel, error);
  if (self->inspector == NULL)
    return FALSE;
  step = MIN (self->facts->frame->step, last - 1);
  frame = pisd_channel_dup_frame (self->channel, step);
  next = pisd_channel_dup_frame (self->channel, step + 1);
  self->inspection = pisd_inspector_look (self->inspector, frame, next);
  return self->inspection != NULL || pisd_cancel_check (cancel, "lesson", error);
}

static gboolean
prepare (Look *self, guint n_threads, PisdCancel *cancel, GError **error)
{
  if (!decode (self, error))
    return FALSE;
  if (looks_at (self, is_exact))
    {
      self->exact = pisd_exact_new (self->facts->scenario, NULL, FALSE, n_threads, cancel, error);
      if (self->exact == NULL)
        return FALSE;
    }
  return !looks_at (self, pisd_quantity_is_of_guidance) || inspect (self, n_threads, cancel, error);
}

/* "PISD, 150 steps, seed 1 · 30 sensors (a 0, u 30) · step 75 of 150, σ = 0.9" */
static char *
dup_caption (const Look *self)
{
  const PisdFrame *frame = self->facts->frame;
  g_autofree char *sensors = pisd_name_dup_sensors (self->facts->scenario);
  g_autofree char *name = NULL;
  GString *text = g_string_new (NULL);
  PisdName of;

  pisd_name_init_result (&of, self->facts->result);
  name = pisd_name_dup (&of);
  g_string_append_printf (text, "%s · %s", name, sensors);
  if (frame != NULL && !is_last (frame))
    g_string_append_printf (text, " · %u/%u, σ = %.3g", frame->step, frame->n_steps, frame->sigma);
  return g_string_free (text, FALSE);
}

/* The panel of a small picture, where what guides has a brief name: "Readings of u", and behind the
 * field's symbol where no panel beside it says the field, "a: Readings of u". */
static PisdPanel
make_panel (const Look *self, const CliShown *shown, guint pick, guint number)
{
  const PisdOperator *problem = pisd_operator_get (self->facts->scenario->settings.problem);
  PisdPanel panel = cli_show_make_panel (shown, &self->picks[pick], number);
  g_autofree char *symbol = pisd_field_info_dup_symbol (panel.sensor_info, panel.sensor_frame);
  g_autofree char *name = pisd_quantity_dup_name (self->picks[pick].quantity, problem);
  char *title;

  if (!pisd_quantity_is_of_guidance (self->picks[pick].quantity))
    return panel;
  title = pick > 0 ? g_strdup (name) : g_strdup_printf ("%s: %s", symbol, name);
  g_ptr_array_add (self->titles, title);
  panel.title = title;
  return panel;
}

/* Rows are the last frames of the fields. */
static PisdFigure *
make_figure (const Look *self)
{
  const PisdOperator *problem = pisd_operator_get (self->facts->scenario->settings.problem);
  const CliShown shown = { .result = self->facts->result,
                           .scenario = self->facts->scenario,
                           .exact = self->exact,
                           .estimates = self->estimates,
                           .states = self->states,
                           .inspector = self->inspector,
                           .inspection = self->inspection,
                           .fields = self->fields,
                           .titles = self->titles };
  g_autofree char *caption = dup_caption (self);
  PisdPanel panels[PISD_MAX_FIELDS * PISD_LESSON_MOST_PICKS];
  PisdFigure figure = { .caption = caption,
                        .panels = panels,
                        .n_rows = problem->n_fields,
                        .n_columns = self->n_picks,
                        .step = -1 };
  guint end = 0;

  for (guint f = 0; f < problem->n_fields; f++)
    {
      end += problem->fields[f].n_frames;
      for (guint k = 0; k < self->n_picks; k++)
        panels[f * self->n_picks + k] = make_panel (self, &shown, k, end - 1);
    }
  return pisd_figure_dup (&figure);
}

PisdFigure *
cli_lesson_look_make (const PisdLesson *lesson,
                      guint step,
                      const PisdLessonRun *run,
                      guint n_threads,
                      PisdCancel *cancel,
                      GError **error)
{
  g_auto (Look) self = {
    .facts = pisd_lesson_run_get_facts (run),
    .channel = pisd_lesson_run_get_channel (run),
    .fields = g_ptr_array_new_with_free_func ((GDestroyNotify) pisd_field_free),
    .titles = g_ptr_array_new_with_free_func (g_free),
  };

  find_picks (&self, lesson, step);
  return prepare (&self, n_threads, cancel, error) ? make_figure (&self) : NULL;
}
