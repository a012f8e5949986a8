/* Edits a plan: which presets are compared with the set-up as it is, their steps, samples and seed.
 * The choice of methods is remembered by the preferences.
 *
 * Activates: "compare.start" on the window around it. */
#pragma once

#include <gtk/gtk.h>

#include "explorer-plan.h"
#include "explorer-preferences.h"

G_BEGIN_DECLS

#define EXPLORER_TYPE_PLAN_POPOVER (explorer_plan_popover_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerPlanPopover,
                      explorer_plan_popover,
                      EXPLORER,
                      PLAN_POPOVER,
                      GtkPopover)

/* Once, before anything is shown. */
void explorer_plan_popover_set_preferences (ExplorerPlanPopover *self,
                                            ExplorerPreferences *preferences);
/* Numbers as they are in the plan, which is not kept. */
void explorer_plan_popover_show (ExplorerPlanPopover *self, const ExplorerPlan *plan);
/* Nothing is compared but the two priors; that is not remembered. */
void explorer_plan_popover_choose_priors (ExplorerPlanPopover *self);
/* Writes what the person has set into the plan. */
void explorer_plan_popover_read (ExplorerPlanPopover *self, ExplorerPlan *plan);

G_END_DECLS
