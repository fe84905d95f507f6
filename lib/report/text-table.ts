export interface Column {
  title: string;
  align: 'left' | 'right';
}

/** Columns two spaces apart, as wide as their widest cell. Cells may hold no colours: paint whole lines. */
export function textTable(columns: readonly Column[], rows: readonly string[][]): string[] {
  const lines = [columns.map(({ title }) => title), ...rows];
  const widths = columns.map((_, n) => Math.max(...lines.map((cells) => width(cells[n] ?? ''))));
  return lines.map((cells) =>
    cells
      .map((cell, n) => {
        const space = ' '.repeat(widths[n]! - width(cell));
        return columns[n]!.align === 'right' ? space + cell : cell + space;
      })
      .join('  ')
      .trimEnd(),
  );
}

// Code points: what a terminal draws in one cell each, but for wide and combining characters.
const width = (text: string) => Array.from(text).length;
