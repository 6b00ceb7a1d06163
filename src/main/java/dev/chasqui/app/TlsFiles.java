package dev.chasqui.app;

import dev.chasqui.model.Tls;
import dev.chasqui.settings.ClientKeys;
import dev.chasqui.settings.Key;
import dev.chasqui.settings.Settings;
import dev.chasqui.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the certificates that the settings name. A file that cannot be read stops the start.
final class TlsFiles {

  private final Settings settings;

  TlsFiles(Settings settings) {
    this.settings = settings;
  }

  /// The certificates for all outbound calls.
  Tls outbound() {
    return new Tls(read(ClientKeys.OUTBOUND_TLS_CA), null, null);
  }

  /// The certificates for calls of upstream, over those for all calls.
  Tls upstream() {
    String certificate = read(ClientKeys.UPSTREAM_TLS_CERTIFICATE);
    String key = read(ClientKeys.UPSTREAM_TLS_KEY);
    if ((certificate == null) != (key == null)) {
      throw new SettingsException(
          List.of("upstream.tls.certificate and upstream.tls.key are set together or not at all"));
    }
    return new Tls(read(ClientKeys.UPSTREAM_TLS_CA), certificate, key).over(outbound());
  }

  private @Nullable String read(Key<Path> key) {
    Path file = settings.get(key);
    if (file.toString().isEmpty()) {
      return null;
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new SettingsException(List.of(key.name() + ": cannot read the file " + file));
    }
  }
}
