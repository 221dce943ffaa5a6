-- Forward authentication for HAProxy 2.6 and later: asks Gatepost's resolver about a request, with HAProxy's own HTTP client.
--
--   http-request lua.gatepost http://127.0.0.1:8080/auth/_resolver/resolve?mode=enforce&sign_in=redirect&cookies=passed
--
-- Passes a request on with the headers that tell who is calling, or answers in its place as the resolver says. Whatever the client
-- itself sent under such names is gone. Where RESOLVER_HEADER_PREFIX is set, change PREFIX and NAMED.

local PREFIX = 'x-gatepost-'
-- Part of a header's name that no client may use: X_Gatepost_User_Id is X-Gatepost-User-Id to some servers.
local NAMED = 'gatepost'
-- What the resolver looks at.
local SHOWN = { 'authorization', 'cookie', 'accept', 'accept-language', 'user-agent' }
local TIMEOUT_MS = 5000
-- Access, refresh and CSRF cookie: as many as a renewed session has.
local MOST_COOKIES = 3

-- HAProxy counts values from 0.
local function values_of(headers, name)
  local values = {}
  for _, value in pairs(headers[name] or {}) do values[#values + 1] = value end
  return #values > 0 and values or nil
end

local function answer(txn, status, headers, body)
  local reply = txn:reply()
  reply:set_status(status)
  reply:add_header('cache-control', 'no-store')
  for _, name in ipairs({ 'location', 'www-authenticate', 'content-type', 'retry-after' }) do
    for _, value in ipairs(values_of(headers, name) or {}) do reply:add_header(name, value) end
  end
  reply:set_body(body or '')
  txn:done(reply)
end

core.register_action('gatepost', { 'http-req' }, function(txn, address)
  local headers = txn.http:req_get_headers()
  local asked = {
    ['x-forwarded-for'] = { txn.f:src() },
    ['x-forwarded-method'] = { txn.f:method() },
    ['x-forwarded-uri'] = { txn.f:pathq() },
  }
  for _, name in ipairs(SHOWN) do asked[name] = values_of(headers, name) end
  local resolved = core.httpclient():get({ url = address, headers = asked, timeout = TIMEOUT_MS })

  for name in pairs(headers) do
    if name:lower():find(NAMED, 1, true) then txn.http:req_del_header(name) end
  end
  local status = resolved and resolved.status or 0
  if status == 302 or status == 401 or status == 403 then return answer(txn, status, resolved.headers, resolved.body) end
  -- A resolver that is away, or was asked wrongly, lets nobody in.
  if status ~= 200 then return answer(txn, 503, {}) end

  for name, values in pairs(resolved.headers) do
    if name:lower():sub(1, #PREFIX) == PREFIX then
      for _, value in pairs(values) do txn.http:req_set_header(name, value) end
    end
  end
  for number, cookie in ipairs(values_of(resolved.headers, 'set-cookie') or {}) do
    if number <= MOST_COOKIES then txn:set_var('txn.gatepost_cookie_' .. number, cookie) end
  end
end, 1)
