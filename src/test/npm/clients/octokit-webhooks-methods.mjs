// Octokit verifies the signatures of Meta's dialect, with the secret of the endpoint, also after it was rotated.
import { verify, verifyWithFallback } from '@octokit/webhooks-methods';
import { check, operator, receiver, says } from '../environment.mjs';

const hook = await receiver();
const endpoint = await operator('POST', '/api/v1/endpoints', { name: 'meta', dialect: 'meta', url: hook.url, secret: 'the-first-secret' });

await says('ma\u00f1ana / "\u{1f44d}"');
const first = await hook.next(1);
check(await verify('the-first-secret', first.body.toString(), first.headers['x-hub-signature-256']), 'the signature is right');
await operator('POST', `/api/v1/endpoints/${endpoint.id}/rotate-secret`, { secret: 'the-second-secret' });
await says('again');
const second = await hook.next(2);
check(await verifyWithFallback('the-second-secret', second.body.toString(), second.headers['x-hub-signature-256'], ['the-first-secret']), 'and after the rotation');
