/// How records look on the wire. [Shape] reads a record type once; from it [Input] reads bodies and
/// queries, [Output] writes answers, and the OpenAPI document makes schemas, so that none of them
/// can differ from the others. It knows no HTTP and no operation.
@NullMarked
package dev.chasqui.operations.shape;

import org.jspecify.annotations.NullMarked;
