package dev.chasqui.api.operator;

import static dev.chasqui.api.operator.Operator.paths;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.api.Exchange.Answered;
import dev.chasqui.http.client.TestCertificate;
import dev.chasqui.json.Json;
import dev.chasqui.model.EndpointId;
import dev.chasqui.model.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// The certificates of an endpoint over HTTP and a real store.
class EndpointTlsIT {

  private static final String ROOT = "/api/v1/endpoints/";

  private static TestCertificate one;
  private static TestCertificate other;

  @TempDir Path folder;
  private Operator operator;

  @BeforeAll
  static void make(@TempDir Path keys) throws Exception {
    one = new TestCertificate(Files.createDirectory(keys.resolve("one")), "one.example");
    other = new TestCertificate(Files.createDirectory(keys.resolve("other")), "other.example");
  }

  @BeforeEach
  void open() {
    operator = new Operator(folder);
  }

  @AfterEach
  void close() {
    operator.close();
  }

  @Test
  void theKeyIsNeverToldAndStaysWhenOtherMembersChange() throws Exception {
    String id =
        operator.created(",\"tls\":" + tls(one.certificatePem(), one.certificatePem(), one));
    Answered told = operator.admin.get(ROOT + id);
    assertThat(told.json().at("/tls/caPem").stringValue()).isEqualTo(one.certificatePem());
    assertThat(told.json().at("/tls/certificatePem").stringValue()).isEqualTo(one.certificatePem());
    assertThat(told.json().at("/tls/keyPem").stringValue()).isEqualTo("***");
    assertThat(told.text()).doesNotContain("PRIVATE KEY");

    Answered patched =
        operator.admin.send("PATCH", ROOT + id, "{\"headers\":{\"X-Team\":\"blue\"}}");
    assertThat(patched.status()).isEqualTo(200);
    assertThat(patched.text()).doesNotContain("PRIVATE KEY");
    assertThat(stored(id))
        .isEqualTo(new Tls(one.certificatePem(), one.certificatePem(), one.keyPem()));
  }

  @Test
  void nullTakesCertificatesAway() throws Exception {
    String id = operator.created(",\"tls\":" + tls(null, one.certificatePem(), one));
    assertThat(operator.admin.send("PATCH", ROOT + id, "{\"tls\":null}").status()).isEqualTo(200);
    assertThat(stored(id)).isEqualTo(Tls.NONE);
  }

  @Test
  void whatCannotBeUsedIsRefusedWithItsPlace() throws Exception {
    assertThat(paths(create("{\"caPem\":\"junk\"}"))).containsExactly("tls.caPem");
    assertThat(paths(create("{\"keyPem\":\"x\"}"))).containsExactly("tls.certificatePem");
    assertThat(paths(create(tls(null, other.certificatePem(), one))))
        .containsExactly("tls.certificatePem");
    assertThat(paths(create("{\"ca\":\"x\"}"))).containsExactly("tls.ca");
    String masked = "{\"certificatePem\":\"x\",\"keyPem\":\"***\"}";
    assertThat(paths(create(masked))).contains("tls.keyPem");
  }

  private Answered create(String tls) {
    return operator.admin.post("/api/v1/endpoints", operator.endpoint(",\"tls\":" + tls));
  }

  private static String tls(@Nullable String ca, String certificate, TestCertificate key)
      throws Exception {
    ObjectNode document = Json.object();
    document.put("caPem", ca);
    document.put("certificatePem", certificate);
    document.put("keyPem", key.keyPem());
    return document.toString();
  }

  private Tls stored(String id) {
    return operator.store.resources().endpoint(EndpointId.parse(id)).orElseThrow().access().tls();
  }
}
