// What the kinds of elements are called.

import { isExpanded } from 'bpmn-js/lib/util/DiUtil';

import { is, trigger } from './model.js';
import { inEnglish } from './words.js';

const KINDS = {
  'bpmn:UserTask': ['用户任务', 'User task'],
  'bpmn:BusinessRuleTask': ['决策表任务', 'Business rule task'],
  'bpmn:CallActivity': ['调用流程', 'Call activity'],
  'bpmn:SubProcess': ['子流程', 'Sub-process'],
  'bpmn:ExclusiveGateway': ['排他网关', 'Exclusive gateway'],
  'bpmn:InclusiveGateway': ['包容网关', 'Inclusive gateway'],
  'bpmn:ParallelGateway': ['并行网关', 'Parallel gateway'],
  'bpmn:EventBasedGateway': ['事件网关', 'Event-based gateway'],
  'bpmn:StartEvent': ['开始事件', 'Start event'],
  'bpmn:EndEvent': ['结束事件', 'End event'],
  'bpmn:IntermediateCatchEvent': ['等待事件', 'Waiting event'],
  'bpmn:IntermediateThrowEvent': ['里程碑', 'Milestone'],
  'bpmn:BoundaryEvent': ['边界事件', 'Boundary event'],
  'bpmn:SequenceFlow': ['流', 'Flow'],
  'bpmn:Lane': ['泳道', 'Lane'],
  'bpmn:Participant': ['流程(泳池)', 'Process (pool)'],
  'bpmn:Process': ['流程', 'Process'],
  'bpmn:Collaboration': ['流程图', 'Diagram'],
  'bpmn:TextAnnotation': ['注释', 'Note'],
  'bpmn:Association': ['关联线', 'Association'],
  'bpmn:Group': ['分组框', 'Group'],
};
const TRIGGERS = { timer: ['期限', 'limit'], message: ['行为', 'act'], terminate: ['终止', 'terminate'] };

/** What an element is called: “边界事件 · 期限”. */
export function kindName(element) {
  const pick = (both) => both?.[inEnglish ? 1 : 0];
  const name = pick(KINDS[element.type]) ?? element.type;
  const more = is(element, 'bpmn:Event') ? pick(TRIGGERS[trigger(element)]) : is(element, 'bpmn:SubProcess') && !isExpanded(element) ? pick(['收起', 'collapsed']) : undefined;
  return more ? `${name} · ${more}` : name;
}
