package dev.chasqui.sim;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/// The requests that a plan comes to, in the order in which they are to be sent.
public final class Traffic {

  private static final List<String> UNKNOWN = List.of("hologram", "teleported", "quipu_knots");
  private static final Layout[] LAYOUTS = Layout.values();

  private final TrafficPlan plan;
  private final WebhookFactory factory;
  private final RandomGenerator random;
  private final List<Sample> samples;

  /// @param samples what to choose from, each as likely as the others
  /// @param random decides what the plan leaves open
  public Traffic(
      TrafficPlan plan, List<Sample> samples, WebhookFactory factory, RandomGenerator random) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to choose from");
    }
    this.plan = plan;
    this.samples = List.copyOf(samples);
    this.factory = factory;
    this.random = random;
  }

  /// The requests for one business.
  ///
  /// @param own how genuine requests are said
  /// @param wrong how forged ones are said, by somebody without the secret
  public List<SignedWebhook> requests(Business business, Voice own, Voice wrong) {
    List<SignedWebhook> requests = new ArrayList<>();
    List<Item> batch = new ArrayList<>();
    for (int i = 0; i < plan.items(); i++) {
      batch.add(item(business));
      if (batch.size() == plan.batchSize() || i == plan.items() - 1) {
        requests.add(own.say(batch, layout(), SignedWebhook.Kind.GENUINE));
        batch.clear();
      }
    }
    addForged(requests, business, wrong);
    addDuplicates(requests);
    reorder(requests);
    return requests;
  }

  private Item item(Business business) {
    Sample sample = samples.get(random.nextInt(samples.size()));
    if (random.nextDouble() < plan.unknown()) {
      sample = Samples.find(UNKNOWN.get(random.nextInt(UNKNOWN.size()))).orElseThrow();
    }
    return factory.item(sample, business, random.nextDouble() < plan.hidden());
  }

  private Layout layout() {
    return LAYOUTS[random.nextInt(LAYOUTS.length)];
  }

  private void addForged(List<SignedWebhook> requests, Business business, Voice wrong) {
    int forged = (int) Math.round(requests.size() * plan.forged());
    for (int i = 0; i < forged; i++) {
      SignedWebhook one = wrong.say(List.of(item(business)), layout(), SignedWebhook.Kind.FORGED);
      requests.add(random.nextInt(requests.size() + 1), one);
    }
  }

  /// Adds repeats, each some time after its original. Forged requests are not repeated.
  private void addDuplicates(List<SignedWebhook> requests) {
    int duplicates = (int) Math.round(requests.size() * plan.duplicates());
    for (int i = 0; i < duplicates; i++) {
      int original = random.nextInt(requests.size());
      if (requests.get(original).kind() == SignedWebhook.Kind.GENUINE) {
        int place = original + 1 + random.nextInt(requests.size() - original);
        requests.add(place, requests.get(original).again());
      }
    }
  }

  private void reorder(List<SignedWebhook> requests) {
    for (int i = 0; i + 1 < requests.size(); i++) {
      if (random.nextDouble() < plan.reordered()) {
        Collections.swap(requests, i, i + 1);
      }
    }
  }
}
