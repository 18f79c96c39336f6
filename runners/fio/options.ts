import type { AllowedOption } from '../options.ts';

const flag = /^[01]$/;
const integer = /^[0-9]{1,12}$/;
const decimal = /^[0-9]{1,9}(\.[0-9]{1,6})?$/;
const percent = /^([0-9]{1,2}|100)$/;
const size = /^[0-9]{1,12}([kmgtKMGT]i?[bB]?|%)?(,[0-9]{1,12}([kmgtKMGT]i?[bB]?)?)?$/;
const time = /^[0-9]{1,9}(us|ms|s|m|h)?$/;
const word = /^[a-z0-9_-]{1,32}$/;
const list = /^[A-Za-z0-9.,:/_%-]{1,128}$/;

function options(value: RegExp, ...names: string[]): AllowedOption[] {
  return names.map((name) => ({ name, value }));
}

/** Job options that a user may add because they change the load and nothing else: no program, no other file, no other report. */
export const extraOptions: readonly AllowedOption[] = [
  ...options(
    flag,
    'allrandrepeat',
    'create_fsync',
    'create_on_open',
    'create_serialize',
    'end_fsync',
    'file_append',
    'fixedbufs',
    'fsync_on_close',
  ),
  ...options(
    flag,
    'hipri',
    'invalidate',
    'nonvectored',
    'norandommap',
    'overwrite',
    'pre_read',
    'randrepeat',
    'refill_buffers',
    'registerfiles',
  ),
  ...options(flag, 'scramble_buffers', 'softrandommap', 'sqthread_poll', 'thinktime_spin', 'zero_buffers'),
  ...options(
    integer,
    'fsync',
    'iodepth_batch',
    'iodepth_batch_complete_max',
    'iodepth_batch_complete_min',
    'iodepth_batch_submit',
    'iodepth_low',
  ),
  ...options(integer, 'nice', 'number_ios', 'openfiles', 'prio', 'prioclass', 'randseed', 'rate_iops', 'rate_iops_min', 'thinktime_blocks'),
  ...options(percent, 'buffer_compress_percentage', 'dedupe_percentage', 'rwmixwrite'),
  ...options(decimal, 'latency_percentile'),
  ...options(
    size,
    'blockalign',
    'ba',
    'buffer_compress_chunk',
    'filesize',
    'io_size',
    'offset',
    'offset_increment',
    'rate_min',
    'zonerange',
    'zonesize',
    'zoneskip',
  ),
  ...options(time, 'latency_target', 'latency_window', 'max_latency', 'startdelay', 'thinktime'),
  ...options(
    word,
    'cpus_allowed_policy',
    'dedupe_mode',
    'fadvise_hint',
    'fallocate',
    'io_submit_mode',
    'random_generator',
    'rate_process',
    'rw_sequencer',
    'sync',
  ),
  ...options(list, 'bsrange', 'bssplit', 'cpus_allowed', 'file_service_type', 'random_distribution'),
];

/** What a job file may set besides: the options that stand behind the parameters. */
export const jobFileOptions: readonly AllowedOption[] = [
  ...extraOptions,
  ...options(flag, 'buffered', 'direct', 'thread'),
  ...options(integer, 'fdatasync', 'iodepth', 'nrfiles', 'numjobs'),
  ...options(percent, 'percentage_random', 'rwmixread'),
  ...options(size, 'blocksize', 'bs', 'rate', 'size'),
  ...options(/^(rand)?(read|write|rw)$|^readwrite$/, 'readwrite', 'rw'),
  ...options(/^(libaio|io_uring|posixaio|psync|sync|vsync|pvsync|pvsync2|mmap)$/, 'ioengine'),
];
