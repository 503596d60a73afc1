#include "probe/dns_probe.h"

#include <algorithm>
#include <utility>

#include "probe/dns_records.h"

namespace candor::probe {
namespace {

std::string listed(const std::vector<std::string>& records) {
    std::string text;
    for (const std::string& record : records) {
        if (!text.empty()) text += ", ";
        text += record;
    }
    return text;
}

// Of "192.0.2.1:53" or "[::1]:53"; none for the system's resolvers, which are this machine's own.
std::optional<IpAddress> server_address(const std::string& server) {
    const auto address = numeric_address(server.substr(0, server.rfind(':')), 0);
    return address ? std::optional(address->ip()) : std::nullopt;
}

}  // namespace

DnsProbe::DnsProbe(ProbeContext& context, const DnsTarget& target, ProbeRun run)
    : context_(context), target_(target), run_(std::move(run)) {}

void DnsProbe::start() {
    const std::optional<int> type = dns_type_from(target_.type);
    if (!type) {
        return fail_with(
            trouble(FailureKind::kCouldNotRun,
                    "record type '" + target_.type + "' is not one of A AAAA CNAME MX NS TXT"));
    }
    if (const auto server = server_address(target_.server);
        server && !context_.reach.allows(*server)) {
        return fail_with(out_of_reach(FailureKind::kCouldNotRun, *server));
    }
    question_ = context_.resolver.records(
        target_.name, *type, target_.server,
        [this, type = *type](RecordAnswer answer) { on_answer(answer, type); });
}

void DnsProbe::on_answer(const RecordAnswer& answer, int type) {
    if (answer.why) return fail_with(*answer.why);
    const Result<std::vector<std::string>> records = dns_records(answer.bytes, type);
    if (!records) return fail_with(trouble(FailureKind::kProtocol, records.error().message));
    if (records->empty()) {
        return fail_with(trouble(FailureKind::kNameNotFound,
                                 target_.name + " has no record of type " + target_.type));
    }
    std::vector<std::string> expected;
    for (const std::string& text : target_.expect) expected.push_back(normal_record(text, type));
    std::sort(expected.begin(), expected.end());
    expected.erase(std::unique(expected.begin(), expected.end()), expected.end());
    if (!expected.empty() && expected != *records) {
        return fail_with(trouble(FailureKind::kNameMismatch, target_.name + " " + target_.type +
                                                                 " is " + listed(*records) +
                                                                 "; expected " + listed(expected)));
    }
    run_.done(passed(*run_.spec, timing()));
}

void DnsProbe::on_deadline() {
    fail_with(trouble(FailureKind::kNameServerFailed,
                      "no name server answered for " + target_.name + " within " +
                          std::to_string(run_.spec->rule.timeout.ms) + " ms"));
}

void DnsProbe::fail_with(Trouble why) {
    question_.reset();
    run_.done(failed(*run_.spec, timing(), std::move(why)));
}

Timing DnsProbe::timing() const {
    const std::int64_t taken_us = steady_now_us() - run_.started_us;
    return Timing{.name_us = taken_us, .total_us = taken_us};
}

}  // namespace candor::probe
