/* What a comparison is to run: the set-up as it is, and beside it the same with the other prior,
 * and the presets of methods.
 *
 * Column 0 is the scenario as it was given, the last one the same with the learned prior where its
 * own is Gaussian, and with the Gaussian one where it is learned: same sensors, family and samples,
 * and the same method where that prior has it; what is at its preset, the number of steps too, is
 * that prior's.  The others are the methods, by their number, each with its preset for what
 * the sensors say, square modes of the scenario's K, its own count of steps and M samples; sample s
 * has seed + s. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

#define EXPLORER_PLAN_AS_SET 0
#define EXPLORER_PLAN_PRESET(method) (1 + (guint) (method))
#define EXPLORER_PLAN_OTHER_PRIOR (1 + PISD_N_GUIDANCES)
#define EXPLORER_PLAN_N_COLUMNS (2 + PISD_N_GUIDANCES)

#define EXPLORER_PLAN_MOST_STEPS 2000
#define EXPLORER_PLAN_MOST_SAMPLES 64

typedef struct
{
  PisdScenario *scenario;            /* owned */
  gboolean chosen[PISD_N_GUIDANCES]; /* presets to run; the set-up as it is always is */
  gboolean other_prior;              /* the same with the other prior is run, too */
  guint steps[PISD_N_GUIDANCES];     /* of the presets; without effect where none are made */
  guint samples;                     /* of each preset, where it draws any */
  guint64 seed;                      /* of the presets */
} ExplorerPlan;

ExplorerPlan *explorer_plan_new (const PisdScenario *scenario); /* copied */
void explorer_plan_free (ExplorerPlan *plan);                   /* NULL is fine */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ExplorerPlan, explorer_plan_free)

/* Another scenario, copied; where it brings another seed or number of samples than the one before,
 * so do the presets, and where the priors have something to tell apart as they had not before, the
 * other one is run. */
void explorer_plan_set_scenario (ExplorerPlan *plan, const PisdScenario *scenario);
/* Whether there is another prior: some equations have no weights of a learned one. */
gboolean explorer_plan_has_other_prior (const ExplorerPlan *plan);
/* Steps that the method's authors, or its preset, give it. */
guint explorer_plan_get_preset_steps (const ExplorerPlan *plan, PisdGuidanceId method);
/* What a column runs for its first sample; NULL: nothing. */
PisdScenario *explorer_plan_dup_scenario (const ExplorerPlan *plan, guint column);
/* In how many runs a column draws its samples: the set-up as it is draws all in one. */
guint explorer_plan_get_n_runs (const ExplorerPlan *plan, guint column);

G_END_DECLS
