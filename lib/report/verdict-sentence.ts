import type { Summary } from '../summary/summary';
import { formatMs, formatRatio } from './numbers';

/** The verdict as one sentence; a tie is called a tie. */
export function verdictSentence({ status, verdict, variants }: Summary): string {
  if (status === 'stopped') return 'Stopped before its end: no verdict';
  if (verdict.tied.length > 0) return `Tie: ${verdict.tied.join(', ')}`;
  const winner = variants.find(({ id }) => id === verdict.winner);
  if (!winner?.durationMs) return 'No winner';
  const { median, low, high } = winner.durationMs;
  const time = `${formatMs(median)} (${formatMs(low)} – ${formatMs(high)})`;
  const { speedup } = winner;
  if (!speedup || speedup.versus === winner.id) return `Winner: ${winner.id}, ${time}`;
  const times = `${formatRatio(speedup.ratio)} (${formatRatio(speedup.low)} – ${formatRatio(speedup.high)})`;
  return `Winner: ${winner.id}, ${time}, ${times} as fast as ${speedup.versus}`;
}
