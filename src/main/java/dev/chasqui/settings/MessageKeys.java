package dev.chasqui.settings;

import java.time.Duration;
import java.util.List;

/// The settings of messages out.
public final class MessageKeys {

  public static final Key<String> UPSTREAM_VERSION =
      Key.of(
          "upstream.version",
          Type.TEXT,
          "v24.0",
          "The version of the Graph API for calls whose client names none.");
  public static final Key<Integer> UPSTREAM_IN_FLIGHT =
      Key.of(
          "upstream.inFlight",
          Type.NUMBER,
          "512",
          "Messages under way to the Graph API at once; as many again may wait, more are"
              + " answered 503.");
  public static final Key<Duration> MESSAGES_DEADLINE =
      Key.of(
          "messages.deadline",
          Type.DURATION,
          "30s",
          "How long the Graph API may take to answer a message; then its outcome is unknown.");
  public static final Key<Duration> MESSAGES_KEYS_AGE =
      Key.of(
          "messages.keysAge", Type.DURATION, "24h", "How long an Idempotency-Key is remembered.");
  public static final Key<Integer> MESSAGES_KEYS_IN_MEMORY =
      Key.of(
          "messages.keysInMemory",
          Type.NUMBER,
          "32768",
          "Idempotency-Keys in use or not yet in the store; beyond this, requests with a"
              + " key are answered 503.");

  public static final Key<Long> MEDIA_MAX_BODY =
      Key.of(
          "media.maxBody",
          Type.SIZE,
          "64MiB",
          "The largest file of /v1/media; larger ones are answered 413.");
  public static final Key<Duration> MEDIA_DEADLINE =
      Key.of(
          "media.deadline",
          Type.DURATION,
          "5m",
          "How long the upload or download of one file may take.");
  public static final Key<Duration> MEDIA_STALL =
      Key.of(
          "media.stall",
          Type.DURATION,
          "30s",
          "How long an upload or download may stand still before it is ended.");

  public static final Key<Boolean> UPSTREAM_PROOF =
      Key.of(
          "upstream.appSecretProof",
          Type.SWITCH,
          "false",
          "Add appsecret_proof to calls of the Graph API, made with webhook-signing-secret; for"
              + " apps with \"Require App Secret\".");
  public static final Key<List<String>> GRAPH_PASS =
      Key.of(
          "graph.passThrough",
          Type.LIST,
          "media,message_templates,phone_numbers,number,waba,whatsapp_business_profile,debug_token",
          "Calls of the Graph API that are passed on with the workspace's access token, by the"
              + " edge's name; docs/messages.md lists the names.");
  public static final Key<Long> GRAPH_MAX_BODY =
      Key.of(
          "graph.maxBody",
          Type.SIZE,
          "1MiB",
          "The largest body of a call that is passed on; larger ones are answered 413.");
  public static final Key<String> PUBLIC_URL =
      Key.of(
          "public.url",
          Type.TEXT,
          "",
          "The base URL at which clients reach the public listener, for addresses in"
              + " answers; empty for the request's Host, with https if X-Forwarded-Proto says so.");

  public static final Key<Boolean> TURN_ON_PREMISES_CODES =
      Key.of(
          "turn.onPremisesCodes",
          Type.SWITCH,
          "false",
          "Tell clients of /v1/messages WhatsApp's on-premises codes: 1013 for 131026, -1 with 404"
              + " for 132001.");

  static final List<Key<?>> ALL =
      List.of(
          UPSTREAM_VERSION,
          UPSTREAM_IN_FLIGHT,
          UPSTREAM_PROOF,
          GRAPH_PASS,
          GRAPH_MAX_BODY,
          PUBLIC_URL,
          TURN_ON_PREMISES_CODES,
          MESSAGES_DEADLINE,
          MESSAGES_KEYS_AGE,
          MESSAGES_KEYS_IN_MEMORY,
          MEDIA_MAX_BODY,
          MEDIA_DEADLINE,
          MEDIA_STALL);

  private MessageKeys() {}
}
