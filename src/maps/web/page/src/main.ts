/** Puts the page together. */

import { type Map, Popup } from "maplibre-gl";

import { fromAddress, toAddress } from "./address.ts";
import { Assumption } from "./assumption.ts";
import { openArchive } from "./data/archive.ts";
import { anyAdded, readAdditions } from "./data/added.ts";
import { Columns } from "./data/columns.ts";
import { embedded, embeddedJson } from "./data/embedded.ts";
import type { Facts } from "./data/facts.ts";
import { el, part } from "./dom.ts";
import { Drawing } from "./drawing.ts";
import { makeHook } from "./hook.ts";
import { joinable } from "./joined/joinable.ts";
import { boxOfAdded } from "./map/added.ts";
import { addLayers, at, calm, makeMap, show } from "./map/canvas.ts";
import { retile, showChosenParcel } from "./map/parcels.ts";
import { boxOf, readProducts } from "./map/places.ts";
import { flyToParcel, keepInSight } from "./map/sight.ts";
import { ParcelTiles } from "./map/tiles.ts";
import { useOwnWorker } from "./map/worker.ts";
import { Store } from "./state.ts";
import { sayIn } from "./text.ts";
import { useAbout } from "./ui/about.ts";
import { fillBanner, goneFrom } from "./ui/banner.ts";
import { fillFound, type Found } from "./ui/found/found.ts";
import { foundNote, foundOf } from "./ui/found/notes.ts";
import { fillHead } from "./ui/head.ts";
import { fillLegend } from "./ui/legend.ts";
import { served, warn } from "./ui/messages.ts";
import { noteOf } from "./ui/notes.ts";
import { fillPanel } from "./ui/panel.ts";
import { usePrinting } from "./ui/printing.ts";
import { namedOf, type Named } from "./search/named.ts";
import { useSearch } from "./ui/searchbox.ts";
import { fillSliders, updateSliders } from "./ui/sliders.ts";
import { useTabs } from "./ui/tabs.ts";
import { runOf } from "./whatif/run.ts";
import { Source } from "./whatif/whatif.ts";

/** How long the choices must rest before they are written to the address, milliseconds. */
const ADDRESS_REST = 200;

/** When what few look at is read, milliseconds after the map is there. */
const LATER = 400;

/** The least height of a map with room for a note, pixels. */
const NOTE_HEIGHT = 420;

const timings: Record<string, number> = {};
const mark = (name: string): void => {
  timings[name] ??= Math.round(performance.now());
};

const facts = embeddedJson<Facts>("facts");
if (facts) start(facts);
else part("stage").append(el("p", { class: "message" }, "kyoten: no data in this page / このページにはデータがありません"));

function start(facts: Facts): void {
  mark("facts");
  const preferred = navigator.language.startsWith("ja") ? "ja" : "en";
  const { view, camera } = fromAddress(location.hash, facts, preferred);
  const store = new Store(view);
  const products = readProducts();
  const added = readAdditions();
  const readable = facts.beside === null || location.protocol !== "file:";
  const columns = new Columns(facts, () => columnBytes(facts));
  const source = new Source(columns, facts.parts_by_zone);
  const numbers = columnCache(columns);
  mark("products");

  useTabs(anyAdded(added));
  store.watch(["language", "zone"], () => fillHead(facts, store));
  let map: Map | null = null;
  let tiles: ParcelTiles | null = null;
  let redrawn = Promise.resolve();
  const archive = readable ? new ParcelTiles(openArchive(tilesOf(facts)), facts.zones.map(({ id }) => id)) : null;
  const assumption = new Assumption(facts, runOf(facts, products.stops), source, store, () => {
    tiles?.assume(assumption.outcome?.statuses ?? null);
    drawing.judged();
    const shown = map;
    if (tiles && shown) {
      retile(shown, tiles.address());
      redrawn = new Promise((resolve) => shown.once("idle", () => resolve()));
    }
    refresh();
  });

  const drawing = new Drawing(facts, store, {
    facts,
    products,
    columns,
    tile: archive && ((z, x, y) => archive.read(z, x, y)),
    statuses: (zone) => Promise.resolve(assumption.outcome?.statuses[zone] ?? columns.numbers(facts.zones[zone]?.id ?? "")),
  });

  const popup = new Popup({ closeButton: true, maxWidth: "320px", focusAfterOpen: false });
  const openNote = (layer: string, index: number, where: [number, number]): void => {
    const found = foundOf(layer, index, added);
    const { language } = store.view;
    const note = found ? foundNote(found.what, found.index, added, facts, language) : noteOf(layer, index, { facts, products, language, assumed: store.view.assumed, gone: assumption.gone });
    if (note && map) popup.setLngLat(where).setDOMContent(note).addTo(map);
  };
  const showZone = (index: number): void => {
    const feature = products.zones?.features[index];
    if (!feature || !map) return;
    map.fitBounds(boxOf(feature), { padding: 60, maxZoom: 17, animate: !calm() });
    const { centre_lon: lon, centre_lat: lat } = feature.properties ?? {};
    openNote("zone-hit", index, [Number(lon), Number(lat)]);
  };
  const showNamed = (named: Named): void => {
    const { in: list, index } = named;
    const feature = (list === "zones" ? products.zones : list === "facilities" ? products.facilities : products.stops)?.features[index];
    if (!feature || !map) return;
    popup.remove();
    choose(null);
    if (list === "zones") {
      store.set({ zone: Math.max(0, facts.zones.findIndex(({ id }) => id === feature.properties?.["zone"])) });
      return showZone(index);
    }
    const [west, south, east, north] = boxOf(feature);
    const middle: [number, number] = [(west + east) / 2, (south + north) / 2];
    flyToParcel(map, middle);
    openNote(list === "stops" ? "stops-points" : "facilities-points", index, middle);
  };
  const showFound = (what: Found, index: number): void => {
    const box = boxOfAdded(added, what, index);
    if (!box || !map) return;
    map.fitBounds(box, { padding: 60, maxZoom: 16.5, animate: !calm() });
    popup.remove();
    // On a narrow screen the list lies under the map and says the same.
    const note = part("frame").clientHeight < NOTE_HEIGHT ? null : foundNote(what, index, added, facts, store.view.language);
    const middle: [number, number] = [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
    if (note) popup.setLngLat(middle).setDOMContent(note).addTo(map);
  };
  const legend = (): void => fillLegend(part("legend"), { facts, products, added, store, counts: (zone) => assumption.counts(zone), gone: assumption.gone, showZone });
  const banner = (): void => {
    fillBanner(part("banner"), facts, store, assumption.outcome, goneFrom({ facts, products, view: store.view, gone: assumption.gone }));
    document.body.classList.toggle("assuming", Object.keys(store.view.assumed).length > 0);
  };
  const panel = async (): Promise<void> => {
    const { parcel, zone, language } = store.view;
    const root = part("parcel");
    if (parcel === null || !readable) {
      root.hidden = true;
      document.body.classList.remove("parcel-open");
      return;
    }
    const row = await columns.row(parcel);
    const place = await placeOf(parcel, numbers);
    const failed = (error: Error): null => (warn(sayIn(language)("parcels_failed", { why: error.message })), null);
    const joined = archive && (await joinable(parcel, row, zone, facts, columns, (z, x, y) => archive.read(z, x, y)).catch(failed));
    if (store.view.parcel !== parcel || store.view.zone !== zone || store.view.language !== language) return;
    const opened = root.hidden;
    root.hidden = false;
    const assumed = assumption.outcome ? assumption.outcome.statuses.map((statuses) => statuses[parcel] ?? 0) : null;
    fillPanel(root, { facts, columns: columns.list(), row, zone, language, place, assumed, joinable: joined, close: () => choose(null), chooseZone: (index) => store.set({ zone: index }) });
    document.body.classList.add("parcel-open");
    if (opened) root.scrollTop = 0;
  };
  const refresh = (): void => {
    legend();
    banner();
    void panel();
  };
  const position = async (parcel: number): Promise<[number, number] | null> => {
    const [lon, lat] = [await columns.cell("lon", parcel), await columns.cell("lat", parcel)];
    return typeof lon === "number" && typeof lat === "number" ? [lon, lat] : null;
  };
  const choose = (parcel: number | null): void => {
    store.set({ parcel });
    if (parcel === null) part("map").querySelector("canvas")?.focus();
  };
  const flyTo = async (parcel: number): Promise<void> => {
    choose(parcel);
    const where = await position(parcel);
    if (where && map) flyToParcel(map, where);
    part("parcel").querySelector<HTMLElement>("h2")?.focus();
  };

  store.watch(["language", "zone", "assumed"], refresh);
  store.watch(["switched"], banner);
  store.watch(["assumed"], () => popup.remove());
  store.watch(["drawn", "base"], legend);
  store.watch(["parcel"], () => void panel());
  store.watch(["language", "zone"], () => fillSliders(part("whatif"), facts, store));
  store.watch(["assumed"], () => updateSliders(part("whatif"), facts, store));
  store.watch(["language"], () => fillFound(part("found"), { facts, store, added, show: showFound }));
  useAbout(facts, store);
  useSearch(store, {
    numbers: () => (readable ? numbers().catch(() => []) : Promise.resolve([])),
    named: () => namedOf(facts, products, store.view.language, (zone) => !assumption.gone.zones.has(zone)),
    chooseParcel: (parcel) => void flyTo(parcel),
    chooseNamed: showNamed,
  });
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
      tiles = archive;
      tiles?.assume(assumption.outcome?.statuses ?? null);
      addLayers(made, facts, products, added, tiles?.address() ?? null);
      drawing.useMap(made);
      store.watch(["zone", "switched", "base", "language", "assumed"], (now) => show(made, facts, products, now, assumption.gone));
      if (readable) store.watch(["parcel"], ({ parcel }) => void chooseOnMap(made, parcel, position));
      made.once("idle", () => {
        mark("idle");
        resolve();
        if (!camera && store.view.parcel !== null) void flyTo(store.view.parcel);
        setTimeout(() => {
          products.places.all();
          legend();
          mark("later");
        }, LATER);
      });
    });
    made.on("click", ({ point, lngLat }) => {
      if (drawing.click({ point, lngLat })) return;
      const { parcel, noted } = at(made, point);
      popup.remove();
      if (noted) openNote(noted.layer, noted.index, [lngLat.lng, lngLat.lat]);
      else if (parcel !== null && made.getZoom() < facts.tiles.lots_from) {
        // A cell of the mosaic stands for many parcels: which one is meant can be told from closer.
        made.easeTo({ center: lngLat, zoom: facts.tiles.lots_from + 1, animate: !calm() });
      } else {
        store.set({ parcel });
        if (parcel !== null) keepInSight(made, point, lngLat);
      }
    });
    made.on("mousemove", ({ point }) => {
      if (drawing.cursor(point) !== null) return;
      const { parcel, noted } = at(made, point);
      made.getCanvas().style.cursor = parcel !== null || noted ? "pointer" : "";
    });
    made.on("error", (event) => {
      const { sourceId } = event as { sourceId?: string };
      const say = sayIn(store.view.language);
      if (sourceId?.startsWith("base-")) warn(say("base_failed"));
      else warn(say("parcels_failed", { why: event.error.message }));
    });
    let telling = 0;
    const tell = (): void => {
      // Browsers allow few changes of the address in a short time.
      clearTimeout(telling);
      telling = window.setTimeout(() => {
        const { lng: lon, lat } = made.getCenter();
        history.replaceState(null, "", toAddress(store.view, facts, { lon, lat, zoom: made.getZoom() }));
      }, ADDRESS_REST);
    };
    made.on("moveend", tell);
    store.watch(["zone", "language", "parcel", "switched", "paper", "base", "assumed", "drawn"], tell);
    part("whole").addEventListener("click", () => {
      if (facts.bounds) made.fitBounds(facts.bounds, { padding: 36, animate: !calm() });
    });
    usePrinting(made, facts, store);
  });
  ready.catch(() => undefined);
  window.kyoten = makeHook({ facts, store, columns, numbers, assumption, ready, timings, choose, flyTo, map: () => map, redrawn: () => redrawn, sums: drawing.sums });
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

/** All parcels' numbers, read once. */
function columnCache(columns: Columns): () => Promise<string[]> {
  let numbers: Promise<string[]> | null = null;
  return () => (numbers ??= columns.values("kyoten_id").then((cells) => cells.map((cell) => String(cell ?? ""))));
}

/** The place of a parcel in the input, from 1, where others have its number. */
async function placeOf(parcel: number, numbers: () => Promise<string[]>): Promise<number | null> {
  const all = await numbers();
  return all.some((number, other) => number === all[parcel] && other !== parcel) ? parcel + 1 : null;
}

async function chooseOnMap(map: Map, parcel: number | null, position: (parcel: number) => Promise<[number, number] | null>): Promise<void> {
  showChosenParcel(map, parcel, parcel === null ? null : await position(parcel));
}

/** Esc closes the note, then the panel. */
function useKeys(store: Store, popup: Popup): void {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (popup.isOpen()) popup.remove();
    else if (store.view.parcel !== null) {
      store.set({ parcel: null });
      part("map").querySelector("canvas")?.focus();
    }
  });
}
