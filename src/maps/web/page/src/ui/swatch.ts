/** Small pictures of what stands on the map, for the legend: drawn by the same code. */

import { drawMark } from "../map/marks.ts";
import { paint, type Pattern } from "../map/patterns.ts";

/** Device pixels to one of CSS. */
const RATIO = 2;
const WIDTH = 26;
const HEIGHT = 16;

function blank(): [HTMLCanvasElement, CanvasRenderingContext2D | null] {
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH * RATIO;
  canvas.height = HEIGHT * RATIO;
  canvas.className = "swatch";
  canvas.setAttribute("aria-hidden", "true");
  const context = canvas.getContext("2d");
  context?.scale(RATIO, RATIO);
  return [canvas, context];
}

/** An area with a pattern and a border. */
export function areaSwatch(pattern: Pattern, border: string): HTMLCanvasElement {
  const [canvas] = blank();
  const context = paint(canvas, pattern, RATIO);
  if (context) {
    context.strokeStyle = border;
    context.lineWidth = 1.5;
    context.strokeRect(0.75, 0.75, WIDTH - 1.5, HEIGHT - 1.5);
  }
  return canvas;
}

/** A line. */
export function lineSwatch(colour: string, dashes: number[] = []): HTMLCanvasElement {
  const [canvas, context] = blank();
  if (context) {
    context.strokeStyle = colour;
    context.lineWidth = 3;
    context.setLineDash(dashes);
    context.beginPath();
    context.moveTo(1, HEIGHT / 2);
    context.lineTo(WIDTH - 1, HEIGHT / 2);
    context.stroke();
  }
  return canvas;
}

/** Dots of growing size, the last one hollow. */
export function dotsSwatch(colour: string, sizes: number[]): HTMLCanvasElement {
  const [canvas, context] = blank();
  sizes.forEach((size, index) => {
    if (!context) return;
    context.beginPath();
    context.arc(5 + index * ((WIDTH - 10) / Math.max(1, sizes.length - 1)), HEIGHT / 2, size, 0, 2 * Math.PI);
    context.lineWidth = 1.8;
    context.strokeStyle = context.fillStyle = colour;
    if (index === sizes.length - 1) context.stroke();
    else context.fill();
  });
  return canvas;
}

/** A facility's mark. */
export function markSwatch(colour: string): HTMLCanvasElement {
  const [canvas, context] = blank();
  context?.translate((WIDTH - HEIGHT) / 2, 0);
  if (context) drawMark(context, colour, HEIGHT);
  return canvas;
}

/** A circle with a number in it, full or hollow. */
export function numberSwatch(colour: string, full: boolean): HTMLCanvasElement {
  const [canvas, context] = blank();
  if (!context) return canvas;
  context.beginPath();
  context.arc(WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 1, 0, 2 * Math.PI);
  context.lineWidth = 1.8;
  context.fillStyle = full ? colour : "#ffffff";
  context.strokeStyle = colour;
  context.fill();
  context.stroke();
  context.fillStyle = full ? "#ffffff" : colour;
  context.font = "bold 10px sans-serif";
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText("1", WIDTH / 2, HEIGHT / 2 + 0.5);
  return canvas;
}
