/* What axes and cells of a sweep share. */
#pragma once

#include "pisd-sweep.h"

G_BEGIN_DECLS

/* Axes that are no settings. */
#define PISD_SWEEP_SENSORS "sensors"
#define PISD_SWEEP_LAYOUT "layout"

/* Where sensors stand. */
typedef enum
{
  PISD_LAYOUT_RANDOM,
  PISD_LAYOUT_GRID,
  PISD_LAYOUT_RING,
  PISD_N_LAYOUTS
} PisdLayout;

/* The layout of that name; -1: there is none. */
int pisd_layout_find (const char *name);

G_END_DECLS
