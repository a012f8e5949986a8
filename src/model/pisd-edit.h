/* What an edit changed: the difference of two scenarios. */
#pragma once

#include "pisd-scenario.h"

G_BEGIN_DECLS

typedef enum
{
  PISD_CHANGE_PROBLEM = 1 << 0,  /* the equation and its constants */
  PISD_CHANGE_INSTANCE = 1 << 1, /* truth, and the family and mean of the prior */
  PISD_CHANGE_SENSORS = 1 << 2,
  PISD_CHANGE_SETTINGS = 1 << 3 /* and the weights of a learned prior */
} PisdChange;

#define PISD_CHANGE_ALL 0xf
/* What an estimate depends on beside the settings of its method. */
#define PISD_CHANGE_DATA (PISD_CHANGE_PROBLEM | PISD_CHANGE_INSTANCE | PISD_CHANGE_SENSORS)

/* In what two scenarios differ, as PisdChange bits; 0: equal. */
guint pisd_edit_diff (const PisdScenario *a, const PisdScenario *b);
gboolean pisd_edit_same_setting (const PisdSettingInfo *info,
                                 const PisdSettings *a,
                                 const PisdSettings *b);
gboolean pisd_edit_same_settings (const PisdSettings *a, const PisdSettings *b);

G_END_DECLS
