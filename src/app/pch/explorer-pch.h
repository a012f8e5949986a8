/* What every source of the window and of its tests includes, read once for all of them. */
#include <adwaita.h>
