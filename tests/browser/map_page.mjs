// The page of a run in the browser: all that the cases know of its elements and of its hook `window.kyoten` stands here.

import { pathToFileURL } from 'node:url';

/** What the graphics card's stand-in says of itself is no problem of the page. */
const OF_THE_BROWSER = /GL Driver Message|GPU stall|fallback to software WebGL/;

export class MapPage {
  constructor(page) {
    this.page = page;
  }

  /** Opens a file or an address and waits until its parcels are drawn. `calm`: without movement, which takes time. */
  static async open(browser, where, { size, hash = '', drawn = true, calm = true } = {}) {
    const map = new MapPage(await browser.page(size));
    if (calm) await map.page.calm();
    await map.page.goto((where.startsWith('http') ? where : pathToFileURL(where).href) + hash);
    await map.page.waitFor('!!window.kyoten', 20_000);
    if (drawn) await map.page.evaluate('window.kyoten.ready');
    return map;
  }

  problems() {
    return this.page.problems.filter((problem) => !OF_THE_BROWSER.test(problem));
  }

  /** Milliseconds from the opening of the page until its parcels were drawn. */
  readyAfter() {
    return this.page.evaluate('window.kyoten.timings.idle');
  }

  counts() {
    return this.page.evaluate('window.kyoten.counts()');
  }

  /** The status ids of all parcels by zone, under what is assumed. */
  statuses(parcels) {
    return this.page.evaluate(
      `Promise.all(Array.from({ length: ${parcels} }, (_, parcel) => window.kyoten.status(parcel)))`,
    );
  }

  selected() {
    return this.page.evaluate('window.kyoten.selected()');
  }

  /** Moves at once to a place, and waits until all is drawn there. */
  async jump([lng, lat], zoom) {
    await this.page.evaluate(`(() => {
      const { map } = window.kyoten;
      const idle = new Promise((resolve) => map.once('idle', () => resolve()));
      map.jumpTo({ center: [${lng}, ${lat}], zoom: ${zoom} });
      map.triggerRepaint();
      return idle;
    })()`);
  }

  idle() {
    return this.page.evaluate(`(() => {
      const { map } = window.kyoten;
      const idle = new Promise((resolve) => map.once('idle', () => resolve()));
      map.triggerRepaint();
      return idle;
    })()`);
  }

  /** Where a place of the earth is on the page, CSS pixels. */
  at([lng, lat]) {
    return this.page.evaluate(`(() => {
      const { map } = window.kyoten;
      const { x, y } = map.project([${lng}, ${lat}]);
      const box = map.getCanvas().getBoundingClientRect();
      return [box.x + x, box.y + y];
    })()`);
  }

  async clickAt(place) {
    await this.page.click(...(await this.at(place)));
  }

  /** What is chosen but the camera, as the address has it. */
  async address() {
    const hash = await this.page.evaluate('location.hash');
    const told = new URLSearchParams(hash.slice(1));
    told.delete('map');
    return Object.fromEntries(told);
  }

  /** The layers that are shown, and what of, as one text. */
  layers() {
    return this.page.evaluate(`(() => {
      const { map } = window.kyoten;
      const shown = map.getLayersOrder().filter((id) => map.getLayoutProperty(id, 'visibility') !== 'none');
      return JSON.stringify(shown.map((id) => [id, map.getFilter(id)]));
    })()`);
  }

  /** What the map shows, as a number that is another for another picture, and how many colours it has. */
  async picture() {
    await this.idle();
    return this.page.evaluate(`(() => {
      const from = window.kyoten.map.getCanvas();
      const [width, height] = [Math.round(from.width / 2), Math.round(from.height / 2)];
      const context = new OffscreenCanvas(width, height).getContext('2d');
      context.drawImage(from, 0, 0, width, height);
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      let hash = 0;
      for (const pixel of pixels) hash = (Math.imul(hash, 31) + pixel) | 0;
      return { hash, colours: new Set(pixels).size };
    })()`);
  }

  /** The checkboxes of the legend. */
  switches() {
    return this.page.evaluate(`(() => {
      document.querySelectorAll('#legend details').forEach((details) => { details.open = true; });
      return [...document.querySelectorAll('#legend input[type=checkbox]')].map((box) => box.dataset.key);
    })()`);
  }

  turn(key) {
    return this.page.clickOn(`#legend input[data-key="${key}"]`);
  }

  async chooseZone(zone) {
    await this.page.clickOn(`#zones input[value="${zone}"] + span`);
  }

  /** The amounts of the legend by its switch: what stands before the word for parcels. */
  legend() {
    return this.page.evaluate(`Object.fromEntries([...document.querySelectorAll('#legend input[data-key^="lots."]')]
      .map((box) => [box.dataset.key, Number(box.closest('label').querySelector('.amount b').textContent.replaceAll(',', ''))]))`);
  }

  /** The panel of the chosen parcel: its title, and all columns as they are shown. */
  async panel() {
    await this.page.waitFor(`!document.querySelector('#parcel').hidden && !!document.querySelector('#parcel h2')`);
    return this.page.evaluate(`(() => {
      const lines = [...document.querySelectorAll('#parcel table.columns tr')];
      const columns = lines.map((line) => [line.querySelector('code').textContent, line.querySelector('td').textContent]);
      const criteria = [...document.querySelectorAll('#parcel > ol.criteria > li')].map((item) => item.innerText);
      return { title: document.querySelector('#parcel h2').textContent, columns: Object.fromEntries(columns), criteria };
    })()`);
  }

  panelIsOpen() {
    return this.page.evaluate(`!document.querySelector('#parcel').hidden`);
  }

  /** Ends what is assumed and assumes these thresholds, as a script does. */
  async assume(thresholds) {
    await this.page.evaluate('window.kyoten.reset()');
    for (const [key, value] of Object.entries(thresholds)) {
      await this.page.evaluate(`window.kyoten.setThreshold('${key}', ${value})`);
    }
  }

  async close() {
    await this.page.close();
  }
}
