// Engine's third part: what people ask for, sealed, decided and answered once durable.
#include <algorithm>

#include "engine/command_text.h"
#include "engine/engine.h"
#include "engine/target_revision.h"
#include "model/batch.h"

namespace candor::engine {
namespace {

// What the batch remembers of the request: its key, and what was asked under it.
std::string cause_key(const CommandRequest& request) {
    if (request.idempotency_key.empty() || request.digest.empty()) return request.idempotency_key;
    return request.idempotency_key + ' ' + request.digest;
}

// The incident that an entry of a person's batch is about: a new one, or the one acted on.
struct IncidentOf {
    IncidentId operator()(const entry::IncidentOpened& e) const { return e.incident; }
    IncidentId operator()(const entry::IncidentPosted& e) const { return e.incident; }
    IncidentId operator()(const entry::IncidentOwned& e) const { return e.incident; }
    IncidentId operator()(const entry::IncidentDrillSet& e) const { return e.incident; }
    IncidentId operator()(const entry::IncidentStartedSet& e) const { return e.incident; }
    IncidentId operator()(const entry::IncidentMerged& e) const { return e.into; }
    template <class E>
    IncidentId operator()(const E&) const {
        return {};
    }
};

MaintenanceId maintenance_in(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        if (const auto* posted = std::get_if<entry::MaintenancePosted>(&entry))
            return posted->maintenance;
    }
    return {};
}

IncidentId incident_in(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        IncidentId id = std::visit(IncidentOf{}, entry);
        if (!id.empty()) return id;
    }
    return {};
}

// The user, token or stand-in that the batch speaks of.
std::string account_in(const std::vector<Entry>& entries) {
    for (const Entry& entry : entries) {
        if (const auto* user = std::get_if<entry::UserSet>(&entry)) return user->user.value;
        if (const auto* token = std::get_if<entry::TokenSet>(&entry)) return token->token.value;
        if (const auto* other = std::get_if<entry::ShiftOverridden>(&entry)) return other->id.value;
    }
    return {};
}

}  // namespace

SealedText Engine::seal(const std::string& text) {
    std::string salt;
    for (int i = 0; i < 4; ++i) {
        const std::uint64_t bits = ports_.clock.entropy();
        for (int byte = 0; byte < 8; ++byte) salt += static_cast<char>(bits >> (8 * byte));
    }
    SealedText sealed{seal_commitment(salt, text)};
    sealed_.push_back({sealed.value, std::move(salt), text});
    return sealed;
}

void Engine::on_command(CommandRequest request, CommandDone done) {
    const auto before = answered_before(request);
    if (!before) {
        done(std::unexpected(before.error()));
        return;
    }
    if (*before) {
        done(**before);
        return;
    }
    auto answer = run_command(request, time_.stamp(ports_.clock.now()));
    sealed_.clear();
    if (!answer) {
        done(std::unexpected(answer.error()));
        return;
    }
    waiting_.push_back({std::move(done), {}, *answer});
}

Result<InputKind> Engine::input_of(const CommandRequest& request) {
    const ActorId& actor = request.actor;
    if (const auto* c = std::get_if<command::Declare>(&request.what)) {
        TRY(check_text(c->title, "title", kTitleBytesMax));
        TRY(check_text(c->text, "text", kSealedTextBytesMax));
        return input::IncidentDeclared{seal(c->title), seal(c->text), c->components, actor,
                                       c->drill};
    }
    if (const auto* c = std::get_if<command::Post>(&request.what)) {
        TRY(check_text(c->text, "text", kSealedTextBytesMax));
        return input::UpdatePosted{c->incident, c->phase, seal(c->text), c->components, actor};
    }
    if (const auto* c = std::get_if<command::Retract>(&request.what)) {
        TRY(check_text(c->text, "text", kSealedTextBytesMax));
        return input::IncidentRetractRequested{c->incident, seal(c->text), actor};
    }
    if (const auto* c = std::get_if<command::AcceptMonitoring>(&request.what)) {
        return input::MonitoringAccepted{c->component, actor};
    }
    if (const auto* c = std::get_if<command::Acknowledge>(&request.what)) {
        return input::IncidentAcknowledged{c->incident, actor};
    }
    if (const auto* c = std::get_if<command::MarkDrill>(&request.what)) {
        return input::DrillMarked{c->incident, actor};
    }
    if (const auto* c = std::get_if<command::MoveStart>(&request.what)) {
        return input::StartMoved{c->incident, c->started, actor};
    }
    if (const auto* c = std::get_if<command::Merge>(&request.what)) {
        return input::IncidentsMerged{c->incident, c->into, actor};
    }
    if (const auto* c = std::get_if<command::Split>(&request.what)) {
        TRY(check_text(c->title, "title", kTitleBytesMax));
        TRY(check_text(c->text, "text", kSealedTextBytesMax));
        return input::ComponentSplitOff{c->incident, c->component, seal(c->title), seal(c->text),
                                        actor};
    }
    if (const auto* c = std::get_if<command::MutePaging>(&request.what)) {
        return input::PagingMuteRequested{c->length, actor};
    }
    if (const auto* c = std::get_if<command::SwitchChannelOn>(&request.what)) {
        return input::ChannelSwitchOnRequested{c->channel, actor};
    }
    if (const auto* c = std::get_if<command::OverrideShift>(&request.what)) {
        return input::ShiftOverrideRequested{c->rotation, c->person, c->start, c->end, actor};
    }
    if (const auto* c = std::get_if<command::RemoveShiftOverride>(&request.what)) {
        return input::ShiftOverrideRemoveRequested{c->id, actor};
    }
    if (auto maintenance = TRY(maintenance_input(request))) return *std::move(maintenance);
    return account_input(request.what, actor);
}

Result<CommandAnswer> Engine::run_command(const CommandRequest& request, Timestamp at) {
    if (request.revisions) {
        TRY(check_revision(request.revisions, target_revision(draft_, request.what)));
    }
    const std::size_t waiting_batches = batches_.size();
    InputKind what = TRY(input_of(request));
    CommandAnswer answer;
    TRY(decide_input(at, std::move(what), {}, request.idempotency_key, cause_key(request)));
    answer.position = draft_.position;
    if (batches_.size() > waiting_batches) {
        const auto batch = TRY(decode_batch(batches_.back().bytes));
        answer.incident = incident_in(batch.entries);
        answer.account = account_in(batch.entries);
        answer.maintenance = maintenance_in(batch.entries);
        note_replaced(batch.entries, replaced_waiting_);
    }
    return answer;
}

Result<std::optional<CommandAnswer>> Engine::answered_before(const CommandRequest& request) {
    const std::string& key = request.idempotency_key;
    if (key.empty()) return std::nullopt;
    for (const AppendRequest& waiting : batches_) {
        if (waiting.idempotency_key == key) {
            return fail(ErrorCode::kConflict,
                        "a request with this Idempotency-Key is being answered");
        }
    }
    const auto record = TRY(ports_.journal.find_by_key(key));
    if (!record) return std::nullopt;
    const auto batch = TRY(decode_batch(record->bytes));
    if (batch.cause.idempotency_key != cause_key(request)) {
        return fail(ErrorCode::kConflict,
                    "this Idempotency-Key stands for another request; use a new one for this");
    }
    return CommandAnswer{
        record->position, incident_in(batch.entries), {}, maintenance_in(batch.entries)};
}

}  // namespace candor::engine
