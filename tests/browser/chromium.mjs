// Drives Chromium over the DevTools protocol, through a pipe: messages of JSON, each ended by a NUL, on the file
// descriptors 3 (to the browser) and 4 (from it). Nothing but Node is needed.
// The protocol: https://chromedevtools.github.io/devtools-protocol/

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where Chromium is: `$KYOTEN_CHROMIUM`, else the first that the path holds; `undefined` where there is none. */
export function findChromium() {
  const named = process.env.KYOTEN_CHROMIUM;
  if (named) return existsSync(named) ? named : undefined;
  const folders = (process.env.PATH ?? '').split(':');
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path));
}

const FLAGS = [
  '--headless',
  '--remote-debugging-pipe',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-quic',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--metrics-recording-only',
  '--mute-audio',
  '--password-store=basic',
  '--use-mock-keychain',
  // WebGL without a graphics card.
  '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader',
  '--ignore-gpu-blocklist',
  '--lang=ja',
  '--accept-lang=ja',
  // No name leads anywhere: what asks the network fails, besides being seen.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** A running Chromium with a profile of its own, which is gone afterwards. */
export class Browser {
  #process;
  #profile;
  #pipe;
  #waiting = new Map();
  #sessions = new Map();
  #next = 1;
  #rest = '';
  #ended = false;

  /** Starts it, with flags of one's own after those that every test needs. */
  static async launch({ program = findChromium(), flags = [] } = {}) {
    if (!program) throw new Error('no chromium, chromium-browser or google-chrome on the path');
    const browser = new Browser();
    await browser.#start(program, flags);
    return browser;
  }

  async #start(program, more) {
    this.#profile = mkdtempSync(join(tmpdir(), 'kyoten-chromium-'));
    const flags = [...FLAGS, `--user-data-dir=${this.#profile}`, ...more];
    if (process.getuid?.() === 0) flags.push('--no-sandbox');
    // A group of its own, so that its helpers end with it.
    this.#process = spawn(program, flags, { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'], detached: true });
    process.once('exit', () => this.#kill());
    this.#process.once('error', (error) => this.#end(`${program} cannot be started: ${error.message}`));
    this.#process.once('exit', (code, signal) => this.#end(`chromium ended (${signal ?? code})`));
    this.#pipe = this.#process.stdio[3];
    this.#pipe.on('error', () => this.#end('chromium closed its pipe'));
    const answers = this.#process.stdio[4];
    answers.setEncoding('utf8');
    answers.on('error', () => {});
    answers.on('data', (text) => this.#read(text));
    this.version = (await this.send('Browser.getVersion')).product;
  }

  #read(text) {
    const parts = (this.#rest + text).split('\0');
    this.#rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      if (message.id === undefined) {
        this.#sessions.get(message.sessionId)?.(message.method, message.params);
        continue;
      }
      const { resolve, reject, method } = this.#waiting.get(message.id) ?? {};
      this.#waiting.delete(message.id);
      if (message.error) reject?.(new Error(`${method}: ${message.error.message}`));
      else resolve?.(message.result);
    }
  }

  /** Sends a command, to the browser or to a session of it. */
  send(method, params = {}, sessionId = undefined) {
    if (this.#ended) return Promise.reject(new Error(`${method}: ${this.#ended}`));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject, method });
      this.#pipe.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    });
  }

  /** Calls `listener(method, params)` for every event of a session. */
  listen(sessionId, listener) {
    this.#sessions.set(sessionId, listener);
  }

  /** Opens a page of this size, in CSS pixels. */
  async page({ width = 1024, height = 640 } = {}) {
    const { targetId } = await this.send('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    const page = new Page(this, sessionId, targetId);
    await page.start(width, height);
    return page;
  }

  #end(why) {
    this.#ended ||= why;
    for (const { reject, method } of this.#waiting.values()) reject(new Error(`${method}: ${why}`));
    this.#waiting.clear();
  }

  #kill() {
    if (this.#process?.pid && this.#process.exitCode === null && this.#process.signalCode === null) {
      try {
        process.kill(-this.#process.pid, 'SIGKILL');
      } catch {
        // It has just ended by itself.
      }
    }
    rmSync(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ends it and removes its profile. */
  async close() {
    const gone = new Promise((resolve) => this.#process.once('exit', resolve));
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      process.kill(-this.#process.pid, 'SIGKILL');
      await gone;
    }
    this.#kill();
  }
}

/** A page: what it shows, what it asks of the network, and what it says. */
export class Page {
  /** Every request of the page and its workers: `{ url, range, type }`. */
  requests = [];
  /** Errors and warnings of the console, exceptions that nobody caught, dialogues that opened. */
  problems = [];
  constructor(browser, session, target) {
    this.browser = browser;
    this.session = session;
    this.target = target;
  }

  send(method, params = {}, session = this.session) {
    return this.browser.send(method, params, session);
  }

  async start(width, height) {
    await this.#watch(this.session);
    await this.send('Page.enable');
    await this.send('Performance.enable');
    await this.send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: false });
    await this.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  }

  async #watch(session) {
    this.browser.listen(session, (method, params) => this.#event(method, params, session));
    const rest = ['Runtime.enable', 'Network.enable', 'Log.enable'].map((method) => this.send(method, {}, session));
    // Not every kind of worker knows every domain.
    await Promise.all(rest.map((sent) => sent.catch(() => {})));
    const attach = { autoAttach: true, waitForDebuggerOnStart: true, flatten: true };
    await this.send('Target.setAutoAttach', attach, session).catch(() => {});
  }

  async #event(method, params, session) {
    switch (method) {
      case 'Target.attachedToTarget':
        await this.#watch(params.sessionId);
        await this.send('Runtime.runIfWaitingForDebugger', {}, params.sessionId).catch(() => {});
        break;
      case 'Network.requestWillBeSent': {
        const { url, headers } = params.request;
        this.requests.push({ url, range: headers.Range ?? headers.range, type: params.type });
        break;
      }
      case 'Network.webSocketCreated':
        this.requests.push({ url: params.url, type: 'WebSocket' });
        break;
      case 'Runtime.exceptionThrown': {
        const { exception, text } = params.exceptionDetails;
        this.problems.push(`exception: ${exception?.description ?? text}`);
        break;
      }
      case 'Runtime.consoleAPICalled':
        if (['error', 'warning', 'assert'].includes(params.type)) {
          this.problems.push(`console.${params.type}: ${params.args.map((one) => one.value ?? one.description).join(' ')}`);
        }
        break;
      case 'Log.entryAdded':
        if (['error', 'warning'].includes(params.entry.level)) {
          this.problems.push(`log.${params.entry.level}: ${params.entry.text} ${params.entry.url ?? ''}`.trim());
        }
        break;
      case 'Page.javascriptDialogOpening':
        this.problems.push(`dialogue: ${params.message}`);
        await this.send('Page.handleJavaScriptDialog', { accept: false }, session).catch(() => {});
        break;
    }
  }

  /** Says to pages that their reader wants no movement. */
  async calm() {
    const features = [{ name: 'prefers-reduced-motion', value: 'reduce' }];
    await this.send('Emulation.setEmulatedMedia', { features });
  }

  /** Opens an address and waits until it is loaded. */
  async goto(url) {
    const { errorText } = await this.send('Page.navigate', { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    await this.waitFor(`location.href !== 'about:blank' && document.readyState === 'complete'`, 30_000);
  }

  /** The value of an expression in the page; of a promise, what it comes to. */
  async evaluate(expression) {
    const options = { expression, returnByValue: true, awaitPromise: true, userGesture: true };
    const { result, exceptionDetails } = await this.send('Runtime.evaluate', options);
    if (exceptionDetails) {
      throw new Error(`${expression}: ${exceptionDetails.exception?.description ?? exceptionDetails.text}`);
    }
    return result.value;
  }

  /** Calls a function in the page with values that JSON can hold. */
  call(work, ...values) {
    return this.evaluate(`(${work})(...${JSON.stringify(values)})`);
  }

  /** Waits until an expression is true in the page and returns its value. */
  async waitFor(expression, patience = 10_000) {
    const end = Date.now() + patience;
    let last;
    while (Date.now() < end) {
      try {
        const value = await this.evaluate(expression);
        if (value) return value;
        last = undefined;
      } catch (error) {
        last = error;
      }
      await sleep(20);
    }
    throw new Error(`waited ${patience} ms for ${expression}${last ? `: ${last.message}` : ''}`);
  }

  async #mouse(type, x, y, more = {}) {
    await this.send('Input.dispatchMouseEvent', { type, x, y, ...more });
  }

  async move(x, y) {
    await this.#mouse('mouseMoved', x, y);
  }

  /** Clicks at a place of the page, in CSS pixels. */
  async click(x, y) {
    const button = { button: 'left', clickCount: 1 };
    await this.#mouse('mouseMoved', x, y);
    await this.#mouse('mousePressed', x, y, { ...button, buttons: 1 });
    await this.#mouse('mouseReleased', x, y, button);
  }

  /** Clicks twice at a place, as a double click. */
  async twice(x, y) {
    await this.click(x, y);
    const button = { button: 'left', clickCount: 2 };
    await this.#mouse('mousePressed', x, y, { ...button, buttons: 1 });
    await this.#mouse('mouseReleased', x, y, button);
  }

  /** Clicks in the middle of the element that a selector finds, once it is in view. */
  async clickOn(selector) {
    const place = await this.call((selector) => {
      const element = document.querySelector(selector);
      if (!element) return null;
      element.scrollIntoView({ block: 'center', inline: 'nearest' });
      const box = element.getBoundingClientRect();
      return [box.x + box.width / 2, box.y + box.height / 2, box.width * box.height];
    }, selector);
    if (!place || place[2] === 0) throw new Error(`nothing to click on: ${selector}`);
    await this.click(place[0], place[1]);
  }

  /** Touches the page at a place with one finger, moves it to others, and lets go. */
  async touch(...places) {
    const touch = (type, touchPoints) => this.send('Input.dispatchTouchEvent', { type, touchPoints });
    for (const [index, [x, y]] of places.entries()) await touch(index === 0 ? 'touchStart' : 'touchMove', [{ x, y }]);
    await touch('touchEnd', []);
  }

  /** Presses at a place, moves to another in steps, and lets go. */
  async drag([x0, y0], [x1, y1]) {
    const button = { button: 'left', clickCount: 1 };
    await this.#mouse('mouseMoved', x0, y0);
    await this.#mouse('mousePressed', x0, y0, { ...button, buttons: 1 });
    for (const part of [0.3, 0.7, 1]) await this.#mouse('mouseMoved', x0 + part * (x1 - x0), y0 + part * (y1 - y0), { ...button, buttons: 1 });
    await this.#mouse('mouseReleased', x1, y1, button);
  }

  /** Lets files that the page gives out go into a folder. */
  async downloadInto(folder) {
    await this.browser.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: folder });
  }

  /** Chooses a file in the input that a selector finds, as its reader does. */
  async chooseFile(selector, file) {
    const { result } = await this.send('Runtime.evaluate', { expression: `document.querySelector(${JSON.stringify(selector)})` });
    await this.send('DOM.setFileInputFiles', { files: [file], objectId: result.objectId });
  }

  /** Presses a key: `Tab`, `Escape`, `Enter`, `ArrowDown`, or a sign. `shift` holds that key as well. */
  async key(key, { shift = false } = {}) {
    const codes = { Tab: 9, Enter: 13, Escape: 27, ' ': 32, End: 35, Home: 36, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40, Backspace: 8 };
    const text = key === 'Enter' ? '\r' : key.length === 1 ? key : undefined;
    const windowsVirtualKeyCode = codes[key] ?? key.toUpperCase().charCodeAt(0);
    const about = { key, code: key.length === 1 ? '' : key, windowsVirtualKeyCode, modifiers: shift ? 8 : 0 };
    await this.send('Input.dispatchKeyEvent', { type: text ? 'keyDown' : 'rawKeyDown', text, ...about });
    await this.send('Input.dispatchKeyEvent', { type: 'keyUp', ...about });
  }

  /** Puts a text where the cursor is, as an input method does. */
  async type(text) {
    await this.send('Input.insertText', { text });
  }

  /** The page as a picture, PNG; also into a file where one is given. */
  async screenshot(file, clip) {
    const options = { format: 'png', clip: clip && { scale: 1, ...clip } };
    const { data } = await this.send('Page.captureScreenshot', options);
    const bytes = Buffer.from(data, 'base64');
    if (file) writeFileSync(file, bytes);
    return bytes;
  }

  /** The page as it is printed, PDF. */
  async pdf(options = {}) {
    const { data } = await this.send('Page.printToPDF', { printBackground: true, ...options });
    return Buffer.from(data, 'base64');
  }

  /** Counters of the browser: `JSHeapUsedSize`, `TaskDuration`, `Nodes` … */
  async metrics() {
    const { metrics } = await this.send('Performance.getMetrics');
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value]));
  }

  /** Addresses asked that are neither in the page itself nor begin with one of these. */
  requestsOutside(...allowed) {
    const inside = ['file:', 'blob:', 'data:', 'about:', ...allowed];
    return this.requests.map(({ url }) => url).filter((url) => !inside.some((start) => url.startsWith(start)));
  }

  async close() {
    await this.browser.send('Target.closeTarget', { targetId: this.target });
  }
}

export function sleep(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// A signal ends the script through its `exit` event, where the browser is killed.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));
