/** From the base64 texts in the page to bytes, and out of gzip. */

import { gunzipSync } from "fflate";

interface FromBase64 {
  fromBase64?: (text: string) => Uint8Array<ArrayBuffer>;
}

/** Bytes of a base64 text; by the browser's own decoder where it has one. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const native = (Uint8Array as unknown as FromBase64).fromBase64;
  if (native) return native.call(Uint8Array, text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** What a gzip member holds. */
export function gunzip(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return gunzipSync(bytes) as Uint8Array<ArrayBuffer>;
}

/** The JSON in a gzip member. */
export function gunzipJson(bytes: Uint8Array): unknown {
  return JSON.parse(new TextDecoder().decode(gunzip(bytes)));
}
