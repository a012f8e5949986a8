/* Lessons: what they say and ask for, their lines and their set-ups. */
#include "fuzz.h"
#include "pisd-lesson.h"

static void
seed_lesson (GPtrArray *seeds)
{
  fuzz_add_text (seeds, "[lesson]\ntitle = A\ntitle[de] = B\n# remark\n[setup]\n"
                        "problem = poisson\nsensors = random u 3 seed 3 noise 0.1 trust 0.2\n"
                        "[step]\nsay = It is {error-u: 1.52} %.\nsay[de] = Es ist {error-u: 1.52}\n"
                        " %.\nlook = estimate, truth\nshow = 30\nsteps = 10\n"
                        "[try]\nask = Take.\nwhen = sensors < 1 and did run\ndone = Yes.\n"
                        "[answer]\nsensors = none\ndoes = run\n");
  fuzz_add_text (seeds, "[lesson]\ntitle = A\n[setup]\nsensors = grid u 2x2\n"
                        "sensors = ring a 4\nsensors = at u 0.5 0.5\n"
                        "sensors = block u 2x3 0.1 0.1 0.5 0.5\n[step]\nsay = A.\n");
  fuzz_add_text (seeds, "[lesson]\ntitle = A\n[diffusion]\ndata = moons\n[step]\nsay = A.\n");
  fuzz_add_text (seeds, "[lesson]\ntitle = A\n[training]\ntarget = x^2\n[step]\nsay = A.\n");
}

static void
feed_lesson (GBytes *bytes)
{
  static const char *const languages[] = { "de", "en", NULL };
  g_autoptr (PisdInput) input = fuzz_open (bytes);
  g_autoptr (GError) error = NULL;
  g_autofree char *title = pisd_lesson_load_title (input, languages, &error);
  g_autoptr (PisdLesson) lesson = NULL;

  fuzz_check (title != NULL, &error);
  lesson = pisd_lesson_load (input, languages, &error);
  fuzz_check (lesson != NULL, &error);
}

/* A step's truth and sensors, whatever its line says. */
const FuzzTarget fuzz_lesson = { "lesson", seed_lesson, feed_lesson, 150, 64 << 20, 256 };
