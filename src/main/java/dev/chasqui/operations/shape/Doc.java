package dev.chasqui.operations.shape;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a record or a member of one means, for the OpenAPI document and whatever is made of it.
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Doc {

  /// A sentence.
  String value();

  /// A value as it may stand on the wire; JSON where it is none of a text.
  String example() default "";
}
