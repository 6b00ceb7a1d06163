/// The benchmark of docs/benchmarks.md: load and receivers that cost little, beside a gateway in a
/// process of its own. It measures from outside and uses nothing of the gateway's inside. Open
/// [Bench], then [Rig] and [DeliveryBench].
@NullMarked
package dev.chasqui.bench;

import org.jspecify.annotations.NullMarked;
