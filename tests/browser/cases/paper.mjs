// Print: a page with the map on it.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';

import { test } from '../cases.mjs';

/** The pictures of a PDF that are packed without loss: size and number of colours. */
function pictures(pdf) {
  const found = [];
  const text = pdf.toString('latin1');
  for (const { index, 0: head } of text.matchAll(/<<[^<>]*\/Subtype\s*\/Image[^<>]*>>\s*stream\r?\n/g)) {
    const number = (key) => Number(head.match(new RegExp(`/${key}\\s+(\\d+)`))?.[1]);
    if (!/\/FlateDecode/.test(head) || /\/DeviceGray/.test(head)) continue;
    const start = index + head.length;
    const raw = inflateSync(pdf.subarray(start, start + number('Length')));
    const colours = new Set();
    for (let at = 0; at + 2 < raw.length; at += 3) colours.add(raw.readUIntBE(at, 3));
    found.push({ width: number('Width'), height: number('Height'), colours: colours.size });
  }
  return found;
}

test('the page prints with its map', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  const pdf = await map.page.pdf({ landscape: true, preferCSSPageSize: true });
  if (process.env.KYOTEN_SHOTS) writeFileSync(`${process.env.KYOTEN_SHOTS}/paper.pdf`, pdf);
  const largest = pictures(pdf).sort((a, b) => b.width * b.height - a.width * a.height)[0];
  assert.ok(largest && largest.width >= 400 && largest.height >= 250, `a picture of the map: ${JSON.stringify(largest)}`);
  assert.ok(largest.colours > 20, `${largest.colours} colours`);
  const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length;
  assert.ok(pages <= 2, `${pages} pages`);
  // Afterwards the screen is as it was.
  assert.equal(await map.page.evaluate(`document.body.classList.contains('printing')`), false);
  assert.deepEqual(map.problems(), []);
  return `${pages} page(s), the map ${largest.width} × ${largest.height} with ${largest.colours} colours`;
});

test('the button prints a map of finer grain', async ({ config, run, open, shot }) => {
  const map = await open(run(config.small).map);
  await map.page.evaluate(`window.print = () => {
    const canvas = window.kyoten.map.getCanvas();
    window.printed = { width: canvas.width, shown: canvas.clientWidth, foot: document.querySelector('#sheet-foot').textContent };
  }`);
  await map.page.clickOn('#print');
  const { width, shown, foot } = await map.page.waitFor('window.printed', 20_000);
  assert.ok(width >= 2.5 * shown, `${width} of ${shown}`);
  assert.ok(foot.includes('parcels.geojson'), foot);
  await map.page.waitFor(`!document.body.classList.contains('printing')`);
  await map.idle();
  await shot('after-print');
  assert.deepEqual(map.problems(), []);
});
