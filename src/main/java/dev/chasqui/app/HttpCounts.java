package dev.chasqui.app;

import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.observe.Metrics;
import java.util.Locale;

/// Counts what the listeners tell.
record HttpCounts(Metrics metrics) implements ServerEvents {

  @Override
  public void answered(String route, int status) {
    metrics.count("chasqui_http_requests", "route", route, "class", status / 100 + "xx");
  }

  @Override
  public void refused(Refusal why) {
    metrics.count("chasqui_http_refused", "reason", why.name().toLowerCase(Locale.ROOT));
  }
}
