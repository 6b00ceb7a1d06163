package dev.chasqui.store.sql;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A `postgresql://user:password@host:port/database?options` URL, as other programs write it, taken
/// apart for JDBC.
record PostgresUrl(String jdbc, @Nullable String user, @Nullable String password) {

  static boolean isOne(String url) {
    return url.startsWith("postgresql://") || url.startsWith("postgres://");
  }

  static PostgresUrl parse(String url) {
    URI uri = URI.create(url);
    String userInfo = uri.getRawUserInfo();
    String options = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String jdbc = "jdbc:postgresql://" + uri.getHost() + port + uri.getRawPath() + options;
    if (userInfo == null) {
      return new PostgresUrl(jdbc, null, null);
    }
    int colon = userInfo.indexOf(':');
    return colon < 0
        ? new PostgresUrl(jdbc, decode(userInfo), null)
        : new PostgresUrl(
            jdbc, decode(userInfo.substring(0, colon)), decode(userInfo.substring(colon + 1)));
  }

  private static String decode(String part) {
    // A plus sign is itself in this part of a URL.
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return jdbc;
  }
}
