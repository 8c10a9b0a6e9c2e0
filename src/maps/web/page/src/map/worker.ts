/**
 * The map library's worker, which is part of the page, as a Blob.
 *
 * A page opened from disk has an opaque origin, for which browsers start no module worker from a `blob:` address. The
 * worker is therefore bundled as a classic script; the ending of the address tells the library so.
 */

import { setWorkerUrl } from "maplibre-gl";

/** Makes the worker known to the library. */
export function useOwnWorker(): void {
  const text = document.getElementById("kyoten-worker")?.textContent ?? "";
  const url = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
  setWorkerUrl(`${url}#worker.cjs`);
}
