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
  .weight = 1.0,
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
  .weight = 1.0,
};

/* The hues of the light palette, darkened until they stand 4.5 to 1 against white. */
static const PisdPalette strong_light = {
  .background = INK (0xffffff),
  .text = INK (0x000000),
  .faint = INK (0x2e2e2e),
  .line = { 0.0, 0.0, 0.0, 0.6 },
  .accent = INK (0x0f4aa3),
  .loss = { INK (0x005a8f), INK (0x006b4e) },
  .equation = INK (0x8a5a00),
  .error = { INK (0xa84600), INK (0x99386f) },
  .sigma = INK (0x2e2e2e),
  .method = { INK (0x565b60), INK (0x8a5a00), INK (0x005a8f), INK (0xa84600), INK (0x000000) },
  .weight = 1.6,
};

static const PisdPalette strong_dark = {
  .background = INK (0x000000),
  .text = INK (0xffffff),
  .faint = INK (0xd8d8d8),
  .line = { 1.0, 1.0, 1.0, 0.6 },
  .accent = INK (0x8fc1ff),
  .loss = { INK (0x7cc8f2), INK (0x3fdcab) },
  .equation = INK (0xffc233),
  .error = { INK (0xff9356), INK (0xf0b5d5) },
  .sigma = INK (0xd8d8d8),
  .method = { INK (0xb4b9be), INK (0xffc233), INK (0x7cc8f2), INK (0xff9356), INK (0xffffff) },
  .weight = 1.6,
};

const PisdPalette *
pisd_palette_get (gboolean is_dark)
{
  return is_dark ? &dark : &light;
}

const PisdPalette *
pisd_palette_get_strong (gboolean is_dark)
{
  return is_dark ? &strong_dark : &strong_light;
}
