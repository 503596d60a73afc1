// Engine's second half: what was speculated becomes durable, then visible, then acknowledged.
#include <algorithm>

#include "base/check.h"
#include "base/codec.h"
#include "core/apply.h"
#include "engine/engine.h"

namespace candor::engine {
namespace {

// What readers see when not even the ballast is left: we cannot write down what we see.
std::shared_ptr<const core::State> unwritable(const core::State& durable) {
    auto state = std::make_shared<core::State>(durable);
    for (auto& [id, component] : state->components) {
        component.edit([](core::ComponentState& c) {
            if (c.status != ComponentStatus::kUnknown) c.last_known = c.status;
            c.status = ComponentStatus::kUnknown;
            c.cause = StatusCause::kStoreFailed;
        });
    }
    return state;
}

}  // namespace

Result<void> Engine::commit() {
    const Stamp now = ports_.clock.now();
    const bool had_batches = !batches_.empty();
    const Result<void> appended = append_batches(now);
    if (!appended && appended.error().code == ErrorCode::kIo) return appended;
    if (had_batches && appended) {
        publish(now);
        erase_retired();
        erase_replaced();
    }
    const bool waited =
        !observations_.empty() && now.steady >= observations_since_ + kObservationsWaitMax;
    Result<void> stored;
    if (urgent_ || waited || observations_.size() >= kObservationsWaitingMax / 2) {
        stored = append_observations();
    }
    acknowledge(appended, stored);
    ports_.journal.checkpoint();
    if (now.steady >= published_at_ + kRefreshEvery) publish(now);
    snapshot_if_due();
    maintain_series(now);
    return {};
}

void Engine::maintain_series(Stamp now) {
    if (now.steady < maintain_at_) return;
    const auto more = ports_.series.maintain(time_.last(), setup_.keep_observations);
    if (!more) ++stats_.series_failures;
    maintain_at_ = now.steady + (more && *more ? kMaintainMore : kMaintainEvery);
}

Result<void> Engine::close() {
    urgent_ = true;
    return commit();
}

Result<void> Engine::append_batches(Stamp now) {
    if (batches_.empty()) return {};
    const auto speculated = std::make_shared<const core::State>(draft_);
    prepare(speculated, now);
    const auto position = ports_.journal.append(batches_);
    if (!position) {
        discard(position.error());
        return std::unexpected(position.error());
    }
    stats_.batches += batches_.size();
    batches_.clear();
    CHECK(*position == speculated->position);
    durable_ = speculated;
    store_failed_ = false;
    if (mends_store_) unwritten_since_ = {};
    mends_store_ = false;
    return {};
}

Result<void> Engine::append_observations() {
    urgent_ = false;
    if (observations_.empty()) return {};
    const auto stored = ports_.series.append(observations_);
    observations_.clear();
    if (stored) return {};
    ++stats_.series_failures;
    log("observations were not stored: " + stored.error().message);
    return fail(ErrorCode::kDiskFull, "observations could not be stored; retry later");
}

// Nothing of the speculation may survive: detection starts again from what the journal says.
void Engine::discard(const Error& error) {
    log("the journal refused a batch: " + error.message);
    batches_.clear();
    replaced_waiting_.clear();
    mends_store_ = false;
    draft_ = *durable_;
    believe_journal();
    const Stamp now = ports_.clock.now();
    if (unwritten_since_.ms == 0) unwritten_since_ = time_.stamp(now);
    store_retry_at_ = now.steady + kStoreRetryEvery;
    plan_at_ = {};  // what was planned may be lost
    if (error.code != ErrorCode::kDiskFull) return;
    ++stats_.disk_full;
    store_failed_ = true;
    publish(now);
}

void Engine::acknowledge(const Result<void>& batches, const Result<void>& observations) {
    std::vector<Waiting> waiting = std::move(waiting_);
    waiting_.clear();
    for (Waiting& one : waiting) {
        if (one.ping) one.ping(batches ? observations : batches);
        if (!one.command) continue;
        if (batches) {
            one.command(one.answer);
        } else {
            one.command(std::unexpected(batches.error()));
        }
    }
}

void Engine::prepare(const std::shared_ptr<const core::State>& speculated, Stamp now) {
    if (!options_.prepare) return;
    if (!std::ranges::all_of(batches_, &std::vector<SealedRow>::empty, &AppendRequest::sealed)) {
        return;
    }
    options_.prepare({speculated, time_.stamp(now), stats_});
}

void Engine::publish(Stamp now) {
    published_at_ = now.steady;
    stats_.suspects = detector_.suspects();
    stats_.blind = detector_.blind();
    stats_.store_failed = store_failed_;
    if (!options_.publish) return;
    const auto state = store_failed_ ? unwritable(*durable_) : durable_;
    options_.publish({state, time_.stamp(now), stats_});
}

void Engine::snapshot_if_due() {
    if (durable_->position < snapshot_at_ + options_.snapshot_every) return;
    snapshot_at_ = durable_->position;
    const auto head = ports_.journal.head();
    if (!head || head->position != durable_->position) return;
    const auto stored = ports_.journal.put_snapshot(
        {head->position, head->at, head->chain, core::kApplyVersion, encode(*durable_)});
    if (!stored) log("no snapshot was stored: " + stored.error().message);
}

}  // namespace candor::engine
