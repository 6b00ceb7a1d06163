package dev.chasqui.ingress;

import dev.chasqui.journal.Journal;
import dev.chasqui.model.IdSource;
import java.time.Clock;
import java.util.random.RandomGenerator;

/// What a webhook passes on its way in. One per process, shared by all doors.
record Entrance(
    IngressSettings settings,
    Journal journal,
    DedupWindow window,
    Guard guard,
    Clock clock,
    IdSource ids,
    RandomGenerator random) {}
