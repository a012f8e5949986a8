/* Members of JSON objects, as every report of this program writes them. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A value; null where it is no number or infinite, which JSON does not know. */
void pisd_json_add_number (JsonBuilder *builder, double value);
/* The member `name` of the object that is open. */
void pisd_json_add_number_member (JsonBuilder *builder, const char *name, double value);
void pisd_json_add_integer_member (JsonBuilder *builder, const char *name, gint64 value);
/* text: NULL is null. */
void pisd_json_add_text_member (JsonBuilder *builder, const char *name, const char *text);

/* What is built, indented.  Errors: PISD_ERROR_IO. */
gboolean pisd_json_save (JsonBuilder *builder, const char *path, GError **error);

G_END_DECLS
