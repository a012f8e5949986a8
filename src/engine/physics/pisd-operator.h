/* What a problem is, in one table: its fields, their bases, how they are shown and named.
 * Source: the benchmark of DiffusionPDE, FunDPS and PISD (arXiv 2602.09708), 128 x 128. */
#pragma once

#include "pisd-basis.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_PROBLEM_POISSON,   /* lap u = a,         u = 0 on the boundary of the unit square */
  PISD_PROBLEM_HELMHOLTZ, /* lap u + k^2 u = a, u = 0 on the boundary */
  PISD_N_PROBLEMS
} PisdProblemId;

/* The numbers are those of the `sensors` array and never change. */
typedef enum
{
  PISD_FIELD_A = 0, /* parameter field: the source */
  PISD_FIELD_U = 1, /* solution */
  PISD_FIELD_W = 2  /* vorticity */
} PisdFieldId;

/* Most fields that any problem has. */
#define PISD_MAX_FIELDS 2

/* One field of a problem's latent, in the order in which the latent stores them. */
typedef struct
{
  PisdFieldId id;
  const char *name;  /* "a": as in files */
  const char *title; /* "Source a": translatable (N_) */
  PisdBasis basis;
  gboolean zero_boundary; /* boundary nodes are set to 0 after decoding */
} PisdFieldInfo;

typedef struct
{
  PisdProblemId id;
  const char *name;     /* "poisson": as in files and on the command line */
  const char *title;    /* "Poisson": translatable (N_) */
  const char *equation; /* "∆u = a" */
  guint n_fields;
  const PisdFieldInfo *fields;
  gboolean has_wavenumber;
} PisdOperator;

const PisdOperator *pisd_operator_get (PisdProblemId problem);
/* FALSE if no problem has that name; `problem` untouched. */
gboolean pisd_problem_from_name (const char *name, PisdProblemId *problem);
/* NULL if the problem has no such field. */
const PisdFieldInfo *pisd_problem_find_field (PisdProblemId problem, PisdFieldId field);
/* "a", "u" or "w" to its number; FALSE if unknown. */
gboolean pisd_field_id_from_name (const char *name, PisdFieldId *field);
const char *pisd_field_id_get_name (PisdFieldId field);

G_END_DECLS
