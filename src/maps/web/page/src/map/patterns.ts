/**
 * Patterns, drawn on canvases: the second cue beside colour, on the map and in the legend alike.
 */

import { NEEDS_RUN, PROSPECTIVE, UNDETERMINED, type Status } from "../data/facts.ts";

/** The look of parcels that need a run: of the palette of Okabe and Ito, and of no status. */
export const NEEDS_RUN_COLOUR = "#cc79a7";

/** What asks for attention. */
export const CONFLICT_COLOUR = "#d55e00";

/** Colours of the places of criteria, in the catalogue's order; none is that of a status. */
const PLACE_COLOURS = [
  "#00785a", "#8a3fa0", "#7a5c00", "#5c6670", "#b0306a", "#3f4fb0", "#4f7a12", "#a0481c", "#0f6f86", "#6d3f8f",
];

/** The colour of the place of a criterion. */
export function placeColour(index: number): string {
  return PLACE_COLOURS[index % PLACE_COLOURS.length] ?? "#5c6670";
}

/** A pattern: the side of its tile, its ground and its marks. */
export interface Pattern {
  kind: "solid" | "hatch" | "cross" | "dots";
  ground: string | null;
  mark: string;
  side: number;
  weight: number;
}

/** How parcels of a status are filled. */
export function statusPattern(code: number, colour: string): Pattern {
  switch (code) {
    case PROSPECTIVE:
      return { kind: "dots", ground: mixed(colour, "#ffffff", 0.25), mark: mixed(colour, "#00253d", 0.7), side: 8, weight: 1.25 };
    case UNDETERMINED:
      return { kind: "hatch", ground: mixed(colour, "#ffffff", 0.55), mark: mixed(colour, "#5a3a00", 0.15), side: 8, weight: 1.5 };
    case NEEDS_RUN:
      return { kind: "cross", ground: mixed(NEEDS_RUN_COLOUR, "#ffffff", 0.72), mark: mixed(NEEDS_RUN_COLOUR, "#4a0f2f", 0.25), side: 9, weight: 1 };
    default:
      return { kind: "solid", ground: colour, mark: colour, side: 8, weight: 1 };
  }
}

/** How the place of a criterion is filled. */
export function placePattern(certainty: string, colour: string): Pattern {
  switch (certainty) {
    case "possible":
      return { kind: "hatch", ground: null, mark: colour, side: 10, weight: 1 };
    case "expected":
      return { kind: "dots", ground: null, mark: colour, side: 9, weight: 1.2 };
    default:
      return { kind: "solid", ground: `${colour}24`, mark: colour, side: 8, weight: 1 };
  }
}

/** Draws a pattern over the whole canvas, `ratio` device pixels to one of CSS. */
export function paint(canvas: HTMLCanvasElement, pattern: Pattern, ratio: number): CanvasRenderingContext2D | null {
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  const [width, height] = [canvas.width / ratio, canvas.height / ratio];
  context.clearRect(0, 0, width, height);
  if (pattern.ground) {
    context.fillStyle = pattern.ground;
    context.fillRect(0, 0, width, height);
  }
  context.strokeStyle = context.fillStyle = pattern.mark;
  context.lineWidth = pattern.weight;
  const { side } = pattern;
  if (pattern.kind === "hatch" || pattern.kind === "cross") {
    context.beginPath();
    for (let at = -height - side; at < width + height + side; at += side) {
      context.moveTo(at, height + 1);
      context.lineTo(at + height + 1, 0);
      if (pattern.kind === "cross") {
        context.moveTo(at, -1);
        context.lineTo(at + height + 1, height);
      }
    }
    context.stroke();
  } else if (pattern.kind === "dots") {
    for (let y = side / 2; y < height; y += side) {
      for (let x = side / 2; x < width; x += side) {
        context.beginPath();
        context.arc(x, y, pattern.weight, 0, 2 * Math.PI);
        context.fill();
      }
    }
  }
  return context;
}

/** One tile of a pattern, to be repeated by the map. */
export function patternImage(pattern: Pattern, ratio: number): ImageData | null {
  const side = pattern.side * ratio;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side;
  if (pattern.kind === "hatch" || pattern.kind === "cross") return seamless(canvas, pattern, ratio);
  return paint(canvas, pattern, ratio)?.getImageData(0, 0, side, side) ?? null;
}

/** Lines that go on from tile to tile: the middle of a larger drawing. */
function seamless(canvas: HTMLCanvasElement, pattern: Pattern, ratio: number): ImageData | null {
  const side = pattern.side * ratio;
  canvas.width = canvas.height = 3 * side;
  return paint(canvas, pattern, ratio)?.getImageData(side, side, side, side) ?? null;
}

/** The colour between two, `part` of the way to the second. */
export function mixed(from: string, to: string, part: number): string {
  const channel = (colour: string, at: number): number => Number.parseInt(colour.slice(1 + 2 * at, 3 + 2 * at), 16);
  const hex = [0, 1, 2].map((at) => {
    const value = Math.round(channel(from, at) * (1 - part) + channel(to, at) * part);
    return value.toString(16).padStart(2, "0");
  });
  return `#${hex.join("")}`;
}

/** The colour of lines around parcels of a status. */
export function borderColour(status: Pick<Status, "colour">, code: number): string {
  return code === 3 ? mixed(status.colour, "#000000", 0.22) : mixed(status.colour, "#000000", 0.38);
}
