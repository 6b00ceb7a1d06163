package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Said.accepted;
import static dev.chasqui.store.sql.Said.changed;
import static dev.chasqui.store.sql.Said.message;
import static dev.chasqui.store.sql.Said.status;
import static dev.chasqui.store.sql.Said.submitted;
import static dev.chasqui.store.sql.Said.user;
import static dev.chasqui.store.sql.Said.watched;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Participant;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// Contacts whose phone number or user id changes.
abstract class SuccessionContract extends StoreContract {

  private static final String OLD = "4915111";
  private static final String NEW = "4915222";

  SuccessionContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private void apply(LedgerItem... slice) {
    store.ledger().apply(Part.CONTACTS, List.of(slice));
  }

  private ContactView contact(String id) {
    return store.contacts().find(WORKSPACE, id).orElseThrow();
  }

  private static LedgerItem failed(int event, Participant who) {
    return watched(status(event, "wamid." + event, "failed", who), 3);
  }

  private static Participant bsuid(String id) {
    return new Participant(null, id, null);
  }

  @Test
  void aNewNumberTakesOverWhatWasKnownOfTheOldOne() {
    apply(message(1, "wamid.in", new Participant(OLD, null, "Ana")), failed(2, user(OLD)));
    apply(failed(3, user(NEW)));
    store.contacts().changeProfile(WORKSPACE, OLD, _ -> "{\"language\":\"eng\"}", at(3));
    apply(changed(4, user(OLD), user(NEW)));
    assertThat(contact(NEW).name()).isEqualTo("Ana");
    assertThat(contact(NEW).whatsappFailures()).isEqualTo(2);
    assertThat(contact(OLD)).isEqualTo(contact(NEW));
    assertThat(contact(OLD).waId()).isEqualTo(NEW);
    assertThat(store.contacts().profile(WORKSPACE, NEW).orElseThrow().fields())
        .isEqualTo("{\"language\":\"eng\"}");
    assertThat(store.contacts().ids(WORKSPACE, NEW)).containsExactly(NEW, OLD);
    assertThat(store.contacts().ids(WORKSPACE, OLD)).containsExactlyInAnyOrder(NEW, OLD);
  }

  @Test
  void aContactOnTheFallbackChannelStaysThereUnderItsNewNumber() {
    apply(failed(1, user(OLD)), failed(2, user(OLD)), failed(3, user(OLD)));
    apply(changed(4, user(OLD), user(NEW)));
    assertThat(contact(NEW).fallbackActive()).isTrue();
    assertThat(store.contacts().fallbackNumber(WORKSPACE, OLD)).contains(NEW);
  }

  @Test
  void aNewUserIdLeadsToTheSameContact() {
    apply(failed(1, new Participant(OLD, "US.1", null)), failed(2, bsuid("US.2")));
    apply(changed(3, bsuid("US.1"), bsuid("US.2")));
    assertThat(contact("US.1")).isEqualTo(contact("US.2"));
    assertThat(contact("US.2").waId()).isEqualTo(OLD);
    assertThat(contact(OLD).userId()).isEqualTo("US.2");
    assertThat(contact(OLD).whatsappFailures()).isEqualTo(2);
  }

  @Test
  void aNewNumberWithANewUserIdLeavesBothFormerOnesAsWaysToIt() {
    apply(failed(1, new Participant(OLD, "US.1", null)));
    apply(changed(2, new Participant(OLD, "US.1", null), new Participant(NEW, "US.2", null)));
    for (String id : List.of(OLD, NEW, "US.1", "US.2")) {
      assertThat(contact(id).waId()).isEqualTo(NEW);
      assertThat(contact(id).userId()).isEqualTo("US.2");
    }
  }

  @Test
  void changesThatFollowEachOtherEndAtTheNewest() {
    apply(failed(1, user(OLD)));
    apply(changed(5, user(NEW), user("4915333")));
    apply(failed(2, user(NEW)));
    apply(changed(4, user(OLD), user(NEW)));
    assertThat(contact(OLD)).isEqualTo(contact("4915333"));
    assertThat(contact("4915333").whatsappFailures()).isEqualTo(2);
    assertThat(store.contacts().ids(WORKSPACE, "4915333"))
        .containsExactlyInAnyOrder("4915333", NEW, OLD);
  }

  @Test
  void whoGoesBackToTheOldNumberIsFoundThere() {
    apply(changed(1, user(OLD), user(NEW)), failed(2, user(NEW)));
    apply(changed(3, user(NEW), user(OLD)));
    assertThat(contact(OLD).waId()).isEqualTo(OLD);
    assertThat(contact(NEW).waId()).isEqualTo(OLD);
    assertThat(contact(OLD).whatsappFailures()).isEqualTo(1);
  }

  @Test
  void aNumberThatIsGivenToSomebodyElseIsSomebodyElse() {
    apply(message(1, "wamid.1", new Participant(OLD, null, "Ana")));
    apply(changed(2, user(OLD), user(NEW)));
    apply(message(3, "wamid.3", new Participant(OLD, null, "Luis")));
    assertThat(contact(OLD).name()).isEqualTo("Luis");
    assertThat(contact(NEW).name()).isEqualTo("Ana");
    apply(changed(2, user(OLD), user(NEW)));
    assertThat(contact(OLD).name()).isEqualTo("Luis");
  }

  @Test
  void theNoticeOfAChangeIsNoMessageFromTheContact() {
    apply(failed(1, user(OLD)), changed(2, user(OLD), user(NEW)));
    assertThat(contact(NEW).whatsappFailures()).isEqualTo(1);
    assertThat(contact(NEW).lastInboundAt()).isNull();
  }

  private static final String WRITTEN = "525512345678";
  private static final String KNOWN = "5215512345678";

  private static LedgerItem answered(int event, String input, String waId) {
    return watched(submitted(event, accepted(event, user(input), user(waId))), 3);
  }

  private static LedgerItem failedThere(int event) {
    return failed(event, user(KNOWN));
  }

  @Test
  void whatWhatsAppAnswersForANumberIsThatContact() {
    store.contacts().changeProfile(WORKSPACE, WRITTEN, _ -> "{\"language\":\"spa\"}", at(1));
    apply(answered(2, WRITTEN, KNOWN));
    apply(failedThere(3), failedThere(4), failedThere(5));
    assertThat(contact(WRITTEN)).isEqualTo(contact(KNOWN));
    assertThat(contact(WRITTEN).waId()).isEqualTo(KNOWN);
    assertThat(contact(WRITTEN).whatsappFailures()).isEqualTo(3);
    assertThat(store.contacts().fallbackNumber(WORKSPACE, WRITTEN)).contains(KNOWN);
    assertThat(store.contacts().ids(WORKSPACE, WRITTEN)).contains(WRITTEN, KNOWN);
    assertThat(store.contacts().ids(WORKSPACE, KNOWN)).contains(WRITTEN, KNOWN);
    assertThat(store.contacts().profile(WORKSPACE, KNOWN).orElseThrow().fields())
        .isEqualTo("{\"language\":\"spa\"}");
    store.contacts().setFallback(WORKSPACE, WRITTEN, false, at(9));
    assertThat(contact(KNOWN).fallbackActive()).isFalse();
  }

  @Test
  void bothSpellingsStayOneContactWhoeverUsesThem() {
    apply(answered(1, WRITTEN, KNOWN));
    apply(message(2, "wamid.2", new Participant(WRITTEN, null, "Ana")));
    apply(message(3, "wamid.3", new Participant(KNOWN, "MX.1", "Ana", WRITTEN)));
    apply(failed(4, user(WRITTEN)), failedThere(5));
    apply(answered(6, WRITTEN, KNOWN));
    assertThat(contact(WRITTEN)).isEqualTo(contact(KNOWN));
    assertThat(contact(KNOWN).whatsappFailures()).isEqualTo(2);
    assertThat(contact("MX.1")).isEqualTo(contact(KNOWN));
    assertThat(contact(KNOWN).name()).isEqualTo("Ana");
  }

  @Test
  void theNewestAnswerHolds() {
    apply(answered(1, WRITTEN, KNOWN));
    apply(answered(2, WRITTEN, WRITTEN), failed(3, user(WRITTEN)));
    assertThat(contact(WRITTEN).whatsappFailures()).isEqualTo(1);
    assertThat(contact(KNOWN).whatsappFailures()).isZero();
    apply(answered(4, WRITTEN, KNOWN));
    assertThat(contact(WRITTEN)).isEqualTo(contact(KNOWN));
    assertThat(contact(KNOWN).whatsappFailures()).isEqualTo(1);
    apply(answered(5, KNOWN, WRITTEN));
    assertThat(contact(KNOWN)).isEqualTo(contact(WRITTEN));
    assertThat(contact(KNOWN).waId()).isEqualTo(WRITTEN);
  }

  @Test
  void aFormerNumberLeadsOnThroughASpelling() {
    apply(answered(5, WRITTEN, KNOWN));
    apply(changed(2, user(OLD), user(WRITTEN)));
    assertThat(contact(OLD).waId()).isEqualTo(KNOWN);
  }

  @Test
  void aNumberIsFoundByItsOtherSpellingBeforeWhatsAppHasSaidAnything() {
    apply(failedThere(1), failedThere(2), failedThere(3));
    assertThat(store.contacts().fallbackNumber(WORKSPACE, WRITTEN)).contains(KNOWN);
    assertThat(contact(WRITTEN).waId()).isEqualTo(KNOWN);
    assertThat(store.contacts().ids(WORKSPACE, WRITTEN)).contains(KNOWN);
  }

  @Test
  void aUserIdThatStandsWhereANumberBelongsGoesOverToNoFallbackChannel() {
    Participant hidden = new Participant("US.1349", null, null);
    apply(failed(1, hidden), failed(2, hidden), failed(3, hidden));
    assertThat(contact("US.1349"))
        .isEqualTo(new ContactView(null, "US.1349", null, 3, false, null));
    apply(message(4, "wamid.4", new Participant(OLD, "US.1349", "Ana")));
    assertThat(contact(OLD)).isEqualTo(contact("US.1349"));
  }

  @Test
  void anyOrderOfWhatIsSaidOfBothGivesTheSameContact() {
    List<LedgerItem> all = new ArrayList<>();
    all.add(message(1, "wamid.in", new Participant(OLD, "US.1", "Ana")));
    all.add(failed(2, user(OLD)));
    all.add(failed(3, bsuid("US.1")));
    all.add(changed(4, new Participant(OLD, "US.1", null), new Participant(NEW, "US.2", null)));
    all.add(failed(5, user(NEW)));
    all.add(failed(6, new Participant(NEW, "US.2", "Ana M.")));
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(all, new Random(seed));
      for (int from = 0; from < all.size(); from += 2) {
        store.ledger().apply(Part.CONTACTS, all.subList(from, from + 2));
      }
      assertThat(contact(OLD)).isEqualTo(new ContactView(NEW, "US.2", "Ana M.", 4, true, at(1)));
      reset();
    }
  }
}
