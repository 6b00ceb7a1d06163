package dev.chasqui.ingress;

import dev.chasqui.http.server.Headers;
import dev.chasqui.journal.Fact;
import java.util.ArrayList;
import java.util.List;

/// The headers of a webhook as they are recorded: all but those that carry credentials.
final class RecordedHeaders {

  private static final List<String> CREDENTIALS =
      List.of("authorization", "proxy-authorization", "cookie");

  private RecordedHeaders() {}

  static List<Fact.Header> of(Headers received) {
    List<Fact.Header> recorded = new ArrayList<>();
    received.forEach(
        (name, value) -> {
          if (!isCredential(name)) {
            recorded.add(new Fact.Header(name, value));
          }
        });
    return recorded;
  }

  private static boolean isCredential(String name) {
    for (String credential : CREDENTIALS) {
      if (credential.equalsIgnoreCase(name)) {
        return true;
      }
    }
    return false;
  }
}
