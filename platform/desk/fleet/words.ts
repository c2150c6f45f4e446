/** What pages about machines call things. */
import type { Alert } from '../../fleet/group.ts';
import type { Finding, MachineState } from '../../fleet/machines.ts';
import type { AlertKind } from '../../fleet/rules.ts';

/** A state as a word and a sign: never a colour alone. */
export const STATE_WORDS: Readonly<Record<MachineState, { readonly words: string; readonly sign: string }>> =
  {
    silent: { words: '没有消息', sign: '✕' },
    trouble: { words: '有故障', sign: '▲' },
    attention: { words: '要留意', sign: '◆' },
    new: { words: '还没报过', sign: '○' },
    night: { words: '夜里断电', sign: '☾' },
    revoked: { words: '已停用', sign: '－' },
    ok: { words: '正常', sign: '●' },
  };

/** What an alert is called. */
export const ALERT_WORDS: Readonly<Record<AlertKind, string>> = {
  'county-silent': '全县多处一起没有消息',
  'town-silent': '全镇一起没有消息，多半是停电或断网',
  silent: '没有消息',
  device: '设备有故障',
  owed: '条目送不出去',
  disk: '磁盘快满了',
  crashes: '程序反复重启',
  paper: '纸快用完了',
  software: '软件太旧',
  clock: '时间没有校准',
};

/** What devices are called; one of a later release by its own code. */
const DEVICE_WORDS: Readonly<Record<string, string>> = {
  'card-reader': '身份证读卡器',
  'slip-printer': '回执打印机',
  'a4-printer': 'A4 打印机',
  'code-scanner': '扫码器',
  'social-card-reader': '社保卡卡槽',
  'door-sensor': '门磁',
  'light-sensor': '光线感应',
  'presence-sensor': '人体感应',
  'audio-jack': '耳机插孔',
  'document-camera': '高拍仪',
  'face-camera': '人像摄像头',
  microphone: '话筒',
  proof: '人证核验',
};

const REASON_WORDS: Readonly<Record<string, string>> = {
  'not-answering': '没有回应',
  'port-closed': '没插好',
  'self-test-failed': '自检没过',
  'not-authorised': '没有授权',
  'paper-out': '没有纸',
  'paper-low': '纸快没了',
  'paper-jam': '卡纸',
  'slip-waiting': '纸没人取',
  'cover-open': '盖子开着',
  'cutter-error': '切刀卡住',
  unrecoverable: '坏了',
  overheated: '过热',
  'off-line': '离线',
  misconfigured: '配置不对',
  'not-understood': '答的话听不懂',
  'driver-missing': '缺驱动',
  'toner-empty': '没有墨粉',
  'toner-low': '墨粉快没了',
  'tray-missing': '纸盒没装好',
  'output-full': '出纸口满了',
  'part-worn': '零件到寿命',
  paused: '暂停了',
  'needs-attention': '要人看一下',
  'job-stuck': '打印任务卡住',
};

const DEVICE_STATES: Readonly<Record<string, string>> = {
  ok: '正常',
  starting: '正在启动',
  busy: '正在用',
  attention: '要留意',
  fault: '有故障',
  absent: '没接上',
};

/** Pages of the screen. */
const PAGE_WORDS: Readonly<Record<string, string>> = {
  matter: '事项说明',
  question: '填写',
  check: '核对',
  consent: '同意调取',
  fetched: '调取结果',
  records: '查询结果',
  print: '打印',
  'prove-person': '核验本人',
  bundle: '一起办',
  bill: '查账单',
  payment: '缴费',
  kept: '办完',
  attract: '首页',
  'card-not-valid': '卡不能用',
  'slip-lookup': '查回执',
  'slip-answer': '查回执',
  'phone-code': '手机亮码',
};

/** Why the line did not do what it should, as the terminal's calls say it. */
const LINE_WORDS: Readonly<Record<string, string>> = {
  unreachable: '连不上',
  timeout: '太慢，没等到',
  cancelled: '中途停了',
  'too-large': '答得太大',
  other: '别的原因',
};

/** A trouble of the line in words; what the platform answered by its number. */
export function lineWords(code: string): string {
  const [, status] = /^http-(\d{3})$/.exec(code) ?? [];
  return LINE_WORDS[code] ?? (status === undefined ? code : `平台答 ${status}`);
}

/** A device's name. */
export function deviceName(kind: string): string {
  return DEVICE_WORDS[kind] ?? kind;
}

/** How a device is, with why. */
export function deviceStateWords(state: string, reason: string | null): string {
  const words = DEVICE_STATES[state] ?? state;
  return reason === null ? words : `${words}：${REASON_WORDS[reason] ?? reason}`;
}

/** Why a device does not work, by its code or in words that somebody chose. */
export function reasonWords(reason: string): string {
  return REASON_WORDS[reason] ?? reason;
}

/** A page's name. */
export function pageName(page: string): string {
  return PAGE_WORDS[page] ?? page;
}

/** One thing wrong, in as few words as a line has room for. */
export function findingWords({ kind, device }: Finding): string {
  if (device === undefined) return ALERT_WORDS[kind];
  const why = device.reason === null ? DEVICE_STATES[device.state] : REASON_WORDS[device.reason];
  return `${deviceName(device.kind)}${why ?? device.reason ?? ''}`;
}

/** An alert with how many it is about. */
export function alertWords({ kind, machines }: Pick<Alert, 'machines'> & { readonly kind: string }): string {
  const words = ALERT_WORDS[kind as AlertKind] ?? kind;
  return machines > 1 ? `${words}（${machines} 台）` : words;
}

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_MINUTES = 1_440;

/** A span as people say it: 刚才, 12 分钟, 3 小时, 2 天. */
export function spanWords(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes < 1) return '刚才';
  if (minutes < HOUR_MINUTES) return `${minutes} 分钟`;
  if (minutes < DAY_MINUTES) return `${Math.floor(minutes / HOUR_MINUTES)} 小时`;
  return `${Math.floor(minutes / DAY_MINUTES)} 天`;
}

/** How long ago. */
export function agoWords(ms: number): string {
  return ms < MINUTE_MS ? '刚才' : `${spanWords(ms)}前`;
}

/** A size in GiB or MiB. */
export function sizeWords(bytes: number): string {
  const gib = bytes / 2 ** 30;
  return gib >= 1 ? `${gib.toFixed(gib < 10 ? 1 : 0)} GB` : `${Math.round(bytes / 2 ** 20)} MB`;
}
