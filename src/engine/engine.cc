#include "engine/engine.h"

#include <algorithm>

#include "core/apply.h"
#include "core/decide.h"
#include "model/batch.h"

namespace candor::engine {
namespace {

constexpr Duration kCrossCheckEvery = seconds(2);

}  // namespace

Engine::Engine(EnginePorts ports, EngineOptions options)
    : ports_(ports),
      options_(std::move(options)),
      durable_(std::make_shared<const core::State>()) {}

void Engine::on_probe(ProbeResult result) {
    const Stamp now = ports_.clock.now();
    notice_time(now);
    const CheckId check = result.observation.check;
    const auto started = agenda_.running_since(check);
    if (!agenda_.finish(check, result.run)) {
        ++stats_.lost_probes;
        return;
    }
    // A probe that was under way while we stood still tells about us, not about its target.
    if (*started >= gap_ended_at_) observe(std::move(result.observation), time_.stamp(now));
    agenda_.plan(check, now.steady, detector_.interval(check));
}

void Engine::on_ping(HeartbeatPing ping, PingDone done) {
    if (!heartbeats_.knows(ping.check)) {
        done(fail(ErrorCode::kNotFound, "no such heartbeat"));
        return;
    }
    const Timestamp at = time_.stamp_moving(ports_.clock.now());
    Observation o = heartbeats_.ping(ping, at);
    waiting_.push_back({{}, std::move(done), {}});
    urgent_ = true;
    observe(std::move(o), at);
}

void Engine::observe(Observation o, Timestamp at) {
    o.number = next_number_++;
    o.at = at;
    ++stats_.observations;
    auto changes = detector_.observe(o);
    if (observations_.empty()) observations_since_ = ports_.clock.now().steady;
    if (observations_.size() >= kObservationsWaitingMax) {
        observations_.erase(observations_.begin());
        ++stats_.series_failures;
    }
    observations_.push_back(std::move(o));
    take_verdicts(std::move(changes), at);
}

void Engine::take_verdicts(std::vector<VerdictChange> changes, Timestamp at) {
    // Anchors and checks of an older configuration are no business of the core's.
    std::erase_if(changes,
                  [&](const VerdictChange& c) { return !draft_.checks.contains(c.check); });
    if (changes.empty()) return;
    std::vector<std::uint64_t> numbers;
    for (const VerdictChange& change : changes) numbers.push_back(change.observation);
    const auto decided = decide_input(at, input::VerdictsChanged{std::move(changes)}, numbers, "");
    if (!decided) log("verdict was not decided: " + decided.error().message);
}

Result<void> Engine::decide_input(Timestamp at, InputKind what,
                                  std::vector<std::uint64_t> observations, const std::string& key,
                                  const std::string& caused_by) {
    Batch batch;
    batch.at = at;
    batch.written_by = options_.version;
    batch.cause = {std::string(input_name(what)), std::move(observations), core::kDecideVersion,
                   draft_.configuration, caused_by.empty() ? key : caused_by};
    const Input input{at, ports_.clock.entropy(), key, std::move(what)};
    batch.entries = TRY(core::decide(draft_, input));
    if (batch.entries.empty()) return {};
    core::apply(draft_, draft_.position + 1, batch);
    batches_.push_back({at, encode_batch(batch), key, std::move(sealed_), true});
    sealed_.clear();
    return {};
}

void Engine::on_time() {
    const Stamp now = ports_.clock.now();
    notice_time(now);
    retry_store(now);
    start_probes(now);
    fire_deadlines(now);
}

void Engine::notice_time(Stamp now) {
    const auto seen = time_.tick(now);
    if (!seen.wall_step && !seen.gap_from) return;
    const Timestamp at = time_.stamp(now);
    if (seen.wall_step) {
        log("the wall clock stepped by " + std::to_string(seen.wall_step->ms) + " ms");
        (void)decide_input(at, input::WallClockStepped{*seen.wall_step}, {}, "");
    }
    if (seen.gap_from) {
        log("nobody measured since " + format_rfc3339(*seen.gap_from));
        gap_ended_at_ = now.steady;
        heartbeats_.forgive_all(at);
        (void)decide_input(at, input::ObserverGap{*seen.gap_from, at}, {}, "");
    }
}

// What was decided while nothing could be written is lost. The configuration is decided again, and
// the time in between counts as unmeasured: readers were shown that we do not know.
void Engine::retry_store(Stamp now) {
    if (unwritten_since_.ms == 0 || now.steady < store_retry_at_) return;
    store_retry_at_ = now.steady + kStoreRetryEvery;
    // A millisecond at least, so that there is something to write although the wall clock stands.
    const Timestamp at = time_.stamp_deadline(now, unwritten_since_ + milliseconds(1));
    (void)decide_input(
        at, input::ConfigurationLoaded{setup_.topology, setup_.digest, setup_.clocks}, {}, "");
    (void)decide_input(at, input::ObserverGap{unwritten_since_, at}, {}, "");
    believe_journal();
    mends_store_ = true;
}

void Engine::start_probes(Stamp now) {
    if (detector_.wants_cross_check() && now.steady >= cross_checked_at_ + kCrossCheckEvery) {
        cross_checked_at_ = now.steady;
        for (const CheckId& id : detector_.cross_checks()) agenda_.hasten(id, now.steady);
    }
    for (const Agenda::Start& start : agenda_.take_due(now.steady)) {
        ports_.prober.start(start.check, start.run);
    }
}

void Engine::fire_deadlines(Stamp now) {
    if (const auto silence = heartbeats_.deadline();
        silence && time_.steady_at(*silence) <= now.steady) {
        const Timestamp at = time_.stamp_deadline(now, *silence);
        for (Observation& o : heartbeats_.overdue(at)) observe(std::move(o), at);
    }
    // What cannot be written stays due: it waits for the next try of the store.
    if (unwritten_since_.ms != 0 && !mends_store_) return;
    if (now.steady >= plan_at_) plan_maintenance(now);
    if (const auto due = core::next_deadline(draft_); due && time_.steady_at(*due) <= now.steady) {
        (void)decide_input(time_.stamp_deadline(now, *due), input::TimerDue{}, {}, "");
    }
}

Duration Engine::next_wakeup() const {
    const Stamp now = ports_.clock.now();
    Duration next = now.steady + kTickPeriod;
    if (const auto probe = agenda_.next()) next = std::min(next, *probe);
    if (unwritten_since_.ms != 0) {
        next = std::min(next, store_retry_at_);
    } else if (const auto due = core::next_deadline(draft_)) {
        next = std::min(next, time_.steady_at(*due));
    }
    if (const auto due = heartbeats_.deadline()) next = std::min(next, time_.steady_at(*due));
    if (!observations_.empty()) next = std::min(next, observations_since_ + kObservationsWaitMax);
    return std::max(next, now.steady);
}

void Engine::log(const std::string& line) const {
    if (options_.log) options_.log(line);
}

}  // namespace candor::engine
