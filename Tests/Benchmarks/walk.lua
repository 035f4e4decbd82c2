-- SPDX-License-Identifier: Apache-2.0
-- wrk walks over a list of paths and prints what came of it as one line of JSON.
--
-- wrk ... -s walk.lua URL -- LIST [METHOD [BODYFILE]]
-- LIST has a path a line; behind tabs may stand headers for that path alone. Headers for all come by wrk's -H.

local requests = {}

function init(arguments)
    wrk.method = arguments[2] or "GET"
    if arguments[3] then
        wrk.body = io.open(arguments[3], "rb"):read("*a")
        wrk.headers["Content-Type"] = "application/json"
    end
    for line in io.lines(arguments[1]) do
        local headers = {}
        for name, value in pairs(wrk.headers) do headers[name] = value end
        for name, value in line:gmatch("\t([^\t:]+): ([^\t]+)") do headers[name] = value end
        requests[#requests + 1] = wrk.format(nil, line:match("^[^\t]+"), headers, wrk.body)
    end
    -- wrk.lua makes its one text only after this function, of these.
    wrk.path = io.open(arguments[1]):read("*l"):match("^[^\t]+")
    if #requests == 1 then return end
    local place = 0
    -- A list of one needs no function: wrk sends its own text again and again, which costs it least.
    request = function()
        place = place % #requests + 1
        return requests[place]
    end
end

function done(summary, latency)
    local errors = summary.errors
    io.write(string.format(
        '{"requests":%d,"seconds":%.6f,"bytes":%d,"notOK":%d,"failed":%d,"p50":%d,"p99":%d}\n',
        summary.requests, summary.duration / 1e6, summary.bytes, errors.status,
        errors.connect + errors.read + errors.write + errors.timeout,
        latency:percentile(50), latency:percentile(99)
    ))
end
