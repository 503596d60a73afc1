// Engine's start and reload: state from the journal, counters from the series, then the new setup.
#include <algorithm>

#include "base/codec.h"
#include "core/apply.h"
#include "engine/engine.h"
#include "model/batch.h"

namespace candor::engine {

Result<void> Engine::start(const Setup& setup) {
    TRY(load_state());
    const Timestamp last_alive =
        std::max(durable_->at, ports_.series.last_at().value_or(Timestamp{}));
    std::uint64_t newest = ports_.series.last_number().value_or(0);
    for (const auto& [id, check] : durable_->checks)
        newest = std::max(newest, check.last.observation);
    next_number_ = newest + 1;
    const Stamp now = ports_.clock.now();
    time_.start(now, last_alive);
    TRY(decide_input(time_.stamp(now), input::Started{options_.version, last_alive}, {}, ""));
    TRY(configure(setup));
    TRY(replay_observations());
    return commit();
}

Result<void> Engine::load_state() {
    core::State state;
    const auto head = TRY(ports_.journal.head());
    if (const auto snapshot = TRY(ports_.journal.snapshot(head.position, core::kApplyVersion))) {
        // A snapshot is a cache: one that does not decode only costs the time to replay.
        if (auto decoded = decode<core::State>(snapshot->bytes)) state = std::move(*decoded);
    }
    snapshot_at_ = state.position;
    while (state.position < head.position) {
        TRY(ports_.journal.read(
            state.position, kSnapshotEvery, [&](const JournalRecord& record) -> Result<void> {
                auto batch = decode_batch(record.bytes);
                if (!batch) {
                    return fail_in("journal position " + std::to_string(record.position),
                                   batch.error());
                }
                core::apply(state, record.position, *batch);
                note_replaced(batch->entries, replaced_);
                return {};
            }));
    }
    durable_ = std::make_shared<const core::State>(state);
    draft_ = std::move(state);
    note_erased();
    return {};
}

Result<void> Engine::configure(const Setup& setup) {
    const Stamp now = ports_.clock.now();
    TRY(heartbeats_.configure(setup.checks, time_.stamp(now)));
    setup_ = setup;
    TRY(decide_input(time_.stamp(now),
                     input::ConfigurationLoaded{setup.topology, setup.digest, setup.clocks}, {},
                     ""));
    plan_maintenance(now);
    believe_journal();
    std::vector<CheckSpec> probes = setup.checks;
    probes.insert(probes.end(), setup.anchors.begin(), setup.anchors.end());
    agenda_.configure(probes, now.steady);
    ports_.prober.configure(std::move(probes));
    return {};
}

void Engine::believe_journal() {
    detector_.configure(setup_.checks, setup_.anchors, [&](const CheckId& id) {
        const auto found = draft_.checks.find(id);
        return found == draft_.checks.end() ? VerdictChange{} : found->second.last;
    });
}

// Counters continue where they were; what they would conclude while catching up is not emitted.
Result<void> Engine::replay_observations() {
    for (const CheckSpec& spec : setup_.checks) {
        const auto found = draft_.checks.find(spec.rule.id);
        if (found == draft_.checks.end()) continue;
        auto stored = ports_.series.newest(spec.rule.id, kReplayMax);
        if (!stored) continue;  // a broken series store costs counters, never the light
        std::erase_if(*stored, [&](const Observation& o) {
            return o.number <= found->second.last.observation;
        });
        std::ranges::reverse(*stored);
        detector_.replay(spec.rule.id, *stored);
    }
    for (const CheckId& id : heartbeats_.ids()) expect_heartbeat(id);
    return {};
}

// What was heard before, or is believed to beat although the series forgot it, is due again.
void Engine::expect_heartbeat(const CheckId& id) {
    const Timestamp now = time_.last();
    const auto newest = ports_.series.newest(id, kReplayMax).value_or(std::vector<Observation>{});
    const auto heard = std::ranges::find_if(
        newest, [](const Observation& o) { return o.result != ObservationResult::kLog; });
    if (heard != newest.end()) {
        if (heard->result != ObservationResult::kSilent)
            heartbeats_.expect_again(id, heard->at, now);
        return;
    }
    const auto check = draft_.checks.find(id);
    const Verdict believed =
        check == draft_.checks.end() ? Verdict::kNone : check->second.last.verdict;
    if (believed == Verdict::kPass || believed == Verdict::kFail) {
        heartbeats_.expect_again(id, now, now);
    }
}

}  // namespace candor::engine
