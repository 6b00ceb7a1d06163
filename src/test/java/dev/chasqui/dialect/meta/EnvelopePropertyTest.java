package dev.chasqui.dialect.meta;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.ItemPath;
import dev.chasqui.model.Notification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/// What holds for every envelope, however it is spaced, ordered and damaged.
class EnvelopePropertyTest {

  @Property(tries = 200)
  void cuttingEverythingIsIdentity(@ForAll("envelopes") String json) {
    Envelope envelope = Samples.read(json);
    assertThat(EnvelopeCutter.cut(envelope, paths(envelope))).isSameAs(envelope.body());
  }

  @Property(tries = 300)
  void aCutHoldsExactlyWhatIsWanted(@ForAll("envelopes") String json, @ForAll long choice) {
    Envelope envelope = Samples.read(json);
    List<ItemPath> wanted = chosen(paths(envelope), choice);
    Envelope cut = Samples.read(EnvelopeCutter.cut(envelope, wanted));
    assertThat(items(cut, paths(cut))).isEqualTo(items(envelope, wanted));
  }

  @Property(tries = 200)
  void twoReceiversGetEachItemOnce(@ForAll("envelopes") String json, @ForAll long choice) {
    Envelope envelope = Samples.read(json);
    List<ItemPath> all = paths(envelope);
    List<ItemPath> left = chosen(all, choice);
    Set<ItemPath> right = new HashSet<>(all);
    left.forEach(right::remove);
    Envelope first = Samples.read(EnvelopeCutter.cut(envelope, left));
    Envelope second = Samples.read(EnvelopeCutter.cut(envelope, right));
    List<String> together = new ArrayList<>(items(first, paths(first)));
    together.addAll(items(second, paths(second)));
    assertThat(together).containsExactlyInAnyOrderElementsOf(items(envelope, all));
  }

  private static List<ItemPath> paths(Envelope envelope) {
    return Notifications.of(envelope).stream().map(Notification::path).toList();
  }

  /// Each path whose bit is set.
  private static List<ItemPath> chosen(List<ItemPath> paths, long bits) {
    return paths.stream().filter(path -> (bits >>> (paths.indexOf(path) & 63) & 1) == 1).toList();
  }

  private static List<String> items(Envelope envelope, List<ItemPath> paths) {
    Bytes body = envelope.body();
    return paths.stream().map(path -> envelope.range(path).of(body).toUtf8()).toList();
  }

  @Provide
  Arbitrary<String> envelopes() {
    return Combinators.combine(array(entry(), 4), space(), Arbitraries.of(true, false))
        .as(
            (entries, space, entryFirst) -> {
              String object = "\"object\":\"whatsapp_business_account\"";
              String entry = space + "\"entry\"" + space + ":" + space + entries;
              return entryFirst
                  ? "{" + entry + "," + object + "}" + space
                  : space + "{" + object + "," + entry + "}";
            });
  }

  private static Arbitrary<String> entry() {
    Arbitrary<String> sound =
        Combinators.combine(array(change(), 4), word(), space())
            .as(
                (changes, id, space) ->
                    "{\"id\":\"" + id + "\"," + space + "\"changes\":" + changes + "}");
    return Arbitraries.frequencyOf(
        Tuple.of(9, sound), Tuple.of(1, Arbitraries.of("null", "{}", "[7]", "{\"changes\":1}")));
  }

  private static Arbitrary<String> change() {
    Arbitrary<String> fields =
        Arbitraries.of("messages", "calls", "smb_message_echoes", "history", "flows");
    Arbitrary<String> sound =
        Combinators.combine(fields, value(), space(), Arbitraries.of(true, false))
            .as(
                (field, value, space, fieldFirst) -> {
                  String name = "\"field\":" + space + "\"" + field + "\"";
                  return fieldFirst
                      ? "{" + name + ",\"value\":" + value + "}"
                      : "{\"value\":" + space + value + "," + name + "}";
                });
    return Arbitraries.frequencyOf(
        Tuple.of(9, sound),
        Tuple.of(1, Arbitraries.of("null", "7", "{}", "{\"field\":\"messages\"}")));
  }

  private static Arbitrary<String> value() {
    return Combinators.combine(array(item(), 4), array(item(), 3), array(item(), 2), space())
        .as(
            (first, second, third, space) ->
                "{%s\"metadata\":{\"phone_number_id\":\"1\"},\"messages\":%s,\"statuses\":%s,%s\"calls\":%s,\"message_echoes\":%s}"
                    .formatted(space, first, second, space, third, first));
  }

  private static Arbitrary<String> item() {
    Arbitrary<String> sound =
        Combinators.combine(word(), space())
            .as(
                (id, space) ->
                    "{" + space + "\"id\":\"" + id + "\",\"text\":{\"body\":\"[,]}{\"}}");
    return Arbitraries.frequencyOf(
        Tuple.of(12, sound), Tuple.of(1, Arbitraries.of("null", "[]", "\"{\"")));
  }

  private static Arbitrary<String> array(Arbitrary<String> element, int max) {
    return Combinators.combine(element.list().ofMaxSize(max), space())
        .as(
            (elements, space) ->
                "[" + space + String.join(space + "," + space, elements) + space + "]");
  }

  private static Arbitrary<String> word() {
    return Arbitraries.strings().withChars('a', 'Z', 'ä', '€', '7', ' ').ofMaxLength(12);
  }

  private static Arbitrary<String> space() {
    return Arbitraries.of("", "", "", " ", "\n  ", "\t");
  }
}
