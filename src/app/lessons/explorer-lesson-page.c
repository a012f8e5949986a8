#include "explorer-lesson-page.h"

#include <glib/gi18n.h>

struct _ExplorerLessonPage
{
  GtkWidget parent_instance;

  GtkWidget *title;
  GtkWidget *place;
  GtkWidget *answer;
  GtkWidget *following;
  GtkWidget *back;
  GtkWidget *next;
  GtkWidget *mark;
  GtkWidget *text;
  gboolean chrome;
};

G_DEFINE_FINAL_TYPE (ExplorerLessonPage, explorer_lesson_page, GTK_TYPE_WIDGET)

enum
{
  PROP_CHROME = 1,
  N_PROPS
};

/* At the ends the keys have nothing to do, but stay the lesson's: so the buttons are insensitive,
 * and not the actions. */
static void
activate (ExplorerLessonPage *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
}

static void
on_answer (ExplorerLessonPage *self)
{
  activate (self, "win.lesson-answer");
}

static void
on_following (ExplorerLessonPage *self)
{
  activate (self, "win.lesson-following");
}

static void
on_back (ExplorerLessonPage *self)
{
  activate (self, "win.lesson-back");
}

static void
on_next (ExplorerLessonPage *self)
{
  activate (self, "win.lesson-next");
}

static void
on_close (ExplorerLessonPage *self)
{
  activate (self, "win.lesson-close");
}

static void
explorer_lesson_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_CHROME)
    g_value_set_boolean (value, EXPLORER_LESSON_PAGE (object)->chrome);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
explorer_lesson_page_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  ExplorerLessonPage *self = EXPLORER_LESSON_PAGE (object);

  if (id != PROP_CHROME)
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  self->chrome = g_value_get_boolean (value);
  (self->chrome ? gtk_widget_remove_css_class : gtk_widget_add_css_class) (GTK_WIDGET (self),
                                                                           "lecture");
}

static void
explorer_lesson_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), EXPLORER_TYPE_LESSON_PAGE);
  G_OBJECT_CLASS (explorer_lesson_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-lesson-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, title);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, place);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, answer);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, following);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, back);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, next);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, mark);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, text);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_following);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
}

static void
explorer_lesson_page_class_init (ExplorerLessonPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = explorer_lesson_page_get_property;
  object_class->set_property = explorer_lesson_page_set_property;
  object_class->dispose = explorer_lesson_page_dispose;
  g_object_class_install_property (
      object_class, PROP_CHROME,
      g_param_spec_boolean ("chrome", NULL, NULL, TRUE,
                            G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS));
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
explorer_lesson_page_init (ExplorerLessonPage *self)
{
  self->chrome = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
explorer_lesson_page_show (ExplorerLessonPage *self, const ExplorerLessonPageContent *content)
{
  g_autofree char *place = g_strdup_printf ("%u / %u", content->page + 1, content->n_pages);

  g_return_if_fail (EXPLORER_IS_LESSON_PAGE (self));
  gtk_label_set_label (GTK_LABEL (self->title), content->title);
  gtk_label_set_label (GTK_LABEL (self->place), place);
  gtk_label_set_label (GTK_LABEL (self->text), content->text);
  gtk_widget_set_visible (self->answer, content->asks && !content->is_done);
  gtk_widget_set_visible (self->following, content->is_done && content->has_following);
  gtk_widget_set_visible (self->mark, content->is_done);
  gtk_widget_set_sensitive (self->back, content->page > 0);
  gtk_widget_set_sensitive (self->next, content->page + 1 < content->n_pages);
}

const char *
explorer_lesson_page_get_text (ExplorerLessonPage *self)
{
  return gtk_label_get_text (GTK_LABEL (self->text));
}

const char *
explorer_lesson_page_get_place (ExplorerLessonPage *self)
{
  return gtk_label_get_text (GTK_LABEL (self->place));
}

gboolean
explorer_lesson_page_is_done (ExplorerLessonPage *self)
{
  return gtk_widget_get_visible (self->mark);
}
