// Opening: from disk, alone, and again by its address.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { Browser } from '../chromium.mjs';
import { MapPage } from '../map_page.mjs';
import { ZONES } from '../run.mjs';

test('the page opens from disk without an error and without the network', async ({ config, run, open, shot }) => {
  const map = await open(run(config.small).map);
  await shot('small');
  const { colours } = await map.picture();
  assert.ok(colours > 20, `the map has ${colours} colours`);
  await map.page.clickOn('#open-about');
  await map.page.waitFor(`document.querySelector('#about').open`);
  await shot('about');
  await map.page.key('Escape');
  await map.page.clickOn('#tab-whatif');
  await shot('what-if');
  assert.deepEqual(map.problems(), []);
  assert.deepEqual(map.page.requestsOutside(), []);
  return `ready after ${await map.readyAfter()} ms`;
});

test('the counts of the page are those of the run', async ({ config, run, open }) => {
  const small = run(config.small);
  const map = await open(small.map);
  const counts = await map.counts();
  for (const zone of ZONES) {
    const { needs_run, ...told } = counts[zone];
    assert.ok(!needs_run);
    const wanted = { eligible: 0, prospective: 0, undetermined: 0, ineligible: 0, ...small.counts(zone) };
    assert.deepEqual(told, wanted, zone);
    await map.chooseZone(zone);
    const legend = await map.legend();
    assert.deepEqual(Object.values(legend), Object.values(wanted), zone);
  }
});

test('the address brings back what was chosen', async ({ config, run, open }) => {
  const map = await open(run(config.small).map);
  await map.chooseZone('senior');
  await map.page.clickOn('#language');
  await map.turn('labels');
  await map.page.evaluate(`window.kyoten.setThreshold('membership', 0.25)`);
  await map.page.evaluate(`window.kyoten.select('1-1')`);
  await map.idle();
  // Written a moment after the last change.
  await map.page.waitFor(`location.hash.includes('lot=') && location.hash.includes('membership=')`);
  const before = { address: await map.address(), counts: await map.counts(), panel: await map.panel() };
  assert.equal(before.address.zone, 'senior');
  const again = await open(run(config.small).map, { hash: await map.page.evaluate('location.hash') });
  // What is assumed is judged a moment later.
  await again.page.waitFor(`window.kyoten.counts().senior.eligible === ${before.counts.senior.eligible}`);
  assert.deepEqual({ address: await again.address(), counts: await again.counts(), panel: await again.panel() }, before);
});

test('without WebGL the page says so and still tells of parcels', async ({ config, run }) => {
  const browser = await Browser.launch({ flags: ['--disable-3d-apis'] });
  try {
    const map = await MapPage.open(browser, run(config.small).map, { drawn: false });
    const text = await map.page.waitFor(`document.querySelector('#stage .message')?.innerText`);
    assert.match(text, /WebGL/);
    await map.page.evaluate(`void window.kyoten.select('1-1')`);
    assert.equal((await map.panel()).title, '1-1');
  } finally {
    await browser.close();
  }
});
