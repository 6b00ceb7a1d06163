package dev.chasqui.ingress;

import dev.chasqui.journal.Journal;
import dev.chasqui.model.IdSource;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// What takes part in accepting a webhook: settings, journal, dedup window, guard. One per process,
/// shared by all sources.
record IngressParts(
    IngressSettings settings,
    Journal journal,
    DedupWindow window,
    Guard guard,
    Clock clock,
    IdSource ids,
    RandomGenerator random) {}
