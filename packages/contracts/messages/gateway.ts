import type { Catalog } from '../src/catalog.ts'

export const gateway = {
  sentences: {
    kind_invalid: { zh: '请求有误', en: 'Bad request' },
    kind_unauthenticated: { zh: '需要登录', en: 'Not signed in' },
    kind_forbidden: { zh: '没有权限', en: 'Not allowed' },
    kind_not_found: { zh: '未找到', en: 'Not found' },
    kind_conflict: { zh: '与业务规则冲突', en: 'Refused by the rules' },
    kind_mismatch: { zh: '与先前请求不符', en: 'Not what was sent before' },
    kind_stale: { zh: '内容已被修改', en: 'Changed meanwhile' },
    kind_limited: { zh: '请求过多', en: 'Too many requests' },
    kind_unavailable: { zh: '暂时不可用', en: 'Not available now' },
    kind_internal: { zh: '系统错误', en: 'Internal error' },
    field_object: { zh: '必须是一个对象', en: 'must be an object' },
    field_list: { zh: '必须是一个列表', en: 'must be a list' },
    field_too_many: { zh: '最多 {values} 项', en: 'must have at most {values} items' },
    field_text: { zh: '必须是字符串；金额、数量和比率也写成字符串', en: 'must be a string; decimals are strings too' },
    field_characters: { zh: '含有不能保存的字符', en: 'has characters that are no text' },
    field_integer: { zh: '必须是整数', en: 'must be a whole number' },
    field_bool: { zh: '必须是 true 或 false', en: 'must be true or false' },
    field_enum: { zh: '必须是下列值之一：{values}', en: 'must be one of {values}' },
    field_day: { zh: '日历上没有这一天', en: 'is no day of the calendar' },
    field_etag: {
      zh: '必须是读到的一个 etag；不需要比较时请省略',
      en: 'must be one etag that was read; leave it out where nothing is to be compared',
    },
    field_null: {
      zh: '不能是 null；没有值时请省略该字段',
      en: 'must not be null; leave it out where there is no value',
    },
    field_unknown_field: { zh: '此请求没有这个字段', en: 'is not a field of this request' },
    field_unknown_parameter: { zh: '此请求没有这个参数', en: 'is not a parameter of this request' },
    field_in_path: { zh: '已在路径中给出', en: 'stands in the path already' },
    field_once: { zh: '只能给出一次', en: 'may be given once' },
    malformed_request: {
      zh: '请求无法读取，请检查所列字段。',
      en: 'The request cannot be read; see the fields named.',
    },
    malformed_json: { zh: '请求正文不是有效的 JSON。', en: 'The body is not valid JSON.' },
    body_too_large: { zh: '请求正文或文件过大。', en: 'The body or the file is too large.' },
    unsupported_media_type: {
      zh: '此处不支持这种内容类型，见 /docs。',
      en: 'This content type is not taken here; see /docs.',
    },
    charset_unsupported: { zh: '请求正文必须使用 UTF-8 编码。', en: 'The body must be UTF-8.' },
    content_encoding_unsupported: {
      zh: '请求正文不能压缩，请去掉 Content-Encoding 并以原文发送。',
      en: 'The body must not be compressed; send it as it is, without Content-Encoding.',
    },
    request_timeout: {
      zh: '请求发送过慢，连接已关闭。',
      en: 'The request came too slowly; the connection was closed.',
    },
    headers_too_large: { zh: '请求头过大。', en: 'The headers are too large.' },
    route_not_found: { zh: '没有 {path} 这个地址，见 /docs。', en: 'There is no {path}; see /docs.' },
    method_not_allowed: {
      zh: '此地址不接受 {method}，可用：{allowed}。',
      en: 'This address does not take {method}; it takes {allowed}.',
    },
    proxy_not_trusted: {
      zh: '请求带有 {header}，但发送它的地址不是已登记的代理。请由管理员在 TRUSTED_PROXIES 中登记代理。',
      en: 'The request carries {header}, but the address it came from is not a known proxy. The operator names proxies in TRUSTED_PROXIES.',
    },
    too_much_at_once: {
      zh: '同时发送的数据过多，请等先前的请求完成后重试。',
      en: 'Too much is being sent at once; try again when earlier requests have been answered.',
    },
    server_busy: { zh: '服务器繁忙，请稍后重试。', en: 'The server is busy; try again shortly.' },
    rate_limited: {
      zh: '请求过于频繁，请在 {seconds} 秒后重试。',
      en: 'Too many requests; try again in {seconds} seconds.',
    },
    file_exists: { zh: '该文件编号已登记。', en: 'A file with this id is recorded already.' },
    file_missing: {
      zh: '没有收到文件，请以 multipart/form-data 上传一个文件。',
      en: 'No file came; send one as multipart/form-data.',
    },
    malformed_form: {
      zh: '表单无法读取；请只上传一个文件，不带其他字段。',
      en: 'The form cannot be read; send one file and nothing beside it.',
    },
    import_file_missing: { zh: '缺少要导入的文件：{file}。', en: 'Missing to import: {file}.' },
    import_file_unexpected: {
      zh: '导入方案不读取或重复给出的文件：{file}。',
      en: 'The import profile does not read, or was given twice: {file}.',
    },
    import_header_invalid: {
      zh: '文件的表头有误，请查看导入结果中的列名。',
      en: 'The header of a file is wrong; see the column among the findings of the import.',
    },
    parked_event_not_first: {
      zh: '同一对象有更早的搁置事件，请先处理。',
      en: 'An earlier event of the same key is parked; deal with that one first.',
    },
    parked_event_unreadable: {
      zh: '这条消息不是可读的事件，无法重放；请放弃它。',
      en: 'This message is no readable event and cannot be applied; give it up.',
    },
    storage_full: {
      zh: '存储空间已满，暂时无法保存文件，请稍后重试或联系管理员。',
      en: 'There is no room for the file at the moment; try again later, or ask the administrator.',
    },
    unknown_profile: { zh: '没有名为“{profile}”的导入方案。', en: 'There is no import profile called {profile}.' },
  },
  things: {
    file: { zh: '文件', en: 'file' },
    import: { zh: '导入任务', en: 'import' },
    parked_event: { zh: '搁置事件', en: 'parked event' },
    webhook_endpoint: { zh: '回调地址', en: 'webhook endpoint' },
    webhook_delivery: { zh: '回调记录', en: 'webhook delivery' },
    audit_entry: { zh: '审计记录', en: 'audit entry' },
  },
  statuses: {
    queued: { zh: '排队中', en: 'queued' },
    running: { zh: '进行中', en: 'running' },
    done: { zh: '已完成', en: 'done' },
    failed: { zh: '失败', en: 'failed' },
  },
} as const satisfies Catalog
