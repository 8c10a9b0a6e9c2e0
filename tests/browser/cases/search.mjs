// Search by number and by name, and the language of the page.

import assert from 'node:assert/strict';

import { test } from '../cases.mjs';
import { inside } from '../run.mjs';

/** Digits and hyphens as a Japanese keyboard gives them. */
function fullWidth(text) {
  return text.replaceAll(/[0-9]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).replaceAll('-', '－');
}

test('a parcel is found by its number, in digits of any width', async ({ config, run, open, shot }) => {
  const small = run(config.small);
  const map = await open(small.map);
  const ids = small.parcels.map(({ properties }) => properties.kyoten_id);
  const unique = small.parcels.filter((parcel, index) => inside(parcel) && ids.indexOf(ids[index]) === ids.lastIndexOf(ids[index]));
  for (const [parcel, write] of [[unique[0], (id) => id], [unique[700], fullWidth], [unique[2000], (id) => ` ${fullWidth(id)}　`]]) {
    const id = parcel.properties.kyoten_id;
    await map.page.evaluate(`document.querySelector('#search').value = ''`);
    await map.page.clickOn('#search');
    await map.page.type(write(id));
    const first = await map.page.waitFor(`document.querySelector('#hits li .what')?.textContent`);
    assert.equal(first, id);
    await shot('search');
    await map.page.key('Enter');
    await map.page.waitFor(`document.querySelector('#parcel h2')?.textContent === ${JSON.stringify(id)}`);
    await map.idle();
    const [x, y] = await map.at(inside(parcel));
    const seen = await map.page.evaluate(`!!document.elementFromPoint(${x}, ${y})?.closest('#map')`);
    assert.ok(seen, `${id} is in view, at ${x}, ${y}`);
  }
  await map.page.evaluate(`document.querySelector('#search').value = ''`);
  await map.page.clickOn('#search');
  await map.page.type('丁目のない番号');
  await map.page.waitFor(`!!document.querySelector('#hits li.none')`);
  assert.deepEqual(map.problems(), []);
});

/** The hits that are shown: name and kind. */
function hits(map) {
  return map.page.evaluate(`[...document.querySelectorAll('#hits li:not(.none)')].map((hit) => [hit.querySelector('.what').textContent, hit.querySelector('.kind').textContent])`);
}

async function look(map, words) {
  await map.page.evaluate(`document.querySelector('#search').value = ''; document.querySelector('#hits').replaceChildren()`);
  await map.page.clickOn('#search');
  await map.page.type(words);
  await map.page.waitFor(`document.querySelectorAll('#hits li').length > 0`);
  return hits(map);
}

test('a number is found in every way in which people write it', async ({ config, run, open }) => {
  const small = run(config.small);
  const map = await open(small.map, { hash: '#lang=ja' });
  const ids = small.parcels.map(({ properties }) => properties.kyoten_id);
  const id = ids.find((one, index) => index > 900 && /^\d+-\d+$/.test(one) && ids.indexOf(one) === ids.lastIndexOf(one));
  const [number, branch] = id.split('-');
  for (const way of [id, `${number}番${branch}`, `${number}番地${branch}`, `${number}番地の${branch}`, `${number}の${branch}`, fullWidth(id), `${fullWidth(number)}番地${fullWidth(branch)}`]) {
    assert.deepEqual((await look(map, way))[0], [id, '筆・敷地'], way);
  }
  assert.deepEqual(map.problems(), []);
  return id;
});

for (const [device, size] of [['a screen', undefined], ['a phone', { width: 390, height: 844 }]]) {
  test(`stations, stops, facilities and candidate zones are found by name or id, on ${device}`, async ({ config, run, open, shot }) => {
    const small = run(config.small);
    const map = await open(small.map, { size, hash: '#lang=ja' });
    const named = (file, is) => small.layer(file).features.map(({ properties }) => properties).find(is);
    const station = named('stops.geojson', ({ kind, name }) => kind === 'rail' && name);
    const stop = named('stops.geojson', ({ kind, name }) => kind === 'bus' && name);
    const facility = named('facilities.geojson', ({ name }) => name);
    const zone = named('zones.geojson', ({ zone }) => zone === 'local');
    const wanted = [[`${station.name}駅`, station.name, '鉄道駅'], [stop.name, stop.name, 'バス停'], [facility.name, facility.name, '高齢者交流施設'], [zone.id, `生活拠点区域 ${zone.id}`, '候補区域']];
    for (const [words, what, kind] of wanted) {
      const found = await look(map, words);
      assert.ok(found.some((hit) => hit[0] === what && hit[1] === kind), `${words}: ${JSON.stringify(found)}`);
      // By keys, down to it.
      const at = found.findIndex((hit) => hit[0] === what && hit[1] === kind);
      for (let step = 0; step < at; step++) await map.page.key('ArrowDown');
      assert.equal(await map.page.evaluate(`document.querySelector('#hits [aria-selected=true] .what').textContent`), what);
      await shot(`search-${device.replace(' ', '-')}-${kind}`);
      await map.page.key('Enter');
      const note = await map.page.waitFor(`document.querySelector('.maplibregl-popup .note')?.innerText`);
      assert.ok(note.includes(kind === '候補区域' ? '生活拠点区域' : what), note);
      assert.equal(await map.page.evaluate(`document.querySelector('#hits').hidden`), true);
      await map.idle();
    }
    assert.equal((await map.address()).zone, 'local');
    assert.deepEqual(map.problems(), []);
  });
}

test('the language changes all words and back', async ({ config, run, open, shot }) => {
  const map = await open(run(config.small).map);
  const texts = () => map.page.evaluate(`(() => {
    const first = document.querySelector('#head').innerText + document.querySelector('#side').innerText;
    return first + document.querySelector('#parcel').innerText + document.title + document.documentElement.lang;
  })()`);
  await map.page.evaluate(`window.kyoten.select('1-1')`);
  await map.panel();
  await map.idle();
  const japanese = await texts();
  await map.page.clickOn('#language');
  await map.page.waitFor(`document.documentElement.lang === 'en'`);
  await map.idle();
  const english = await texts();
  await shot('english');
  await map.page.waitFor(`location.hash.includes('lang=en')`);
  for (const [word, text] of [['中心拠点区域', japanese], ['central', english], ['基準値', japanese], ['What if', english]]) {
    assert.ok(text.includes(word), word);
  }
  assert.ok(!english.includes('凡例') && !english.includes('検索'));
  await map.page.clickOn('#language');
  await map.page.waitFor(`document.documentElement.lang === 'ja'`);
  await map.idle();
  assert.equal(await texts(), japanese);
  assert.deepEqual(map.problems(), []);
});
