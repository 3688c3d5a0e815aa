// The drafts' own line to the server, beside Streamlit's.

const PAUSES = [1, 2, 4, 8, 15]; // seconds between tries while the server can't be reached
const LONGEST = 20_000;
const OUTLIVES = 20_000; // characters of a request that is sent though the page is being closed

// How many milliseconds to wait after so many tries that failed.
export function pause(failed) {
  return PAUSES[Math.min(failed, PAUSES.length - 1)] * 1000;
}

// What the server says to it; throws if it can't be reached.
export async function request(method, address, csrf, body, longest = LONGEST) {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), longest);
  const sent = body && JSON.stringify(body);
  try {
    const response = await fetch(address, {
      method,
      keepalive: sent?.length < OUTLIVES,
      signal: limit.signal,
      headers: { accept: "application/json", "content-type": "application/json", "x-minyi-csrf": csrf },
      body: sent,
    });
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } finally {
    clearTimeout(timer);
  }
}
