package dev.chasqui.alerts;

import dev.chasqui.model.Alert;
import dev.chasqui.model.Alert.Kind;
import dev.chasqui.model.Alert.Severity;
import dev.chasqui.model.Endpoint;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Certificates that are shown to endpoints and end soon.
final class CertificateWatch implements Watch {

  private static final Duration SOON = Duration.ofDays(14);

  private final Supplier<List<Endpoint>> endpoints;

  /// When each certificate ends, by its PEM; those of the last check.
  private Map<String, Instant> ends = Map.of();

  CertificateWatch(Supplier<List<Endpoint>> endpoints) {
    this.endpoints = endpoints;
  }

  @Override
  public List<Finding> check(Instant now, Open open) {
    Map<String, Instant> known = new HashMap<>();
    List<Finding> findings = new ArrayList<>();
    for (Endpoint endpoint : endpoints.get()) {
      String pem = endpoint.access().tls().certificatePem();
      Instant end = pem == null ? null : end(pem);
      if (pem != null && end != null) {
        known.put(pem, end);
      }
      if (end != null && end.minus(SOON).isBefore(now)) {
        findings.add(finding(endpoint, end, !end.isAfter(now)));
      }
    }
    ends = known;
    return findings;
  }

  private @Nullable Instant end(String pem) {
    Instant before = ends.get(pem);
    return before == null ? read(pem) : before;
  }

  /// Null if it cannot be read, which the endpoint's health tells.
  private static @Nullable Instant read(String pem) {
    try {
      X509Certificate certificate =
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(
                      new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
      return certificate.getNotAfter().toInstant();
    } catch (CertificateException e) {
      return null;
    }
  }

  private static Finding finding(Endpoint endpoint, Instant end, boolean isOver) {
    String id = endpoint.id().toString();
    String summary =
        "the certificate that is shown to endpoint %s (%s) %s %s: set another with PATCH"
                .formatted(id, endpoint.identity().name(), isOver ? "ended" : "ends", end)
            + " /api/v1/endpoints/%s {\"tls\":…}".formatted(id);
    return new Finding(
        endpoint.workspace(),
        new Finding.Topic(Kind.CERTIFICATE_ENDS, id),
        isOver ? "ended" : "soon",
        new Alert.Words(
            isOver ? Severity.CRITICAL : Severity.WARNING,
            summary,
            Map.of("endpointId", id, "name", endpoint.identity().name(), "end", end.toString())),
        Duration.ZERO);
  }
}
