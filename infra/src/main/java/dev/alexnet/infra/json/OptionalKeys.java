package dev.alexnet.infra.json;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Lets a key be missing if it is not written when its value is null. Jackson requires either all
 * keys of a record or none, except those for which it has a value to inject.
 */
final class OptionalKeys extends JacksonAnnotationIntrospector {
  private static final long serialVersionUID = 1L;

  /** The value of every key that is missing. */
  static final InjectableValues NULL =
      new InjectableValues() {
        @Override
        public Object findInjectableValue(
            Object id, DeserializationContext context, BeanProperty property, Object instance) {
          return null;
        }
      };

  @Override
  public JacksonInject.Value findInjectableValue(AnnotatedMember member) {
    JsonInclude written = member.getAnnotation(JsonInclude.class);
    return member instanceof AnnotatedParameter
            && written != null
            && written.value() == JsonInclude.Include.NON_NULL
        ? JacksonInject.Value.construct("null", true)
        : super.findInjectableValue(member);
  }
}
