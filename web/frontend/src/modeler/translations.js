// What bpmn-js says, in Chinese. The keys are its own English sentences; what is missing here is noted in `misses`,
// and a test expects none.

import { inEnglish } from './words.js';

const CHINESE = {
  'Activate create/remove space tool': '挪出或收回空间',
  'Activate global connect tool': '连线',
  'Activate hand tool': '移动画面',
  'Activate lasso tool': '框选',
  'Ad-hoc sub-process': '自由子流程',
  'Add lane above': '在上方加泳道',
  'Add lane below': '在下方加泳道',
  'Add text annotation': '加注释',
  'Align elements': '对齐元素',
  'Align elements bottom': '下对齐',
  'Align elements center': '水平居中',
  'Align elements left': '左对齐',
  'Align elements middle': '垂直居中',
  'Align elements right': '右对齐',
  'Align elements top': '上对齐',
  'Append compensation activity': '接补偿活动',
  'Append conditional intermediate catch event': '接条件事件',
  'Append end event': '接结束',
  'Append gateway': '接网关',
  'Append intermediate/boundary event': '接中间事件',
  'Append message intermediate catch event': '接等待行为的事件',
  'Append receive task': '接接收任务',
  'Append signal intermediate catch event': '接信号事件',
  'Append task': '接任务',
  'Append timer intermediate catch event': '接等待期限的事件',
  'Append user task': '接用户任务',
  'Business rule task': '决策表任务',
  'Call activity': '调用流程',
  'Change element': '改类型',
  'Close minimap': '收起缩略图',
  'Connect to other element': '连到其他元素',
  'Connect using data input association': '以数据关联相连',
  'Connect using association': '以关联线相连',
  'Create end event': '结束事件',
  'Create expanded sub-process': '子流程',
  'Create gateway': '网关',
  'Create group': '分组框',
  'Create pool/participant': '泳池',
  'Create start event': '开始事件',
  'Create user task': '用户任务',
  'Create waiting event': '等待期限的事件',
  'Default flow': '默认流',
  'Delete': '移除',
  'Distribute elements horizontally': '横向等距',
  'Distribute elements vertically': '纵向等距',
  'Divide into three lanes': '分为三条泳道',
  'Divide into two lanes': '分为两条泳道',
  'Empty pool/participant': '空泳池',
  'Empty pool/participant (removes content)': '空泳池(移除内容)',
  'End event': '结束事件',
  'Event sub-process': '事件子流程',
  'Event-based gateway': '事件网关',
  'Exclusive gateway': '排他网关',
  'Expanded pool/participant': '泳池',
  'Inclusive gateway': '包容网关',
  'Intermediate throw event': '里程碑',
  'Message boundary event': '行为边界事件',
  'Message intermediate catch event': '等待行为的事件',
  'Message start event (non-interrupting)': '行为开始事件(不中止)',
  'Open minimap': '展开缩略图',
  'Open {element}': '打开{element}',
  'Parallel gateway': '并行网关',
  'Search in diagram': '在图中查找',
  'Sequence flow': '普通流',
  'Start event': '开始事件',
  'Sub-process': '子流程',
  'Sub-process (collapsed)': '子流程(收起)',
  'Sub-process (expanded)': '子流程(展开)',
  'Terminate end event': '终止事件',
  'Timer boundary event': '期限边界事件',
  'Timer boundary event (non-interrupting)': '期限边界事件(不中止)',
  'Timer intermediate catch event': '等待期限的事件',
  'Toggle non-interrupting': '中止或不中止',
  'User task': '用户任务',
};

/** The module that says *chinese* for the English sentences of a library; what is missing is noted in `misses`. */
export function translating(chinese) {
  const misses = new Set();
  function translate(template, values = {}) {
    const said = inEnglish ? template : chinese[template];
    if (said === undefined) misses.add(template);
    return (said ?? template).replace(/{([^}]+)}/g, (_, name) => values[name] ?? `{${name}}`);
  }
  translate.misses = misses;
  return { translate: ['value', translate] };
}

export default translating(CHINESE);
