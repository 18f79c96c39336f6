import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { jobArguments, jobFileText, readJobFile } from './job-file.ts';
import { jobFileOptions } from './options.ts';

const read = (text: string) => readJobFile(text, jobFileOptions);

describe('a job file', () => {
  test('is read into sections and options', () => {
    expect(
      read('# two readers\n[global]\nbs=64k\n\n[one]\nrw = randread\n; a comment\n[two]\nrw=read\nthinktime=10ms\nnorandommap\n'),
    ).toEqual({
      ok: true,
      sections: [
        { name: 'global', options: [['bs', '64k']] },
        { name: 'one', options: [['rw', 'randread']] },
        {
          name: 'two',
          options: [
            ['rw', 'read'],
            ['thinktime', '10ms'],
            ['norandommap', '1'],
          ],
        },
      ],
    });
  });

  test('with Windows line ends is the same', () => {
    expect(read('[one]\r\nbs=4k\r\n')).toEqual(read('[one]\nbs=4k\n'));
  });

  test.each([
    ['a program before the job', '[a]\nexec_prerun=rm -rf /', 'line 2: "exec_prerun" is not allowed'],
    ['a program after the job', '[a]\nexec_postrun=id', 'line 2: "exec_postrun" is not allowed'],
    ['an engine from a library', '[a]\nioengine=external:/x.so', 'line 2: ioengine does not take "external:/x.so"'],
    ['an engine that runs programs', '[a]\nioengine=exec', 'line 2: ioengine does not take "exec"'],
    ['an engine that writes nothing', '[a]\nioengine=null', 'line 2: ioengine does not take "null"'],
    ['any file', '[a]\nfilename=/etc/passwd', 'line 2: "filename" is not allowed'],
    ['any folder', '[a]\ndirectory=/', 'line 2: "directory" is not allowed'],
    ['a log file', '[a]\nwrite_bw_log=x', 'line 2: "write_bw_log" is not allowed'],
    ['a trace', '[a]\nread_iolog=/x', 'line 2: "read_iolog" is not allowed'],
    ['another file', '[a]\ninclude /etc/hosts', 'line 2: "include /etc/hosts" is not allowed'],
    ['its own time', '[a]\nruntime=1', 'time, files and reports come from the parameters'],
    ['groups of its own', '[a]\n[b]\nstonewall', 'line 3: "stonewall" is not allowed'],
    ['the environment', '[a]\nbs=${HOME}', 'line 2: bs does not take "${HOME}"'],
    ['an option outside of a section', 'bs=4k\n[a]', 'line 1: an option stands before the first [section]'],
    ['a section with a strange name', '[a b]\n', 'line 1: "[a b]" is not allowed'],
    ['no job', '[global]\nbs=4k\n', 'there is no section of a job, such as [job]'],
    ['nothing', '', 'there is no section of a job, such as [job]'],
    ['an empty value', '[a]\nbs=\n', 'line 2: bs does not take ""'],
  ])('with %s is refused', (_, text, message) => {
    expect(read(text)).toEqual({ ok: false, message: expect.stringContaining(message) });
  });
});

describe('sections', () => {
  const sections = [
    { name: 'global', options: [['bs', '4096'] as const] },
    { name: 'one', options: [['rw', 'read'] as const, ['direct', '1'] as const] },
  ];

  test('as a file', () => {
    expect(jobFileText(sections)).toBe('[global]\nbs=4096\n[one]\nrw=read\ndirect=1\n');
  });

  test('as arguments', () => {
    expect(jobArguments(sections)).toEqual(['--name=global', '--bs=4096', '--name=one', '--rw=read', '--direct=1']);
  });

  test('as a file are read as they were', () => {
    expect(read(jobFileText(sections))).toEqual({ ok: true, sections });
  });
});

const lines = fc.constantFrom(
  '[job]',
  'bs=4k',
  'exec_prerun=id',
  'rw=read\0',
  'size=1g',
  'rw',
  '=',
  '[',
  ' rw = write ',
  'bs=4k;exec_prerun=id',
  '\u2028exec_prerun=id',
);

test('whatever is written, what is read has allowed names and values without line breaks', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(lines, fc.string()), { maxLength: 12 }), (written) => {
      const found = read(written.join('\n'));
      const options = found.ok ? found.sections.flatMap((section) => section.options) : [];
      const wrong = options.filter(([key, value]) => !jobFileOptions.some(({ name }) => name === key) || !/^[\w.,:/%-]+$/.test(value));
      expect(wrong).toEqual([]);
    }),
  );
});
