/* What is said of a reading: how much of the equation it leaves, and whether it is resampled. */
#pragma once

#include "pisd-reading.h"

G_BEGIN_DECLS

char *explorer_reading_dup_words (const PisdReading *reading);

G_END_DECLS
