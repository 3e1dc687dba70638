// Plays a petition's moments without asking the server for each: they are read once. Without this script every step is a
// link.

'use strict';

const player = document.querySelector('[data-moments]');
const slider = player.querySelector('input[type="range"]');
const diagram = document.querySelector('.diagram');
const told = document.getElementById('moment');
const PACE = 1000;
const REST = 1500;

function ready(moments) {
  const at = (seq) => moments[seq - 1];
  let timer = null;
  let resting = null;

  function show(seq) {
    const { drawing, open, done, html } = at(seq);
    told.innerHTML = html;
    slider.value = seq;
    slider.setAttribute('aria-valuetext', `${seq}. ${at(seq).title} ${at(seq).when}`);
    document.querySelectorAll('[data-now]').forEach((field) => { field.value = seq; });
    player.querySelector('[data-label]').textContent = `${seq} / ${moments.length}`;
    diagram.dataset.diagramUrl = drawing;
    diagram.dataset.open = open.join(' ');
    diagram.dataset.done = done.join(' ');
    diagram.dispatchEvent(new Event('diagram-move'));
    document.querySelectorAll('[data-seq][aria-current]').forEach((row) => row.removeAttribute('aria-current'));
    document.querySelector(`[data-seq="${seq}"]`).setAttribute('aria-current', 'true');
    player.querySelector('[data-go="first"]').disabled = player.querySelector('[data-go="back"]').disabled = seq === 1;
    player.querySelector('[data-go="on"]').disabled = seq === moments.length;
    player.querySelector('[data-go="breach"]').disabled = !moments.some((one) => one.breach && one.seq > seq);
    // The address follows when the player rests: browsers ask for the page's icon anew whenever it changes.
    clearTimeout(resting);
    resting = setTimeout(() => {
      const address = new URL(window.location);
      address.searchParams.set('at', seq);
      history.replaceState(null, '', address);
    }, REST);
  }

  function stop() {
    clearInterval(timer);
    timer = null;
    play.setAttribute('aria-pressed', 'false');
  }

  function go(seq) {
    show(Math.min(Math.max(seq, 1), moments.length));
  }

  const now = () => Number(slider.value);
  const ways = {
    first: () => go(1),
    back: () => go(now() - 1),
    on: () => go(now() + 1),
    breach: () => go(moments.find((one) => one.breach && one.seq > now())?.seq ?? now()),
  };
  const play = player.querySelector('[data-play]');
  play.addEventListener('click', () => {
    if (timer) { stop(); return; }
    if (now() === moments.length) go(1);
    play.setAttribute('aria-pressed', 'true');
    timer = setInterval(() => { if (now() === moments.length) stop(); else ways.on(); }, PACE);
  });
  for (const [way, act] of Object.entries(ways)) {
    player.querySelector(`[data-go="${way}"]`).addEventListener('click', () => { stop(); act(); });
  }
  slider.addEventListener('input', () => { stop(); go(now()); });
  const keys = {
    ArrowLeft: ways.back, ArrowRight: ways.on, Home: ways.first, End: () => go(moments.length), b: ways.breach, B: ways.breach,
  };
  document.addEventListener('keydown', (event) => {
    // Whoever types, chooses, presses a button or moves the drawing means that and not the player.
    if (event.target.closest('input, select, textarea, .diagram') || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === ' ' && !event.target.closest('button, a, summary')) {
      event.preventDefault();
      play.click();
    } else if (keys[event.key]) {
      event.preventDefault();
      stop();
      keys[event.key]();
    }
  });
  player.querySelector('[data-with-script]').hidden = false;
  player.querySelector('[data-without-script]').hidden = true;
  go(now());
  player.classList.add('is-playing');
}

fetch(player.dataset.moments, { credentials: 'same-origin' })
  .then((response) => (response.ok ? response.json() : Promise.reject(new Error(response.status))))
  .then(({ moments }) => ready(moments))
  .catch(() => {}); // the links stay
