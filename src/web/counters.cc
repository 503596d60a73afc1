#include "web/counters.h"

#include <map>
#include <string>

#include "base/check.h"

namespace candor::web {
namespace {

using Workers = std::span<const Counters* const>;

constexpr std::array<std::string_view, kClosedKinds> kClosedNames{
    "idle",        "evicted",     "refused", "network_cap",
    "slow_reader", "answer_late", "revoked", "handshake"};

template <class Get>
double sum(Workers workers, Get&& get) {
    std::uint64_t total = 0;
    for (const Counters* w : workers) total += get(*w).get();
    return static_cast<double>(total);
}

MetricFamily requests_family(Workers workers) {
    MetricFamily family{.name = "candor_http_requests",
                        .help = "Requests answered, by route and status class.",
                        .type = MetricType::kCounter,
                        .unit = "",
                        .samples = {}};
    // Several rows share a route name; a label set must stand once.
    std::map<std::pair<std::string, std::string>, double> totals;
    for (std::size_t r = 0; r < kRoutesMax; ++r) {
        if (r >= routes().size() && r != kNoRoute) continue;
        const std::string name(r == kNoRoute ? "none" : routes()[r].name);
        for (std::size_t c = 1; c < 6; ++c) {
            const double n =
                sum(workers, [&](const Counters& w) -> const Counter& { return w.requests[r][c]; });
            if (n > 0) totals[{name, std::to_string(c) + "xx"}] += n;
        }
    }
    for (const auto& [key, n] : totals) {
        family.samples.push_back(
            {.suffix = "", .labels = {{"route", key.first}, {"code", key.second}}, .value = n});
    }
    return family;
}

template <class Array, class Name>
MetricFamily by_reason(Workers workers, std::string name, std::string help, Array Counters::* array,
                       Name&& reason) {
    MetricFamily family{.name = std::move(name),
                        .help = std::move(help),
                        .type = MetricType::kCounter,
                        .unit = "",
                        .samples = {}};
    for (std::size_t i = 0; i < std::tuple_size_v<Array>; ++i) {
        const double n =
            sum(workers, [&](const Counters& w) -> const Counter& { return (w.*array)[i]; });
        family.samples.push_back(
            {.suffix = "", .labels = {{"reason", std::string(reason(i))}}, .value = n});
    }
    return family;
}

MetricFamily single(Workers workers, std::string name, std::string help, MetricType type,
                    std::string unit, Counter Counters::* counter) {
    const double n = sum(workers, [&](const Counters& w) -> const Counter& { return w.*counter; });
    return {.name = std::move(name),
            .help = std::move(help),
            .type = type,
            .unit = std::move(unit),
            .samples = {{.suffix = "", .labels = {}, .value = n}}};
}

MetricFamily handshakes_family(Workers workers) {
    const auto sample = [&](std::string result, Counter Counters::* counter) {
        return MetricSample{
            "",
            {{"result", std::move(result)}},
            sum(workers, [counter](const Counters& w) -> const Counter& { return w.*counter; })};
    };
    return {"candor_tls_handshakes",
            "TLS handshakes that ended, by result; plain is HTTP where TLS is spoken.",
            MetricType::kCounter,
            "",
            {sample("done", &Counters::tls_handshakes), sample("failed", &Counters::tls_failed),
             sample("plain", &Counters::tls_plain)}};
}

}  // namespace

void Counters::count_request(std::size_t route, int status) {
    CHECK(route < kRoutesMax && status >= 100 && status < 600);
    requests[route][static_cast<std::size_t>(status / 100)].add();
}

std::vector<MetricFamily> collect(Workers workers) {
    using enum MetricType;
    return {
        requests_family(workers),
        by_reason(workers, "candor_http_rejected",
                  "Requests refused before they reached a route, by reason.", &Counters::rejected,
                  [](std::size_t i) { return describe(static_cast<Reject>(i)).name; }),
        by_reason(workers, "candor_http_closed",
                  "Connections closed by the server before the peer wished, by reason.",
                  &Counters::closed, [](std::size_t i) { return kClosedNames[i]; }),
        single(workers, "candor_http_accepted", "Connections accepted.", kCounter, "",
               &Counters::accepted),
        single(workers, "candor_http_connections", "Connections open now.", kGauge, "",
               &Counters::open),
        single(workers, "candor_http_event_streams", "Event streams held open now.", kGauge, "",
               &Counters::events),
        single(workers, "candor_http_event_streams_dropped",
               "Event streams dropped because their reader was too slow.", kCounter, "",
               &Counters::events_dropped),
        single(workers, "candor_http_sent_bytes", "Bytes handed to the network.", kCounter, "bytes",
               &Counters::sent_bytes),
        handshakes_family(workers),
    };
}

}  // namespace candor::web
