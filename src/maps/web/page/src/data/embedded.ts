/** The data that the run put into the page: `<script type="text/plain" id="kyoten-NAME">BASE64</script>`. */

import { fromBase64, gunzipJson } from "./bytes.ts";

/** The bytes of a name, or `null` where the run has none. The text is dropped from the page once it is read. */
export function embedded(name: string): Uint8Array<ArrayBuffer> | null {
  const element = document.getElementById(`kyoten-${name}`);
  if (!element) return null;
  const bytes = fromBase64(element.textContent ?? "");
  element.textContent = "";
  return bytes;
}

/** The JSON of a name, or `null` where the run has none. */
export function embeddedJson<T>(name: string): T | null {
  const bytes = embedded(name);
  return bytes && (gunzipJson(bytes) as T);
}
