// What can be drawn: only what the gate accepts (processes/README.md). The palette, the pad beside an element and the
// menu of kinds offer these and nothing else.

import ContextPadProvider from 'bpmn-js/lib/features/context-pad/ContextPadProvider';
import PaletteProvider from 'bpmn-js/lib/features/palette/PaletteProvider';
import ReplaceMenuProvider from 'bpmn-js/lib/features/popup-menu/ReplaceMenuProvider';

const PAD = ['delete', 'lane-insert-above', 'lane-insert-below', 'lane-divide-two', 'lane-divide-three',
  'append.message-intermediate-event', 'append.timer-intermediate-event', 'append.end-event', 'append.gateway',
  'append.text-annotation', 'replace', 'connect', 'align-elements'];

const KINDS = new Set([
  'none-start', 'none-end', 'none-intermediate-throw', 'terminate-end',
  'message-intermediate-catch', 'timer-intermediate-catch',
  'message-boundary', 'timer-boundary', 'non-interrupting-timer-boundary',
  'non-interrupting-message-start',
  'exclusive-gateway', 'parallel-gateway', 'inclusive-gateway', 'event-based-gateway',
  'user-task', 'rule-task', 'call-activity', 'subprocess', 'expanded-subprocess', 'collapsed-subprocess', 'event-subprocess',
  'expanded-pool', 'sequence-flow', 'default-flow',
].map((name) => `replace-with-${name}`));

const pick = (entries, names) => Object.fromEntries(names.filter((name) => name in entries).map((name) => [name, entries[name]]));

class OfferedPalette extends PaletteProvider {
  getPaletteEntries() {
    const { _create: create, _elementFactory: factory, _translate: translate } = this;
    const tool = (className, title, click) => ({ group: 'tools', className, title: translate(title), action: { click } });
    const offer = (group, className, title, shapes) => {
      const start = (event) => create.start(event, shapes());
      return { group, className, title: translate(title), action: { dragstart: start, click: start } };
    };
    const shape = (type, more = {}) => () => factory.createShape({ type, ...more });
    const timer = { eventDefinitionType: 'bpmn:TimerEventDefinition' };
    return {
      'hand-tool': tool('bpmn-icon-hand-tool', 'Activate hand tool', (event) => this._handTool.activateHand(event)),
      'lasso-tool': tool('bpmn-icon-lasso-tool', 'Activate lasso tool', (event) => this._lassoTool.activateSelection(event)),
      'space-tool': tool('bpmn-icon-space-tool', 'Activate create/remove space tool', (event) => this._spaceTool.activateSelection(event)),
      'connect-tool': tool('bpmn-icon-connection-multi', 'Activate global connect tool', (event) => this._globalConnect.start(event)),
      'tool-separator': { group: 'tools', separator: true },
      'create.user-task': offer('flow', 'bpmn-icon-user-task', 'Create user task', shape('bpmn:UserTask')),
      'create.gateway': offer('flow', 'bpmn-icon-gateway-none', 'Create gateway', shape('bpmn:ExclusiveGateway')),
      'create.start': offer('flow', 'bpmn-icon-start-event-none', 'Create start event', shape('bpmn:StartEvent')),
      'create.timer': offer('flow', 'bpmn-icon-intermediate-event-catch-timer', 'Create waiting event', shape('bpmn:IntermediateCatchEvent', timer)),
      'create.end': offer('flow', 'bpmn-icon-end-event-none', 'Create end event', shape('bpmn:EndEvent')),
      'create.sub-process': offer('around', 'bpmn-icon-subprocess-expanded', 'Create expanded sub-process', shape('bpmn:SubProcess', { isExpanded: true })),
      'create.pool': offer('around', 'bpmn-icon-participant', 'Create pool/participant', () => factory.createParticipantShape()),
      'create.group': offer('around', 'bpmn-icon-group', 'Create group', shape('bpmn:Group')),
    };
  }
}
OfferedPalette.$inject = PaletteProvider.$inject;

class OfferedPad extends ContextPadProvider {
  getContextPadEntries(element) {
    const all = super.getContextPadEntries(element);
    const entries = pick(all, PAD);
    if (all['append.append-task']) {
      entries['append.user-task'] = this.#appendUserTask();
    }
    return entries;
  }

  #appendUserTask() {
    const { _autoPlace: place, _create: create, _elementFactory: factory, _appendPreview: preview } = this;
    const shape = () => factory.createShape({ type: 'bpmn:UserTask' });
    return {
      group: 'model',
      className: 'bpmn-icon-user-task',
      title: this._translate('Append user task'),
      action: {
        click: (_, source) => place.append(source, shape()),
        dragstart: (event, source) => create.start(event, shape(), { source }),
        hover: (_, source) => {
          preview.create(source, 'bpmn:UserTask');
          return () => preview.cleanUp();
        },
      },
    };
  }
}
OfferedPad.$inject = ContextPadProvider.$inject;

class OfferedKinds extends ReplaceMenuProvider {
  _createEntries(target, options) {
    return super._createEntries(target, options.filter(({ actionName }) => KINDS.has(actionName)));
  }

  _createSequenceFlowEntries(target, options) {
    return super._createSequenceFlowEntries(target, options.filter(({ actionName }) => KINDS.has(actionName)));
  }

  // Loops and several instances are refused.
  getPopupMenuHeaderEntries() {
    return {};
  }
}
OfferedKinds.$inject = ReplaceMenuProvider.$inject;

export default {
  paletteProvider: ['type', OfferedPalette],
  contextPadProvider: ['type', OfferedPad],
  replaceMenuProvider: ['type', OfferedKinds],
};
