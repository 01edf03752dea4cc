import type { Catalog, Text } from '../src/catalog.ts'

/** What every service may answer, and the words for the field rules of the contract. */
export const common = {
  sentences: {
    thing_not_found: {
      zh: '没有找到这个{thing}，或者您无权查看它。',
      en: 'This {thing} was not found, or you may not see it.',
    },
    thing_is: {
      zh: '该{thing}的状态是“{status}”，不能进行此操作。',
      en: 'The {thing} is {status}; that is not possible now.',
    },
    thing_cannot_become: {
      zh: '该{thing}的状态是“{status}”，不能变为“{to}”。',
      en: 'The {thing} is {status} and cannot become {to}.',
    },
    approver_is_maker: {
      zh: '您是该事项的经办人、申请人、负责人或受益人，必须由其他人决定。',
      en: 'You made this, asked for it, own it or earn from it: another person must decide it.',
    },
    unknown_code: { zh: '请求被拒绝（{code}）。', en: 'The request was refused ({code}).' },

    invalid_request: {
      zh: '请求不符合接口约定，请检查所列字段。',
      en: 'The request breaks the rules of its contract; see the fields named.',
    },
    bad_amount: {
      zh: '金额“{amount}”无效：{currency} 最多 {decimals} 位小数、12 位整数。',
      en: 'The amount "{amount}" is not valid: {currency} has at most {decimals} decimals and 12 integer digits.',
    },
    bad_unit_price: {
      zh: '单价“{amount}”无效：最多 12 位整数、6 位小数，且不小于零。',
      en: '"{amount}" is not a unit price: at most 12 integer digits and 6 decimals, and not below zero.',
    },
    bad_currency: {
      zh: '币种“{currency}”无效，请填写 ISO 4217 代码。',
      en: '"{currency}" is not a currency of ISO 4217.',
    },
    mixed_currencies: {
      zh: '币种 {left} 与 {right} 不能混合计算。',
      en: '{left} and {right} cannot be added to each other.',
    },
    bad_weights: {
      zh: '分摊权重必须不小于零，且合计大于零。',
      en: 'Weights must not be below zero and must add up to more than zero.',
    },
    bad_date: { zh: '日期“{date}”无效，应为 YYYY-MM-DD。', en: '"{date}" is not a date of the form YYYY-MM-DD.' },
    bad_period: {
      zh: '期间“{period}”无效，应为 2017、2017-Q3 或 2017-03 的形式。',
      en: '"{period}" is not a period; write 2017, 2017-Q3 or 2017-03.',
    },
    business_date_too_early: {
      zh: '业务日期 {date} 过早（今天是 {today}）。',
      en: 'The business date {date} lies too far back; today is {today}.',
    },
    business_date_in_future: {
      zh: '业务日期 {date} 晚于今天（{today}）。',
      en: 'The business date {date} lies ahead of today, {today}.',
    },
    policy_value_invalid: {
      zh: '策略 {name} 的取值“{value}”无效，可取值：{possible}。',
      en: 'The policy {name} cannot be "{value}"; possible values: {possible}.',
    },
    policy_backdated: {
      zh: '策略的生效日期 {date} 早于今天（{today}）；已过去的日期只能由数据迁移设置。',
      en: 'The policy cannot take effect on {date}, before today ({today}); past days need the permission migration.',
    },
    bad_quantity: {
      zh: '数量“{quantity}”无效：最多 9 位整数、3 位小数。',
      en: '"{quantity}" is not a quantity: at most 9 integer digits and 3 decimals.',
    },
    number_not_exact: {
      zh: '{field} 的数值 {value} 过大，无法精确保存。',
      en: '{field} is {value}, which is too large to be kept exactly.',
    },
    file_unknown: {
      zh: '所列字段引用的文件不存在，请先上传。',
      en: 'A field names a file that is not there; upload it first.',
    },
    file_unsuited: {
      zh: '所列字段引用的文件类型不符，请上传所需类型的文件。',
      en: 'A field names a file of another kind than it takes; upload one that suits.',
    },
    file_taken: {
      zh: '所列字段引用的文件已用于另一份单据，请为本单据另行上传。',
      en: 'A field names a file that serves another document; upload one for this document.',
    },
    migration_needed: { zh: '只有数据迁移可以这样登记。', en: 'Only a migration may enter it like this.' },
    external_ref_exists: { zh: '该外部编号已存在。', en: 'A record with this external reference exists already.' },
    bad_rate: { zh: '比率“{rate}”无效：最多 6 位小数。', en: '"{rate}" is not a rate: at most 6 decimals.' },
    bad_page_token: {
      zh: '翻页标记无效，或者与筛选条件不符。',
      en: 'The page token is not valid, or belongs to another filter.',
    },
    page_token_mismatch: {
      zh: '翻页标记与查询条件不符，请从第一页开始。',
      en: 'The page token belongs to another list; begin with the first page.',
    },
    owner_has_left: {
      zh: '此人已离职，不能再交给其负责；请选择在职人员。',
      en: 'This person has left and cannot be made the owner; choose somebody who works here.',
    },
    owner_not_started: {
      zh: '此人尚未入职，暂不能交给其负责。',
      en: 'This person has not started yet and cannot be made the owner.',
    },
    bad_order_by: {
      zh: '不支持按“{orderBy}”排序；可用的排序字段：{orders}（降序请在前面加 -）。',
      en: 'Ordering by "{orderBy}" is not possible; this list can be ordered by: {orders} (with - before it for falling).',
    },

    idempotency_key_required: {
      zh: '此操作必须携带 Idempotency-Key。',
      en: 'This operation needs an Idempotency-Key.',
    },
    idempotency_key_invalid: {
      zh: 'Idempotency-Key 只能包含 1 到 255 个可见 ASCII 字符。',
      en: 'An Idempotency-Key has 1 to 255 visible ASCII characters.',
    },
    idempotency_key_reused: {
      zh: '这个 Idempotency-Key 已用于内容不同的请求。',
      en: 'This Idempotency-Key was already used with another request.',
    },
    command_in_progress: {
      zh: '相同的请求正在处理，请稍后重试。',
      en: 'The same request is under way; try again shortly.',
    },

    token_required: { zh: '请先登录。', en: 'Sign in first.' },
    token_invalid: { zh: '登录凭证无效，请重新登录。', en: 'The access token is not valid; sign in again.' },
    token_expired: { zh: '登录已过期，请重新登录。', en: 'The access token has expired; sign in again.' },
    session_revoked: { zh: '登录已失效，请重新登录。', en: 'The session has been ended; sign in again.' },
    permission_missing: { zh: '您没有此操作所需的权限（{permission}）。', en: 'You lack the permission {permission}.' },
    not_for_partners: { zh: '此操作不对经销商开放。', en: 'This operation is not open to partners.' },
    services_only: { zh: '此操作仅供内部服务使用。', en: 'This operation is for services only.' },
    method_not_found: { zh: '没有这个操作。', en: 'There is no such operation.' },

    etag_mismatch: {
      zh: '数据已被他人修改，请刷新后重试。',
      en: 'Somebody else has changed this meanwhile; load it again.',
    },
    too_many_requests: { zh: '请求过于频繁，请稍后重试。', en: 'Too many requests; try again later.' },
    overloaded: {
      zh: '系统繁忙，请求未被处理，请稍后用同一幂等键重试。',
      en: 'The system is overloaded and has not begun the request; try again shortly with the same Idempotency-Key.',
    },
    store_busy: { zh: '系统繁忙，请稍后重试。', en: 'The system is busy; try again shortly.' },
    store_unreachable: {
      zh: '数据服务暂时不可用，请稍后重试。',
      en: 'The data store cannot be reached; try again shortly.',
    },
    service_unavailable: { zh: '服务暂时不可用，请稍后重试。', en: 'The service is not available; try again shortly.' },
    keys_unavailable: {
      zh: '暂时无法验证登录凭证，请稍后重试。',
      en: 'Access tokens cannot be verified at the moment; try again shortly.',
    },
    deadline_exceeded: { zh: '处理超时，请稍后重试。', en: 'The answer took too long; try again shortly.' },
    call_cancelled: { zh: '请求已取消。', en: 'The request was cancelled.' },
    internal_error: { zh: '系统内部出错，请联系管理员。', en: 'Something went wrong on our side.' },
  },
  things: {
    context: { zh: '服务', en: 'service' },
    record: { zh: '记录', en: 'record' },
    policy: { zh: '策略', en: 'policy' },
  },
  statuses: {},
  rules: {
    required: { zh: '必填', en: 'is required' },
    'string.min_len': { zh: '至少 {0} 个字符', en: 'must have at least {0} characters' },
    'string.max_len': { zh: '最多 {0} 个字符', en: 'must have at most {0} characters' },
    'string.pattern': { zh: '格式不正确', en: 'has the wrong form' },
    'string.email': { zh: '不是有效的电子邮箱', en: 'must be an email address' },
    'string.email_empty': { zh: '不是有效的电子邮箱', en: 'must be an email address' },
    'string.uuid': { zh: '不是有效的编号', en: 'must be a UUID' },
    'string.uuid_empty': { zh: '不是有效的编号', en: 'must be a UUID' },
    'int32.gte': { zh: '不能小于 {0}', en: 'must be at least {0}' },
    'int32.lte': { zh: '不能大于 {0}', en: 'must be at most {0}' },
    'int32.gte_lte': { zh: '必须在 {0} 到 {1} 之间', en: 'must lie between {0} and {1}' },
    'enum.defined_only': { zh: '不是可选的值', en: 'must be one of the known values' },
    'repeated.min_items': { zh: '至少 {0} 项', en: 'must have at least {0} items' },
    'repeated.max_items': { zh: '最多 {0} 项', en: 'must have at most {0} items' },
    'repeated.unique': { zh: '不能重复', en: 'must not repeat an item' },
    currency: { zh: '不是 ISO 4217 的币种', en: 'must be a currency of ISO 4217' },
    'text.blank': { zh: '不能为空白', en: 'must not be blank' },
    'text.control': {
      zh: '含有控制字符 {value}，请删除后重试',
      en: 'has the control character {value}; remove it and try again',
    },
    'text.invisible': {
      zh: '含有看不见的字符 {value}，请删除后重试',
      en: 'has the invisible character {value}; remove it and try again',
    },
    stock_left: { zh: '目前可供 {0}', en: 'is more than the {0} that are there' },
    stock_less: { zh: '目前没有这么多', en: 'is more than is there' },
    stock_few: { zh: '目前所剩不多', en: 'is more than the few that are there' },
    stock_out: { zh: '目前无货', en: 'is out of stock' },
  },
} as const satisfies Catalog & { readonly rules: Readonly<Record<string, Text>> }
