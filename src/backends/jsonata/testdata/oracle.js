// The reference implementation as node runs it: node oracle.js EXPRESSIONS, a file of rows that begin with an expression.
// Prints a JSON array with, for each row, [] (nothing), [value] or [null, code of the error].
'use strict';
const fs = require('fs');
const path = require('path');
const jsonata = require(path.resolve('node_modules/jsonata'));

const answer = async (expression, states, variables) => {
  try {
    const value = await jsonata(expression).evaluate(undefined, { states, ...variables });
    return value === undefined ? [] : [value];
  } catch (error) {
    return [null, error.code];
  }
};

(async () => {
  const { states, variables, cases } = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
  const out = [];
  for (const [expression] of cases) out.push(await answer(expression, states, variables));
  process.stdout.write(JSON.stringify(out));
})();
