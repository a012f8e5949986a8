#include "explorer-lesson-page.h"

#include "explorer-lesson-text.h"

/* Before what is said when it is done. */
#define MARK "\u2713 "

struct _ExplorerLessonPage
{
  GtkBox parent_instance;

  GtkWidget *title;
  GtkWidget *answer;
  GtkWidget *following;
  GtkWidget *back;
  GtkWidget *next;
  GtkWidget *text;
  char *place; /* "2 / 4" */
  gboolean is_done;
  gboolean chrome;
};

G_DEFINE_FINAL_TYPE (ExplorerLessonPage, explorer_lesson_page, GTK_TYPE_BOX)

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
explorer_lesson_page_finalize (GObject *object)
{
  g_free (EXPLORER_LESSON_PAGE (object)->place);
  G_OBJECT_CLASS (explorer_lesson_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (EXPLORER_TYPE_LESSON_TEXT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/pisd/Explorer/ui/explorer-lesson-page.ui");
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, title);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, answer);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, following);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, back);
  gtk_widget_class_bind_template_child (widget_class, ExplorerLessonPage, next);
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
  object_class->finalize = explorer_lesson_page_finalize;
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

static void
show_buttons (ExplorerLessonPage *self, const ExplorerLessonPageContent *content)
{
  gtk_widget_set_visible (self->answer, content->asks && !content->is_done);
  gtk_widget_set_visible (self->following, content->is_done && content->has_following);
  gtk_widget_set_sensitive (self->back, content->page > 0);
  gtk_widget_set_sensitive (self->next, content->page + 1 < content->n_pages);
}

/* The button with the keyboard; NULL: none has it. */
static GtkWidget *
find_focus (ExplorerLessonPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root == NULL ? NULL : gtk_root_get_focus (root);

  return focus != NULL && GTK_IS_BUTTON (focus) && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
             ? focus
             : NULL;
}

void
explorer_lesson_page_show (ExplorerLessonPage *self, const ExplorerLessonPageContent *content)
{
  GtkWidget *focus = find_focus (self);
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (EXPLORER_IS_LESSON_PAGE (self));
  g_free (self->place);
  self->place = g_strdup_printf ("%u / %u", content->page + 1, content->n_pages);
  title = g_strdup_printf ("%s   %s", content->title, self->place);
  gtk_label_set_label (GTK_LABEL (self->title), title);
  text = g_strconcat (content->is_done ? MARK : "", content->text, NULL);
  explorer_lesson_text_set (EXPLORER_LESSON_TEXT (self->text), text);
  self->is_done = content->is_done;
  show_buttons (self, content);
  if (focus != NULL && !(gtk_widget_get_visible (focus) && gtk_widget_is_sensitive (focus)))
    explorer_lesson_page_grab_focus (self);
}

void
explorer_lesson_page_grab_focus (ExplorerLessonPage *self)
{
  GtkWidget *buttons[] = { self->next, self->following, self->answer, self->back };

  g_return_if_fail (EXPLORER_IS_LESSON_PAGE (self));
  for (guint k = 0; k < G_N_ELEMENTS (buttons); k++)
    if (gtk_widget_get_mapped (buttons[k]) && gtk_widget_grab_focus (buttons[k]))
      return;
}

const char *
explorer_lesson_page_get_text (ExplorerLessonPage *self)
{
  return explorer_lesson_text_get (EXPLORER_LESSON_TEXT (self->text));
}

const char *
explorer_lesson_page_get_place (ExplorerLessonPage *self)
{
  return self->place;
}

gboolean
explorer_lesson_page_is_done (ExplorerLessonPage *self)
{
  return self->is_done;
}
