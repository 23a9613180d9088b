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

  const is_function = (value) =>
    typeof value === 'function' || (value && (value._jsonata_lambda === true || value._jsonata_function === true));

  // Functions of the States Language. `shape` names the type of each argument: a list (what is none becomes one of
  // one), a number, a text, or any data. Without an argument that is needed a function gives nothing, as all do here.
  const kTypes = {
    list: () => true,
    number: (value) => typeof value === 'number',
    text: (value) => typeof value === 'string',
    data: (value) => !is_function(value),
  };
  // The reference implementation reads the names of arguments from a function's text, for $partition(?, 2).
  const kOfArity = [
    (call) => function () { return call(this, [...arguments]); },
    (call) => function (first) { return call(this, [...arguments]); },
    (call) => function (first, second) { return call(this, [...arguments]); },
    (call) => function (first, second, third) { return call(this, [...arguments]); },
  ];
  const checked = (name, shape, needed, body) => kOfArity[shape.length]((context, given) => {
    // As with all functions here, the context stands for a first argument that is left out: a.$parse().
    if (given.length === needed - 1 && context !== undefined) given.unshift(context);
    given.forEach((value, i) => {
      if (i < shape.length && (value === undefined || kTypes[shape[i]](value))) return;
      fault('T0410', 'Argument ' + (i + 1) + ' of function "' + name + '" does not match function signature');
    });
    for (let i = 0; i < needed; ++i) if (given[i] === undefined) return undefined;
    return body(...given.map((value, i) => (shape[i] === 'list' && !Array.isArray(value) ? [value] : value)));
  });

  const partition = (list, size) => {
    const step = Math.floor(size), out = [];
    if (!(step >= 1)) fault('D3901', 'The second argument of $partition must be a positive number');
    for (let at = 0; at < list.length; at += step) out.push(list.slice(at, at + step));
    return out;
  };
  const range = (first, last, step) => {  // both ends belong to it
    if (step === 0) fault('D3902', 'The third argument of $range must not be zero');
    const size = Math.floor((last - first) / step) + 1, out = [];
    if (size > kRangeMax) fault('D3903', '$range gives at most ' + kRangeMax + ' numbers');
    for (let i = 0; i < size; ++i) out.push(first + i * step);
    return out;
  };
  const hash = (value, algorithm) => {
    const out = digest(algorithm, typeof value === 'string' ? value : JSON.stringify(value));
    return out === undefined ? fault('D3904', '$hash knows MD5, SHA-1, SHA-256, SHA-384 and SHA-512') : out;
  };
  const random = (seed) => {
    if (seed === undefined) return fraction();
    const kept = state;
    seeded(digest('SHA-256', String(seed)));
    const out = fraction();
    state = kept;
    return out;
  };
  const uuid = () => {
    const hex = [word(), word(), word(), word()].map((bits) => bits.toString(16).padStart(8, '0')).join('');
    const variant = '89ab'[parseInt(hex[16], 16) & 3];
    return [hex.slice(0, 8), hex.slice(8, 12), '4' + hex.slice(13, 16), variant + hex.slice(17, 20), hex.slice(20)]
      .join('-');
  };
  const parse = (json) => {
    try {
      return JSON.parse(json);
    } catch (error) {
      return fault('D3905', '$parse was given a text that is not JSON');
    }
  };

  // What every expression finds bound.
  const bound = {
    base64encode: checked('base64encode', ['text'], 1, encoded),
    base64decode: checked('base64decode', ['text'], 1, decoded),
    partition: checked('partition', ['list', 'number'], 2, partition),
    range: checked('range', ['number', 'number', 'number'], 3, range),
    hash: checked('hash', ['data', 'text'], 2, hash),
    random: checked('random', ['number'], 0, random),
    uuid: checked('uuid', [], 0, uuid),
    parse: checked('parse', ['text'], 1, parse),
    eval: undefined,  // an expression is what the definition says, not what its input says
  };
  const compiled = (expression) => jsonata(expression, kOptions);

  // The variables that an expression reads and does not bind itself.
  const free = (ast) => {
    const found = new Set();
    const walk = (node, local) => {
      if (Array.isArray(node)) return node.forEach((each) => walk(each, local));
      if (node === null || typeof node !== 'object' || node instanceof RegExp) return;
      if (node.type === 'variable' && typeof node.value === 'string' && !local.has(node.value)) found.add(node.value);
      let inner = local;
      if (node.type === 'lambda') inner = new Set([...local, ...node.arguments.map((each) => each.value)]);
      if (node.type === 'block') inner = new Set(local);
      if (node.type === 'path') {
        const names = node.steps.flatMap((step) => [step.focus, step.index]).filter((name) => name);
        inner = new Set([...local, ...names]);
      }
      if (node.type === 'bind') {
        // A function may call itself by the name it is given.
        if (node.rhs.type === 'lambda') local.add(node.lhs.value);
        walk(node.rhs, local);
        return local.add(node.lhs.value);
      }
      for (const name of Object.keys(node)) if (name !== 'signature') walk(node[name], inner);
    };
    walk(ast, new Set(['', '$']));
    return [...found];
  };

  const check = async (expression) => {
    const reads = [];
    for (const name of free(compiled(expression).ast())) {
      const known = await compiled('$type($' + name + ')').evaluate(undefined, bound).catch(() => undefined);
      if (known !== 'function') reads.push(name);
    }
    return JSON.stringify({ reads });
  };

  const data_only = (key, value) => {
    if (is_function(value)) fault('D3906', 'The value of an expression is data, not a function');
    if (typeof value === 'number' && !isFinite(value)) fault('D1001', 'Number out of range: ' + value);
    return value;
  };

  const evaluate_one = async (expression, question, size) => {
    const bindings = { ...bound, ...question.variables, states: question.states };
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
