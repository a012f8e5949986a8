/* A lesson's sentences and conditions, by themselves: a first line of the one kind, and all lines
 * of the other. */
#include "fuzz.h"
#include "pisd-lesson-condition.h"
#include "pisd-lesson-phrase.h"

static void
seed_words (GPtrArray *seeds)
{
  fuzz_add_text (seeds, "The error is {error-u: 1.52} %, without {error-u@2: -1e3} %.");
  fuzz_add_text (seeds, "guidance is pisd and error-u < 3 and did run");
  fuzz_add_text (seeds, "sampler is not heun and shown >= 1e2 and residual <= 0.5");
  fuzz_add_text (seeds, "loss > 0.5 and did compare and data is moons");
}

static void
read_phrase (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLessonPhrase) phrase = pisd_lesson_phrase_new (text, &error);

  fuzz_check (phrase != NULL, &error);
  if (phrase != NULL)
    g_assert_true (g_utf8_validate (pisd_lesson_phrase_get_text (phrase), -1, NULL));
}

static void
read_condition (const char *text, PisdStage stage)
{
  const PisdLessonSubject subject = { stage, PISD_PROBLEM_HELMHOLTZ };
  g_autoptr (PisdScenario) scenario = pisd_scenario_new ();
  const PisdLessonFacts facts = { .scenario = scenario };
  g_autoptr (GError) error = NULL;
  g_autoptr (PisdLessonCondition) condition = pisd_lesson_condition_new (text, &subject, &error);

  fuzz_check (condition != NULL, &error);
  if (condition != NULL && stage == PISD_STAGE_FIELDS)
    pisd_lesson_condition_holds (condition, &facts);
}

static void
feed_words (GBytes *bytes)
{
  g_autofree char *text = fuzz_dup_text (bytes);

  /* Lines of a lesson are UTF-8 by then. */
  if (!g_utf8_validate (text, -1, NULL))
    return;
  read_phrase (text);
  for (guint stage = 0; stage < PISD_N_STAGES; stage++)
    read_condition (text, stage);
}

const FuzzTarget fuzz_words = { "words", seed_words, feed_words, 2000, 1 << 20, 64 };
