'use strict';
(() => {
  const root = document.documentElement;
  const said = document.getElementById('said');
  const words = new Intl.Collator('en', { numeric: true });
  root.classList.add('scripted');

  const headsOf = table => [...table.tHead.rows[0].cells];

  const valueOf = (cell, isNumber) => {
    const text = cell.dataset.value ?? cell.textContent;
    return text === '' ? null : isNumber ? Number(text) : text;
  };

  // What is missing comes last and NaN before it, whichever way the others go.
  const rankOf = value => value === null ? 2 : Number.isNaN(value) ? 1 : 0;

  const sort = (table, column, direction) => {
    const heads = headsOf(table);
    const isNumber = heads[column].dataset.kind === 'number';
    const sign = direction === 'descending' ? -1 : 1;
    const order = (one, two) => isNumber ? (one < two ? -1 : one > two ? 1 : 0) : words.compare(one, two);
    const rows = [...table.tBodies[0].rows].map(row => ({ row, value: valueOf(row.cells[column], isNumber) }));
    rows.sort((one, two) => rankOf(one.value) - rankOf(two.value) || (rankOf(one.value) > 0 ? 0 : sign * order(one.value, two.value)));
    table.tBodies[0].append(...rows.map(entry => entry.row));
    heads.forEach((head, place) => place === column ? head.setAttribute('aria-sort', direction) : head.removeAttribute('aria-sort'));
  };

  document.addEventListener('click', event => {
    const button = event.target.closest('th button');
    if (button) {
      const head = button.closest('th');
      const direction = head.getAttribute('aria-sort') === 'ascending' ? 'descending' : 'ascending';
      sort(button.closest('table'), head.cellIndex, direction);
      said.textContent = `Sorted by ${button.textContent}, ${direction}`;
    }
  });

  if (root.dataset.live === undefined) {
    return;
  }

  const often = 2000;
  const seldom = 10000;
  const state = document.getElementById('live');
  const partsOf = page => [...page.querySelectorAll('header, nav, main > section')];
  const known = new Map(partsOf(document).map(part => [part.id, part.outerHTML]));
  let tag = root.dataset.live;
  let heard = new Date();

  // What the reader has done to a part: sorted tables, boxes moved sideways, and where the keyboard is.
  const remember = part => ({
    sorted: [...part.querySelectorAll('table')].flatMap(table => {
      const column = headsOf(table).findIndex(head => head.hasAttribute('aria-sort'));
      return column < 0 ? [] : [{ id: table.id, name: headsOf(table)[column].textContent, direction: headsOf(table)[column].getAttribute('aria-sort') }];
    }),
    moved: [...part.querySelectorAll('[data-box]')].map(box => ({ name: box.dataset.box, left: box.scrollLeft, top: box.scrollTop })),
    focus: part.contains(document.activeElement) ? [...part.querySelectorAll('a, button, [tabindex]')].indexOf(document.activeElement) : -1,
  });

  const restore = (part, done) => {
    for (const { id, name, direction } of done.sorted) {
      const table = document.getElementById(id);
      const column = table ? headsOf(table).findIndex(head => head.textContent === name) : -1;
      if (column >= 0) {
        sort(table, column, direction);
      }
    }
    for (const { name, left, top } of done.moved) {
      const box = [...part.querySelectorAll('[data-box]')].find(found => found.dataset.box === name);
      box?.scrollTo(left, top);
    }
    if (done.focus >= 0) {
      part.querySelectorAll('a, button, [tabindex]')[done.focus]?.focus({ preventScroll: true });
    }
  };

  const show = text => {
    const next = new DOMParser().parseFromString(text, 'text/html');
    const [left, top] = [scrollX, scrollY];
    document.title = next.title;
    const parts = partsOf(next);
    const ids = new Set(parts.map(part => part.id));
    partsOf(document).filter(part => !ids.has(part.id)).forEach(part => part.remove());
    let before = null;
    for (const part of parts) {
      const shown = document.getElementById(part.id);
      const written = part.outerHTML;
      if (shown && known.get(part.id) !== written) {
        const done = remember(shown);
        shown.replaceWith(part);
        restore(part, done);
      } else if (!shown) {
        before?.parentElement.tagName === 'MAIN' ? before.after(part) : document.querySelector('main').prepend(part);
      }
      known.set(part.id, written);
      before = document.getElementById(part.id);
    }
    document.querySelector('main').dataset.state = next.querySelector('main').dataset.state;
    scrollTo(left, top);
  };

  const tell = (kind, text) => {
    if (state.textContent !== text) {
      state.dataset.state = kind;
      state.textContent = text;
    }
  };

  const poll = async () => {
    let wait = often;
    try {
      const answer = await fetch(location.pathname, { headers: { 'If-None-Match': tag }, cache: 'no-store', signal: AbortSignal.timeout(30000) });
      if (answer.status === 200) {
        tag = answer.headers.get('ETag');
        show(await answer.text());
        heard = new Date();
      } else if (answer.status === 401) {
        throw new Error('the token is no longer valid: reload the page with the new one');
      } else if (answer.status !== 304) {
        throw new Error(`the server answered ${answer.status}`);
      }
      const now = document.querySelector('main').dataset.state;
      wait = now === 'ended' ? seldom : often;
      tell(now, now === 'ended' ? 'The scan is not being run: this is how far it has come.'
        : now === 'waiting' ? 'Waiting for the scan.'
        : `Live. Last change shown at ${heard.toLocaleTimeString()}.`);
    } catch (problem) {
      tell('lost', `Connection lost (${problem.name === 'TypeError' ? 'nobody answers' : problem.message}); trying again. What is shown is of ${heard.toLocaleTimeString()}.`);
    }
    setTimeout(poll, wait);
  };

  poll();
})();
