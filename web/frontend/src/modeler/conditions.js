// Conditions as people build them: some tests that all hold, or one of which holds. What is more involved than that
// stays text. The language is that of processes/README.md; the gate has the last word.

const TOKEN = /\s*(?:("[^"]*")|(==|!=|[(),])|([^\W\d]\w*))/uy;

function tokens(text) {
  const found = [];
  TOKEN.lastIndex = 0;
  let end = 0;
  while (end < text.trimEnd().length) {
    const match = TOKEN.exec(text);
    if (!match) return null;
    end = TOKEN.lastIndex;
    found.push(match[1] ?? match[2] ?? match[3]);
  }
  return found;
}

const isString = (token) => token?.startsWith('"');
const isName = (token) => /^[^\W\d]\w*$/u.test(token ?? '') && !['and', 'or', 'not', 'in', 'true', 'false'].includes(token);
const bare = (token) => token.slice(1, -1);

/** {join: 'and'|'or', tests: [{fact, operator, values}]} for a flat condition, null for any other text. */
export function parseCondition(text) {
  const list = tokens(text ?? '');
  if (!list?.length) return null;
  let at = 0;
  const take = (wanted) => (list[at] === wanted ? (at += 1, true) : false);

  function values() {
    const found = [];
    if (!take('(')) return null;
    while (isString(list[at])) {
      found.push(bare(list[at]));
      at += 1;
      if (!take(',')) break;
    }
    return found.length && take(')') ? found : null;
  }

  function test() {
    const negated = take('not');
    if (!isName(list[at])) return null;
    const fact = list[at];
    at += 1;
    if (negated) return { fact, operator: 'is', values: ['false'] };
    if (take('in')) return listed(fact, 'in');
    if (list[at] === 'not' && list[at + 1] === 'in') {
      at += 2;
      return listed(fact, 'not in');
    }
    const operator = take('==') ? 'is' : take('!=') ? 'is not' : null;
    if (!operator) return { fact, operator: 'is', values: ['true'] };
    const value = list[at];
    at += 1;
    if (isString(value)) return { fact, operator, values: [bare(value)] };
    if (value !== 'true' && value !== 'false') return null;
    const said = (operator === 'is') === (value === 'true');
    return { fact, operator: 'is', values: [String(said)] };
  }

  function listed(fact, operator) {
    const found = values();
    return found && { fact, operator, values: found };
  }

  const tests = [test()];
  let join = null;
  while (tests.at(-1) && at < list.length) {
    const here = take('and') ? 'and' : take('or') ? 'or' : null;
    if (!here || (join && join !== here)) return null;
    join = here;
    tests.push(test());
  }
  return tests.every(Boolean) ? { join: join ?? 'and', tests } : null;
}

function written({ fact, operator, values }, isBoolean) {
  if (isBoolean) return values[0] === 'false' ? `not ${fact}` : fact;
  const quoted = values.map((value) => `"${value}"`);
  if (operator === 'in' || operator === 'not in') return `${fact} ${operator} (${quoted.join(', ')})`;
  return `${fact} ${operator === 'is' ? '==' : '!='} ${quoted[0] ?? '""'}`;
}

/** The text of a flat condition. *isBoolean* says of a fact whether it is one. */
export function writeCondition({ join, tests }, isBoolean) {
  return tests.map((test) => written(test, isBoolean(test.fact))).join(` ${join} `);
}
