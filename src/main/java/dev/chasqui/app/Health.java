package dev.chasqui.app;

import dev.chasqui.http.server.Response;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.Version;
import java.time.Clock;

/// `/health`: the process is alive. No input or output stands behind it.
final class Health {

  private Health() {}

  static Response answer(Clock clock) {
    return Response.json(
        200,
        Bytes.utf8(
            "{\"ok\":true,\"service\":\"chasqui\",\"buildVersion\":\""
                + Version.VALUE
                + "\",\"timestamp\":\""
                + clock.instant()
                + "\"}"));
  }
}
