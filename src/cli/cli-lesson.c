#include "cli-common.h"

#include <locale.h>
#include <stdio.h>

#include "cli-lesson-handout.h"
#include "cli-needs.h"
#include "cli-signals.h"
#include "pisd-draw-save.h"
#include "pisd-error.h"
#include "pisd-lesson-bundle.h"
#include "pisd-lesson-run.h"
#include "pisd-save.h"
#include "pisd-translations.h"

typedef struct
{
  gboolean check, list;
  char *language, *threads, *pdf;
  guint n_threads;
  char *lesson; /* name or path; NULL: none */
} Options;

static void
options_clear (Options *options)
{
  g_free (options->language);
  g_free (options->threads);
  g_free (options->pdf);
  g_free (options->lesson);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

/* A list is of lessons none of which is run. */
static gboolean
check_needs (const Options *options, GError **error)
{
  const gboolean runs = options->check || options->pdf != NULL;
  const CliCondition lesson = { !options->list, "--list", "a lesson" };
  const CliCondition run = { runs, "a lesson that is not run", "--check or --pdf" };
  const CliNeed needs[] = {
    { "--check", options->check, &lesson },
    { "--pdf", options->pdf != NULL, &lesson },
    { "--threads", options->threads != NULL, &run },
  };

  return cli_needs_check (needs, G_N_ELEMENTS (needs), error);
}

static gboolean
parse (Options *options, int argc, char **argv, GError **error)
{
  const GOptionEntry entries[] = {
    { "list", 0, 0, G_OPTION_ARG_NONE, &options->list, "list those that come with the program",
      NULL },
    { "check", 0, 0, G_OPTION_ARG_NONE, &options->check,
      "run its steps and hold its figures against what is measured", NULL },
    { "pdf", 0, 0, G_OPTION_ARG_FILENAME, &options->pdf,
      "run its steps and write a hand-out: sentences, pictures, the task and its solution",
      "FILE.pdf" },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language,
      "language of its sentences (default: yours)", "LL" },
    { "threads", 0, 0, G_OPTION_ARG_STRING, &options->threads, "threads (default: one a core)",
      "N" },
    { NULL },
  };
  g_auto (GStrv) rest = cli_parse (entries, "LESSON",
                                   "Prints a lesson, a text file or one that comes with the "
                                   "program, checks what it claims, makes a hand-out.\n"
                                   "How to write one: data/lessons/README.md of the sources.",
                                   argc, argv, error);

  if (rest == NULL
      || !cli_parse_count ("threads", options->threads, 1, G_MAXINT, &options->n_threads, error))
    return FALSE;
  options->lesson = g_strdup (rest[0]);
  if (g_strv_length (rest) == (options->list ? 0 : 1))
    return check_needs (options, error);
  g_set_error (error, CLI_USAGE_ERROR, CLI_USAGE_ARGUMENT, "got %u lessons, expected %s",
               g_strv_length (rest), options->list ? "none with --list" : "one, or --list");
  return FALSE;
}

static const char *const *
get_languages (const Options *options, const char **own)
{
  own[0] = options->language;
  return options->language != NULL ? own : g_get_language_names ();
}

/* A hand-out speaks one language, also in its pictures, and has the locale's decimal point; what is
 * printed else is as everywhere on the command line. */
static void
speak (const char *language)
{
  if (language != NULL)
    g_setenv ("LANGUAGE", language, TRUE);
  setlocale (LC_NUMERIC, "");
  pisd_translations_bind ();
}

static gboolean
list (const char *const *languages, GError **error)
{
  for (guint k = 0; k < pisd_lesson_bundle_get_n (); k++)
    {
      g_autoptr (PisdInput) input = pisd_lesson_bundle_open (k);
      g_autofree char *title = pisd_lesson_load_title (input, languages, error);

      if (title == NULL)
        return FALSE;
      printf ("%-20s %s\n", pisd_lesson_bundle_get_name (k), title);
    }
  return TRUE;
}

/* A lesson is anybody's file: what steers a terminal is not sent there. */
static void
print_text (const char *before, const char *text)
{
  g_autofree char *escaped = pisd_error_escape (text);

  printf ("%s%s\n", before, escaped);
}

static void
print (const PisdLesson *lesson)
{
  print_text ("", lesson->title);
  for (guint k = 0; k < lesson->n_steps; k++)
    {
      g_autofree char *number = g_strdup_printf ("\n%u. ", k + 1);

      print_text (number, pisd_lesson_phrase_get_text (lesson->steps[k].say));
    }
  if (lesson->task.condition == NULL)
    return;
  print_text ("\n? ", pisd_lesson_phrase_get_text (lesson->task.ask));
  print_text ("! ", pisd_lesson_phrase_get_text (lesson->task.done));
}

static void
print_claim (const PisdLesson *lesson, const PisdLessonClaim *claim)
{
  g_autofree char *step = claim->step < lesson->n_steps
                              ? g_strdup_printf ("step %u", claim->step + 1)
                              : g_strdup ("answer");

  printf ("%-8s %-20s claimed %-10.5g measured %-10.5g %s\n", step, claim->fact, claim->claimed,
          claim->measured, pisd_lesson_claim_holds (claim) ? "holds" : "does not hold");
}

static gboolean
check (const PisdLesson *lesson, guint n_threads, PisdCancel *cancel, GError **error)
{
  g_auto (PisdLessonReport) report = { 0 };

  if (!pisd_lesson_check (lesson, n_threads, cancel, &report, error))
    return FALSE;
  for (guint k = 0; k < report.claims->len; k++)
    print_claim (lesson, &g_array_index (report.claims, PisdLessonClaim, k));
  if (report.asks)
    printf ("task: %s before, %s by the answer\n",
            report.fulfilled_before ? "fulfilled" : "not fulfilled",
            report.fulfilled ? "fulfilled" : "not fulfilled");
  return pisd_lesson_report_is_good (&report)
         || pisd_error_fail (
             error, PISD_ERROR_RANGE,
             "%s: not all that it claims holds within %g %%, or its task is not fulfilled by "
             "the answer alone",
             lesson->title, 100 * PISD_LESSON_TOLERANCE);
}

/* Whether a hand-out can be written there, before an hour of runs. */
static gboolean
check_name (const char *path, GError **error)
{
  static const char *const endings[] = { ".pdf", NULL };

  return pisd_draw_find_ending (path, endings, error) >= 0 && pisd_save_check (path, error);
}

/* What runs its steps. */
static gboolean
work (const Options *options, const PisdLesson *lesson, GError **error)
{
  g_autoptr (CliSignals) signals = cli_signals_new ();
  g_autoptr (PisdCancel) cancel = cli_signals_new_cancel (signals);

  cli_signals_begin_run (signals);
  if (options->pdf != NULL)
    cli_warn_of_fonts (options->pdf);
  if (options->pdf != NULL
      && !cli_lesson_save_handout (lesson, options->pdf, options->n_threads, cancel, error))
    return FALSE;
  if (!options->check)
    return TRUE;
  printf ("\n");
  return check (lesson, options->n_threads, cancel, error);
}

gboolean
cli_lesson (int argc, char **argv, GError **error)
{
  g_auto (Options) options = { 0 };
  const char *own[2] = { NULL, NULL };
  const char *const *languages;
  g_autoptr (PisdLesson) lesson = NULL;
  g_autoptr (PisdInput) input = NULL;
  guint k;

  if (!parse (&options, argc, argv, error))
    return FALSE;
  languages = get_languages (&options, own);
  if (options.pdf != NULL)
    speak (options.language);
  if (options.list)
    return list (languages, error);
  input = pisd_lesson_bundle_find (options.lesson, &k)
              ? pisd_lesson_bundle_open (k)
              : pisd_input_open (options.lesson, NULL, error);
  lesson = input != NULL ? pisd_lesson_load (input, languages, error) : NULL;
  if (lesson == NULL)
    return FALSE;
  if (options.pdf != NULL && !check_name (options.pdf, error))
    return FALSE;
  print (lesson);
  return work (&options, lesson, error);
}
