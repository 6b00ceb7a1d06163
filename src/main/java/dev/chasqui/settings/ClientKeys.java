package dev.chasqui.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The settings of the requests that the gateway makes.
public final class ClientKeys {

  public static final Key<List<String>> OUTBOUND_ALLOW =
      Key.of(
          "outbound.allow",
          Type.LIST,
          "",
          "Addresses that receivers may have beside public ones, as CIDRs, for example"
              + " 127.0.0.0/8.");
  public static final Key<Long> OUTBOUND_MAX_HEADER =
      Key.of(
          "outbound.maxHeader",
          Type.SIZE,
          "64KiB",
          "The largest head of a receiver's answer, at least 8KiB; of a larger one only"
              + " the status is read.");

  public static final Key<List<String>> OUTBOUND_DNS_SERVERS =
      Key.of(
          "outbound.dns.servers",
          Type.LIST,
          "",
          "Addresses of name servers, with or without a port; empty for those of"
              + " /etc/resolv.conf.");
  public static final Key<Duration> OUTBOUND_DNS_STALE =
      Key.of(
          "outbound.dns.stale",
          Type.DURATION,
          "24h",
          "How long a host name keeps its last addresses while no name server answers.");
  public static final Key<Integer> OUTBOUND_DNS_QUESTIONS =
      Key.of(
          "outbound.dns.questions",
          Type.NUMBER,
          "1024",
          "Host names that are resolved at once; calls of other names fail and are tried again.");

  public static final Key<Path> OUTBOUND_TLS_CA =
      Key.of(
          "outbound.tls.ca",
          Type.PATH,
          "",
          "A PEM file of certificate authorities that all calls trust beside the system's.");
  public static final Key<Path> UPSTREAM_TLS_CA =
      Key.of(
          "upstream.tls.ca",
          Type.PATH,
          "",
          "A PEM file of certificate authorities that only calls of the Graph API trust.");
  public static final Key<Path> UPSTREAM_TLS_CERTIFICATE =
      Key.of(
          "upstream.tls.certificate",
          Type.PATH,
          "",
          "A PEM file with the client certificate and its chain for calls of the Graph API.");
  public static final Key<Path> UPSTREAM_TLS_KEY =
      Key.of(
          "upstream.tls.key",
          Type.PATH,
          "",
          "A PEM file with the private key of that certificate, unencrypted.");

  static final List<Key<?>> ALL =
      List.of(
          OUTBOUND_ALLOW,
          OUTBOUND_MAX_HEADER,
          OUTBOUND_DNS_SERVERS,
          OUTBOUND_DNS_STALE,
          OUTBOUND_DNS_QUESTIONS,
          OUTBOUND_TLS_CA,
          UPSTREAM_TLS_CA,
          UPSTREAM_TLS_CERTIFICATE,
          UPSTREAM_TLS_KEY);

  private ClientKeys() {}
}
