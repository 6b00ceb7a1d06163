package dev.chasqui.store.sql;

import static dev.chasqui.store.sql.Said.come;
import static dev.chasqui.store.sql.Said.fallback;
import static dev.chasqui.store.sql.Said.message;
import static dev.chasqui.store.sql.Said.status;
import static dev.chasqui.store.sql.Said.user;
import static dev.chasqui.store.sql.Said.watched;
import static dev.chasqui.store.sql.Samples.WORKSPACE;
import static dev.chasqui.store.sql.Samples.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chasqui.model.Bytes;
import dev.chasqui.model.Participant;
import dev.chasqui.model.Sending;
import dev.chasqui.model.Sending.Outcome;
import dev.chasqui.store.ContactStore.Profile;
import dev.chasqui.store.EventViews.ContactView;
import dev.chasqui.store.FallbackSwitches.Step;
import dev.chasqui.store.FallbackSwitches.Switched;
import dev.chasqui.store.LedgerStore.LedgerItem;
import dev.chasqui.store.LedgerStore.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

abstract class ContactsContract extends StoreContract {

  private static final String NUMBER = "4915111";
  private static final Participant ANA = user(NUMBER);

  ContactsContract(Supplier<StoreFixture> fixtures) {
    super(fixtures);
  }

  private void apply(LedgerItem... slice) {
    store.ledger().apply(Part.CONTACTS, List.of(slice));
  }

  private ContactView contact(String id) {
    return store.contacts().find(WORKSPACE, id).orElseThrow();
  }

  private List<Switched> switches() {
    return store.fallbackSwitches().waiting(Step.ALERT, 100);
  }

  private static LedgerItem failed(int event, int threshold) {
    return watched(status(event, "wamid." + event, "failed", ANA), threshold);
  }

  @Test
  void aHundredFailuresInOneEnvelopeCountAHundred() {
    LedgerItem[] envelope = new LedgerItem[100];
    for (int i = 0; i < envelope.length; i++) {
      envelope[i] = status(1, "wamid." + i, "failed", ANA);
    }
    apply(envelope);
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(100);
    apply(envelope);
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(100);
  }

  @Test
  void aRefusalInTheSecondOfAnEarlierMessageCounts() {
    Sending refused =
        Said.sending(
            6, null, new Outcome.Refused(400, 131_026, "Undeliverable", true, Bytes.EMPTY));
    apply(message(5, "wamid.a", ANA), Said.submitted(6, refused, at(5)));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(1);
  }

  @Test
  void oneMessageThatFailsAgainCountsOnce() {
    apply(status(1, "wamid.a", "failed", ANA));
    apply(status(7, "wamid.a", "failed", ANA));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(1);
  }

  @Test
  void reachingTheThresholdSwitchesOnceWithOneRowInTheOutbox() {
    apply(failed(1, 3), failed(2, 3));
    assertThat(contact(NUMBER).fallbackActive()).isFalse();
    assertThat(switches()).isEmpty();
    apply(failed(3, 3), failed(4, 3));
    assertThat(contact(NUMBER).fallbackActive()).isTrue();
    Switched switched = switches().getFirst();
    assertThat(switched.contact()).isEqualTo(NUMBER);
    assertThat(switched.phoneNumberId()).isEqualTo("p1");
    assertThat(switched.messageId()).isEqualTo("wamid.3");
    assertThat(switched.at()).isEqualTo(at(3));
    apply(failed(1, 3), failed(2, 3), failed(3, 3));
    apply(failed(5, 3), failed(6, 3));
    assertThat(switches()).containsExactly(switched);
  }

  @Test
  void aSwitchIsTakenOnceForEachStep() {
    apply(failed(1, 1));
    Switched switched = switches().getFirst();
    assertThat(store.fallbackSwitches().take(switched.id(), Step.ALERT)).isTrue();
    assertThat(store.fallbackSwitches().take(switched.id(), Step.ALERT)).isFalse();
    assertThat(switches()).isEmpty();
    assertThat(store.fallbackSwitches().waiting(Step.RESEND, 9)).containsExactly(switched);
    assertThat(store.fallbackSwitches().take(switched.id(), Step.RESEND)).isTrue();
    assertThat(store.fallbackSwitches().waiting(Step.RESEND, 9)).isEmpty();
  }

  @Test
  void aMessageFromTheContactSwitchesBackAndAnOlderOneDoesNot() {
    apply(failed(5, 2), failed(6, 2));
    apply(watched(message(4, "wamid.in", ANA), 2));
    assertThat(contact(NUMBER).fallbackActive()).isTrue();
    apply(watched(message(7, "wamid.in2", ANA), 2));
    assertThat(contact(NUMBER).fallbackActive()).isFalse();
    assertThat(contact(NUMBER).whatsappFailures()).isZero();
    apply(failed(8, 2), failed(9, 2));
    assertThat(switches()).hasSize(2);
  }

  @Test
  void deliveredEndsTheCountAndLeavesTheContactOnTheFallbackChannel() {
    apply(failed(1, 2), failed(2, 2));
    apply(watched(status(3, "wamid.1", "delivered", ANA), 2));
    assertThat(contact(NUMBER).whatsappFailures()).isZero();
    assertThat(contact(NUMBER).fallbackActive()).isTrue();
  }

  @Test
  void ofWhatHappenedInOneSecondThatComesLastWhichCameLast() {
    LedgerItem delivered = watched(status(5, "wamid.a", "delivered", ANA), 2);
    LedgerItem failed = watched(status(5, "wamid.b", "failed", ANA), 2);
    apply(come(failed, 400), come(delivered, 200));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(1);
    apply(come(watched(status(5, "wamid.c", "read", ANA), 2), 60_000));
    assertThat(contact(NUMBER).whatsappFailures()).isZero();
    apply(come(watched(status(6, "wamid.d", "failed", ANA), 2), 60_000));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(1);
  }

  @Test
  void whatComesFromTheFallbackChannelCountsNothing() {
    apply(fallback(failed(1, 1)));
    assertThat(contact(NUMBER).whatsappFailures()).isZero();
    assertThat(contact(NUMBER).fallbackActive()).isFalse();
    apply(failed(2, 1));
    apply(fallback(message(3, "sms.1", ANA)), fallback(status(4, "sms.2", "delivered", ANA)));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(1);
    assertThat(contact(NUMBER).fallbackActive()).isTrue();
    assertThat(contact(NUMBER).lastInboundAt()).isNull();
  }

  @Test
  void aContactWithoutAPhoneNumberSwitchesWhenItHasOne() {
    Participant hidden = new Participant(null, "US.1", null);
    apply(watched(status(1, "wamid.1", "failed", hidden), 1));
    assertThat(contact("US.1").whatsappFailures()).isEqualTo(1);
    assertThat(contact("US.1").fallbackActive()).isFalse();
    assertThat(store.contacts().fallbackNumber(WORKSPACE, "US.1")).isEmpty();
    assertThat(switches()).isEmpty();
    apply(status(2, "wamid.0", "sent", new Participant(NUMBER, "US.1", null)));
    assertThat(store.contacts().fallbackNumber(WORKSPACE, "US.1")).contains(NUMBER);
    assertThat(switches()).hasSize(1);
  }

  @Test
  void sendsAreToldTheNumberOfAContactOnTheFallbackChannel() {
    assertThat(store.contacts().fallbackNumber(WORKSPACE, NUMBER)).isEmpty();
    apply(failed(1, 1));
    assertThat(store.contacts().fallbackNumber(WORKSPACE, NUMBER)).contains(NUMBER);
  }

  @Test
  void anOperatorSetsTheFlagOfKnownAndOfUnknownNumbers() {
    assertThat(store.contacts().setFallback(WORKSPACE, "4915222", true, at(5)))
        .get()
        .extracting(ContactView::fallbackActive)
        .isEqualTo(true);
    assertThat(store.contacts().fallbackNumber(WORKSPACE, "4915222")).contains("4915222");
    assertThat(store.contacts().setFallback(WORKSPACE, "US.9", true, at(5))).isEmpty();
    assertThat(switches()).isEmpty();
  }

  @Test
  void settingTheFlagToFalseBeginsTheCountAnew() {
    apply(failed(1, 2), failed(2, 2));
    store.contacts().setFallback(WORKSPACE, NUMBER, false, at(3));
    assertThat(contact(NUMBER).fallbackActive()).isFalse();
    assertThat(contact(NUMBER).whatsappFailures()).isZero();
    apply(failed(1, 2), failed(2, 2), failed(4, 2));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(1);
    assertThat(contact(NUMBER).fallbackActive()).isFalse();
  }

  @Test
  void whatAContactIsSurvivesTheStoresEnd() {
    apply(failed(1, 3), watched(status(2, "wamid.x", "read", ANA), 3), failed(3, 3), failed(4, 0));
    reopen();
    apply(failed(5, 3));
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(3);
    assertThat(contact(NUMBER).fallbackActive()).isTrue();
  }

  @Test
  void anyOrderAndRepetitionGivesTheSameContact() {
    List<LedgerItem> all = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      String word = i % 7 == 0 ? "delivered" : "failed";
      all.add(watched(status(i, "wamid." + i, word, ANA), i % 2 == 0 ? 6 : 0));
    }
    all.add(watched(message(9, "wamid.in", ANA), 6));
    applyInSlices(all, 40);
    ContactView first = contact(NUMBER);
    for (int seed = 0; seed < 5; seed++) {
      reset();
      List<LedgerItem> shuffled = new ArrayList<>(all);
      shuffled.addAll(all.subList(0, 10));
      Collections.shuffle(shuffled, new Random(seed));
      applyInSlices(shuffled, 3 + seed);
      assertThat(contact(NUMBER)).isEqualTo(first);
      assertThat(store.contacts().fallbackNumber(WORKSPACE, NUMBER).isPresent())
          .isEqualTo(first.fallbackActive());
    }
  }

  private void applyInSlices(List<LedgerItem> all, int size) {
    for (int from = 0; from < all.size(); from += size) {
      store.ledger().apply(Part.CONTACTS, all.subList(from, Math.min(all.size(), from + size)));
    }
  }

  @Test
  void manyWritersAtOnceLoseNoFailureAndSwitchOnce() throws Exception {
    List<Callable<Void>> folds = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      LedgerItem one = failed(i, 5);
      folds.add(
          () -> {
            apply(one);
            return null;
          });
    }
    try (ExecutorService writers = Executors.newFixedThreadPool(8)) {
      for (Future<Void> done : writers.invokeAll(folds)) {
        done.get();
      }
    }
    assertThat(contact(NUMBER).whatsappFailures()).isEqualTo(100);
    assertThat(contact(NUMBER).fallbackActive()).isTrue();
    assertThat(switches()).hasSize(1);
  }

  @Test
  void profilesAreKeptAndCountTheirChanges() {
    assertThat(store.contacts().profile(WORKSPACE, NUMBER)).isEmpty();
    store.contacts().changeProfile(WORKSPACE, NUMBER, _ -> "{\"name\":\"Ana\"}", at(1));
    store
        .contacts()
        .changeProfile(WORKSPACE, NUMBER, old -> old.replace("Ana", "Ana María"), at(2));
    assertThat(store.contacts().profile(WORKSPACE, NUMBER))
        .contains(new Profile("{\"name\":\"Ana María\"}", 2, at(2)));
    assertThat(store.contacts().changeProfile(WORKSPACE, "US.9", old -> old, at(1))).isEmpty();
  }
}
