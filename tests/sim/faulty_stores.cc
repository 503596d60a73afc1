#include "tests/sim/faulty_stores.h"

#include "base/codec.h"
#include "core/state.h"
#include "model/batch.h"

namespace candor::sim {
namespace {

std::unexpected<Error> no_power() {
    return fail(ErrorCode::kIo, "the power is off");
}

AppendRequest without_machine_posts(AppendRequest request) {
    auto batch = decode_batch(request.bytes);
    if (!batch) return request;
    std::erase_if(batch->entries, [](const Entry& e) {
        const auto* posted = std::get_if<entry::IncidentPosted>(&e);
        return posted != nullptr && posted->origin == Origin::kMachine;
    });
    request.bytes = encode_batch(*batch);
    return request;
}

std::string edited(const std::string& snapshot) {
    auto state = decode<core::State>(snapshot);
    if (!state || state->components.empty()) return snapshot;
    state->components.begin()->second.edit(
        [](core::ComponentState& c) { c.effective = c.effective - milliseconds(1); });
    return encode(*state);
}

}  // namespace

Power::Write Power::write() {
    if (off_) return Write::kOff;
    if (left_ == 0 || --left_ > 0) return Write::kWorks;
    off_ = true;
    return after_ ? Write::kCutAfter : Write::kCutBefore;
}

std::vector<AppendRequest> FaultyJournal::sabotaged(std::span<const AppendRequest> requests) const {
    std::vector<AppendRequest> out(requests.begin(), requests.end());
    for (AppendRequest& request : out) {
        if (sabotage_ == Sabotage::kForgetKeys) request.idempotency_key.clear();
        if (sabotage_ == Sabotage::kLoseSealedTexts) request.sealed.clear();
        if (sabotage_ == Sabotage::kSwallowPosts) request = without_machine_posts(request);
    }
    return out;
}

// Writes what was promised earlier and promises the rest.
Result<Position> FaultyJournal::promise(std::vector<AppendRequest> requests) {
    const Position end = TRY(inner().append(promised_));
    promised_ = std::move(requests);
    return end + promised_.size();
}

Result<Position> FaultyJournal::append(std::span<const AppendRequest> requests) {
    const Power::Write write = power_.write();
    if (write == Power::Write::kOff || write == Power::Write::kCutBefore) return no_power();
    auto wanted = sabotaged(requests);
    const auto end = sabotage_ == Sabotage::kAcknowledgeEarly ? promise(std::move(wanted))
                                                              : inner().append(wanted);
    if (write == Power::Write::kWorks) return end;
    if (end) power_.note_cut_append();
    return no_power();
}

Result<void> FaultyJournal::put_snapshot(const StateSnapshot& snapshot) {
    const Power::Write write = power_.write();
    if (write == Power::Write::kOff || write == Power::Write::kCutBefore) return no_power();
    StateSnapshot stored = snapshot;
    if (sabotage_ == Sabotage::kEditSnapshot) stored.bytes = edited(stored.bytes);
    TRY(inner().put_snapshot(stored));
    if (write == Power::Write::kWorks) return {};
    return no_power();
}

Result<void> FaultySeries::append_sabotaged(std::span<const Observation> observations) {
    std::vector<Observation> out;
    for (const Observation& o : observations) {
        if (sabotage_ == Sabotage::kLoseRows && o.number % 7 == 0) continue;
        out.push_back(o);
    }
    if (sabotage_ == Sabotage::kDoubleRows && !out.empty()) {
        out.push_back(out.back());
        ++out.back().number;
    }
    return inner().append(out);
}

Result<void> FaultySeries::append(std::span<const Observation> observations) {
    const Power::Write write = power_.write();
    if (write == Power::Write::kOff || write == Power::Write::kCutBefore) return no_power();
    TRY(append_sabotaged(observations));
    if (write == Power::Write::kWorks) return {};
    return no_power();
}

Result<bool> FaultySeries::maintain(Timestamp now, Duration keep) {
    const Power::Write write = power_.write();
    if (write == Power::Write::kOff || write == Power::Write::kCutBefore) return no_power();
    const bool more = TRY(inner().maintain(now, keep));
    if (write == Power::Write::kWorks) return more;
    return no_power();
}

}  // namespace candor::sim
