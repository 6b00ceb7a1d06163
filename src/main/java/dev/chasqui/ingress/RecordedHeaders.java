package dev.chasqui.ingress;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Headers;
import dev.chasqui.journal.Fact;
import java.util.ArrayList;
import java.util.List;

/// The headers of a webhook as they are recorded: all but those that carry somebody's credentials.
final class RecordedHeaders {

  private static final List<String> CREDENTIALS =
      List.of("authorization", "proxy-authorization", "cookie");

  private RecordedHeaders() {}

  static List<Fact.Header> of(Headers received) {
    List<Header> all = received.list();
    List<Fact.Header> recorded = new ArrayList<>(all.size());
    for (Header header : all) {
      if (!isCredential(header.name())) {
        recorded.add(new Fact.Header(header.name(), header.value()));
      }
    }
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
