// Stands in each fresh realm after the reference implementation: questions come in as JSON text, answers leave so.
//
// A question is {check: text} or {expressions: [text], states, variables, now, seed}. Its answer is {reads: [name]} or
// {answers: [{value} | {} | {fault}]}, one for each expression; {} stands for an expression that gives nothing.
(function (global) {
  'use strict';
  const { jsonata, Date: Clock, JSON, Math, Promise } = global;
  const digest = global.digest;  // (algorithm, text) => hexadecimal, or undefined for an unknown algorithm
  const kOptions = { stack: 1000 };
  const kAnswerMax = 1 << 20;   // characters of one value
  const kAnswersMax = 1 << 22;  // of all values of a question
  const kRangeMax = 100000;

  const fault = (code, message) => { throw { code, message }; };
  const told = (error) => JSON.stringify({ fault: text(error) });
  const text = (error) => {
    if (error === 'out of memory' || /out of memory|allocation size/.test(error && error.message))
      return 'it needs too much memory';
    if (!error || typeof error.message !== 'string') return 'the evaluation failed';
    return error.code ? error.code + ': ' + error.message : error.message;
  };

  // Chance: xoshiro128** over 128 bits that came with the question.
  let state = [1, 2, 3, 4];
  const rotated = (x, by) => (x << by) | (x >>> (32 - by));
  const word = () => {
    const out = Math.imul(rotated(Math.imul(state[1], 5), 7), 9) >>> 0;
    const shifted = state[1] << 9;
    state[2] ^= state[0];
    state[3] ^= state[1];
    state[1] ^= state[2];
    state[0] ^= state[3];
    state[2] ^= shifted;
    state[3] = rotated(state[3], 11);
    return out;
  };
  const fraction = () => ((word() >>> 5) * 67108864 + (word() >>> 6)) / 9007199254740992;
  const seeded = (hex) => { state = [0, 8, 16, 24].map((at) => parseInt(hex.slice(at, at + 8), 16) | 0); };

  // The reference implementation takes these two from a browser or from node: each character is a byte.
  const kDigits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
  const encoded = (text) => {
    let out = '';
    for (let at = 0; at < text.length; at += 3) {
      const bytes = [0, 1, 2].map((i) => text.charCodeAt(at + i) & 255);
      const bits = (bytes[0] << 16) | (bytes[1] << 8) | bytes[2];
      const digits = [18, 12, 6, 0].map((by) => kDigits[(bits >> by) & 63]);
      out += digits.slice(0, text.length - at + 1).join('').padEnd(4, '=');
    }
    return out;
  };
  const decoded = (text) => {
    let out = '', bits = 0, count = 0;
    for (const digit of text.split('=')[0].replace(/-/g, '+').replace(/_/g, '/')) {
      const value = kDigits.indexOf(digit);
      if (value < 0) continue;
      bits = ((bits << 6) | value) & 0xffff;
      count += 6;
      if (count < 8) continue;
      count -= 8;
      out += String.fromCharCode((bits >> count) & 255);
    }
    return out;
  };

  const functions = {
    base64encode: [(text) => (text === undefined ? undefined : encoded(text)), '<s-:s>'],
    base64decode: [(text) => (text === undefined ? undefined : decoded(text)), '<s-:s>'],
    // $partition(array, size): pieces of that size, the last may be shorter.
    partition: [(list, size) => {
      if (list === undefined || size === undefined) return undefined;
      if (!(size >= 1)) fault('D3901', 'The second argument of $partition must be a positive number');
      const out = [];
      for (let at = 0; at < list.length; at += Math.floor(size)) out.push(list.slice(at, at + Math.floor(size)));
      return out;
    }, '<a-n:a>'],
    // $range(first, last, step): both ends belong to it.
    range: [(first, last, step) => {
      if (first === undefined || last === undefined || step === undefined) return undefined;
      if (step === 0) fault('D3902', 'The third argument of $range must not be zero');
      const size = Math.floor((last - first) / step) + 1;
      if (size > kRangeMax) fault('D3903', '$range gives at most ' + kRangeMax + ' numbers');
      const out = [];
      for (let i = 0; i < size; ++i) out.push(first + i * step);
      return out;
    }, '<nnn:a>'],
    hash: [(value, algorithm) => {
      if (value === undefined || algorithm === undefined) return undefined;
      const out = digest(algorithm, typeof value === 'string' ? value : JSON.stringify(value));
      return out === undefined ? fault('D3904', '$hash knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512') : out;
    }, '<j-s:s>'],
    random: [(seed) => {
      if (seed === undefined) return fraction();
      const kept = state;
      seeded(digest('SHA-256', String(seed)));
      const out = fraction();
      state = kept;
      return out;
    }, '<n?:n>'],
    uuid: [() => {
      const hex = [word(), word(), word(), word()].map((w) => w.toString(16).padStart(8, '0')).join('');
      const variant = '89ab'[parseInt(hex[16], 16) & 3];
      return [hex.slice(0, 8), hex.slice(8, 12), '4' + hex.slice(13, 16), variant + hex.slice(17, 20), hex.slice(20)]
        .join('-');
    }, '<:s>'],
    parse: [(json) => {
      if (json === undefined) return undefined;
      try {
        return JSON.parse(json);
      } catch (error) {
        return fault('D3905', '$parse was given a text that is not JSON');
      }
    }, '<s-:x>'],
  };

  const compiled = (expression) => {
    const out = jsonata(expression, kOptions);
    for (const name in functions) out.registerFunction(name, ...functions[name]);
    out.assign('eval', undefined);  // an expression is what the definition says, not what its input says
    return out;
  };

  // The variables that an expression reads and does not bind itself.
  const free = (ast) => {
    const found = new Set();
    const walk = (node, bound) => {
      if (Array.isArray(node)) return node.forEach((each) => walk(each, bound));
      if (node === null || typeof node !== 'object' || node instanceof RegExp) return;
      if (node.type === 'variable' && typeof node.value === 'string' && !bound.has(node.value)) found.add(node.value);
      let inner = bound;
      if (node.type === 'lambda') inner = new Set([...bound, ...node.arguments.map((each) => each.value)]);
      if (node.type === 'block') inner = new Set(bound);
      if (node.type === 'path') {
        const names = node.steps.flatMap((step) => [step.focus, step.index]).filter((name) => name);
        inner = new Set([...bound, ...names]);
      }
      if (node.type === 'bind') {
        // A function may call itself by the name it is given.
        if (node.rhs.type === 'lambda') bound.add(node.lhs.value);
        walk(node.rhs, bound);
        return bound.add(node.lhs.value);
      }
      for (const name of Object.keys(node)) if (name !== 'signature') walk(node[name], inner);
    };
    walk(ast, new Set(['', '$']));
    return [...found];
  };

  const check = async (expression) => {
    const reads = [];
    for (const name of free(compiled(expression).ast())) {
      const known = await compiled('$type($' + name + ')').evaluate(undefined).catch(() => undefined);
      if (known !== 'function') reads.push(name);
    }
    return JSON.stringify({ reads });
  };

  const is_function = (value) =>
    typeof value === 'function' || (value && (value._jsonata_lambda === true || value._jsonata_function === true));
  const data_only = (key, value) => {
    if (is_function(value)) fault('D3906', 'The value of an expression is data, not a function');
    if (typeof value === 'number' && !isFinite(value)) fault('D1001', 'Number out of range: ' + value);
    return value;
  };

  const evaluate_one = async (expression, question, size) => {
    const bindings = { ...question.variables, states: question.states };
    const value = await compiled(expression).evaluate(undefined, bindings);
    if (value === undefined) return '{}';
    const json = JSON.stringify(value, data_only);
    if (json.length > kAnswerMax) fault('D3907', 'The value of an expression is too large');
    size.sum += json.length;
    if (size.sum > kAnswersMax) fault('D3907', 'The values of the expressions are too large');
    return '{"value":' + json + '}';
  };

  const evaluate = async (question) => {
    const answers = [], size = { sum: 0 };
    seeded(question.seed);
    global.Math.random = fraction;
    global.Date = class extends Clock {
      constructor(...given) { given.length ? super(...given) : super(question.now); }
      static now() { return question.now; }
    };
    for (const expression of question.expressions)
      answers.push(await evaluate_one(expression, question, size).catch(told));
    return '{"answers":[' + answers.join(',') + ']}';
  };

  let answer;
  global.begin = (request) => {
    const question = JSON.parse(request);
    answer = told({ message: 'the evaluation does not end' });
    const done = question.check === undefined ? evaluate(question) : check(question.check);
    done.catch(told).then((value) => { answer = value; });
  };
  global.finish = () => answer;
  delete global.digest;
  delete global.jsonata;
})(globalThis);
