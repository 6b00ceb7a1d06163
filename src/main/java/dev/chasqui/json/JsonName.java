package dev.chasqui.json;

import java.nio.charset.StandardCharsets;

/// A member name to look for, kept as the bytes it has on the wire.
public final class JsonName {

  final String text;
  final byte[] bytes;

  private JsonName(String text) {
    this.text = text;
    this.bytes = text.getBytes(StandardCharsets.UTF_8);
  }

  public static JsonName of(String text) {
    return new JsonName(text);
  }

  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
