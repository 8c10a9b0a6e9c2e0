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

/** The size of the pages of a PDF, millimetres. */
function sizes(pdf) {
  const boxes = [...pdf.toString('latin1').matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)];
  return boxes.map(([, ...points]) => points.map((one) => Math.round((Number(one) / 72) * 25.4)));
}

for (const [paper, size, hash] of [['A4', [297, 210], ''], ['A3', [420, 297], '&paper=A3']]) {
  test(`${paper} is ${paper}, with map, legend, scale and sources, and without controls`, async ({ config, run, open }) => {
    const map = await open(run(config.small).map, { size: { width: 1440, height: 900 }, hash: `#lang=ja${hash}` });
    await map.page.evaluate(`addEventListener('beforeprint', () => {
      const seen = (selector) => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length > 0);
      const sheet = document.body.getBoundingClientRect();
      const within = ['#sheet-title', '#legend', '#frame', '#sheet-foot'].every((selector) => {
        const box = document.querySelector(selector).getBoundingClientRect();
        return box.width > 0 && box.height > 0 && box.right <= sheet.right + 1 && box.bottom <= sheet.bottom + 1;
      });
      window.printed = {
        within,
        controls: seen('#head, .tabs, #whole, .maplibregl-ctrl-top-right, #legend input, #legend select, #banner button'),
        bar: document.querySelector('.maplibregl-ctrl-scale').textContent,
        scale: document.querySelector('#sheet-scale').textContent,
        foot: document.querySelector('#sheet-foot').textContent,
        map: document.querySelector('#frame').clientWidth / document.body.clientWidth,
      };
    })`);
    const pdf = await map.page.pdf({ preferCSSPageSize: true });
    if (process.env.KYOTEN_SHOTS) writeFileSync(`${process.env.KYOTEN_SHOTS}/paper-${paper}.pdf`, pdf);
    assert.deepEqual(sizes(pdf), [size]);
    const { within, controls, bar, scale, foot, map: share } = await map.page.evaluate('window.printed');
    assert.ok(within && !controls && share > 0.7, JSON.stringify({ within, controls, share }));
    assert.match(bar, /\d+\s*k?m/);
    assert.match(scale, new RegExp(`1:[\\d,]+.*${paper}`));
    assert.ok(foot.includes('parcels.geojson') && foot.includes('基準値'), foot);
    assert.deepEqual(map.problems(), []);
    return `${sizes(pdf)[0].join(' × ')} mm, ${scale}`;
  });
}

test('the size of the paper is chosen beside the button, and kept in the address', async ({ config, run, open, shot }) => {
  const map = await open(run(config.small).map, { size: { width: 1440, height: 900 } });
  await map.page.evaluate(`(() => {
    const paper = document.querySelector('#paper');
    paper.value = 'A3';
    paper.dispatchEvent(new Event('change'));
  })()`);
  await map.page.waitFor(`location.hash.includes('paper=A3')`);
  assert.match(await map.page.evaluate(`document.querySelector('#page-size').textContent`), /size: A3 landscape/);
  await shot('paper-chosen');
  assert.deepEqual(map.problems(), []);
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
