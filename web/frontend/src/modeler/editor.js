// bpmn-js as this office uses it: our words, our elements, our language, a minimap, and a clipboard between diagrams.

import Modeler from 'bpmn-js/lib/Modeler';
import MinimapModule from 'diagram-js-minimap';

import ClipboardModule from './clipboard.js';
import IdsModule from './ids.js';
import LanesModule from './lanes.js';
import OfferedModule from './offered.js';
import petition from './petition.json';
import SizesModule from './sizes.js';
import TranslationsModule from './translations.js';

// Several changes in one step of undoing.
class Together {
  preExecute({ run }) { run(); }
}

export function createEditor(container, vocabulary) {
  const editor = new Modeler({
    container,
    moddleExtensions: { petition },
    additionalModules: [
      TranslationsModule, OfferedModule, IdsModule, SizesModule, ClipboardModule, LanesModule, MinimapModule, { vocabulary: ['value', vocabulary] },
    ],
  });
  editor.get('commandStack').registerHandler('together', Together);
  return editor;
}
