/** Puts the page together. */

import { type LngLat, type Map, Popup } from "maplibre-gl";

import { fromAddress, toAddress } from "./address.ts";
import { Assumption } from "./assumption.ts";
import { openArchive } from "./data/archive.ts";
import { Columns } from "./data/columns.ts";
import { embedded, embeddedJson } from "./data/embedded.ts";
import type { Facts } from "./data/facts.ts";
import { el, part } from "./dom.ts";
import type { Hook } from "./hook.ts";
import { addLayers, at, calm, makeMap, show } from "./map/canvas.ts";
import { showChosenLot } from "./map/lots.ts";
import { boxOf, type Products, readProducts } from "./map/places.ts";
import { LotTiles } from "./map/tiles.ts";
import { useOwnWorker } from "./map/worker.ts";
import { find, plain } from "./search.ts";
import { Store } from "./state.ts";
import { sayIn } from "./text.ts";
import { fillAbout } from "./ui/about.ts";
import { fillBanner } from "./ui/banner.ts";
import { fillHead } from "./ui/head.ts";
import { fillLegend } from "./ui/legend.ts";
import { facilityNote, stopNote, zoneNote } from "./ui/notes.ts";
import { fillPanel } from "./ui/panel.ts";
import { usePrinting } from "./ui/printing.ts";
import { useSearch } from "./ui/searchbox.ts";
import { assume, fillSliders } from "./ui/sliders.ts";
import { useTabs } from "./ui/tabs.ts";
import { runOf } from "./whatif/run.ts";
import { Source } from "./whatif/whatif.ts";

/** Zoom at which a lot fills a good part of the map. */
const LOT_ZOOM = 17;

/** When what few look at is read, milliseconds after the map is there. */
const LATER = 400;

const timings: Record<string, number> = {};
const mark = (name: string): void => {
  timings[name] ??= Math.round(performance.now());
};

const facts = embeddedJson<Facts>("facts");
if (facts) start(facts);
else part("stage").append(el("p", { class: "message" }, "kyoten: no data in this page / この頁にはデータがありません"));

function start(facts: Facts): void {
  mark("facts");
  const preferred = navigator.language.startsWith("ja") ? "ja" : "en";
  const { view, camera } = fromAddress(location.hash, facts, preferred);
  const store = new Store(view);
  const products = readProducts();
  const readable = facts.beside === null || location.protocol !== "file:";
  const columns = new Columns(facts, () => columnBytes(facts));
  const source = new Source(columns);
  const numbers = columnCache(columns);
  mark("products");

  useTabs();
  store.watch(["language", "zone"], () => fillHead(facts, store));
  let map: Map | null = null;
  let tiles: LotTiles | null = null;
  const assumption = new Assumption(facts, runOf(facts, products.stops), source, store, () => {
    if (tiles) tiles.assumed = assumption.outcome?.statuses ?? null;
    if (map?.getSource("lots")) map.refreshTiles("lots");
    refresh();
  });

  const popup = new Popup({ closeButton: true, maxWidth: "320px", focusAfterOpen: false });
  const openNote = (layer: string, index: number, where: [number, number]): void => {
    const note = noteOf(layer, index, facts, products, store);
    if (note && map) popup.setLngLat(where).setDOMContent(note).addTo(map);
  };
  const showZone = (index: number): void => {
    const feature = products.zones?.features[index];
    if (!feature || !map) return;
    map.fitBounds(boxOf(feature), { padding: 60, maxZoom: 17, animate: !calm() });
    const { centre_lon: lon, centre_lat: lat } = feature.properties ?? {};
    openNote("zone-hit", index, [Number(lon), Number(lat)]);
  };
  const legend = (): void => fillLegend(part("legend"), { facts, products, store, counts: (zone) => assumption.counts(zone), showZone });
  const banner = (): void => {
    fillBanner(part("banner"), facts, store, assumption.outcome);
    document.body.classList.toggle("assuming", Object.keys(store.view.assumed).length > 0);
  };
  const panel = async (): Promise<void> => {
    const { lot, zone, language } = store.view;
    const root = part("lot");
    if (lot === null || !readable) {
      root.hidden = true;
      document.body.classList.remove("lot-open");
      return;
    }
    const row = await columns.row(lot);
    if (store.view.lot !== lot) return;
    const opened = root.hidden;
    root.hidden = false;
    const assumed = assumption.outcome ? assumption.outcome.statuses.map((statuses) => statuses[lot] ?? 0) : null;
    fillPanel(root, { facts, columns: columns.list(), row, zone, language, assumed, close: () => choose(null), chooseZone: (place) => store.set({ zone: place }) });
    document.body.classList.add("lot-open");
    if (opened) root.scrollTop = 0;
  };
  const refresh = (): void => {
    legend();
    banner();
    void panel();
  };
  const position = async (lot: number): Promise<[number, number] | null> => {
    const [lon, lat] = [await columns.cell("lon", lot), await columns.cell("lat", lot)];
    return typeof lon === "number" && typeof lat === "number" ? [lon, lat] : null;
  };
  const choose = (lot: number | null): void => {
    store.set({ lot });
    if (lot === null) part("map").querySelector("canvas")?.focus();
  };
  const flyTo = async (lot: number): Promise<void> => {
    choose(lot);
    const where = await position(lot);
    if (where) map?.easeTo({ center: where, zoom: Math.max(map.getZoom(), LOT_ZOOM), offset: besidePanel(), animate: !calm() });
    part("lot").querySelector<HTMLElement>("h2")?.focus();
  };

  store.watch(["language", "zone", "assumed"], refresh);
  store.watch(["lot"], () => void panel());
  store.watch(["language", "zone", "assumed"], () => fillSliders(part("whatif"), facts, store));
  useAbout(facts, store);
  useSearch(store, numbers, (lot) => void flyTo(lot));
  useKeys(store, popup);
  part("language").addEventListener("click", () => store.set({ language: store.view.language === "ja" ? "en" : "ja" }));

  if (!readable) served(facts, store);
  const ready = new Promise<void>((resolve, reject) => {
    try {
      useOwnWorker();
      map = makeMap(part("map"), facts, store.view, camera);
    } catch {
      part("stage").append(el("p", { class: "message" }, sayIn(store.view.language)("no_webgl")));
      reject(new Error("no WebGL"));
      return;
    }
    const made = map;
    mark("map");
    made.once("style.load", () => {
      mark("loaded");
      if (readable) tiles = new LotTiles(openArchive(tilesOf(facts)), facts.zones.map(({ id }) => id));
      if (tiles) tiles.assumed = assumption.outcome?.statuses ?? null;
      addLayers(made, facts, products, readable);
      store.watch(["zone", "switched", "base", "language"], (now) => show(made, facts, products, now));
      if (readable) store.watch(["lot"], ({ lot }) => void chooseOnMap(made, lot, position));
      made.once("idle", () => {
        mark("idle");
        resolve();
        setTimeout(() => {
          products.places.all();
          legend();
        }, LATER);
      });
    });
    made.on("click", ({ point, lngLat }) => {
      const { lot, noted } = at(made, point);
      popup.remove();
      if (noted) openNote(noted.layer, noted.index, [lngLat.lng, lngLat.lat]);
      else {
        store.set({ lot });
        if (lot !== null) keepInSight(made, point, lngLat);
      }
    });
    made.on("mousemove", ({ point }) => {
      const { lot, noted } = at(made, point);
      made.getCanvas().style.cursor = lot !== null || noted ? "pointer" : "";
    });
    made.on("error", (event) => {
      const { sourceId } = event as { sourceId?: string };
      const say = sayIn(store.view.language);
      if (sourceId?.startsWith("base-")) warn(say("base_failed"));
      else warn(say("lots_failed", { why: event.error.message }));
    });
    const tell = (): void => {
      const { lng: lon, lat } = made.getCenter();
      history.replaceState(null, "", toAddress(store.view, facts, { lon, lat, zoom: made.getZoom() }));
    };
    made.on("moveend", tell);
    store.watch(["zone", "language", "lot", "switched", "base", "assumed"], tell);
    part("whole").addEventListener("click", () => {
      if (facts.bounds) made.fitBounds(facts.bounds, { padding: 36, animate: !calm() });
    });
    usePrinting(made, facts, store);
  });
  ready.catch(() => undefined);
  window.kyoten = hook();

  function hook(): Hook {
    const ids = (codes: readonly number[]): Record<string, string> =>
      Object.fromEntries(facts.zones.map(({ id }, zone) => [id, assumption.statusId(codes[zone] ?? 0)]));
    const own = async (lot: number): Promise<Record<string, string>> =>
      Object.fromEntries(await Promise.all(facts.zones.map(async ({ id }) => [id, String(await columns.cell(id, lot))] as const)));
    const assumedOf = (lot: number): Record<string, string> | null =>
      assumption.outcome ? ids(assumption.outcome.statuses.map((statuses) => statuses[lot] ?? 0)) : null;
    return {
      ready,
      get map() {
        return map;
      },
      select: async (id) => {
        if (id === null) {
          choose(null);
          return true;
        }
        const lot = find((await numbers()).map(plain), id, 1)[0];
        if (lot === undefined) return false;
        await flyTo(lot);
        return true;
      },
      selected: async () => {
        const { lot } = store.view;
        if (lot === null) return null;
        return { id: String(await columns.cell("kyoten_id", lot)), statuses: await own(lot), assumed: assumedOf(lot) };
      },
      setZone: (id) => store.set({ zone: Math.max(0, facts.zones.findIndex((zone) => zone.id === id)) }),
      setLanguage: (language) => store.set({ language }),
      setThreshold: (key, value) => {
        store.set({ assumed: assume(facts, store.view.assumed, key, value) });
        return assumption.settled;
      },
      reset: () => {
        store.set({ assumed: {} });
        return assumption.settled;
      },
      counts: () => Object.fromEntries(facts.zones.map(({ id }, zone) => [id, Object.fromEntries(assumption.counts(zone).map(({ parcels }, code) => [assumption.statusId(code), parcels]))])),
      status: async (lot) => assumedOf(lot) ?? (await own(lot)),
      timings,
    };
  }
}

/** The columns file: in the page, or beside it. */
async function columnBytes(facts: Facts): Promise<Uint8Array> {
  if (facts.beside === null) return embedded("columns") ?? new Uint8Array();
  const answer = await fetch(new URL(facts.beside.columns, location.href));
  if (!answer.ok) throw new Error(`${facts.beside.columns}: ${answer.status}`);
  return new Uint8Array(await answer.arrayBuffer());
}

/** The archive of tiles: in the page, or its address beside it. */
function tilesOf(facts: Facts): Uint8Array<ArrayBuffer> | string {
  if (facts.beside !== null) return new URL(facts.beside.tiles, location.href).href;
  return embedded("tiles") ?? new Uint8Array();
}

/** All lots' numbers, read once. */
function columnCache(columns: Columns): () => Promise<string[]> {
  let numbers: Promise<string[]> | null = null;
  return () => (numbers ??= columns.values("kyoten_id").then((cells) => cells.map((cell) => String(cell ?? ""))));
}

async function chooseOnMap(map: Map, lot: number | null, position: (lot: number) => Promise<[number, number] | null>): Promise<void> {
  showChosenLot(map, lot, lot === null ? null : await position(lot));
}

/** How far from the middle of the map the middle of what the panel leaves free is, in pixels. */
function besidePanel(): [number, number] {
  const [panel, frame] = [part("lot").getBoundingClientRect(), part("frame").getBoundingClientRect()];
  return panel.width < frame.width ? [-panel.width / 2, 0] : [0, -Math.max(0, frame.bottom - panel.top) / 2];
}

/** Moves the map where the panel would cover what was clicked. */
function keepInSight(map: Map, point: { x: number; y: number }, where: LngLat): void {
  const [x, y] = besidePanel();
  const { width, height } = part("frame").getBoundingClientRect();
  if (point.x > width + 2 * x - 30 || point.y > height + 2 * y - 30) map.easeTo({ center: where, offset: [x, y], animate: !calm() });
}

/** The note on a feature of a layer. */
function noteOf(layer: string, index: number, facts: Facts, products: Products, store: Store): HTMLElement | null {
  const { language } = store.view;
  const kind = layer.split("-")[0];
  const features = kind === "zone" ? products.zones : kind === "facilities" ? products.facilities : products.stops;
  const feature = features?.features[index];
  if (!feature) return null;
  if (kind === "zone") return zoneNote(feature, facts, language);
  return kind === "facilities" ? facilityNote(feature, language) : stopNote(feature, language);
}

/** The drawer about the map. */
function useAbout(facts: Facts, store: Store): void {
  const drawer = part("about") as HTMLDialogElement;
  const fill = (): void => fillAbout(drawer, facts, store.view.language, () => drawer.close());
  part("open-about").addEventListener("click", () => {
    fill();
    drawer.showModal();
  });
  drawer.addEventListener("click", (event) => {
    if (event.target === drawer) drawer.close();
  });
  store.watch(["language"], () => {
    if (drawer.open) fill();
  });
}

/** Esc closes the note, then the panel. */
function useKeys(store: Store, popup: Popup): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (popup.isOpen()) popup.remove();
    else if (store.view.lot !== null) {
      store.set({ lot: null });
      part("map").querySelector("canvas")?.focus();
    }
  });
}

/** Tells of something that did not work, once for each text. */
function warn(text: string): void {
  const stage = part("stage");
  if ([...stage.querySelectorAll(".warning")].some((one) => one.firstChild?.textContent === text)) return;
  const box = el("div", { class: "message warning", role: "alert" }, el("span", {}, text));
  box.append(el("button", { type: "button", class: "icon", "aria-label": "×", onclick: () => box.remove() }, "×"));
  stage.append(box);
}

/** Says how to open a map whose lots lie beside the page, in both languages. */
function served(facts: Facts, store: Store): void {
  const files = facts.beside ? `${facts.beside.tiles}, ${facts.beside.columns}` : "";
  const both = [store.view.language, store.view.language === "ja" ? "en" : "ja"] as const;
  const texts = both.map((language) => {
    const say = sayIn(language);
    return el("div", { lang: language }, el("h2", {}, say("served_title")), el("p", {}, say("served", { files })), el("pre", {}, "kyoten serve FOLDER"), el("p", {}, say("served_rest")));
  });
  const box = el("div", { class: "message served", role: "alert" }, ...texts);
  box.append(el("button", { type: "button", onclick: () => box.remove() }, sayIn(store.view.language)("close")));
  part("stage").append(box);
}
