package dev.chasqui.api.turn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.json.JsonBody;
import dev.chasqui.json.JsonProblem;
import dev.chasqui.model.Bytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The validator, type by type: what passes, and what is said of what does not.
class MessageRulesTest {

  private static final String TO = "\"to\":\"51900000001\",";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"text\":{\"body\":\"hola\"}",
        "\"type\":\"text\",\"preview_url\":true,\"text\":{\"body\":\"hola\",\"render_mentions\":1}",
        "\"type\":\"image\",\"image\":{\"id\":\"1\",\"caption\":\"c\"}",
        "\"type\":\"audio\",\"audio\":{\"link\":\"https://media.example/a.ogg\"}",
        "\"type\":\"video\",\"video\":{\"id\":\"1\"}",
        "\"type\":\"document\",\"document\":{\"id\":\"1\",\"filename\":\"a.pdf\"}",
        "\"type\":\"sticker\",\"sticker\":{\"id\":\"1\"}",
        "\"type\":\"location\",\"location\":{\"latitude\":\"-13.5\",\"longitude\":-71.97}",
        "\"type\":\"contacts\",\"contacts\":[{\"name\":{\"formatted_name\":\"Rosa\"}}]",
        "\"type\":\"reaction\",\"reaction\":{\"message_id\":\"wamid.1\",\"emoji\":\"\"}",
        "\"type\":\"template\",\"template\":{\"name\":\"n\",\"language\":{\"policy\":"
            + "\"deterministic\",\"code\":\"es\"},\"components\":[]}",
        "\"type\":\"hsm\",\"hsm\":{\"namespace\":\"s\",\"element_name\":\"n\",\"language\":"
            + "{\"code\":\"es\"},\"localizable_params\":[{\"default\":\"a\"}]}",
        "\"type\":\"interactive\",\"interactive\":{\"type\":\"button\",\"body\":{\"text\":\"b\"},"
            + "\"action\":{\"buttons\":[{\"reply\":{\"id\":\"1\",\"title\":\"t\"}}]}}",
        "\"type\":\"interactive\",\"interactive\":{\"type\":\"list\",\"body\":{\"text\":\"b\"},"
            + "\"action\":{\"button\":\"t\",\"sections\":[{\"rows\":[{\"id\":\"1\",\"title\":\"t\"}]}]}}",
        "\"type\":\"interactive\",\"interactive\":{\"type\":\"of_tomorrow\",\"action\":{\"x\":1}}",
        "\"type\":\"hologram\",\"hologram\":{\"depth\":3}"
      })
  void whatThePlatformTakesPasses(String content) {
    assertThat(problems("{" + TO + content + ",\"of_tomorrow\":{\"a\":[]}}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"type\":\"text\"|text.body is missing",
        "\"type\":\"text\",\"text\":\"hola\"|text.body is missing",
        "\"type\":\"text\",\"text\":{\"body\":\" \"}|text.body must not be empty",
        "\"type\":\"text\",\"text\":{\"body\":7}|text.body must be text",
        "\"image\":{\"id\":\"1\"}|type is missing",
        "\"type\":7|type must be text",
        "\"type\":\"image\"|image is missing",
        "\"type\":\"image\",\"image\":{}|image must have id or link",
        "\"type\":\"image\",\"image\":[]|image must be an object",
        "\"type\":\"location\",\"location\":{\"longitude\":1}|location.latitude is missing",
        "\"type\":\"location\",\"location\":{\"latitude\":91,\"longitude\":1}"
            + "|location.latitude must be a number from -90 to 90",
        "\"type\":\"contacts\",\"contacts\":[]|contacts must have 1 to 257 elements",
        "\"type\":\"contacts\",\"contacts\":[{}]|contacts[0].name.formatted_name is missing",
        "\"type\":\"reaction\",\"reaction\":{\"emoji\":\"x\"}|reaction.message_id is missing",
        "\"type\":\"template\",\"template\":{\"name\":\"n\"}|template.language.code is missing",
        "\"type\":\"hsm\",\"hsm\":{\"language\":{\"code\":\"es\"}}|hsm.element_name is missing",
        "\"type\":\"interactive\",\"interactive\":{\"type\":\"list\"}|interactive.action is"
            + " missing",
        "\"type\":\"text\",\"text\":{\"body\":\"a\"},\"preview_url\":\"yes\""
            + "|preview_url must be true or false",
        "\"type\":\"text\",\"text\":{\"body\":\"a\"},\"recipient_type\":\"crowd\""
            + "|recipient_type must be one of group, individual"
      })
  void whatIsWrongIsNamedByItsPath(String content, String said) {
    assertThat(problems("{" + TO + content + "}")).containsExactly(said);
  }

  @Test
  void aTypeThatIsNotKnownIsLeftToThePlatform() {
    assertThat(problems("{" + TO + "\"type\":\"pin\",\"pin\":{\"x\":1}}")).isEmpty();
    assertThat(problems("{" + TO + "\"type\":\"no type\"}"))
        .containsExactly("type must be the name of a type");
  }

  @Test
  void oneFaultIsToldOnce() {
    assertThat(problems("{" + TO + "\"type\":\"audio\",\"audio\":{\"id\":123}}"))
        .doesNotHaveDuplicates()
        .contains("audio.id must be text");
  }

  @Test
  void limitsCountCharactersAndNotTheirUnits() {
    String full = "\uD83E\uDD99".repeat(4_096);
    assertThat(problems("{" + TO + "\"text\":{\"body\":\"" + full + "\"}}")).isEmpty();
    assertThat(problems("{" + TO + "\"text\":{\"body\":\"" + full + "a\"}}"))
        .containsExactly("text.body must have at most 4096 characters");
  }

  @Test
  void buttonsAndRowsAreCountedAndNamedOneByOne() {
    String button = "{\"reply\":{\"id\":\"1\",\"title\":\"" + "t".repeat(21) + "\"}}";
    assertThat(problems(interactive("button", "\"buttons\":[" + button + "]")))
        .containsExactly(
            "interactive.action.buttons[0].reply.title must have at most 20 characters");
    String good = "{\"reply\":{\"id\":\"1\",\"title\":\"t\"}}";
    assertThat(
            problems(interactive("button", "\"buttons\":[" + (good + ",").repeat(3) + good + "]")))
        .containsExactly("interactive.action.buttons must have 1 to 3 elements");
    String row = "{\"id\":\"1\",\"title\":\"t\"}";
    String six = "{\"title\":\"s\",\"rows\":[" + (row + ",").repeat(5) + row + "]}";
    assertThat(
            problems(
                interactive("list", "\"button\":\"b\",\"sections\":[" + six + "," + six + "]")))
        .containsExactly("interactive.action.sections must have at most 10 rows in all together");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"to\":\"+51 900-000.001\"",
        "\"to\":\"(51) 900000001\"",
        "\"to\":51900000001",
        "\"to\":\"PE.1349\"",
        "\"recipient\":\"PE.ENT.1349\"",
        "\"recipient\":\"PE.1349\",\"to\":\"51900000001\"",
        "\"recipient_type\":\"group\",\"to\":\"Y2FwaV9ncm91cDo=\""
      })
  void recipientsAreTakenAsPeopleWriteThem(String to) {
    assertThat(problems("{" + to + ",\"text\":{\"body\":\"a\"}}")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "\"a\":1|to is missing",
        "\"to\":null|to is missing",
        "\"to\":\"\"|to must be a phone number with its country code",
        "\"to\":\"Rosa\"|to must be a phone number with its country code",
        "\"to\":[\"51900000001\"]|to must be a phone number with its country code",
        "\"recipient\":\"51900000001\"|recipient must be a business-scoped user id, as US.1349"
      })
  void whoIsNobodyIsRefused(String to, String said) {
    assertThat(problems("{" + to + ",\"text\":{\"body\":\"a\"}}")).containsExactly(said);
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    assertThat(problems("{\"type\":\"text\",\"preview_url\":1}"))
        .containsExactly(
            "to is missing", "preview_url must be true or false", "text.body is missing");
  }

  private static String interactive(String type, String action) {
    return "{"
        + TO
        + "\"type\":\"interactive\",\"interactive\":{\"type\":\""
        + type
        + "\",\"body\":{\"text\":\"b\"},\"action\":{"
        + action
        + "}}}";
  }

  private static List<String> problems(String message) {
    JsonBody body = JsonBody.parse(Bytes.utf8(message));
    MessageRules.check(body);
    return body.problems().stream().map(MessageRulesTest::line).toList();
  }

  private static String line(JsonProblem problem) {
    return problem.path() + " " + problem.reason();
  }
}
