// Hostile names: shown as they are, and nothing of them done.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import { test } from '../cases.mjs';

test('hostile names are shown as text and do nothing', async ({ config, run, open, shot }) => {
  const { run: folder, names } = config.hostile;
  const hostile = run(folder);
  const html = readFileSync(hostile.map, 'utf8');
  assert.ok(!html.includes('window.hacked'), 'no name stands in the file as it is');
  const scripts = (await (await open(run(config.small).map)).page.evaluate('document.scripts.length'));
  const map = await open(hostile.map);
  const has = (selector) => map.page.evaluate(`[...document.querySelectorAll('${selector}')].map((one) => one.textContent)`);
  assert.ok((await map.page.evaluate('document.title')).includes(names[0]), 'the name of the run is in the title');
  assert.deepEqual(await has('#name'), [names[0]]);
  for (const name of names) {
    const parcel = hostile.parcels.find(({ properties }) => properties.kyoten_id === name);
    assert.ok(parcel, name);
    await map.page.evaluate(`document.querySelector('#search').value = ''`);
    await map.page.clickOn('#search');
    await map.page.type(name);
    await map.page.waitFor(`document.querySelector('#hits li .what')?.textContent === ${JSON.stringify(name)}`);
    await map.page.key('Enter');
    await map.page.waitFor(`document.querySelector('#parcel h2')?.textContent === ${JSON.stringify(name)}`);
    const { columns } = await map.panel();
    for (const column of ['kyoten_id', 'station', 'any_stop', 'facility']) {
      const shown = columns[column];
      assert.ok(shown === 'null' || names.includes(shown), `${column}: ${shown}`);
    }
  }
  await shot('hostile');
  await notes(map, hostile, names);
  await map.page.clickOn('#open-about');
  await map.page.waitFor(`document.querySelector('#about').open`);
  const about = await map.page.evaluate(`document.querySelector('#about').textContent`);
  for (const name of [names[1], names[2]]) assert.ok(about.includes(name), `${name} in the notes of the run`);
  await shot('hostile-about');
  assert.equal(await map.page.evaluate('window.hacked'), undefined);
  assert.equal(await map.page.evaluate('document.scripts.length'), scripts);
  assert.equal(await map.page.evaluate(`document.querySelectorAll('[onerror], [onload], svg[onload], img[src=x]').length`), 0);
  assert.deepEqual(map.problems(), []);
  assert.deepEqual(map.page.requestsOutside(), []);
});

/** A click on facilities and stops opens a note with their names. */
async function notes(map, hostile, names) {
  await map.page.key('Escape');
  for (const file of ['facilities.geojson', 'stops.geojson']) {
    const features = hostile.layer(file).features.filter(({ geometry }) => geometry?.type === 'Point');
    for (const { geometry, properties } of features.slice(0, 4)) {
      await map.jump(geometry.coordinates, 19);
      await map.clickAt(geometry.coordinates);
      await map.page.waitFor(`!!document.querySelector('.maplibregl-popup h3')`);
      const title = await map.page.evaluate(`document.querySelector('.maplibregl-popup h3').textContent`);
      assert.ok(names.includes(title), `${file}: ${title} for ${properties.name}`);
      await map.page.key('Escape');
      await map.page.waitFor(`!document.querySelector('.maplibregl-popup')`);
    }
  }
}
