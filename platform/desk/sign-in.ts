/** Staff sign in by name and password; guessing is slowed down by name and by address. */
import type { PlatformContext } from '../context.ts';
import { createLimiter, type Limiter } from '../limits/limiter.ts';
import { type Html, html } from '../pages/html.ts';
import { isPassword } from './passwords.ts';
import { beginSession } from './sessions.ts';
import { noteAct } from './staff-log.ts';

/** Wrong tries a sign-in name, and an address, may make at once, and then a minute. */
export interface SignInLimits {
  readonly byName: Limiter;
  readonly byAddress: Limiter;
}

/** The limits of a desk. */
export function signInLimits(context: Pick<PlatformContext, 'clock'>): SignInLimits {
  return {
    byName: createLimiter(context.clock, { burst: 5, perMinute: 0.5 }),
    byAddress: createLimiter(context.clock, { burst: 20, perMinute: 5 }),
  };
}

/** A token for the cookie, or why there is none. The reason never tells whether the name exists. */
export type SignInOutcome =
  | { readonly token: string }
  | { readonly trouble: string; readonly status: number };

/** Checks name and password. */
export async function signIn(
  context: PlatformContext,
  limits: SignInLimits,
  tried: { readonly name: string; readonly password: string; readonly address: string },
): Promise<SignInOutcome> {
  const waitS = Math.max(limits.byName.spend(tried.name), limits.byAddress.spend(tried.address));
  if (waitS > 0) {
    return { trouble: `试得太多了，请过 ${Math.ceil(waitS / 60)} 分钟再试`, status: 429 };
  }
  const row = await context.store.db
    .selectFrom('staff')
    .select(['staffId', 'deskCode', 'password', 'disabled'])
    .where('signIn', '=', tried.name)
    .executeTakeFirst();
  const isRight = await isPassword(context.crypto, tried.password, row?.password);
  const isIn = row !== undefined && isRight && row.disabled === 0;
  await noteAct(context, {
    ...{ staff: row ?? null, operation: 'door.sign-in', subject: '', isAllowed: isIn },
  });
  if (!isIn) {
    context.log('platform.refused', { where: 'desk', why: 'sign-in' });
    return { trouble: '用户名或密码不对', status: 403 };
  }
  limits.byName.forgive(tried.name);
  limits.byAddress.forgive(tried.address);
  return { token: await beginSession(context, row.staffId) };
}

/** The sign-in page. */
export function signInPage(trouble: string | null): Html {
  return html`<main class="enter"><h1>工位登录</h1><p class="lead">一站 · 村、镇、县工作人员</p>
${trouble ? html`<p class="trouble" role="alert">${trouble}</p>` : null}
<form method="post" action="/sign-in" class="card">
<label for="name">用户名</label><input id="name" name="name" autocomplete="username" required autofocus>
<label for="password">密码</label><input id="password" name="password" type="password" autocomplete="current-password" required>
<button class="main">登录</button></form></main>`;
}
