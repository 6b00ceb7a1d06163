package dev.chasqui.delivery;

import dev.chasqui.store.DeliveryStore.Claimed;
import dev.chasqui.store.ProjectionStore.Source;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Makes work of a claimed portion, with its payloads read together: neighbours in the journal cost
/// one read. What is not found this way each delivery looks for itself.
final class LoadPortion {

  private static final Logger LOG = System.getLogger(LoadPortion.class.getName());

  private final Facts facts;

  LoadPortion(Facts facts) {
    this.facts = facts;
  }

  List<Work> of(List<Claimed> rows) {
    Map<Source, Payload> payloads = payloads(rows);
    List<Work> works = new ArrayList<>(rows.size());
    for (Claimed row : rows) {
      works.add(new Work(row, payloads.get(row.source()), null));
    }
    return works;
  }

  private Map<Source, Payload> payloads(List<Claimed> rows) {
    try {
      return facts.loadAll(rows.stream().map(Claimed::source).distinct().toList());
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a portion cannot be read from the journal; trying one by one", e);
      return Map.of();
    }
  }
}
