// Sends, read mark, upload of a file that is sent.
import Wrapper from 'whatsappcloudapi_wrapper';
import { check, environment } from '../environment.mjs';

const { token, phone, waba, user } = environment;
const client = new Wrapper({ accessToken: token, senderPhoneNumberId: phone, WABA_ID: waba, graphAPIVersion: 'v24.0' });
const recipientPhone = user;
const url = 'https://example.com/file';
const sends = [
  () => client.sendText({ message: 'hola', recipientPhone }),
  () => client.sendTemplate({ templateName: 'hello_world', languageCode: 'en_US', components: [], recipientPhone }),
  () => client.sendSimpleButtons({ recipientPhone, message: 'really?', listOfButtons: [{ id: '1', title: 'yes' }] }),
  () => client.sendImage({ recipientPhone, url, caption: 'a' }),
  () => client.sendVideo({ recipientPhone, url, caption: 'a' }),
  () => client.sendAudio({ recipientPhone, url }),
  () => client.sendLocation({ recipientPhone, latitude: -12.04, longitude: -77.03, name: 'Lima', address: 'Lima' }),
  () => client.markMessageAsRead({ message_id: 'wamid.X' }),
  () => client.preUploadMedia({ file_buffer: Buffer.from('not really'), file_name: 'a.png', mime_type: 'image/png' }),
];
for (const send of sends) {
  const sent = await send();
  check((sent.response ?? sent).status === 'success', `${send}: ${JSON.stringify(sent)}`);
}
