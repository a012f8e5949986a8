/* What the arrays of somebody else's file are to an equation: which one is field 0 and which one
 * the solution, in which order their axes stand, and by what factor field 0 has to be multiplied.
 *
 * The equation itself tells the readings of a file apart: of a true pair it leaves next to nothing.
 * An axis that an array has beside its two long ones is a stack of cases, or, where it is the last
 * of several or the arrays differ by one, the frames of a flow; an array that has an axis of two
 * may hold both fields.
 *
 * Errors   those of pisd-arrays.h; PISD_ERROR_FORMAT (no array can be a field), UNKNOWN (no array
 *          of that name), RANGE (no case of that number)
 * Threads  readings are immutable */
#pragma once

#include "pisd-arrays.h"
#include "pisd-operator.h"

G_BEGIN_DECLS

typedef struct
{
  char *names[2];       /* of the arrays; [1] NULL: the solution is computed from field 0 */
  guint numbers[2];     /* in the file */
  PisdSlice slices[2];  /* rows are y */
  gboolean is_open;     /* the other order is as good: the equation does not tell them apart */
  gboolean is_xy;       /* the file has x first */
  double factor;        /* of field 0; of a flow: of all frames */
  gsize index, n_cases; /* which case of a stack; n_cases 0: there is no stack */
  guint side;           /* nodes along a side */
  /* |L u - factor a| / |L u| of a linear equation, by whichever derivatives leave less; of a flow
   * how far its last frame is from the one that its first begins; NaN: nothing to compare. */
  double residual;
} PisdReading;

/* What a person says of it; all else is found. */
typedef struct
{
  char *names[2]; /* owned; NULL: any array; a name with [0] or [1]: a part of it */
  int order;      /* 0: [y, x], 1: [x, y], -1: any */
  double factor;  /* NaN: any */
  gint64 index;   /* -1: the first case */
} PisdReadingWish;

/* More of the equation than this is left of no true pair. */
#define PISD_READING_LARGE 0.1

PisdReading *pisd_reading_dup (const PisdReading *self); /* NULL is fine */
void pisd_reading_free (PisdReading *self);              /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PisdReading, pisd_reading_free)
/* "a = "f", u = "phi", [x, y], factor -1, case 3 of 0 to 9, resampled from 64x64": what is as usual
 * is left out. */
char *pisd_reading_dup_text (const PisdReading *self, PisdProblemId problem);

void pisd_reading_wish_init (PisdReadingWish *wish);
void pisd_reading_wish_clear (PisdReadingWish *wish);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PisdReadingWish, pisd_reading_wish_clear)
/* Whether it says anything. */
gboolean pisd_reading_wish_is_any (const PisdReadingWish *wish);
/* One part as people write it: "order" yx or xy, "factor" a number that is not 0, "index" a whole
 * number from 0 on; FALSE: it is none.  And what is expected there. */
gboolean pisd_reading_wish_parse (PisdReadingWish *wish, const char *key, const char *text);
const char *pisd_reading_wish_get_form (const char *key);
/* Exactly that reading. */
void pisd_reading_wish_set (PisdReadingWish *wish, const PisdReading *reading);

/* All readings of the file, PisdReading, best first; of those that are as good, [y, x] first.
 * wish: NULL: none. */
GPtrArray *pisd_reading_guess (PisdArrays *arrays,
                               const PisdEquation *equation,
                               const PisdReadingWish *wish,
                               GError **error);
/* The one to take where nobody looks: the best, which must be good, or what was wished for. */
PisdReading *pisd_reading_choose (PisdArrays *arrays,
                                  const PisdEquation *equation,
                                  const PisdReadingWish *wish,
                                  GError **error);
/* A field of the reading as the file has it, without the factor, on this program's grid; NULL where
 * the reading has no such array. */
PisdField *pisd_reading_load (const PisdReading *self,
                              PisdArrays *arrays,
                              const PisdOperator *row,
                              guint field,
                              GError **error);

G_END_DECLS
