/* The application: one window a file, preferences shared between them. */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define EXPLORER_TYPE_APPLICATION (explorer_application_get_type ())
G_DECLARE_FINAL_TYPE (ExplorerApplication,
                      explorer_application,
                      EXPLORER,
                      APPLICATION,
                      AdwApplication)

ExplorerApplication *explorer_application_new (void);
/* Sets the locale up and finds the translations: beside the executable in a build folder, else
 * where they are installed. */
void explorer_application_init_locale (void);

G_END_DECLS
