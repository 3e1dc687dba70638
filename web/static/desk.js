// Small helps for people with JavaScript; every page works without it.

'use strict';

// A question that arises only after certain answers is hidden until then.
function answerTo(form, name) {
  const controls = [...form.elements].filter((one) => one.name === name);
  const chosen = controls.find((one) => one.checked);
  if (chosen) return chosen.value;
  const [control] = controls;
  return control && !['radio', 'checkbox'].includes(control.type) ? control.value : control ? 'false' : '';
}

function hideWhatIsNotAsked(form) {
  for (const field of form.querySelectorAll('[data-when]')) {
    const asked = field.dataset.whenIs.split(' ').includes(answerTo(form, field.dataset.when))
      && !form.querySelector(`[data-when][hidden] [name="${field.dataset.when}"]`);
    field.hidden = !asked;
  }
  for (const group of form.querySelectorAll('[data-group]')) {
    group.hidden = !group.querySelector('.field:not([hidden])');
  }
}

for (const form of document.querySelectorAll('form')) {
  if (!form.querySelector('[data-when]')) continue;
  form.classList.add('has-when');
  form.addEventListener('change', () => hideWhatIsNotAsked(form));
  hideWhatIsNotAsked(form);
}

// A form is sent once; the server would carry it out only once in any case.
document.addEventListener('submit', (event) => {
  if (event.target.method !== 'post') return;
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = 'yes';
});
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
});

// Filters that are chosen take effect at once.
for (const control of document.querySelectorAll('[data-submit]')) {
  control.addEventListener('change', () => control.form.requestSubmit());
}

// The first thing to read after a refused form is what was wrong.
document.querySelector('.summary')?.scrollIntoView({ block: 'start' });

for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
