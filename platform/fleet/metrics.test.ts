/** Numbers for Prometheus, over HTTP, to whoever bears the token alone. */
import { expect, it } from 'vitest';
import { toHex } from '../../base/bytes.ts';
import { encodeContent } from '../../sync/content-coding.ts';
import { makeReportRequest } from '../../sync/formats/report.ts';
import { DONGCUN, describeOnBoth } from '../testing/test-platform.ts';
import { enrolTerminal } from '../testing/test-terminal.ts';
import { sampleReport } from './testing/sample-report.ts';

const LINE =
  /^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? -?\d+(\.\d+)?)$/;

describeOnBoth('the metrics', (host) => {
  it('say how the machines are in the form Prometheus reads, and nothing without the token', async () => {
    const metrics = { host: '127.0.0.1', port: 0, token: 'a token of this test' };
    const { platform, clock } = await host.start({ metrics });
    const terminal = await enrolTerminal(await platform.enrolmentCode(DONGCUN));
    const report = sampleReport(clock.wallMs(), { journal: { owed: 4, oldestS: 90 }, disk: null });
    await terminal.call('reports', makeReportRequest(encodeContent(report)));
    const read = (authorization: string) => fetch(platform.metricsUrl ?? '', { headers: { authorization } });
    for (const wrong of ['', 'Bearer', 'Bearer a token of this tesT', 'a token of this test'])
      expect((await read(wrong)).status).toBe(401);
    clock.advance(1_500);
    const answer = await read('Bearer a token of this test');
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    const lines = (await answer.text()).trimEnd().split('\n');
    for (const line of lines) expect(line).toMatch(LINE);
    const labels = `{terminal="${toHex(terminal.terminalId)}",town="330624108",village="330624108248"}`;
    expect(lines).toContain(`yizhan_terminal_owed_entries${labels} 4`);
    expect(lines).toContain(`yizhan_terminal_oldest_owed_seconds${labels} 90`);
    expect(lines).toContain('yizhan_terminals{state="ok"} 1');
    expect(lines.join()).not.toContain('yizhan_terminal_disk_free_bytes{');
  });
});
