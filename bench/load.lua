-- Sends the prepared bodies of a file in turn, and reports as one line of JSON.
local at, requests = 0, {}

function init(arguments)
  for line in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("POST", nil, { ["Content-Type"] = "application/json", ["Accept"] = "application/json" }, line)
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency, _)
  local e = summary.errors
  io.write(string.format('\nRESULT {"requests":%d,"seconds":%.6f,"bytes":%d,"errors":%d,"p50":%.4f,"p95":%.4f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000))
end
