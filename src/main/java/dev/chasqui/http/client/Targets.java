package dev.chasqui.http.client;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;

/// Remembers how URLs read, since most requests go to URLs that were read before. What a host's
/// address is, and whether it is allowed, is asked anew for each request.
final class Targets {

  private static final int MOST = 20_000;

  private final ConcurrentHashMap<URI, Target> known = new ConcurrentHashMap<>();

  Target of(URI url) {
    Target target = known.get(url);
    if (target == null) {
      target = Target.parse(url);
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(url, target);
    }
    return target;
  }
}
