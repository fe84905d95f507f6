/** Lines of aligned cells: the first `left` columns and the last one begin at the left, the others end at the right. */
export function textColumns(lines: readonly (readonly string[])[], left: number): string[] {
  const last = lines[0]!.length - 1;
  const widths = lines[0]!.map((_, i) => Math.max(...lines.map((line) => line[i]!.length)));
  return lines.map((line) =>
    line
      .map((cell, i) => (i < left || i === last ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
}
