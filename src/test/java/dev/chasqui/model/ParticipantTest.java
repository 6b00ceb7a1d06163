package dev.chasqui.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an id is, by its form.
class ParticipantTest {

  @ParameterizedTest
  @ValueSource(strings = {"US.1349", "BR.ENT.1349120865530274", "PE.a1B2"})
  void aUserIdIsNeverAPhoneNumber(String id) {
    Participant user = new Participant(id, null, "Ana");
    assertThat(user.waId()).isNull();
    assertThat(user.userId()).isEqualTo(id);
    assertThat(user.id()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"51900000001", "US.", "U.1", "USA.1", "US.1-2", "1203@g.us"})
  void allElseStays(String id) {
    assertThat(new Participant(id, null, null).waId()).isEqualTo(id);
  }

  @Test
  void aSecondUserIdIsAnAlias() {
    assertThat(new Participant("US.ENT.1", "US.2", null))
        .isEqualTo(new Participant(null, "US.2", null, "US.ENT.1"));
  }

  @Test
  void twoNamesOfOneUserAreOneUser() {
    Participant told = new Participant("5215512345678", "MX.1", "Ana");
    Participant named = new Participant("525512345678", null, null);
    assertThat(told.orElse(named))
        .isEqualTo(new Participant("5215512345678", "MX.1", "Ana", "525512345678"));
    assertThat(told.orElse(Participant.NONE)).isEqualTo(told);
    assertThat(Participant.NONE.orElse(told)).isEqualTo(told);
    assertThat(new Participant(null, "MX.1", null).orElse(named))
        .isEqualTo(new Participant("525512345678", "MX.1", null));
  }
}
