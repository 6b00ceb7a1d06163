package dev.chasqui.app;

import dev.chasqui.api.media.MediaSettings;
import dev.chasqui.api.media.MediaUpstream;
import dev.chasqui.http.client.ClientSettings;
import dev.chasqui.http.client.HttpStreams;
import dev.chasqui.messaging.UpstreamAccess;
import dev.chasqui.model.Version;
import dev.chasqui.model.WorkspaceId;
import dev.chasqui.settings.Keys;
import dev.chasqui.settings.MessageKeys;
import dev.chasqui.settings.Settings;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Function;

/// Files up and down, led to upstream and to where the platform keeps files.
final class MediaOut implements AutoCloseable {

  private final HttpStreams toUpstream;
  private final HttpStreams outside;
  private final MediaUpstream media;

  /// @param upstream how upstream is called, wherever it is
  MediaOut(
      Settings settings,
      Foundations base,
      ClientSettings upstream,
      Function<WorkspaceId, Optional<UpstreamAccess>> access) {
    this.toUpstream = HttpStreams.start(base.loops(), upstream);
    this.outside = HttpStreams.start(base.loops(), new PackageSettings(settings).client());
    this.media =
        new MediaUpstream(
            new MediaUpstream.Ports(
                toUpstream::exchange, outside::exchange, access, new SecureRandom()),
            new MediaSettings(
                settings.get(Keys.UPSTREAM_URL),
                settings.get(MessageKeys.UPSTREAM_VERSION),
                "Chasqui/" + Version.VALUE,
                settings.get(MessageKeys.MEDIA_MAX_BODY),
                settings.get(MessageKeys.MEDIA_DEADLINE),
                settings.get(MessageKeys.MEDIA_STALL)));
  }

  MediaUpstream media() {
    return media;
  }

  @Override
  public void close() {
    toUpstream.close();
    outside.close();
  }
}
