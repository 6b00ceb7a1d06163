package dev.chasqui.dialect.meta;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import dev.chasqui.model.Skipped;
import dev.chasqui.model.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Webhook bodies that were collected elsewhere, with what is known of each; the environment
/// variable names the folder that has them and their `manifest.json`.
@EnabledIfEnvironmentVariable(named = "CHASQUI_CORPUS", matches = ".+")
class CorpusTest {

  private static final Set<Skipped.Reason> STRUCTURAL =
      Set.of(Skipped.Reason.MALFORMED_ENTRY, Skipped.Reason.MALFORMED_CHANGE);

  @TestFactory
  Stream<DynamicTest> isReadAsTheManifestSays() throws IOException {
    Path folder = Path.of(Objects.requireNonNull(System.getenv("CHASQUI_CORPUS")));
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("manifest.json")));
    return StreamSupport.stream(manifest.spliterator(), false)
        .map(
            expected -> {
              String file = expected.get("file").asString();
              return DynamicTest.dynamicTest(file, () -> check(folder.resolve(file), expected));
            });
  }

  private static void check(Path file, JsonNode expected) throws IOException {
    Scan scan = EnvelopeScanner.scan(Bytes.of(Files.readAllBytes(file)));
    Summary summary = scan.summary();
    assertThat(summary.topic().wire()).isEqualTo(expected.get("topic").asString());
    assertThat(summary.entries()).isEqualTo(expected.get("entries").asInt());
    assertThat(summary.changeCount()).isEqualTo(expected.get("changeCount").asInt());
    assertThat(summary.messageCount()).isEqualTo(expected.get("messageCount").asInt());
    assertThat(summary.statusCount()).isEqualTo(expected.get("statusCount").asInt());
    assertThat(summary.fields()).containsExactlyInAnyOrderElementsOf(texts(expected, "fields"));
    if (scan instanceof Envelope envelope) {
      checkParts(envelope, expected);
      checkCut(envelope);
    }
  }

  private static void checkParts(Envelope envelope, JsonNode expected) {
    assertThat(envelope.entries().stream().map(Envelope.Entry::id).filter(Objects::nonNull))
        .containsAll(texts(expected, "entryIds"));
    assertThat(envelope.skipped().stream().filter(part -> STRUCTURAL.contains(part.reason())))
        .hasSize(expected.get("malformedParts").asInt());
    List<Notification> notifications = Notifications.of(envelope);
    assertThat(numbers(envelope))
        .as("blank ids are nobody's")
        .isEqualTo(
            texts(expected, "phoneNumberIds").stream()
                .filter(id -> !id.isBlank())
                .collect(toCollection(TreeSet::new)));
    assertThat(statuses(notifications)).isEqualTo(texts(expected, "statuses"));
    assertThat(types(notifications)).isEqualTo(expectedTypes(expected));
  }

  private static void checkCut(Envelope envelope) {
    List<ItemPath> all = Notifications.of(envelope).stream().map(Notification::path).toList();
    assertThat(EnvelopeCutter.cut(envelope, all)).isSameAs(envelope.body());
  }

  private static Set<String> numbers(Envelope envelope) {
    return envelope.entries().stream()
        .flatMap(entry -> entry.changes().stream())
        .map(change -> change.account().phoneNumberId())
        .filter(Objects::nonNull)
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> statuses(List<Notification> notifications) {
    return notifications.stream()
        .filter(Notification.Status.class::isInstance)
        .map(Notification.Status.class::cast)
        .map(status -> status.status().replace("payment.", ""))
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> types(List<Notification> notifications) {
    return notifications.stream()
        .filter(Notification.Message.class::isInstance)
        .map(Notification.Message.class::cast)
        .map(Notification.Message::type)
        .collect(toCollection(TreeSet::new));
  }

  /// The manifest tells `interactive/list_reply`; here the type is the part before the stroke.
  private static Set<String> expectedTypes(JsonNode expected) {
    return texts(expected, "messageTypes").stream()
        .map(type -> type.equals("None") ? "unknown" : type.split("/", 2)[0])
        .collect(toCollection(TreeSet::new));
  }

  private static Set<String> texts(JsonNode expected, String member) {
    return StreamSupport.stream(expected.get(member).spliterator(), false)
        .map(JsonNode::asString)
        .collect(toCollection(TreeSet::new));
  }
}
