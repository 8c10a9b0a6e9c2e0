/** The map itself: made once, and shown as the choices are. */

import { AttributionControl, type LngLatBoundsLike, Map, NavigationControl, ScaleControl } from "maplibre-gl";

import type { Camera } from "../address.ts";
import type { Additions } from "../data/added.ts";
import type { Facts } from "../data/facts.ts";
import type { View } from "../state.ts";
import { sayIn } from "../text.ts";
import type { Gone } from "../whatif/gone.ts";
import { ADDED_NOTED, addAdded, showAdded } from "./added.ts";
import { showBackground } from "./backgrounds.ts";
import { addDrawn } from "./drawn.ts";
import { addChosenParcel, addParcels, PARCEL_FILLS, showParcels } from "./parcels.ts";
import type { Products } from "./places.ts";
import { addLabels, addSurroundings, NOTED, showSurroundings } from "./surroundings.ts";
import { isOn } from "./switches.ts";
import { addUnder, showUnder } from "./under.ts";

/** Where Japan is, for a run that has no parcels. */
const JAPAN: LngLatBoundsLike = [129, 31, 146, 45.6];

/** Whether the reader asks for less movement. */
export function calm(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

/** Makes the map. It has its layers once `load` has fired. */
export function makeMap(container: HTMLElement, facts: Facts, view: View, camera: Camera | null): Map {
  const say = sayIn(view.language);
  const map = new Map({
    container,
    style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": "#f3f1ec" } }] },
    ...(camera
      ? { center: [camera.lon, camera.lat], zoom: camera.zoom }
      : { bounds: facts.bounds ?? JAPAN, fitBoundsOptions: { padding: 36 } }),
    maxZoom: 20,
    minZoom: 4,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    rollEnabled: false,
    fadeDuration: 0,
    // The styles are made here and checked by their types.
    validateStyle: false,
    attributionControl: false,
    // A picture for the printer is taken after the frame is drawn.
    canvasContextAttributes: { preserveDrawingBuffer: true },
    locale: {
      "Map.Title": say("map"),
      "NavigationControl.ZoomIn": say("zoom_in"),
      "NavigationControl.ZoomOut": say("zoom_out"),
    },
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new ScaleControl({ maxWidth: 120 }), "bottom-left");
  map.addControl(new AttributionControl({ compact: false }), "bottom-right");
  return map;
}

/** Adds all layers; `tiles` is the address of the parcels, `null` where they cannot be read. */
export function addLayers(map: Map, facts: Facts, products: Products, added: Additions, tiles: string | null): void {
  addUnder(map, products.under ?? null);
  if (tiles) addParcels(map, facts, tiles);
  addSurroundings(map, facts, products);
  if (tiles) addChosenParcel(map, facts);
  addLabels(map);
  // Over the names, so that these make room for numbers.
  addAdded(map, added);
  addDrawn(map);
}

/** Shows what is chosen, but for what is gone under what is assumed. */
export function show(map: Map, facts: Facts, products: Products, view: View, gone: Gone): void {
  if (map.getSource("parcels")) showParcels(map, facts, view);
  showSurroundings(map, facts, products, view, gone);
  showAdded(map, (key) => isOn(key, view, facts));
  showUnder(map, isOn("under", view, facts) && view.base === "");
  showBackground(map, view.base);
}

/** What stands at a point of the screen: the index of a parcel, or a feature of another layer with its index. */
export function at(map: Map, point: { x: number; y: number }): { parcel: number | null; noted: { layer: string; index: number } | null } {
  const around: [[number, number], [number, number]] = [[point.x - 3, point.y - 3], [point.x + 3, point.y + 3]];
  const layers = [...ADDED_NOTED, ...NOTED].filter((id) => map.getLayer(id));
  const noted = map.queryRenderedFeatures(around, { layers });
  const first = layers.flatMap((id) => noted.filter((feature) => feature.layer.id === id))[0];
  const fills = PARCEL_FILLS.filter((id) => map.getLayer(id));
  const parcel = map.queryRenderedFeatures([point.x, point.y], { layers: fills })[0];
  return {
    parcel: typeof parcel?.id === "number" ? parcel.id - 1 : null,
    noted: first ? { layer: first.layer.id, index: Number(first.properties["index"]) } : null,
  };
}
