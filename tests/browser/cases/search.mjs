// Search by number, and the language of the page.

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
    const first = await map.page.waitFor(`document.querySelector('#hits li')?.textContent`);
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
