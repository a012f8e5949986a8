#include "explorer-step-keys.h"

#define LONG_MOVES_A_RUN 20

typedef enum
{
  REACH_STEP,
  REACH_LONG,
  REACH_ALL
} Reach;

static const struct
{
  guint key, keypad_key;
  int direction;
  Reach reach;
} moves[] = {
  { GDK_KEY_Left, GDK_KEY_KP_Left, -1, REACH_STEP },
  { GDK_KEY_Right, GDK_KEY_KP_Right, 1, REACH_STEP },
  { GDK_KEY_Down, GDK_KEY_KP_Down, -1, REACH_STEP },
  { GDK_KEY_Up, GDK_KEY_KP_Up, 1, REACH_STEP },
  { GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, -1, REACH_LONG },
  { GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 1, REACH_LONG },
  { GDK_KEY_Home, GDK_KEY_KP_Home, -1, REACH_ALL },
  { GDK_KEY_End, GDK_KEY_KP_End, 1, REACH_ALL },
};

static gint64
get_n_steps (Reach reach, guint n_steps)
{
  if (reach == REACH_ALL)
    return MAX (n_steps, 1);
  return reach == REACH_LONG ? MAX (n_steps / LONG_MOVES_A_RUN, 1) : 1;
}

gint64
explorer_step_keys_get_move (guint key, GdkModifierType state, guint n_steps)
{
  const Reach least = (state & GDK_SHIFT_MASK) != 0 ? REACH_LONG : REACH_STEP;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return 0;
  for (guint k = 0; k < G_N_ELEMENTS (moves); k++)
    if (key == moves[k].key || key == moves[k].keypad_key)
      return moves[k].direction * get_n_steps (MAX (moves[k].reach, least), n_steps);
  return 0;
}
