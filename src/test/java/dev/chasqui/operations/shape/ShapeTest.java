package dev.chasqui.operations.shape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chasqui.json.InvalidBodyException;
import dev.chasqui.json.Json;
import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonProblem;
import dev.chasqui.model.Bytes;
import dev.chasqui.model.DeliveryState;
import dev.chasqui.model.EndpointId;
import dev.chasqui.operations.Paging;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// One record type, read, written and described.
class ShapeTest {

  private static final String GOOD =
      """
      {"name":"crm","id":"ep_01J00000000000000000000000","state":"dead","age":"PT5S",\
      "at":"2026-01-31T09:00:00+01:00","rate":2.5,"states":["delivered","retrying"],\
      "headers":{"A":"b"},"inner":[{"count":3}],"isOn":true}\
      """;

  record Inner(@Bounds(min = 1, max = 9) int count) {}

  record Sample(
      @Length(5) @Doc(value = "A name.", example = "crm") String name,
      EndpointId id,
      DeliveryState state,
      @Within(min = "PT1S", max = "PT1M") Duration age,
      @Nullable Instant at,
      @Nullable Double rate,
      List<DeliveryState> states,
      Map<String, String> headers,
      List<Inner> inner,
      boolean isOn,
      @OmitNull @Nullable String note,
      @Flat Paging page) {}

  private static Sample read(String json) {
    Fields fields = new Fields(JsonBody.of(Json.read(Bytes.utf8(json))));
    Input<Sample> input = Input.read(Sample.class, _ -> fields);
    fields.check();
    return input.made();
  }

  private static List<String> faults(String json) {
    try {
      read(json);
      return List.of();
    } catch (InvalidBodyException e) {
      return e.problems().stream().map(JsonProblem::path).toList();
    }
  }

  @Test
  void readsEachKindOfMember() {
    Sample read = read(GOOD);
    assertThat(read.state()).isEqualTo(DeliveryState.DEAD);
    assertThat(read.age()).isEqualTo(Duration.ofSeconds(5));
    assertThat(read.at()).isEqualTo(Instant.parse("2026-01-31T08:00:00Z"));
    assertThat(read.states()).containsExactly(DeliveryState.DELIVERED, DeliveryState.RETRYING);
    assertThat(read.inner()).containsExactly(new Inner(3));
    assertThat(read.isOn()).isTrue();
    assertThat(read.note()).isNull();
    assertThat(read.page().limitOrDefault()).isEqualTo(50);
  }

  @Test
  void writesWhatItReads() {
    JsonNode written = Output.of(read(GOOD));
    assertThat(written.path("id").stringValue()).isEqualTo("ep_01j00000000000000000000000");
    assertThat(written.path("state").stringValue()).isEqualTo("dead");
    assertThat(written.path("states").size()).isEqualTo(2);
    assertThat(written.path("inner").path(0).path("count").intValue()).isEqualTo(3);
    assertThat(written.has("note")).isFalse();
    assertThat(written.path("limit").isNull()).isTrue();
  }

  @Test
  void notesAllFaultsAtOnceWithTheirPlaces() {
    assertThat(
            faults(
                """
                {"name":"too long","id":"ep_x","state":"lost","age":"PT2M","at":"soon",\
                "states":["lost"],"headers":{"A":1},"inner":[{"count":10,"more":1}],"rate":"x"}\
                """))
        .containsExactlyInAnyOrder(
            "name",
            "id",
            "state",
            "age",
            "at",
            "states[0]",
            "headers.A",
            "inner[0].count",
            "inner[0].more",
            "rate");
  }

  @Test
  void requiresWhatMayNotBeAbsent() {
    assertThat(faults("{}")).containsExactlyInAnyOrder("name", "id", "state", "age");
    assertThatThrownBy(() -> read("{}")).isInstanceOf(InvalidBodyException.class);
  }

  @Test
  void describesWhatItReads() {
    Schemas schemas = new Schemas();
    schemas.of(Sample.class, Schemas.Direction.INPUT);
    JsonNode schema = Objects.requireNonNull(schemas.named().get("ShapeTestSampleInput"));
    JsonNode members = schema.path("properties");
    assertThat(members.path("name").path("maxLength").intValue()).isEqualTo(5);
    assertThat(members.path("name").path("description").stringValue()).isEqualTo("A name.");
    assertThat(members.path("state").path("enum").valueStream().map(JsonNode::stringValue))
        .contains("dead", "delivered");
    assertThat(members.path("at").path("type").path(1).stringValue()).isEqualTo("null");
    assertThat(members.path("limit").path("maximum").intValue()).isEqualTo(200);
    assertThat(schema.path("required").valueStream().map(JsonNode::stringValue))
        .containsExactly("name", "id", "state", "age");
  }
}
