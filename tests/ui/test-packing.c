/* How pictures are packed: the pure choice, held against every arrangement there is. */

#include <math.h>

#include "explorer-packing.h"

/* Every pane, or every second one, shares the bar of the one before it; or the usual first three. */
static void
share (ExplorerPackingRoom *room, guint pattern)
{
  for (guint k = 0; k < room->n_panes; k++)
    room->shares[k] =
        k > 0 && (pattern == 0 || (pattern == 1 && k % 2 == 1) || (pattern == 2 && k < 3));
}

/* The side that is found by trying: the largest whole one with which all panes and bars lie within
 * the room, without a word on how it is computed. */
static gboolean
lie_within (const ExplorerPackingRoom *room, const ExplorerPacking *packing)
{
  ExplorerPackingPlace places[16];

  explorer_packing_place (room, packing, places);
  for (guint k = 0; k < room->n_blocks * room->n_panes; k++)
    {
      const ExplorerPackingPlace *place = &places[k];

      if (place->pane.x < -0.5 || place->pane.y < -0.5
          || place->pane.x + place->pane.width > room->width + 1
          || place->pane.y + place->pane.height > room->height + 1)
        return FALSE;
      if (place->has_bar
          && (place->bar.x + place->bar.width > room->width + 1
              || place->bar.y + place->bar.height > room->height + 1))
        return FALSE;
    }
  return TRUE;
}

static double
try_side (const ExplorerPackingRoom *room, ExplorerPacking packing)
{
  double side = 1;

  for (packing.side = side; lie_within (room, &packing); packing.side++)
    side = packing.side;
  return side;
}

static double
try_all (const ExplorerPackingRoom *room)
{
  double best = 0;

  for (guint n = 1; n <= room->n_panes; n++)
    for (guint way = 0; way < 4; way++)
      best = fmax (best, try_side (room, (ExplorerPacking){ n, way & 1, way & 2, 0 }));
  return best;
}

static void
test_optimal (void)
{
  const double sizes[][2] = { { 600, 380 }, { 1280, 720 }, { 400, 900 }, { 1600, 300 } };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    for (guint n = 1; n <= 6; n++)
      for (guint blocks = 1; blocks <= 2; blocks++)
        for (guint pattern = 0; pattern < 3; pattern++)
          {
            ExplorerPackingRoom room = { .width = sizes[s][0],
                                         .height = sizes[s][1],
                                         .n_blocks = blocks,
                                         .n_panes = n,
                                         .title = 21,
                                         .bar_width = 62,
                                         .bar_height = 35,
                                         .gap = 12 };
            ExplorerPacking packing;

            share (&room, pattern);
            packing = explorer_packing_choose (&room);
            g_assert_true (lie_within (&room, &packing));
            g_assert_cmpfloat (packing.side, >=, try_all (&room) - 2);
          }
}

static gboolean
overlap (const ExplorerPackingBox *a, const ExplorerPackingBox *b)
{
  return a->x < b->x + b->width && b->x < a->x + a->width && a->y < b->y + b->height
         && b->y < a->y + a->height;
}

/* No pane lies on another or on a bar; every pane has one bar, on its own line. */
static void
test_places (void)
{
  for (guint n = 1; n <= 6; n++)
    for (guint columns = 1; columns <= n; columns++)
      for (guint way = 0; way < 4; way++)
        {
          ExplorerPackingRoom room = { .width = 1000,
                                       .height = 800,
                                       .n_blocks = 2,
                                       .n_panes = n,
                                       .title = 21,
                                       .bar_width = 62,
                                       .bar_height = 35,
                                       .gap = 12 };
          const gboolean beside = way & 1, below = way & 2;
          ExplorerPackingPlace places[16];
          ExplorerPacking packing = { columns, beside, below, 0 };

          share (&room, 2);
          packing.side = explorer_packing_get_side (&room, columns, beside, below);
          if (packing.side < 1)
            continue;
          explorer_packing_place (&room, &packing, places);
          for (guint k = 0; k < 2 * n; k++)
            {
              guint last = k;

              for (guint m = 0; m < 2 * n; m++)
                g_assert_false (
                    (m != k && overlap (&places[k].pane, &places[m].pane))
                    || (places[m].has_bar && overlap (&places[k].pane, &places[m].bar)));
              while (!places[last].has_bar)
                last++;
              g_assert_cmpuint (places[last].first, <=, k % n);
              g_assert_cmpfloat (places[last].pane.y, ==, places[k].pane.y);
            }
        }
}

/* Estimate, truth and exact share one bar, the error has its own. */
static void
test_bars (void)
{
  ExplorerPackingRoom room = { .width = 1280,
                               .height = 720,
                               .n_blocks = 2,
                               .n_panes = 4,
                               .title = 21,
                               .bar_width = 62,
                               .bar_height = 35,
                               .gap = 12 };
  ExplorerPackingPlace places[8];
  ExplorerPacking packing;

  share (&room, 2);
  packing = explorer_packing_choose (&room);
  explorer_packing_place (&room, &packing, places);
  for (guint k = 0; k < 8; k++)
    g_assert_cmpint (places[k].has_bar, ==, k % 4 >= 2);
  g_assert_cmpuint (places[2].first, ==, 0);
  g_assert_cmpuint (places[3].first, ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/packing/optimal", test_optimal);
  g_test_add_func ("/app/packing/places", test_places);
  g_test_add_func ("/app/packing/bars", test_bars);
  return g_test_run ();
}
