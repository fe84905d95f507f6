/**
 * Draws what a terminal shows as an SVG, for the README:
 * `FORCE_COLOR=1 npm run --silent cli -- report runs/<runId> | npx tsx bench/terminal-picture.ts > docs/first-run.svg`
 */
const cell = { width: 8.2, height: 19 };
const margin = 18;

function terminalPicture(text: string): string {
  const lines = text.trimEnd().split('\n').map(spansOf);
  const columns = Math.max(...lines.map((spans) => spans.reduce((sum, span) => sum + span.text.length, 0)));
  const width = Math.ceil(columns * cell.width + 2 * margin);
  const height = lines.length * cell.height + 2 * margin;
  const rows = lines.map((spans, n) => row(spans, margin + (n + 0.75) * cell.height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<style>text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#d6dde6;white-space:pre}.bold{font-weight:700;fill:#fff}.dim{fill:#8b97a5}.green{fill:#5fd787}.red{fill:#ff7b72}</style>
<rect width="100%" height="100%" rx="8" fill="#151b23"/>
${rows.join('\n')}
</svg>
`;
}

interface Span {
  text: string;
  classes: string[];
}

const styles: Record<string, string> = { '1': 'bold', '2': 'dim', '31': 'red', '32': 'green' };

const escape = String.fromCharCode(27);
const colourCodes = new RegExp(`(${escape}\\[\\d+m)`);
const otherCodes = new RegExp(`${escape}\\[[\\d;?]*[A-Za-ln-z]`, 'g');

function spansOf(line: string): Span[] {
  const spans: Span[] = [];
  let classes: string[] = [];
  for (const piece of line.replaceAll(otherCodes, '').split(colourCodes)) {
    const code = piece.startsWith(escape) ? piece.slice(2, -1) : undefined;
    if (code === undefined) {
      if (piece !== '') spans.push({ text: piece, classes });
    } else classes = styles[code] ? [...classes, styles[code]] : classesWithout(classes, code);
  }
  return spans;
}

// 22 ends bold and dim, 39 ends a colour.
function classesWithout(classes: string[], code: string): string[] {
  const ended = code === '22' ? ['bold', 'dim'] : code === '39' ? ['red', 'green'] : classes;
  return classes.filter((name) => !ended.includes(name));
}

// Every span has its place, so that no font can move a column.
function row(spans: Span[], y: number): string {
  let column = 0;
  return spans
    .map(({ text, classes }) => {
      const x = (margin + column * cell.width).toFixed(1);
      const textLength = (text.length * cell.width).toFixed(1);
      column += text.length;
      return `<text x="${x}" y="${y}" class="${classes.join(' ')}" textLength="${textLength}">${escapeXml(text)}</text>`;
    })
    .join('');
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

let input = '';
process.stdin.setEncoding('utf8').on('data', (text: string) => (input += text));
process.stdin.on('end', () => process.stdout.write(terminalPicture(input)));
