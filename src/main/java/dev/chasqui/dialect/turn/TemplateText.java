package dev.chasqui.dialect.turn;

import dev.chasqui.json.RawObject;
import dev.chasqui.model.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A plain text that stands for a template. What a template says is kept by WhatsApp alone, so this
/// is its name in words, and what the sender filled in: `order shipped: Rosa, PE-17`.
public final class TemplateText {

  /// Kinds of parameters that carry what people read in a member of their own.
  private static final List<String> MEDIA = List.of("image", "video", "document");

  private TemplateText() {}

  /// The text of a payload of type `template` or `hsm`, empty for all others.
  public static Optional<String> of(RawObject payload) {
    String type = payload.scalar("type");
    if ("template".equals(type)) {
      return Optional.of(template(payload.object("template")));
    }
    return "hsm".equals(type) ? Optional.of(hsm(payload.object("hsm"))) : Optional.empty();
  }

  private static String template(RawObject template) {
    List<String> filled = new ArrayList<>();
    for (Bytes component : template.list("components")) {
      RawObject part = RawObject.of(component);
      // What a button carries is for machines.
      if (!"button".equalsIgnoreCase(part.scalar("type"))) {
        part.list("parameters").forEach(it -> add(filled, parameter(RawObject.of(it))));
      }
    }
    return text(template.scalar("name"), filled);
  }

  private static String hsm(RawObject hsm) {
    List<String> filled = new ArrayList<>();
    for (Bytes parameter : hsm.list("localizable_params")) {
      add(filled, RawObject.of(parameter).scalar("default"));
    }
    return text(hsm.scalar("element_name"), filled);
  }

  private static @Nullable String parameter(RawObject parameter) {
    String text = parameter.scalar("text");
    if (text != null) {
      return text;
    }
    for (String kind : MEDIA) {
      String media = parameter.object(kind).firstScalar("filename", "link");
      if (media != null) {
        return media;
      }
    }
    String amount = parameter.object("currency").scalar("fallback_value");
    String time = parameter.object("date_time").scalar("fallback_value");
    return amount == null ? time : amount;
  }

  private static void add(List<String> filled, @Nullable String value) {
    if (value != null) {
      filled.add(value);
    }
  }

  private static String text(@Nullable String name, List<String> filled) {
    String words = name == null ? "" : name.replace('_', ' ').strip();
    String values = String.join(", ", filled);
    boolean isBoth = !words.isEmpty() && !values.isEmpty();
    return isBoth ? words + ": " + values : words + values;
  }
}
