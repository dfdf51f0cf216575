// Makes lib/src/index.js load a module when one of its names is first asked for: an app pays for
// what it uses. Runs after the compiler.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';

const INDEX = new URL('../lib/src/index.js', import.meta.url);

// The getters stay as they are: Node finds the names of a CommonJS module by their very form.
const LAZY = `function lazy(load) {
  let loaded;
  return new Proxy({}, { get: (_, name) => (loaded ??= load())[name] });
}
`;

const eager = readFileSync(INDEX, 'utf8');
const lazy = eager
  .replace(/^var (\w+) = require\((".+")\);$/gm, 'var $1 = lazy(() => require($2));')
  .replace('"use strict";\n', `"use strict";\n${LAZY}`);
assert(lazy.includes('= lazy('), 'the compiler writes the index in another form');
writeFileSync(INDEX, lazy);
