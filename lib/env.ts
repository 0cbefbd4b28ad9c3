import { z } from 'zod'
import type { BucketSettings } from './media/bucket-originals.ts'

/** What a bucket can't be reached without. */
const bucketNames = ['STAYTUNED_S3_BUCKET', 'STAYTUNED_S3_REGION', 'STAYTUNED_S3_ACCESS_KEY_ID', 'STAYTUNED_S3_SECRET_ACCESS_KEY'] as const

const schema = z
  .object({
    PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
    HOST: z.string().min(1).default('127.0.0.1'),
    PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    STAYTUNED_DATA: z.string().min(1).default('.data'),
    STAYTUNED_ROLE: z.enum(['all', 'web', 'live']).default('all'),
    STAYTUNED_SECRET: z.string().min(32).optional(),
    STAYTUNED_ADMIN_EMAIL: z.email().optional(),
    STAYTUNED_ADMIN_PASSWORD: z.string().min(10).optional(),
    STAYTUNED_FIRST_STORY: z.enum(['on', 'off']).default('on'),
    STAYTUNED_SECURITY_CONTACT: z
      .string()
      .regex(/^(mailto:[^\s@]+@[^\s@]+|https:\/\/[^\s/]\S*)$/)
      .optional(),
    STAYTUNED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
    STAYTUNED_S3_ENDPOINT: z.url({ protocol: /^https?$/ }).optional(),
    STAYTUNED_S3_REGION: z
      .string()
      .regex(/^[a-z0-9-]+$/i)
      .optional(),
    STAYTUNED_S3_BUCKET: z
      .string()
      .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/)
      .optional(),
    STAYTUNED_S3_PREFIX: z
      .string()
      .regex(/^[\w-]+(\/[\w-]+)*\/?$/)
      .optional(),
    STAYTUNED_S3_ACCESS_KEY_ID: z.string().min(1).optional(),
    STAYTUNED_S3_SECRET_ACCESS_KEY: z.string().min(1).optional(),
    STAYTUNED_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    STAYTUNED_MAIL_FROM: z.string().regex(/@/).optional(),
    STAYTUNED_MOST_SOCKETS: z.coerce.number().int().min(1).max(1_000_000).default(20_000),
    STAYTUNED_MOST_SOCKETS_OF_NETWORK: z.coerce.number().int().min(1).max(1_000_000).default(1_000),
    STAYTUNED_DRAIN: z.coerce.number().int().min(0).max(300).default(30),
    STAYTUNED_AUDIT_DAYS: z.coerce.number().int().min(0).max(36_500).default(730),
    STAYTUNED_METRICS_TOKEN: z.string().min(32).optional(),
    STAYTUNED_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  })
  .refine((env) => env.STAYTUNED_ROLE === 'all' || env.DATABASE_URL !== undefined, {
    path: ['STAYTUNED_ROLE'],
    message: 'must be all unless DATABASE_URL names a server: the embedded database belongs to one process',
  })
  .refine((env) => (env.STAYTUNED_ADMIN_EMAIL === undefined) === (env.STAYTUNED_ADMIN_PASSWORD === undefined), {
    path: ['STAYTUNED_ADMIN_EMAIL'],
    message: 'and STAYTUNED_ADMIN_PASSWORD go together: set both or neither',
  })
  .superRefine((env, context) => {
    const isMeant = [...bucketNames, 'STAYTUNED_S3_ENDPOINT' as const, 'STAYTUNED_S3_PREFIX' as const].some((name) => env[name] !== undefined)
    for (const name of bucketNames) {
      if (isMeant && env[name] === undefined) {
        context.addIssue({
          code: 'custom',
          path: [name],
          message: 'must be set too: the pictures go into a bucket with all of its settings, or into the data folder',
        })
      }
    }
  })
  .refine((env) => (env.STAYTUNED_SMTP_URL === undefined) === (env.STAYTUNED_MAIL_FROM === undefined), {
    path: ['STAYTUNED_SMTP_URL'],
    message: 'and STAYTUNED_MAIL_FROM go together: set both or neither',
  })

/** What may be set, and what each setting must be; told in the README. */
const expected: Record<string, string> = {
  PORT: 'a port number from 0 to 65535',
  HOST: 'an address to listen on, like 127.0.0.1 or 0.0.0.0',
  PUBLIC_URL: 'the http or https address that readers type, like https://live.example.org',
  DATABASE_URL: 'a postgres:// address',
  STAYTUNED_DATA: 'a folder',
  STAYTUNED_ROLE: 'all, web or live',
  STAYTUNED_SECRET: 'at least 32 characters that nobody can guess',
  STAYTUNED_ADMIN_EMAIL: 'an e-mail address',
  STAYTUNED_ADMIN_PASSWORD: 'at least 10 characters',
  STAYTUNED_FIRST_STORY: 'on or off',
  STAYTUNED_SECURITY_CONTACT: 'a mailto: or https: address, like mailto:security@example.org',
  STAYTUNED_PROXIES: 'how many proxies of yours stand in front, from 0 to 10',
  STAYTUNED_S3_ENDPOINT: 'the http or https address of an S3-compatible service, like https://s3.example.org',
  STAYTUNED_S3_REGION: 'the name of a region, like eu-central-1 or auto',
  STAYTUNED_S3_BUCKET: 'the name of a bucket: 3 to 63 small letters, digits, dots and hyphens',
  STAYTUNED_S3_PREFIX: 'letters, digits, - and _, with / in between',
  STAYTUNED_S3_ACCESS_KEY_ID: 'the id of an access key',
  STAYTUNED_S3_SECRET_ACCESS_KEY: 'the secret of that access key',
  STAYTUNED_SMTP_URL: 'an smtp:// or smtps:// address',
  STAYTUNED_MAIL_FROM: 'the address that mail comes from, like Staytuned <desk@example.org>',
  STAYTUNED_MOST_SOCKETS: 'a number of sockets from 1 to 1000000',
  STAYTUNED_MOST_SOCKETS_OF_NETWORK: 'a number of sockets from 1 to 1000000',
  STAYTUNED_DRAIN: 'a number of seconds from 0 to 300',
  STAYTUNED_AUDIT_DAYS: 'a number of days from 1 to 36500, or 0 to keep the audit log for ever',
  STAYTUNED_METRICS_TOKEN: 'at least 32 characters that nobody can guess',
  STAYTUNED_LOG: 'debug, info, warn, error or silent',
}

export type Env = z.infer<typeof schema>

/** The bucket that pictures are kept in; null if that is the data folder. Without an endpoint it is Amazon's own, of the region. */
export function bucketOf(env: Env): BucketSettings | null {
  const [bucket, region, accessKeyId, secretAccessKey] = bucketNames.map((name) => env[name])
  if (!bucket || !region || !accessKeyId || !secretAccessKey) return null
  const endpoint = (env.STAYTUNED_S3_ENDPOINT ?? `https://s3.${region}.amazonaws.com`).replace(/\/+$/, '')
  const prefix = env.STAYTUNED_S3_PREFIX === undefined ? '' : `${env.STAYTUNED_S3_PREFIX.replace(/\/$/, '')}/`
  return { endpoint, region, bucket, prefix, accessKeyId, secretAccessKey }
}

/** The settings; or, for each that is wrong, a line with its name and what it should be. An empty variable counts as unset. */
export function readEnv(variables: Readonly<Record<string, string | undefined>>): { kind: 'env'; env: Env } | { kind: 'wrong'; lines: string[] } {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''))
  const parsed = schema.safeParse(set)
  if (parsed.success) return { kind: 'env', env: parsed.data }
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0])
    return issue.code === 'custom' ? `${name} ${issue.message}` : `${name} must be ${expected[name] ?? issue.message}`
  })
  return { kind: 'wrong', lines }
}
