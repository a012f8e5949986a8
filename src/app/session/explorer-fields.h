/* Whether what was made for the fields of one problem fits another. */
#pragma once

#include "pisd-operator.h"

G_BEGIN_DECLS

/* TRUE if both have the same fields in the same order; either may be NULL, which has none. */
gboolean explorer_fields_equal (const PisdOperator *a, const PisdOperator *b);

G_END_DECLS
