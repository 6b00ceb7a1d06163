package dev.chasqui.http.server;

import dev.chasqui.model.Bytes;
import java.util.Locale;

/// Writes problem documents (RFC 9457).
final class ProblemJson {

  private ProblemJson() {}

  static Bytes write(ProblemException problem) {
    StringBuilder json = new StringBuilder(160);
    json.append("{\"type\":\"about:blank\",\"title\":");
    quote(json, problem.title());
    json.append(",\"status\":").append(problem.status()).append(",\"detail\":");
    quote(json, problem.detail());
    if (!problem.errors().isEmpty()) {
      json.append(",\"errors\":[");
      problem.errors().forEach(item -> item(json, item));
      json.setLength(json.length() - 1);
      json.append(']');
    }
    return Bytes.utf8(json.append('}').toString());
  }

  private static void item(StringBuilder json, ProblemException.Item item) {
    json.append("{\"path\":");
    quote(json, item.path());
    json.append(",\"reason\":");
    quote(json, item.reason());
    json.append("},");
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c)) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
