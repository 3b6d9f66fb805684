/** 1 January 1980, midnight: the first moment that a zip file can name. */
const FIRST_DAY = { time: 0, date: 0x21 };

/** A version that reads files without compression, on a system with file modes. */
const VERSION = 20;
const UNIX = 3 << 8;
const UTF_8 = 0x0800;
const READABLE = (0o100644 << 16) >>> 0;

/**
 * Files as a zip whose bytes follow from their names and contents alone: stored, in the order of their names, with one
 * fixed time. An archive that changes with the time of a checkout would deploy a function anew each time.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zip(files: Readonly<Record<string, string>>): Buffer {
  const entries: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  const names = Object.keys(files).sort();
  for (const name of names) {
    const content = Buffer.from(files[name]);
    const common = headerOf(name, content);
    const entry = Buffer.concat([numbers([4, 0x04034b50]), common, Buffer.from(name), content]);
    entries.push(entry);
    directory.push(
      numbers([4, 0x02014b50], [2, UNIX | VERSION]),
      common,
      numbers([2, 0], [2, 0], [2, 0], [4, READABLE], [4, offset]),
      Buffer.from(name),
    );
    offset += entry.length;
  }
  const listed = Buffer.concat(directory);
  const end = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, names.length],
    [2, names.length],
    [4, listed.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...entries, listed, end]);
}

/** What a file and its row in the directory both say of it. */
function headerOf(name: string, content: Buffer): Buffer {
  const { time, date } = FIRST_DAY;
  const size = content.length;
  const stored = 0;
  return numbers(
    [2, VERSION],
    [2, UTF_8],
    [2, stored],
    [2, time],
    [2, date],
    [4, crc32(content)],
    [4, size],
    [4, size],
    [2, Buffer.byteLength(name)],
    [2, 0],
  );
}

/** Numbers of two or four bytes, the lowest byte first. */
function numbers(...values: readonly (readonly [2 | 4, number])[]): Buffer {
  return Buffer.concat(
    values.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}

/** What each byte adds to a check sum. */
const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** The check sum of a zip file; `node:zlib` has it from Node.js 20.15 only. */
export function crc32(content: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of content) crc = SUMS[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
