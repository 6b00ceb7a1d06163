package dev.chasqui.store.sql;

import dev.chasqui.settings.SettingsException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A `postgresql://user:password@host:port/database?options` URL, as other programs write it, taken
/// apart for JDBC.
record PostgresUrl(String jdbc, @Nullable String user, @Nullable String password) {

  static boolean isOne(String url) {
    return url.startsWith("postgresql://") || url.startsWith("postgres://");
  }

  /// @throws SettingsException if it cannot be read; the message quotes none of it, since it holds
  ///   a password
  static PostgresUrl parse(String url) {
    try {
      return read(URI.create(url));
    } catch (IllegalArgumentException _) {
      throw unreadable();
    }
  }

  private static SettingsException unreadable() {
    return new SettingsException(
        List.of(
            "store.url cannot be read as postgresql://user:password@host:port/database; in the user"
                + " and the password the characters : / ? # [ ] @ % and blanks are written as %3A"
                + " %2F %3F %23 %5B %5D %40 %25 %20"));
  }

  private static PostgresUrl read(URI uri) {
    boolean isWhole =
        uri.getHost() != null && uri.getFragment() == null && uri.getRawPath().matches("/[^/]*|");
    if (!isWhole) {
      throw unreadable();
    }
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

  /// Without the options, which may hold a password too.
  @Override
  public String toString() {
    return jdbc.split("\\?", 2)[0];
  }
}
