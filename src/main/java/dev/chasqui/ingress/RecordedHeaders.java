package dev.chasqui.ingress;

import dev.chasqui.http.server.Header;
import dev.chasqui.http.server.Headers;
import dev.chasqui.journal.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The headers of a webhook as they are recorded: all but those that carry somebody's credentials.
final class RecordedHeaders {

  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "proxy-authorization", "cookie");

  private RecordedHeaders() {}

  static List<Fact.Header> of(Headers received) {
    List<Header> all = received.list();
    List<Fact.Header> recorded = new ArrayList<>(all.size());
    for (Header header : all) {
      if (!CREDENTIALS.contains(header.name().toLowerCase(Locale.ROOT))) {
        recorded.add(new Fact.Header(header.name(), header.value()));
      }
    }
    return recorded;
  }
}
