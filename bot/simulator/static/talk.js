// Who is talking with which account, and what they do.

import { post } from "./api.js";
import { toast } from "./dom.js";

export const talk = { agency: null, persona: null, group: false, speaker: null, mention: false };

export const who = () => (talk.group ? "group" : talk.persona.userId);
export const chatId = () => (talk.group ? talk.agency.groupId : talk.persona.userId);
export const path = (act) => `${talk.agency.slug}/${who()}/${act}`;
export const speakerId = () => (talk.group ? talk.speaker : talk.persona.userId);

export async function act(name, asked = {}) {
  const body = talk.group ? { user_id: talk.speaker, mention: talk.mention, ...asked } : asked;
  try {
    return await post(path(name), body);
  } catch (fault) {
    toast(`ทำไม่ได้: ${fault.message}`);
    return null;
  }
}

export async function upload(name, file) {
  const form = new FormData();
  form.append("file", file);
  form.append("user_id", speakerId());
  try {
    await post(path(name), form);
  } catch (fault) {
    toast(`ส่งไฟล์ไม่สำเร็จ: ${fault.message}`);
  }
}
