#include "pisd-draw.h"

#define INK(rgb)                                                                      \
  {                                                                                   \
    ((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0, 1.0 \
  }

/* Curves: Okabe and Ito, "Color universal design" (2008), told apart by every kind of colour
 * vision. */
static const PisdPalette light = {
  .background = INK (0xffffff),
  .text = INK (0x26292c),
  .faint = INK (0x6b7076),
  .line = { 0.0, 0.0, 0.0, 0.13 },
  .accent = INK (0x1c71d8),
  .loss = { INK (0x0072b2), INK (0x009e73) },
  .equation = INK (0xe69f00),
  .error = { INK (0xd55e00), INK (0xcc79a7) },
  .sigma = INK (0x5e6368),
  .method = { INK (0x868c92), INK (0xe69f00), INK (0x0072b2), INK (0xd55e00), INK (0x26292c) },
};

/* The same hues; only blue gives way to sky blue, which shows on black. */
static const PisdPalette dark = {
  .background = INK (0x1e1e1e),
  .text = INK (0xf0f0ee),
  .faint = INK (0xa2a6aa),
  .line = { 1.0, 1.0, 1.0, 0.15 },
  .accent = INK (0x62a0ea),
  .loss = { INK (0x56b4e9), INK (0x1fb98c) },
  .equation = INK (0xe69f00),
  .error = { INK (0xe8702a), INK (0xd68fb6) },
  .sigma = INK (0xb4b8bc),
  .method = { INK (0x8d9399), INK (0xf0b429), INK (0x56b4e9), INK (0xf0692a), INK (0xf0f0ee) },
};

const PisdPalette *
pisd_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}
