/// The operator API under /api/v1: routes from paths to operations, and the OpenAPI document of
/// them. What a call does is in the package operations. Open [OperatorApi], then [OperatorRoutes]
/// and [OperationRoute].
@NullMarked
package dev.chasqui.api.operator;

import org.jspecify.annotations.NullMarked;
