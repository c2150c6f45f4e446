/** What the terminal itself says: refusals, problems and neutral names. Tone and terms after the list of words. */
import type { Question, Text } from '../../catalog/schema.ts';
import type { ActResult, Refusal } from '../api.ts';
import type { MayTake } from './cash-here.ts';

/** Why an agent may not take cash now; nothing was taken. */
export const CASH_REFUSED: Readonly<Record<Exclude<MayTake, 'ready'>, Text>> = {
  asking: { zh: '正在问能不能收现金，请等一等', en: 'Asking whether cash may be taken, please wait' },
  over: {
    zh: '今天收的现金要超过上限了，没有收。请用手机付，或明天再来',
    en: 'That would be over today’s limit, and was not taken. Pay by phone, or come tomorrow',
  },
  offline: { zh: '没网，先不能收现金', en: 'No cash is taken without network' },
  unavailable: { zh: '现在问不到县里，先不收现金', en: 'The county does not answer: no cash is taken now' },
  'no-printer': {
    zh: '打印机没好，打不出收条，先不收现金',
    en: 'The printer cannot print slips: no cash is taken now',
  },
  'no-agent': {
    zh: '要代办员登录，本人也刷了身份证，才能收现金',
    en: 'An agent who is signed in, and the resident’s own card, are needed for cash',
  },
};

/** Words for each refusal that has no better ones of its own: the reason in a line, and what to do. */
export const REFUSAL_WORDS = {
  'not-here': {
    zh: '这一页不能这样办，请看屏幕',
    en: 'That cannot be done on this page: please look at it',
  },
  stale: { zh: '页面已经换了，请再点一次', en: 'The page has changed, please tap again' },
  'unknown-matter': {
    zh: '这台机器上没有这件事，请找代办员',
    en: 'This machine does not have that matter: ask the agent',
  },
  'matter-not-available': {
    zh: '这件事现在不能办，请找代办员',
    en: 'This cannot be done right now: ask the agent',
  },
  'basis-not-allowed': {
    zh: '这件事不能这样代办，请找代办员',
    en: 'This cannot be done for somebody in that way: ask the agent',
  },
  'unknown-question': {
    zh: '这件事不问这个，请看屏幕',
    en: 'This matter does not ask that: please look at the page',
  },
  'bad-answer': { zh: '填得不对，请看一下', en: 'That answer does not fit, please look again' },
  'evidence-missing': { zh: '还缺证明，请补上', en: 'Evidence is still missing: please add it' },
  incomplete: { zh: '还有没填的，请填上', en: 'Something is not filled in yet: please fill it in' },
  'not-eligible': {
    zh: '这件事暂时不能申请，请问代办员',
    en: 'This cannot be applied for at present: ask the agent',
  },
  'needs-proof': { zh: '请先核验本人', en: 'Please prove first that it is you' },
  'too-late': { zh: '来不及送到，请找代办员', en: 'It would arrive too late: ask the agent' },
  'store-full': {
    zh: '机器存满了，没有收下。请找代办员',
    en: 'The machine is full and kept nothing. Ask the agent',
  },
  'out-of-service': {
    zh: '机器暂停服务，没有收下。请找代办员',
    en: 'The machine is out of service and kept nothing. Ask the agent',
  },
} as const satisfies Record<Refusal['code'], Text>;

/** A refusal with its own words, or the usual ones of its code. */
export function refusal(code: Refusal['code'], words?: Text, questionId?: string): Refusal {
  return { code, words: words ?? REFUSAL_WORDS[code], questionId: questionId ?? null };
}

/** An action that did nothing, for a reason in its usual words. */
export function refused(code: Refusal['code']): ActResult {
  return { ok: false, error: refusal(code) };
}

/** Each matter offered beside the first is wished for or declined, none is passed over. */
export const BUNDLE_UNDECIDED: Text = {
  zh: '每一件都点一下：一起办，还是先不办',
  en: 'Please say for each whether to do it too',
};

/** Something wished for beside the first matter cannot be filed any more. */
export function bundleLost({ zh, en }: Text): Text {
  return {
    zh: `${zh}现在不能一起办了，别的照样能交`,
    en: `“${en}” cannot be done with it any more; the rest can be handed in`,
  };
}

/** One more slip would have to be noted first. */
export const COPY_NOT_PRINTED: Text = {
  zh: '现在补打不了回执，请找代办员',
  en: 'The slip cannot be printed again now, ask the agent',
};

/** As often as one visit may try one method. */
export const PROOF_TRIED_ENOUGH: Text = {
  zh: '这样试过好几次了，请换一种办法，或找代办员',
  en: 'This was tried several times. Choose another way, or ask the agent',
};

/** Said to who asks for a slip while the printer wants a hand. */
export const PRINTER_NOT_READY: Text = {
  zh: '打印机还没好，请等一等再打',
  en: 'The printer is not ready yet. Please wait, then print',
};

/** Said to who wants to print while the printer of whole sheets wants a hand. */
export const DOCUMENT_PRINTER_NOT_READY: Text = {
  zh: '打印机还没好，请等一等，或找代办员',
  en: 'The printer is not ready yet. Please wait, or ask the agent',
};

/** The roll is for everybody. */
export const COPIES_ENOUGH: Text = {
  zh: '已经打了好几张，请看看出纸口，没有请找代办员',
  en: 'Several were printed already. Look at the slot, or ask the agent',
};

/** Of a matter that was stopped a moment ago. */
export const BLOCKED_FOR_NOW: Text = {
  zh: '这件事先停办，请问代办员',
  en: 'This cannot be done for now: ask the agent',
};

/** Why a matter cannot be started now, and what to do. */
export const BLOCKED_WORDS = {
  'needs-network': {
    zh: '没网，先不能办。网络通了再来，急的请找代办员',
    en: 'Not possible without network. Come again, or ask the agent',
  },
  'needs-printer': {
    zh: '打印机坏了，这件事先不能办，请找代办员',
    en: 'The printer is down, so this cannot be done now: ask the agent',
  },
  'needs-special-paper': {
    zh: '这台机器没有专用纸，打不了。请到窗口打',
    en: 'This machine has no special paper for it. Please go to the counter',
  },
  'needs-camera': {
    zh: '摄像头现在用不了，这件事请找代办员',
    en: 'The camera cannot be used now: ask the agent',
  },
  'needs-microphone': {
    zh: '话筒现在用不了，这件事请找代办员',
    en: 'The microphone cannot be used now: ask the agent',
  },
  'needs-scanner': {
    zh: '扫码窗现在用不了，这件事请找代办员',
    en: 'Codes cannot be scanned now: ask the agent',
  },
  'needs-proof': { zh: '这件事要核验本人，请找代办员', en: 'This needs proof of who you are: ask the agent' },
  'needs-card': {
    zh: '这件事要放身份证，请放上来',
    en: 'This needs your ID card: please lay it',
  },
} as const satisfies Record<string, Text>;

/** Of a matter that is paid, without network. */
export const PAY_NEEDS_NETWORK: Text = {
  zh: '没网，先不能缴。网络通了再来，急的请找代办员',
  en: 'No paying without network. Come again, or ask the agent',
};

/** Whoever keeps what a private matter looked up. */
export const AN_OFFICE: Text = { zh: '县里的部门', en: 'A county office' };

/** What is looked up needs the network: when to come again, and whom to call meanwhile. */
export function unreadWords(phone: string): Text {
  return {
    zh: `没网，查不到。网络通了再来，急的请打 ${phone}`,
    en: `No network, so nothing can be looked up. Come again, or call ${phone}`,
  };
}

/** What was handed in as a photograph is none that can be taken. */
export const PHOTO_UNFIT: Text = {
  zh: '这张没拍好，请再拍一张',
  en: 'That photograph did not work, please take another',
};

/** What was handed in as a signature is none that can be taken. */
export const SIGNATURE_UNFIT: Text = { zh: '没签好，请再签一次', en: 'That did not work, please sign again' };

/** What was handed in as a recording is none that can be taken. */
export const RECORDING_UNFIT: Text = {
  zh: '没录好，请再说一次',
  en: 'That recording did not work, please say it again',
};

/** An agent acts for nobody who is not here. */
export const RESIDENT_NEEDED: Text = {
  zh: '为别人办，请先让本人刷身份证',
  en: 'To act for somebody, please let them lay their own ID card first',
};

/** What is kept of somebody is looked up on their own card alone. */
export const THEIR_CARD_NEEDED: Text = {
  zh: '查谁的，就要放谁的身份证。没有身份证的，请找代办员',
  en: 'This needs their own ID card. Without one, please ask the agent',
};

/** A consent that could not be taken back for want of room: it proves nothing half an hour after it came anyway. */
export const CONSENT_NOT_TAKEN_BACK: Text = {
  zh: '现在收不回，请找代办员。半小时后它自己就不管用了',
  en: 'It cannot be taken back now: ask the agent. After half an hour it no longer counts',
};

/** What is wrong with a slip that was held up, or with what was typed of it. */
export const SLIP_WORDS = {
  unreadable: { zh: '没扫清楚，再扫一次', en: 'That did not scan. Please try again' },
  'no-slip': { zh: '这个码不对，请扫回执上的码', en: 'This is not a slip’s code. Scan the one on the slip' },
  forged: { zh: '这张回执不是本县的机器出的', en: 'This slip is not from a machine of this county' },
  'forged-certificate': {
    zh: '这张纸不是本县的机器打的，不要相信',
    en: 'This paper is not from a machine of this county: do not trust it',
  },
  'no-number': { zh: '办件号是 12 位', en: 'The case number has 12 digits' },
  'no-code': { zh: '查询码是 6 位', en: 'The look-up code has 6 digits' },
} as const satisfies Record<string, Text>;

/** Beside a question for somebody else's card when one's own is laid. */
export const OWN_CARD: Text = {
  zh: '这是您自己的证，请放对方的身份证',
  en: "This is your own card: lay the other person's",
};

/** Below a tile whose age limits the card holder meets: nothing is promised. */
export const MAY_APPLY: Text = { zh: '可以申请，镇里审核', en: 'You can apply, the town decides' };

/** The name of a "not me" report among a person's cases. */
export const NOT_ME_NAME: Text = { zh: '不是我办的', en: 'Not done by me' };

/** A case whose matter this machine no longer has. */
export const FORMER_MATTER_NAME: Text = { zh: '以前办的一件事', en: 'An earlier matter' };

/** What was asked for after filing is asked for no more: it was decided, supplied or taken back meanwhile. */
export const ASKED_NO_MORE: Text = {
  zh: '这一件已经不用补了，请看最新的进度',
  en: 'This is no longer asked for: please see how far the case is',
};

/** What a case was taken back for is under way already, or it is decided. */
export const NOT_TO_BE_WITHDRAWN: Text = {
  zh: '这一件现在不能撤回，请看最新的进度',
  en: 'This cannot be taken back now: please see how far the case is',
};

/** Asked where a desk named nothing: what to say to it. */
export const ASKED_IN_WORDS: Question = {
  id: 'words',
  type: 'text',
  ask: { zh: '您怎么答复工作人员？', en: 'What is your answer to the staff?' },
  help: {
    zh: '写一两句；有材料，下一页可以拍',
    en: 'A sentence or two. A paper can be photographed on the next page',
  },
  label: { zh: '您的答复', en: 'Your answer' },
  optional: false,
  maxLength: 200,
};

/** And a paper, where there is one. */
export const ASKED_PAPER: Question = {
  ...askedMaterial('material-paper', { zh: '材料', en: 'the paper' }),
  optional: true,
};

/** Whoever takes a result signs for it. */
export const TAKEN_SIGNATURE: Question = {
  id: 'taken',
  type: 'signature',
  ask: { zh: '请签名，表示结果取到了', en: 'Please sign: you have the result' },
  help: { zh: '用手指写您自己的名字', en: 'Write your own name with a finger' },
  label: { zh: '取结果的签名', en: 'Signature for the result' },
  optional: false,
};

/** A paper that is asked for by its name. */
export function askedMaterial(id: string, name: Text): Question {
  return {
    id,
    type: 'photo',
    of: 'document',
    ask: { zh: `请拍：${name.zh}`, en: `Please photograph: ${name.en}` },
    label: name,
    optional: false,
  };
}
