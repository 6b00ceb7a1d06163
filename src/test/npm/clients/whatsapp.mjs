// Meta's first SDK of the Cloud API: bodies go in chunks, the pin to a path with a slash at its end.
import { createRequire } from 'node:module';
import { check, environment } from '../environment.mjs';

const { token, phone, user } = environment;
process.env.WA_PHONE_NUMBER_ID = phone;
process.env.CLOUD_API_ACCESS_TOKEN = token;
process.env.CLOUD_API_VERSION = 'v24.0';
process.env.WA_BASE_URL = 'graph.facebook.com';
const loaded = createRequire(import.meta.url)('whatsapp');
const WhatsApp = loaded.default ?? loaded;
const client = new WhatsApp(Number(phone));
const to = Number(user);
const link = 'https://example.com/file';
const sends = [
  () => client.messages.text({ body: 'hola' }, to),
  () => client.messages.image({ link }, to),
  () => client.messages.document({ link, filename: 'a.pdf' }, to),
  () => client.messages.location({ latitude: -12.04, longitude: -77.03, name: 'Lima' }, to),
  () => client.messages.template({ name: 'hello_world', language: { policy: 'deterministic', code: 'en_US' } }, to),
  () => client.messages.status({ status: 'read', message_id: 'wamid.X' }),
];
for (const send of sends) {
  const answer = await send();
  const body = await answer.responseBodyToJSON();
  check(answer.statusCode() === 200, `${send}: ${answer.statusCode()} ${JSON.stringify(body)}`);
}
const pin = await client.twoStepVerification.setPin(123456);
const words = JSON.stringify(await pin.responseBodyToJSON());
check(words.includes('graph.passThrough'), 'the pin is not allowed by default, and the answer names the setting: ' + words);
