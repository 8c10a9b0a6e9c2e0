/** Marks drawn on a canvas, for the map and the legend. */

/** The mark of a facility: a house in a white-edged square that stands on a corner. */
export function drawMark(context: CanvasRenderingContext2D, colour: string, side: number): void {
  const half = side / 2;
  context.beginPath();
  context.moveTo(half, 1);
  context.lineTo(side - 1, half);
  context.lineTo(half, side - 1);
  context.lineTo(1, half);
  context.closePath();
  context.fillStyle = colour;
  context.strokeStyle = "#ffffff";
  context.lineWidth = 1.6;
  context.fill();
  context.stroke();
  context.beginPath();
  const unit = side / 22;
  context.moveTo(half, half - 4.6 * unit);
  context.lineTo(half + 4.6 * unit, half - 0.4 * unit);
  context.lineTo(half + 3.2 * unit, half - 0.4 * unit);
  context.lineTo(half + 3.2 * unit, half + 3.8 * unit);
  context.lineTo(half - 3.2 * unit, half + 3.8 * unit);
  context.lineTo(half - 3.2 * unit, half - 0.4 * unit);
  context.lineTo(half - 4.6 * unit, half - 0.4 * unit);
  context.closePath();
  context.fillStyle = "#ffffff";
  context.fill();
}

/** The mark as an image for the map. */
export function markImage(colour: string, ratio: number): ImageData | null {
  const side = 22;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = side * ratio;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return null;
  context.scale(ratio, ratio);
  drawMark(context, colour, side);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
