package dev.chasqui.ingress;

import dev.chasqui.http.server.Query;

/// A query as it is recorded: the URL key of an Exotel account is left out.
final class RecordedQuery {

  private static final String MASK = "***";

  private RecordedQuery() {}

  static String of(Query query) {
    String raw = query.raw();
    if (raw.isEmpty()) {
      return raw;
    }
    StringBuilder recorded = new StringBuilder(raw.length());
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      boolean isOther = equals < 0 || isPlainName(pair, equals);
      recorded.append(recorded.isEmpty() ? "" : "&");
      recorded.append(isOther ? pair : pair.substring(0, equals + 1) + MASK);
    }
    return recorded.toString();
  }

  /// Whether a name is surely not that of the key: a name with an escape could be.
  private static boolean isPlainName(String pair, int equals) {
    String name = pair.substring(0, equals);
    return !name.equals(Authenticate.URL_KEY) && name.indexOf('%') < 0;
  }
}
