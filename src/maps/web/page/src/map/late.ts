/**
 * Layers that are large and seldom looked at: the places of criteria, and the circles around facilities. They are
 * added when they are first turned on, so that the page opens without them.
 */

import type { ExpressionSpecification, Map } from "maplibre-gl";

import type { Facts } from "../data/facts.ts";
import { PARCEL_FILLS } from "./parcels.ts";
import { CONFLICT_COLOUR, patternImage, placeColour, placePattern } from "./patterns.ts";
import type { Products } from "./places.ts";

const RATIO = 2;

const CERTAINTIES = ["sure", "possible", "expected"] as const;

/** The places of criteria lie below this layer, circles below that. */
const ABOVE_PLACES = "zone-undetermined-casing";
const ABOVE_CIRCLES = "facilities-points";

function visible(map: Map, id: string, on: boolean): void {
  if (map.getLayer(id)) map.setLayoutProperty(id, "visibility", on ? "visible" : "none");
}

/** The layer to put a tint below: over the parcels it would change the colours of their statuses. */
export function belowParcels(map: Map, otherwise: string): string {
  return PARCEL_FILLS.find((id) => map.getLayer(id)) ?? otherwise;
}

/** Shows the places of the criteria that `on` tells of. */
export function showPlaces(map: Map, facts: Facts, products: Products, on: (criterion: string) => boolean): void {
  const wanted = facts.criteria.some(({ id }) => on(id));
  if (wanted && products.places.given && !map.getSource("places")) addPlaces(map, facts, products);
  for (const { id } of facts.criteria) {
    for (const certainty of CERTAINTIES) {
      visible(map, `place-${id}-${certainty}-fill`, on(id));
      visible(map, `place-${id}-${certainty}-line`, on(id));
    }
  }
}

function addPlaces(map: Map, facts: Facts, products: Products): void {
  map.addSource("places", { type: "geojson", data: products.places.all(), tolerance: 0.2 });
  const below = belowParcels(map, ABOVE_PLACES);
  facts.criteria.forEach(({ id }, index) => {
    const colour = placeColour(index);
    for (const certainty of CERTAINTIES) {
      const filter: ExpressionSpecification = ["all", ["==", ["get", "criterion"], id], ["==", ["get", "certainty"], certainty]];
      const pattern = placePattern(certainty, colour);
      const image = pattern.kind === "solid" ? null : patternImage(pattern, RATIO);
      const name = `place-${id}-${certainty}`;
      if (image) map.addImage(name, image, { pixelRatio: RATIO });
      const fill = image ? { "fill-pattern": name } : { "fill-color": colour, "fill-opacity": 0.14 };
      const sure = certainty === "sure";
      map.addLayer({ id: `${name}-fill`, type: "fill", source: "places", filter, paint: fill }, sure ? below : ABOVE_PLACES);
      const line = { "line-color": colour, "line-width": sure ? 2 : 1.2, ...(sure ? {} : { "line-dasharray": [2, 2] }) };
      map.addLayer({ id: `${name}-line`, type: "line", source: "places", filter, paint: line }, ABOVE_PLACES);
    }
  });
}

/** Shows the circles around facilities, or hides them. */
export function showCircles(map: Map, products: Products, on: boolean, facility: string): void {
  if (on && products.circles.given && !map.getSource("circles")) addCircles(map, products, facility);
  for (const id of ["circles-fill", "circles-line"]) visible(map, id, on);
}

function addCircles(map: Map, products: Products, facility: string): void {
  const conflict: ExpressionSpecification = ["==", ["get", "conflict"], true];
  const colour: ExpressionSpecification = ["case", conflict, CONFLICT_COLOUR, facility];
  map.addSource("circles", { type: "geojson", data: products.circles.all(), tolerance: 0.1 });
  const fill = { "fill-color": CONFLICT_COLOUR, "fill-opacity": 0.06 };
  map.addLayer({ id: "circles-fill", type: "fill", source: "circles", filter: conflict, paint: fill }, belowParcels(map, ABOVE_CIRCLES));
  const line = { "line-color": colour, "line-width": 1.8, "line-dasharray": [4, 2] };
  map.addLayer({ id: "circles-line", type: "line", source: "circles", paint: line }, ABOVE_CIRCLES);
}
