-- Forward authentication for Apache httpd 2.4 with mod_lua and LuaSocket: asks Gatepost's resolver about a request.
-- Used by gatepost.conf beside this file. Where RESOLVER_HEADER_PREFIX is set, change PREFIX and NAMED.

local http = require 'socket.http'
local ltn12 = require 'ltn12'

local PREFIX = 'x-gatepost-'
-- Part of a header's name that no client may use: X_Gatepost_User_Id is X-Gatepost-User-Id to some servers.
local NAMED = 'gatepost'
local TIMEOUT_SECONDS = 5

http.TIMEOUT = TIMEOUT_SECONDS

-- Cookies of ours hold no comma, and LuaSocket puts one between two headers of a name.
local function set_cookies(r, joined)
  local number = 0
  for cookie in (joined .. ', '):gmatch('(.-), ') do
    number = number + 1
    r.subprocess_env['GATEPOST_COOKIE_' .. number] = cookie
  end
end

function authorize(r)
  -- A client may have its proxy drop headers (RFC 9110 section 7.6.1), but not those that tell who is calling.
  if (r.headers_in['Connection'] or ''):lower():find(NAMED, 1, true) then return 400 end

  -- WebSockets are passed on and nothing else: in a tunnel of HTTP/2 (h2c) requests would pass by what is decided here.
  if (r.headers_in['Upgrade'] or ''):lower() ~= 'websocket' then r.headers_in['Upgrade'] = nil end

  local sent = r:headers_in_table()
  for name in pairs(sent) do
    if name:lower():find(NAMED, 1, true) then r.headers_in[name] = nil end
  end

  local asked = {
    ['x-forwarded-for'] = r.useragent_ip,
    ['x-forwarded-method'] = r.method,
    ['x-forwarded-uri'] = r.unparsed_uri,
  }
  for _, name in ipairs({ 'Authorization', 'Cookie', 'Accept', 'Accept-Language', 'User-Agent' }) do asked[name:lower()] = r.headers_in[name] end
  local body = {}
  local url = r.subprocess_env['GATEPOST_RESOLVER'] .. (r.subprocess_env['GATEPOST_QUERY'] or '?mode=enforce&sign_in=redirect&cookies=passed')
  local ok, status, headers = http.request({ url = url, method = 'GET', headers = asked, redirect = false, sink = ltn12.sink.table(body) })
  -- A resolver that is away, or was asked wrongly, lets nobody in.
  if not ok or (status ~= 200 and status ~= 302 and status ~= 401 and status ~= 403) then return 503 end

  if status ~= 200 then
    r.err_headers_out['Cache-Control'] = 'no-store'
    r.err_headers_out['WWW-Authenticate'] = headers['www-authenticate']
    if status == 302 then r.err_headers_out['Location'] = headers['location'] end
    return status
  end
  for name, value in pairs(headers) do
    if name:sub(1, #PREFIX) == PREFIX then r.headers_in[name] = value end
  end
  if headers['set-cookie'] then set_cookies(r, headers['set-cookie']) end
  return apache2.OK
end
