#include "pisd-file-kind.h"
#include "pisd-test-files.h"

typedef struct
{
  const char *name, *content;
  PisdFileKind kind; /* PISD_N_FILE_KINDS: none */
} Row;

static const Row rows[] = {
  /* Content decides, whatever the name. */
  { "x", "field,x,y,value\na,0,0,1\n", PISD_FILE_KIND_SENSORS },
  { "x.npz", "\n\nfield,x,y,value\na,0,0,1\n", PISD_FILE_KIND_SENSORS },
  { "x.txt", "\xef\xbb\xbf\r\nfield,x,y,value\r\n", PISD_FILE_KIND_SENSORS },
  { "x.txt", "sep=;\nfield;x;y;value\n", PISD_FILE_KIND_SENSORS },
  { "x.txt", ",x,y\n", PISD_FILE_KIND_SENSORS },
  { "my.scenario", "[scenario]\nproblem=poisson\n", PISD_FILE_KIND_SCENARIO },
  { "x.csv", "\xef\xbb\xbf[scenario]\r\n", PISD_FILE_KIND_SCENARIO },
  { "x", "# remark, field,\n \n#\n[truth]\n", PISD_FILE_KIND_SCENARIO },
  { "x", "[lesson]\ntitle = T\n", PISD_FILE_KIND_LESSON },
  { "x.pisd", "# remark\n\n[lesson]\r\n[scenario]\n", PISD_FILE_KIND_LESSON },
  { "x.lesson", "[scenario]\n[lesson]\n", PISD_FILE_KIND_SCENARIO },
  { "x.lesson", "\xef\xbb\xbf[lessons]\n", PISD_FILE_KIND_SCENARIO },
  { "x.pisd", "PK\003\004", PISD_FILE_KIND_FIELDS },
  /* Where it says nothing, the ending does. */
  { "x.csv", "", PISD_FILE_KIND_SENSORS },
  { "X.NPZ", "not an archive", PISD_FILE_KIND_FIELDS },
  { "x.ini", "# a remark alone", PISD_FILE_KIND_SCENARIO },
  { "x.lesson", "title = T\n", PISD_FILE_KIND_LESSON },
  { "x", "", PISD_N_FILE_KINDS },
  { "x.txt", "words, more words\n", PISD_N_FILE_KINDS },
  { "x.png", "\x89PNG\r\n\x1a", PISD_FILE_KIND_PICTURE },
  { "x.csv", "\x89PNG\r\n\x1a\n", PISD_FILE_KIND_PICTURE },
  { "x.csv", "\n PISD12:AAAA", PISD_FILE_KIND_SETUP },
  { "x.txt", "PISD:", PISD_N_FILE_KINDS },
};

static void
test_recognise (void)
{
  g_autofree char *directory = test_directory_new ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_build_filename (directory, rows[i].name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (PisdInput) input = NULL;
      PisdFileKind kind;

      test_write (path, rows[i].content, -1);
      input = pisd_input_open (path, NULL, &error);
      g_assert_no_error (error);
      if (!pisd_file_kind_recognise (input, &kind))
        kind = PISD_N_FILE_KINDS;
      if (kind != rows[i].kind)
        g_error ("row %u: got kind %d, expected %d", i, kind, rows[i].kind);
    }
  test_directory_remove (directory);
}

/* A remark longer than any buffer still leaves a scenario one. */
static void
test_long_comment (void)
{
  g_autofree char *directory = test_directory_new ();
  g_autofree char *path = g_build_filename (directory, "x", NULL);
  g_autofree char *remark = g_strnfill (300000, '#');
  g_autofree char *text = g_strconcat (remark, "\n[scenario]\n", NULL);
  g_autoptr (PisdInput) input = NULL;
  PisdFileKind kind;

  test_write (path, text, -1);
  input = pisd_input_open (path, NULL, NULL);
  g_assert_true (pisd_file_kind_recognise (input, &kind));
  g_assert_cmpint (kind, ==, PISD_FILE_KIND_SCENARIO);
  test_directory_remove (directory);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/setup/file-kind/recognise", test_recognise);
  g_test_add_func ("/setup/file-kind/long-comment", test_long_comment);
  return g_test_run ();
}
