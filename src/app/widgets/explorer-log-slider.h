/* A row with a positive number: logarithmic slider, typed override, also beyond the slider's
 * ends, a mark at the preset, and a share shown live.  The wheel changes it only while it has
 * the focus.
 *
 * Properties:
 *   "value" (double)
 *   "preset" (double)           where the mark is; NaN: there is none
 *   "share" (double)            0 to 1; negative: none is shown
 *   "lower", "upper" (double)   the ends of the slider
 *   "zero" (boolean)            the very left of the slider means 0
 * Signals:
 *   "changed" (double value)    the person chose another value
 *   "refused" (char *text)      what was typed is no number; the entry is marked */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_LOG_SLIDER (explorer_log_slider_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerLogSlider,
                      explorer_log_slider,
                      EXPLORER,
                      LOG_SLIDER,
                      AdwPreferencesRow)

/* These do not emit "changed".  A share has a place of its own from the first call on. */
void explorer_log_slider_set_value (ExplorerLogSlider *self, double value);
void explorer_log_slider_set_preset (ExplorerLogSlider *self, double preset);
void explorer_log_slider_set_share (ExplorerLogSlider *self, double share);

/* For tests. */
double explorer_log_slider_get_value (ExplorerLogSlider *self);

G_END_DECLS
