package dev.chasqui.cli.demo;

import dev.chasqui.cli.child.ApiClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the gateway's metrics say of messages that were sent.
///
/// @param counts by `via outcome`
record Sends(Map<String, Integer> counts) {

  private static final Pattern LINE =
      Pattern.compile(
          "(?m)^chasqui_messages_sent_total\\{outcome=\"(\\w+)\",via=\"(\\w+)\"} ([0-9.E]+)");

  private static final Set<String> USUAL =
      Set.of("whatsapp accepted", "whatsapp refused", "fallback accepted");

  Sends {
    counts = Map.copyOf(counts);
  }

  static Sends read(ApiClient admin) throws InterruptedException {
    Matcher matcher = LINE.matcher(admin.get("/metrics").toUtf8());
    Map<String, Integer> counts = new HashMap<>();
    while (matcher.find()) {
      String name = matcher.group(2) + " " + matcher.group(1);
      counts.merge(name, (int) Double.parseDouble(matcher.group(3)), Integer::sum);
    }
    return new Sends(counts);
  }

  int of(String via, String outcome) {
    return counts.getOrDefault(via + " " + outcome, 0);
  }

  /// Those that came out in any other way than accepted by either or refused by WhatsApp.
  int others() {
    return counts.entrySet().stream()
        .filter(count -> !USUAL.contains(count.getKey()))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }
}
