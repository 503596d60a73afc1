#include "tests/sim/stage.h"

#include "core/apply.h"
#include "core/state.h"

namespace candor::sim {
namespace {

constexpr int kBootsMax = 5;

// Seen by both sides of a wire: the world's dice and ours must not be the same sequence.
std::uint64_t other_seed(std::uint64_t seed) {
    return seed ^ 0xc0ffee0ddba11ULL;
}

}  // namespace

Stage::Stage(const Plan& plan)
    : plan_(plan),
      dice_(plan.seed),
      setup_(random_setup(dice_)),
      world_(std::make_unique<world::World>(setup_for_world(), other_seed(plan.seed))),
      journal_(setup_.incidents()) {
    fit();
}

engine::Setup Stage::setup_for_world() const {
    world::SetupBuilder setup = setup_;
    if (plan_.sabotage == Sabotage::kIgnoreMinRed) setup.incidents().min_red = {};
    if (plan_.sabotage == Sabotage::kSlackClocks) setup.incidents().explain_within = days(7);
    if (plan_.sabotage == Sabotage::kLeakTargets) {
        for (const Component& c : setup.build().topology.components) {
            setup.component(c.id.value).description =
                "At http://10.0.0.7" + std::string(kTargetMark);
        }
    }
    return setup.build();
}

void Stage::fit() {
    world::World::Fittings fittings;
    fittings.journal = [this](std::unique_ptr<Journal> inner) {
        return std::make_unique<FaultyJournal>(std::move(inner), power_, plan_.sabotage);
    };
    fittings.series = [this](std::unique_ptr<Series> inner) {
        auto faulty = std::make_unique<FaultySeries>(std::move(inner), power_, plan_.sabotage);
        series_ = faulty.get();
        return faulty;
    };
    fittings.snapshot_every = static_cast<Position>(dice_.between(3, 40));
    world_->set_fittings(std::move(fittings));
    world::World::Witness witness;
    witness.batch = [this](Position position, const Batch& batch) {
        journal_.promised(position, batch);
        if (!plan_.trace) return;
        trace("  batch " + std::to_string(position) + " at " + format_rfc3339(batch.at) + " by " +
              batch.cause.input);
        for (const Entry& entry : batch.entries) trace("    " + print_entry(entry));
    };
    witness.published = [this](const engine::Published& page) { published(page); };
    if (plan_.trace) witness.log = [this](const std::string& line) { trace("  log: " + line); };
    world_->set_witness(std::move(witness));
}

void Stage::trace(const std::string& line) const {
    if (plan_.trace) plan_.trace(line);
}

void Stage::complain(const std::string& complaint) {
    if (complaint.empty() || failed()) return;
    failure_ = complaint;
    trace("FAILED: " + complaint);
}

void Stage::catch_up() {
    auto reader = world_->reader();
    if (!reader) return complain("the journal cannot be opened: " + reader.error().message);
    complain(journal_.catch_up(**reader));
}

void Stage::judge_page(const engine::Published& page) {
    complain(page_.check(page, journal_.replayed()));
}

void Stage::published(const engine::Published& page) {
    if (failed()) return;
    catch_up();
    engine::Published shown = page;
    if (plan_.sabotage == Sabotage::kEditPublished && page.state->position > 10) {
        core::State edited = *page.state;
        for (auto& [id, component] : edited.components) {
            component.edit([](core::ComponentState& c) {
                if (is_trouble(c.status)) c.status = ComponentStatus::kDegradedPerformance;
            });
        }
        shown.state = std::make_shared<const core::State>(std::move(edited));
    }
    if (plan_.sabotage == Sabotage::kHideOwed) {
        core::State edited = *shown.state;
        edited.owed.clear();
        shown.state = std::make_shared<const core::State>(std::move(edited));
    }
    judge_page(shown);
    if (plan_.sabotage == Sabotage::kTurnPageBack && older_page_) judge_page(*older_page_);
    older_page_ = page;
}

void Stage::died(const Error& error) {
    series_ = nullptr;
    if (error.code != ErrorCode::kIo || !may_die_) {
        return complain("the process died: " + error.message);
    }
    count("died of a fault");
    trace("the process died: " + error.message);
    if (power_.cut_append()) {
        count("power cut after an append");
        if (dice_.chance(40)) {
            // The write was under way when the power went: half of it reached the disk.
            world_->journal_disk().damage(world_->journal_disk().end());
            count("torn batch");
            trace("its last batch is torn");
        }
    } else if (power_.off()) {
        count("power cut before a write");
    }
}

void Stage::happened(const Result<void>& outcome) {
    if (outcome) return;
    if (!world_->running()) return died(outcome.error());
    complain("refused: " + outcome.error().message);
}

void Stage::run(Duration duration) {
    happened(world_->run(duration));
    if (world_->running() && power_.off()) crash();  // the power went at a write of the series
}

void Stage::boot() {
    for (int i = 0; i < kBootsMax && !world_->running() && !failed(); ++i) {
        power_.restore();
        page_.restarted();
        trace("boot");
        happened(world_->reload(setup_for_world()));
        happened(world_->boot());
        if (world_->running() && power_.off()) crash();
    }
    if (!world_->running()) complain("the process does not start any more");
    may_die_ = false;
    if (failed()) return;
    count("boot");
    auto reader = world_->reader();
    const auto snapshot = (*reader)->snapshot(state().position, core::kApplyVersion);
    if (snapshot && *snapshot) count("snapshot used");
    check();
}

void Stage::crash() {
    trace("crash");
    count("crash");
    if (power_.off() && !power_.cut_append()) count("power cut before a write");
    observations_ += world_->engine().stats().observations;
    world_->crash();
    series_ = nullptr;
    auto& disk = world_->journal_disk();
    if (plan_.sabotage == Sabotage::kLoseOnCrash && disk.end() > 3) disk.damage(disk.end());
    if (plan_.sabotage == Sabotage::kRotBit && disk.end() > 3) disk.damage(disk.end() / 2);
}

void Stage::stop() {
    trace("stop");
    observations_ += world_->engine().stats().observations;
    const auto stopped = world_->stop();
    series_ = nullptr;
    count("stop");
    if (!stopped && !(may_die_ && stopped.error().code == ErrorCode::kIo)) {
        complain("the process did not end well: " + stopped.error().message);
    }
}

void Stage::reload() {
    happened(world_->reload(setup_for_world()));
    if (world_->running() && power_.off()) crash();
}

void Stage::set_target(const CheckId& check, replay::Behaviour behaviour) {
    if (plan_.sabotage == Sabotage::kHideFailures) behaviour = {};
    world_->set_target(check, behaviour);
}

void Stage::check() {
    if (failed()) return;
    catch_up();
    if (failed() || !world_->running()) return;
    const core::State& state = world_->engine().state();
    if (core::state_hash(state) != core::state_hash(journal_.replayed())) {
        return complain("the engine's state is not what its journal says");
    }
    complain(wrong_uptime(state, state.at + seconds(1)));
}

void Stage::check_whole() {
    if (failed()) return;
    auto reader = world_->reader();
    if (!reader) return complain("the journal cannot be opened: " + reader.error().message);
    complain(journal_.check_whole(**reader));
    if (series_ != nullptr) complain(promises_.check(**reader, journal_.keys(), *series_));
    if (!world_->published()) return;
    complain(page_.check_bytes(*world_->published(), [&](const SealedText& sealed) {
        return (*reader)->sealed_text(sealed.value);
    }));
}

Report Stage::report() const {
    Report out;
    out.failure = failure_;
    out.chain = journal_.chain();
    out.batches = journal_.replayed().position;
    out.observations = observations_;
    out.seen = seen_;
    for (const auto& [what, n] : journal_.seen()) out.seen[what] += n;
    for (const auto& [what, n] : page_.seen()) out.seen[what] += n;
    return out;
}

}  // namespace candor::sim
