/// Standard Webhooks for receivers (standardwebhooks.com). It does no input or output. Open
/// [StandardDialect].
@NullMarked
package dev.chasqui.dialect.standard;

import org.jspecify.annotations.NullMarked;
