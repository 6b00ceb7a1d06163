// Meta's own business SDK: subscriptions with and without override, numbers, templates, a message as a raw call.
import bizSdk from 'facebook-nodejs-business-sdk';
import { check, environment, receiver } from '../environment.mjs';

const { FacebookAdsApi, WhatsAppBusinessAccount } = bizSdk;
const { token, waba, phone, user } = environment;
const hook = await receiver();
const api = FacebookAdsApi.init(token);
const account = new WhatsAppBusinessAccount(waba);

await account.createSubscribedApp([], {});
await account.createSubscribedApp([], { override_callback_uri: hook.url, verify_token: 'verify-me' });
const apps = await account.getSubscribedApps([]);
check(apps[0].override_callback_uri === hook.url, 'the override is told');
await account.createSubscribedApp([], {});
check((await account.getSubscribedApps([]))[0].override_callback_uri === undefined, 'the override is gone');

const numbers = await account.getPhoneNumbers(['id', 'verified_name']);
check(numbers[0].id === phone, 'the number is listed');
const templates = await account.getMessageTemplates(['name', 'status']);
check(templates.some((it) => it.name === 'hello_world'), 'templates are listed');

const sent = await api.call('POST', [phone, 'messages'], { messaging_product: 'whatsapp', to: user, type: 'text', text: { body: 'hola' } });
check(sent.messages[0].id, 'a message is taken');

await account.deleteSubscribedApps([], {});
check((await account.getSubscribedApps([])).length === 0, 'the account is not subscribed');
