import type { Catalog } from '../src/catalog.ts'

export const organization = {
  sentences: {
    account_incomplete: {
      zh: '邮箱属于账号，请同时提供账号名。',
      en: 'The e-mail address belongs to an account; give the account name too.',
    },
    account_locked: {
      zh: '登录失败次数过多，账号已暂时锁定，请在 {seconds} 秒后再试。',
      en: 'Too many failed attempts; the account is locked. Try again in {seconds} seconds.',
    },
    account_name_taken: { zh: '该账号名已被使用。', en: 'This account name is taken.' },
    approval_not_yours: { zh: '这项审批不由您处理。', en: 'This approval is not yours to decide.' },
    assignment_missing: { zh: '请填写任职信息。', en: 'The assignment is missing.' },
    assignment_overlaps: { zh: '任职期间与已有任职重叠。', en: 'The assignment overlaps another one.' },
    authority_rule_exists: { zh: '该权限规则已存在。', en: 'This authority rule exists already.' },
    bad_time_zone: { zh: '时区“{timeZone}”无效。', en: '"{timeZone}" is not a time zone.' },
    delegation_to_self: { zh: '不能委托给自己。', en: 'Nobody delegates to themselves.' },
    deputy_elsewhere: {
      zh: '代理人须在首日与被代理人同属一个单位。请选择同单位的代理人，或只委托审批事项。',
      en: 'A deputy sits in the same unit on the first day. Choose somebody of that unit, or delegate decisions only.',
    },
    deputy_of_another: {
      zh: '只能为本人指定代理人。请由被代理人本人办理，或只委托审批事项。',
      en: 'Everybody appoints their own deputy. Let that person do it, or delegate decisions only.',
    },
    deputy_of_classes: {
      zh: '全面代理包含所有类别，请不要指定类别。',
      en: 'A deputy stands in for every class; leave the classes out.',
    },
    grant_exceeds_own: {
      zh: '您没有以下权限，因此不能授予他人或代其使用：{grants}。请由拥有这些权限的人处理。',
      en: 'You do not have these grants and so cannot pass them on or act with them: {grants}. Ask a person who has them.',
    },
    grant_needs_approval: {
      zh: '该操作授予的权限超出您自己的权限（{grants}），已提交审批（{approvalId}），批准后自动生效。',
      en: 'This gives more than you have yourself ({grants}). Approval {approvalId} was opened; it takes effect when approved.',
    },
    grant_to_self: {
      zh: '不能给自己增加权限：{grants}。请由其他人办理。',
      en: 'You cannot give yourself more rights: {grants}. Ask another person to do it.',
    },
    invalid_client: { zh: '客户端标识或密钥错误。', en: 'The client id or its secret is wrong.' },
    invalid_scope: {
      zh: '不支持权限范围“{scope}”。',
      en: 'Partners cannot be given the scope "{scope}".',
    },
    last_administrator: {
      zh: '这是公司最后一位可登录的系统管理员，请先指定另一位管理员。',
      en: 'This is the last administrator of the company who can sign in; appoint another one first.',
    },
    headcount_plan_exists: {
      zh: '该单位、该岗位的编制已存在，请修改已有编制。',
      en: 'The unit has a headcount plan for this position already; change that one.',
    },
    manager_is_self: { zh: '上级不能是本人。', en: 'Nobody is their own superior.' },
    org_unit_cycle: { zh: '组织单元不能隶属于自身或其下级。', en: 'A unit cannot stand below itself.' },
    org_unit_kind_missing: { zh: '请填写组织单元的类型。', en: 'The kind of the unit is missing.' },
    org_unit_exists: { zh: '该组织单元已存在。', en: 'This unit exists already.' },
    person_cannot_decide: {
      zh: '该人员没有审批权限（{permission}），请先授予权限或另选他人。',
      en: 'This person may not decide approvals ({permission}); give them the permission first, or choose another person.',
    },
    password_setup_invalid: {
      zh: '该链接无效、已使用或已过期，请联系管理员重新发送。',
      en: 'This link is not valid, was used before, or has expired; ask for a new one.',
    },
    person_has_no_account: {
      zh: '该人员没有账号，请先为其开设账号。',
      en: 'This person has no account; give them one first.',
    },
    mail_password_setup_subject: { zh: '设置您的登录密码', en: 'Set your password' },
    mail_password_setup_body: {
      zh: '{name}，您好：\n\n请打开以下链接，为账号“{account}”设置密码。链接只能使用一次，{until}（UTC）前有效。\n\n{link}\n\n如果您不清楚这封邮件的来由，请联系管理员。',
      en: 'Hello {name},\n\nopen this link to set the password of the account "{account}". It works once, until {until} (UTC).\n\n{link}\n\nIf you do not know why you got this message, ask your administrator.',
    },
    mail_password_changed_subject: { zh: '您的登录密码已更改', en: 'Your password was changed' },
    mail_password_changed_body: {
      zh: '{name}，您好：\n\n账号“{account}”的密码已于 {at}（UTC）更改。如果不是您本人操作，请立即联系管理员。',
      en: 'Hello {name},\n\nthe password of the account "{account}" was changed at {at} (UTC). If that was not you, tell your administrator at once.',
    },
    mail_account_changed_subject: { zh: '您的账号信息已更改', en: 'Your account was changed' },
    mail_account_changed_body: {
      zh: '{name}，您好：\n\n账号“{account}”的名称或邮箱已于 {at}（UTC）由管理人员更改。如果您不知情，请立即联系管理员。',
      en: 'Hello {name},\n\nthe name or the address of the account "{account}" was changed at {at} (UTC) by somebody who looks after people. If you did not expect that, tell your administrator at once.',
    },
    person_has_no_place: {
      zh: '该人员在 {date} 没有任职。',
      en: 'This person has no place in the organisation on {date}.',
    },
    position_exists: { zh: '该岗位已存在。', en: 'This position exists already.' },
    position_full: {
      zh: '“{unit}”的岗位“{title}”已满编（{headcount} 人）。请先调整编制，或选择其他单位、岗位或日期。',
      en: 'The position {title} is fully staffed in {unit} ({headcount}). Raise the headcount plan, or choose another unit, position or day.',
    },
    position_line_cycle: {
      zh: '岗位的上级不能是其自身或其下级。请选择其他上级岗位。',
      en: 'A position reports neither to itself nor to one below it. Choose another superior position.',
    },
    refresh_token_invalid: { zh: '登录已失效，请重新登录。', en: 'The session cannot be renewed; sign in again.' },
    refresh_token_reused: {
      zh: '登录凭证被重复使用，为安全起见会话已结束，请重新登录。',
      en: 'The refresh token was used twice; for safety the session has ended. Sign in again.',
    },
    role_exists: { zh: '该角色已存在。', en: 'This role exists already.' },
    setup_done: { zh: '系统已完成初始化。', en: 'The system has been set up already.' },
    setup_token_wrong: { zh: '初始化令牌错误。', en: 'The setup token is wrong.' },
    sign_in_failed: { zh: '账号或密码错误。', en: 'The account name or the password is wrong.' },
    signer_is_approver: {
      zh: '加签人必须是审批人以外的另一个人。',
      en: 'A further signature must come from a person other than the approver.',
    },
    span_is_empty: {
      zh: '结束日期 {until} 必须晚于开始日期 {from}。',
      en: 'The end {until} must lie behind the beginning {from}.',
    },
    transfer_of_self: {
      zh: '不能调动本人，请由其他人办理。',
      en: 'You cannot transfer yourself; ask another person to do it.',
    },
    unknown_permission: { zh: '“{grant}”不是有效的授权。', en: '"{grant}" is no permission with a reach.' },
    weak_password: {
      zh: '密码强度不足：至少 {least} 个字符，不得包含账号名或只用少数几个字符。',
      en: 'The password is too weak: at least {least} characters, without the account name, and not a few over and over.',
    },
    superior_of_other_position: {
      zh: '直接上级须在首日担任岗位“{title}”。请选择担任该岗位的上级。',
      en: 'The superior must hold the position {title} on the first day. Choose somebody who does.',
    },
    unit_full: {
      zh: '“{unit}”已满编（{headcount} 人）。请先调整编制，或选择其他单位或日期。',
      en: '{unit} is fully staffed ({headcount}). Raise the headcount plan, or choose another unit or day.',
    },
  },
  things: {
    company: { zh: '公司', en: 'company' },
    org_unit: { zh: '组织单元', en: 'unit' },
    position: { zh: '岗位', en: 'position' },
    headcount_plan: { zh: '编制', en: 'headcount plan' },
    person: { zh: '人员', en: 'person' },
    role: { zh: '角色', en: 'role' },
    delegation: { zh: '委托', en: 'delegation' },
    authority_rule: { zh: '权限规则', en: 'authority rule' },
    approval: { zh: '审批', en: 'approval' },
    partner_application: { zh: '经销商应用', en: 'partner application' },
    account: { zh: '账号', en: 'account' },
    session: { zh: '会话', en: 'session' },
    task: { zh: '待办', en: 'task' },
  },
  statuses: {
    pending: { zh: '待处理', en: 'pending' },
    approved: { zh: '已批准', en: 'approved' },
    rejected: { zh: '已驳回', en: 'rejected' },
    returned: { zh: '已退回', en: 'returned' },
    withdrawn: { zh: '已撤回', en: 'withdrawn' },
    unroutable: { zh: '无审批人', en: 'without an approver' },
    active: { zh: '有效', en: 'active' },
    left: { zh: '已离职', en: 'gone from the company' },
    disabled: { zh: '已停用', en: 'disabled' },
    built_in: { zh: '系统内置', en: 'built in' },
    closed: { zh: '已关闭', en: 'closed' },
  },
} as const satisfies Catalog
