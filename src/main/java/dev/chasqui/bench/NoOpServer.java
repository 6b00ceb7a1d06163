package dev.chasqui.bench;

import dev.chasqui.http.EventLoops;
import dev.chasqui.http.server.ErrorTable;
import dev.chasqui.http.server.HttpListener;
import dev.chasqui.http.server.Response;
import dev.chasqui.http.server.Routes;
import dev.chasqui.http.server.ServerEvents;
import dev.chasqui.http.server.ServerSettings;
import dev.chasqui.model.Bytes;

/// The ceiling: the gateway's own HTTP server, answering webhooks and messages as the gateway does
/// and doing nothing else.
public final class NoOpServer implements AutoCloseable {

  private static final int MAX_BODY = 4 << 20;
  private static final Response ANSWER =
      Response.json(
          200,
          Bytes.utf8(
              """
              {"accepted":true,"requestId":"00000000-0000-0000-0000-000000000000",\
              "signatureValid":true,"webhookEventId":"evt_00000000000000000000000000",\
              "outboxJobId":"job_00000000000000000000000000","summary":{\
              "object":"whatsapp_business_account","entries":1,"changeCount":1,"topic":"messages",\
              "messageCount":1,"statusCount":0}}"""));

  private static final Response SENT =
      Response.json(
          200,
          Bytes.utf8(
              """
              {"messages":[{"id":"wamid.HBgLMTU1NTAwMDAwMDAVAgAREhg00000000000000000000AA=="}],\
              "meta":{"api_status":"stable","version":"0.1.0"}}"""));

  private final EventLoops loops;
  private final HttpListener listener;

  /// Starts it on a free loopback port.
  public NoOpServer() {
    loops = EventLoops.start();
    Routes routes =
        new Routes()
            .onLoop("POST", "/webhooks/whatsapp", MAX_BODY, (_, reply) -> reply.send(ANSWER))
            .onLoop("POST", "/v1/messages", MAX_BODY, (_, reply) -> reply.send(SENT));
    listener =
        HttpListener.start(
            loops,
            ServerSettings.on("127.0.0.1", 0),
            routes,
            ErrorTable.standard(),
            ServerEvents.NONE);
  }

  /// Where it listens.
  public int port() {
    return listener.port();
  }

  @Override
  public void close() {
    listener.close();
    loops.close();
  }
}
