/* What an equation is: its fields, bases, constants and names, and the functions that solve it.
 *
 * Everything else asks this table: to add an equation means one file that fills a PisdOperator and
 * one row of pisd-operator-list.h.  Field 0 is the unknown that determines the others.
 *
 * Threads: rows are constant; registering (for tests) comes before everything else.
 * Source:  arXiv 2602.09708, the benchmark of DiffusionPDE and FunDPS, 128 x 128. */
#pragma once

#include "pisd-basis.h"
#include "pisd-field.h"
#include "pisd-family.h"
#include "pisd-operator-list.h"
#include "pisd-vorticity.h"

G_BEGIN_DECLS

/* Index of a row. */
typedef guint PisdProblemId;

#define PISD_OPERATOR_NUMBER(NAME, object) PISD_PROBLEM_##NAME,
enum
{
  PISD_OPERATOR_LIST (PISD_OPERATOR_NUMBER) PISD_N_PROBLEMS
};
#undef PISD_OPERATOR_NUMBER

/* The numbers are those of the `sensors` array and never change. */
typedef enum
{
  PISD_FIELD_A = 0, /* parameter field: the source */
  PISD_FIELD_U = 1, /* solution */
  PISD_FIELD_W = 2  /* vorticity */
} PisdFieldId;

/* Most fields, frames of one field, and constants that any equation has. */
#define PISD_MAX_FIELDS 2
#define PISD_MAX_FRAMES 10
#define PISD_MAX_CONSTANTS 4

/* One field of an equation, in the order in which latents store them. */
typedef struct
{
  PisdFieldId id;
  const char *name;         /* "a": as in files */
  const char *title;        /* "Source a": translatable (N_) */
  const char *weight_title; /* "Weight of a": translatable (N_) */
  const char *weight_help;  /* what the weight of its sensors is: one line, translatable (N_) */
  PisdBasis basis;
  gboolean zero_boundary; /* the field is 0 on boundary nodes, whatever its modes say there */
  guint n_frames;
  double times[PISD_MAX_FRAMES]; /* [n_frames] physical times, ascending, in [0, 1] */
  const char
      *symbol; /* "w": what depends on time, in titles; NULL: it does not, and has its name */
  gboolean is_vorticity; /* of a periodic flow, whose velocity follows from it */
} PisdFieldInfo;

/* A number that the equation contains, such as a wave number; it is a setting of that key. */
typedef struct
{
  const char *key;   /* "wavenumber" */
  const char *title; /* "Wave number k": translatable (N_) */
  const char *help;  /* one line, translatable (N_) */
  const char *note;  /* where it stands, and what it must not be: sentences, translatable (N_) */
  double minimum, maximum, standard;
} PisdConstantInfo;

/* How derivatives are taken. */
typedef enum
{
  PISD_DIFFERENCES, /* finite differences: what the benchmark's solver solves exactly */
  PISD_SPECTRAL,    /* exact derivatives of the basis functions */
  PISD_N_DISCRETISATIONS
} PisdDiscretisation;

/* An equation that is linear and diagonal in the basis of field 1: lambda_k u_k = <basis_k, a>. */
typedef struct
{
  /* ky, kx: [n] zero-based indices of modes; out: [n] lambda. */
  void (*fill_eigenvalues) (const double *constants,
                            PisdDiscretisation discretisation,
                            guint n,
                            const guint16 *ky,
                            const guint16 *kx,
                            double *out);
} PisdLinearOps;

/* A flow in time, whose frames are those of field 0 and then those of field 1, and whose posterior
 * is found through its linearisations. */
typedef struct
{
  /* All but the grid and the steps, which belong to whoever solves. */
  void (*fill_shape) (const double *constants, PisdVorticityShape *shape);
  /* Makes of every frame of a flow those of another one that is as likely, by a symmetry of the
   * equation; choice: 3 numbers from 0 to 1, one symmetry all along the flow.
   * modes: [side, side], side odd, in place. */
  void (*move) (const double choice[3], guint side, double *modes);
} PisdFlowOps;

typedef struct _PisdOperator PisdOperator;

/* `fields`: one array a field, [n_frames, PISD_GRID, PISD_GRID], of which
 * pisd_field_info_new_field() makes one; `plan`: what prepare() returned, one a thread. */
struct _PisdOperator
{
  const char *name;     /* "poisson": as in files and on the command line */
  const char *title;    /* "Poisson": translatable (N_) */
  const char *equation; /* "∆u = a" */
  guint n_fields;
  const PisdFieldInfo *fields; /* [n_fields] */
  guint n_constants;
  const PisdConstantInfo *constants; /* [n_constants] */
  guint families;                    /* of random instances: bits 1 << PisdFamily */
  const PisdRandomOps *random;       /* what field 0 is drawn from */
  /* "w": files have one array of that name, of all frames of all fields; NULL: one a field. */
  const char *whole;

  /* FALSE where these constants have no unique solution; NULL: all have.
   * Errors: PISD_ERROR_RESONANCE, RANGE. */
  gboolean (*check) (const double *constants, GError **error);
  /* FALSE where the equation cannot be solved for that field 0; NULL: for all.
   * Errors: PISD_ERROR_RANGE. */
  gboolean (*check_source) (const double *constants, const PisdField *source, GError **error);
  gpointer (*prepare) (const PisdOperator *self, const double *constants);
  void (*release) (gpointer plan);
  /* Field 0, its boundary rule applied, into the others.  FALSE: cancelled, and the others mean
   * nothing; what takes milliseconds does not listen. */
  gboolean (*solve) (gpointer plan, PisdField *const *fields, PisdCancel *cancel);
  /* The same roughly and in milliseconds, for whoever watches; NULL: as solve(). */
  void (*sketch) (gpointer plan, PisdField *const *fields);
  /* gradients[0] = (d sketch / d field 0)' (gradients[1], ...) at the newest sketch; NULL: there is
   * none. */
  void (*sketch_vjp) (gpointer plan, PisdField *const *gradients);
  /* What is left of the equation is said by PISD_SPECTRAL alone. */
  gboolean is_spectral;
  /* r: what is left of the equation, in the shape of the last field, 0 on nodes where it does not
   * hold. */
  void (*residual) (gpointer plan,
                    PisdDiscretisation discretisation,
                    const PisdField *const *fields,
                    PisdField *r);
  /* gradients[f] = (d r / d fields[f])' v; v is not read where the equation does not hold. */
  void (*residual_vjp) (gpointer plan,
                        PisdDiscretisation discretisation,
                        const PisdField *const *fields,
                        const PisdField *v,
                        PisdField *const *gradients);
  const PisdLinearOps *linear; /* NULL: not linear */
  const PisdFlowOps *flow;     /* NULL: no flow */
};

const PisdOperator *pisd_operator_get (PisdProblemId problem);
guint pisd_operator_get_n (void);
/* One more row, for tests and for programs with equations of their own; its number.  Before
 * anything else of the library is used, and at most 4 times. */
PisdProblemId pisd_operator_register (const PisdOperator *row);
/* NULL if the problem has no such field. */
const PisdFieldInfo *pisd_problem_find_field (PisdProblemId problem, PisdFieldId field);
/* Index of the field of that name; -1: there is none.  And all their names: "a or u". */
int pisd_operator_find_field (const PisdOperator *row, const char *name);
char *pisd_operator_dup_field_names (const PisdOperator *row);
/* Whether field 0 may have a mean at all: whether its prior has a mode for one. */
gboolean pisd_operator_has_mean (PisdProblemId problem);
/* Whether field 0 is drawn from that family; from any: whether from more than one. */
gboolean pisd_operator_has_family (const PisdOperator *row, PisdFamily family);
/* Whether one of the fields is a vorticity. */
gboolean pisd_operator_has_velocity (const PisdOperator *row);
/* Whether the equation is asked of boundary nodes too: where field 1 is not fixed there. */
gboolean pisd_operator_holds_on_boundary (const PisdOperator *row);

/* Whether mode (0, 0) of that field is zero under that prior: a constant where field 0 has no
 * mean. */
gboolean pisd_operator_lacks_mean (const PisdOperator *row,
                                   guint field,
                                   const PisdSourcePrior *prior);

/* Zeros in the shape of that field: frame n is rows n PISD_GRID and up. */
PisdField *pisd_field_info_new_field (const PisdFieldInfo *info);
/* The benchmark's error of a field: ||x - truth|| / ||truth|| of its last frame; NaN where the
 * truth is zero. */
double pisd_field_info_get_error (const PisdFieldInfo *info,
                                  const PisdField *x,
                                  const PisdField *truth);
/* Index of the frame whose time is nearest to t. */
guint pisd_field_info_find_frame (const PisdFieldInfo *info, double t);
/* The time of a frame as people read it: "5/9" where those of all frames are such fractions. */
char *pisd_field_info_dup_time (const PisdFieldInfo *info, guint frame);
/* What titles call a frame: "a", "w(5/9)"; PISD_FRAME_ANY, and the field has several: "w(t)". */
char *pisd_field_info_dup_symbol (const PisdFieldInfo *info, guint frame);
#define PISD_FRAME_ANY G_MAXUINT

/* The field's nodes: the coordinate of one, which of them is nearest to a coordinate (TRUE if it is
 * that node's, up to 1e-9), and how far they are apart. */
double pisd_field_info_get_node (const PisdFieldInfo *info, guint i);
gboolean pisd_field_info_find_node (const PisdFieldInfo *info, double position, guint *index);
double pisd_field_info_get_spacing (const PisdFieldInfo *info);
/* Square of the distance of two places that differ by that much, around the edge of a periodic
 * field. */
double pisd_field_info_get_square (const PisdFieldInfo *info, double dx, double dy);

/* All frames of an equation in the order of its fields, from 0 on. */
guint pisd_operator_count_frames (const PisdOperator *row);
void pisd_operator_get_frame (const PisdOperator *row, guint number, guint *field, guint *frame);
/* Number of the frame whose time is nearest to t, of an equation whose fields are frames of one
 * whole. */
guint pisd_operator_find_frame (const PisdOperator *row, double t);
/* "a", "u" or "w" to its number; FALSE if unknown. */
gboolean pisd_field_id_from_name (const char *name, PisdFieldId *field);
const char *pisd_field_id_get_name (PisdFieldId field);
/* Physical time of a sensor that gives none: 0 for a and w, 1 for u. */
double pisd_field_id_get_time (PisdFieldId field);

/* One equation: a row and the values of its constants, in the row's order, 0 beyond them. */
typedef struct
{
  PisdProblemId problem;
  double constants[PISD_MAX_CONSTANTS];
} PisdEquation;

gboolean pisd_equation_equal (const PisdEquation *a, const PisdEquation *b);
/* Errors: PISD_ERROR_RESONANCE, RANGE, as the row's check() says. */
gboolean pisd_equation_check (const PisdEquation *equation, GError **error);
/* The linear equation's eigenvalues on some modes of field 1; out: [n]. */
void pisd_equation_fill_eigenvalues (const PisdEquation *equation,
                                     PisdDiscretisation discretisation,
                                     guint n,
                                     const guint16 *ky,
                                     const guint16 *kx,
                                     double *out);

G_END_DECLS
