/**
 * What a village is asked when an emergency notice stands: a form like any matter's, so that it is asked, checked and
 * read as one, and no matter of the catalog: it is on no list and makes no case. Terminal and platform know it alike.
 */
import { type Matter, matterSchema } from './schema.ts';

/** The form. A change of its questions is a new version; what was answered before is read by its own words all the same. */
export const NOTICE_FORM: Matter = matterSchema.parse({
  id: 'emergency-feedback',
  no: 1,
  version: 1,
  status: 'sample',
  name: {
    short: { zh: '报村里情况', en: 'How things stand here' },
    official: { zh: '紧急通知村级反馈', en: 'A village’s answer to an emergency notice' },
  },
  department: '应急',
  category: 'safety',
  kind: 'report',
  private: false,
  icon: 'shield',
  offline: 'queue',
  assurance: 'open',
  bases: [{ basis: 'open', label: { zh: '代办员报', en: 'By the agent' }, evidence: [] }],
  route: ['town', 'county'],
  time: { workingDays: 0, hearWithinDays: 1 },
  gets: { zh: '镇里、县里马上看得到', en: 'Town and county see it at once' },
  questions: [
    {
      id: 'state',
      type: 'one-of',
      ask: { zh: '村里现在怎么样？', en: 'How do things stand in the village?' },
      label: { zh: '现在', en: 'Now' },
      choices: [
        { value: 'fine', label: { zh: '都好，没出事', en: 'All is well' } },
        { value: 'watch', label: { zh: '有险情，看着呢', en: 'A danger, being watched' } },
        { value: 'harm', label: { zh: '出事了，要人来', en: 'Something happened, send help' } },
      ],
    },
    {
      id: 'flooded',
      type: 'yes-no',
      ask: { zh: '有地方进水、被淹吗？', en: 'Is anything flooded?' },
      label: { zh: '进水', en: 'Flooded' },
    },
    {
      id: 'moved',
      type: 'quantity',
      ask: { zh: '转移了多少人？', en: 'How many people were moved?' },
      help: { zh: '没有就填 0', en: 'None: enter 0' },
      label: { zh: '转移', en: 'Moved' },
      min: 0,
      max: 9999,
      unit: { zh: '人', en: 'people', enOne: 'person' },
    },
    {
      id: 'needs',
      type: 'several-of',
      optional: true,
      ask: { zh: '要什么帮忙？', en: 'What is needed?' },
      help: { zh: '不要就直接下一步', en: 'Nothing? Go on' },
      label: { zh: '需要', en: 'Needed' },
      choices: [
        { value: 'people', label: { zh: '人手', en: 'Hands' } },
        { value: 'boats', label: { zh: '船、车', en: 'Boats or cars' } },
        { value: 'pumps', label: { zh: '水泵、沙袋', en: 'Pumps or sandbags' } },
        { value: 'food', label: { zh: '吃的、喝的', en: 'Food or water' } },
        { value: 'bedding', label: { zh: '被子、住处', en: 'Bedding or beds' } },
        { value: 'medicine', label: { zh: '药、医生', en: 'Medicine or a doctor' } },
        { value: 'power', label: { zh: '电、通讯', en: 'Power or telephone' } },
        { value: 'other', label: { zh: '别的', en: 'Something else' } },
      ],
    },
    {
      id: 'words',
      type: 'text',
      optional: true,
      ask: { zh: '还有什么要说的？', en: 'Anything else to say?' },
      help: { zh: '不说也行。急得很的，先打电话', en: 'You may skip it. If it cannot wait, call first' },
      label: { zh: '要说的', en: 'Words' },
      maxLength: 200,
      maxSeconds: 60,
    },
    {
      id: 'photo',
      type: 'photo',
      of: 'scene',
      optional: true,
      ask: { zh: '有照片吗？', en: 'Is there a picture?' },
      help: {
        zh: '手机上的放在摄像头下面。没有也收',
        en: 'Hold your phone under the camera. We take it without',
      },
      label: { zh: '照片', en: 'Picture' },
    },
  ],
});
