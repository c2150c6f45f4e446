/** A roll-out to be begun: its form, what the form says as a plan, and the plan shown once more before it counts. */
import { TOWNS } from '../../../catalog/places.ts';
import type { FleetLine } from '../../fleet/standing.ts';
import { type Html, html } from '../../pages/html.ts';
import type { StageView } from '../../rollouts/overview.ts';
import { type Plan, planSchema, usualPlan } from '../../rollouts/plan.ts';
import type { PublishedRelease } from '../../rollouts/published.ts';
import { type DeskCall, tokenField } from '../call.ts';
import { WHY_MOST } from './rollout-view.ts';
import { areaWords, DAYS, holdWords, hoursWords, minuteWords, shareWords } from './rollout-words.ts';

type Form = DeskCall['form'];

/** Lines of the form, each a stage or left empty. */
const STAGE_LINES = 6;

/** What the form says, as far as it says anything. */
export interface BeginWish {
  readonly plan: Plan;
  readonly words: string;
}

/** The plan that the form describes, or what is wrong with it. */
export function readBegin(
  form: Form,
  releases: readonly PublishedRelease[],
  lines: readonly FleetLine[],
): BeginWish | string {
  const words = form.words?.trim() ?? '';
  if (words === '') return '请写为什么发这一版';
  const release = releases.find(({ version }) => String(version) === form.version);
  if (!release || release.withdrawn) return '请选一个发布过、没有撤回的版本';
  const pilot = readPilot(form.pilot ?? '', lines);
  if (typeof pilot === 'string') return pilot;
  const stages = Array.from({ length: STAGE_LINES }, (_, number) => ({
    area: form[`area${number}`] ?? '',
    percent: Number(form[`percent${number}`]),
    holdHours: Number(form[`hold${number}`]),
  })).filter(({ area }) => area !== '');
  if (stages.length === 0) return '请至少写一步';
  if (stages.some(({ area }) => area === 'pilot') && pilot.length === 0) return '写了试点，请写哪几台试点';
  const plan = planSchema.safeParse({
    ...{ version: release.version, channel: form.channel, pilot, stages },
    hours: {
      days: DAYS.flatMap((_, index) => (form[`day${index + 1}`] === 'yes' ? [index + 1] : [])),
      fromMinute: readMinute(form.from),
      toMinute: readMinute(form.to),
    },
    stop: { percent: Number(form.stopPercent), least: Number(form.stopLeast) },
  });
  if (!plan.success) return `写得不对：${troubleOf(String(plan.error.issues[0]?.path[0] ?? ''))}`;
  if (!release.channels.includes(plan.data.channel))
    return plan.data.channel === 'stable' ? '这一版还只在试用库' : '这一版不在试用库';
  return { plan: plan.data, words };
}

const TROUBLES: Readonly<Record<string, string>> = {
  hours: '请至少选一天，开始要在结束以前',
  stages: '台数是 1 到 100 的整数，等的时间是 0 到 2160 小时',
  stop: '停下的界线是 0 到 100 的整数，至少 1 台',
};

function troubleOf(field: string): string {
  return TROUBLES[field] ?? field;
}

function readMinute(time: string | undefined): number {
  const [hour = Number.NaN, minute = Number.NaN] = (time ?? '').split(':').map(Number);
  // Midnight at the end of a day is the day's last minute and one.
  return time === '24:00' ? 1_440 : hour * 60 + minute;
}

/** Machines by the beginning of their number, or by their village; each name means one village. */
function readPilot(text: string, lines: readonly FleetLine[]): readonly string[] | string {
  const found = new Set<string>();
  for (const name of text.split(/[\s,，、]+/).filter((one) => one !== '')) {
    const here = lines.filter(
      ({ machine: { id, place, revokedMs } }) =>
        revokedMs === null &&
        (/^[0-9a-f]{6,32}$/.test(name)
          ? id.startsWith(name)
          : [place.village.name, `${place.town.name}${place.village.name}`].includes(name)),
    );
    if (here.length === 0) return `没有找到“${name}”：写村名，或者机器编号的前几位`;
    if (new Set(here.map(({ machine }) => machine.place.village.code)).size > 1)
      return `“${name}”不止一个村，请连镇名一起写`;
    for (const { machine } of here) found.add(machine.id);
  }
  return [...found];
}

/** The form; `form` is what was written already. */
export function beginForm(
  call: DeskCall,
  releases: readonly PublishedRelease[],
  lines: readonly FleetLine[],
) {
  const form: Form = call.form.version === undefined ? {} : call.form;
  const open = releases.filter(({ withdrawn }) => !withdrawn);
  if (open.length === 0)
    return html`<p class="aside">还没有发布过的版本。版本由持钥匙的人签好，放进发布文件夹，才能在这里发。</p>`;
  const usual = usualPlan({ version: 1, channel: 'pilot', pilot: ['试'] });
  const chosen = (is: boolean) => (is ? html` selected` : null);
  const value = (name: string, otherwise: string | number) => form[name] ?? String(otherwise);
  const areas = areasOf(lines);
  const stage = (number: number) => {
    const usually = usual.stages[number];
    const area = form[`area${number}`] ?? usually?.area ?? '';
    const option = (code: string, words: string) =>
      html`<option value="${code}"${chosen(code === area)}>${words}</option>`;
    return html`<tr><td class="number">${number + 1}</td><td><select name="area${number}" aria-label="第 ${number + 1} 步发给谁">${option('', '不用')}${option('pilot', '试点机器')}${areas.map(
      ({ town, villages }) =>
        html`<optgroup label="${town.name}">${option(town.code, `${town.name}全镇`)}${villages.map(({ code, name }) => option(code, name))}</optgroup>`,
    )}${option('all', '全部机器')}</select></td><td><input name="percent${number}" type="number" min="1" max="100" value="${value(`percent${number}`, usually?.percent ?? 100)}" aria-label="百分之几"> %</td><td>至少 <input name="hold${number}" type="number" min="0" max="2160" value="${value(`hold${number}`, usually?.holdHours ?? 48)}" aria-label="至少多少小时"> 小时</td></tr>`;
  };
  const isFirst = form.version === undefined;
  const days = DAYS.map((day, index) => {
    const isOn = isFirst ? usual.hours.days.includes(index + 1) : form[`day${index + 1}`] === 'yes';
    return html`<label class="tick"><input type="checkbox" name="day${index + 1}" value="yes"${isOn ? html` checked` : null}>周${day}</label>`;
  });
  return html`<form method="post" action="/fleet/rollouts/begin" class="begin">${tokenField(call.session)}
<div class="begin-top"><div><label for="version">哪一版</label><select id="version" name="version">${open.map(
    ({ version, name, channels }) =>
      html`<option value="${version}"${chosen(String(version) === form.version)}>第 ${version} 版　${name}${channels.includes('stable') ? '' : '（只在试用库）'}</option>`,
  )}</select></div><div><label for="channel">从哪里取</label><select id="channel" name="channel"><option value="pilot"${chosen(form.channel !== 'stable')}>试用库</option><option value="stable"${chosen(form.channel === 'stable')}>正式库</option></select></div>
<div class="wide"><label for="pilot">试点机器（村名，或者编号的前几位，空格隔开）</label><input id="pilot" name="pilot" value="${value('pilot', '')}" maxlength="2000"></div></div>
<table class="plan"><thead><tr><th>步</th><th>发给谁</th><th>其中多少</th><th>站多久再进下一步</th></tr></thead><tbody>${Array.from({ length: STAGE_LINES }, (_, number) => stage(number))}</tbody></table>
<fieldset class="hours"><legend>哪几天、几点换</legend>${days}<span><input name="from" type="time" value="${value('from', minuteWords(usual.hours.fromMinute))}" aria-label="从几点" required> 到 <input name="to" type="time" value="${value('to', minuteWords(usual.hours.toMinute))}" aria-label="到几点" required></span></fieldset>
<fieldset class="hours"><legend>什么时候自己停</legend><span>换过的里面，坏的超过 <input name="stopPercent" type="number" min="0" max="100" value="${value('stopPercent', usual.stop.percent)}" aria-label="百分之几"> %，至少 <input name="stopLeast" type="number" min="1" max="1000" value="${value('stopLeast', usual.stop.least)}" aria-label="至少几台"> 台</span></fieldset>
<label for="beginWords">为什么发这一版</label><input id="beginWords" name="words" maxlength="${WHY_MOST}" value="${value('words', '')}" required><button class="main">先看一遍</button></form>`;
}

/** Towns and villages where machines stand. */
function areasOf(lines: readonly FleetLine[]) {
  const inService = lines.filter(({ machine }) => machine.revokedMs === null);
  const byTown = Map.groupBy(inService, ({ machine }) => machine.place.town.code);
  const order = new Map(TOWNS.map(({ code }, index) => [code, index]));
  const places = [...byTown].sort((a, b) => (order.get(a[0]) ?? 99) - (order.get(b[0]) ?? 99));
  return places.map(([code, here]) => ({
    town: { code, name: here[0]?.machine.place.town.name ?? code },
    villages: [
      ...new Map(here.map(({ machine: { place } }) => [place.village.code, place.village])).values(),
    ],
  }));
}

/** The plan before it counts: what each stage comes to today. */
export function confirmView(call: DeskCall, { plan, words }: BeginWish, stages: readonly StageView[]): Html {
  const { county } = call.context;
  const fields = Object.entries(call.form).filter(([name]) => !['token', 'sure'].includes(name));
  const hidden = fields.map(([name, said]) => html`<input type="hidden" name="${name}" value="${said}">`);
  const rows = stages.map(({ stage, counts, reached }, number) => {
    const fresh = counts.waiting;
    return html`<tr><td class="number">${number + 1}</td><td>${areaWords(stage.area, county)} ${shareWords(stage)}</td><td class="number"><b>${fresh}</b> 台${counts.pinned === 0 ? null : `，另有 ${counts.pinned} 台留在旧版`}</td><td class="number">到这时共 ${reached} 台</td><td>${number === stages.length - 1 ? '最后一步' : holdWords(stage.holdHours)}</td></tr>`;
  });
  return html`<section class="card rollout"><h2>第 ${plan.version} 版，这样发</h2><p>${words}</p>
<table class="stages"><thead><tr><th>步</th><th>发给谁</th><th>新发到</th><th></th><th>多久</th></tr></thead><tbody>${rows}</tbody></table>
<p class="aside">${hoursWords(plan.hours)}，没有人用的时候换 · 坏的超过 ${plan.stop.percent}%、至少 ${plan.stop.least} 台，自己停 · 从${plan.channel === 'pilot' ? '试用库' : '正式库'}取</p>
<p class="wait">开始以后，上一次发布就到此为止。</p>
<div class="acts"><form method="post" action="/fleet/rollouts/begin">${tokenField(call.session)}${hidden}<button class="main" name="sure" value="yes">开始发布</button></form><form method="post" action="/fleet/rollouts/begin">${tokenField(call.session)}${hidden}<button name="sure" value="back">回去改</button></form></div></section>`;
}
