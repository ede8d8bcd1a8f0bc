// What the page asks of the desk.

export async function get(path, query = {}, signal = undefined) {
  const answer = await fetch(`/sim/${path}?${new URLSearchParams(query)}`, { signal });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

export async function post(path, body) {
  const isForm = body instanceof FormData;
  const answer = await fetch(`/sim/${path}`, {
    method: "POST",
    body: isForm ? body : JSON.stringify(body),
    headers: isForm ? {} : { "content-type": "application/json" },
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(told.error || `HTTP ${answer.status}`);
  return told;
}
