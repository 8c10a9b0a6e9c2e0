// Named cases: each runs with a time of its own, says how it went, and stops no other.

const cases = [];

/** Adds a case. `work` gets the context of all cases and returns words about what it measured, or nothing. */
export function test(name, work, { patience = 60_000 } = {}) {
  cases.push({ name, work, patience });
}

/** Runs the cases whose names hold `wanted` and prints a line for each. True where all went well. */
export async function runAll(context, wanted = '') {
  let failed = 0;
  for (const { name, work, patience } of cases.filter(({ name }) => name.includes(wanted))) {
    const began = performance.now();
    const seconds = () => `${((performance.now() - began) / 1000).toFixed(1)} s`;
    try {
      const words = await within(patience, work(context));
      console.log(`ok     ${name} (${seconds()})${words ? `: ${words}` : ''}`);
    } catch (error) {
      failed += 1;
      console.log(`not ok ${name} (${seconds()})\n${indent(error.stack ?? String(error))}`);
      await context.broken?.(name);
    }
  }
  return failed === 0;
}

async function within(milliseconds, work) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${milliseconds / 1000} s`)), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function indent(text) {
  return text.split('\n').map((line) => `    ${line}`).join('\n');
}
