#include "pisd-draw-paper.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "pisd-error.h"
#include "pisd-number.h"

#define POINTS_AN_INCH 72.0
#define MM_AN_INCH 25.4
#define LEAST_DPI 20.0
#define MOST_DPI 2400.0
#define LEAST_SIDE 16.0   /* pixels */
#define MOST_SIDE 32767.0 /* Cairo's */
#define MOST_PIXELS 1e8

void
pisd_paper_clear (PisdPaper *paper)
{
  g_clear_pointer (&paper->setup, g_free);
}

/* Twice a number, with an x between; FALSE: it is none. */
static gboolean
read_sides (const char *text, gsize n, double sides[2])
{
  g_autofree char *copy = g_ascii_strdown (text, (gssize) n);
  char *cross = strchr (copy, 'x');

  if (cross == NULL)
    return FALSE;
  *cross = '\0';
  return pisd_number_parse (copy, &sides[0]) && pisd_number_parse (cross + 1, &sides[1])
         && sides[0] > 0.0 && sides[1] > 0.0;
}

gboolean
pisd_paper_check (const PisdPaper *paper, const char *what, GError **error)
{
  const double width = paper->width * paper->dpi / POINTS_AN_INCH;
  const double height = paper->height * paper->dpi / POINTS_AN_INCH;

  if (fmin (width, height) > LEAST_SIDE - 0.5 && fmax (width, height) < MOST_SIDE + 0.5
      && width * height <= MOST_PIXELS)
    return TRUE;
  return pisd_error_fail (error, PISD_ERROR_LIMIT,
                          _ ("%s: got %.0f x %.0f pixels at %g dpi, expected sides of %.0f to "
                             "%.0f and at most %.0f million"),
                          what, width, height, paper->dpi, LEAST_SIDE, MOST_SIDE,
                          MOST_PIXELS / 1e6);
}

gboolean
pisd_paper_parse (const char *size, double dpi, const char *what, PisdPaper *paper, GError **error)
{
  gboolean is_mm = size != NULL && g_str_has_suffix (size, "mm");
  double sides[2], unit;

  if (!(dpi >= LEAST_DPI && dpi <= MOST_DPI))
    return pisd_error_fail (error, PISD_ERROR_RANGE, _ ("%s: got %g dpi, expected %.0f to %.0f"),
                            what, dpi, LEAST_DPI, MOST_DPI);
  *paper = (PisdPaper){ .dpi = dpi };
  if (size == NULL)
    return TRUE;
  if (!read_sides (size, strlen (size) - (is_mm ? 2 : 0), sides))
    {
      g_autofree char *quoted = pisd_error_quote (size);

      return pisd_error_fail (error, PISD_ERROR_FORMAT,
                              _ ("%s: got %s, expected pixels as 1200x800 or 180x120mm"), what,
                              quoted);
    }
  unit = POINTS_AN_INCH / (is_mm ? MM_AN_INCH : dpi);
  paper->width = sides[0] * unit;
  paper->height = sides[1] * unit;
  return pisd_paper_check (paper, what, error);
}

/* Rounding does not make one more of them. */
int
pisd_paper_count_pixels (const PisdPaper *paper, double points)
{
  return (int) ceil (points * paper->dpi / POINTS_AN_INCH - 1e-6);
}
