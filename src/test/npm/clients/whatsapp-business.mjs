// Sends, read mark, upload, media, profile, numbers.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { WABAClient } from 'whatsapp-business';
import { check, environment } from '../environment.mjs';

const { token, phone, waba, user } = environment;
const client = new WABAClient({ apiToken: token, phoneId: phone, accountId: waba });
const messages = [
  { to: user, type: 'text', text: { body: 'hola' } },
  { to: user, type: 'image', image: { link: 'https://example.com/file' } },
  { to: user, type: 'location', location: { latitude: -12.04, longitude: -77.03 } },
];
for (const message of messages) {
  const sent = await client.sendMessage(message);
  check(sent.messages[0].id, 'a message is taken');
}
check((await client.markMessageAsRead('wamid.X')).success, 'a message is marked as read');

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'chasqui-client-'));
const file = path.join(folder, 'a.png');
fs.writeFileSync(file, 'not really');
const uploaded = await client.uploadMedia({ file: file, type: 'image/png' });
check((await client.getMedia(uploaded.id)).url, 'the file is found');
check((await client.deleteMedia(uploaded.id)).success, 'the file is deleted');
fs.rmSync(folder, { recursive: true });

check((await client.updateBusinessProfile({ about: 'open' })).success, 'the profile is changed');
check(JSON.stringify(await client.getBusinessProfile(['about'])).includes('open'), 'the profile is told');
check(JSON.stringify(await client.getBusinessPhoneNumbers()).includes(phone), 'numbers are listed');
check((await client.getSingleBusinessPhoneNumber(phone)).id === phone, 'a number is told');
