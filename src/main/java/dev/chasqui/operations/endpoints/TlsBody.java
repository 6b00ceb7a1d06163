package dev.chasqui.operations.endpoints;

import dev.chasqui.model.Tls;
import dev.chasqui.operations.shape.Fields;
import dev.chasqui.outbound.Sender;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The member `tls` of an endpoint: authorities that are trusted beside the system's, and the
/// certificate that is shown to the receiver. The private key is never told.
final class TlsBody {

  private static final int MAX_PEM = 64 << 10;
  private static final String CA = "caPem";
  private static final String CERTIFICATE = "certificatePem";
  private static final String KEY = "keyPem";

  private TlsBody() {}

  static Tls read(Fields fields, Sender sender) {
    String ca = fields.pem(CA, MAX_PEM);
    String certificate = fields.pem(CERTIFICATE, MAX_PEM);
    String key = key(fields);
    fields.finish();
    if ((certificate == null) != (key == null)) {
      fields.fault(
          certificate == null ? CERTIFICATE : KEY,
          "is required: a certificate and its private key are set together");
      return Tls.NONE;
    }
    check(fields, CA, new Tls(ca, null, null), sender);
    check(fields, CERTIFICATE, new Tls(null, certificate, key), sender);
    return new Tls(ca, certificate, key);
  }

  private static void check(Fields fields, String name, Tls part, Sender sender) {
    Optional<String> objection = part.isEmpty() ? Optional.empty() : sender.objection(part);
    objection.ifPresent(it -> fields.fault(name, it));
  }

  private static @Nullable String key(Fields fields) {
    String key = fields.pem(KEY, MAX_PEM);
    if (key != null && key.equals(EndpointSettings.MASK)) {
      fields.fault(KEY, "is a masked value; send the real one or leave it out");
    }
    return key;
  }
}
